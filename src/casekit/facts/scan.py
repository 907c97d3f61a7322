"""Finding figures in folded text: where a number states something, and what it says.

The scanner walks from one numeral to the next and reads the longest thing that begins there: a date, an hour of the
day, a share, a range, a quantity with its unit. What only looks like a number (ordinals, names, idioms) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.clock import Clock
from casekit.facts.dates import read_bare_year, read_date
from casekit.facts.hours import read_hours
from casekit.facts.numbers import read_number
from casekit.facts.quantities import DOUBLED, QUALIFIER, Figure, read_doubling, read_quantity, with_qualifier
from casekit.facts.shares import read_share
from casekit.facts.stating import BARE_CUE, fills_cell
from casekit.facts.units import Unit, noun_unit, plural_unit, read_currency, read_unit
from casekit.numerals import DIGITS
from casekit.reading.stance import looks_ahead
from casekit.segment.tags import idiom_around

__all__ = ["Figure", "scan_sentence"]


_ANCHOR: Final = re.compile(
    r"[0-9二两三四五六七八九十百千廿卅]"
    r"|一(?=[成倍半百千亿]|[年周](?!前后)|万[^一]|个(?:半?月|季度|半?小时|星期|礼拜|世纪|多月|多小时)|季度|星期|小时|分钟|秒|[八九][一二三四五六七八九〇零○]{2}年|月|点半|[二三]百|折|[、或至到-][二两三]|二百)"
    r"|(?<=[破过超近逾约达])[万亿]|上[万亿](?!向)|万亿|亿万"
    r"|[百千万]分之|[上下]半年|a\s(?:third|quarter|fifth|tenth)(?![a-z])|半(?=年|个|数|小时|天|世纪)|过半(?!数)"
    r"|(?:好几|几|数)[十百千万亿倍]|数以|成[千百]上"
    r"|(?:大前|去|今|明|前|后|同|当|次|本|上|翌)年|上一年|前一年|民国(?=[\d〇零一二三四五六七八九十百])|第(?=[一二三四1-4]季)|翻|双(?=1[12]|十[一二])|[上本]世纪|[上本下当]个?月(?=\d)|前(?=[三两二]季)|首个?季度"
    r"|(?<![a-z])(?:q[1-4]|h[12]|fy\s?[12]|fiscal|(?:first|second|third|fourth)\s(?:q|half)|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens|hundreds|thousands|millions|half|doubl|tripl|quadrupl)"
)
# words that make a bare month lie ahead: before it, or right after it
_FUTURE: Final = re.compile("明年|未来")
_SOON: Final = CuePattern(r"(?:\d|[一二三四五六七八九十])*[月日号份底初季度\s]*(?:将|拟|%{expectations/cue})")
_IDIOM: Final = CuePattern("%{number-idioms/phrase}")
_LINK: Final = re.compile(
    r"(?:https?://|www\.|[\w.+-]+@)[\w./?&=%#~:+-]*|[a-z][\w-]*\.(?:com|cn|net|org|io|ai)[\w./?&=%#-]*"
)
_TITLE: Final = re.compile(r"《[^《》\n]{1,60}》")
_ORDINALS: Final = re.compile(r"第\s?[\d一二三四五六七八九十百]+[、和及至到~-]$")
# a Latin word before a number makes a model or version of it (Model 42), unless it is a word of a sentence
_MODEL: Final = re.compile(
    r"(?<![a-z])(?!(?:in|of|to|at|by|on|for|and|or|the|a|from|with|over|than|about|some|nearly|under|only|since|until|is|was|are|were|"
    r"has|have|had|reached|hit|least|most|its|sku|gmv|dau|mau|app|arpu|roi)\s$)[a-z][a-z-]{0,12}\s$"
)
_PART_OF_DAY: Final = CuePattern("%{times-of-day}$")
_LONGEST_PART: Final = 4  # characters of a part of the day
# 2025年春节前 is a bound of time; 前三季度, 前往, 后续 and the like are other words
_YEARS_AIM: Final = re.compile(r"\s(?:goals?|targets?|forecasts?|guidance|budgets?|plans?|results?)(?![a-z])")
_AROUND: Final = re.compile(
    r"\s?(?:前后|左右|以前|之前|以来|以后|之后|前(?![\d一二两三四五六七八九十几往来景端台沿途列瞻期提锋夕任身所])|后(?![来续半期台端勤排备方疫\d]))"
)
_YEAR_IN_FULL: Final = re.compile(r"(?:\d{4}|民国|一[八九][〇零○\d一二三四五六七八九]{2}|二[〇零○])|[a-z]|\d{1,2}[./-]")
_PHRASE_CHARS: Final = 4  # characters of a set phrase that may stand before its last numeral
_NUMERALS: Final = "零〇一二两三四五六七八九十百千万亿"
_NUMBERED: Final = re.compile(
    r"(?:(?<![一-鿿])[表图]|(?<=[见如据由在从与和])[表图]|附[图表录]|公式|[参详]见|(?<!每)周|星期|礼拜|(?<![a-z])(?:no\.|table|figure|fig\.|chapter|section))\s?$"
)
_SECTION: Final = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})\s?(?=[一-鿿a-z\"《])(?![万亿千百元%])")
_DISCOUNT: Final = re.compile(r"([一二三四五六七八九])([一二三四五六七八九])折(?![叠扣射磨腾线合返旧中])")
_YEARLIKE: Final = re.compile(r"(?:19|20)\d\d\s?(?:年|[-/.]\d)|\d+(?:\.\d+)?\s?%")
_IDLE_START: Final = {
    "去": False,
    "今": False,
    "明": False,
    "同": False,
    "当": False,
    "次": False,
    "本": False,
    "上": True,
    "翌": False,
    "民": False,
}


# Digits without end are no figure, and everything that looks for one would read them all.
_FOUNDING_CHARS = 6  # 创立于 before the year
_FOUNDED_IN = CuePattern(r"%{founding-verbs/verb}[于在自]\Z")
_FOUNDED_THEN = CuePattern("[^,。;!?]{0,6}?%{founding-verbs/verb}")
_CODE = re.compile(r"\d{40,}")


def scan_sentence(text: str, start: int, end: int, clock: Clock) -> Iterator[Figure]:
    """The figures of folded text[start:end] from left to right.

    Args:
        text: Folded text; nothing outside [start, end) becomes part of a figure.
        start: Where the sentence begins.
        end: Where it ends.
        clock: The text's present; the year last spoken of is moved along.
    """
    piece = text[start:end]
    links = [m.span() for m in _LINK.finditer(text, start, end)] if "." in piece or "@" in piece else []
    if "《" in piece:
        links += [m.span() for m in _TITLE.finditer(text, start, end)]
    at = start
    dated = -1
    clock.new_sentence()
    while m := _ANCHOR.search(text, at, end):
        i = m.start()
        if links and (over := next((e for s, e in links if s <= i < e), None)):
            at = over
            continue
        if code := _CODE.match(text, i, end):
            at = code.end()
            continue
        clock.hear(text, start, i)
        figure = _read(text, i, start, clock, dated)
        if figure is None or figure.end > end:
            at = _past(text, i, m.end(), end)
            continue
        if figure.is_date and figure.year is not None:
            clock.said = figure.year
            if _YEAR_IN_FULL.match(text, figure.start) and not _is_founding(text, start, figure):
                clock.here = figure.year
        dated = figure.end if figure.is_date else dated
        at = max(figure.end, i + 1)
        yield figure
    clock.end_of_sentence(text, start, end)


def _is_founding(text: str, start: int, date: Figure) -> bool:
    """Whether a year is told as the one in which somebody was founded: 创立于1987年, 1987年创立的; 今年 is not of that year."""
    before = text[max(start, date.start - _FOUNDING_CHARS) : date.start]
    return _FOUNDED_IN.search(before) is not None or _FOUNDED_THEN.match(text, date.end) is not None


def _past(text: str, i: int, stop: int, end: int) -> int:
    """Where to go on after nothing was found at `i`: behind a run of digits or Latin letters, else the next character."""
    c = text[i]
    if (broken := read_number(text, i)) is not None and broken.broken:
        return max(broken.end, stop)
    if c.isdigit() and c.isascii():
        while i < end and (
            text[i].isascii() and (text[i].isalnum() or (text[i] in ".,-" and text[i + 1 : i + 2].isdigit()))
        ):
            i += 1
        return max(i, stop)
    if c in "二两三四五六七八九十百千":
        number = read_number(text, i)
        return max(number.end, stop) if number and number.end > i and text[number.end - 1] not in "多余" else stop
    return stop


def _read(text: str, i: int, floor: int, clock: Clock, dated: int) -> Figure | None:
    c = text[i]
    before = text[i - 1] if i > floor else ""
    digit = c.isascii() and c.isdigit()
    money = read_currency(text, i) if digit and i > floor else None
    if money is None and before and before.isascii() and (before.isalpha() or before in "_@#&"):
        return None
    if digit and before and before in "./-:" and i - 2 >= floor and text[i - 2].isascii() and text[i - 2].isalnum():
        return None
    if money is None:
        if before == "第" or (before and before in "、和及至到~-" and _ORDINALS.search(text, max(floor, i - 8), i)):
            return None
        if digit and before == " " and _MODEL.search(text, max(floor, i - 16), i) and not _real_unit(text, i):
            return None
        found = _read_time(text, i, floor, clock, dated)
        if found is not None:
            return found
    if before == "第" or not _IDLE_START.get(c, True):
        return None
    if money is None and _belongs_before(text, i, floor):
        return None
    if _IDIOM.match(text, i) or (not digit and _in_idiom(text, i) and not _is_vague(text, i)):
        return None
    if share := read_share(text, i):
        return with_qualifier(text, floor, i, share[0], share[1], share[2], Unit("%", "share", share[0]), None)
    if (m := _DISCOUNT.match(text, i)) and before not in tuple(_NUMERALS) and DIGITS[m[2]] != DIGITS[m[1]] + 1:
        price = Decimal(f"{DIGITS[m[1]]}.{DIGITS[m[2]]}")
        return with_qualifier(text, floor, i, m.end(), price, price, Unit("折", "multiple", m.end()), None)
    if double := DOUBLED.match(text, i):
        return read_doubling(text, floor, double)
    return read_quantity(text, i, floor, clock, money)


def _belongs_before(text: str, i: int, floor: int) -> bool:
    """Whether the number at `i` goes on with a number before it, numbers a table, a figure, a section or a list, or is a day of
    the week."""
    before = text[i - 1] if i > floor else ""
    digit = text[i].isascii() and text[i].isdigit()
    if before and (
        (digit and before in _NUMERALS)
        or (not digit and text[i] in _NUMERALS and before.isascii() and before.isdigit())
    ):
        return True
    return _NUMBERED.search(text, max(floor, i - 8), i) is not None or _is_section(text, i)


def _in_idiom(text: str, i: int) -> bool:
    """Whether a numeral stands inside an idiom or a set phrase: 三番五次, 说一千道一万."""
    return idiom_around(text, i) or any(
        (m := _IDIOM.match(text, i - back)) is not None and m.end() > i for back in range(1, min(i, _PHRASE_CHARS) + 1)
    )


def _is_vague(text: str, i: int) -> bool:
    """Whether an idiom counts after all: 成千上万, 成百上千."""
    number = read_number(text, i)
    return number is not None and number.vague


def _is_section(text: str, i: int) -> bool:
    """Whether a line begins with a number of two or more levels (3.1 会员), which numbers the section."""
    if i and text[i - 1] != "\n" and text[max(0, text.rfind("\n", 0, i) + 1) : i].strip(" #*"):
        return False
    m = _SECTION.match(text, i)
    return m is not None and read_unit(text, m.end("n")) is None


def _read_time(text: str, i: int, floor: int, clock: Clock, dated: int) -> Figure | None:
    """A date, hours or a date with hours at `i`."""
    if text[i] in "两百千廿卅万亿半几数成翻" and text[i] != "廿":
        return None
    if text[i].isdigit():
        part = _PART_OF_DAY.search(text, max(floor, i - _LONGEST_PART), i)
        if part is not None and (hours := read_hours(text, part.start())):
            return _date(text, hours.start, hours.end, hours.iso, None)
        if hours := read_hours(text, i, after_date=dated >= 0 and text[dated:i].strip() == ""):
            return _date(text, i, hours.end, hours.iso, None)
    elif text[i] in "一二三四五六七八九十" and (hours := read_hours(text, i)):
        return _date(text, i, hours.end, hours.iso, None)
    found = read_date(text, i, clock, future=_ahead(text, i, floor))
    if found is None:
        if text[i].isdigit() and (i == floor or not text[i - 1].isdigit()):
            bare = read_bare_year(text, i)
            if bare and _is_bare_year(text, bare.end, floor, i):
                return _date(text, i, bare.end, bare.iso, bare.year)
        return None
    end, iso = found.end, found.iso
    if text.endswith(("每年", "历年", "往年"), floor, i):
        iso = None
    gap = end + (text[end : end + 1] == " ")
    hours = read_hours(text, gap, after_date=True)
    if hours is not None:
        end, iso = hours.end, None if iso is None else iso + (hours.iso or "")
    return _date(text, found.start, end, iso, found.year)


def _ahead(text: str, i: int, floor: int) -> bool:
    return (
        _FUTURE.search(text, max(floor, i - 8), i) is not None
        or looks_ahead(text[max(floor, i - 8) : i])
        or _SOON.match(text, i) is not None
    )


def _is_bare_year(text: str, end: int, floor: int, start: int) -> bool:
    """Whether four digits such as 2019 name a year: no unit, no counted noun, no word of quantity around them."""
    number = read_number(text, start)
    if number is None or number.end != end or read_unit(text, end) or noun_unit(text, end):
        return False
    if fills_cell(text, start, end):
        return True
    if _YEARS_AIM.match(text, end) is not None:
        return True  # its 2022 goal of 300 stations
    rest = text[end : end + 2].lstrip()
    if not rest or not (rest[0].isalpha() or rest[0] in ',，.)"。、'):
        return False
    window = text[max(floor, start - 4) : start]
    if (rest[0].isascii() and rest[0].isalpha()) or rest[0] in ',，.)"。、':
        return (
            re.search(
                r"(?:in|since|by|of|from|until|during|early|late|and|to)\s$|[在于到从自至]\s?$",
                text[max(0, start - 8) : start],
            )
            is not None
        )
    return not QUALIFIER.search(window) and not BARE_CUE.search(window) and text[end] != "年"


def _date(text: str, start: int, end: int, iso: str | None, year: int | None) -> Figure:
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    q = _AROUND.match(text, end)
    return Figure(
        start, end, None, None, "日期", None, q[0].strip() if q else "", iso, True, year, q.end() if q else end
    )


def _real_unit(text: str, i: int) -> bool:
    """Whether the number at `i` has a unit or a scale in words, so that it is more than the number of a model."""
    if _YEARLIKE.match(text, i) is not None:
        return True
    number = read_number(text, i)
    if number is None or (number.scale > 1 and text[number.end - 1] in "km"):
        return False
    return number.scale > 1 or read_unit(text, number.end) is not None or plural_unit(text, number.end) is not None
