"""Choosing the title among the lines at the head of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casekit.clean.adverts import advert
from casekit.clean.dates import Dated, find_date
from casekit.clean.furniture import Judged, crumbs, is_caption, is_prose
from casekit.clean.headings import broken_at, numbering
from casekit.clean.interface import is_figures
from casekit.clean.leads import read_lead
from casekit.clean.lines import Line, cue_form, is_han, squeeze
from casekit.clean.names import is_person_name
from casekit.clean.notices import notice_rule
from casekit.clean.reporters import bare_names, signs_marked
from casekit.cues import CuePattern
from casekit.types import Block

__all__ = ["TitleChoice", "choose_title", "same_title", "without_site"]

# Titles are sentences or names of a few words; the bounds only break ties.
MIN_CHARS, MAX_CHARS = 4, 60
MAX_LATIN_CHARS = 130
# How much of the body is read to see what a title talks about.
SAMPLE_CHARS = 6000

_SUBJECT = CuePattern(r"^%{title-labels/title}\s*[::]\s*(?=\S)")
# 某某社某地10月6日电 题:… opens what an agency sends.
_SLUGGED = CuePattern(r"%{title-labels/slug}\s*:\s*(?=\S)")
_ORIGINAL = CuePattern(r"^%{title-labels/original}\s*[::]\s*")
_SITE = CuePattern(r"\s*(?:[_|│┃∣]|\s[-–—]{1,2}\s?|-{1,2}(?=[^-]{2,10}%{outlet-ends}$))\s*([^_|│┃∣]{2,16})$")
_SITE_END = CuePattern("(?:%{outlet-ends}|%{title-sites/site})$")
_LATIN_NAME = re.compile(r"(?<=[\u4e00-\u9fff])\s+[a-z][a-z .&,'’\-]{5,60}$")
_NO_SITE = CuePattern("%{empty-titles/site}|%{empty-titles/page}")
_LABEL = CuePattern(r"[^\u4e00-\u9fffa-z]*%{no-titles/label}[^\u4e00-\u9fffa-z]*")
_LABELLED = CuePattern(r"[^\u4e00-\u9fffa-z]{0,4}%{no-titles/label}\s*[:|]")
# 1河湾大学经济学院,河湾: where the first of the authors works.
_INSTITUTE = CuePattern(
    r"\d{1,2}\s?(?=[\u4e00-\u9fff])[^\d。]{2,24}?(?:%{organisation-kinds/org}|%{organisation-kinds/body})"
)
_HOLDER = CuePattern(r"(?!%{talk-labels/talk})[\u4e00-\u9fffa-z\d]{2,16}?(?:%{posts})\s?(?P<name>[\u4e00-\u9fff]{2,4})")
# The firm whose page it is, where no sentence speaks of it.
_FIRM = CuePattern(r"[\u4e00-\u9fffa-z\d()]{2,20}(?:%{company-forms})")
HEAD_LINES = 40
_BUTTON = CuePattern(r"\s*[\[(【]\s*%{no-titles/button}\s*[\])】]\s*$")
_PAGE = CuePattern(r"[\s_\-—|(\[]{0,4}%{no-titles/page}[)\]]?$")
# Of the pairs of characters in a line, the share that the body has, too: below the first it talks of something else,
# from the second on of the body's matter. By reasoning: a site's name shares none, a headline about half.
STRANGE, FAMILIAR = 0.15, 0.4
SITE_MAX_CHARS = 12
SITE_COST = 2.0
MENU_ITEMS = 3
MENU_WORDS, MENU_WORD_CHARS = 6, 4
"""A row of channels with nothing but blanks between."""
CUT_MIN_CHARS = 12
BUTTON_CHARS = 12


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """The title found: the line it stands on, its characters as seen, its form, and a site name that stood behind it."""

    line: int
    seen: str
    form: str
    site: str | None = None
    date: Dated | None = None
    """A date printed behind the title."""


_MOST_CHARS = 1000
"""Of what may be a title with its site: twice the longest that a page ever had."""


def without_site(title: str) -> tuple[str, str | None]:
    """A page title without the site's name or the date behind it, and that name: 标题_某某网 -> ("标题", "某某网")."""
    site = None
    if len(title) > _MOST_CHARS:
        return title, None  # no title
    dated = find_date(cue_form(title))
    if dated and dated.span.start >= MIN_CHARS and not title[dated.span.end :].strip(" )]"):
        title = title[: dated.span.start].rstrip(" ([")
    if (button := _BUTTON.search(cue_form(title[-BUTTON_CHARS:]))) and len(title) > BUTTON_CHARS:
        title = title[: len(title) - BUTTON_CHARS + button.start()]
    elif button and button.start() >= MIN_CHARS:
        title = title[: button.start()]
    if (page := _PAGE.search(cue_form(title))) and page.start() >= MIN_CHARS:
        title = title[: page.start()]
    while found := _SITE.search(title):
        if not _SITE_END.search(cue_form(found[1]).strip()) or found.start() < MIN_CHARS:
            break
        named = None if _NO_SITE.fullmatch(cue_form(found[1]).strip()) else found[1].strip()
        title, site = title[: found.start()].rstrip(), site or named
    return title, site


