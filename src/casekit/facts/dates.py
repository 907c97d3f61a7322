"""Dates, spans of months and quarters in folded text, as ISO 8601.

A date as precise as it is told ("2018", "2018-09", "2018-09-30"), spans with a slash ("2020-01/2020-08"), several days of a
list with commas. Where the year cannot be known the date stays None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casekit.cues import CuePattern, Cues, from_cues
from casekit.facts.clock import Clock, shift_months
from casekit.numerals import DIGITS, whole

__all__ = ["SEPARATOR", "DateFound", "ago_iso", "read_bare_year", "read_date"]


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date at folded positions; `iso` is None where the year is unknown, `year` is the year it speaks of."""

    start: int
    end: int
    iso: str | None
    year: int | None = None


SEPARATOR: Final = r"\s?(?:-|~|—+|–|至|到)\s?"
_Y4: Final = r"(?:1\d|20)\d\d"
_YH: Final = r"(?:一[八九]|二[〇零○])[〇零○一二三四五六七八九]{2}"
_M: Final = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?!\d)"
_D: Final = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_REL: Final = r"大前年|去年|今年|明年|(?<![目此之以])前年(?![产均化薪营])|(?<![产成线市投用业工造建满])后年(?![产均化薪营])|同年|当年|次年|本年度?|上一?年度?|前一年|翌年"
_MEND: Final = r"(?!%{date-noise/month})月(?:份(?!额))?"
_PART: Final = (
    r"年?(?!%{date-noise/part-of-year})[底末初]|(?!%{date-noise/part-of-year})年中|中(?=[,,。、;的;)到时就已还又起正]|开始|旬|$)|上半年|下半年|第?[一二三四1-4]季度|第[一二三四1-4]季(?!节|度)|前[二两三]季(?!节|度)|[1-4]q(?![a-z\d])|q[1-4](?![a-z\d])|"
    r"h[12](?![a-z\d])|前[一二两三四五六七八九十1-9][0-2]?个?(?:月(?!前)|季度)|(?:首|头)?(?:个)?季度|"
    r"%{festivals}"
)
_POINT: Final = CuePattern(
    rf"(?:(?P<y>{_Y4}|{_YH})\s?(?:(?:年度?(?!%{{date-noise/year}})|届)|(?P<fy>财政?年度?))|民国(?P<roc>\d{{2,3}}|[〇零○一二三四五六七八九十百]{{1,5}})年|(?P<taiwan>1[01]\d)年(?=度|全年|合并|营收|获利|税后|净利|业绩|财报|年报|股东|上市|上柜|[初底末]|\s?{_M}\s?月|[上下]半年|第?[一二三四]季)|(?P<y2>[0189]\d)年(?=[初底末]|\s?{_M}\s?月|[上下]半年|q[1-4]|年[初底末]|第?[一二三四]季度)|"
    rf"(?P<rel>{_REL})的?)?\s?"
    rf"(?:(?P<m>{_M})\s?{_MEND}\s?(?:(?P<d>{_D})\s?(?!%{{date-noise/number}})[日号]|(?P<mp>[上中下]旬|底|末|初(?!步|期|次)|中旬))?|(?P<p>{_PART}))?"
)
_MONTHS: Final = CuePattern(
    rf"(?:(?P<y>{_Y4}|{_YH})\s?年|(?P<rel>{_REL})的?)?\s?(?P<a>{_M})\s?月?{SEPARATOR}(?P<b>{_M})\s?{_MEND}(?!\d|\s?\d{{1,2}}\s?[日号])"
)
_DAYS: Final = re.compile(
    rf"(?:(?P<y>{_Y4})\s?年|(?P<rel>{_REL})的?)?\s?(?P<m>{_M})\s?月\s?(?P<a>{_D})\s?[日号]?{SEPARATOR}(?:(?P<m2>{_M})\s?月\s?)?(?P<b>{_D})\s?[日号]"
)
_LIST: Final = re.compile(
    rf"(?:(?P<y>{_Y4})\s?年|(?P<rel>{_REL})的?)?\s?(?P<m>{_M})\s?月\s?(?P<ds>{_D}[日号]?(?:\s?[、和及]\s?{_D}[日号]?)+)(?<=[日号])"
)
# 2024年一、二季度: each is a span of its own
_Q4: Final = f"[{''.join(list(DIGITS)[1:5])}1-4]"
_QUARTERS: Final = re.compile(rf"(?:(?P<y>{_Y4})\s?年)?第?(?P<qs>{_Q4}(?:、{_Q4}){{1,3}})季度")
_YEARS: Final = re.compile(rf"(?P<a>{_Y4})\s?年?(?:{SEPARATOR}|/)(?P<b>{_Y4}|\d\d(?=年))(?P<n>\s?年)?(?![\d.%])")
_NUMERIC: Final = re.compile(  # 1000.5 is no month of the year 1000
    rf"(?!1[0-8]\d\d\.\d{{1,2}}(?![\d.]))(?P<y>{_Y4})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?:(?P=s)(?P<d>3[01]|[12]\d|0?[1-9]))?(?![\d.%/-])"
    rf"|(?P<d2>3[01]|[12]\d|0?[1-9])(?P<s2>[./-])(?P<m2>1[0-2]|0?[1-9])(?P=s2)(?P<y2>{_Y4})(?!\d)"
)
_SPACED_YEAR: Final = re.compile(r"((?:1 9|2 0) \d \d) ?年(?!间)")  # of PDF files: 2 0 2 3 年
_DECADE: Final = re.compile(
    r"(?:(?P<c>上|本|1[0-9]|20|21|十九|二十|二十一)个?世纪)?(?P<d>\d0|[一二三四五六七八九]十)年代|(?P<y>(?:19|20)\d0)(?:年代|s(?![a-z]))"
)
_CENTURY: Final = re.compile(r"(?P<c>2[01]|1\d|[1-9]|二十一?|十[一二三四五六七八九]?|[一二三四五六七八九])世纪")
_THIS_MONTH: Final = re.compile(rf"(?P<w>本|上个?|下个?|当)月(?P<d>{_D})[日号]")
_DAY: Final = CuePattern(rf"(?P<d>{_D})(?!%{{date-noise/day}})日(?=[^\d])")
_QUARTER: Final = re.compile(r"第?([一二三四1-4])季度?|(?<![a-z\d])q([1-4])(?![a-z\d])|(?<!\d)([1-4])q(?![a-z\d])")
_FEST: Final = CuePattern(
    r"(?P<f>%{festivals/sale})(?:大促|购物节|狂欢节)?(?=期间|当天|当日|前夕|那天|那一天|凌晨|零点)"
)
_BARE_YEAR: Final = re.compile(r"(?:19[89]|20[0-3])\d(?![\d%+a-z/]|[.,:]\d)")
_EN_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH: Final = re.compile(
    rf"(?P<mon>{'|'.join(_EN_MONTHS)})(?:[a-z]{{1,6}}|\.)?\s(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)?,?\s)?(?P<y>{_Y4})(?!\d)"
    rf"|(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s(?P<mon1>{'|'.join(_EN_MONTHS)})[a-z]{{0,6}},?\s(?P<y1>{_Y4})(?!\d)"
    rf"|(?P<q>q[1-4]|h[12]|(?:first|second|third|fourth)\s(?:quarter|half))(?:\s(?:of|in))?,?\s(?:fy\s?)?(?P<y3>{_Y4})(?!\d)"
    rf"|(?:fy|fiscal(?:\syear)?)\s?(?P<y4>{_Y4})(?!\d)"
    rf"|(?P<y5>{_Y4})\s(?P<q5>q[1-4]|h[12])(?![a-z\d])"
)
# month in which the Spring Festival falls, where it is January (lunar calendar tables, 1990-2040); else February
_SPRING_IN_JANUARY: Final = frozenset(
    (1990, 1993, 1995, 1998, 2001, 2004, 2006, 2009, 2012, 2014, 2017, 2020, 2023, 2025, 2028, 2031, 2033, 2036, 2039)
)


