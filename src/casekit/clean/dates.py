"""Dates as pages print them, in any order, to ISO 8601 as precise as they say."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from casekit.types import Span

__all__ = ["HAN_DAY", "HAN_YEAR", "MONTH", "Dated", "find_date", "iso_date"]

_MONTHS = {name.lower()[:3]: i for i, name in enumerate(calendar.month_name) if name}
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_TIME = r"(?:[\st,]*(?:[01]?\d|2[0-3])[:点时]\d{2}(?:[::分]\d{2}秒?)?(?:\.\d+)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:z|[+-]\d{2}:?\d{2}|gmt[+-]?\d*|utc|cst|est|pst))?)?"
_ZERO, _ONES = "〇零○", "一二三四五六七八九"
_HAN_DIGITS = dict(zip(_ZERO + _ONES, "000123456789", strict=True))
_HAN_DAY = rf"(?P<m>十[一二]?|[{_ONES}])月(?:(?P<d>[一二三]?十[{_ONES}]?|[{_ONES}])日)?"
_Y = r"(?P<y>(?:19|20)\d{2})"
_SHAPES = tuple(
    re.compile(rf"(?<![\d.]){shape}")
    for shape in (
        rf"{_Y}\s?年\s?(?P<m>0?[1-9]|1[0-2])\s?月\s?(?P<d>[12]\d|3[01]|0?[1-9])\s?日?{_TIME}(?!\d)",
        rf"{_Y}\s?(?P<sep>[-/.\s])\s?(?P<m>1[0-2]|0?[1-9])(?:\s?(?P=sep)\s?)(?P<d>3[01]|[12]\d|0?[1-9])(?!\d){_TIME}",
        rf"{_Y}\s?年\s?(?P<m>1[0-2]|0?[1-9])\s?月(?!\s?\d)",
        rf"{_Y}\s(?P<m>1[0-2]|0[1-9])\s?[/-]\s?(?P<d>3[01]|[12]\d|0[1-9])(?!\d){_TIME}",
        rf"(?P<a>3[01]|[12]\d|0?[1-9])(?P<sep2>[./-])(?P<b>3[01]|[12]\d|0?[1-9])(?P=sep2){_Y}(?!\d){_TIME}",
        rf"(?P<mon>{MONTH})\.?\s+(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?\s+{_Y}(?!\d){_TIME}",
        rf"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s+(?P<mon>{MONTH})\.?,?\s+{_Y}(?!\d){_TIME}",
        rf"(?P<mon>{MONTH})\.?,?\s+{_Y}(?!\d)",
        rf"(?P<m>1[0-2]|0?[1-9])\s?月\s?(?P<d>3[01]|[12]\d|0?[1-9])\s?日?,\s?{_Y}(?!\d){_TIME}",
        rf"{_Y}-(?P<m>1[0-2]|0[1-9])(?![\d-])",
        rf"{_Y}\s?年?\s?第?\s?\d{{1,3}}(?:\s?[-–—]\s?\d{{1,3}})?\s?期",
        rf"(?<![-a-z/]){_Y}(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?!\d)",
    )
)
# Years of the Republic of China (民國110年3月5日, 民國110.03.05): the year before its first is 1911.
_REPUBLIC = re.compile(
    r"(?:中华)?民国\s?(?P<y>\d{2,3})\s?[年./-]\s?(?P<m>1[0-2]|0?[1-9])(?:\s?[月./-]\s?(?P<d>3[01]|[12]\d|0?[1-9])\s?日?|\s?月)(?!\d)"
    + _TIME
)
# The same without its name, as Taiwan's offices stamp it: 111.03.09.
_REPUBLIC_SHORT = re.compile(
    r"(?<![\d./])(?P<y>1[01]\d)([./])(?P<m>1[0-2]|0[1-9])\2(?P<d>3[01]|[12]\d|0[1-9])(?![\d./])"
)
_REPUBLIC_HAN = re.compile(rf"(?:中华)?民国(?P<y>[{_ZERO}{_ONES}百十]{{2,5}})年{_HAN_DAY}")
_BEFORE_REPUBLIC = 1911
_HAN_DATE = re.compile(rf"(?P<y>[一二][{_ZERO}{_ONES}]{{3}})年{_HAN_DAY}")
_SHORT = re.compile(r"(?<!\d)(?P<y>\d{2})-(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12]\d|0[1-9])\s?(?:[01]\d|2[0-3]):\d{2}")

HAN_DAY = rf"[{_ONES}十]{{1,3}}"
HAN_YEAR = re.compile(rf"[{_ZERO}{_ONES}]{{4}}年|民国")
_HINT = re.compile(r"\d\d|" + HAN_YEAR.pattern)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a form: its place there, its value, and whether the writing says which part is the year."""

    span: Span
    iso: str
    exact: bool = True
    either: tuple[str, ...] = ()
    """Both readings of 3/4/2021, where `iso` is the year alone."""


def _checked(year: int, month: int | None, day: int | None) -> str | None:
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if day <= calendar.monthrange(year, month)[1] else None