def same_title(one: str, other: str) -> bool:
    """Whether two printings are the same title (script, width, white space and signs aside; one may be cut short)."""
    a, b = (re.sub(r"[\W_]+", "", cue_form(x)) for x in (one, other))
    return bool(a) and (a == b or (min(len(a), len(b)) >= 6 and (a in b or b in a)))


def choose_title(
    lines: Sequence[Line],
    first: int,
    judged: dict[int, Judged | None],
    blocks: Sequence[Block],
    declared: str | None,
) -> TitleChoice | None:
    """The best title among the lines before the first sentence, None if none stands out.

    What speaks for a line: being labelled or marked as a heading, agreeing with what the page declares, standing twice,
    standing first, having the byline below it, and talking of what the body talks of.

    Args:
        lines: All lines.
        first: Index of the first sentence of the body.
        judged: What the lines before it are by themselves.
        blocks: The reader's blocks.
        declared: The title in the page's metadata.
    """
    level = {b.span.start: b.level for b in blocks if b.kind == "h"}
    sample = "".join(_said(line, i == 0) for i, line in enumerate(lines[first : first + 60]))[:SAMPLE_CHARS]
    width = broken_at(lines)
    candidates = [
        (i, text, bonus)
        for i, text, bonus in _candidates(lines, first, judged, level)
        if bonus or (declared is not None and same_title(declared, text)) or not _is_none(lines, i, text, sample, width)
    ]
    if not candidates:
        return None
    counts: dict[str, int] = {}
    for _, text, _ in candidates:
        key = _printed(text)
        counts[key] = counts.get(key, 0) + 1
    # A breadcrumb may end on the first part of the title.
    leaves = {_printed(text) for i, text, _ in candidates if (what := judged.get(i)) and what.rule == "breadcrumb"}
    for leaf in [leaf for leaf in leaves if len(leaf) >= CUT_MIN_CHARS][:MENU_ITEMS]:
        for key in counts:
            counts[key] += key != leaf and key.startswith(leaf)
    topics = [_topic(cue_form(text), sample) for _, text, _ in candidates]
    fresh = min(i for i, _, _ in candidates)
    # Around a navigation bar, the first unknown line is as likely the site's name or one more item of it.
    bar = (judged.get(i) for i in range(max(i for i, _, _ in candidates)))
    crowded = sum(what is not None and what.meta is None for what in bar) >= 2
    elsewhere = max(topics) >= 2 * FAMILIAR
    steps = {
        squeeze(cue_form(step))
        for i, what in judged.items()
        if what is not None and what.rule == "breadcrumb"
        for step in (crumbs(lines[i]) or ())[:-1]
    }
    best, best_score = None, 0.0
    for (i, text, bonus), topic in zip(candidates, topics, strict=True):
        form = cue_form(text)
        # A first line that has nothing to do with the body is a page's, where another line has.
        strange = elsewhere and topic < 2 * STRANGE
        score = bonus + _looks(form, sample, alone=i == 0 and first == 1) + topic + 1.5 * (counts[_printed(text)] > 1)
        # … and so is one that a breadcrumb has as a step on the way.
        stepped = squeeze(form) in steps
        score += (0.5 if crowded or strange or stepped else 2.0) * (i == fresh)
        score += 5.0 * (declared is not None and same_title(declared, text))
        score += 2.0 * any(_is_byline(judged.get(j)) for j in range(i + 1, i + 4))
        if score > best_score:
            best, best_score = (i, text), score
    if best is None:
        return None
    title, site = without_site(best[1])
    date = find_date(cue_form(best[1]), len(title))
    return TitleChoice(best[0], title, cue_form(title), site, date)


def _said(line: Line, opens: bool) -> str:
    """What a line says of the matter: nothing where it is a site's notice; without the house that opens a story."""
    if notice_rule(line) is not None:
        return ""
    return line.form[read_lead(line).end :] if opens else line.form


def _printed(text: str) -> str:
    """A candidate for counting how often it stands there, whatever page or site is named behind it."""
    return squeeze(cue_form(without_site(text)[0] if len(text) <= 2 * MAX_CHARS else text))


