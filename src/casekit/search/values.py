"""Values in a sentence, of the kind that a question asks for: an amount of what is asked for, money, a date, somebody.

A number answers 有多少员工 only where it counts them: 1241万粉丝 tells what it counts, and it is something else. What dates
something (2021年4月, 15日) is no amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern, Cues, CueWords, from_cues
from casekit.facts.numbers import read_number
from casekit.facts.units import noun_unit, read_unit
from casekit.search.holders import names_somebody
from casekit.search.question import Question
from casekit.segment.dictionary import LONGEST, parts_of_speech

__all__ = ["UNTOLD", "VALUED", "Value", "fits", "may_answer", "says_unit", "values_in", "values_of"]

VALUED: Final = frozenset({"date", "person", "money", "duration", "share", "amount"})
"""Forms of questions of which a sentence may be seen to hold a value."""
UNTOLD: Final = 0.5
"""The worth of a sentence of which that cannot be told."""
_NO_NAME: Final = 0.2
_OTHER_UNIT: Final = 0.9  # of a sentence that counts, but in another unit than is asked for (间 for 家)
_OTHER_SIZE: Final = 0.6
_NUMERAL: Final = CuePattern(r"\d|%{asked-facts/numeral}")
_DATE: Final = CuePattern(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)|%{asked-facts/dated}")
_CLOCK: Final = CuePattern(r"\d{1,2}:\d\d|%{asked-facts/clock}")
_YEAR: Final = CuePattern(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)|%{asked-facts/year-told}")
_EACH: Final = CuePattern("%{asked-facts/each-told}")
_ORDINAL: Final = CuePattern("%{asked-facts/ordinal}$")
_DATED: Final = CuePattern(r"%{asked-facts/dated}|\d{1,2}:\d\d")
_SHARE: Final = CuePattern(r"\d/\d|%{asked-facts/parts}")
_COUNTS: Final = frozenset({"count", "noun", "people"})
_COUNTABLE: Final = _COUNTS | {"", "measure"}  # 多少咖啡豆: 5000吨 as well as 300袋
_ONE: Final = frozenset({"count", "time", ""})  # units behind 一 where it is no number: 一张, 一起, 一天
_NOUN: Final = "n"
_ADJECTIVES: Final = frozenset("ab")
_LEAST_NOUN: Final = 2
_LEAST_SUM: Final = 100  # 票价450; smaller numbers without a unit are steps, ranks and parts of names
_TAIL: Final = 8  # characters behind a number in which what it counts may stand (8条电台频道)
_ROUND_SUM: Final = 10_000
_ANY: Final = frozenset({"个", ""})  # counting words that count anything
_COMMON_UNITS: Final = CueWords("asked-facts/common-unit")
_OF_ANYBODY: Final = CueWords("asked-facts/anybody-unit")


OTHER: Final = "other"
"""The class of a number before a word that is no known unit: it counts what nobody knows."""
_PART_OF_NAME: Final = re.compile(r"[a-z][\-]?\d|\d[a-z]")
_ABOUT: Final = CuePattern("(?:%{asked-facts/about})*")
_BARE: Final = CuePattern(r"[^\u4e00-\u9fff\-~—–]|$|%{asked-facts/about}")


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit, "" for none, the class of it, and the noun behind it that it counts, "" where none tells.

    `large` is whether a number without a unit may be a sum of money, `tail` what stands behind it.
    """

    kind: str
    unit: str
    noun: str = ""
    large: bool = True
    tail: str = ""


def fits(question: Question, sentence: str, means: Callable[[str], bool] | None = None) -> float:
    """Whether a sentence holds a value of the kind that a question asks for: 1, 0, or 0.5 where that cannot be told.

    Args:
        question: The question.
        sentence: Folded.
        means: Whether a noun may be another word for what is asked for; without it any may.
    """
    form = question.form
    if form == "date":
        if question.of_year and not _YEAR.search(sentence):
            return UNTOLD if _DATE.search(sentence) else 0.0  # 6月29日 tells a year only beside the article's own
        return float((_CLOCK if question.of_clock else _DATE).search(sentence) is not None)
    if form == "person":
        return 1.0 if names_somebody(sentence) else _NO_NAME  # a name may be one that no rule tells
    if form not in VALUED:
        return UNTOLD
    if question.unit_kind == "share" and _SHARE.search(sentence):
        return 1.0
    if question.of_each and not _EACH.search(sentence):
        return 0.0  # 一台多少钱 is not answered by what all of them cost
    fitting = [value for value in values_of(sentence) if _fits(question, value, means)]
    if question.of_since and not fitting:
        return _OTHER_UNIT * (_YEAR.search(sentence) is not None)  # 开了多少年了: 成立于1991年
    if question.sizes and not question.unit and not fitting:
        return _OTHER_SIZE if any(value.kind == "measure" for value in values_of(sentence)) else 0.0
    if question.unit_kind == "count" and question.unit and fitting:
        if any(value.unit == question.unit or value.kind == OTHER for value in fitting):
            return 1.0
        return _OTHER_UNIT if any(alike(value.unit, question.unit) for value in fitting) else 0.0
    return float(bool(fitting))


