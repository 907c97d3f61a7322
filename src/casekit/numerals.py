"""The value of numerals: Arabic digits with separators, and Chinese numerals as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

__all__ = ["DIGITS", "LARGE", "LONGEST", "SMALL", "numbers_in", "plain", "read_arabic", "read_han", "whole"]

DIGITS: Final = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **{"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3},
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
}
SMALL: Final = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
TWENTIES: Final = {"廿": "二十", "卅": "三十"}
LARGE: Final = {"万": 10**4, "亿": 10**8, "兆": 10**12}
LONGEST: Final = 24  # characters; no figure that people write is longer; longer runs are codes

_WORDS: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NUMBER: Final = re.compile(
    rf"(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?)"
    rf"(?:\s?(?P<word>{'|'.join(_WORDS)})(?![a-z])|\s?(?P<scale>[{''.join(SMALL)}]?[{''.join(LARGE)}]+|[{''.join(SMALL)}]))?"
    rf"|(?P<han>[{''.join((*DIGITS, *SMALL, *TWENTIES, *LARGE))}]{{2,{LONGEST}}})"
)
_LEAST: Final = 10  # lower ones stand in every text (一个, 两家, 3)


def plain(value: Decimal | None) -> float | int | None:
    """The number as JSON holds it: int where it is whole, else float; None stays None.

    Examples:
        >>> from decimal import Decimal
        >>> plain(Decimal("2E+7")), plain(Decimal("10.3")), plain(None)
        (20000000, 10.3, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def read_arabic(text: str) -> Decimal | None:
    """The value of digits with optional thousands separators and decimals, or None.

    Examples:
        >>> read_arabic("1,000.5")
        Decimal('1000.5')
        >>> read_arabic("一千") is None
        True
    """
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def read_han(text: str) -> Decimal | None:
    """The value of a Chinese numeral: 三百二十, 两万五, 二〇一九; None where it is no well-formed one.

    A last digit after 百, 千, 万 or 亿 without 零 counts in tenths of it (两万五 is 25000), as people say it.

    Examples:
        >>> read_han("三百二十")
        Decimal('320')
        >>> read_han("两万五")
        Decimal('25000')
        >>> read_han("一心") is None
        True
    """
    for short, long in TWENTIES.items():
        text = text.replace(short, long)
    if not text or len(text) > LONGEST:
        return None
    if all(c in DIGITS for c in text):
        if len(text) == 1 or any(c in "零〇○" for c in text) or len(text) == 4:
            return Decimal("".join(str(DIGITS[c]) for c in text))
        return None
    total = section = digit = 0
    has_digit = zero = False
    last_small = last = 10**16
    for c in text:
        if c in DIGITS:
            if c in "零〇○":
                zero, has_digit, digit = True, False, 0
                continue
            if has_digit:
                return None
            digit, has_digit = DIGITS[c], True
        elif c in SMALL:
            unit = SMALL[c]
            if unit >= last_small:
                return None
            section += (digit if has_digit else 1) * unit
            digit, has_digit, zero, last_small, last = 0, False, False, unit, unit
        elif c in LARGE:
            unit = LARGE[c]
            section += digit if has_digit else 0
            if section:
                total = (total + section) * unit if total and total < unit else total + section * unit
            elif total:
                total *= unit  # 万亿
            else:
                total = unit
            section = digit = 0
            has_digit = zero = False
            last_small, last = 10**16, unit
        else:
            return None
    if has_digit:
        section += digit * last // 10 if last >= 100 and last < 10**16 and not zero else digit
    return Decimal(total + section)


def whole(text: str | None) -> int | None:
    """The whole number that digits or Chinese numerals are, or None."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    value = read_han(text)
    return None if value is None else int(value)


def numbers_in(folded: str) -> Iterator[tuple[int, int, str]]:
    """The numbers of a folded text from 10 on, each with its range and its value in one form.

    Examples:
        >>> [value for _, _, value in numbers_in("2000万、2,000万、两千万、20 million 和 3.5亿")]
        ['20000000', '20000000', '20000000', '20000000', '350000000']
        >>> list(numbers_in("三家店"))
        []
    """
    for match in _NUMBER.finditer(folded):
        value = read_han(match["han"]) if match["han"] else read_arabic(match["arabic"])
        if value is None or match.end() - match.start() > LONGEST:
            continue
        for character in match["scale"] or "":
            value *= SMALL.get(character) or LARGE[character]
        value *= _WORDS.get(match["word"] or "", 1)
        if value >= _LEAST or value % 1:
            yield match.start(), match.end(), f"{value.normalize():f}"
