"""Shares written in words: 百分之三十, 三分之二, 七成, 一半, a third."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from casekit.cues import CuePattern
from casekit.numerals import DIGITS, read_arabic, read_han

__all__ = ["read_share"]

_N: Final = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)"
_PARTS: Final = re.compile(
    rf"(?P<of>百|千|万|{_N})分之(?P<a>{_N})(?:(?:至|到|-|~)(?:(?P=of)分之)?(?P<b>{_N}))?(?P<more>多)?"
)
_TENTHS: Final = re.compile(
    r"(?P<a>\d(?:\.\d)?|[一二两三四五六七八九])(?:成(?=[至到~-]\d?[\d一二三四五六七八九]成))?(?:(?:至|到|-|~)?(?P<b>\d(?:\.\d)?|[一二三四五六七八九]))?"
    r"成(?:(?P<f>[一二三四五六七八九])(?![个家名款种年成])|(?P<half>半))?(?P<more>多)?"
    r"(?!为|立|果|本|功|员(?!工)|长|熟|都|绩|交|品|就|分(?!布|别|之)|型|群|套|不变|语|人|年|活|了|份|全|因|千|百|器|吉|败)"
)
# 1/3的门店, 减少约1/4: a date or the number of a page is no share
_FRACTION: Final = re.compile(
    r"(?P<a>[1-9])\s?/\s?(?P<b>[2-9]|10)(?![\d/.:-])(?P<more>多)?(?P<told>\s?(?:的|以上|左右|强|弱|of\s))?(?!\s?[日号页])"
)
_FRACTION_CUE: Final = CuePattern(
    r"(?:%{figure-verbs/level}|%{figure-verbs/course}|%{figure-verbs/bare}|%{qualifiers/about}|%{qualifiers/more}|不到|不足|[了的])\s?$"
)
_HALF: Final = re.compile(r"一半|(?<!大)(?<!多)半数|(?<=过)半(?=[的以,。用企人])|过半(?!数)")
_ENGLISH: Final = re.compile(
    r"(?:a |one )?half of|half (?=the )|(?P<n>one|two|three|four|a)[ -](?P<d>third|(?<!a )quarter|fifth|tenth)s?(?![a-z])(?! (?:of a )?(?:time|party|year|place|quarter))"
)
_WORDS: Final = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_CUE_CHARS: Final = 4  # characters before a fraction in which the word stands that makes it one
_PLACES: Final = Decimal("0.0001")


def _value(text: str) -> Decimal | None:
    if text[0].isdigit():
        return read_arabic(text)
    whole, _, point = text.partition("点")
    value = read_han(whole)
    if value is None or not point:
        return value
    return value + Decimal("0." + "".join(str(DIGITS[c]) for c in point))


def _percent(part: Decimal, of: Decimal) -> Decimal:
    value = part * 100 / of
    return value if value == value.to_integral_value() else value.quantize(_PLACES, ROUND_HALF_EVEN).normalize()


def read_share(text: str, start: int) -> tuple[int, Decimal | None, Decimal | None] | None:
    """The share in words that begins exactly at `start`, as (end, lowest, highest) in percent, or None.

    Thirds and the like are rounded to four places (三分之一 is 33.3333).
    """
    if m := _PARTS.match(text, start):
        of = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(m["of"]) or _value(m["of"])
        low = _value(m["a"])
        high = _value(m["b"]) if m["b"] else low
        if not of or low is None or high is None:
            return None
        return m.end(), _percent(low, of), None if m["more"] else _percent(high, of)
    if m := _TENTHS.match(text, start):
        return _tenths(m)
    if (m := _FRACTION.match(text, start)) and int(m["a"]) < int(m["b"]):
        if m["told"] is None and _FRACTION_CUE.search(text, max(0, start - _CUE_CHARS), start) is None:
            return None
        share = _percent(Decimal(m["a"]), Decimal(m["b"]))
        return m.end("more") if m["more"] else m.end("b"), share, None if m["more"] else share
    if m := _HALF.match(text, start):
        return m.end(), Decimal(50), Decimal(50)
    if m := _ENGLISH.match(text, start):
        share = Decimal(50) if m["n"] is None else _percent(Decimal(_WORDS[m["n"]]), Decimal(_WORDS[m["d"]]))
        return m.end(), share, share
    return None


def _tenths(m: re.Match[str]) -> tuple[int, Decimal | None, Decimal | None] | None:
    low = _value(m["a"])
    high = _value(m["b"]) if m["b"] else low
    if low is None or high is None or low > high or high > 10:
        return None
    extra = Decimal(DIGITS[m["f"]]) if m["f"] else Decimal(5) if m["half"] else Decimal(0)
    return m.end(), low * 10 + (0 if m["b"] else extra), None if m["more"] else high * 10 + extra
