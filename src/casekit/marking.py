"""The one highlighter: a text in pieces, some of them marked; joined they are the text, character for character.

Panels, widgets and notebooks get such pieces; pages that mark text in the browser have the same in data/marking.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["marked_pieces", "places_of_words"]


def marked_pieces(text: str, ranges: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it lies in one of the ranges.

    Args:
        text: Any text.
        ranges: Half-open ranges of code points; they may overlap, nest, touch, come in any order and reach beyond the text.

    Examples:
        >>> marked_pieces("精准度高", [(1, 3), (0, 2)])
        [('精准度', True), ('高', False)]
    """
    own = sorted((max(0, start), min(len(text), end)) for start, end in ranges)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in _merged((start, end) for start, end in own if start < end):
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def _merged(ordered: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    held: tuple[int, int] | None = None
    for start, end in ordered:
        if held is not None and start <= held[1]:
            held = held[0], max(held[1], end)
            continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held


def places_of_words(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where any of the words stands in a text, in either case, overlapping places of one word, too; single characters help nobody.

    Examples:
        >>> list(places_of_words("啊哈哈哈", ["哈哈"]))
        [(1, 3), (2, 4)]
    """
    for word in words:
        if len(word.strip()) > 1:
            for found in re.finditer(f"(?=({re.escape(word)}))", text, re.IGNORECASE):
                yield found.span(1)
