"""The clauses of a sentence up to a place, for looking back from a figure to what it is about."""

from __future__ import annotations

import re
from typing import Final

from casekit.reading.clauses import Clause

__all__ = ["clauses_to"]

_MARK: Final = re.compile(r"[,;:。!?\n|()\[\]]|--|(?:(?<=\d)|(?<=\d[^\s\d])|(?<=\d[^\s\d]{2}))、(?=[^\d\s$€£¥-])")


def clauses_to(text: str, start: int, at: int) -> list[Clause]:
    """The clauses of text[start:at] in order; the last one ends at `at`.

    Brackets do not part a clause (甲(0000.HK)去年…), but where `at` stands inside one, what is before it in the bracket is a
    clause of its own, behind the one that the bracket stands in.
    """
    borders: list[tuple[int, int]] = []  # (where a clause ends, where the next one begins)
    opened: list[tuple[int, list[tuple[int, int]]]] = []  # an open bracket, and the borders outside of it
    for mark in _MARK.finditer(text, start, at):
        sign = mark[0]
        if sign in "([":
            opened.append((mark.start(), borders))
            borders = []
        elif sign in ")]":
            if opened:
                borders = opened.pop()[1]
        elif not (sign in ",:" and _in_number(text, mark.start())):
            borders.append((mark.start(), mark.end()))
    while opened:
        place, outer = opened.pop()
        borders = [*outer, (place, place + 1), *borders]
    clauses: list[Clause] = []
    for end, following in borders:
        clauses.append(Clause(start, end))
        start = following
    return [*clauses, Clause(start, at)]


def _in_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
