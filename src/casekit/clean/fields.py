"""Labelled fields of bylines and footers: 作者:X 来源:Y 编辑 | Z, By X, and the names in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from casekit.clean.dates import HAN_YEAR, Dated, find_date
from casekit.clean.labels import KINDS, Kind, find_labels, kind_of
from casekit.clean.leads import is_lead_alone, read_lead
from casekit.clean.lines import Line, cue_form
from casekit.clean.names import BRACKETS, EDGE, JOIN, PLACEHOLDERS, STOPPED, is_person_name, without_brackets
from casekit.clean.outlets import is_outlet_name
from casekit.clean.reporters import house_behind, line_house, reporters_line
from casekit.cues import CuePattern, CueWords
from casekit.types import Span

__all__ = [
    "Field",
    "MetaLine",
    "read_fields",
    "source_names",
]

# A value longer than this is a sentence that happens to stand behind a colon.
VALUE_MAX_CHARS = 40
LINE_MAX_CHARS = 160
# Beside a date stand a time of day, its zone, a weekday.
DATE_REST_CHARS = 24
LABEL_CHARS = 14
DATED_MAX_CHARS = 60
"""Of a line with a day and an hour, whatever else of it cannot be read."""


_STOP = re.compile(r"[。!?…]")
_PUBLISHED = CuePattern(r"%{update-marks/published-at}\s*:?\s*$")
_CHANGED = CuePattern(r"%{update-marks/before}")
# The journal before its issue: 《某刊》2018年第7期.
_ISSUE = re.compile(r"[\s(\[【]*《?(?P<house>[\u4e00-\u9fffa-z\d ]{2,14}?)》?[\s·,|]*$")
_AUTHOR = CuePattern("%{reporters/self}")
_STAMPED = CuePattern(r"%{date-stamps/stamp}(?:\d{1,2}:\d{2})?|[\d:]+")
_BUTTONS = CuePattern("%{byline-buttons/line}")
_BUTTON_BEHIND = CuePattern(r"\s+%{byline-buttons/behind}")
_DATE_LABEL = CuePattern(r"\s*%{byline-labels/date}\s*[:|]?\s*")
# Words that label a date only where one stands behind them: 时间:周三晚上八点 announces an event.
_BARE_DATES = CueWords("update-marks/bare")
# How often it was read, or the buttons for the size of its letters (字号:大 中 小, 字号:T | T).
_COUNTED = CuePattern(
    r"[\d,.]+\D{0,12}[\d,.]*\D{0,4}$|\(|约|暂无|(?:(?:%{byline-buttons/size})[+\-]?(?:[\s|丨/]+|$))+$"
)
# Behind the label of authors itself, what somebody calls himself may hold one word of grammar (爱上某某的老李), but asks nothing.
_OF_AUTHORS = CueWords("reporters/writer-labels")
_SIGNS_ITSELF = CuePattern(r"[\u4e00-\u9fffa-z\d]{1,8}%{reporters/nickname}[\u4e00-\u9fffa-z\d]{1,4}$")
_ENGLISH_POST = CuePattern(r",\s*(?:%{reporters/english})\s*$")
_DAMAGED_EDGE = EDGE + "?"  # a sign that an encoding lost
_EMPHASIS = re.compile(r"[*_]+(?=\S)|(?<=\S)[*_]+")
_CLOCKED = re.compile(r"\d:\d{2}(?::\d{2})?$")
_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?")
_OUTLET = CuePattern(r"[\u4e00-\u9fffa-z\d]{1,10}(?:%{outlet-ends})")
_WIRE_LINE = CuePattern(
    r"[(\[【]?(?P<house>[\u4e00-\u9fff]{1,7}(?:%{reporters/paper}|%{outlet-ends}))\s*/?\s*[\u4e00-\u9fff]{2,4}\s*\d{1,2}日%{reporters/wire}[)\]】]?"
)
REPORTER_MAX_CHARS = 16
_HINT = re.compile(HAN_YEAR.pattern + r"|[《:丨|/〡︳❘▏·•◎⊙】〕\d\s]")
_BIO = re.compile(
    r"[(【\[]?(?:本文)?作者\s*(?:[:|]|简介\s*:|系|为)?\s*(?P<name>[\u4e00-\u9fff]{2,4})\s*(?:$|[,(]|[系为是])[^。?!]{0,60}[。)】\]]{0,2}$"
)
# (本文作者系某某大学某学院教授 某某)
_POSTED_BIO = CuePattern(
    r"[(【\[]?(?:本文)?%{byline-labels/author}\s*(?::|%{reporters/is})\s*[\u4e00-\u9fff\s]{2,30}?(?:%{posts}|%{reporters/staff})\s*(?P<name>[\u4e00-\u9fff]{2,4})[。)】\]]{0,2}$"
)


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled value of a line; `start`, `end` are positions of the value in `Line.seen`."""

    kind: Kind
    label: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MetaLine:
    """A line that states metadata: its fields, its date, and the short rest that neither accounts for."""

    fields: tuple[Field, ...]
    date: Dated | None
    rest: str


