"""Workshops: what was written, and what a check found."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from casekit.jupyter.kernel.display.parts import badge, head, pairs, table
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench.workshops import Built, Checked, Composed
    from casekit.workshop.audit import Finding
    from casekit.workshop.leaks import Leak
    from casekit.workshop.master import Made

__all__ = ["built", "checked", "composed", "finding", "leak", "made"]


def _lines(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""


def composed(one: Composed) -> str:
    """A master notebook that was written."""
    return head(one.path.name) + f"<p><code>{escape(str(one.path))}</code></p>" + made(one.made) + _lines(one.warnings)


def made(one: Made) -> str:
    """The exercises in it, and what could not be made."""
    rows = [(escape(name), escape(kind), str(minutes)) for name, kind, minutes in one.exercises]
    columns = (say("练习", "exercise"), say("种类", "kind"), say("分钟", "minutes"))
    return table(columns, rows) + _lines(f"{why.kind}: {why.reason}" for why in one.left_out)


def built(one: Built) -> str:
    """A package that was written."""
    where = pairs([(say("文件夹", "folder"), f"<code>{escape(str(one.folder))}</code>")])
    n = len(one.files)
    return head(say(f"{n} 个文件", f"{n} files")) + where + _lines(one.files) + _lines(one.warnings)


def checked(one: Checked) -> str:
    """Findings and leaks, and the verdict."""
    good, bad = say("可以用", "ready to use"), say("有问题", "something is wrong")
    sign = badge(bad, "bad") if one.wrong else badge(good, "ok")
    rest = "".join(leak(item) for item in one.leaks) + "".join(finding(item) for item in one.findings)
    return f"<p>{sign} <small>{one.seconds:.1f} s</small></p>{rest}"


def finding(one: Finding) -> str:
    """One line of a check."""
    signs = {"ok": ("✓", "ok"), "note": ("·", "info"), "wrong": ("✗", "bad")}
    sign, look = signs[one.level]
    return f'<p><span class="ck-{look}">{sign}</span> {escape(one.message)}</p>'


def leak(one: Leak) -> str:
    """Something of the key in a file for participants."""
    return f"<p>{badge(say('泄题', 'leak'), 'bad')} <code>{escape(one.file)}</code> {escape(one.where)} {escape(one.what)}</p>"
