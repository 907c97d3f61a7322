"""Units and counting words: what a number counts, and what factor it brings along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from casekit.cues import CuePattern, Cues, CueWords, any_of, from_cues
from casekit.facts.compound import SUPERSCRIPTS

__all__ = ["Unit", "UnitClass", "counts_people", "noun_unit", "plural_unit", "read_currency", "read_unit", "unit_is"]

UnitClass = Literal["money", "people", "share", "points", "multiple", "time", "measure", "count", "noun"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read: its name in records, the factor to its base unit, its class, and where it ends in the text."""

    name: str
    kind: UnitClass
    end: int
    factor: int = 1
    word: str = ""


_KINDS: Final[tuple[UnitClass, ...]] = ("count", "measure", "people", "time", "share", "points", "multiple", "money")
"""The sections of `data/cues/units.txt` whose words stand behind a number."""
_LOOSE_BUT: Final = CueWords("units/loose")
# counted nouns, after at most a few characters of their own attribute (日本公民, 新会员)
_PEOPLE_AFTER: Final = CuePattern(
    r"\s?(?:(?![的了在是有和与起发对向把将让给以到个家])[一-鿿]){0,4}?%{countables/person}(?!%{countables/not-person})"
)
_NOUN: Final = CuePattern(
    r"\s?(?P<n>(?:(?![的了在是有和与个家以])[一-鿿]){0,2}?(?:%{countables/bare}|%{countables/house}|%{countables/thing}))"
)
_PERSON: Final = CuePattern("%{countables/person}")
_THING: Final = CuePattern(
    r"\s?(?:%{countables/house}|%{countables/thing})"
)  # 12万个门店共享会员积分: the shops are counted
_HOUSE: Final = CuePattern("%{countables/house}")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the lists in force: what each counts, the signs of money, and what must follow a loose word."""

    units: Mapping[str, tuple[str, UnitClass]]
    pattern: re.Pattern[str]
    signs: Mapping[str, str]
    after: Mapping[str, re.Pattern[str]]


def _read_words(cues: Cues) -> _Words:
    units = {row[0]: (row[-1], kind) for kind in _KINDS for row in cues.rows(f"units/{kind}")}
    words = sorted(units, key=lambda word: (-len(word), word))
    ends = (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "" for word in words)
    pattern = re.compile("|".join(re.escape(word) + end for word, end in zip(words, ends, strict=True)))
    after = {row[0]: re.compile(any_of(row[1].split())) for row in cues.rows("units/loose-before")}
    after |= {row[0]: re.compile(f"(?!{any_of(row[1].split())})") for row in cues.rows("units/loose-not-before")}
    return _Words(units, pattern, {row[0]: row[-1] for row in cues.rows("units/sign")}, after)


_words: Final = from_cues(_read_words)
# a counting word that starts one of these is none: 30人气, 两位数, 三次元, 5天猫店 …
_NOT_UNIT: Final = CuePattern("%{not-units}")
_NOT_LETTER: Final = re.compile(r"[a-z]")


def read_currency(text: str, end: int) -> tuple[str, int] | None:
    """The currency whose sign ends at `end` (¥, us$, 人民币 …) as (unit, start of the sign), or None."""
    signs = _words().signs
    stop = end - 1 if end and text[end - 1] == " " else end
    for size in (3, 2, 1):
        sign = text[max(0, stop - size) : stop]
        if len(sign) == size and sign in signs:
            before = text[stop - size - 1 : stop - size]
            if sign[0].isalpha() and sign[0].isascii() and before.isascii() and before.isalpha():
                continue
            return signs[sign], stop - size
    return None


def read_unit(text: str, start: int, *, small_han: bool = False) -> Unit | None:
    """The unit at `start` (one space may stand before it), or None.

    Args:
        text: Folded text.
        start: Where the number ends.
        small_han: The number is a Chinese numeral below ten: counting words that begin other words don't count then.
    """
    while text[start : start + 1] and text[start] in SUPERSCRIPTS:
        start += 1  # a note's mark
    at = start + (text[start : start + 1] == " ")
    known = _words()
    m = known.pattern.match(text, at)
    if m is None:
        return None
    word = m[0]
    name, kind = known.units[word]
    if word == "pct" and start and "一" <= _letter_before(text, start) <= "鿿":
        name, kind = "个百分点", "points"  # 毛利率提升2.1pct
    if kind in ("count", "people", "time", "measure") and (bad := _NOT_UNIT.match(text, at)) and bad.end() > m.end():
        return None
    if small_han and not _noun_follows(text, m.end(), word):
        return None
    if word == "位" and text[m.end() : m.end() + 1] in ("数", "于", "置", "列", "居"):
        return None
    return Unit(name, kind, m.end(), word=word)


def _letter_before(text: str, at: int) -> str:
    """The last character before a number that ends at `at` that is none of the number's own."""
    while at and text[at - 1] in "0123456789., +-约近超":
        at -= 1
    return text[at - 1 : at]


def _noun_follows(text: str, at: int, word: str) -> bool:
    """Whether a counting word that begins other words, too, counts here: by what stands behind it."""
    rule = _words().after.get(word)
    return rule.match(text, at) is not None if rule is not None else word not in _LOOSE_BUT


def noun_unit(text: str, start: int) -> Unit | None:
    """A countable noun straight after a number that has no counting word (280门店, 5000会员); people count in 人."""
    m = _NOUN.match(text, start)
    if m is None:
        return None
    noun = m["n"]
    if _PERSON.search(noun):
        return Unit("人", "people", start, word=noun)
    return Unit("家" if _HOUSE.search(noun) else "个", "noun", start, word=noun)


def counts_people(text: str, at: int) -> bool:
    """Whether the noun phrase at `at` names people (用户, 会员, 日本公民 …)."""
    m = _PEOPLE_AFTER.match(text, at)
    thing = _THING.match(text, at) if m is not None else None
    return m is not None and (thing is None or _PERSON.match(text, thing.end()) is not None or thing.end() >= m.end())


_PLURAL: Final = re.compile(
    r"\s(?:(?!(?:for|of|in|on|at|to|by|per|and|or|with|from)\s)[a-z-]{2,}\s)?(?P<n>[a-z]{3,}s)(?![a-z])"
)
_NO_PLURAL: Final = frozenset(
    (
        "was",
        "has",
        "this",
        "its",
        "times",
        "does",
        "plus",
        "versus",
        "sales",
        "various",
        "across",
        "always",
        "news",
        "series",
    )
)


def plural_unit(text: str, start: int) -> Unit | None:
    """An English plural after a number (280 new stores), or None."""
    m = _PLURAL.match(text, start)
    if m is None or m["n"] in _NO_PLURAL or m["n"].endswith("ss"):
        return None
    people = _words().units.get(m["n"])
    if people is not None and people[1] == "people":
        return Unit(people[0], "people", start, word=m["n"])
    return Unit(m["n"], "noun", start, word=m["n"])


def unit_is(name: str | None, *kinds: UnitClass) -> bool:
    """Whether a unit, as records hold it, is of one of these classes."""
    return name is not None and any(unit == name and kind in kinds for unit, kind in _words().units.values())
