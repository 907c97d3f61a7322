"""The opening words of a news story: who sent it, from where and when (本报讯(记者 X), 某某社某地3月2日电, 【某报专讯】)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from casekit.clean.dates import HAN_DAY, MONTH, find_date
from casekit.clean.lines import Line
from casekit.clean.names import is_person_name, people
from casekit.clean.reporters import OWN_HOUSES, line_house, named_in
from casekit.cues import CuePattern
from casekit.types import Span

__all__ = ["Lead", "is_lead_alone", "read_lead"]

# The opening words of a story are looked at, never its sentences.
LEAD_MAX_CHARS = 90

_HOUSE = r"(?P<house>(?:%{reporters/kind}|[\u4e00-\u9fffa-z\d]{1,9}?(?:%{reporters/paper}|%{outlet-ends})(?!%{reporters/agency})))"
_DAY = r"(?:(?:(?:19|20)\d{2}年)?\d{1,2}月)?\d{1,2}日"
# 某某日报3月2日讯, 某某社某地2020年3月2日电, 【某报专讯】: a house, at most a place and a day, and the word for a dispatch.
_DISPATCH = CuePattern(
    rf"[(\[【〔《]?\s*%{{origin-verbs/after}}?{_HOUSE}\s*(?P<place>[\u4e00-\u9fff]{{0,8}}?)\s*(?P<day>{_DAY})?\s*(?:%{{reporters/dispatch}})"
    r"(?=[\s()\[\]【】〔〕》:]|$)\s*[)\]】〕》]?\s*:?\s*"
)
# [某某新闻] before the first sentence; 【科技新闻】 is a section.
_BRACKETED = CuePattern(
    r"[\[【〔](?P<house>[\u4e00-\u9fffa-z\d]{2,12}?(?:%{outlet-ends/paper}|%{outlet-ends/site}|%{outlet-ends/house}))[\]】〕]\s*(?=\S)"
)
_SECTION = CuePattern(
    "(?:%{date-stamps/stamp})?(?:%{outlet-ends/house})?|%{no-titles/label}|(?:%{places/province}|%{places/country}).{0,4}"
)
_DAY_ALONE = re.compile(r"\d{1,2}(?=\D$)")
# (记者 某某 通讯员 某某) behind that, or the same without brackets up to a colon.
_SENDERS = CuePattern(
    r"[(\[【〔〈<](?P<inner>[^()\[\]【】〔〕〈〉<>。]{2,40})[)\]】〕〉>]"
    r"|(?P<open>%{reporters/staff}\s*[\u4e00-\u9fff、\s]{2,20}?(?:%{reporters/filed}|%{reporters/deed})?)\s*[::]"
)
# 记者某某/台北报道 before the first sentence, without brackets.
_SLASHED = CuePattern(r"(?P<inner>%{reporters/staff}[^。,\s()]{2,24}%{reporters/filed})[\s。]?")
# An agency's story: (某社记者王小明台北8日电); the place is what stands between name and day.
_WIRE = CuePattern(
    r"[(\[【〔]?\s*(?P<house>[\u4e00-\u9fff]{2,8}?)(?:%{reporters/kind})*%{reporters/staff}\s?"
    r"(?:(?P<name>[\u4e00-\u9fff]{2,3}?)\s?(?:%{places/province}|%{places/city}|%{places/country})|(?P<named>[\u4e00-\u9fff]{2,3})\s?"
    rf"(?:(?!{HAN_DAY})[\u4e00-\u9fff]){{2}})"
    rf"\s?(?:\d{{1,2}}|{HAN_DAY})日%{{reporters/wire}}\s*[)\]】〕]?"
)
# A service that sends out what firms write: 某地2020年3月2日电 /某某网/ --
_SERVICE = CuePattern(
    r"(?P<place>[\u4e00-\u9fff、]{2,12})(?P<day>(?:19|20)\d{2}\D\d{1,2}\D\d{1,2}\D)%{reporters/wire}\s*/(?P<house>[^/。,]{2,16})/[\s\-–—]*"
)
# LONDON, July 8 (Reuters) - The first sentence.
_ENGLISH_WIRE = re.compile(
    rf"(?:[a-z][a-z .,/'’]{{1,40}}?,?\s*)?(?:{MONTH}\.?\s\d{{1,2}}\s*)?\((?P<house>[a-z][a-z &.]{{1,24}})\)\s*(?:-{{1,2}}|–|—)\s+(?=\S)"
)
_LIST_MARKS = re.compile(r"(?:[•·●○▪■◆*]\s*)+(?=\S)")
_STAFF = CuePattern("%{reporters/staff}")
_DATED_HOUSE = CuePattern(r"(?P<house>[\u4e00-\u9fffa-z\d]{1,9}(?:%{reporters/paper}|%{outlet-ends}))\s*[,/]?\s*")


@dataclass(frozen=True, slots=True)
class Lead:
    """What a story's opening words tell: its reporters, the agency or paper, the day, and where these words end."""

    names: tuple[str, ...] = ()
    house: str | None = None
    date: str | None = None
    end: int = 0
    day: int | None = None
    """The day of the month, where that is all that is told (某某社4日电)."""


