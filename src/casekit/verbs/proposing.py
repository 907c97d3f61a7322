"""The verbs `propose` and `proposal`: what assistants (or anybody) propose, each with its exact words, and what a person says to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import FILES, WRITES
from casekit.verbs.telling import Act, Argument, Option, Tool, Verb, single

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["VERBS"]

_ROW: Final = '"number","propose","by","state","source","start","end","fingerprint","says":{…},"words"'
_JUDGED: Final = f'[{{{_ROW},"status","found","problem"}}]'
_BY: Final = Option("--by", "text", "谁提的", "who proposes it: your name, or your model's", metavar="WHO")
_WORDS: Final = Option(
    "--words", "text", "原文的原话，一字不差", "the source's exact words that bear it out", metavar="WORDS"
)
_AT: Final = Option(
    "--at",
    "text",
    "原话的地址；不写就在语料里找",
    "their address, ID:START-END (else they are looked for)",
    metavar="ID:START-END",
)
_ONLY: Final = Option(
    "--only", "choice", "只要这一种", "only this kind", choices=("name", "figure", "relation", "statement", "code")
)
_WHO: Final = Option("--by", "text", "只要此人（或助手）提的", "only what this one proposed", metavar="WHO")
_NUMBERS: Final = Argument(
    "numbers",
    "number",
    "编号（casekit proposal list 可见）",
    "numbers (casekit proposal list shows them)",
    "NUMBER",
    0,
    None,
)
_EVERY: Final = Option("--all", "flag", "全部（可用 --by、--only 限定）", "all of them (as --by and --only say)")
_ERRORS: Final = ("SettingError", "WorkspaceError")


# ---- proposing ------------------------------------------------------------------------------------------------------
def _propose(bench: Workbench, asked: Asked) -> Any:
    import sys

    if asked["file"] == "-":
        return bench.proposals.propose_text(sys.stdin.read(), by=asked["by"] or "")
    return bench.proposals.propose(asked["file"], by=asked["by"] or "")


def _proposed_json(bench: Workbench, asked: Asked, made: Any) -> dict[str, Any]:
    return {
        "queued": [{**one.to_json(), "words": made.words[one.number]} for one in made.queued],
        "refused": [one.to_json() for one in made.refused],
    }


_PROPOSE: Final = Act(
    do=_propose,
    json=_proposed_json,
    zh="把助手提的名称、数字、关系、案例卡的话逐条核对，立得住的等您裁定",
    en="hold proposed names, figures, relations and card statements to their words; what stands awaits you",
    example="propose 提议.jsonl --by 助手",
    example_en="propose proposals.jsonl --by assistant",
    shape=f'{{"queued":[{{{_ROW}}}],"refused":[{{"line","propose","reason"}}]}}',
    arguments=(
        Argument("file", "file", "每行一条 JSON；- 为标准输入", "one JSON a line; - for standard input", "FILE"),
    ),
    options=(_BY,),
    code=lambda made: int(bool(made.refused)),
    wrong=("有一条立不住，没有收", "one of them was refused"),
    errors=("SourceError", *_ERRORS),
    tool=FILES,
)


def _field(flag: str, zh: str, en: str) -> Option:
    return Option(f"--{flag}", "text", zh, en, metavar="TEXT")


_OWN_NAMES: Final = {"said_by": "by"}


def _one(what: str) -> Any:
    def do(bench: Workbench, asked: Asked) -> Any:
        given = {_OWN_NAMES.get(name, name): value for name, value in asked.values.items() if name != "by"}
        row = {name: value for name, value in given.items() if value is not None}
        return bench.proposals.propose_row({"propose": what, **row}, by=asked["by"] or "")

    return do


def _one_json(bench: Workbench, asked: Asked, made: Any) -> dict[str, Any]:
    return {**made.to_json(), "words": asked["words"]}


def _single(what: str, zh: str, en: str, doc: str, example: str, example_en: str, *fields: Option) -> Act:
    return Act(
        name=what,
        do=_one(what),
        json=_one_json,
        zh=zh,
        en=en,
        example=f"proposal {what} {example} --by 助手",
        example_en=f"proposal {what} {example_en} --by assistant",
        shape=f"{{{_ROW}}}",
        options=(*fields, _WORDS, _AT, _BY),
        errors=_ERRORS,
        tool=Tool(
            f"propose_{what}",
            f"{doc} Give the source's exact words; what they do not bear out is refused with the reason, the rest awaits a person.",
            writes=True,
        ),
    )


_SINGLES: Final = (
    _single(
        "name",
        "提一个名称",
        "propose a name",
        "Propose a name that the lexicon lacks, with its type (company, brand, org, person, product, tactic, framework …).",
        "--name 青禾茶铺 --type company --words 青禾茶铺开出第一家店",
        "--name 'Green Tea' --type company --words 'Green Tea opened its first shop'",
        _field("name", "名称", "the name, as the words have it"),
        _field("type", "类别，如 company", "its type, such as company"),
    ),
    _single(
        "figure",
        "提一个数字",
        "propose a figure",
        "Propose a figure that casekit missed or left without a subject.",
        "--subject 青禾茶铺 --figure 300家 --words 门店达到300家",
        "--subject 'Green Tea' --figure '300 shops' --words 'has 300 shops'",
        _field("subject", "主体", "whose figure it is"),
        _field("figure", "数字，照原文", "the figure as printed"),
        _field("metric", "数的是什么", "what it measures, in the source's words"),
        _field("kind", "achieved、target、estimate、size 或 survey", "achieved, target, estimate, size or survey"),
        _field("certainty", "stated、hearsay 或 expected", "stated, hearsay or expected"),
        _field("period", "时间，照原文", "its time, as printed"),
    ),
    _single(
        "relation",
        "提一个关系",
        "propose a relation",
        "Propose who uses which tool, applies which tactic, holds which post (the role is `text`) …",
        "--subject 青禾茶铺 --relation uses_tool --object 云掌柜 --words 青禾茶铺上线了云掌柜",
        "--subject 'Green Tea' --relation uses_tool --object CloudShop --words 'Green Tea uses CloudShop'",
        _field("subject", "主体", "the subject"),
        _field("relation", "关系，如 uses_tool", "the relation, such as uses_tool"),
        _field("object", "客体", "the object"),
        _field("text", "职务；statement 是自己写的话", "the role; of a statement its sentence, in own words"),
        _field("polarity", "asserted、negated、planned 或 hearsay", "asserted, negated, planned or hearsay"),
    ),
    _single(
        "statement",
        "给案例卡提一句话",
        "propose a statement of a case card",
        "Propose a sentence of your own for a case card (section: background, challenge, actions, results, limits …).",
        "--card 青禾茶铺 --section actions --text 给店员做培训。 --words 每个店员都上过课",
        "--card 'Green Tea' --section actions --text 'Trains its staff.' --words 'all staff took the course'",
        _field("card", "案例卡", "the card: id or name"),
        _field("section", "放在哪一节", "its section"),
        _field("text", "职务；statement 是自己写的话", "the role; of a statement its sentence, in own words"),
        _field("said-by", "原文里谁说的", "whose word it is in the source"),
        _field("about", "涉及词库里的哪些东西，逗号隔开", "lexicon ids that it bears on, with commas"),
        _field("metric", "数的是什么", "what it measures, in the source's words"),
        _field("figure", "数字，照原文", "the figure as printed"),
        _field("period", "时间，照原文", "its time, as printed"),
        _field("kind", "achieved、target、estimate、size 或 survey", "achieved, target, estimate, size or survey"),
        _field("certainty", "stated、hearsay 或 expected", "stated, hearsay or expected"),
    ),
    _single(
        "code",
        "提一处编码",
        "propose a code for a passage",
        "Propose that a passage bears a code of the codebook (list_codes shows it), with a memo that says why.",
        "--code 会员 --words 每个店员都上过课 --memo 培训",
        "--code members --words 'all staff took the course' --memo training",
        _field("code", "编码本里的编码", "a code of the codebook"),
        _field("memo", "为什么", "why"),
    ),
)


# ---- judging --------------------------------------------------------------------------------------------------------
def _list(bench: Workbench, asked: Asked) -> Any:
    return bench.proposals.listed(None if asked["all"] else "waiting", by=asked["by"], what=asked["only"])


def _judging(action: str) -> Any:
    def do(bench: Workbench, asked: Asked) -> Any:
        numbers = asked["numbers"]
        if bool(numbers) == bool(asked["all"]):
            raise UsageError(
                say(
                    f"写成 casekit proposal {action} 编号…，或用 --all",
                    f"write casekit proposal {action} NUMBER…, or use --all",
                )
            )
        held = bench.proposals
        chosen = held.chosen(
            numbers, state=None if numbers or action == "undo" else "waiting", by=asked["by"], what=asked["only"]
        )
        if asked["all"] and action == "undo":
            chosen = [one for one in chosen if one.state != "waiting"]
        return getattr(held, action)(chosen)

    return do


def _json(bench: Workbench, asked: Asked, judged: Sequence[Any]) -> list[dict[str, Any]]:
    return [one.to_json() for one in judged]


def _judge(action: str, zh: str, en: str) -> Act:
    return Act(
        name=action,
        do=_judging(action),
        json=_json,
        zh=zh,
        en=en,
        example=f"proposal {action} 1 2",
        shape=_JUDGED,
        arguments=(_NUMBERS,),
        options=(_EVERY, _WHO, _ONLY),
        code=lambda judged: int(any(one.problem for one in judged)),
        wrong=("有一条没有办成", "one of them was left as it is"),
        errors=_ERRORS,
        tool=WRITES,
    )


VERBS: Final = (
    single("propose", "know", _PROPOSE),
    Verb(
        name="proposal",
        zh="裁定提议：接受的就成为您自己的记录",
        en="what was proposed: accepted, it becomes a record of your own",
        group="know",
        acts=(
            Act(
                name="list",
                do=_list,
                json=_json,
                zh="看等着裁定的",
                en="see what awaits you",
                example="proposal list --by 助手",
                example_en="proposal list --by assistant",
                shape=_JUDGED,
                options=(
                    Option("--all", "flag", "裁定过的也列", "also what was decided"),
                    _WHO,
                    _ONLY,
                ),
                errors=("SettingError",),
                tool=("裁定是编者的事", "deciding is the editor's"),
            ),
            _judge("accept", "接受，成为手工记录", "accept: they become hand-made records"),
            _judge("reject", "否决，再提也不收", "reject: the same is refused from now on"),
            _judge("undo", "收回裁定，成了的记录也撤下", "take a decision back, and the record that it made"),
            *_SINGLES,
        ),
    ),
)
