"""Dates of CSL-JSON records, read leniently and printed as GB/T 7714 prints them (ISO 8601 with hyphens)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casekit.cite.text import plain

__all__ = ["Date", "Day", "csl_date", "parse_date"]

_ISO = re.compile(r"(-?\d{1,4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:.*)?")
_CIRCA = re.compile(r"^(?:circa|ca?\.)\s*", re.IGNORECASE)
_HAN = re.compile(r"(\d{1,4})\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*[日号])?)?")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as precise as known; a year before the common era is negative, `circa` marks an estimate."""

    year: int
    month: int | None = None
    day: int | None = None
    circa: bool = False

    def shown_year(self) -> str:
        """The year, an estimate in brackets (GB/T 7714-2015, 8.4.3.3)."""
        return f"[{self.year}]" if self.circa else str(self.year)

    def iso(self) -> str:
        """2018, 2018-03 or 2018-03-05."""
        text = str(self.year)
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text


@dataclass(frozen=True, slots=True)
class Date:
    """A date, a range or words (光绪二十六年); `circa` marks an estimate, `latest` an upper bound."""

    start: Day | None = None
    end: Day | None = None
    literal: str = ""
    circa: bool = False
    latest: bool = False

    @property
    def has_day(self) -> bool:
        """Whether the (first) date is known to the day."""
        return self.start is not None and self.start.day is not None

    def years(self, dash: str = "/") -> str:
        """The year or the two years of a range, joined by `dash`; the words where there is no number."""
        if self.start is None:
            return self.literal
        if self.end is None or self.end.year == self.start.year:
            return self.start.shown_year()
        return f"{self.start.shown_year()}{dash}{self.end.shown_year()}"

    def numeric(self, slash: str = "/") -> str:
        """The date as precise as known, both ends of a range joined by `slash`; words where there is no number."""
        if self.start is None:
            return self.literal
        return self.start.iso() if self.end is None else f"{self.start.iso()}{slash}{self.end.iso()}"


def parse_date(value: object) -> Date | None:
    """The date of a CSL date variable (date-parts, raw, literal), a string or a year; None where there is nothing.

    Parts outside the calendar are dropped from the right (month 13, day 40); text that holds no date stays as words.

    Examples:
        >>> parse_date("2019-02").start
        Day(year=2019, month=2, day=None, circa=False)
        >>> parse_date({"date-parts": [[2019, 2, 2]]}).start
        Day(year=2019, month=2, day=2, circa=False)
        >>> parse_date("光绪二十六年").literal
        '光绪二十六年'
    """
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Date(Day(value))
    return _of_text(plain(value))


def csl_date(date: Date | None) -> dict[str, object] | None:
    """A date as CSL-JSON has it."""
    if date is None:
        return None
    if date.start is None:
        return {"literal": date.literal}
    days = [day for day in (date.start, date.end) if day is not None]
    parts = [[part for part in (day.year, day.month, day.day) if part is not None] for day in days]
    return {"date-parts": parts, **({"circa": True} if date.circa else {})}


def _of_mapping(value: Mapping[object, object]) -> Date | None:
    circa = value.get("circa") not in (None, False, 0, "", "0", "false")
    parts = value.get("date-parts")
    days: list[Day] = []
    if isinstance(parts, Sequence) and not isinstance(parts, str):
        nested = parts if parts and isinstance(parts[0], Sequence) and not isinstance(parts[0], str) else [parts]
        days = [day for day in map(_of_parts, nested) if day is not None]
    if days:
        return Date(days[0], days[1] if len(days) > 1 else None, circa=circa)
    for key in ("raw", "literal"):
        if date := _of_text(plain(value.get(key))):
            return Date(date.start, date.end, date.literal, circa or date.circa)
    return None


def _of_parts(parts: object) -> Day | None:
    if not isinstance(parts, Sequence) or isinstance(parts, str):
        return None
    numbers: list[int | None] = []
    for part in list(parts)[:3]:
        text = plain(part).removesuffix(".0")
        numbers.append(int(text) if re.fullmatch(r"-?\d{1,6}", text) else None)
    return _calendar(*numbers) if numbers else None


def _calendar(year: int | None, month: int | None = None, day: int | None = None) -> Day | None:
    if year is None or year == 0:
        return None
    if month is None or not 1 <= month <= 12:
        return Day(year)
    return Day(year, month, day if day is not None and 1 <= day <= 31 else None)


def _of_text(text: str) -> Date | None:
    if not text:
        return None
    if day := _of_iso(text):
        return Date(replace(day, circa=False), circa=day.circa)
    # EDTF ranges: 2015/2020, 1979/, 2015-03-01/2015-03-04, 1957/1990~
    first, slash, last = text.partition("/")
    if slash and (start := _of_iso(first)) is not None:
        end = _of_iso(last)
        if end is not None or last.strip() in ("", ".."):
            return Date(start, end)
    return Date(literal=text)


def _of_iso(text: str) -> Day | None:
    """A single date; ?, ~, brackets or "circa" make it an estimate."""
    bare = _CIRCA.sub("", text.strip()).strip("[]［］?~ ")
    found = _ISO.fullmatch(bare) or _HAN.fullmatch(bare)
    if found is None:
        return None
    year, month, day = found.groups()
    if len(year.lstrip("-")) < 3:
        return None
    known = _calendar(int(year), int(month) if month else None, int(day) if day else None)
    return replace(known, circa=bare != text.strip()) if known is not None else None