def source_names(value: str, form: str) -> tuple[str | None, tuple[str, ...]]:
    """(paper or site, authors) of the value of a source field: 蓝图商业 王小明 -> ("蓝图商业", ("王小明",))."""
    if "://" in form:
        return None, ()
    value, form = without_brackets(value, form)
    words = [(m[0], value[m.start() : m.end()]) for m in re.finditer(r"[^\s、,,|丨/;;]+", form)]
    words = [(f, v.strip(EDGE + "\"'“”「」『』《》")) for f, v in words]
    words = [(f, v) for f, v in words if v and f not in PLACEHOLDERS and not f.startswith(("http", "www."))]
    if words and words[0][0].rstrip(":") in KINDS():
        words = words[1:]
    if not words:
        return None, ()
    if not any("\u4e00" <= c <= "\u9fff" for c in form):
        name = re.split(r"[,|;/]", value)[0].strip(EDGE)
        return (name if name and is_outlet_name(name.lower()) else None), ()
    authors = tuple(v for f, v in words[1:] if is_person_name(v, f))
    name = words[0][1]
    for mark in ("公众号", "微信公众号", "网站"):
        if words[0][0].startswith((mark + ":", mark + "|")):
            name = name[len(mark) + 1 :]
    if not is_outlet_name(form if form.startswith("《") else words[0][0]):
        return None, authors
    return (name.strip(EDGE + "\"'“”「」『』《》") or None), authors


def read_fields(line: Line) -> MetaLine | None:
    """What a line states as metadata, None where it is something else.

    A line counts when labels with short values, a date, figures and at most a short rest make it up. Values of author
    labels must look like names, so that an interview (记者:你怎么看?) stays an interview.
    """
    line = _plain(line)
    form = line.form
    if is_lead_alone(line):
        return _of_lead(line)
    if len(form) <= REPORTER_MAX_CHARS and not _HINT.search(form) and (alone := reporters_line(line)):
        return MetaLine(_of_reporters(line, alone), None, "")
    if len(form) > LINE_MAX_CHARS or not (_HINT.search(form) or _AUTHOR.search(form)):
        return None
    if (wire := _WIRE_LINE.fullmatch(form)) is not None:
        return MetaLine((_unlabelled(line, "source", Span(*wire.span("house"))),), None, "")
    date = _chosen_date(form)
    marks = find_labels(form, dated=date is not None)
    bio = _BIO.match(form) or _POSTED_BIO.match(form)
    if (
        bio
        and date is None
        and len(marks) <= 1
        and is_person_name(*(x[bio.start("name") : bio.end("name")] for x in (line.seen, form)))
    ):
        start, end = bio.span("name")
        return MetaLine((Field("author", "作者", line.seen[start:end], start, end),), None, "")
    undated = _without_date(line, date)
    if named := reporters_line(undated):
        return MetaLine(_of_reporters(undated, named), date, "")
    if not marks and date is None:
        return None
    read = [_field(line, mark, following, date) for mark, following in zip_longest(marks, marks[1:])]
    fields = [one for one in read if one is not None]
    if any(one.kind == "member" and date and one.start <= date.span.start < one.end for one in fields):
        date = None
    # One field that cannot be read takes nothing from the others, if these are what the line is for.
    unread = len(read) - len(fields)
    told = sum(bool(one.value) for one in fields if one.kind != "count") + (date is not None)
    timed = date is not None and _CLOCKED.search(date.span.slice(form)) is not None and len(form) <= DATED_MAX_CHARS
    if unread and not timed and (told <= unread or _STOP.search(form)):
        return None
    rest = _rest(line, marks[0].start() if marks else len(form), date)
    if rest is None:
        if told < 2 or not fields or _STOP.search(form):
            return None
        rest = ""
    if date and not rest and any(one.kind == "date" and one.start <= date.span.start < one.end for one in fields):
        rest = _behind_clock(line, date)
    if date and (issue := _ISSUE.match(form, 0, date.span.start)) and form[date.span.end - 1] == "期":
        fields.append(_unlabelled(line, "source", Span(*issue.span("house"))))
        rest = ""
    return MetaLine(tuple(fields), date, rest)


