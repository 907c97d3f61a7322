"""The time a text speaks from: what 去年, 今年 and a bare month mean in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern, Cues, from_cues
from casekit.reading.stance import looks_ahead

__all__ = ["Clock", "shift_months", "speaking_time"]

_INTRODUCED: Final = 40  # characters before a quotation in which it is said who said it, and when

_YEAR: Final = re.compile(r"(?<![\d.])((?:19[5-9]|20[0-4])\d)\s?年")
_CLAUSE_END: Final = re.compile(r"[,,。;;!!??\n]")
_SENTENCE: Final = re.compile(r"[^。!!??\n]+")
_LAST_YEAR: Final = re.compile(r"去年|上年")
_THIS_YEAR: Final = re.compile(r"(?<!当)今年")
_OFFSETS: Final = {
    **{"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2, "本年": 0},
    **dict.fromkeys(("上年", "上一年", "前一年", "上年同期", "去年同期", "前一年同期"), -1),
}
_EN_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FISCAL: Final = re.compile(
    r"财(?:务|政)?年(?:度)?(?:为|是|均)?(?:截[至止]于?|止于|结束于|终于)(?:每年|当年|次年|(?:19|20)\d\d年)?(?:的)?(?P<a>1[0-2]|[1-9])月"
    r"|截[至止]于?(?:每年|(?:19|20)\d\d年)?(?P<b>1[0-2]|[1-9])月(?:\d{1,2}日|底|末)?(?:止|结束)?的?(?:(?:19|20)\d\d)?(?:财(?:务|政)?年)"
    r"|(?:fiscal|financial)(?:\syear)?(?:\s(?:19|20)\d\d)?,?\s(?:which\s)?end(?:s|ed|ing)\s(?:in\s|on\s)?(?:\d{1,2}\s)?(?P<c>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)"
)
_FISCAL_START: Final = re.compile(
    r"财(?:务|政)?年(?:度)?(?:为|是|从|自|由)?(?:每年|当年)?(?P<m>1[0-2]|[1-9])月(?:1日)?(?:开始|起|至次年|到次年|-次年|至翌年)"
)
# 去年的10月31日, said of an event whose day is known
_TOLD_OF_DAY: Final = re.compile(
    r"(?P<rel>大前年|前年|去年|今年)的?(?P<m>1[0-2]|[1-9])月(?:份|(?P<d>3[01]|[12]?\d)[日号])?"
)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
# The months after New Year in which last year's figures are still being counted, so that "2020年预计" says little about
# when a text was written; results for a year are usually published by the end of March.
_REPORTING_MONTHS: Final = 3


# How a text says in which year words were said: 在2018年说, 2018年3月,某人在信里写道; the year in which a firm was founded is none.
_SAID_THEN: Final = CuePattern(
    r"(?<!\d)(?P<year>(?:19[5-9]|20[0-4])\d)年(?:\d{1,2}月(?:\d{1,2}日)?,|,)?(?:(?!%{founding-verbs/verb})[^,;。!?\"]){0,24}?"
    r"(?:%{speech-verbs/verb}|%{speech-verbs/loose}|写)[^,;。!?\"]{0,3}[:,]?\s?\Z"
)
# 据2018年的一篇报道,"……"; 2017年的公开信:"……": what is quoted is as old as where it stands.
_READ_THEN: Final = re.compile(
    r"(?:据|根据|按照?)[^,;:。!?\"\d]{0,12}(?P<told>(?:19[5-9]|20[0-4])\d)年[^,;。!?\"]{0,24}[,:]?\s?\Z"
    r"|(?<!\d)(?P<written>(?:19[5-9]|20[0-4])\d)年[^,;。!?\"]{0,24}:\s?\Z"
)
# "……"某人在2018年的年会上说: who said it, and when, behind the quotation.
_SAID_AFTER: Final = CuePattern(
    r"[,。]?[^,;。!?\"\n\d]{0,16}(?P<year>(?:19[5-9]|20[0-4])\d)年[^;。!?\"\n]{0,24}?(?:%{speech-verbs/verb}|%{speech-verbs/loose}|写)"
)
_QUOTED_CHARS: Final = 300  # characters behind a place within a quotation in which its closing mark is looked for


@dataclass(slots=True)
class Clock:
    """Where in time a reader stands.

    Attributes:
        year: The text's own present, with `month` and `day` as far as known.
        said: The year last spoken of (forgotten at each paragraph; in a text without a date, at each sentence).
        here: The year that the sentence names in full.
        fiscal_end: The month in which the text says that a financial year ends.
        quoted: The year in which the words that are being quoted were said, where the text tells it.
        unsure: Whether words are told again without quotation marks that were said in another year (2018年他说,去年……): from
            which year they count is not known.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    said: int | None = None
    here: int | None = None
    fiscal_end: int | None = None
    quoted: int | None = None
    unsure: bool = False
    _open: int | None = None

    def new_sentence(self) -> None:
        """Forget what only the sentence before it said."""
        self.here = None
        if self.year is None:
            self.said = None

    def hear(self, text: str, start: int, at: int) -> None:
        """Notice whether folded text[start:at], of one sentence, ends within words of others, and when these were said.

        A quotation that begins with the sentence before goes on until its closing mark.
        """
        marks = text.count('"', start, at)
        self.unsure = False
        if self._open is not None and not marks:
            self.quoted = self._open
        elif marks % 2 and self._open is None:
            opens = text.rfind('"', start, at)
            self.quoted = _said_in(text, start, opens, at)
        else:
            self.quoted = None
            told = max(text.rfind(mark, start, at) for mark in ",:") + 1
            said = _SAID_THEN.search(text[max(start, told - _INTRODUCED) : told]) if told > start else None
            self.unsure = said is not None and int(said["year"]) != self.year

    def end_of_sentence(self, text: str, start: int, end: int) -> None:
        """Keep in mind a quotation that is still open."""
        self.hear(text, start, end)
        self._open = self.quoted

    def relative(self, word: str) -> int | None:
        """The year that 去年, 今年, 同年 … mean here, or None."""
        if word in ("同年", "当年", "次年", "翌年"):
            return None if self.said is None else self.said + (word in ("次年", "翌年"))
        offset = _OFFSETS.get(word.removesuffix("度"))
        if offset is None or (self.unsure and word[0] not in "上本" and not word.startswith("前一")):
            return None
        # 上年 and 本年 count from the year that the sentence is about, 去年 and 今年 from the writer's
        year = (
            (self.here or self.year)
            if word[0] in "上本" or word.startswith("前一")
            else (self.quoted or self.year or self.here)
        )
        return None if year is None else year + offset

    def span_of(self, word: str) -> str | None:
        """What 本季度, 上季度, 本月, 上月 mean here, or None."""
        if self.year is None or self.month is None:
            return None
        back = -1 if word.startswith("上") else 0
        if word.endswith("季度"):
            year, month = shift_months(self.year, (self.month - 1) // 3 * 3 + 1, 3 * back)
            return f"{year:04d}-{month:02d}/{year:04d}-{month + 2:02d}"
        year, month = shift_months(self.year, self.month, back)
        return f"{year:04d}-{month:02d}"

    def is_ahead(self, iso: str | None) -> bool:
        """Whether a time lies after the text's present altogether."""
        m = _DATE.match(iso or "")
        if m is None or self.year is None:
            return False
        year, month = int(m[1]), int(m[2]) if m[2] else None
        return year > self.year or (
            year == self.year and None not in (month, self.month) and (month or 0) > (self.month or 0)
        )

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


def _said_in(text: str, start: int, opens: int, at: int) -> int | None:
    """The year in which the words were said that are quoted from `opens` on, as the words before or behind them tell."""
    before = text[max(start, opens - _INTRODUCED) : opens]
    if said := _SAID_THEN.search(before):
        return int(said["year"])
    if read := _READ_THEN.search(before):
        return int(read["told"] or read["written"])
    closes = text.find('"', at, at + _QUOTED_CHARS)
    after = _SAID_AFTER.match(text, closes + 1) if closes >= 0 and "\n" not in text[at:closes] else None
    return int(after["year"]) if after is not None else None


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
    very year before the dateline, or that awaits a year long past, was written in that year. A text without a
    dateline has no present, unless it says 去年10月31日 of an event whose day is known.

    Args:
        text: Folded text of the body.
        article_date: ISO 8601, as precise as known, or None.
    """
    m = _DATE.match(article_date or "")
    if m:
        year = int(m[1])
        month, day = int(m[2]) if m[2] else None, int(m[3]) if m[3] else None
        moved = _moved_back(text, year, month)
        clock = Clock(year, month, day) if moved is None else Clock(moved)
    else:
        clock = Clock(_by_known_event(text))
    clock.fiscal_end = _fiscal_end(text)
    return clock


def _fiscal_end(text: str) -> int | None:
    """The month in which the text says that its financial year ends; None where it does not, or says two."""
    months = {int(m["a"] or m["b"] or 0) or _EN_MONTHS.index(m["c"][:3]) + 1 for m in _FISCAL.finditer(text)}
    months |= {(int(m["m"]) - 2) % 12 + 1 for m in _FISCAL_START.finditer(text)}
    return months.pop() if len(months) == 1 else None


def _years(text: str) -> list[tuple[int, bool]]:
    """Every year named in full: (year, its clause awaits it)."""
    found = []
    for m in _YEAR.finditer(text):
        stop = _CLAUSE_END.search(text, m.end(), m.end() + 16)
        clause = text[m.end() : min(m.end() + 16, stop.start() if stop else len(text))]
        found.append((int(m[1]), looks_ahead(clause)))
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
    awaited = any(y == latest and open_ for y, open_ in years)
    late = year - latest >= 2 or (month or 0) > _REPORTING_MONTHS
    return latest if votes == 0 and awaited and late else None


def _by_known_event(text: str) -> int | None:
    """The year from which a text without a dateline speaks, where it says 去年10月31日 of an event whose day is known.

    The years that happen to stand in a text prove nothing: an article of any later year may name them. None where no such
    event is told, or several that do not agree.
    """
    if not _TOLD_OF_DAY.search(text):
        return None
    years = set()
    for name, date in dated_events().items():
        for at in _places(text, name):
            start, end = _sentence_around(text, at)
            for m in _TOLD_OF_DAY.finditer(text, start, end):
                same_day = m["d"] is None or date[2] is None or int(m["d"]) == date[2]
                if int(m["m"]) == date[1] and same_day:
                    years.add(date[0] - (_OFFSETS[m["rel"]]))
    return years.pop() if len(years) == 1 else None


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _sentence_around(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, at) for mark in "。!?\n") + 1
    end = min((i for mark in "。!?\n" if (i := text.find(mark, at)) >= 0), default=len(text))
    return start, end


def _read_events(cues: Cues) -> Mapping[str, tuple[int, int | None, int | None]]:
    out: dict[str, tuple[int, int | None, int | None]] = {}
    for row in cues.rows("dated-events"):
        m = _DATE.fullmatch(row[-1]) if len(row) > 1 else None
        if m is not None:
            out[row[0]] = (int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None)
    return out


dated_events: Final = from_cues(_read_events)
"""Year, month and day of the events whose day is known, by the words for them in folded text."""
