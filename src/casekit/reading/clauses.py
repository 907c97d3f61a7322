"""Clauses: what stands between two marks of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Clause", "clause_around", "clause_end", "clause_start"]

_MARK: Final = re.compile(r"[,，;；:。!?()\n|]|--")


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a clause begins and ends, its marks left out."""

    start: int
    end: int


def clause_around(text: str, first: int, last: int, start: int, end: int) -> Clause:
    """The clause that holds text[start:end], within the sentence text[first:last].

    Commas inside a number don't part, nor does anything between `start` and `end`.
    """
    return Clause(clause_start(text, start, first), clause_end(text, end, last))


def clause_start(text: str, at: int, first: int = 0) -> int:
    """Where the clause that holds place `at` begins, not before `first`."""
    start = first
    for mark in _MARK.finditer(text, first, at):
        if not _in_number(text, mark.start()):
            start = mark.end()
    return start


def clause_end(text: str, at: int, last: int | None = None) -> int:
    """Where the clause that holds place `at` ends, not behind `last`."""
    last = len(text) if last is None else last
    mark = _MARK.search(text, at, last)
    return mark.start() if mark else last


def _in_number(text: str, at: int) -> bool:
    """Whether a comma stands between digits (4,000)."""
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
