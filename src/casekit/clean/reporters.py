"""Lines that name who wrote without a label's colon: 晨报见习记者 X, 記者X／台北報導, 【晨訊／記者X／彰化報導】, X 1, Y 2."""

from __future__ import annotations

import re

from casekit.clean.lines import Line
from casekit.clean.names import is_person_name, people, tidied
from casekit.cues import CuePattern, CueWords
from casekit.types import Span

__all__ = ["bare_names", "lead_authors", "lead_house", "line_house", "reporters_line"]

# A line of two or three reporters with their papers and a place; a paragraph is longer.
LINE_MAX_CHARS = 48
# More words than any such line has: paper, post, names, place.
MAX_WORDS = 12
HOUSE_MAX_CHARS = 8
OWN_HOUSES = CueWords("reporters/kind")

_BRACKETS = "()[]【】〔〕〈〉<>《》「」"
_WORD = re.compile(r"[^\s/|丨·、,,&+\-–—()\[\]【】〔〕〈〉<>]+")
_ROLE = CuePattern(
    r"(?P<house>[\u4e00-\u9fffa-z\d]{0,8}?)(?:%{reporters/kind})*%{reporters/staff}:?(?P<name>[\u4e00-\u9fff]{0,6})"
)
_DEED = CuePattern(r"(?P<name>[\u4e00-\u9fff]{2,4})(?:%{reporters/deed})")
_DONE = CuePattern("%{reporters/deed}|%{reporters/kind}|%{reporters/wrote}|%{reporters/pictures}")
_PICTURED = CuePattern("%{reporters/pictures}")
_PLACE = CuePattern(r"[\u4e00-\u9fff]{0,6}%{reporters/filed}|(?:%{places/province}|%{places/city}|%{places/country})")
_FILED = CuePattern("%{reporters/filed}$")
_HOUSE = CuePattern(r"[\u4e00-\u9fffa-z\d]{1,10}(?:%{outlet-ends}|%{reporters/house})")
_PAPER = CuePattern(r"[\u4e00-\u9fffa-z\d]{1,10}(?:%{outlet-ends}|%{reporters/paper})")
_LEAD = CuePattern(
    r"(?:本[报刊网社]|[\u4e00-\u9fff]{2,8}?)(?:[\u4e00-\u9fff\d]{0,10})?[讯电]\s*[(\[]\s*(?:[\u4e00-\u9fff]{0,8}?)"
    r"%{reporters/kind}?%{reporters/staff}\s*:?\s*(?P<names>[\u4e00-\u9fff][\u4e00-\u9fff\s、]{1,20}?)\s*"
    r"(?:(?:通讯员|文/图|摄影报道|报道).{0,12})?[)\]]"
)
# [晨报记者王小明/台北报道] before the first sentence of a paragraph.
_ENCLOSED = CuePattern(
    r"[(\[【〔〈<](?P<inner>[^()\[\]【】〔〕〈〉<>。]{2,40})[)\]】〕〉>]|(?P<slashed>%{reporters/staff}[^。,\s]{2,24}%{reporters/filed})[\s。]?"
)

# An agency's story: (某社记者王小明台北8日电); the place is what stands between name and day.
_WIRE = CuePattern(
    r"[(\[【〔]?\s*(?P<house>[\u4e00-\u9fff]{2,8}?)(?:%{reporters/kind})*%{reporters/staff}\s?"
    r"(?:(?P<name>[\u4e00-\u9fff]{2,3}?)\s?(?:%{places/province}|%{places/city}|%{places/country})|(?P<named>[\u4e00-\u9fff]{2,3})\s?[\u4e00-\u9fff]{2})"
    r"\s?\d{1,2}日%{reporters/wire}\s*[)\]】〕]?"
)
_MARKS = re.compile(r"^\s*[□■◎●○◆◇▪▫*•·\-–—]{1,3}\s*(?=[^\s□■◎●○◆◇▪▫*•·\-–—])")


def reporters_line(line: Line) -> tuple[Span, ...]:
    """Where the names stand in a line that is made up of reporters, their papers and where they report from.

    Every word must be one of these, a name must begin with a known surname, and a post or the word for reporting must
    stand there: 记者走访了三家店 is a sentence, 编辑部 / 综合报道 names nobody.
    """
    return _names(line.form) if len(line.form) <= LINE_MAX_CHARS else ()