def read_lead(line: Line) -> Lead:
    """The reporters, the house and the day that the opening words of a news story name; empty where they name none."""
    if marks := _LIST_MARKS.match(line.form):  # a page that lists one article; a row of them is a rule across it
        lead = _read_lead(_part(line, marks.end(), len(line.form)))
        return replace(lead, end=lead.end + marks.end()) if lead != Lead() else lead
    return _read_lead(line)


def _read_lead(line: Line) -> Lead:
    form = line.form[:LEAD_MAX_CHARS]
    if english := _ENGLISH_WIRE.match(form):
        return Lead((), _foreign(line, english.span("house")), None, english.end())
    if wire := _WIRE.match(form):
        start, end = wire.span("name" if wire["name"] else "named")
        sender: tuple[str, ...] = (
            (line.seen[start:end],) if is_person_name(line.seen[start:end], form[start:end]) else ()
        )
        return Lead(sender, _foreign(line, wire.span("house")), None, wire.end())
    if service := _SERVICE.match(form):
        day = find_date(service["day"])
        return Lead((), _foreign(line, service.span("house")), day.iso if day else None, service.end())
    if dispatch := _DISPATCH.match(form):
        senders = _SENDERS.match(form, dispatch.end())
        names = _named(line, senders) if senders else ()
        day = find_date(dispatch["day"]) if dispatch["day"] else None
        end = senders.end() if senders else dispatch.end()
        told = _DAY_ALONE.search(dispatch["day"] or "")
        house = _foreign(line, dispatch.span("house"))
        return Lead(names, house, day.iso if day else None, end, int(told[0]) if told else None)
    if found := _SENDERS.match(form) or _SLASHED.match(form):
        if names := _named(line, found):
            group = str(found.lastgroup)
            inner = _part(line, *found.span(group))
            stands = line_house(inner)
            return Lead(names, stands.slice(inner.seen) if stands else None, None, found.end())
        if (dated := _dated_house(line, found)).house:
            return dated
    if (named := _BRACKETED.match(form)) and not _SECTION.fullmatch(named["house"]):
        return Lead((), _foreign(line, named.span("house")), None, named.end())
    return Lead()


def is_lead_alone(line: Line) -> bool:
    """Whether a line holds nothing but a story's opening words (某报专讯)."""
    lead = read_lead(line) if len(line.form) <= LEAD_MAX_CHARS else Lead()
    return bool(lead.house or lead.names) and not line.form[lead.end :].strip()


def _dated_house(line: Line, found: re.Match[str]) -> Lead:
    """A paper and a day in brackets: (某某周刊 2020/04/05)."""
    start, end = found.span(str(found.lastgroup))
    inner = line.form[start:end]
    house = _DATED_HOUSE.match(inner)
    date = find_date(inner, house.end()) if house else None
    if house is None or date is None or date.span.start != house.end() or inner[date.span.end :].strip():
        return Lead()
    return Lead((), _foreign(line, (start + house.start("house"), start + house.end("house"))), date.iso, found.end())


def _foreign(line: Line, span: tuple[int, int]) -> str | None:
    """The house as printed, None for 本报 and the like."""
    start, end = span
    return None if line.form[start:end] in OWN_HOUSES else line.seen[start:end]


def _part(line: Line, start: int, end: int) -> Line:
    return Line(Span(0, end - start), line.seen[start:end], line.form[start:end], 0, False)


def _named(line: Line, found: re.Match[str]) -> tuple[str, ...]:
    """The people in a match's last group; a sentence that happens to stand in brackets names none."""
    start, end = found.span(str(found.lastgroup))
    form = line.form[start:end]
    if spans := named_in(form):
        return tuple(line.seen[start + one.start : start + one.end] for one in spans)
    return people(line.seen[start:end], form, strict=True) if _STAFF.match(form) else ()
