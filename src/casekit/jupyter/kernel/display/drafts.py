"""Drafts held against the corpus: findings in their place in the text, coloured and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from casekit.jupyter.kernel.display.parts import address, badge, head, paragraphs, table
from casekit.language import say

if TYPE_CHECKING:
    from casekit.check import Draft, Finding

__all__ = ["checked", "draft", "finding", "findings"]

_WASH: Final = {
    "ok": "rgba(46,160,67,.22)",
    "bad": "rgba(218,54,51,.24)",
    "warn": "rgba(255,166,0,.30)",
    "info": "rgba(128,128,128,.22)",
}
_LOOK: Final = {
    "ok": "ok",
    "unmatched": "info",
    "unproven": "info",
    "acknowledged": "info",
    "other-wording": "info",
    "ambiguous": "warn",
    "truncated": "warn",
}
_LONGEST: Final = 60_000  # characters of a draft that are shown with their marks


def _look(one: Finding) -> str:
    return _LOOK.get(one.status, "bad")


def _label(one: Finding) -> str:
    from casekit.check import status_label

    return status_label(one.status)


def _place(one: Finding) -> str:
    if one.source is None or one.source_start is None or one.source_end is None:
        return ""
    return address(one.source, one.source_start, one.source_end)


def finding(one: Finding) -> str:
    """What was found of one quotation or figure."""
    return f'<div class="ck-hit">{_told(one)}</div>'


def _told(one: Finding, number: int | None = None) -> str:
    kind = say("引文", "quotation") if one.kind == "quote" else say("数字", "figure")
    mark = f"<b>{number}.</b> " if number else ""
    told = one.difference if one.difference and one.difference not in one.message else ""
    difference = f"<br><small>{say('差别：', 'difference: ')}{escape(told)}</small>" if told else ""
    return (
        f"<p>{mark}{badge(_label(one), _look(one))} <small>{kind}</small> {paragraphs(one.text)} {_place(one)}<br>"
        f"{escape(one.message)}{difference}</p>"
    )


def findings(found: Sequence[Finding]) -> str:
    """Findings in a table, in the order of the draft."""
    rows = [
        (
            badge(_label(one), _look(one)),
            paragraphs(one.text),
            escape(one.message)
            + (
                f"<br><small>{escape(one.difference)}</small>"
                if one.difference and one.difference not in one.message
                else ""
            ),
            _place(one),
        )
        for one in found
    ]
    columns = (
        say("结果", "status"),
        say("草稿", "draft"),
        say("说明", "message"),
        say("出处", "address"),
    )
    return table(columns, rows, caption=_counts(found))


def _counts(found: Sequence[Finding]) -> str:
    wrong = sum(one.wrong for one in found)
    own = sum(one.status in ("unmatched", "unproven") for one in found)
    more = say(f"，{own} 个数字没有核实", f", {own} figures not verified") if own else ""
    if not found:
        return say("没有引文或数字可核对", "no quotation or figure to check")
    return say(f"核对 {len(found)} 处，{wrong} 处有问题{more}", f"{len(found)} checked, {wrong} wrong{more}")


def draft(one: Draft) -> str:
    """The draft's text."""
    name = one.name or say("草稿", "draft")
    return (
        head(name, f"<small>{escape(one.format)}</small>") + f'<div class="ck-text">{escape(one.text[:_LONGEST])}</div>'
    )


def checked(one: Draft, found: Sequence[Finding]) -> str:
    """The draft with its findings marked in it and numbered, then each number in words, what is wrong first."""
    ordered = sorted(found, key=lambda item: (item.start, item.end))
    numbers = {id(item): number for number, item in enumerate(ordered, 1)}
    parts: list[str] = []
    at = 0
    for item in ordered:
        if item.start < at or item.start >= _LONGEST:
            continue
        label, number = _label(item), numbers[id(item)]
        parts.append(escape(one.text[at : item.start]))
        parts.append(
            f'<mark style="background:{_WASH[_look(item)]}" title="{escape(f"{label}: {item.message}")}">'
            f"{escape(one.text[item.start : item.end])}<sup>{number} {escape(label)}</sup></mark>"
        )
        at = item.end
    parts.append(escape(one.text[at:_LONGEST]))
    name = f"{one.name} · " if one.name else ""
    listed = "".join(_told(item, numbers[id(item)]) for item in sorted(ordered, key=lambda item: not item.wrong))
    return (
        head(name + _counts(found))
        + f'<div class="ck-card ck-text">{"".join(parts).strip()}</div>'
        + (f'<div class="ck-card">{listed}</div>' if listed else "")
    )
