"""`casekit relation …`: relations added by hand; and how evidence is written on a screen."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.parser import Command, UsageError
from casekit.language import say

__all__ = ["COMMANDS", "address_of", "flat", "polarity_of"]


def address_of(place: dict[str, Any]) -> str:
    """SOURCE:START-END of a row."""
    return f"{place['source']}:{place['start']}-{place['end']}"


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def polarity_of(polarity: str) -> str:
    """How a relation is said, in brackets; nothing for a plain assertion."""
    if polarity == "asserted":
        return ""
    from casekit.graph.layout import polarity_name

    return f" [{polarity_name(polarity)}]"


def _relation_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("add", "remove", "list"),
        help=say("add 主体 关系 客体、remove 序号…、list", "add SUBJECT RELATION OBJECT, remove NUMBER…, list"),
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=say(
            "主体 关系 客体(关系如 uses_tool;achieved 的客体是数字);remove 给序号",
            "SUBJECT RELATION OBJECT (such as uses_tool; the object of achieved is a figure); numbers for remove",
        ),
    )
    parser.add_argument(
        "--evidence",
        action="append",
        default=[],
        metavar="SOURCE:START-END",
        help=say("说这件事的原文位置,可重复", "where a source says so; repeatable"),
    )
    parser.add_argument(
        "--polarity", default="asserted", metavar="asserted|negated|planned|hearsay", help=say("口气", "how it is said")
    )
    parser.add_argument("--text", help=say("职务", "the role"))
    parser.add_argument("--note", help=say("编者的话", "a note"))


def _relation(options: argparse.Namespace) -> int:
    return {"add": _add, "remove": _remove, "list": _list}[options.action](options)


def _add(options: argparse.Namespace) -> int:
    from casekit.workbench.knowledge.handmade import add_relation
    from casekit.workbench.knowledge.relationfile import relations_path

    if len(options.names) != 3 or not options.evidence:
        raise UsageError(
            say(
                "写成 casekit relation add 主体 关系 客体 --evidence 来源:起点-终点",
                "write casekit relation add SUBJECT RELATION OBJECT --evidence SOURCE:START-END",
            )
        )
    bench = open_workbench(options)
    subject, relation, other = options.names
    made = add_relation(
        bench,
        subject,
        relation,
        other,
        options.evidence,
        polarity=options.polarity,
        text=options.text,
        note=options.note,
    )
    if options.json:
        emit(_hand_json(made, []))
    else:
        path = relations_path(bench.workspace.corpus)
        print(say(f"第 {made.number} 条,写进 {path}", f"entry {made.number}, written to {path}"))
    return 0


def _remove(options: argparse.Namespace) -> int:
    from casekit.workbench.knowledge.handmade import remove_relations

    if not options.names or not all(name.isascii() and name.isdigit() for name in options.names):
        raise UsageError(
            say("请给出序号(casekit relation list 可见)", "give numbers (casekit relation list shows them)")
        )
    gone = remove_relations(open_workbench(options), map(int, options.names))
    if options.json:
        emit([_hand_json(entry, []) for entry in gone])
    else:
        for entry in gone:
            print(say("已删除:", "removed: ") + f"{entry.subject} {entry.relation} {entry.object or entry.text}")
    return 0


def _list(options: argparse.Namespace) -> int:
    from casekit.workbench.knowledge.handmade import list_relations

    checked = list_relations(open_workbench(options))
    wrong = any(v.status in ("moved", "ambiguous", "gone") for _, verdicts in checked for v in verdicts)
    if options.json:
        emit([_hand_json(entry, verdicts) for entry, verdicts in checked])
        return 1 if wrong else 0
    for entry, verdicts in checked:
        what = entry.object or ""
        text = f" ({entry.text})" if entry.text else ""
        how = polarity_of(entry.polarity)
        print(
            f"{entry.number}. {entry.subject} {entry.relation} {what}{text}{how}"
            + (f"  # {entry.note}" if entry.note else "")
        )
        for v in verdicts:
            mark = "✓" if v.status == "ok" else "✗"
            print(
                f"    {mark} {v.evidence.source}:{v.evidence.start}-{v.evidence.end} {v.message}  {flat(v.quote or '')}"
            )
    tell(say(f"共 {len(checked)} 条", f"{len(checked)} in all"))
    return 1 if wrong else 0


def _hand_json(entry: Any, verdicts: Sequence[Any]) -> dict[str, Any]:
    status = {v.evidence: v for v in verdicts}
    return {
        "number": entry.number,
        "subject": entry.subject,
        "relation": entry.relation,
        "object": entry.object,
        "object_text": entry.text,
        "polarity": entry.polarity,
        "rule": "manual",
        "note": entry.note,
        "evidence": [
            {
                "source": e.source,
                "start": e.start,
                "end": e.end,
                "fingerprint": e.fingerprint,
                **(
                    {
                        "status": status[e].status,
                        "found": [status[e].found.start, status[e].found.end] if status[e].found else None,
                        "quote": status[e].quote,
                        "message": status[e].message,
                    }
                    if e in status
                    else {}
                ),
            }
            for e in entry.evidence
        ],
    }


COMMANDS = (Command("relation", "手工添加的关系", "relations added by hand", _relation_arguments, _relation, "know"),)
