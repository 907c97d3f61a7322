"""A quotation that nearly stands in the corpus: what was changed, and what left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from casekit.check.difference import changes, show_changes
from casekit.check.places import Near, SourceText
from casekit.check.records import Status
from casekit.check.spelling import spell
from casekit.language import say
from casekit.types import Span

__all__ = ["changed"]

# A piece of this many letters left out is a piece left out; shorter ones change a word (不, 没有, 可能).
_PIECE_LETTERS: Final = 4


def changed(content: str, near: Near, text: SourceText, *, elliptic: bool) -> tuple[Status, str, str, Span]:
    """The (status, difference, message) of a quotation beside the place that comes nearest, and that place.

    Args:
        content: The quotation.
        near: Where it nearly stands.
        text: The source.
        elliptic: Whether the draft itself marks that something is left out.
    """
    near = _whole_ends(spell(content).key, near, text)
    span = text.span(near.start, near.end)
    first, last = text.plain_range(span)
    found = changes(content, text.plain[first:last])
    shown = show_changes(found)
    if found and all(not c.draft for c in found) and not elliptic:
        dropped = max(len(spell(c.source).key) for c in found)
        if dropped >= _PIECE_LETTERS:
            left_out = "；".join(c.source for c in found)
            message = say(f"中间略去而没有省略号：{left_out}", f"left out inside without an ellipsis: {left_out}")
            return "truncated", shown, message, span
    return "altered", shown, say(f"与原文不同：{shown}", f"differs from the source: {shown}"), span


def _whole_ends(key: str, near: Near, text: SourceText) -> Near:
    """The place with the letters at its ends that were changed: 方[向→式], not 方[∅→式]. Only while the source's words go on."""
    from rapidfuzz.distance import Levenshtein

    def costs(one: Near) -> int:
        return Levenshtein.distance(key, text.key.text[one.start : one.end])

    best = costs(near)
    for _ in range(len(key) - (near.end - near.start)):
        longer = [replace(near, end=near.end + 1)] if _goes_on(text, near.end) else []
        longer += [replace(near, start=near.start - 1)] if _goes_on(text, near.start) else []
        fitting = [one for one in longer if costs(one) <= best]
        if not fitting:
            break
        near = min(fitting, key=costs)
    return near


def _goes_on(text: SourceText, at: int) -> bool:
    """Whether letter `at` of a source's key follows the one before with nothing between."""
    if not 0 < at < len(text.key):
        return False
    first, last = text.plain_range(text.span(at - 1, at + 1))
    return last - first == 2