def _of_reporters(line: Line, names: Sequence[Span]) -> tuple[Field, ...]:
    """The fields of a line of reporters: their names, and the paper that opens it or stands behind them."""
    house = line_house(line) or house_behind(line)
    papers = (_unlabelled(line, "source", house),) if house else ()
    return (*(_unlabelled(line, "author", span) for span in names), *papers)


def _plain(line: Line) -> Line:
    """The line with blanks in the place of emphasis that was pasted as Markdown (*Posted on* 2021-01-19)."""
    if "*" not in line.form and "_" not in line.form:
        return line
    form = _EMPHASIS.sub(lambda found: " " * len(found[0]), line.form)
    seen = "".join(" " if f == " " else s for s, f in zip(line.seen, form, strict=True))
    return replace(line, seen=seen, form=form)


def _of_lead(line: Line) -> MetaLine:
    """The fields of a line that holds nothing but a story's opening words."""
    lead = read_lead(line)
    named: list[tuple[Kind, str]] = [("author", name) for name in lead.names]
    named += [("source", lead.house)] if lead.house else []
    fields = []
    for kind, value in named:
        at = line.seen.index(value)
        fields.append(Field(kind, "", value, at, at + len(value)))
    return MetaLine(
        tuple(fields), find_date(line.form) if lead.date and len(lead.date) == len("2021-01-19") else None, ""
    )


def _unlabelled(line: Line, kind: Literal["author", "source"], span: Span) -> Field:
    """A value that its place in the line tells, without a label."""
    return Field(kind, "", span.slice(line.seen), span.start, span.end)


def _without_date(line: Line, date: Dated | None) -> Line:
    """The line with blanks in the place of its date and of the label before that."""
    if date is None:
        return line
    start, end = date.span.start, date.span.end
    if (label := _DATE_LABEL.match(line.form)) and label.end() == start:
        start = 0
    # a time of day behind it is the date's
    end += len(clock[0]) if (clock := _CLOCK.match(line.form, end)) else 0
    blank = " " * (end - start)
    return replace(
        line, seen=line.seen[:start] + blank + line.seen[end:], form=line.form[:start] + blank + line.form[end:]
    )


def _field(line: Line, mark: re.Match[str], following: re.Match[str] | None, date: Dated | None) -> Field | None:
    """The value behind a label, up to the next label, date or button; None where it cannot be such a value."""
    form = line.form
    start, end = mark.end(), following.start() if following else len(form)
    while start < end and form[start] in _DAMAGED_EDGE:
        start += 1
    end = _trimmed(form, start, end)
    kind = kind_of(mark["label"]) or "source"
    if kind == "date" and form[start:end].startswith("《"):
        kind = "source"  # 发表于《某刊》
    if kind in ("author", "editor", "source"):
        button = _BUTTON_BEHIND.search(form, start, end)
        if button and button.start() > start:
            end = _trimmed(form, start, button.start())
    if kind not in ("date", "count", "title", "topic", "member") and date and start <= date.span.start < end:
        end = _trimmed(form, start, date.span.start)
    field = Field(kind, mark["label"], line.seen[start:end], start, end)
    return field if _plausible(field, form[start:end]) else None


