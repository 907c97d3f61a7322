"""`casekit case …`: the casebook."""

from __future__ import annotations

import argparse
from typing import Any

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.parser import Command, UsageError
from casekit.language import say

__all__ = ["COMMANDS"]

_ACTIONS = ("list", "show", "new", "check", "compare", "lens", "similar")
_WRONG = frozenset({"moved", "ambiguous", "gone"})


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=_ACTIONS,
        help=say(
            "list 列出、show 看一张、new 起草、check 核对证据、compare 比较、lens 用框架看、similar 找相近",
            "list, show one, new draft, check evidence, compare, lens (lay a framework over), similar",
        ),
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=say("案例的名称或编号", "names or ids of cases"))
    parser.add_argument(
        "--by",
        choices=("facets", "tools", "tactics", "frameworks", "metrics"),
        default="facets",
        help=say("compare 按什么比", "what to compare by"),
    )
    parser.add_argument("--framework", metavar="NAME", help=say("lens 用哪个框架", "framework to lay over the cases"))
    parser.add_argument("--id", metavar="ID", help=say("new 的编号", "id of the new card"))


def _case(options: argparse.Namespace) -> int:
    return int({name: globals()[f"_{name}"] for name in _ACTIONS}[options.action](options))


def _list(options: argparse.Namespace) -> int:
    cards = open_workbench(options).cases.list()
    if options.json:
        emit(
            [
                {"id": c.id, "name": c.name.zh_hans, "name_en": c.name.en, "kind": c.kind, "status": c.status}
                for c in cards
            ]
        )
        return 0
    from casekit.cli.screen import table

    table(
        [say("编号", "id"), say("名称", "name"), say("类别", "kind"), say("概括", "summary")],
        [[c.id, say(c.name.zh_hans, c.name.en), c.kind, say(c.summary_zh or "", c.summary_en or "")] for c in cards],
    )
    return 0


def _show(options: argparse.Namespace) -> int:
    name = _one(options)
    cases = open_workbench(options).cases
    text = cases.markdown(name)
    if options.json:
        emit({"id": cases.get(name).id, "markdown": text})
    else:
        print(text)
    return 0


def _new(options: argparse.Namespace) -> int:
    card, path = open_workbench(options).cases.new(_one(options), card_id=options.id)
    if options.json:
        emit({"id": card.id, "path": str(path)})
    else:
        print(
            say(
                f"草稿在 {path};改写之后用 casekit case check 核对",
                f"draft in {path}; edit it, then casekit case check",
            )
        )
    return 0


def _check(options: argparse.Namespace) -> int:
    verdicts = open_workbench(options).cases.check(options.names)
    wrong = [verdict for verdict in verdicts if verdict.status in _WRONG]
    if options.json:
        emit([_verdict_json(verdict) for verdict in verdicts])
        return 1 if wrong else 0
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.status] = counts.get(verdict.status, 0) + 1
    for verdict in wrong:
        print(f"✗ {verdict.card} {verdict.field}: {verdict.message}")
    print(say("证据:", "evidence: ") + "  ".join(f"{status} {n}" for status, n in sorted(counts.items())))
    if counts.get("not-imported"):
        tell(
            say(
                "有的原文没有导入;加入自己的副本后再核对(见 corpus/README.md)",
                "some originals are not imported; add your own copies and check again (see corpus/README.md)",
            )
        )
    return 1 if wrong else 0


def _verdict_json(verdict: Any) -> dict[str, Any]:
    found = verdict.found
    return {
        "card": verdict.card,
        "field": verdict.field,
        "status": verdict.status,
        "source": verdict.evidence.source,
        "start": verdict.evidence.start,
        "end": verdict.evidence.end,
        "found": [found.start, found.end] if found else None,
        "quote": verdict.quote,
        "message": verdict.message,
    }


def _compare(options: argparse.Namespace) -> int:
    if len(options.names) < 2:
        raise UsageError(say("请给出两个或更多案例", "name two or more cases"))
    return _matrix(open_workbench(options).cases.compare(options.names, options.by), options)


def _lens(options: argparse.Namespace) -> int:
    if not options.framework:
        raise UsageError(say("请用 --framework 给出框架", "name a framework with --framework"))
    return _matrix(open_workbench(options).cases.lens(options.framework, options.names), options)


def _matrix(matrix: Any, options: argparse.Namespace) -> int:
    if options.json:
        emit(
            {
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
            }
        )
    else:
        print(matrix.to_markdown())
    return 0


def _similar(options: argparse.Namespace) -> int:
    found = open_workbench(options).cases.similar(" ".join(options.names) or _one(options))
    asked = " ".join(options.names)
    found = [s for s in found if asked not in (s.case.id, s.case.name.zh_hans, s.case.name.en)]
    if options.json:
        emit([{"id": s.case.id, "score": round(s.score, 4), "why": s.why()} for s in found])
    else:
        for s in found:
            print(f"{s.score:.3f}  {say(s.case.name.zh_hans, s.case.name.en)}  {s.why()}")
        if not found:
            print(say("没有相近的案例;可描述行业、工具、打法", "no comparable case; describe industry, tools, tactics"))
    return 0


def _one(options: argparse.Namespace) -> str:
    if len(options.names) != 1:
        raise UsageError(say("请给出一个名称", "give one name"))
    return str(options.names[0])


COMMANDS = (Command("case", "案例卡", "case cards", _arguments, _case, "case"),)
