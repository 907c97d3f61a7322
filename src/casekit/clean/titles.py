"""Choosing the title among the lines at the head of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casekit.clean.adverts import advert
from casekit.clean.dates import Dated, find_date
from casekit.clean.furniture import Judged, crumbs
from casekit.clean.headings import numbering
from casekit.clean.lines import Line, cue_form, is_han, squeeze
from casekit.cues import CuePattern
from casekit.types import Block

__all__ = ["TitleChoice", "choose_title", "same_title", "without_site"]

# Titles are sentences or names of a few words; the bounds only break ties.
MIN_CHARS, MAX_CHARS = 4, 60
# How much of the body is read to see what a title talks about.
SAMPLE_CHARS = 6000

_SUBJECT = CuePattern(r"^%{title-labels/title}\s*[::]\s*(?=\S)")
_ORIGINAL = CuePattern(r"^%{title-labels/original}\s*[::]\s*")
_SITE = CuePattern(r"\s*(?:[_|]|\s[-–—]{1,2}\s?|-{1,2}(?=[^-]{2,10}%{outlet-ends}$))\s*([^_|]{2,16})$")
_SITE_END = CuePattern("(?:%{outlet-ends}|%{title-sites/site})$")


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """The title found: the line it stands on, its characters as seen, its form, and a site name that stood behind it."""

    line: int
    seen: str
    form: str
    site: str | None = None
    date: Dated | None = None
    """A date printed behind the title."""


def without_site(title: str) -> tuple[str, str | None]:
    """A page title without the site's name or the date behind it, and that name: 标题_某某网 -> ("标题", "某某网")."""
    site = None
    dated = find_date(cue_form(title))
    if dated and dated.span.start >= MIN_CHARS and not title[dated.span.end :].strip(" )]"):
        title = title[: dated.span.start].rstrip(" ([")
    while found := _SITE.search(title):
        if not _SITE_END.search(cue_form(found[1]).strip()) or found.start() < MIN_CHARS:
            break
        title, site = title[: found.start()].rstrip(), site or found[1].strip()
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
    candidates = list(_candidates(lines, first, judged, level))
    if not candidates:
        return None
    sample = "".join(line.form for line in lines[first : first + 60])[:SAMPLE_CHARS]
    counts: dict[str, int] = {}
    for _, text, _ in candidates:
        key = squeeze(cue_form(text))
        counts[key] = counts.get(key, 0) + 1
    fresh = min(i for i, _, _ in candidates)
    # Around a navigation bar, the first unknown line is as likely the site's name or one more item of it.
    bar = (judged.get(i) for i in range(max(i for i, _, _ in candidates)))
    crowded = sum(what is not None and what.meta is None for what in bar) >= 2
    best, best_score = None, 0.0
    for i, text, bonus in candidates:
        form = cue_form(text)
        score = (
            bonus
            + _looks(form, sample, alone=i == 0 and first == 1)
            + _topic(form, sample)
            + 1.5 * (counts[squeeze(form)] > 1)
        )
        score += (0.5 if crowded else 2.0) * (i == fresh)
        score += 5.0 * (declared is not None and same_title(declared, text))
        score += 2.0 * any(_is_byline(judged.get(j)) for j in range(i + 1, i + 4))
        if score > best_score:
            best, best_score = (i, text), score
    if best is None:
        return None
    title, site = without_site(best[1])
    date = find_date(cue_form(best[1]), len(title))
    return TitleChoice(best[0], title, cue_form(title), site, date)


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
        if advert(line) is not None:
            continue
        if i == first and not marked and not (heading == 1 and line.size <= MAX_CHARS):
            continue
        if marked:
            found.append((i, line.seen[marked.end() :].rstrip("# "), 6.0))
        elif subject := _SUBJECT.match(line.form):
            found.append((i, line.seen[subject.end() :].strip(), 4.0))
        elif _ORIGINAL.match(line.form):
            continue
        elif what is not None and what.rule == "breadcrumb":
            parts = crumbs(line) or ()
            if len(parts) >= 2 and len(parts[-1]) >= MIN_CHARS:
                found.append((i, parts[-1], 0.0))
        elif (
            what is None
            or (i == 0 and first == 1 and not what.strong)
            or (heading == 1 and what.rule not in ("spam", "ad", "related", "breadcrumb", "byline", "dateline"))
        ):
            bonus = {1: 4.0, 2: 2.0}.get(heading or 0, 0.0)
            found.append((i, line.seen, bonus))
    return found


def _looks(form: str, sample: str, *, alone: bool) -> float:
    size = len(squeeze(form))
    score = 0.5 if size >= 10 else 0.0
    if size < MIN_CHARS:  # an encyclopaedia's entry has a word for its title, and uses it
        score -= 1 if alone or (size and form in sample) else 3
    elif size < 8:
        score -= 1
    if size > MAX_CHARS:
        score -= 2
    if form.endswith(("。", ";", ",", ":")):
        score -= 3
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
