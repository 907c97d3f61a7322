"""Labelled fields of bylines and footers: 作者:X 来源:Y 编辑 | Z, By X, and the names in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, cast

from casekit.clean.dates import Dated, find_date
from casekit.clean.lines import Line
from casekit.clean.names import BRACKETS, EDGE, JOIN, PLACEHOLDERS, STOPPED, is_person_name, people, without_brackets
from casekit.clean.outlets import is_outlet_name
from casekit.cues import CuePattern, Cues, from_cues

__all__ = [
    "Field",
    "MetaLine",
    "lead_authors",
    "read_credit",
    "read_fields",
    "source_names",
]

Kind = Literal[
    "author", "editor", "source", "publisher", "title", "date", "poster", "account", "count", "topic", "member"
]

# A value longer than this is a sentence that happens to stand behind a colon.
VALUE_MAX_CHARS = 40
LINE_MAX_CHARS = 160


def _kinds(cues: Cues) -> dict[str, Kind]:
    """Kind of value behind each label, the label without blanks."""
    return {
        label.replace(" ", ""): cast("Kind", kind)
        for kind in cues.sections("byline-labels")
        for label in cues.words(f"byline-labels/{kind}")
    }


_KINDS = from_cues(_kinds)
_SIGN = r"\s*(?::|丨|\||/|〡|︳|❘|┃|▏|·|•)\s*"
_FIELD = CuePattern(rf"(?<![a-z\u4e00-\u9fff])(?P<label>%{{byline-labels}})(?:{_SIGN}|\s+(?=\S))")
_BUTTONS = CuePattern("%{byline-buttons/line}")
_BUTTON_BEHIND = CuePattern(r"\s+%{byline-buttons/behind}")
_ENGLISH = (
    "by",
    "via",
    "photo",
    "image",
    "source",
    "text",
    "date",
    "section",
    "published",
    "posted",
    "updated",
    "written",
    "edited",
)
_HINT = re.compile(r"[:丨|/〡︳❘▏·•\d\s]")
_STAFF = CuePattern(r".{2,12}(?:%{outlet-ends}|[台刊])(?:%{reporters/kind}|驻.{2,4})?%{reporters/staff}[\s::/|]*")
_TAIWAN_STAFF = CuePattern(
    r"[\[(【〔〈<]?\s*(?:[^\s/\[(【〔]{0,8}\s)?%{reporters/taiwan}\s?(?P<names>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){0,3})"
    r"\s*/\s*[\u4e00-\u9fff]{2,8}报[道导]\s*[\])】〕〉>]?"
)
_BIO = re.compile(
    r"[(【\[]?(?:本文)?作者\s*(?:[:|]|简介\s*:|系|为)?\s*(?P<name>[\u4e00-\u9fff]{2,4})\s*(?:$|[,(]|[系为是])[^。?!]{0,60}[。)】\]]{0,2}$"
)
_LEAD = CuePattern(
    r"(?:本[报刊网社]|[\u4e00-\u9fff]{2,8}?)(?:[\u4e00-\u9fff\d]{0,10})?[讯电]\s*[(\[]\s*(?:[\u4e00-\u9fff]{0,8}?)"
    r"%{reporters/kind}?%{reporters/staff}\s*:?\s*(?P<names>[\u4e00-\u9fff][\u4e00-\u9fff\s、]{1,20}?)\s*"
    r"(?:(?:通讯员|文/图|摄影报道|报道).{0,12})?[)\]]"
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
    value, form = without_brackets(value, form)
    words = [(m[0], value[m.start() : m.end()]) for m in re.finditer(r"[^\s、,,|丨/;;]+", form)]
    words = [(f, v.strip(EDGE + "\"'“”「」『』《》")) for f, v in words]
    words = [(f, v) for f, v in words if v and f not in PLACEHOLDERS and not f.startswith(("http", "www."))]
    if words and words[0][0].rstrip(":") in _KINDS():
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
    form = line.form
    if len(form) > LINE_MAX_CHARS or not _HINT.search(form):
        return None
    marks = [m for m in _FIELD.finditer(form) if _labels(form, m)]
    date = find_date(form)
    bio = _BIO.match(form)
    if bio and is_person_name(*(x[bio.start("name") : bio.end("name")] for x in (line.seen, form))):
        start, end = bio.span("name")
        return MetaLine((Field("author", "作者", line.seen[start:end], start, end),), None, "")
    reporter = _TAIWAN_STAFF.fullmatch(form)
    if reporter:
        start, end = reporter.span("names")
        return MetaLine((Field("author", "记者", line.seen[start:end], start, end),), None, "")
    staff = _STAFF.match(form)
    if staff and people(line.seen[staff.end() :], form[staff.end() :], strict=True) and len(form) <= staff.end() + 16:
        return MetaLine((Field("author", "记者", line.seen[staff.end() :], staff.end(), len(form)),), None, "")
    if not marks and date is None:
        return None
    fields = []
    for mark, following in zip_longest(marks, marks[1:]):
        start, end = mark.end(), following.start() if following else len(form)
        while start < end and form[start] in EDGE:
            start += 1
        while end > start and form[end - 1] in EDGE:
            end -= 1
        kind = _KINDS().get(_key(mark["label"])) or "source"
        button = _BUTTON_BEHIND.search(form, start, end) if kind in ("author", "editor", "source") else None
        if button and button.start() > start:
            end = len(form[: button.start()].rstrip(EDGE))
        field = Field(kind, mark["label"], line.seen[start:end], start, end)
        if kind == "member" and date and start <= date.span.start < end:
            date = None
        elif kind not in ("date", "count", "title", "topic") and date and start <= date.span.start < end:
            end = date.span.start
            while end > start and form[end - 1] in EDGE:
                end -= 1
            field = Field(kind, mark["label"], line.seen[start:end], start, end)
        if not _plausible(field, form[start:end]):
            return None
        fields.append(field)
    first = marks[0].start() if marks else len(form)
    rest = _rest(line, first, date)
    if rest is None:
        return None
    return MetaLine(tuple(fields), date, rest)


_ORIGIN = CuePattern(
    r"%{origin-verbs/verb}\s*%{origin-verbs/account}?\s*[::]?\s*[“\"「『《【]?\s*(?P<source>[^“”\"「」『』《》()【】,。;\s]{2,20})"
)
_WRITER = re.compile(
    r"作者\s*[::|]?\s*@?(?P<a>[^,。;::()“”\"《》【】|]{2,24}?)\s*(?=[,。;()【|]|$)|(?:由|为)\s*@(?P<b>[^\s,。]{2,20})|博主[「“\"](?P<c>[^」”\"]{2,20})[」”\"]"
)
_CLAUSE = CuePattern("%{byline-grammar}")
_NOWHERE = CuePattern("^%{no-origins/begin}|%{no-origins/within}")


def read_credit(line: Line) -> MetaLine | None:
    """The origin and author that a notice in whole sentences names (本文来自公众号“某某”,作者:王小明), None if none."""
    fields = []
    for origin in _ORIGIN.finditer(line.form):
        start, end = origin.span("source")
        if line.form[start - 1] == "《" and line.form[end : end + 1] == "》":
            start, end = start - 1, end + 1
        if _NOWHERE.search(origin["source"]) or not is_outlet_name(line.form[start:end]):
            continue
        fields.append(Field("source", "来源", line.seen[start:end], start, end))
        break
    for writer in _WRITER.finditer(line.form):
        start, end = writer.span(writer.lastgroup or 0)
        named = is_person_name(line.seen[start:end], line.form[start:end]) or writer.lastgroup in ("b", "c")
        if named:
            fields.append(Field("author", "作者", line.seen[start:end], start, end))
    return MetaLine(tuple(fields), None, "") if fields else None


def lead_authors(line: Line) -> tuple[str, ...]:
    """The reporters that the opening words of a news story name: 本报讯(记者 王小明), [記者王小明/台北報導]."""
    found = _TAIWAN_STAFF.match(line.form) or _LEAD.match(line.form)
    if not found:
        return ()
    start, end = found.span("names")
    return people(line.seen[start:end], line.form[start:end], strict=True)


def _key(label: str) -> str:
    return re.sub(r"\s", "", label)


def _labels(form: str, mark: re.Match[str]) -> bool:
    """Whether the match is a label: 文 and the like need a sign, and words like `by` must open the line."""
    label, sign = mark["label"], form[mark.end("label") : mark.end()].strip()
    if sign:
        # 图/文, 2019/文: a slash divides as often as it labels, so it counts only behind Chinese labels.
        return not (sign == "/" and label.isascii()) and not (sign in "·•" and len(label) < 2)
    if label.isascii():
        opens = not form[: mark.start()].strip(EDGE) or bool(find_date(form[: mark.start()]))
        return opens and label.split()[0] in _ENGLISH
    return (
        len(label) >= 2
        and mark.end() - mark.end("label") <= 4
        and _KINDS().get(_key(label)) in ("author", "editor", "source", "date", "poster")
    )


def _plausible(field: Field, form: str) -> bool:
    if len(form) > (80 if field.kind in ("title", "topic") else VALUE_MAX_CHARS):
        return False
    if field.kind in ("title", "topic"):
        return not form.endswith("。")
    if STOPPED.search(form):
        return False
    if field.kind == "author":
        return not form or _names_only(form)
    if field.kind == "count":
        return not form or bool(re.match(r"[\d,.]+\D{0,12}[\d,.]*\D{0,4}$|\(|约|暂无", form))
    if field.kind == "date" and field.label in ("时间", "日期", "发表", "date"):
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
    if len(rest) > 20 or STOPPED.search(form.strip(EDGE)) or len(rest.split()) > 4:
        return None
    if len(rest) > 12 and not (rest.isascii() or any(c.isspace() or c in "[]【】" for c in rest)):
        return None
    return rest