def _value(found: re.Match[str]) -> tuple[str | None, bool]:
    part = found.groupdict()
    year = int(part["y"])
    if part.get("a"):
        first, second = int(part["a"]), int(part["b"])
        if part["sep2"] == "." or first > 12:  # dots: day first, as DIN 1355-1 and most of Europe write
            return (_checked(year, second, first) if second <= 12 else None), True
        if second > 12 or first == second:
            return _checked(year, first, second), True
        return str(year), True  # 3/4/2021: both readings are possible, the year alone is sure
    if "m" not in part and "mon" not in part:
        return str(year), True  # a journal's issue
    month = _MONTHS[part["mon"][:3]] if part.get("mon") else int(part["m"])
    return _checked(year, month, int(part["d"]) if part.get("d") else None), True


def _readings(found: re.Match[str]) -> tuple[str, ...]:
    """The two days that figures with slashes or hyphens may mean when the year stands last; none where one is impossible."""
    part = found.groupdict()
    if not part.get("a") or part["sep2"] == ".":
        return ()
    year, a, b = int(part["y"]), int(part["a"]), int(part["b"])
    both = [iso for m, d in ((b, a), (a, b)) if m <= 12 and (iso := _checked(year, m, d))]
    return tuple(both) if len(both) == 2 and a != b else ()


def _han_number(written: str) -> int:
    tens, _, ones = written.partition("十")
    digit = ("零" + _ONES).index
    return (digit(tens) if tens else 1) * 10 + (digit(ones) if ones else 0) if "十" in written else digit(written)


def _republic_date(form: str, start: int) -> Dated | None:
    """The first date in years of the Republic that is written in characters, or in figures without its name."""
    if found := _REPUBLIC_HAN.search(form, start):
        if found["y"].strip("百十") == "":
            return None
        year = _republic_year(found["y"])
        iso = _checked(year, _han_number(found["m"]), _han_number(found["d"]) if found["d"] else None)
        return Dated(Span(found.start(), found.end()), iso) if iso else None
    if found := _REPUBLIC_SHORT.search(form, start):
        iso = _checked(_BEFORE_REPUBLIC + int(found["y"]), int(found["m"]), int(found["d"]))
        return Dated(Span(found.start(), found.end()), iso, exact=False) if iso else None
    return None


def _republic_year(written: str) -> int:
    """一一一, 一百一十一, 一百零五, 九十 as a year of the common era: the digits, and a zero where a place's word ends it."""
    digits = "".join(_HAN_DIGITS[c] for c in written if c in _HAN_DIGITS)
    ending = {"百": "00", "十": "0"}.get(written[-1], "")
    return _BEFORE_REPUBLIC + int(digits + ending)


def find_date(form: str, start: int = 0) -> Dated | None:
    """The first date in a form (`cue_form`) from `start` on, with the time of day in its span.

    2021-01-19, 2021/1/19, 2021.1.19, 2021年1月19日, 二〇二一年一月十九日, 31.10.2017, Jan 19, 2021, 19 January 2021,
    民國110年1月19日 and 20210119 are read; 3/4/2021 gives the year alone; a month without a day gives the month.
    """
    if not _HINT.search(form, start):
        return None
    best: Dated | None = None
    for shape in _SHAPES:
        for found in shape.finditer(form, start):
            iso, exact = _value(found)
            if iso is None:
                continue
            if best is None or found.start() < best.span.start:
                best = Dated(Span(found.start(), found.end()), iso, exact, _readings(found))
            break
        if best is not None and best.span.start == start:
            return best
    if found_republic := _REPUBLIC.search(form, start):
        day = int(found_republic["d"]) if found_republic["d"] else None
        iso = _checked(_BEFORE_REPUBLIC + int(found_republic["y"]), int(found_republic["m"]), day)
        if iso and (best is None or found_republic.start() <= best.span.start):
            best = Dated(Span(found_republic.start(), found_republic.end()), iso)
    if best is None:
        best = _republic_date(form, start)
    if best is None and (found_han := _HAN_DATE.search(form, start)):
        year = int("".join(_HAN_DIGITS[c] for c in found_han["y"]))
        day = _han_number(found_han["d"]) if found_han["d"] else None
        iso = _checked(year, _han_number(found_han["m"]), day) if 1900 <= year < 2100 else None
        if iso:
            best = Dated(Span(found_han.start(), found_han.end()), iso)
    if best is None and (short := _SHORT.search(form, start)):
        iso = _checked(2000 + int(short["y"]), int(short["m"]), int(short["d"]))
        if iso:  # 19-09-05 12:00: the year leads on Chinese sites, but the writing does not say so
            best = Dated(Span(short.start(), short.end()), iso, exact=False)
    return best


def iso_date(written: str) -> str | None:
    """A date that a page declares, as ISO 8601 without the time of day; None where it cannot be read for sure."""
    found = find_date(written.strip().lower())
    return found.iso if found and found.exact else None
