"""The verb `code`: the codebook, codings, retrieval, matrices, agreement of two coders, exchange with other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.exchanging import EXCHANGED, exchanged_code, exchanged_json
from casekit.verbs.shared import FILES, WRITES
from casekit.verbs.telling import Act, Argument, Option, Tool, Verb

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["VERBS"]

_ERRORS: Final = ("SettingError", "WorkspaceError", "BusyError", "SourceError")
_CODE_ROW: Final = '{"id","code","name","parent","depth","colour","definition","memo","codings","sources"}'
_CODED: Final = (
    '{"id","code","code_id","source","start","end","state","quote","title","coder","memo","colour","created","updated"}'
)

_CODE: Final = Argument(
    "code", "text", "编码：名称、路径（上级/下级）或编号", "a code: name, path (above/below) or id", "CODE"
)
_CODES: Final = Argument("codes", "text", "编码；不给为全部", "codes; all if none is named", "CODE", 0, None)
_PLACE: Final = Argument("place", "place", "编号：起点-终点", "ID:START-END", "ID:START-END")
_UNDER: Final = Option(
    "--under", "text", "放在哪个编码下面；不给为最上层", "the code to put it under (the top)", metavar="CODE"
)
_DEFINITION: Final = Option(
    "--definition", "text", "定义：何时用、何时不用", "when it applies and when not", metavar="TEXT"
)
_COLOUR: Final = Option("--colour", "text", "颜色 #rrggbb", "its colour, #rrggbb", metavar="#RRGGBB")
_MEMO: Final = Option("--memo", "text", "备忘", "a memo", metavar="TEXT")
_CODER: Final = Option(
    "--coder",
    "text",
    "编码者；不给用 CASEKIT_CODER 或 casekit.toml 的 [coding] coder",
    "who codes (CASEKIT_CODER, or coder in [coding] of casekit.toml)",
    metavar="NAME",
)
_ONLY_CODER: Final = Option("--coder", "text", "只要这位编码者的", "only what this one coded", metavar="NAME")
_ALONE: Final = Option("--alone", "flag", "不算下级编码", "without the codes below it")
_BELOW: Final = Option("--below", "flag", "连下级编码一起算", "count the codes below each, too")
_SOURCES: Final = Option(
    "--source", "source", "只要这个来源，可重复", "only this source; repeatable", many=True, metavar="ID"
)


# ---- rows -----------------------------------------------------------------------------------------------------------
def _listed_json(bench: Workbench, asked: Asked, found: Sequence[Any]) -> list[dict[str, Any]]:
    return [one.to_json() for one in found]


def _code_json(bench: Workbench, asked: Asked, made: Any) -> dict[str, Any]:
    listed = next(one for one in bench.codes.codebook() if one.code.id == made.id)
    return listed.to_json()


def _one_json(bench: Workbench, asked: Asked, made: Any) -> dict[str, Any]:
    told: dict[str, Any] = made.to_json()
    return told


def _gone_json(bench: Workbench, asked: Asked, gone: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "code_id": one.code,
            "source": one.source,
            "start": one.start,
            "end": one.end,
            "coder": one.coder,
        }
        for one in gone
    ]


_GONE: Final = '[{"id","code_id","source","start","end","coder"}]'


# ---- the codebook ---------------------------------------------------------------------------------------------------
def _changing(
    name: str, zh: str, en: str, example: str, example_en: str, do: Any, *more: Any, options: Any = ()
) -> Act:
    return Act(
        name=name,
        do=do,
        json=_code_json,
        zh=zh,
        en=en,
        example=f"code {name} {example}",
        example_en=f"code {name} {example_en}",
        shape=_CODE_ROW,
        arguments=(_CODE, *more),
        options=options,
        errors=_ERRORS,
        tool=WRITES,
    )


_CODEBOOK: Final = (
    Act(
        name="list",
        do=lambda bench, asked: bench.codes.codebook(),
        json=_listed_json,
        zh="编码本：编码、定义、用了几处",
        en="the codebook: codes, definitions, how often each was applied",
        example="code list",
        shape=f"[{_CODE_ROW}]",
        errors=("SourceError",),
        tool=Tool("list_codes", "The codebook of the workspace: codes with definitions, hierarchy and how often each was applied."),
    ),
    _changing(
        "add", "新编码", "a new code", "一对一沟通 --under 导购 --definition 店员与某位顾客单独往来", "one-to-one --under guide --definition 'a guide and one customer'",
        lambda bench, asked: bench.codes.add(
            asked["code"], under=asked["under"] or "", colour=asked["colour"] or "",
            definition=asked["definition"] or "", memo=asked["memo"] or "",
        ),
        options=(_UNDER, _DEFINITION, _COLOUR, _MEMO),
    ),
    _changing(
        "edit", "改定义、备忘、颜色", "change definition, memo or colour", "导购 --definition 店员带客的做法", "guide --colour '#0072b2'",
        lambda bench, asked: bench.codes.edit(
            asked["code"], definition=asked["definition"], memo=asked["memo"], colour=asked["colour"]
        ),
        options=(_DEFINITION, _COLOUR, _MEMO),
    ),
    _changing(
        "rename", "改名", "rename a code", "导购 店员", "guide clerk",
        lambda bench, asked: bench.codes.rename(asked["code"], asked["name"]),
        Argument("name", "text", "新名称", "its new name", "NAME"),
    ),
    _changing(
        "move", "放到另一个编码下面（不写 --under 为最上层）", "put a code under another one (without --under: at the top)", "一对一沟通 --under 会员", "one-to-one --under members",
        lambda bench, asked: bench.codes.move(asked["code"], asked["under"] or ""),
        options=(_UNDER,),
    ),
    _changing(
        "merge", "并入另一个编码", "merge a code into another one", "店员 --into 导购", "clerk --into guide",
        lambda bench, asked: bench.codes.merge(asked["code"], asked["into"] or ""),
        options=(Option("--into", "text", "并入哪个编码", "into this code", metavar="CODE"),),
    ),
    Act(
        name="remove",
        do=lambda bench, asked: bench.codes.remove(asked["code"], everything=asked["all"]),
        json=_gone_json,
        zh="删去编码",
        en="remove a code",
        example="code remove 导购 --all",
        example_en="code remove guide --all",
        shape=_GONE,
        arguments=(_CODE,),
        options=(Option("--all", "flag", "连同下级编码和编过的段落", "with the codes below it and all their codings"),),
        errors=_ERRORS,
        tool=WRITES,
    ),
)  # fmt: skip


# ---- codings --------------------------------------------------------------------------------------------------------
def _apply(bench: Workbench, asked: Asked) -> Any:
    at = asked.place
    return bench.codes.apply(asked["code"], at.source, at.start, at.end, memo=asked["memo"] or "", coder=asked["coder"])


def _uncode(bench: Workbench, asked: Asked) -> Any:
    at = asked.place
    return bench.codes.uncode(asked["code"], at.source, at.start, at.end, coder=asked["coder"])


def _retrieve(bench: Workbench, asked: Asked) -> Any:
    return bench.codes.retrieve(
        asked["codes"],
        below=not asked["alone"],
        near=asked["overlapping"],
        sources=asked["source"],
        case=asked["case"] or "",
        coder=asked["coder"],
        text=asked["text"] or "",
    )


_CODINGS: Final = (
    Act(
        name="apply",
        do=_apply,
        json=_one_json,
        zh="给一段话编码",
        en="apply a code to a passage",
        example="code apply 导购 某页:11-24 --memo 只说了做法",
        example_en="code apply guide page:11-24 --memo 'tells how, not how well'",
        shape=_CODED,
        arguments=(_CODE, _PLACE),
        options=(_MEMO, _CODER),
        errors=("UnknownSourceError", *_ERRORS),
        tool=WRITES,
    ),
    Act(
        name="uncode",
        do=_uncode,
        json=_gone_json,
        zh="取消一段话的编码",
        en="take a code off a passage",
        example="code uncode 导购 某页:11-24",
        example_en="code uncode guide page:11-24",
        shape=_GONE,
        arguments=(_CODE, _PLACE),
        options=(_CODER,),
        errors=_ERRORS,
        tool=WRITES,
    ),
    Act(
        name="retrieve",
        do=_retrieve,
        json=_listed_json,
        zh="按编码取段落",
        en="the passages that bear a code",
        example="code retrieve 导购 --overlapping 会员",
        example_en="code retrieve guide --overlapping members",
        shape=f"[{_CODED}]",
        arguments=(_CODES,),
        options=(
            Option("--overlapping", "text", "还要与这个编码有重合，可重复", "and share characters with this code; repeatable", many=True, metavar="CODE"),
            _SOURCES,
            Option("--case", "case", "只要与此案例卡的证据有重合的", "only what the evidence of this card shares characters with", metavar="CASE"),
            _ONLY_CODER,
            Option("--text", "text", "段落或备忘里要有这些字", "passage or memo holds these words", metavar="WORDS"),
            _ALONE,
        ),
        errors=("SettingError",),
        tool=Tool("retrieve_codings", "The passages that bear a code of the codebook, with address, quotation, coder and memo."),
    ),
    Act(
        name="undo",
        do=lambda bench, asked: bench.codes.undo(),
        json=lambda bench, asked, told: {"undone": told},
        zh="收回上一次对编码的改动",
        en="take the last change to codes or codings back",
        example="code undo",
        shape='{"undone"}',
        errors=_ERRORS,
        tool=WRITES,
    ),
)  # fmt: skip


# ---- counted --------------------------------------------------------------------------------------------------------
_COUNTED: Final = (
    Act(
        name="matrix",
        do=lambda bench, asked: bench.codes.matrix(
            asked["by"], codes=asked["codes"], columns=asked["column"], below=asked["below"], wide=asked["wide"],
            coder=asked["coder"],
        ),
        json=_one_json,
        zh="编码 × 案例（或编码、来源、编码者）",
        en="code by case (or by code, source, coder)",
        example="code matrix --by code",
        shape='{"by","columns","rows":[{"code","total","counts":{column:n}}]}',
        arguments=(_CODES,),
        options=(
            Option("--by", "choice", "列是什么，默认案例", "what the columns are (case)", default="case", choices=("case", "code", "source", "coder")),
            Option("--column", "text", "只要这一列，可重复", "only this column; repeatable", many=True, metavar="NAME"),
            _BELOW,
            Option("--wide", "flag", "案例算它所引来源的全部段落，不只是证据所在", "a case is all of the sources that it cites, not the places of its evidence alone"),
            _ONLY_CODER,
        ),
        errors=("SettingError", "UnknownSourceError"),
        tool=Tool("code_matrix", "How many passages bear each code, by case card, by other code (sharing a character), by source or by coder."),
    ),
    Act(
        name="agree",
        do=lambda bench, asked: bench.codes.agreement(
            [one for one in (asked["first"], asked["second"]) if one], unit=asked["unit"], codes=asked["codes"], below=asked["below"], sources=asked["source"]
        ),
        json=_one_json,
        zh="两位编码者的一致程度：百分比、Cohen’s kappa、Krippendorff’s alpha",
        en="intercoder agreement: percentage, Cohen's kappa, Krippendorff's alpha",
        example="code agree --first 甲 --second 乙",
        example_en="code agree --first Ann --second Bob",
        shape='{"coders","unit","sources","units","codes":[{"code","both","first","second","neither","percent","kappa","alpha"}],"overall":{…}}',
        arguments=(_CODES,),
        options=(
            Option("--first", "text", "一位编码者；只有两位时可不给", "one coder; not needed where there are just two", metavar="NAME"),
            Option("--second", "text", "另一位编码者", "the other coder", metavar="NAME"),
            Option("--unit", "choice", "逐句比还是逐字比", "compare by sentence or by character", default="sentence", choices=("sentence", "character")),
            _SOURCES,
            _BELOW,
        ),
        errors=("SettingError", "UnknownSourceError"),
        tool=Tool("coder_agreement", "How far two coders agree, a code at a time: percentage, Cohen's kappa, Krippendorff's alpha."),
    ),
)  # fmt: skip

# ---- exchange -------------------------------------------------------------------------------------------------------
_EXCHANGE: Final = (
    Act(
        name="export",
        do=lambda bench, asked: bench.export_codes(asked["file"], asked["source"], positions=asked["positions"]),
        json=exchanged_json,
        zh="编码本、编过的来源与编码写成 REFI-QDA 项目（MAXQDA、ATLAS.ti、NVivo、QualCoder 可读）",
        en="codebook, coded sources and codings as a REFI-QDA project (MAXQDA, ATLAS.ti, NVivo, QualCoder)",
        example="code export 项目.qdpx",
        example_en="code export project.qdpx",
        shape=EXCHANGED,
        arguments=(Argument("file", "file", "写到这个文件", "file to write", "FILE.qdpx"),),
        options=(
            _SOURCES,
            Option("--positions", "choice", "位置怎样数：按标准数码点，NVivo 要 utf-16", "what positions count: code points by the standard; NVivo wants utf-16", default="code-points", choices=("code-points", "utf-16")),
        ),
        code=exchanged_code,
        wrong=("有编码的话找不到了", "the words of a coding are gone"),
        errors=("UnknownSourceError", "SourceError"),
        tool=FILES,
    ),
    Act(
        name="import",
        do=lambda bench, asked: bench.import_codes(asked["file"], coder=asked["coder"] or ""),
        json=exchanged_json,
        zh="收进 REFI-QDA 项目里的编码：文字按内容认，找不到的报出名字",
        en="take the codes of a REFI-QDA project: texts are known by what they say, what is not found is named",
        example="code import 项目.qdpx",
        example_en="code import project.qdpx",
        shape=EXCHANGED,
        arguments=(Argument("file", "file", "项目文件（.qdpx）", "the project (.qdpx)", "FILE.qdpx"),),
        options=(_CODER,),
        code=exchanged_code,
        wrong=("有编码没有收进来", "a coding was not taken in"),
        errors=_ERRORS,
        tool=WRITES,
    ),
)  # fmt: skip

VERBS: Final = (
    Verb(
        name="code",
        zh="自己的编码：给段落编码、按编码取段落、列矩阵、算一致程度",
        en="own codes over passages: apply them, retrieve by them, matrices, agreement of coders",
        group="know",
        acts=(*_CODEBOOK, *_CODINGS, *_COUNTED, *_EXCHANGE),
    ),
)
