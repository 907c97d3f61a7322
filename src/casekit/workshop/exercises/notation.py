"""Figures in other notations, and figures that look alike but have another value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from casekit.facts import parse_number

__all__ = ["FIGURE", "altered", "restated"]

FIGURE: Final = re.compile(r"(?P<before>\D*)(?P<number>\d+(?:\.\d+)?)(?P<size>[万亿]?)(?P<after>\D*)")
_SIZES: Final = {"": 1, "万": 10**4, "亿": 10**8}
# From here on the next larger word is used; behind 亿 there is none in everyday figures.
_ODD: Final = 10**4
_NEXT: Final = {"万": "亿", "亿": "万亿"}
_DIGITS: Final = "零一二三四五六七八九"


def altered(figure: str) -> Iterator[str]:
    """The figure with another value of the same look: digits swapped, ten times as much or as little, a step away."""
    match = FIGURE.fullmatch(figure)
    if match is None:
        return
    number, percent = match["number"], "%" in match["after"]
    tried = [number[::-1] if not number.endswith("0") and "." not in number else "", number + "0"]
    if number.endswith("0") and len(number) > 1:
        tried.append(number[:-1])
    first = int(number[0])
    tried += [f"{first + 2}{number[1:]}" if first < 8 else "", f"{first - 2}{number[1:]}" if first > 2 else ""]
    for other in dict.fromkeys(tried):
        if other and other != number and not other.startswith("0") and not (percent and Decimal(other) > 100):
            made = f"{other}{match['size']}"
            if match["size"] and Decimal(other) >= _ODD:  # nobody writes 20000万
                made = f"{(Decimal(other) / _ODD).normalize():f}{_NEXT[match['size']]}"
            yield f"{match['before']}{made}{match['after']}"


def restated(figure: str) -> str:
    """The same figure in another notation where that is safe, else as it is (2000万 → 0.2亿, 75% → 百分之七十五)."""
    match = FIGURE.fullmatch(figure)
    if match is None or "+" in figure:  # 40+家 is 四十多家 in words, which is another way of being vague
        return figure
    number = Decimal(match["number"])
    value = number * _SIZES[match["size"]]
    if match["after"].startswith("%") and not match["size"]:
        made = f"{match['before']}百分之{_han(int(number))}{match['after'][1:]}" if number == int(number) else figure
    elif match["size"] == "万" and number >= 1000:
        made = f"{match['before']}{(value / 10**8).normalize():f}亿{match['after']}"
    elif match["size"]:
        made = f"{match['before']}{value:,.0f}{match['after']}"
    else:
        made = f"{match['before']}{_han(int(number))}{match['after']}" if number == int(number) else figure
    before, after = parse_number(figure), parse_number(made)
    same = (
        before
        and after
        and (before.value_min, before.value_max, before.unit, before.qualifier)
        == (
            after.value_min,
            after.value_max,
            after.unit,
            after.qualifier,
        )
    )
    return made if same else figure


def _han(number: int) -> str:
    """An integer below 10,000 in Chinese numerals."""
    if not 0 < number < 10000:
        return str(number)
    told, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            told += ("零" if gap and told else "") + _DIGITS[digit] + unit
        gap = digit == 0
    return told.removeprefix("一") if 10 <= number < 20 else told
