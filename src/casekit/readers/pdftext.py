"""Printed lines, of a PDF or of a picture, as a text layer: a paragraph a line, each block with its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casekit.locators import page_mark, recognised_mark
from casekit.readers.layer import LayerBuilder, collapse_space, unmarked
from casekit.readers.pdflines import BULLET, Line, Paragraph, paragraphs
from casekit.types import Block, Span

__all__ = ["lay_lines"]


def lay_lines(lines: Sequence[Line]) -> tuple[LayerBuilder, list[Paragraph]]:
    """The text layer of lines in reading order, and their paragraphs."""
    found = paragraphs(lines)
    builder = LayerBuilder()
    for one in found:
        _add(builder, one)
    return builder, found


def _add(builder: LayerBuilder, one: Paragraph) -> None:
    """A paragraph's line, each of its blocks with the page that it stands on."""
    path = ("pdf", "furniture") if one.furniture else ("pdf",)
    bullet = BULLET.match(one.text)
    kind = "h" if one.level else "td" if one.row else "li" if bullet else "p"
    first = len(builder.blocks)
    marker = bullet.group() if bullet else ""
    path = (*path, page_mark(one.page + 1))
    if one.recognised is not None:
        path = (*path, recognised_mark(one.recognised))
    builder.add(one.text, kind, level=one.level, path=path, pre=one.row, marker=marker)
    for page, rest in one.turns:
        turn = len(builder.text) - len(collapse_space(unmarked(rest)))
        _turn(builder.blocks, first, turn, page_mark(page + 1))


def _turn(blocks: list[Block], first: int, at: int, mark: str) -> None:
    """What of the blocks from `first` on stands behind `at` is on the page of `mark`."""
    made: list[Block] = []
    for block in blocks[first:]:
        path = tuple(mark if entry.startswith("page=") else entry for entry in block.tag_path)
        if block.span.end <= at:
            made.append(block)
        elif block.span.start >= at:
            made.append(replace(block, tag_path=path))
        else:
            made += [
                replace(block, span=Span(block.span.start, at)),
                replace(block, span=Span(at, block.span.end), tag_path=path),
            ]
    blocks[first:] = made
