"""Dates as stretches of time: a year is as long as a year, nobody makes the first of January out of it."""

from __future__ import annotations

import calendar
import re
from typing import Final

__all__ = ["Stretch", "stretches_of"]

Stretch = tuple[float, float]
"""Start and end in years with fractions (2020.5 is the middle of 2020); the end is not part of it."""

_DATE: Final = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:]+)?")


def stretches_of(date_iso: str | None) -> list[Stretch]:
    """The stretches that a figure's `date_iso` names: none where it names hours alone or nothing, several for a list.

    Example:
        >>> stretches_of("2020"), stretches_of("2020-07/2020-08")
        ([(2020.0, 2021.0)], [(2020.497268, 2020.666667)])
    """
    found = (_stretch(part) for part in (date_iso or "").split(","))
    return [one for one in found if one is not None]


def _stretch(text: str) -> Stretch | None:
    first, _, last = text.strip().partition("/")
    start, end = _ends(first), _ends(last or first)
    if start is None or end is None or end[1] <= start[0]:
        return None
    return round(start[0], 6), round(end[1], 6)


def _ends(text: str) -> Stretch | None:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not month:
        return float(year), float(year + 1)
    if not 1 <= month <= 12:
        return None
    lengths = [31, 29 if calendar.isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    before, whole = sum(lengths[: month - 1]), sum(lengths)
    if not day:
        return year + before / whole, year + (before + lengths[month - 1]) / whole
    if not 1 <= day <= lengths[month - 1]:
        return None
    return year + (before + day - 1) / whole, year + (before + day) / whole
