"""What the program that wrote a project counted: code points or UTF-16 code units, CR LF as two or as one."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["STANDARD", "Counting", "counting_of", "lf_places"]

_ELLIPSIS: Final = re.compile(r"(?:…|\.{3})\s*\Z")
_LEAST_NAME: Final = 2
_BLANKS: Final = 200
"""White space that may stand among the words of a name, beyond one for each of its characters."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What a program counts: UTF-16 code units or code points, and CR LF as two or as one."""

    utf16: bool = False
    one_break: bool = False

    def places(self, text: str) -> Sequence[int]:
        """Position → code point of the text, as far as the text goes and its end."""
        if not self.utf16 and not self.one_break:
            return range(len(text) + 1)
        found = array("l")
        for i, c in enumerate(text):
            if self.one_break and c == "\r" and text[i + 1 : i + 2] == "\n":
                continue
            found.append(i)
            if self.utf16 and ord(c) > 0xFFFF:
                found.append(i)
        found.append(len(text))
        return found


STANDARD: Final = Counting()


def counting_of(text: str, named: Sequence[tuple[str, int, int]], origin: str) -> Counting:
    """The way of counting that the names of selections bear out, else that of the program, else the standard's."""
    wide = any(ord(c) > 0xFFFF for c in text)
    breaks = "\r\n" in text
    ways = [Counting(utf16, one) for utf16 in (False, True)[: 1 + wide] for one in (False, True)[: 1 + breaks]]
    if len(ways) == 1:
        return STANDARD
    maker = origin.lower()
    usual = Counting(wide and "nvivo" in maker, breaks and "atlas" in maker)
    score = {way: _borne_out(text, way.places(text), named) for way in ways}
    return max(ways, key=lambda way: (score[way], way == usual, way == STANDARD))


def _borne_out(text: str, at: Sequence[int], named: Sequence[tuple[str, int, int]]) -> int:
    """How many selections begin as their name does, those that leave the text counted against."""
    score = 0
    for name, start, end in named:
        shown = " ".join(_ELLIPSIS.sub("", name).split())
        if not 0 <= start < end < len(at):
            score -= 1
        elif len(shown) >= _LEAST_NAME:
            # as much as can hold the name: a project may have thousands of selections of a whole text
            head = text[at[start] : min(at[end], at[start] + 2 * len(shown) + _BLANKS)]
            score += " ".join(head.split()).startswith(shown)
    return score


def lf_places(text: str) -> Sequence[int]:
    """Code point of a text → of the same with line feeds alone; its end, too."""
    if "\r\n" not in text:
        return range(len(text) + 1)
    found, at = array("l"), 0
    for i, c in enumerate(text):
        found.append(at)
        at += not (c == "\r" and text[i + 1 : i + 2] == "\n")
    found.append(at)
    return found