def _read_festivals(cues: Cues) -> Mapping[str, tuple[int, int]]:
    days = {row[0]: row[1].split("-") for row in cues.rows("festivals") if len(row) > 1}
    return {name: (int(month), int(day)) for name, (month, day) in days.items()}


festivals: Final = from_cues(_read_festivals)
"""Month and day of the festivals that have fixed ones."""


def _iso(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    if year is None:
        return None
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def _span(a: str | None, b: str | None) -> str | None:
    return None if a is None or b is None else f"{a}/{b}"


def _year_of(m: re.Match[str], clock: Clock) -> tuple[int | None, bool]:
    """The year a match names and whether it names one at all."""
    groups = m.groupdict()
    if groups.get("y"):
        return whole(groups["y"]), True
    if roc := groups.get("roc") or groups.get("taiwan"):
        n = whole(roc)
        return None if n is None else n + 1911, True
    if short := groups.get("y2"):
        return (2000 if int(short) < 50 else 1900) + int(short), True
    if rel := groups.get("rel"):
        return clock.relative(rel), True
    return None, False


def _part_iso(year: int | None, part: str) -> tuple[str | None, bool]:
    """What a part of a year means, and whether it holds good without a year before it."""
    part = part.removeprefix("年")
    if part[0] in "底末":
        return _iso(year, 12), False
    if part[0] == "初":
        return _iso(year, 1), False
    if part[0] == "中" and part != "中秋":
        return _iso(year, 6), False
    if part in ("上半年", "h1"):
        return _span(_iso(year, 1), _iso(year, 6)), False
    if part in ("下半年", "h2"):
        return _span(_iso(year, 7), _iso(year, 12)), False
    if part.startswith("前"):
        n = whole(re.sub(r"[^\d一二两三四五六七八九十]", "", part)) or 0
        last = n * 3 if "季" in part else n
        return _span(_iso(year, 1), _iso(year, last)) if 1 <= last <= 12 else _iso(year), "季" in part
    if q := _QUARTER.search(part):
        n = whole(q[1] or q[2] or q[3]) or 1
        return _span(_iso(year, 3 * n - 2), _iso(year, 3 * n)), True
    if part in ("首季度", "首个季度", "头季度"):
        return _span(_iso(year, 1), _iso(year, 3)), True
    if part in festivals():
        return _iso(year, *festivals()[part]), False
    if part == "春节":
        return _iso(year, 1 if year in _SPRING_IN_JANUARY else 2), False
    return _iso(year), False


def _fiscal(year: int, part: str | None, end: int | None) -> str | None:
    """A financial year named by the year in which it ends, or a part of it; without its stated end only the year is known."""
    if end is None or end == 12:
        whole = part is None
        return _iso(year) if whole else None if end is None else _part_iso(year, part or "")[0]
    first = _part_iso(year, part)[0] if part else _span(_iso(year, 1), _iso(year, 12))
    found = re.fullmatch(r"\d{4}-(\d\d)/\d{4}-(\d\d)", first or "")
    if found is None:
        return None
    return _span(*(_iso(*shift_months(year - 1, int(month), end)) for month in found.groups()))


def _months(m: re.Match[str], clock: Clock, future: bool) -> DateFound | None:
    a, b = whole(m["a"]), whole(m["b"])
    if a is None or b is None:
        return None
    year, named = _year_of(m, clock)
    if not named:
        if not a < b:
            return None
        year = clock.month_year(b, future=future)
    last = year + 1 if year is not None and b < a else year
    return DateFound(m.start(), m.end(), _span(_iso(year, a), _iso(last, b)), year)


def _days(m: re.Match[str], clock: Clock, future: bool) -> DateFound:
    month, first, last = whole(m["m"]), whole(m["a"]), whole(m["b"])
    month2 = whole(m["m2"]) or month
    year, named = _year_of(m, clock)
    if not named and month is not None:
        year = clock.month_year(month, future=future)
    return DateFound(m.start(), m.end(), _span(_iso(year, month, first), _iso(year, month2, last)), year)


def _quarters(m: re.Match[str], clock: Clock) -> DateFound:
    year, named = _year_of(m, clock)
    if not named:
        year = clock.said if clock.said is not None else clock.year
    each = [whole(q) or 1 for q in re.findall(_Q4, m["qs"])]
    spans = [_span(_iso(year, 3 * q - 2), _iso(year, 3 * q)) for q in each]
    return DateFound(m.start(), m.end(), ",".join(filter(None, spans)) or None, year)


def _list(m: re.Match[str], clock: Clock, future: bool) -> DateFound:
    month = whole(m["m"])
    year, named = _year_of(m, clock)
    if not named and month is not None:
        year = clock.month_year(month, future=future)
    days = [whole(x) for x in re.findall(_D, m["ds"])]
    iso = None if year is None else ",".join(_iso(year, month, d) or "" for d in days)
    return DateFound(m.start(), m.end(), iso, year)


def _point(m: re.Match[str], clock: Clock, future: bool) -> DateFound | None:
    year, named = _year_of(m, clock)
    month, day, part = whole(m["m"]), whole(m["d"]), m["p"]
    if m["fy"] and year is not None and month is None:
        return DateFound(m.start(), m.end(), _fiscal(year, part, clock.fiscal_end), year)
    if month is not None:
        if not named:
            year = clock.month_year(month, future=future)
        return DateFound(m.start(), m.end(), _iso(year, month, day), year)
    if part:
        iso, alone = _part_iso(year, part)
        if named:
            return DateFound(m.start(), m.end(), iso, year)
        if not alone and (clock.here is None or part.removeprefix("年") not in ("上半年", "下半年", "h1", "h2")):
            return None
        year = clock.said if clock.said is not None else clock.year
        return DateFound(m.start(), m.end(), _part_iso(year, part)[0], year)
    if m["y"] or m["roc"] or m["taiwan"]:
        end = m.end()
        while end > m.start() and m.string[end - 1] == " ":
            end -= 1
        return DateFound(m.start(), end, _iso(year), year)
    return None  # a bare 去年 or 今年 holds no figure; it is the period of others


def read_date(text: str, start: int, clock: Clock, *, future: bool = False) -> DateFound | None:
    """The date that begins exactly at `start` in folded `text`, or None.

    Args:
        text: Folded text.
        start: Where to read; the caller skips positions inside words and longer numbers.
        clock: The text's present and the year last spoken of; not changed here.
        future: The sentence looks ahead, so that a bare month may lie after the text's present.
    """
    c = text[start]
    if c.isascii() and (m := _ENGLISH.match(text, start)):
        return _english(m, clock)
    if "0" <= c <= "9":
        if m := _NUMERIC.match(text, start):
            year = whole(m["y"] or m["y2"])
            return DateFound(m.start(), m.end(), _iso(year, whole(m["m"] or m["m2"]), whole(m["d"] or m["d2"])), year)
        if (m := _YEARS.match(text, start)) and (found := _years(m)):
            return found
        if m := _SPACED_YEAR.match(text, start):
            year = int(m[1].replace(" ", ""))
            return DateFound(start, m.end(), _iso(year), year)
    if m := _DECADE.match(text, start):
        return _decade(m)
    if m := _CENTURY.match(text, start):
        last = 100 * (whole(m["c"]) or 0)
        return DateFound(start, m.end(), f"{last - 99:04d}/{last:04d}") if 0 < last <= 2200 else None
    if (m := _MONTHS.match(text, start)) and (found := _months(m, clock, future)):
        return found
    if m := _QUARTERS.match(text, start):
        return _quarters(m, clock)
    if m := _LIST.match(text, start):
        return _list(m, clock, future)
    if m := _DAYS.match(text, start):
        return _days(m, clock, future)
    if (m := _FEST.match(text, start)) and m["f"] in festivals():
        return DateFound(start, m.end("f"), _iso(clock.year, *festivals()[m["f"]]), clock.year)
    if (m := _POINT.match(text, start)) and m.end() > start and (found := _point(m, clock, future)):
        return _joined(text, found, clock, future)
    if m := _THIS_MONTH.match(text, start):
        return _this_month(m, clock)
    if (m := _DAY.match(text, start)) and (start == 0 or text[start - 1] in " ,,。、(;:\n日月据记者报讯"):
        same = clock.said in (None, clock.year)
        return DateFound(start, m.end(), _iso(clock.year, clock.month, whole(m["d"])) if clock.month and same else None)
    return None


def _joined(text: str, first: DateFound, clock: Clock, future: bool) -> DateFound:
    """A date followed by 至 and a second one makes a span."""
    m = re.compile(SEPARATOR).match(text, first.end)
    if m is None or first.iso is None or "/" in first.iso:
        return first
    inner = Clock(clock.year, clock.month, clock.day, first.year)
    p = _POINT.match(text, m.end())
    if p is None or p.end() == m.end() or not (p["y"] or p["m"] or (p["rel"] and p["p"])):
        if re.compile(r"今|目前|现在|如今").match(text, m.end()):
            return first
        return first
    second = _point(p, inner, future)
    if second is None or second.iso is None or second.iso < first.iso[: len(second.iso)]:
        return first
    return DateFound(first.start, second.end, f"{first.iso}/{second.iso.split('/')[-1]}", second.year)


def _years(m: re.Match[str]) -> DateFound | None:
    a, b = int(m["a"]), int(m["b"])
    if b < 100:
        b += a - a % 100
    if not a < b <= a + 120:
        return None
    return DateFound(m.start(), m.end(), f"{a}/{b}", b)


def _decade(m: re.Match[str]) -> DateFound:
    if m["y"]:
        first = int(m["y"])
    else:
        century = {"上": 19, "本": 20, None: 19}.get(m["c"])
        if century is None:
            century = (whole(m["c"]) or 20) - 1
        first = century * 100 + (whole(m["d"]) or 0)
    return DateFound(m.start(), m.end(), f"{first}/{first + 9}", None)


def _this_month(m: re.Match[str], clock: Clock) -> DateFound:
    iso = None
    if clock.year is not None and clock.month is not None:
        by = {"上": -1, "下": 1}.get(m["w"][0], 0)
        iso = _iso(*shift_months(clock.year, clock.month, by), whole(m["d"]))
    return DateFound(m.start(), m.end(), iso)


def _english(m: re.Match[str], clock: Clock) -> DateFound:
    year = int(m["y"] or m["y1"] or m["y3"] or m["y4"] or m["y5"])
    if mon := m["mon"] or m["mon1"]:
        day = m["d"] or m["d1"]
        return DateFound(m.start(), m.end(), _iso(year, _EN_MONTHS.index(mon) + 1, int(day) if day else None), year)
    if part := m["q"] or m["q5"]:
        words = part.split()
        if len(words) == 2:
            n = ["first", "second", "third", "fourth"].index(words[0]) + 1
            part = ("h" if words[1] == "half" else "q") + str(n)
        if "fy" in m[0] or "fiscal" in m[0]:
            return DateFound(m.start(), m.end(), _fiscal(year, part, clock.fiscal_end), year)
        return DateFound(m.start(), m.end(), _part_iso(year, part)[0] if part != "h3" else _iso(year), year)
    fiscal = m["y4"] is not None
    return DateFound(m.start(), m.end(), _fiscal(year, None, clock.fiscal_end) if fiscal else _iso(year), year)


def read_bare_year(text: str, start: int) -> DateFound | None:
    """A year without 年 (2019 in front of an event's name), or None."""
    m = _BARE_YEAR.match(text, start)
    return DateFound(start, m.end(), m[0], int(m[0])) if m else None


def ago_iso(value: Decimal | None, unit: str, clock: Clock) -> str | None:
    """The date that lies `value` units before the text's present, as precise as the unit allows, or None."""
    if value is None or clock.year is None:
        return None
    if unit == "年":
        if value == value.to_integral_value():
            return _iso(clock.year - int(value)) if value < clock.year else None
        value, unit = value * 12, "个月"
    if unit == "个季度":
        value, unit = value * 3, "个月"
    if unit == "世纪":
        return None
    if clock.month is None:
        return None
    if unit == "个月":
        return _iso(*shift_months(clock.year, clock.month, -int(value)))
    if clock.day is None or unit not in ("周", "天"):
        return None
    from datetime import date, timedelta

    try:
        past = date(clock.year, clock.month, clock.day) - timedelta(days=int(value * (7 if unit == "周" else 1)))
    except (ValueError, OverflowError):
        return None
    return past.isoformat()
