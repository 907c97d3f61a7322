"""The blocks of a stored text, so that together they cover all of it: as its reader saw them, else its lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casekit.types import Block, Heading

__all__ = ["TextBlock", "text_blocks"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block over [start, end) of the text; the next one begins where it ends."""

    start: int
    end: int
    kind: str = "p"
    level: int = 0


def text_blocks(text: str, blocks: Sequence[Block], headings: Sequence[Heading]) -> list[TextBlock]:
    """The text in blocks without gap or overlap; white space between two belongs to the first.

    Args:
        text: The stored text.
        blocks: What a reader saw, in any order; where two overlap, the first keeps the characters.
        headings: Headings of the body; the block that holds one becomes a heading of its level.
    """
    found: list[TextBlock] = []
    at = 0
    for block in sorted(blocks, key=lambda b: (b.span.start, b.span.end)):
        start, end = max(at, block.span.start), min(block.span.end, len(text))
        if start >= end:
            continue
        found += _lines(text, at, start)
        found.append(TextBlock(start, end, block.kind, block.level))
        at = end
    found += _lines(text, at, len(text))
    return _with_headings(_joined(text, found), headings)


def _lines(text: str, start: int, end: int) -> Iterator[TextBlock]:
    for match in _LINE.finditer(text[start:end]):
        yield TextBlock(start + match.start(), start + match.end())


def _joined(text: str, blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Blocks of nothing but white space joined to the one before (at the start of the text, to the one after)."""
    made: list[TextBlock] = []
    for block in blocks:
        empty = text[block.start : block.end].isspace()
        last = made[-1] if made else None
        if last is not None and empty:
            made[-1] = TextBlock(last.start, block.end, last.kind, last.level)
        elif last is not None and len(made) == 1 and text[last.start : last.end].isspace():
            made[-1] = TextBlock(last.start, block.end, block.kind, block.level)
        else:
            made.append(block)
    return made


def _with_headings(blocks: list[TextBlock], headings: Sequence[Heading]) -> list[TextBlock]:
    starts = [block.start for block in blocks]
    for heading in headings:
        at = bisect_left(starts, heading.span.start + 1) - 1
        if at >= 0 and blocks[at].kind in ("p", "h"):
            blocks[at] = TextBlock(blocks[at].start, blocks[at].end, "h", min(6, max(1, heading.level)))
    return blocks
