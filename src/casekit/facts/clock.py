"""The time a text speaks from: what 去年, 今年 and a bare month mean in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from casekit.reading.stance import looks_ahead

__all__ = ["Clock", "shift_months", "speaking_time"]

_YEAR: Final = re.compile(r"(?<![\d.])((?:19[5-9]|20[0-4])\d)\s?年")
_ARRIVED: Final = re.compile(r"(?:到了?|进入|来到|截至|步入|迈入)\s?$")
_CLAUSE_END: Final = re.compile(r"[,,。;;!!??\n]")
_SENTENCE: Final = re.compile(r"[^。!!??\n]+")
_LAST_YEAR: Final = re.compile(r"去年|上年")
_THIS_YEAR: Final = re.compile(r"(?<!当)今年")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
# The months after New Year in which last year's figures are still being counted, so that "2020年预计" says little about
# when a text was written; results for a year are usually published by the end of March.
_REPORTING_MONTHS: Final = 3


@dataclass(slots=True)
class Clock:
    """Where in time a reader stands: the text's own present, and the year last spoken of (reset at each paragraph)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    said: int | None = None

    def relative(self, word: str) -> int | None:
        """The year that 去年, 今年, 同年 … mean here, or None."""
        if word in ("同年", "当年", "次年", "翌年"):
            return None if self.said is None else self.said + (word in ("次年", "翌年"))
        offset = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}.get(
            word
        )
        return None if self.year is None or offset is None else self.year + offset

    def month_year(self, month: int, *, future: bool) -> int | None:
        """The year of a month named alone: the year last spoken of, else that of the nearest such month."""
        if self.said is not None:
            return self.said
        if self.year is None:
            return None
        # A month ahead by half a year or less is the coming one: a writer says 去年 of the one before. In January, 12月
        # is last month.
        past = self.month is not None and month - self.month > 6 and not future
        return self.year - 1 if past else self.year


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """The month `by` months away.

    Examples:
        >>> shift_months(2019, 1, -2)
        (2018, 11)
    """
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def speaking_time(text: str, article_date: str | None) -> Clock:
    """The present that `text` (folded) speaks from.

    A text usually speaks from its dateline. Re-prints and late postings don't: a sentence that sets 去年 against the
    very year before the dateline, or that awaits a year long past, was written in that year. Without a dateline the
    last year named in full is the clue: the present itself when the text has arrived at it or awaits it, else the
    year after it when the text also says 去年 (a writer calls last year 去年, not by its number).

    Args:
        text: Folded text of the body.
        article_date: ISO 8601, as precise as known, or None.
    """
    m = _DATE.match(article_date or "")
    if m:
        year = int(m[1])
        month, day = int(m[2]) if m[2] else None, int(m[3]) if m[3] else None
        moved = _moved_back(text, year, month)
        return Clock(year, month, day) if moved is None else Clock(moved)
    return Clock(_undated(text))


def _years(text: str) -> list[tuple[int, bool, bool]]:
    """Every year named in full: (year, its clause awaits it, the text has arrived at it)."""
    found = []
    for m in _YEAR.finditer(text):
        stop = _CLAUSE_END.search(text, m.end(), m.end() + 16)
        clause = text[m.end() : min(m.end() + 16, stop.start() if stop else len(text))]
        before = text[max(0, m.start() - 3) : m.start()]
        found.append((int(m[1]), looks_ahead(clause), _ARRIVED.search(before) is not None))
    return found


def _moved_back(text: str, year: int, month: int | None) -> int | None:
    """The earlier year from which a text dated `year` really speaks, or None."""
    years = [y for y in _years(text) if y[0] <= year]
    if not years or max(y[0] for y in years) == year:
        return None
    votes = 0
    for m in _SENTENCE.finditer(text):
        sentence = m[0]
        if f"{year - 1}" not in sentence:
            continue
        named = any(int(x[1]) == year - 1 for x in _YEAR.finditer(sentence))
        votes += named and _LAST_YEAR.search(sentence) is not None
        votes -= named and _THIS_YEAR.search(sentence) is not None
    if votes > 0:
        return year - 1
    latest = max(y[0] for y in years)
    awaited = any(y == latest and open_ for y, open_, _ in years)
    late = year - latest >= 2 or (month or 0) > _REPORTING_MONTHS
    return latest if votes == 0 and awaited and late else None


def _undated(text: str) -> int | None:
    years = _years(text)
    if not years:
        return None
    latest = max(y[0] for y in years)
    if any(y == latest and (open_ or arrived) for y, open_, arrived in years) or not _LAST_YEAR.search(text):
        return latest
    return latest + 1
