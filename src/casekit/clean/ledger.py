"""Kept spans from cuts, and the overruling of cuts by hand."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from casekit.clean.rules import cut
from casekit.clean.wrapped import part_at_breaks
from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Cleaned, Cut, Heading, Span

__all__ = ["Override", "apply_overrides", "kept_spans", "lies_in", "settle", "trim"]

Override = tuple[Literal["cut", "keep"], Span]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without white space at its ends (start == end where nothing is left)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _free(start: int, end: int, taken: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The parts of [start, end) outside the sorted, disjoint ranges `taken` (start, end, owner)."""
    parts = []
    i = max(0, bisect_right(taken, (start, start, -1)) - 1)
    while i < len(taken) and taken[i][0] < end:
        if taken[i][1] > start:
            if taken[i][0] > start:
                parts.append((start, taken[i][0]))
            start = taken[i][1]
        i += 1
    if start < end:
        parts.append((start, end))
    return parts


def settle(text: str, cuts: Iterable[Cut]) -> tuple[Cut, ...]:
    """The cuts sorted, disjoint and free of outer white space.

    Where two overlap, the one listed earlier owns the shared characters. Neighbours of one rule with only white space
    between them become one.
    """
    listed = list(cuts)
    taken: list[tuple[int, int, int]] = []
    for owner, one in enumerate(listed):
        for start, end in _free(max(0, one.span.start), min(len(text), one.span.end), taken):
            insort(taken, (start, end, owner))
    out: list[Cut] = []
    for start, end, owner in taken:
        start, end = trim(text, start, end)
        if start == end:
            continue
        one = listed[owner]
        if out and out[-1].rule == one.rule and not text[out[-1].span.end : start].strip():
            out[-1] = replace(out[-1], span=Span(out[-1].span.start, end))
        else:
            out.append(replace(one, span=Span(start, end)))
    return tuple(out)


def kept_spans(text: str, cuts: Sequence[Cut]) -> tuple[Span, ...]:
    """What sorted, disjoint cuts leave of the text, each range without outer white space."""
    out = []
    at = 0
    for gap in (*(one.span for one in cuts), Span(len(text), len(text))):
        start, end = trim(text, at, gap.start)
        if start < end:
            out.append(Span(start, end))
        at = gap.end
    return tuple(out)


def lies_in(span: Span, spans: Sequence[Span]) -> bool:
    """Whether at least one character of `span` lies in the sorted, disjoint `spans`."""
    i = bisect_right(spans, span.start, key=lambda one: one.start) - 1
    return any(one.overlaps(span) for one in spans[max(0, i) : i + 2])


def apply_overrides(cleaned: Cleaned, text: str, overrides: Sequence[Override]) -> Cleaned:
    """The body after a reader's own decisions, in order: later ones win.

    Args:
        cleaned: What `clean_text` found in `text`.
        text: The source's stored text.
        overrides: ("cut" or "keep", range) in the order they were made. What is cut so carries the rule "manual";
            what is kept so leaves the ledger. Doubts that a decision touches are settled by it and go.
    Returns:
        A new record; `cleaned` itself if there are no overrides.
    Raises:
        SettingError: If a range lies outside the text or is empty, or the verb is neither "cut" nor "keep".
    """
    if not overrides:
        return cleaned
    cuts = list(cleaned.cuts)
    for verb, span in overrides:
        if not 0 <= span.start < span.end <= len(text):
            raise SettingError(
                say(
                    f"范围 {span.start}-{span.end} 不在文本 0-{len(text)} 之内，请用 casekit text 查看位置",
                    f"range {span.start}-{span.end} is not inside the text 0-{len(text)}; see `casekit text`",
                )
            )
        if verb == "cut":
            cuts.append(cut(span.start, span.end, "manual"))
        elif verb == "keep":
            hole = [(span.start, span.end, 0)]
            cuts = [
                replace(one, span=Span(start, end))
                for one in cuts
                for start, end in _free(one.span.start, one.span.end, hole)
            ]
        else:
            raise SettingError(say(f"只能是 cut 或 keep，而不是 {verb!r}", f"must be cut or keep, not {verb!r}"))
    settled = settle(text, cuts)
    breaks = [Span(a.end, b.start) for a, b in pairwise(cleaned.kept)]
    kept = part_at_breaks(text, kept_spans(text, settled), breaks)
    decided = [span for _, span in overrides]
    return replace(
        cleaned,
        kept=kept,
        cuts=settled,
        doubts=tuple(one for one in cleaned.doubts if not any(one.span.overlaps(span) for span in decided)),
        headings=tuple(one for one in cleaned.headings if _whole(one, kept)),
    )


def _whole(heading: Heading, kept: Sequence[Span]) -> bool:
    return lies_in(Span(heading.span.start, heading.span.start + 1), kept) and lies_in(
        Span(heading.span.end - 1, heading.span.end), kept
    )
