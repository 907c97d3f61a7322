"""The verb `case`: the casebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import COMPARE_BY, FILES, WRITES
from casekit.verbs.telling import Act, Argument, Option, Tool, Verb

if TYPE_CHECKING:
    from casekit.casebook import CardVerdict, Case, Matrix, Similar
    from casekit.verbs.results import Card, Drafted
    from casekit.workbench import Workbench

__all__ = ["VERBS", "WRONG"]

WRONG: Final = frozenset({"moved", "ambiguous", "gone", "differs"})
"""States of evidence that somebody must look at."""


def _list_json(bench: Workbench, asked: Asked, cards: Sequence[Case]) -> list[dict[str, Any]]:
    return [
        {"id": c.id, "name": c.name.zh_hans, "name_en": c.name.en, "kind": c.kind, "status": c.status} for c in cards
    ]


def _show(bench: Workbench, asked: Asked) -> Card:
    from casekit.verbs.results import Card

    cases = bench.cases
    return Card(cases.get(asked["name"]), cases.markdown(asked["name"]))


def _new(bench: Workbench, asked: Asked) -> Drafted:
    from casekit.verbs.results import Drafted

    return Drafted(*bench.cases.new(asked["name"], card_id=asked["id"]))


def _check_json(bench: Workbench, asked: Asked, verdicts: Sequence[CardVerdict]) -> list[dict[str, Any]]:
    return [
        {
            "card": verdict.card,
            "field": verdict.field,
            "status": verdict.status,
            "source": verdict.evidence.source,
            "start": verdict.evidence.start,
            "end": verdict.evidence.end,
            "found": [verdict.found.start, verdict.found.end] if verdict.found else None,
            "quote": verdict.quote,
            "message": verdict.message,
        }
        for verdict in verdicts
    ]


def _lens(bench: Workbench, asked: Asked) -> Matrix:
    if not asked["framework"]:
        raise UsageError(say("请用 --framework 给出框架", "name a framework with --framework"))
    return bench.cases.lens(asked["framework"], asked["names"])


def _matrix_json(bench: Workbench, asked: Asked, matrix: Matrix) -> dict[str, Any]:
    return {
        "title": matrix.title,
        "rows": list(matrix.rows),
        "columns": list(matrix.columns),
        "cells": [
            [
                {
                    "text": cell.text,
                    "state": cell.state,
                    "evidence": [{"source": e.source, "start": e.start, "end": e.end} for e in cell.evidence],
                }
                for cell in row
            ]
            for row in matrix.cells
        ],
        "blank": list(matrix.blank),
    }


def _similar(bench: Workbench, asked: Asked) -> list[Similar]:
    described = asked["description"]
    found = bench.cases.similar(described)
    return [s for s in found if described not in (s.case.id, s.case.name.zh_hans, s.case.name.en)]


def _export(bench: Workbench, asked: Asked) -> Any:
    return bench.workshops.bank_case(asked["name"], output=asked["output"], force=asked["force"])


def _export_json(bench: Workbench, asked: Asked, made: Any) -> dict[str, Any]:
    flaws = [{"kind": one.kind, "where": one.where, "message": one.message} for one in made.flaws]
    return {"path": str(made.path), "flaws": flaws}


_NAME: Final = Argument("name", "case", "案例的名称或编号", "name or id of a case", "NAME")
_NAMES: Final = Argument("names", "case", "案例的名称或编号", "names or ids of cases", "NAME", 0, None)
_MATRIX: Final = '{"title","rows","columns","cells":[[{"text","state","evidence"}]],"blank"}'

VERBS: Final = (
    Verb(
        name="case",
        zh="案例卡",
        en="case cards",
        group="case",
        acts=(
            Act(
                name="list",
                do=lambda bench, asked: bench.cases.list(),
                json=_list_json,
                zh="列出",
                en="list",
                example="case list",
                shape='[{"id","name","name_en","kind","status"}]',
                errors=("SourceError",),
                tool=Tool("cases", "The case cards: id, name, kind and summary."),
            ),
            Act(
                name="show",
                do=_show,
                json=lambda bench, asked, card: {"id": card.case.id, "markdown": card.markdown},
                zh="看一张",
                en="show one",
                example="case show 沃尔玛",
                example_en="case show Walmart",
                shape='{"id","markdown"}',
                arguments=(_NAME,),
                errors=("SourceError",),
                tool=Tool("case", "A case card in Markdown: every statement with the address that bears it out."),
            ),
            Act(
                name="new",
                do=_new,
                json=lambda bench, asked, made: {"id": made.case.id, "path": str(made.path)},
                zh="起草",
                en="draft a new one",
                example="case new 松果超市 --id songguo",
                example_en="case new 'Pine Market' --id pine",
                shape='{"id","path"}',
                arguments=(Argument("name", "name", "公司的名称", "name of a company", "NAME"),),
                options=(Option("--id", "text", "new 的编号", "id of the new card", metavar="ID"),),
                errors=("SettingError", "NotBuiltError"),
                tool=WRITES,
            ),
            Act(
                name="check",
                do=lambda bench, asked: bench.cases.check(asked["names"]),
                json=_check_json,
                zh="核对证据",
                en="check evidence",
                example="case check",
                shape='[{"card","field","status","source","start","end","found","quote","message"}]',
                arguments=(_NAMES,),
                code=lambda verdicts: int(any(verdict.status in WRONG for verdict in verdicts)),
                wrong=(
                    "有证据不在原处，或表述与证据不符",
                    "some evidence no longer stands, or a statement differs from it",
                ),
                errors=("SourceError",),
                tool=("案例卡由编者核对", "cards are checked by their editor"),
            ),
            Act(
                name="compare",
                do=lambda bench, asked: bench.cases.compare(asked["names"], asked["by"]),
                json=_matrix_json,
                zh="比较",
                en="compare",
                example="case compare 沃尔玛 步步高 --by tools",
                example_en="case compare Walmart 'Better Life' --by tools",
                shape=_MATRIX,
                arguments=(Argument("names", "case", "案例的名称或编号", "ids or names of cases", "NAME", 2, None),),
                options=(
                    Option(
                        "--by",
                        "choice",
                        "compare 按什么比",
                        "what to compare by",
                        default="facets",
                        choices=COMPARE_BY,
                    ),
                ),
                errors=("SourceError",),
                tool=Tool("compare", 'Cases side by side; an empty cell means "not reported", never "no".'),
            ),
            Act(
                name="lens",
                do=_lens,
                json=_matrix_json,
                zh="用框架看",
                en="lay a framework over",
                example="case lens 沃尔玛 步步高 --framework 三通工程",
                example_en="case lens Walmart 'Better Life' --framework 'Three Connections'",
                shape=_MATRIX,
                arguments=(_NAMES,),
                options=(
                    Option(
                        "--framework",
                        "framework",
                        "lens 用哪个框架",
                        "framework to lay over the cases",
                        metavar="NAME",
                    ),
                ),
                errors=("SourceError", "SettingError"),
                tool=Tool(
                    "lens",
                    "The parts of a framework over cases: where there is evidence, and where nothing is reported.",
                ),
            ),
            Act(
                name="similar",
                do=_similar,
                json=lambda bench, asked, found: [
                    {"id": s.case.id, "score": round(s.score, 4), "why": s.why()} for s in found
                ],
                zh="找相近",
                en="find similar ones",
                example="case similar 连锁超市 企业微信 会员",
                example_en="case similar 'supermarket chain' WeCom members",
                shape='[{"id","score","why"}]',
                arguments=(
                    Argument(
                        "description",
                        "words",
                        "描述客户：行业、工具、打法",
                        "the client described: industry, tools, tactics",
                        "NAME",
                    ),
                ),
                errors=("SourceError",),
                tool=Tool(
                    "similar", "Case cards comparable to a client that you describe by industry, tools, tactics."
                ),
            ),
            Act(
                name="english",
                do=lambda bench, asked: bench.cases.english(asked["name"], write=asked["write"]),
                json=lambda bench, asked, found: [
                    {"field": one.field, "text": one.text, "message": one.message} for one in found
                ],
                zh="英文版还缺哪些字段，英文与中文的数字是否一致",
                en="what an English edition lacks, and whether its figures agree",
                example="case english 沃尔玛",
                example_en="case english Walmart --write",
                shape='[{"field","text","message"}]',
                arguments=(_NAME,),
                options=(
                    Option(
                        "--write",
                        "flag",
                        "english 在卡片里每个缺英文的字段下面放一行空的",
                        "put a blank line below each field that lacks English",
                    ),
                ),
                code=lambda found: int(bool(found)),
                wrong=("英文还不齐", "the English is not complete"),
                errors=("SettingError", "SourceError", "WorkspaceError"),
                tool=WRITES,
            ),
            Act(
                name="export",
                do=_export,
                json=_export_json,
                zh="写成案例库的稿子（正文与使用说明），并逐条检查",
                en="write it for a case bank (case and teaching note), and lint it",
                example="case export 沃尔玛 --format cmcc -o 沃尔玛.docx",
                example_en="case export Walmart --format cmcc -o walmart.docx",
                shape='{"path","flaws":[{"kind","where","message"}]}',
                arguments=(_NAME,),
                options=(
                    Option(
                        "--format",
                        "text",
                        "哪个案例库的格式；cmcc 是中国管理案例共享中心",
                        "whose form; cmcc is the China Management Case-sharing Center",
                        default="cmcc",
                        choices=("cmcc",),
                    ),
                    Option(
                        "--output",
                        "file",
                        "写到哪个文件（.md .docx .pdf）",
                        "the file (.md, .docx, .pdf)",
                        metavar="FILE",
                        short="-o",
                    ),
                    Option("--force", "flag", "覆盖已有的文件", "overwrite a file that is there"),
                ),
                code=lambda made: int(bool(made.flaws)),
                wrong=("稿子还有要补要改的地方", "something is missing or wrong in the case"),
                errors=("SettingError", "SourceError", "WorkspaceError"),
                tool=FILES,
            ),
        ),
    ),
)
