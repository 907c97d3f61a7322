"""Where names stand: of a few names by looking for each, of many in one pass over the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

__all__ = ["Repeated", "places_of"]

_FEW = 12
"""So many are sooner looked for one by one (0.1 ms each in 100,000 characters) than all lengths of them in one pass."""


def places_of(names: Collection[str], text: str) -> dict[str, list[int]]:
    """Name to the starts of its places, in order; places of one name do not overlap. Names that stand nowhere are left out.

    Takes time in proportion to the text however many names there are.

    Examples:
        >>> places_of(["会员", "门店"], "会员到门店，会员")
        {'会员': [0, 6], '门店': [3]}
    """
    if len(names) <= _FEW:
        each = ((name, [m.start() for m in re.finditer(re.escape(name), text)]) for name in names if name)
        return {name: places for name, places in each if places}
    by_length: dict[int, set[str]] = {}
    for name in names:
        by_length.setdefault(len(name), set()).add(name)
    by_length.pop(0, None)
    found: dict[str, list[int]] = {}
    for length, some in by_length.items():
        for start, name in _of_one_length(some, length, text):
            places = found.setdefault(name, [])
            if not places or places[-1] + length <= start:
                places.append(start)
    return found


def _of_one_length(names: set[str], length: int, text: str) -> Iterator[tuple[int, str]]:
    for start in range(len(text) - length + 1):
        piece = text[start : start + length]
        if piece in names:
            yield start, piece


class Repeated:
    """Which pieces of a text stand in it more than once; each length is gone through once, when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0
        self._twice: dict[int, set[str]] = {}

    def stands_twice(self, piece: str) -> bool:
        """Whether `piece` stands at two places that do not overlap."""
        self._asked += 1
        if self._asked <= _FEW:
            return self._text.count(piece) > 1
        length = len(piece)
        if length not in self._twice:
            self._twice[length] = set(_repeated(self._text, length))
        return piece in self._twice[length]


def _repeated(text: str, length: int) -> Iterator[str]:
    first: dict[str, int] = {}
    for start in range(len(text) - length + 1):
        at = first.setdefault(text[start : start + length], start)
        if at + length <= start:
            yield text[start : start + length]
