"""Reading a quantity: a number with its unit, range and qualifier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.clock import Clock
from casekit.facts.compound import runs_on
from casekit.facts.dates import ago_iso
from casekit.facts.numbers import Number, join_range, read_number
from casekit.facts.stating import states
from casekit.facts.units import Unit, UnitClass, counts_people, noun_unit, plural_unit, read_unit

__all__ = ["DOUBLED", "QUALIFIER", "RESPECTIVELY", "Figure", "read_doubling", "read_quantity", "with_qualifier"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at positions of folded text; `after` is where the words that it counts begin."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    kind: UnitClass | None
    qualifier: str = ""
    iso: str | None = None
    is_date: bool = False
    year: int | None = None
    after: int = 0
    small: bool = False


_SEP: Final = re.compile(r"\s?(?:-+|~|至|到|或(?=[\d一二两三四五六七八九十])|to\s|甚至)\s?")
QUALIFIER: Final = CuePattern(
    r"(?:%{qualifiers/missed}(?=达|超|突破|到))?(?:有望|将|已|约|可|(?<![产功职效性节储动智技])能|高|大|共|平均|增)*(?:%{beside-figures/qualifies}|(?<=[^\s,。;:、])不过|%{beside-figures/counted-up}|"
    r"more than|less than|fewer than|at least|at most|up to|as many as|as much as|nearly|almost|about|around|roughly|approximately|over|some|only|average|under|above|below)"
    r"(?:有|为|了|是|约|在|于)?\s?$"
)
_AFTER: Final = re.compile(
    r"\s?(?:以上|以下|以内|之内|之间|左右|上下|有余|开外|不等|上限|下限|(?:or|and) (?:more|above|less|fewer)|or so)"
)
_AGO: Final = re.compile(r"(?:之|以)?前(?!后|景|端|台|沿|途|列|瞻|期|往|提|锋|卫|夕|十|三|二|五|几|所)|\sago")
# 一个半月, 三个多月: the counting word stands apart from its unit
_PARTED: Final = re.compile(r"个(?P<w>[半多])(?P<u>月|小时|季度|星期|礼拜|世纪)")
# 出口额-0.4%, 净利润为-1.5亿元, 负3%; a range or a pair of dashes is no sign, 负责 no number
_SIGN: Final = re.compile(r"(?P<told>(?:[为是达至到约(|:=]|^)\s?)?(?P<sign>(?<![\da-z%\-~])-|负|零下|minus\s)\s?$")
_MONEY: Final = Unit("元", "money", 0)
_MOVED: Final = CuePattern(
    "(?:%{directions/up}|%{directions/down}|%{directions/up-short}|%{directions/down-short})了?(?:约|近|超过?|大约)?$"
)
_TO: Final = re.compile(r"\s?[至到]")
_PER: Final = re.compile(
    r"(?:/(?:平方米|平米|㎡|m2|公里|小时|分钟|人次|人|店|家|台|间|天|日|周|月|季|年|件|单|次|公斤|kg|吨|瓶|份|斤)(?![a-z]))+"
)
_AND_SMALLER: Final = re.compile(
    r"[零又]?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个(?=[月小]))?(?P<u>月|天|小时|分钟|分(?!之|店)|秒)(?![份底初末日号])"
)
_SECONDS: Final = re.compile(r"\d{1,2}秒")
_SMALLER: Final = {
    ("年", "月"): 12,
    ("个月", "天"): 30,
    ("小时", "分钟"): 60,
    ("小时", "分"): 60,
    ("分钟", "秒"): 60,
    ("天", "小时"): 24,
}
RESPECTIVELY: Final = re.compile("分别|依次")
"""Words behind which figures are given to what was named before, in order."""
DOUBLED: Final = re.compile(
    r"翻(?:了)?(?P<n>[一两二三四五六\d]?)(?:番|倍)|doubl(?:ed|ing|e)|tripl(?:ed|ing|e)|quadrupl(?:ed|ing|e)"
)


def with_qualifier(
    text: str,
    floor: int,
    start: int,
    end: int,
    low: Decimal | None,
    high: Decimal | None,
    unit: Unit | None,
    number: Number | None,
    *,
    clock: Clock | None = None,
    small: bool = False,
) -> Figure:
    """The figure with its qualifier; a span of time followed by 前 becomes a date."""
    words = []
    if m := QUALIFIER.search(text, max(floor, start - 12), start):
        words.append(m[0].strip())
    if number is not None and number.more:
        words.append(number.more)
    if m := _AFTER.match(text, end):
        words.append(m[0].strip())
    qualifier = "、".join(words)
    name, kind = (unit.name, unit.kind) if unit else (None, None)
    if name == "大":
        name = "个"
    after = end
    if clock is not None and kind == "time" and name and (ago := _AGO.match(text, end)):
        iso = ago_iso(low, name, clock) if high is not None else None
        return Figure(start, ago.end(), low, high, name, "time", qualifier, iso, True, None, ago.end())
    if kind == "count" and name in ("个", "大", "批", "群", "款") and counts_people(text, end):
        name, kind = "人", "people"
    return Figure(start, end, low, high, name, kind, qualifier, None, False, None, after, small)


def read_doubling(text: str, floor: int, m: re.Match[str]) -> Figure | None:
    """The multiple that 翻番, 翻两番, doubled … mean (a match of `DOUBLED`), or None; 翻两番 is four times."""
    word = m[0]
    if word.startswith("翻"):
        n = {"": 1, "一": 1, "两": 2, "二": 2}.get(m["n"] or "", 0)
        if not n:
            number = read_number(text, m.start("n"))
            n = int(number.low) if number and number.low else 0
        times = Decimal(2**n) if word.endswith("番") and n < 20 else Decimal(2 if n == 1 else n)
        if not times:
            return None
    else:
        times = Decimal({"d": 2, "t": 3, "q": 4}[word[0]])
    return with_qualifier(text, floor, m.start(), m.end(), times, times, Unit("倍", "multiple", m.end()), None)


def read_quantity(text: str, i: int, floor: int, clock: Clock, money: tuple[str, int] | None) -> Figure | None:
    """The number at `i` with its unit, range and qualifier, or None where it states nothing.

    Args:
        text: Folded text.
        i: Where the number begins.
        floor: Where the sentence begins.
        clock: The text's present, for 三年前.
        money: The currency sign before the number and where it begins, if any.
    """
    start = i if money is None else money[1]
    if text[i] == "半":
        number: Number | None = Number(i, i + 1, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), 1, han=True)
    elif text[i] == "上":
        number = read_number(text, i + 1)
        if number is None or not number.scale_only:
            return None
        start = i = i + 1
    else:
        number = read_number(text, i)
    if number is None or number.broken:
        return None
    small = number.han and not number.vague and number.low is not None and number.low <= 10 and number.scale == 1
    half = Decimal(0)
    parted = _PARTED.match(text, number.end)
    unit = read_unit("个" + parted["u"], 0) if parted else read_unit(text, number.end, small_han=small)
    if parted and unit is not None:
        unit = Unit(unit.name, unit.kind, parted.end())
        if parted["w"] == "半":
            half = Decimal("0.5")
        else:
            number = _more(number)
    if money is not None and unit is not None and unit.kind != "money":
        unit = None
    if unit is not None and unit.word == "分" and _SECONDS.match(text, unit.end):
        unit = replace(unit, name="分钟", kind="time")  # 3分15秒
    low, high = number.low, number.high
    end = unit.end if unit else number.end
    # 减少20家至280家: the change and its result; shares may well rise by 20% to 30%, and no 20% is left of a rise
    moved = unit is not None and unit.kind != "share" and _MOVED.search(text, max(floor, start - 10), start) is not None
    span = None if moved and _TO.match(text, end) else _second(text, end, number, unit)
    if span is not None:
        second, unit2 = span
        low, high = join_range(number, second)
        unit, number_end = unit2 or unit, second.end
        end = unit.end if unit2 and unit else number_end
        number = second if unit2 is None else number
    if unit is None and money is None:
        unit = noun_unit(text, end + (number.vague and text[end : end + 1] == "的")) or plural_unit(text, end)
        if unit is not None and unit.kind == "noun" and number.han and not number.vague and small:
            unit = None
    if unit is not None and unit.end == end and (per := _PER.match(text, end)):
        unit, end = (
            replace(unit, name=unit.name + per[0].replace("㎡", "平方米").replace("m2", "平方米"), end=per.end()),
            per.end(),
        )
    if not states(text, i, floor, number, unit, small, span is not None, money is not None, end):
        return None
    if unit is None and end == number.end and runs_on(text, end):
        return None  # what touches the number belongs to it, and this is not understood
    if unit is not None and unit.kind in ("time", "multiple") and low is not None and high is not None:
        if text.startswith("半", end) and not text.startswith(("半径", "半导", "半成", "半数"), end):
            half, end = Decimal("0.5"), end + 1
        elif text[end : end + 1] == "多" and text[end : end + 2] not in ("多来", "多次", "多元"):
            high, end, number = None, end + 1, _more(number)
    elif (
        unit is not None
        and unit.kind in ("share", "measure", "money")
        and text[end : end + 1] in ("多", "+")
        and high is not None
    ):
        high, end, number = None, end + 1, _more(number)
    if sign := _sign(text, floor, start, unit if money is None else _MONEY):
        start, low, high = sign, _minus(high), _minus(low)
        if number.more:
            low, high = None, _minus(number.low)
    if unit is not None and unit.kind == "time" and (rest := _smaller(text, end, unit)) and high is not None:
        end = rest[0]
        low, high = (None if value is None else value + rest[1] for value in (low, high))
    if half:
        low = low + half if low is not None else None
        high = high + half if high is not None else None
    if money is not None:
        unit = Unit(money[0], "money", end)
    return with_qualifier(text, floor, start, end, low, high, unit, number, clock=clock, small=small)


def _smaller(text: str, end: int, unit: Unit) -> tuple[int, Decimal] | None:
    """What a span of time goes on with, in its own unit: the 6个月 of 3年零6个月 are half a year."""
    m = _AND_SMALLER.match(text, end)
    if m is None or (found := _SMALLER.get((unit.name, m["u"]))) is None:
        return None
    number = read_number(m["n"], 0)
    if number is None or number.low is None or number.low >= found:
        return None
    value = number.low / found
    return m.end(), value if value == round(value, 4) else round(value, 4)


def _sign(text: str, floor: int, start: int, unit: Unit | None) -> int | None:
    """Where the minus sign before a number stands, or None: a dash in front of a count may be a dash."""
    m = _SIGN.search(text[max(floor, start - 8) : start])
    if m is None:
        return None
    at = max(floor, start - 8) + m.start("sign")
    sure = m["sign"] != "-" or m["told"] is not None or (unit is not None and unit.kind in ("share", "points", "money"))
    return at if sure and (m["sign"] != "-" or at == floor or not text[at - 1].isdigit()) else None


def _minus(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _more(number: Number) -> Number:
    return Number(
        number.start, number.end, number.low, None, number.mantissa, number.scale, "多", number.han, number.vague
    )


def _second(text: str, end: int, first: Number, unit: Unit | None) -> tuple[Number, Unit | None] | None:
    """The other end of a range and its unit, or None where no range goes on at `end`."""
    m = _SEP.match(text, end)
    if m is None or first.vague:
        return None
    at = m.end()
    if text[at : at + 1] in ("¥", "$", "€", "£"):
        at += 1
    if text[at : at + 1] == "半":
        second: Number | None = Number(at, at + 1, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), 1, han=True)
    else:
        c = text[at : at + 1]
        if not c or not (c.isdigit() or c in "一二两三四五六七八九十百千数几"):
            return None
        second = read_number(text, at)
    if second is None or second.vague or second.low is None or first.low is None:
        return None
    unit2 = read_unit(text, second.end)
    if "甚至" in m[0] and not (unit and unit2 and unit.kind == "time" and unit.name == unit2.name):
        return None
    if unit is not None and unit2 is not None and unit.word == "个" and unit2.word.startswith("个"):
        unit = unit2  # 4个-6个月
    if unit is not None and (unit2 is None or unit.name != unit2.name):
        return None
    if unit is None and unit2 is None and second.scale == 1 and noun_unit(text, second.end) is None:
        return None
    low, high = join_range(first, second)
    if low is None or (high is not None and low >= high):
        return None
    return second, unit2
