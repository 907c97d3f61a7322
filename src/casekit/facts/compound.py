"""Numbers written in more than one way at once: 3万4000, 2千零30, 十亿3000万, 13万2, 1.2×10⁸, 9 , 200 万, 1 2 . 5 亿.

What is well-formed has one value; what is not (3万45000) has none, and nothing of it is a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casekit.numerals import DIGITS, LARGE, SMALL, read_arabic, read_han

__all__ = ["SUPERSCRIPTS", "Compound", "read_compound", "runs_on"]

SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER: Final = re.compile(
    rf"(?:(?P<m>\d+(?:\.\d+)?)\s?[×x*]\s?)?10(?:\^(?P<n>\d{{1,2}})|<sup>(?P<t>\d{{1,2}})</sup>|(?P<s>[{SUPERSCRIPTS}]{{1,2}}))(?![\d.])"
)
_HAN: Final = "零〇一二两三四五六七八九"
# 2千零30, 3万4000, 18亿3,000万, 十亿3000万: an Arabic and a Chinese part beside each other, a scale between them
_PIECE: Final = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"
_MIXED: Final = re.compile(rf"(?:{_PIECE}|[{_HAN}]|[十百千万亿])(?:{_PIECE}|[{_HAN}十百千万亿]){{1,24}}")
_BOTH: Final = re.compile(r"[十百千万亿]零?\d")
_YEAR_BEHIND: Final = re.compile(r"(?:19|20)\d\d\s?(?:年|[-/.]\d)")
_SCALES: Final = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_TENTHS: Final = re.compile(rf"(?:\d|[{_HAN}])")
_GROUPS: Final = re.compile(r"\d{1,3}(?: , \d{3})+(?![\d])(?: \. \d+)?")
_LETTERS: Final = re.compile(r"(?<![\d.,] )(?<![\da-z.,])\d(?: [\d.,])* \d(?![\d.,])(?= ?[^\d\s.,])")
# 57 . 3 亿: only the point has spaces
_POINTED: Final = re.compile(
    r"(?<![\d.,] )(?<![\da-z.,])(?:\d{1,4}|\d{1,3}(?:,\d{3})+) \. \d{1,2}(?![\d.,])(?= ?[^\d\s.,])"
)
_TOUCHES: Final = re.compile(rf"[\d{_HAN}十百千万亿^×{SUPERSCRIPTS}]|[点.]\d")


@dataclass(frozen=True, slots=True)
class Compound:
    """A number in several pieces: where it ends, and its value (None where it is not well-formed)."""

    end: int
    value: Decimal | None


def read_compound(text: str, start: int) -> Compound | None:
    """The number in several pieces that begins at `start` of folded `text`, or None where there is no such.

    Examples:
        >>> read_compound("3万4000人", 0).value, read_compound("十亿3000万元", 0).value
        (Decimal('34000'), Decimal('1030000000'))
        >>> read_compound("3万45000人", 0).value is None
        True
        >>> read_compound("3万人", 0) is None
        True
    """
    if m := _POWER.match(text, start):
        power = int(m["n"] or m["t"] or "".join(str(SUPERSCRIPTS.index(c)) for c in m["s"]))
        factor = Decimal(m["m"] or 1)
        return Compound(m.end(), factor * Decimal(10) ** power)
    if (m := _GROUPS.match(text, start)) or (m := _spaced(text, start)) or (m := _POINTED.match(text, start)):
        return Compound(m.end(), read_arabic(m[0].replace(" ", "")))
    m = _MIXED.match(text, start)
    if m is None or _BOTH.search(m[0]) is None:
        return None
    end = m.end()
    for year in _YEAR_BEHIND.finditer(text, start, min(len(text), end + 4)):
        if year.start() > start and text[year.start() - 1] in "十百千万亿":
            end = year.start()  # 达到500万2021年: a date follows
            break
    word = text[start:end]
    if _BOTH.search(word) is None:
        return None
    return Compound(end, _value(word))


def _spaced(text: str, start: int) -> re.Match[str] | None:
    """Digits with a space between all of them, as some PDF files have them: 1 2 . 5 亿."""
    m = _LETTERS.match(text, start)
    return m if m is not None and (len(m[0]) > 3 or text[m.end() : m.end() + 1] == " ") else None


def _value(word: str) -> Decimal | None:
    for mark, scale in _SCALES:
        if mark not in word:
            continue
        head, _, tail = word.rpartition(mark)
        many = Decimal(1) if not head else _value(head)
        if many is None:
            return None
        if not tail:
            return many * scale
        if _TENTHS.fullmatch(tail):
            return many * scale + Decimal(tail if tail.isdigit() else DIGITS[tail]) * scale / 10
        rest = _value(tail.lstrip("零〇"))
        if rest is None or rest >= scale or many != many.to_integral_value():
            return None
        return many * scale + rest
    if word and all(c in "0123456789.," for c in word):
        return read_arabic(word)
    return read_han(word) if word and all(c in DIGITS or c in SMALL or c in LARGE for c in word) else None


def runs_on(text: str, end: int) -> bool:
    """Whether what stands at `end` still belongs to the number before it: a digit, a numeral, a power."""
    return _TOUCHES.match(text, end) is not None
