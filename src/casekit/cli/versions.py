"""How versions of a source and what differs between them look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from casekit.cli import terminal
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench.corpus.comparing import Change
    from casekit.workbench.corpus.versions import Difference, Version

__all__ = ["show_difference", "show_versions"]


def show_versions(known: Sequence[Version]) -> None:
    """The versions of a source as a table."""
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


def show_difference(found: Difference) -> None:
    """What differs, sentence by sentence."""
    from rich.text import Text

    console = terminal.console(highlight=False, soft_wrap=True)
    head = say(
        f"{found.id}：第 {found.old.number} 版 → 第 {found.new.number} 版；{found.same} 句相同"
        f"（其中 {found.respelled} 句字形或标点不同），{len(found.changes)} 处不同",
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