def _names(form: str) -> tuple[Span, ...]:
    words = [Span(m.start(), m.end()) for m in _WORD.finditer(form)]
    said = [word.slice(form).strip(":") for word in words]
    # 文/甲 图/乙: the second name is a photographer's; labels say which.
    pictured = [i for i, text in enumerate(said) if _PICTURED.fullmatch(text)]
    if not 1 <= len(words) <= MAX_WORDS or any(i == 0 or not _DONE.fullmatch(said[i - 1]) for i in pictured):
        return ()
    names: list[Span] = []
    posted = filed = role_given = False
    strange = 0
    for i, (word, text) in enumerate(zip(words, said, strict=True)):
        role, deed = _ROLE.fullmatch(text), _DEED.fullmatch(text)
        if role and (not role["name"] or _parted(role["name"])):
            posted = role_given = True
            at = word.start + role.start("name")
            names += [Span(at + s.start, at + s.end) for s in _parted(role["name"])]
        elif is_person_name(text, text):
            names.append(Span(word.start, word.start + len(text)))
        elif deed and is_person_name(deed["name"], deed["name"]) and not (names and _FILED.search(text)):
            names.append(Span(word.start, word.start + deed.end("name")))
            posted = posted or _FILED.search(text) is not None
        elif _DONE.fullmatch(text):
            posted = posted or _PICTURED.fullmatch(text) is None
        elif _PLACE.fullmatch(text):
            filed = filed or _FILED.search(text) is not None
            posted = posted or filed
        elif text and not _HOUSE.fullmatch(text):
            # A paper whose name tells nothing may lead: 新竹振道/记者甲/新竹报道.
            strange += 1
            if i or len(text) > HOUSE_MAX_CHARS:
                return ()
    return tuple(names) if posted and (not strange or (role_given and filed)) else ()


def _parted(written: str) -> tuple[Span, ...]:
    """Where the names stand in what follows a post without a blank: one, or two of three characters each."""
    if is_person_name(written, written):
        return (Span(0, len(written)),)
    halves = (written[:3], written[3:])
    if len(written) == 6 and all(is_person_name(one, one) for one in halves):
        return (Span(0, 3), Span(3, 6))
    return ()


def line_house(line: Line) -> Span | None:
    """Where the paper stands that opens a line of reporters, parted from them: 某某日报／记者甲／台北报道; None without one."""
    found = _WORD.search(line.form)
    if found is None or not _PAPER.fullmatch(found[0]) or not line.form[found.end() :].lstrip().startswith(("/", "|")):
        return None
    return Span(found.start(), found.end())


def bare_names(line: Line) -> tuple[str, ...]:
    """The people of a line that holds nothing but their names, with or without figures of footnotes; else none."""
    value, form = tidied(line.seen, line.form)
    value, form = _MARKS.sub("", value), _MARKS.sub("", form)
    words = [w for w in re.split(r"[\s、,,;;&+*/|]+", form) if w]
    if not words or len(words) > MAX_WORDS or not all(is_person_name(w, w) for w in words):
        return ()
    return people(value, form, strict=True)


def lead_authors(line: Line) -> tuple[str, ...]:
    """The reporters that the opening words of a news story name: 本报讯(记者 王小明), [記者王小明/台北報導]."""
    if found := _LEAD.match(line.form):
        start, end = found.span("names")
        return people(line.seen[start:end], line.form[start:end], strict=True)
    if found := _WIRE.match(line.form):
        start, end = found.span("name" if found["name"] else "named")
        return (line.seen[start:end],) if is_person_name(line.seen[start:end], line.form[start:end]) else ()
    if found := _ENCLOSED.match(line.form):
        group = str(found.lastgroup)
        start = found.start(group)
        return tuple(line.seen[start + s.start : start + s.end] for s in _names(found[group]))
    return ()


def lead_house(line: Line) -> str | None:
    """The agency or paper that the opening words of a news story name, None where they name none."""
    found = _WIRE.match(line.form)
    if found is None or found["house"] in OWN_HOUSES:
        return None
    return line.seen[found.start("house") : found.end("house")]
