"""The words for what an English figure measures: its load factor of 79 percent."""

from __future__ import annotations

import re

from casekit.cues import CueWords
from casekit.facts.turning import TURNS

__all__ = ["EN_STOP", "english_phrase"]

_EN_TAIL = CueWords("measure-borders/en-tail")
EN_STOP = CueWords("measure-borders/en")


def english_phrase(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """Up to three words before an English figure and its verb: its load factor of 79 percent."""
    breaks = [
        m.end() for m in re.finditer(r"[,;:()]|(?<![a-z])(?:its|the|their|whose|our|a|an)\s|'s\s", text[start:stop])
    ]
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[a-z][a-z'-]*", text[start:stop])]
    words = [(a, b) for a, b in words if a >= start + (breaks[-1] if breaks else 0)]
    while words and (
        (w := text[slice(*words[-1])]) in _EN_TAIL.now() or w in EN_STOP.now() or TURNS.fullmatch(w) or w.endswith("ed")
    ):
        words.pop()
    if not words or not (breaks or text[start - 1 : start] in (",", ";")):
        return None
    first = words[-1][0]
    for a, b in reversed(words[-3:-1]):
        if text[a:b] in EN_STOP.now() or text[a:b] in _EN_TAIL.now():
            break
        first = a
    return first, words[-1][1]
