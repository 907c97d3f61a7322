"""Lines that name who wrote without a label's colon: 晨报见习记者 X, 記者X／台北報導, 【晨訊／記者X／彰化報導】, X 1, Y 2."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casekit.clean.lines import Line
from casekit.clean.names import ends_in_name, is_person_name, people, tidied
from casekit.cues import CuePattern, CueWords
from casekit.types import Span

__all__ = [
    "OWN_HOUSES",
    "bare_names",
    "house_and_names",
    "house_behind",
    "line_house",
    "named_in",
    "reporters_line",
    "run_together",
    "signs_marked",
]

# A line of two or three reporters with their papers and a place; a paragraph is longer.
LINE_MAX_CHARS = 48
# More words than any such line has: paper, post, names, place.
MAX_WORDS = 12
HOUSE_MIN_CHARS, HOUSE_MAX_CHARS = 3, 8
MAX_NAMES = 3
NAME_MAX_CHARS = 3
OWN_HOUSES = CueWords("reporters/kind")

_BRACKETS = "()[]【】〔〕〈〉<>《》「」"
_WORD = re.compile(r"[^\s/|丨·、,,&+\-–—()\[\]【】〔〕〈〉<>]+")
_ROLE = CuePattern(
    r"(?P<house>[\u4e00-\u9fffa-z\d]{0,8}?)(?:%{reporters/kind})*%{reporters/staff}:?(?P<name>[\u4e00-\u9fff]{0,6}?)(?:%{reporters/deed}|%{reporters/filed})?"
)
# The same with all that follows the post as the name.
_NAMED_ROLE = CuePattern(
    r"(?P<house>[\u4e00-\u9fffa-z\d]{0,8}?)(?:%{reporters/kind})*%{reporters/staff}:?(?P<name>[\u4e00-\u9fff]{3})"
)
_STAFFED = CuePattern("(?:%{reporters/kind})*%{reporters/staff}")
_POSTED_NAME = CuePattern(r"%{reporters/staff}:?[\u4e00-\u9fff]{2,4}$")
_DEED = CuePattern(r"(?P<name>[\u4e00-\u9fff]{2,4})(?:%{reporters/deed})")
# A photographer beside the writer: 摄影李大同.
_SHOT = CuePattern(r"(?:%{reporters/pictures})+:?(?P<name>[\u4e00-\u9fff]{2,4})")
# Names of sections are nobody's: 封面报道.
_SECTION = CuePattern("%{no-titles/label}")
_DONE = CuePattern("%{reporters/deed}|%{reporters/kind}|%{reporters/wrote}|%{reporters/pictures}")
_PICTURED = CuePattern("%{reporters/pictures}")
_PLACE = CuePattern(r"[\u4e00-\u9fff]{0,6}%{reporters/filed}|(?:%{places/province}|%{places/city}|%{places/country})")
_FILED = CuePattern("%{reporters/filed}$")
_HOUSE = CuePattern(r"[\u4e00-\u9fffa-z\d]{1,10}(?:%{outlet-ends}|%{reporters/house})")
_PAPER = CuePattern(r"[\u4e00-\u9fffa-z\d]{1,10}(?:%{outlet-ends}|%{reporters/paper})")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DEPARTMENT = CuePattern(r"(?<=[\s/|·])%{reporters/department}$")
_DEPARTED = CuePattern("%{reporters/department}")
_MARKS = re.compile(r"^\s*[□■◎●○◆◇▪▫*•·\-–—]{1,3}\s*(?=[^\s□■◎●○◆◇▪▫*•·\-–—])")


def reporters_line(line: Line) -> tuple[Span, ...]:
    """Where the names stand in a line that is made up of reporters, their papers and where they report from.

    Every word must be one of these, a name must begin with a known surname, and a post or the word for reporting must
    stand there: 记者走访了三家店 is a sentence, 编辑部 / 综合报道 names nobody.
    """
    return named_in(line.form) if len(line.form) <= LINE_MAX_CHARS else ()


def named_in(form: str) -> tuple[Span, ...]:
    """Where the names stand in words (`cue_form`) that are reporters, their papers and places throughout; else none."""
    words = [one for m in _WORD.finditer(form) for one in _by_posts(m)]
    said = [word.slice(form).strip(":") for word in words]
    # 文/甲 图/乙: the second name is a photographer's; labels say which.
    pictured = [i for i, text in enumerate(said) if _PICTURED.fullmatch(text)]
    if not 1 <= len(words) <= MAX_WORDS or any(i == 0 or not _DONE.fullmatch(said[i - 1]) for i in pictured):
        return ()
    names: list[Span] = []
    posted = filed = role_given = False
    strange = 0
    for i, (word, text) in enumerate(zip(words, said, strict=True)):
        role, deed = _NAMED_ROLE.fullmatch(text) or _ROLE.fullmatch(text), _DEED.fullmatch(text)
        if role and not ends_in_name(role["name"]):
            role = _ROLE.fullmatch(text)
        shot = _SHOT.fullmatch(text)
        if _SECTION.fullmatch(text) or (i and shot and is_person_name(shot["name"], shot["name"])):
            continue
        if role and (not role["name"] or _parted(role["name"])):
            posted = role_given = True
            at = word.start + role.start("name")
            names += [Span(at + s.start, at + s.end) for s in _parted(role["name"])]
        elif i == 0 and len(words) > 1 and _PAPER.fullmatch(text) and _STAFFED.match(said[1]):
            continue  # 农报 looks like a name, too
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
        elif names and _DEPARTED.fullmatch(text):
            posted = True
        elif text and not _HOUSE.fullmatch(text):
            # A paper whose name tells nothing may lead: 新竹振道/记者甲/新竹报道.
            strange += 1
            if i or len(text) > HOUSE_MAX_CHARS:
                return ()
    return tuple(names) if posted and (not strange or (role_given and filed)) else ()


def _by_posts(word: re.Match[str]) -> list[Span]:
    """A word, parted before each further post that follows a name without a blank: 记者甲甲通讯员乙乙."""
    starts = [word.start() + m.start() for m in _STAFFED.finditer(word[0]) if m.start() > 0]
    named = [at for at in starts if _POSTED_NAME.search(word.string[word.start() : at])]
    return [Span(a, b) for a, b in zip([word.start(), *named], [*named, word.end()], strict=True)]


def _parted(written: str) -> tuple[Span, ...]:
    """Where the names stand in what follows a post without a blank: one, or two of three characters each."""
    if is_person_name(written, written):
        return (Span(0, len(written)),)
    halves = (written[:3], written[3:])
    if len(written) == 6 and all(is_person_name(one, one) for one in halves):
        return (Span(0, 3), Span(3, 6))
    return ()


def run_together(form: str, names: Sequence[str]) -> bool:
    """Whether a word is nothing but names that stand elsewhere with their blanks (甲甲甲乙乙 for 甲甲甲, 乙乙)."""
    rest = form
    while rest:
        name = next((n for n in names if rest.startswith(n)), None)
        if not name:
            return False
        rest = rest[len(name) :]
    return len(form) > NAME_MAX_CHARS


def line_house(line: Line) -> Span | None:
    """Where the paper stands that opens a line of reporters: 某某日报／记者甲／台北报道, 某某日报首席记者 甲; None without one."""
    found = _WORD.search(line.form)
    if found is None:
        return None
    word = found[0]
    if _PAPER.fullmatch(word) and word not in OWN_HOUSES and found.end() < len(line.form):
        return Span(found.start(), found.end())
    # 某某日报首席记者 甲, 某某新闻记者 | 甲
    led = _ROLE.match(word)
    house = led["house"] if led else ""
    if len(house) >= HOUSE_MIN_CHARS and house not in OWN_HOUSES and _PAPER.fullmatch(house):
        return Span(found.start(), found.start() + len(house))
    return None


def house_behind(line: Line) -> Span | None:
    """The paper between a name and its department: 某某/某某报 编辑部; None where there is none."""
    found = _DEPARTMENT.search(line.form)
    words = list(_WORD.finditer(line.form, 0, found.start())) if found else []
    if len(words) > 1 and _PAPER.fullmatch(words[-1][0]) and words[-1][0] not in OWN_HOUSES:
        return Span(*words[-1].span())
    return None


def house_and_names(line: Line) -> tuple[str, tuple[str, ...]] | None:
    """Paper and people of a line that holds one word as long as a paper's name and people behind it (某某观察 王小明)."""
    words = line.seen.split()
    if not 2 <= len(words) <= MAX_NAMES + 1 or len(line.form.split()) != len(words):
        return None
    forms = line.form.split()
    named = all(is_person_name(word, form) for word, form in zip(words[1:], forms[1:], strict=True))
    house = forms[0]
    if not named or not HOUSE_MIN_CHARS <= len(house) <= HOUSE_MAX_CHARS or is_person_name(words[0], house):
        return None
    return (words[0], tuple(words[1:])) if _HAN.fullmatch(house) else None


def signs_marked(line: Line) -> bool:
    """Whether a line is one name behind a box or a dot, as papers sign their columns (■某某某)."""
    return _MARKS.match(line.form) is not None and len(bare_names(line)) == 1


def bare_names(line: Line) -> tuple[str, ...]:
    """The people of a line that holds nothing but their names, with or without figures of footnotes; else none."""
    value, form = tidied(line.seen, line.form)
    value, form = _MARKS.sub("", value), _MARKS.sub("", form)
    if form[:1] in "([" and form[-1:] in ")]":
        value, form = value[1:-1], form[1:-1]
    words = [w for w in re.split(r"[\s、,,;;&+*/|]+", form) if w]
    if not words or len(words) > MAX_WORDS or not all(is_person_name(w, w) for w in words):
        return ()
    return people(value, form, strict=True)
