"""What stands behind a figure and says what it counts or is a share of: 300家门店, 62%的连锁企业, 5% growth in sales."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casekit.cues import CueLetters, CueWords
from casekit.facts.measurephrase import leftwards
from casekit.facts.measures import Found, Measure, Measured, measures_in
from casekit.facts.nouns import WORD, is_deed, is_noun, word_ranges
from casekit.facts.quantities import Figure
from casekit.facts.units import plural_unit
from casekit.reading.clauses import Clause
from casekit.segment.tags import is_function_word

__all__ = ["measured_behind"]

_BEHIND: Final = 16
_FROM: Final = re.compile(r"\s?(?:的)?(?:是|为|来自于?|由|属于|用于|源于|投向|流向)\s?")
_LINKS: Final = frozenset("从在把被让对向给")
_THINGS: Final = CueWords("countables/things")
_NEW: Final = CueLetters("measure-borders/newly")
_RUN: Final = re.compile(r"[一-鿿a-z0-9+&·\-]+")
_EN_OF: Final = re.compile(
    r"\s(?:(?:year-on-year|annual|quarterly)\s)?(?:(?:rise|increase|growth|gain|jump|decline|drop|fall|decrease|reduction|boost)\s)?(?:in|of)\s(?!\d)(?:the\s|its\s|their\s|total\s)?"
)
_EN_FOR: Final = re.compile(
    r"\s(?:on|for)\s(?:the\s|its\s|a\s|new\s)?(?P<what>[a-z-]{3,}(?:\s(?!in|on|at|by|and|for|from|to|last|this|while)[a-z-]{3,})?)(?![a-z])"
)
_EN_PEOPLE: Final = re.compile(r"(?<![a-z])[a-z]{4,}$")  # 14,200 people: the word that is the unit too
_EN_WHOSE: Final = re.compile(r"\sof\s(?:the\s)?[^,.;:]{2,40}?'s?\s(?P<what>[a-z-]{3,}(?:\s[a-z-]{3,}s(?![a-z]))?)")


def measured_behind(text: str, figure: Figure, bounds: Clause) -> Measured | None:
    """What a count counts, a share is of: 300家门店, 62%的连锁企业, 30%来自黑海会员; 4 stores, 5% growth in sales."""
    if (plural := plural_unit(text, figure.end)) is not None and plural.kind == "people":
        at = text.index(plural.word, figure.end)
        return Measured(
            (at, at + len(plural.word)), next((m.measure for m in measures_in(text, at, at + len(plural.word))), None)
        )
    if figure.kind == "people" and (called := _EN_PEOPLE.search(text, figure.start, figure.end)) is not None:
        one = next(measures_in(text, *called.span()), None)
        return Measured(called.span(), one.measure if one else None)
    if figure.unit and figure.unit.isascii() and figure.unit.isalpha() and figure.kind in ("noun", "count"):
        at = text.rfind(figure.unit, figure.start, figure.end + len(figure.unit) + 14)
        if at >= 0:
            one = next(measures_in(text, at, at + len(figure.unit)), None)
            return Measured((at, at + len(figure.unit)), one.measure if one else None)
    if (m := _EN_WHOSE.match(text, figure.after, bounds.end)) is not None:
        return Measured(m.span("what"), next((one.measure for one in measures_in(text, *m.span("what"))), None))
    if m := _EN_OF.match(text, figure.after, bounds.end):
        one = next(
            (x for x in measures_in(text, m.end(), min(bounds.end, m.end() + 40)) if x.start - m.end() < 24), None
        )
        return None if one is None else Measured((leftwards(text, m.end(), one.start, ()), one.end), one.measure)
    at = figure.after
    while at < bounds.end and text[at] in " 的以上下左右多":
        at += 1
    if (m := _FROM.match(text, at, bounds.end)) is not None:
        if figure.kind == "money":
            return None  # 其中2.5亿元投向电驱动: what it went to is not what is measured
        if figure.kind == "share":
            at = m.end()
    if m := _EN_FOR.match(text, figure.after, bounds.end):
        return Measured(m.span("what"))
    run = _RUN.match(text, at, min(bounds.end, at + _BEHIND))
    if run is None or run[0].isascii():
        return None
    stop = run.end()
    words = word_ranges(text, at, stop)
    end, first, noun = at, at, False
    for a, b in words:
        word = text[a:b]
        listed = _measure_at(text, a, stop)
        if (
            a != end
            or word.isdigit()
            or word[0] in _LINKS
            or (listed is None and (word in WORD.now() or is_function_word(word)))
        ):
            break
        if a == at and word[0] in _NEW and is_deed(word) and _measure_at(text, b, stop) is not None:
            end = b  # 半数以上的新增|贷款
            continue
        if a == at and figure.unit in _THINGS.now() and is_deed(word) and is_noun(_next_word(text, words, b)):
            end = b  # 30座|分拨|中心
            continue
        if (listed is None and is_deed(word)) or (listed is not None and not _counts(listed.measure)):
            break
        end, noun = b, True
        if listed is not None:
            return Measured((first, max(b, listed.end)), listed.measure)
    return Measured((first, end)) if noun and (end - first >= 2 or text[first:end] == "店") else None


def _next_word(text: str, words: Sequence[tuple[int, int]], at: int) -> str:
    """The word that begins at a place, or a character that is none."""
    return next((text[a:b] for a, b in words if a == at), "的")


def _counts(measure: Measure) -> bool:
    """Whether what stands behind a figure can be what it counts: no rank (5亿户位列第二)."""
    return measure.kind != "rank"


def _measure_at(text: str, at: int, stop: int) -> Found | None:
    one = next(measures_in(text, at, stop), None)
    return one if one is not None and one.start == at else None
