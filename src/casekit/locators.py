"""Where a range stands in its file, as people look it up: page 12, slide 3, cell 销售!B7, 00:12:31.

A reader marks its blocks: an entry of the tag path such as "page=12", made by `page_mark` and its siblings. `locate` reads
the marks of a range back. What a machine recognised in a picture carries `recognised_mark` too, with its confidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from casekit.language import say
from casekit.types import Block, Span

__all__ = [
    "Locator",
    "Place",
    "PlaceKind",
    "cells_mark",
    "locate",
    "notes_mark",
    "page_mark",
    "recognised_mark",
    "slide_mark",
    "time_mark",
]

PlaceKind = Literal["page", "slide", "notes", "cell", "time"]

_MARK: Final = re.compile(rf"({'|'.join(get_args(PlaceKind))})=(.+)\Z", re.DOTALL)
_CELLS: Final = re.compile(r"cells=(.*)!([1-9]\d*):([A-Z,]+)\Z", re.DOTALL)
_RECOGNISED: Final = re.compile(r"ocr=(\d{1,3})\Z")
_PLAIN_SHEET: Final = re.compile(r"[^\W\d]\w*")


def page_mark(number: int) -> str:
    """Path entry of what stands on a page, counted from 1."""
    return f"page={number}"


def slide_mark(number: int) -> str:
    """Path entry of what stands on a slide, counted from 1."""
    return f"slide={number}"


def notes_mark(number: int) -> str:
    """Path entry of the speaker's notes below a slide."""
    return f"notes={number}"


def cells_mark(sheet: str, row: int, columns: Sequence[str]) -> str:
    """Path entry of a row of a table: one column letter for each of its cells, in the order of the tabs between them."""
    return f"cells={sheet}!{row}:{','.join(columns)}"


def time_mark(seconds: float) -> str:
    """Path entry of what is said from this moment on."""
    whole = int(seconds)
    return f"time={whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def recognised_mark(confidence: float) -> str:
    """Path entry of what a machine recognised, with its confidence in [0, 1]."""
    return f"ocr={round(100 * max(0.0, min(1.0, confidence)))}"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a file; `value` is a page or slide number, a cell ("销售!B7") or a time ("00:12:31")."""

    kind: PlaceKind
    value: str


@dataclass(frozen=True, slots=True)
class Locator:
    """From which place to which a range stands, None where its file has no places.

    `recognised` is the lowest confidence of what a machine recognised there, in [0, 1]; None for text that the file holds
    as text.
    """

    first: Place | None
    last: Place | None
    recognised: float | None = None

    def told(self) -> str:
        """As people cite it, in the language in force.

        Example:
            >>> Locator(Place("page", "12"), Place("page", "13")).told()
            '第12–13页'
        """
        place = "" if self.first is None or self.last is None else _told(self.first, self.last)
        return f"{place}{self.note()}"

    def note(self) -> str:
        """That it was recognised, and how surely; empty for text that the file holds as text."""
        if self.recognised is None:
            return ""
        sure = f"{100 * self.recognised:.0f}%"
        return say(f"（OCR 识别，置信度 {sure}）", f" (OCR, confidence {sure})")

    def to_json(self) -> dict[str, Any]:
        """Kind, first and last place, and the confidence of what was recognised."""
        first, last = self.first, self.last
        return {
            "kind": first.kind if first else None,
            "first": first.value if first else None,
            "last": last.value if last else None,
            "ocr": self.recognised,
        }


_ONE: Final[dict[PlaceKind, tuple[str, str]]] = {
    "page": ("第{}页", "p. {}"),
    "slide": ("第{}张幻灯片", "slide {}"),
    "notes": ("第{}张幻灯片的备注", "slide {}, notes"),
    "cell": ("单元格 {}", "cell {}"),
    "time": ("{}", "{}"),
}
_SEVERAL: Final[dict[PlaceKind, tuple[str, str]]] = {
    "page": ("第{}页", "pp. {}"),
    "slide": ("第{}张幻灯片", "slides {}"),
    "notes": ("第{}张幻灯片的备注", "slides {}, notes"),
    "cell": ("单元格 {}", "cells {}"),
    "time": ("{}", "{}"),
}


def _told(first: Place, last: Place) -> str:
    if first == last:
        return say(*_ONE[first.kind]).format(first.value)
    if first.kind != last.kind:
        return f"{_told(first, first)}–{_told(last, last)}"
    if first.kind != "cell":
        return say(*_SEVERAL[first.kind]).format(f"{first.value}–{last.value}")
    (sheet, _, start), (other, _, end) = first.value.rpartition("!"), last.value.rpartition("!")
    span = f"{first.value}:{end}" if sheet == other else f"{first.value}–{last.value}"
    return say(*_SEVERAL["cell"]).format(span) if start else span


def locate(text: str, blocks: Sequence[Block], span: Span) -> Locator | None:
    """The places of a range; None where nothing of it carries a mark.

    Args:
        text: The text layer.
        blocks: Its blocks, sorted.
        span: The range.
    """
    at = max(0, bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1)
    first: Place | None = None
    last: Place | None = None
    sure: list[int] = []
    while at < len(blocks) and blocks[at].span.start < span.end:
        block = blocks[at]
        at += 1
        if not block.span.overlaps(span):
            continue
        begin, end = max(span.start, block.span.start), min(span.end, block.span.end)
        for entry in block.tag_path:
            if found := _RECOGNISED.match(entry):
                sure.append(int(found[1]))
                continue
            first = first or _place(entry, text, begin)
            last = _place(entry, text, end - 1) or last
    if first is None and not sure:
        return None
    return Locator(first, last, min(sure) / 100 if sure else None)


def _place(entry: str, text: str, offset: int) -> Place | None:
    """The place that an entry of a tag path gives the character at `offset`."""
    cells = _CELLS.match(entry)
    if cells is not None:
        columns = cells[3].split(",")
        number = text.count("\t", text.rfind("\n", 0, offset) + 1, offset + 1)
        return Place("cell", f"{_sheet(cells[1])}{columns[min(number, len(columns) - 1)]}{cells[2]}")
    found = _MARK.match(entry)
    return None if found is None or found[1] == "cell" else Place(_kind(found[1]), found[2])


def _kind(name: str) -> PlaceKind:
    return next(kind for kind in _ONE if kind == name)


def _sheet(name: str) -> str:
    """A sheet's name with its mark, quoted as spreadsheets quote it; empty for a table that is no sheet of a book."""
    if not name:
        return ""
    return f"{name}!" if _PLAIN_SHEET.fullmatch(name) else "'{}'!".format(name.replace("'", "''"))
