"""Folded text as figures are read in it: cells of tables parted by a border, commas between two numbers kept apart."""

from __future__ import annotations

import re
from typing import Final

from casekit.fold import Folded

__all__ = ["CELL", "cells_of"]

CELL: Final = "|"  # what parts the cells of a table; no white space, so nothing reads over it
_WIDE_COMMA: Final = re.compile(r"(?<=\d),(?=\d{3})")
_RAISED: Final = re.compile("[⁰¹²³⁴-⁹]")
_BLANK: Final = re.compile(" ")


def _with_raised(cells: str, folded: Folded, text: str) -> str:
    """The text with its raised digits as they were, but for those of units (m², km²)."""
    marks = list(cells)
    for i, c in enumerate(marks):
        raw = text[int(folded.starts[i]) : int(folded.ends[i])]
        if (
            c.isdigit()
            and len(raw) == 1
            and _RAISED.match(raw)
            and not (i and marks[i - 1].isalpha() and marks[i - 1].isascii())
        ):
            marks[i] = raw
    return "".join(marks)


def cells_of(folded: Folded, text: str) -> str:
    """The folded text with full-width commas between digits kept wide (2019，200家 is a year and a count), cells parted
    by "|" and raised digits raised (12亿², 10⁸); every character stays in its place."""
    cells = folded.text.replace("\t", CELL)  # a border that no figure, unit or qualifier reaches over
    if _RAISED.search(text) is not None:
        cells = _with_raised(cells, folded, text)
    if "\t" in text or "|" in text:
        marks = list(cells)
        for i in (m.start() for m in _BLANK.finditer(cells)):
            gap = text[int(folded.ends[i - 1]) if i else 0 : int(folded.starts[i + 1]) if i + 1 < len(cells) else None]
            if "\t" in gap or "|" in gap:
                marks[i] = CELL
        cells = "".join(marks)
    wide = [m.start() for m in _WIDE_COMMA.finditer(folded.text) if text[int(folded.starts[m.start()])] == "，"]
    if not wide:
        return cells
    chars = list(cells)
    for i in wide:
        chars[i] = "，"
    return "".join(chars)
