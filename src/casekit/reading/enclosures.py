"""Brackets, titles and quotations of a text: where each begins and ends, which stand inside which, which never close."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["Enclosure", "Enclosures", "find_enclosures"]

_OPENS: Final = {"(": ")", "[": "]", "{": "}", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "〖": "〗"}
_CLOSES: Final = {close: opening for opening, close in _OPENS.items()}
_TITLES: Final = frozenset("《〈")
_SPOKEN: Final = {**dict(zip("“‘「『﹁﹃〝", "”’」』﹂﹄〞", strict=True))}
_SPOKEN_ENDS: Final = {close: opening for opening, close in _SPOKEN.items()}
_DEEPEST: Final = 20
"""Sentences of people nest three deep; a text that opens and never closes must not make every place stand in all of it."""
_MARK: Final = re.compile(r"[()\[\]{}《》〈〉【】〔〕〖〗\"'\n]")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What stands between two marks that belong together, in folded text.

    `start` is the opening mark, `end` the closing one; where a quotation never closes, `end` is its paragraph's end and
    `closed` false. Brackets that never close enclose nothing and are not listed.
    """

    start: int
    end: int
    kind: Literal["quote", "bracket", "title"]
    closed: bool = True

    def holds(self, at: int) -> bool:
        """Whether a place stands between the marks."""
        return self.start < at < self.end


class Enclosures:
    """The enclosures of a text, found by place; those that hold a place come outermost first."""

    def __init__(self, found: Iterable[Enclosure]) -> None:
        self.all = sorted(found, key=lambda e: (e.start, -e.end))
        self._starts = [e.start for e in self.all]
        self._reach: list[int] = []  # the furthest end among the enclosures up to each, so that looking back can stop
        self._outer: list[int] = []  # the nearest earlier one that reaches beyond each one's start; -1 where none does
        furthest = -1
        open_yet: list[int] = []
        for i, e in enumerate(self.all):
            furthest = max(furthest, e.end)
            self._reach.append(furthest)
            while open_yet and self.all[open_yet[-1]].end <= e.start:
                open_yet.pop()
            self._outer.append(open_yet[-1] if open_yet else -1)
            open_yet.append(i)

    def around(self, at: int) -> list[Enclosure]:
        """The enclosures that hold a place, outermost first."""
        found: list[Enclosure] = []
        i = bisect_right(self._starts, at) - 1
        while i >= 0 and self._reach[i] > at:
            if self.all[i].holds(at):
                found.append(self.all[i])
            i = self._outer[i]  # those between end before this one starts
        return found[::-1]

    def across(self, at: int) -> list[Enclosure]:
        """Those that hold both `at` and the place before it, so that they began earlier; outermost first."""
        return [e for e in self.around(at) if e.start < at - 1] if at else []


def find_enclosures(text: str, original: Mapping[int, str] | None = None) -> Enclosures:
    """The enclosures of folded text.

    Args:
        text: Folded text, in which all quotation marks are straight.
        original: The source's characters for the quotation marks of `text`, by place: they tell opening from closing
            marks. Straight ones open and close in turn.
    """
    found: list[Enclosure] = []
    open_brackets: list[tuple[int, str]] = []
    open_quotes: list[tuple[int, str]] = []
    for m in _MARK.finditer(text):
        at, mark = m.start(), m[0]
        if mark == "\n":
            found += _unclosed(open_quotes, at)
            open_brackets.clear()
        elif mark in _OPENS:
            _open(open_brackets, at, mark)
        elif mark in _CLOSES:
            if any(opening == _CLOSES[mark] for _, opening in open_brackets):
                while open_brackets[-1][1] != _CLOSES[mark]:
                    open_brackets.pop()
                start, opening = open_brackets.pop()
                found.append(Enclosure(start, at, "title" if opening in _TITLES else "bracket"))
        else:
            _quote(text, at, original.get(at, mark) if original is not None else mark, open_quotes, found)
    found += _unclosed(open_quotes, len(text))
    return Enclosures(found)


def _quote(text: str, at: int, mark: str, opened: list[tuple[int, str]], found: list[Enclosure]) -> None:
    if mark in "'’‘" and _is_apostrophe(text, at):
        return
    if mark in _SPOKEN:
        _open(opened, at, mark)
        return
    opening = _SPOKEN_ENDS.get(mark, mark)
    if any(o == opening for _, o in opened):
        while opened[-1][1] != opening:
            opened.pop()
        start, _ = opened.pop()
        found.append(Enclosure(start, at, "quote"))
    elif mark not in _SPOKEN_ENDS:
        _open(opened, at, mark)


def _open(opened: list[tuple[int, str]], at: int, mark: str) -> None:
    """Remember what opens; what opens inside of so many that are still open encloses nothing."""
    if len(opened) < _DEEPEST:
        opened.append((at, mark))


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a single mark stands in a word or behind a plural (don't, stores' …), or before one ('20)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isdigit())


def _unclosed(opened: list[tuple[int, str]], end: int) -> list[Enclosure]:
    """The quotations still open at a paragraph's end; single marks are apostrophes then."""
    found = [Enclosure(start, end, "quote", closed=False) for start, mark in opened if mark not in "'‘"]
    opened.clear()
    return found