def _trimmed(form: str, start: int, end: int) -> int:
    while end > start and form[end - 1] in EDGE:
        end -= 1
    return end


def _chosen_date(form: str) -> Dated | None:
    """The date of a line: the one labelled as that of publication, else the first that no word calls a later one."""
    found: list[Dated] = []
    at = 0
    while (date := find_date(form, at)) is not None:
        found.append(date)
        at = max(date.span.end, at + 1)
    if len(found) < 2:
        return found[0] if found else None
    before = [form[max(0, one.span.start - LABEL_CHARS) : one.span.start] for one in found]
    for date, words in zip(found, before, strict=True):
        if _PUBLISHED.search(words):
            return date
    return next((d for d, words in zip(found, before, strict=True) if not _CHANGED.search(words)), found[0])


_CLAUSE = CuePattern("%{byline-grammar}")


def _plausible(field: Field, form: str) -> bool:
    long = field.kind in ("title", "topic") or (field.kind == "author" and form.isascii())
    if len(form) > (80 if long else VALUE_MAX_CHARS):
        return False
    if field.kind in ("title", "topic"):
        return not form.endswith("。")
    if field.kind == "date" and (date := find_date(form)) is not None:
        return len(form) - len(date.span) <= DATE_REST_CHARS
    if field.kind == "author" and _SIGNS_ITSELF.match(form) and field.label in _OF_AUTHORS:
        return True  # 作者:爱上某某的老李
    if STOPPED.search(_ENGLISH_POST.sub("", form.replace(";", "、")) if field.kind == "author" else form):
        return False
    if field.kind == "author":
        return not form or _names_only(form)
    if field.kind == "count":
        return not form or bool(_COUNTED.match(form))
    if field.kind == "date" and field.label in _BARE_DATES:
        return find_date(form) is not None  # 时间:周三晚上八点 announces an event
    if field.kind == "date":
        return not form or find_date(form) is not None or bool(re.search(r"\d|刚刚|今天|昨天", form))
    return True


def _names_only(form: str) -> bool:
    """Whether a value can be names: every piece short, no piece with the grammar of a clause."""
    if not any("\u4e00" <= c <= "\u9fff" for c in form):
        return len(form.split()) <= 8
    pieces = [p for p in JOIN.split(BRACKETS.sub("", form)) if p]
    return all(len(p) <= 14 and not _CLAUSE.search(p) for p in pieces)


def _behind_clock(line: Line, date: Dated) -> str:
    """The paper that stands behind a labelled day (时间:2021-03-05 10:20 某某网), empty where something else does."""
    clock = _CLOCK.match(line.form, date.span.end)
    at = clock.end() if clock else date.span.end
    word = line.form[at:].strip(EDGE)
    return line.seen[at:].strip(EDGE) if _OUTLET.fullmatch(word) else ""


def _rest(line: Line, first: int, date: Dated | None) -> str | None:
    """What stands before the first label besides the date; None where that is too much for a dateline."""
    form, seen = line.form[:first], line.seen[:first]
    if date and date.span.start < first:
        tail = min(date.span.end, first)
        seen, form = seen[: date.span.start] + " " + seen[tail:], form[: date.span.start] + " " + form[tail:]
    for button in reversed(list(_BUTTONS.finditer(form))):
        seen, form = (
            seen[: button.start()] + " " + seen[button.end() :],
            form[: button.start()] + " " + form[button.end() :],
        )
    rest = seen.strip(EDGE)
    words = [word for word in rest.split() if word.strip(EDGE) and not _STAMPED.fullmatch(cue_form(word))]
    if len(" ".join(words)) > 20 or STOPPED.search(form.strip(EDGE)) or len(words) > 4:
        return None
    if len(rest) > 12 and not (rest.isascii() or any(c.isspace() or c in "[]【】" for c in rest)):
        return None
    return rest