def _is_none(lines: Sequence[Line], i: int, text: str, sample: str, width: int) -> bool:
    """Whether a line without any mark is certainly no title: a label, a caption, a name, a site, a line of the body."""
    form = cue_form(text).strip()
    if len(form) > _MOST_CHARS:
        return True
    bare = squeeze(form)
    if bare.startswith(("http://", "https://", "www.")):
        return True
    if (
        (len(form) <= MAX_CHARS and _LABEL.fullmatch(form))
        or is_caption(lines[i])
        or is_figures(lines[i])
        or _names_holder(text, form)
        or (
            _FIRM.fullmatch(bare)
            and not any(bare in squeeze(line.form) for line in lines[i + 1 :][:HEAD_LINES] if is_prose(line))
        )
        or form.endswith((":", ",", "、", ";"))
    ):
        return True
    if is_person_name(squeeze(text), bare) and bare not in sample:
        return True
    if (
        _INSTITUTE.match(form)
        or (form[0] in "([" and form[-1] in ")]")
        or _LABELLED.match(form)
        or len(bare_names(lines[i])) > 1
        or signs_marked(lines[i])
    ):
        return True
    # An agency's or a site's name may stand there in Latin letters, too.
    site = squeeze(_LATIN_NAME.sub("", form))
    if (
        len(site) <= SITE_MAX_CHARS
        and _SITE_END.search(site)
        and bare not in sample
        and _topic(form, sample) < 2 * STRANGE
    ):
        return True
    words = form.split()
    if len(words) >= MENU_WORDS and all(len(word) <= MENU_WORD_CHARS and is_han(word[0]) for word in words):
        return True
    if len(items := [item for item in re.split(r"\s*[|│┃]\s*", form) if item]) >= MENU_ITEMS and (
        max(map(len, items)) <= SITE_MAX_CHARS + 4
    ):
        return True
    steps = re.split(r"\s*[>›»→]\s*", form)
    if (
        len(steps) > 1
        and all(0 < len(step) <= SITE_MAX_CHARS for step in steps)
        and _topic(steps[-1], sample) < 2 * FAMILIAR
    ):
        return True
    follows = i + 1 < len(lines) and not lines[i + 1].gap_before
    return follows and len(lines[i].span) >= width - 2


def _names_holder(text: str, form: str) -> bool:
    """Whether a line is nothing but a person with post and firm (某某集团董事长王小明), as below pictures."""
    held = _HOLDER.fullmatch(form)
    return held is not None and is_person_name(text[held.start("name") :], held["name"])


def _is_byline(what: Judged | None) -> bool:
    return what is not None and what.meta is not None


def _candidates(
    lines: Sequence[Line], first: int, judged: dict[int, Judged | None], level: dict[int, int]
) -> list[tuple[int, str, float]]:
    """(line, text, bonus) of everything that could be the title."""
    found = []
    for i in range(min(first + 1, len(lines))):
        line = lines[i]
        what = judged.get(i)
        heading = level.get(line.span.start)
        marked = re.match(r"#\s+(?=\S)", line.form)
        if advert(line) is not None or "\t" in line.seen.strip():  # the row of a table
            continue
        if i == first and not marked and not (heading == 1 and line.size <= MAX_CHARS):
            continue
        if marked:
            found.append((i, line.seen[marked.end() :].rstrip("# "), 6.0))
        elif subject := _SUBJECT.match(line.form) or _SLUGGED.match(line.form):
            found.append((i, line.seen[subject.end() :].strip(), 4.0))
        elif _ORIGINAL.match(line.form):
            continue
        elif what is not None and what.rule == "breadcrumb":
            parts = crumbs(line) or ()
            ends_open = line.form.rstrip().endswith((">", "»", "›"))
            if len(parts) >= 2 and len(parts[-1]) >= MIN_CHARS and not ends_open:
                found.append((i, parts[-1], 0.0))
        elif (
            what is None
            or (i == 0 and first == 1 and not what.strong and not _dates_a_house(what))
            or (heading == 1 and what.rule not in ("spam", "ad", "related", "breadcrumb", "byline", "dateline"))
        ):
            bonus = {1: 4.0, 2: 2.0}.get(heading or 0, 0.0)
            found.append((i, line.seen, bonus))
    return found


def _dates_a_house(what: Judged) -> bool:
    """Whether a line is a paper's name and a day: 某某网2021-03-05."""
    rest = what.meta.rest if what.meta is not None and what.meta.date is not None else ""
    return bool(rest) and _SITE_END.search(cue_form(rest)) is not None


def _looks(form: str, sample: str, *, alone: bool) -> float:
    size = len(squeeze(form))
    score = 0.5 if size >= 10 else 0.0
    if size < MIN_CHARS:  # an encyclopaedia's entry has a word for its title, and uses it
        score -= 1 if alone or (size and form in sample) else 3
    elif size < 8:
        score -= 1
    if size > (MAX_CHARS if any(map(is_han, form)) else MAX_LATIN_CHARS):
        score -= 2
    if form.endswith(("。", ";", ",", ":")):
        score -= 3
    if size <= SITE_MAX_CHARS and _SITE_END.search(squeeze(form)):
        score -= SITE_COST  # as likely the page's
    if numbering(form) or re.match(r"[•·\-*▲△]\s", form):
        score -= 3
    if re.match(r"[-–—]{1,3}\s*\S", form):
        score -= 2
    return score


def _topic(form: str, sample: str) -> float:
    """Up to 2 for sharing pairs of characters (words, in Latin script) with the body."""
    pairs = {form[k : k + 2] for k in range(len(form) - 1) if is_han(form[k]) and is_han(form[k + 1])}
    pairs |= set(re.findall(r"[a-z]{4,}", form))
    if not pairs:
        return 0.0
    return 2.0 * sum(pair in sample for pair in pairs) / len(pairs)
