"""Does a sentence speak of the year that a question asks about?

The year that it names counts, or the one that its words mean on the day of its source (去年 in an article of 2022); a sentence
without any goes with the last year named before it, then with the title's, then with the source's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from casekit.cues import CuePattern, Cues, from_cues

__all__ = ["OPEN", "years_fit"]

OPEN: Final = 0.5
"""The fit of a sentence of which the year cannot be told."""
_YEAR: Final = r"(?<![\d.])((?:19|20)\d\d)"
_NAMED: Final = CuePattern(_YEAR + r"(?=%{asked-facts/year-end}|[^\d%\u4e00-\u9fff]|$)")
_SPAN: Final = CuePattern(_YEAR + r"(?:%{asked-facts/year-end}|[\s\-~—–])+((?:19|20)\d\d)")


@from_cues
def _relative(cues: Cues) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Words for years by the day of the source, each with how many years it is away from that."""
    away = {entry.text: int(entry.values[0]) for entry in cues.entries("asked-facts/year-word")}
    return re.compile("|".join(sorted(map(re.escape, away), key=len, reverse=True))), away


def years_fit(asked: frozenset[int], sentence: str, before: str, title: str, own: int | None) -> float:
    """1 where a sentence speaks of all years asked about, 0 where it speaks of others, `OPEN` where that cannot be told.

    Args:
        asked: Years of the question.
        sentence: Folded.
        before: What stands before it in its passage, folded.
        title: Of the source, folded.
        own: The year of the source; None where unknown.

    Examples:
        >>> years_fit(frozenset({2021}), "2020年营收19亿元", "", "", 2021)
        0.0
        >>> years_fit(frozenset({2021}), "营收增至19亿元", "2021年,公司扭亏。", "", 2022)
        1.0
    """
    told = _years(sentence, own)
    for text in (before, title):
        told = told or _last(text, own)
    if told:
        return float(asked <= told)
    if own is None:
        return OPEN
    return OPEN if asked <= {own, own - 1} else 0.0


def _years(text: str, own: int | None) -> frozenset[int]:
    """All years that a text names or means."""
    found = {int(m[1]) for m in _NAMED.finditer(text)}
    for m in _SPAN.finditer(text):
        found.update(range(int(m[1]), int(m[2]) + 1))
    if own is not None:
        pattern, away = _relative()
        found.update(own + away[m[0]] for m in pattern.finditer(text))
    return frozenset(found)


def _last(text: str, own: int | None) -> frozenset[int]:
    """The year that a text names last."""
    found = {(m.start(), int(m[1])) for m in _NAMED.finditer(text)}
    if own is not None:
        pattern, away = _relative()
        found |= {(m.start(), own + away[m[0]]) for m in pattern.finditer(text)}
    return frozenset({max(found)[1]}) if found else frozenset()
