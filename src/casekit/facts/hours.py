"""Hours of the day in folded text, as ISO 8601: "T22:00", and spans of them ("T22:00/T10:00")."""

from __future__ import annotations

import re
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.facts.dates import SEPARATOR, DateFound
from casekit.numerals import whole

__all__ = ["read_hours"]

_AFTERNOON: Final = CueWords("times-of-day/afternoon")
_NIGHT: Final = CueWords("times-of-day/night")
_NOON: Final = CueWords("times-of-day/noon")
_SMALL_HOURS: Final = CueWords("times-of-day/small-hours")
_CLOCK: Final = (
    r"(?P<p{0}>%{{times-of-day}})?\s?(?:(?P<h{0}>2[0-4]|1\d|0?\d|十[一二]?|[零一二两三四五六七八九])\s?(?:点|(?!%{{date-noise/hour}})时)"
    r"(?P<r{0}>半|整|钟|(?:[0-5]?\d|[一二三四五]?十[一二三四五六七八九]?)分(?!之))?|(?P<c{0}>[01]?\d|2[0-4]):(?P<n{0}>[0-5]\d)(?![\d:]))"
)
_HOURS: Final = CuePattern(_CLOCK.format(1) + rf"(?:{SEPARATOR}(?:次日|第二天)?{_CLOCK.format(2)})?")


def _hour(m: re.Match[str], n: int, part: str | None) -> str:
    hour = whole(m[f"h{n}"]) if m[f"h{n}"] else int(m[f"c{n}"])
    minute = 0
    if m[f"n{n}"]:
        minute = int(m[f"n{n}"])
    elif (rest := m[f"r{n}"]) and rest not in ("整", "钟"):
        minute = 30 if rest == "半" else whole(rest[:-1]) or 0
    hour = hour or 0
    if (part in _AFTERNOON or part in _NIGHT) and hour < 12:
        hour += 12
    elif hour == 12 and (part in _NIGHT or part in _SMALL_HOURS):
        hour = 0
    elif part in _NOON and hour < 4:
        hour += 12
    return f"T{hour:02d}:{minute:02d}"


def read_hours(text: str, start: int, *, after_date: bool = False) -> DateFound | None:
    """An hour of the day, or a span of hours, that begins exactly at `start`, or None.

    A bare 3点 may be three points of an argument, so an hour needs a part of the day, minutes, a second hour or a
    date straight before it.
    """
    m = _HOURS.match(text, start)
    if m is None:
        return None
    two = bool(m["h2"] or m["c2"])
    sure = (
        m["p1"]
        or m["r1"]
        or (m["c1"] and len(m["c1"]) == 2)
        or (two and (m["h1"] or m["c1"]))
        or (after_date and (m["h1"] or m["c1"]))
    )
    if not sure:
        return None
    if m["c1"] and start and (text[start - 1].isdigit() or text[start - 1] in ":."):
        return None
    iso = _hour(m, 1, m["p1"])
    if two:
        iso += "/" + _hour(m, 2, m["p2"] or m["p1"])
    return DateFound(start, m.end(), iso)
