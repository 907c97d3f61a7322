"""Reading numbers: Chinese and Arabic numerals, 万 and 亿, ranges of neighbouring digits, vague counts.

Everything here works on folded text: simplified characters, half-width digits and signs, lower case. Values are
`Decimal`, so that 2.3亿 is 230000000 and not a neighbour of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casekit.facts.compound import Compound, read_compound
from casekit.numerals import DIGITS, LARGE, LONGEST, SMALL, plain, read_arabic, read_han

__all__ = ["DIGITS", "Number", "join_range", "plain", "read_arabic", "read_han", "read_number"]

ENGLISH: Final = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mn": 10**6,
    "bn": 10**9,
    "m": 10**6,
    "k": 10**3,
    "w": 10**4,  # the screen shorthand for 万
}

_EN_UNITS: Final = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        1,
    )
}
_EN_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
# nine, twenty-five, three million; one counts only with a scale behind it
_EN_WORD = re.compile(
    rf"(?<![a-z-])(?:(?P<tens>{'|'.join(_EN_TENS)})(?:[- ](?P<ones>{'|'.join(list(_EN_UNITS)[:9])}))?"
    rf"|(?P<units>{'|'.join(sorted(_EN_UNITS, key=len, reverse=True))}))(?![a-z])(?!-[a-z])"
    r"(?:\s(?P<scale>hundred|thousand|million|billion|trillion)(?![a-z]))?"
)
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_HAN = r"[零〇○一二两三四五六七八九十百千万亿廿卅]{1,24}"
_SCALE = r"[十百千]?[万亿兆]+|[百千](?![万亿分])(?!(?<=千)[瓦帕卡])|(?:thousand|million|billion|trillion|mn|bn)(?![a-z])|[kmw](?![a-z0-9²³/])"
_NUMBER = re.compile(
    rf"(?P<arabic>{_ARABIC})"
    rf"(?:(?P<plus>\+)?(?P<gap>\s?)(?P<more>[多余来几])?(?P<scale>{_SCALE})"
    rf"(?P<tail>(?:零?\d+(?:\.\d+)?[百千万]+)+)?)?"
    rf"|(?P<han>{_HAN})(?:点(?P<point>[零〇一二三四五六七八九]+)(?P<pscale>[十百千]?[万亿]+)?)?"
    r"(?:(?P<hmore>[多余来几])(?P<hscale>[百千]?[万亿]+)?)?"
)
_SCALED = re.compile(rf"\s?(?P<scale>{_SCALE})")
_TAIL = re.compile(r"零?(\d+(?:\.\d+)?)([百千万]+)")
_VAGUE = re.compile(
    r"成千上万|成百上千|数以[十百千万亿]+计|(?:好几|几|数)[十百千万亿]+(?![一二三四五六七八九十])|[几数](?=倍)|dozens of|hundreds of|thousands of|millions of"
)
_ORDER = re.compile(r"(?:上|过|近|超|逾|破|约|达|数|成)(?:[十百千]?[万亿]+|[百千])|[十百千][万亿]+|万亿|亿万")
_PAIR = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])")
_IDLE_PAIRS: Final = {"一二", "一两", "两三", "二三", "三五", "三两"}  # "a couple of": nothing to convert


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `low` and `high` are None where the text leaves them open.

    `mantissa` and `scale` keep how it was written (3, 10000 for 3万), so that 3-5万 can lend its 万 to the 3; `broken` is
    what looks like a number and has no value.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    mantissa: Decimal | None
    scale: int
    more: str = ""
    han: bool = False
    vague: bool = False
    idle: bool = False
    scale_only: bool = False
    broken: bool = False


def _read_pair(text: str) -> tuple[Decimal, Decimal] | None:
    """Neighbouring digits as a range: 六七 is 6 to 7, 十五六 15 to 16, 二三十 20 to 30; else None."""
    for m in _PAIR.finditer(text):
        if DIGITS[m[2]] - DIGITS[m[1]] != 1:
            continue
        low = read_han(text[: m.start(2)] + text[m.end(2) :])
        high = read_han(text[: m.start(1)] + text[m.end(1) :])
        if low is not None and high is not None and low < high:
            return low, high
    return None


def _scale_value(text: str) -> int:
    if text in ENGLISH:
        return ENGLISH[text]
    value = 1
    for c in text:
        value *= SMALL.get(c) or LARGE.get(c, 1)
    return value


def read_number(text: str, start: int) -> Number | None:
    """The number that begins exactly at `start` in folded `text`, without its unit, or None.

    Examples:
        >>> read_number("超400多家", 1)
        Number(start=1, end=5, low=Decimal('400'), high=None, mantissa=Decimal('400'), scale=1, more='多', han=False, \
vague=False, idle=False, scale_only=False, broken=False)
    """
    if m := _VAGUE.match(text, start):
        more = text[m.end() : m.end() + 1]
        end = m.end() + (more in ("多", "余", "来") and more != "")
        return Number(start, end, None, None, None, 1, vague=True, han=True)
    if word := _EN_WORD.match(text, start):
        return _from_english(word)
    if compound := read_compound(text, start):
        return _from_compound(text, start, compound)
    m = _NUMBER.match(text, start)
    if m is None:
        return None
    return _from_arabic(text, m) if m["arabic"] else _from_han(text, m)


def _from_english(m: re.Match[str]) -> Number | None:
    value = Decimal(_EN_TENS.get(m["tens"] or "", 0) + _EN_UNITS.get(m["ones"] or m["units"] or "", 0))
    scale = 100 if m["scale"] == "hundred" else _scale_value(m["scale"]) if m["scale"] else 1
    if value == 1 and scale == 1:
        return None
    return Number(m.start(), m.end(), value * scale, value * scale, value, scale)


def _from_compound(text: str, start: int, compound: Compound) -> Number:
    value, end, scale = compound.value, compound.end, 1
    if value is None:
        return Number(start, end, None, None, None, 1, broken=True)
    mantissa: Decimal | None = value
    if m := _SCALED.match(text, end):
        scale, end = _scale_value(m["scale"]), m.end()
        value *= scale
    elif value >= LARGE["万"]:
        scale, mantissa = LARGE["万"], None  # said in full; it lends no 万 to a neighbour
    end, more = _read_more(text, end)
    return Number(start, end, value, None if more else value, mantissa, scale, more=more)


def _from_arabic(text: str, m: re.Match[str]) -> Number | None:
    mantissa = read_arabic(m["arabic"])
    if mantissa is None or len(m["arabic"]) > LONGEST:
        return None
    end, more, scale = m.end("arabic"), "", 1
    value = mantissa
    if m["scale"]:
        scale = _scale_value(m["scale"])
        value = mantissa * scale
        more = m["more"] or ("+" if m["plus"] else "")
        end = m.end()
        for part in _TAIL.finditer(m["tail"] or ""):
            value += Decimal(part[1]) * _scale_value(part[2])
    if not more:
        end, more = _read_more(text, end)
    return Number(m.start(), end, value, None if more else value, mantissa, scale, more=more)


def _read_more(text: str, end: int) -> tuple[int, str]:
    """多, 余, 来 (before a classifier), 几 or + straight after a number."""
    c = text[end : end + 1]
    if c == "+" or c == "多" or (c == "余" and text[end + 1 : end + 2] not in ("额", "热", "下", "生", "款", "杭")):
        return end + 1, c
    if (
        c in ("来", "几")
        and text[end - 1] in "0十百千万"
        and text[end + 1 : end + 2] in tuple("个家名位款种项件年天次倍万亿人元岁条所座台张")
    ):
        return end + 1, c
    return end, ""


def _from_han(text: str, m: re.Match[str]) -> Number | None:
    han, end = m["han"], m.end("han")
    if m["point"] is not None:
        whole = read_han(han)
        if whole is None or any(c in LARGE for c in han):
            return None
        value = whole + Decimal("0." + "".join(str(DIGITS[c]) for c in m["point"]))
        scale = _scale_value(m["pscale"]) if m["pscale"] else 1
        return Number(
            m.start(),
            m.end("pscale") if m["pscale"] else m.end("point"),
            value * scale,
            value * scale,
            value,
            scale,
            han=True,
        )
    more, factor = "", 1
    if m["hmore"] and (m["hscale"] or m["hmore"] in "多余"):
        more, end = m["hmore"], m.end()
        factor = _scale_value(m["hscale"]) if m["hscale"] else 1
    elif m["hmore"] == "几" and han.endswith("十"):
        more, end = "几", m.end("hmore")
    else:
        end, more = _read_more(text, end)
    only = han[0] in "百千万亿" or (han in ("十万", "十亿"))
    exact = read_han(han)
    if exact is not None:
        tail = han.rstrip("万亿")
        scale = _scale_value(han[len(tail) :]) if len(tail) < len(han) else 1
        low = exact * factor
        return Number(
            m.start(),
            end,
            low,
            None if more else low,
            exact / scale,
            scale * factor,
            more=more,
            han=True,
            scale_only=only,
        )
    pair = _read_pair(han)
    if pair is None:
        return None
    idle = han in _IDLE_PAIRS
    return Number(m.start(), end, pair[0] * factor, pair[1] * factor, None, factor, more=more, han=True, idle=idle)


def join_range(first: Number, second: Number) -> tuple[Decimal | None, Decimal | None]:
    """The range two numbers span; a first number without 万 or 亿 borrows the second's (3-5万), when that is smaller.

    5000-1万 stays 5000 to 10000: borrowing would turn the range round.

    Examples:
        >>> join_range(read_number("3-5万", 0), read_number("3-5万", 2))
        (Decimal('30000'), Decimal('50000'))
    """
    low, high = first.low, second.high
    if low is None or second.low is None:
        return low, high
    if (
        first.scale == 1
        and second.scale > 1
        and first.mantissa is not None
        and second.mantissa is not None
        and first.mantissa < second.mantissa
    ):
        low = low * second.scale
    return low, high
