"""Versions of a source: what differs between two, and going back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from casekit.cli.common import emit, id_argument, open_workbench, tell
from casekit.language import say

if TYPE_CHECKING:
    from casekit.types import Span
    from casekit.workbench.corpus.versions import Change, Difference, Version

__all__ = ["diff_arguments", "restore", "restore_arguments", "show_difference"]


def diff_arguments(parser: argparse.ArgumentParser) -> None:
    """A source and two of its versions."""
    id_argument(parser)
    parser.add_argument(
        "version",
        nargs="?",
        type=int,
        metavar="VERSION",
        help=say("旧版本的号;默认前一版", "older version (default: the last)"),
    )
    parser.add_argument(
        "--to", type=int, metavar="VERSION", help=say("与哪一版比;默认现在的", "compared with (default: latest)")
    )
    parser.add_argument("--list", action="store_true", help=say("只列出各版本", "only list the versions"))


def show_difference(options: argparse.Namespace) -> int:
    """`casekit diff`."""
    bench = open_workbench(options)
    if options.list:
        return _list_versions(bench.versions(options.id), json=options.json)
    found = bench.diff(options.id, options.version, options.to)
    if options.json:
        emit(_diff_json(found))
        return 0
    _show_diff(found)
    return 0


def _list_versions(known: Sequence[Version], *, json: bool) -> int:
    if json:
        emit([_version_json(version) for version in known])
        return 0
    from casekit.cli.screen import table

    table(
        [say("版本", "version"), say("加入", "added"), say("字数", "chars"), "SHA-256", say("所在", "where")],
        [
            [
                str(v.number),
                v.record.added or "",
                str(v.record.chars or ""),
                v.record.sha256[:12],
                say("现用", "in use") if v.folder is None else str(v.folder),
            ]
            for v in known
        ],
    )
    return 0


def _version_json(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "added": version.record.added,
        "sha256": version.record.sha256,
        "chars": version.record.chars,
        "trash": None if version.folder is None else version.folder.name,
    }


def _span_json(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _diff_json(found: Difference) -> dict[str, Any]:
    return {
        "id": found.id,
        "old": _version_json(found.old),
        "new": _version_json(found.new),
        "same": found.same,
        "respelled": found.respelled,
        "changes": [
            {
                "kind": c.kind,
                "old": _span_json(c.old),
                "new": _span_json(c.new),
                "old_text": c.old_text or None,
                "new_text": c.new_text or None,
            }
            for c in found.changes
        ],
        "metadata": [{"field": name, "old": old, "new": new} for name, old, new in found.metadata],
    }


def _show_diff(found: Difference) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    head = say(
        f"{found.id}:第 {found.old.number} 版 → 第 {found.new.number} 版;{found.same} 句相同"
        f"(其中 {found.respelled} 句字形或标点不同),{len(found.changes)} 处不同",
        f"{found.id}: version {found.old.number} → {found.new.number}; {found.same} sentences the same "
        f"({found.respelled} of them in other script or punctuation), {len(found.changes)} changes",
    )
    console.print(Text(head, style="bold"))
    for name, old, new in found.metadata:
        console.print(Text(f"{name}: {_shown(old)} → {_shown(new)}"))
    marks = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}
    for change in found.changes:
        at = change.new or change.old
        line = Text(f"{marks[change.kind]} ")
        if at is not None:
            line.append(f"{at.start}-{at.end} ", style="dim")
        console.print(line + _coloured(change))


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else "—" if value is None else str(value)


def _coloured(change: Change) -> Any:
    """The sentence with what went struck out and red, what came green; on no terminal in [-…-] and {+…+}."""
    from rich.text import Text

    if change.kind in ("added", "moved"):
        return Text(_flat(change.new_text), style="green" if change.kind == "added" else "cyan")
    if change.kind == "removed":
        return Text(_flat(change.old_text), style="red")
    old, new = _flat(change.old_text), _flat(change.new_text)
    line = Text()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            line.append(old[a:b])
            continue
        if b > a:
            line.append(f"[-{old[a:b]}-]", style="red strike")
        if d > c:
            line.append(f"{{+{new[c:d]}+}}", style="green")
    return line


def _flat(text: str) -> str:
    return " ".join(text.split())


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """A source and the version to go back to."""
    id_argument(parser)
    parser.add_argument(
        "--version",
        type=int,
        metavar="N",
        help=say("换回第几版(casekit diff ID --list 列出)", "which version (see diff ID --list)"),
    )


def restore(options: argparse.Namespace) -> int:
    """`casekit restore`."""
    record, carried = open_workbench(options).restore(options.id, version=options.version)
    if options.json:
        emit({"id": record.id, "sha256": record.sha256, "file": record.file})
    else:
        print(say(f"已恢复 {record.id}", f"restored {record.id}"))
        print(say("下一步: casekit build", "next: casekit build"))
    for line in carried.told() if carried else ():
        tell(line)
    return 1 if carried is not None and carried.lost else 0
