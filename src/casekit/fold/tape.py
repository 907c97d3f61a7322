"""Text with an origin in the source for every character, and the edits that folding makes to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from casekit.types import Span

__all__ = ["LINE_BREAK", "Edit", "Folded", "Ints1d", "Tape", "tape_of"]

Ints1d: TypeAlias = npt.NDArray[np.int32]
Places: TypeAlias = npt.NDArray[np.int64]
Edit: TypeAlias = tuple[int, int, str]
"""Replace text[start:end] by a string: (start, end, string). Edits of one pass are sorted and disjoint."""

LINE_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """Folded text and where each of its characters came from.

    `starts` and `ends` are int32, shape (len(text),), non-decreasing: character i came from source[starts[i]:ends[i]].
    All characters of a converted phrase share the phrase's range; a line break put in where a gap held one has an
    empty range.
    """

    text: str
    starts: Ints1d
    ends: Ints1d

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> Span:
        """The source range of the folded characters [start, end); gaps between them are inside it."""
        if start >= end:
            at = int(self.starts[start]) if start < len(self.text) else int(self.ends[-1]) if self.text else 0
            return Span(at, at)
        return Span(int(self.starts[start]), int(self.ends[end - 1]))

    def locate(self, span: Span) -> tuple[int, int]:
        """The folded range (start, end) of the characters that came, wholly or in part, from a source range."""
        first = bisect_right(self.ends, span.start)
        last = bisect_left(self.starts, span.end)
        return (first, max(first, last))


class Tape:
    """Text under folding; `starts` and `ends` are None where nobody asks for origins."""

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str, starts: Ints1d | None = None, ends: Ints1d | None = None) -> None:
        self.text, self.starts, self.ends = text, starts, ends

    def edit(self, edits: Sequence[Edit]) -> None:
        """Apply edits; each new character gets the whole range that its edit replaces."""
        if not edits:
            return
        pieces: list[str] = []
        at = 0
        for start, end, new in edits:
            pieces += (self.text[at:start], new)
            at = end
        pieces.append(self.text[at:])
        if self.starts is not None and self.ends is not None:
            froms, tos, lengths = (np.array(column, dtype=np.int64) for column in _columns(edits))
            self.starts, self.ends = _spliced(self.starts, self.ends, froms, tos, lengths)
        self.text = "".join(pieces)

    def folded(self) -> Folded:
        """The text with its origins.

        Raises:
            ValueError: If the tape was made without origins.
        """
        if self.starts is None or self.ends is None:
            raise ValueError("this tape keeps no origins")
        return Folded(self.text, self.starts, self.ends)

    def replace(self, text: str) -> None:
        """Exchange the text character by character.

        Raises:
            ValueError: If the length differs.
        """
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters where {len(self.text)} were wanted")
        self.text = text


def _columns(edits: Sequence[Edit]) -> tuple[list[int], list[int], list[int]]:
    return [e[0] for e in edits], [e[1] for e in edits], [len(e[2]) for e in edits]


def _spliced(starts: Ints1d, ends: Ints1d, froms: Places, tos: Places, lengths: Places) -> tuple[Ints1d, Ints1d]:
    # Every old character is repeated once, characters of an edit 0 times but for its first one, which stands for the
    # new characters; an edit that replaces nothing by something does not occur.
    counts = np.ones(len(starts), dtype=np.int64)
    marks = np.zeros(len(starts) + 1, dtype=np.int64)
    np.add.at(marks, froms, 1)
    np.add.at(marks, tos, -1)
    counts[np.cumsum(marks[:-1]) > 0] = 0
    counts[froms] = lengths
    new_ends = ends.copy()
    new_ends[froms] = ends[tos - 1]
    return np.repeat(starts, counts), np.repeat(new_ends, counts)


def _joint_of(gap: str) -> str:
    """What stands for a gap within a line: a tab for the border of a table cell, a space for white space."""
    if "|" in gap:
        return "\t"
    return " " if gap.isspace() else ""


def tape_of(text: str, kept: Sequence[Span] | None) -> Tape:
    """The kept characters of a text one after the other, with their origins.

    Where the gap between two kept spans holds a line break, and none stands at its edges, a "\\n" is put in (empty
    origin), unless it is nothing else: a line that was broken at a fixed width goes on; where it is nothing but white space, a " "; where it is the border of a Markdown table cell, a tab. Any other gap
    closes: what was injected into a word is gone.
    """
    if kept is None:
        places = np.arange(len(text), dtype=np.int32)
        return Tape(text, places, places + np.int32(1))
    pieces: list[str] = []
    starts: list[Ints1d] = []
    ends: list[Ints1d] = []
    before: Span | None = None
    for span in kept:
        if not len(span):
            continue
        if before is not None:
            gap = text[before.end : span.start]
            edges = text[before.end - 1] + text[span.start]
            if LINE_BREAK.search(gap):
                joint = "" if LINE_BREAK.search(edges) or not gap.strip() else "\n"
            else:
                joint = "" if not gap or edges[0].isspace() or edges[1].isspace() else _joint_of(gap)
            if joint:
                pieces.append(joint)
                starts.append(np.array([before.end], dtype=np.int32))
                ends.append(starts[-1])
        pieces.append(span.slice(text))
        places = np.arange(span.start, span.end, dtype=np.int32)
        starts.append(places)
        ends.append(places + np.int32(1))
        before = span
    none = np.zeros(0, dtype=np.int32)
    return Tape(
        "".join(pieces), np.concatenate(starts) if starts else none, np.concatenate(ends) if ends else none.copy()
    )
