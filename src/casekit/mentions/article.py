"""A document prepared for finding names: folded, quotation marks set aside, with every character's origin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from casekit.fold import Folded, fold_spans, fold_text, to_simplified
from casekit.types import Doc, Span

__all__ = ["Article", "name_form", "prepare", "without_marks"]

# What every kind of quotation mark folds to; an apostrophe inside a Latin word is none.
MARK = re.compile("\"|(?<![a-z0-9])'|'(?![a-z])")
_PAIRS = {
    "‘": "’",
    "'": "'",
    "“": "”",
    "「": "」",
    "『": "』",
    "〝": "〞",
    '"': '"',
    "＂": "＂",
    "«": "»",
    "„": "”",
    "﹁": "﹂",
}
_MARKS = frozenset(_PAIRS) | frozenset(_PAIRS.values())
_DEEPEST = 20
"""Quotations inside of so many that never close are none."""
_STRAIGHT = frozenset("\"＂'")
_OPENERS = frozenset(_PAIRS) - _STRAIGHT
_CLOSERS = frozenset(_PAIRS.values()) - _STRAIGHT


def without_marks(folded: str) -> str:
    """Folded text without quotation marks."""
    return MARK.sub("", folded)


def name_form(name: str) -> str:
    """A name in the form that `Article.bare` holds: folded, without quotation marks."""
    return without_marks(fold_text(name)).strip()


@dataclass(frozen=True, eq=False)
class Article:
    """`bare` is the folded body without quotation marks (“三通”工程 reads 三通工程); `span` leads back to the source."""

    doc: Doc
    folded: Folded
    bare: str
    shifts: tuple[int, ...]
    """For each removed mark: the index in `bare` at which it stood; sorted."""

    def in_folded(self, at: int) -> int:
        """The index in `folded.text` of character `at` of `bare`."""
        return at + bisect_right(self.shifts, at)

    def span(self, start: int, end: int) -> Span:
        """The source range of bare[start:end], widened to the partner of a quotation mark that stands inside it."""
        return self._balanced(self.folded.span(self.in_folded(start), self.in_folded(end - 1) + 1))

    def text(self, start: int, end: int) -> str:
        """The source characters of bare[start:end], inserted ones included."""
        return self.span(start, end).slice(self.doc.text)

    def kept_text(self, start: int, end: int) -> str:
        """The source characters of bare[start:end] without inserted ones and quotation marks."""
        source, folded = self.doc.text, self.folded
        at = [self.in_folded(i) for i in range(start, end)]
        pieces: list[str] = []
        last = -1
        for i in at:
            first, stop = int(folded.starts[i]), int(folded.ends[i])
            if first != last:
                pieces.append(source[first:stop])
                last = first
        return "".join(pieces)

    def quoted(self, start: int, end: int) -> bool:
        """Whether quotation marks stand right before and right after bare[start:end]."""
        text = self.folded.text
        first, last = self.in_folded(start), self.in_folded(end - 1)
        return first > 0 and text[first - 1] in "\"'" and last + 1 < len(text) and text[last + 1] in "\"'"

    def simplified(self, start: int, end: int) -> str:
        """`kept_text` in simplified characters: a name to show for what stands there."""
        return to_simplified(self.kept_text(start, end)).strip()

    def quotations(self) -> Iterator[tuple[int, int]]:
        """The ranges of `bare` that stand in quotation marks, inner ones included; none reaches over a line."""
        return iter(self._quotations)

    @cached_property
    def _quotations(self) -> tuple[tuple[int, int], ...]:
        return tuple(self._find_quotations())

    def _find_quotations(self) -> Iterator[tuple[int, int]]:
        source, starts = self.doc.text, self.folded.starts
        opened: list[tuple[int, str]] = []
        line = -1
        for i, shift in enumerate(self.shifts):
            at_line = bisect_right(self._breaks, shift - 1)
            if at_line != line:
                opened, line = [], at_line
            mark = source[int(starts[shift + i])]
            closes = None
            if mark not in _OPENERS:
                closes = next((k for k in range(len(opened) - 1, -1, -1) if _PAIRS.get(opened[k][1]) == mark), None)
            if closes is not None:
                begun = opened[closes][0]
                del opened[closes:]
                if begun < shift:
                    yield begun, shift
            elif mark in _PAIRS and len(opened) < _DEEPEST:
                opened.append((shift, mark))

    def with_quotes(self, start: int, end: int) -> Span:
        """As `span`, with the quotation marks around it."""
        return self.folded.span(self.in_folded(start) - 1, self.in_folded(end - 1) + 2)

    def _balanced(self, span: Span) -> Span:
        source = self.doc.text
        inside = [c for c in span.slice(source) if c in _MARKS]
        if not inside:
            return span
        depth = 0
        open_left = False
        for mark in inside:
            if mark in _OPENERS:
                depth += 1
            elif mark in _CLOSERS:
                if depth:
                    depth -= 1
                else:
                    open_left = True
        straight = sum(mark not in _OPENERS and mark not in _CLOSERS for mark in inside) % 2
        start, end = span.start, span.end
        if (open_left or straight) and start and source[start - 1] in _MARKS:
            start -= 1
        elif (depth or straight) and end < len(source) and source[end] in _MARKS:
            end += 1
        return Span(start, end)

    def paragraph(self, at: int) -> tuple[int, int]:
        """The range in `bare` of the paragraph that holds character `at`."""
        i = bisect_right(self._breaks, at - 1)
        first = self._breaks[i - 1] + 1 if i else 0
        return first, self._breaks[i] if i < len(self._breaks) else len(self.bare)

    @cached_property
    def _breaks(self) -> list[int]:
        """Where the lines of `bare` end."""
        return [m.start() for m in re.finditer("\n", self.bare)]


def prepare(doc: Doc) -> Article:
    """`doc` folded over its kept spans, ready for matching."""
    folded = fold_spans(doc.text, doc.cleaned.kept)
    text = folded.text
    places = [m.start() for m in MARK.finditer(text)]
    return Article(doc, folded, without_marks(text), tuple(p - i for i, p in enumerate(places)))