def alike(unit: str, asked: str) -> bool:
    """Whether what is counted in one unit may be counted in another: shops in 间 for 家; machines (台) are no suppliers (家)."""
    lines = _alike()
    if unit == asked or (unit not in lines and asked not in lines):
        return True
    return unit in lines.get(asked, ()) or asked in lines.get(unit, ())


@from_cues
def _alike(cues: Cues) -> Mapping[str, frozenset[str]]:
    """Units, each with those in which the same things may be told."""
    return {row[0]: frozenset(" ".join(row[1:]).split()) for row in cues.rows("asked-facts/alike-units")}


def says_unit(question: Question, sentence: str) -> bool:
    """Whether a sentence counts in the very unit that a question asks in, and that counts few kinds of things (几层, 几户, 几吨)."""
    if question.sizes:
        return any(value.unit in question.sizes for value in values_of(sentence))
    if not question.unit or question.unit in _COMMON_UNITS or question.unit_kind not in ("count", "measure"):
        return False
    return any(value.unit == question.unit for value in values_of(sentence))


def may_answer(question: Question, unit: str) -> bool:
    """Whether a figure in a unit may be what is asked for, as far as its unit tells."""
    read = read_unit(unit, 0)
    return _fits(question, Value("", "") if read is None else Value(read.kind, read.name), None)


def _fits(question: Question, value: Value, means: Callable[[str], bool] | None) -> bool:
    """Whether one value may be what is asked for."""
    wanted = question.unit_kind
    if value.kind == OTHER and question.unit and value.tail.startswith(question.unit):
        return True  # 3万件套, for 多少件
    if question.sizes and not question.unit:
        return value.unit in question.sizes
    if wanted == "count" and value.kind not in _COUNTABLE:
        return False
    if question.form == "amount" and wanted in ("", *_COUNTS) and value.kind in _COUNTS:
        if question.of_people and value.kind != "people" and value.unit and value.unit not in _OF_ANYBODY:
            return False  # 有多少员工 is not answered by 1500家
        if (
            value.noun
            and means is not None
            and question.head
            and not (means(value.noun) or question.head in value.tail)
        ):
            return False
        # 多少座博物馆 is not answered in people; 多少名员工 may be, and what is counted in 个 in anything
        return not (wanted == "count" and value.kind == "people" and question.unit not in _ANY)
    if wanted == "time" and question.unit and value.kind == "time" and not alike(value.unit, question.unit):
        return False  # 二十天 is no answer to 多少年
    if not wanted or (wanted == "count" and question.unit in _ANY):
        return True
    if wanted in ("money", "people") and not value.kind:
        return value.large  # 月活用户超1.7亿, for 多少人
    if wanted == "measure" and question.unit:
        return value.unit == question.unit if value.kind == "measure" else not value.kind
    return value.kind == wanted or (wanted == "share" and value.kind == "points")


def values_in(sentence: str) -> Mapping[str, frozenset[str]]:
    """The classes of units that stand behind numbers in a folded sentence, each with the units; "" for a bare number."""
    found: dict[str, set[str]] = {}
    for value in values_of(sentence):
        found.setdefault(value.kind, set()).add(value.unit)
    return {kind: frozenset(units) for kind, units in found.items()}


def values_of(sentence: str) -> Iterator[Value]:
    """The numbers of a folded sentence with what they count, from left to right; dates are none."""
    at = 0
    while (m := _NUMERAL.search(sentence, at)) is not None:
        if (dated := _DATED.match(sentence, m.start())) is not None:
            at = dated.end()
            continue
        number = None if _ORDINAL.search(sentence, 0, m.start()) else read_number(sentence, m.start())
        if number is None:
            at = m.end()
            continue
        at = max(number.end, m.end())
        unit = read_unit(sentence, number.end)
        if number.han and number.end == number.start + 1 and number.low == 1 and (unit is None or unit.kind in _ONE):
            continue  # 一张, 一起: no number
        if unit is not None:
            at = max(at, unit.end)
            yield Value(unit.kind, unit.name, _noun_at(sentence, unit.end), tail=sentence[unit.end : unit.end + _TAIL])
        elif (unit := noun_unit(sentence, number.end)) is not None:
            yield Value(unit.kind, unit.name, _noun_at(sentence, number.end) or unit.word)
        elif sentence[m.start()].isdigit() and not _PART_OF_NAME.search(sentence, m.start() - 1, number.end + 1):
            bare = _BARE.match(sentence, number.end) is not None
            # 300万发起了研究: so large a number before no noun is a sum as well as a count
            round_sum = (number.low or 0) >= _ROUND_SUM and not _noun_at(sentence, number.end)
            about = _ABOUT.match(sentence, number.end)
            behind = about.end() if about is not None else number.end
            tail = sentence[behind : behind + _TAIL]
            yield Value("" if bare or round_sum else OTHER, "", large=(number.low or 0) >= _LEAST_SUM, tail=tail)


def _noun_at(sentence: str, at: int) -> str:
    """The noun of the dictionary that begins at a place, or behind an adjective there, the longest; "" for none."""
    tags = parts_of_speech()
    for size in range(LONGEST, _LEAST_NOUN - 1, -1):
        word = sentence[at : at + size]
        if len(word) == size and (tag := tags.get(word, "")):
            if tag.startswith(_NOUN):
                return word
            if tag[:1] in _ADJECTIVES:
                return _noun_at(sentence, at + size)
    return ""
