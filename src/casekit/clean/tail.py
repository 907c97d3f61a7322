"""Where the body ends: the tail of other things behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from casekit.clean.furniture import Judged, closes_article, counts_readers, is_prose
from casekit.clean.interface import is_figures
from casekit.clean.layout import COMPANY_LINES, Layout, is_heading_mark
from casekit.clean.reporters import bare_names
from casekit.cues import CuePattern

__all__ = ["cut_tail"]

# Behind a cue that other articles follow, this share of the body's size in ordinary paragraphs speaks for a section of
# the article that merely bears such a heading. A postscript is rarely longer than a tenth of its article.
TAIL_SHARE = 0.1
# Comments can be longer than the article; what shows them is the chrome around each (times, 回复, 举报).
COMMENTS_SHARE = 4.0
COMMENT_MARKS = 2
# The least that counts as an ordinary paragraph when weighing what follows a cue.
PARAGRAPH_MIN_CHARS = 20
# How many weak lines before a tail go with it (a count of likes, an ornament): few, since tables end in such lines too.
HANGING_LINES = 3
# Pages nest a few lists behind an article, not dozens; the limit bounds the work.
TAIL_PASSES = 12
TEASER_LINES = 6
TEASER_MIN = 3
# A teaser of 200 characters set in lines of 20 or more.
ITEM_LINES = 12

_COMMENT_MARK = CuePattern("%{comment-marks}")


@dataclass(frozen=True, slots=True)
class _Weights:
    """Sizes of ordinary paragraphs before each line and from each line on.

    `plain` leaves out what is shaped like a teaser (list items and what hangs below them, unfinished sentences), `unled`
    also single paragraphs that each stand under a line like a title. `marks` counts the chrome of comments.
    """

    before: list[int]
    after: list[int]
    plain: list[int]
    unled: list[int]
    marks: list[int]


def _weigh(layout: Layout, start: int) -> _Weights:
    lines = layout.lines
    n = len(lines)
    sizes, marks = [0] * (n + 1), [0] * (n + 1)
    small, teasers, led = [False] * (n + 1), [False] * (n + 1), [False] * (n + 1)
    bullet_indent: int | None = None
    for i in range(start, n):
        line = lines[i]
        if line.bulleted:
            bullet_indent = line.indent
        elif bullet_indent is not None and line.indent <= bullet_indent and line.size >= PARAGRAPH_MIN_CHARS:
            bullet_indent = None
        marks[i] = int(len(line.form) <= 80 and bool(_COMMENT_MARK.search(line.form)))
        if layout.rules[i] is not None or not is_prose(line):
            continue
        if layout.judge(i) is not None:
            continue
        sizes[i] = line.size
        small[i] = line.size < PARAGRAPH_MIN_CHARS
        blurb = bullet_indent is not None and (line.bulleted or line.indent > bullet_indent)
        cut_short = line.form.endswith(("...", "…", "..."))
        unfinished = not line.ends_sentence
        above = layout.judge(i - 1) if i > start else None
        titled = i > start and not is_prose(lines[i - 1]) and not (above and above.rule == "ad")
        led[i] = titled and (i + 1 >= n or not is_prose(lines[i + 1]))
        teasers[i] = blurb or cut_short or unfinished
    before, after, plain, unled, counted = [0] * (n + 1), [0] * (n + 2), [0] * (n + 2), [0] * (n + 2), [0] * (n + 2)
    for i in range(start, n):
        before[i + 1] = before[i] + sizes[i]
    for i in range(n - 1, start - 1, -1):
        size = 0 if small[i] else sizes[i]
        after[i] = after[i + 1] + size
        plain[i] = plain[i + 1] + (0 if teasers[i] else size)
        unled[i] = unled[i + 1] + (0 if teasers[i] or led[i] else size)
        counted[i] = counted[i + 1] + marks[i]
    return _Weights(before, after, plain, unled, counted)


def cut_tail(layout: Layout, first: int) -> None:
    """Find where the tail begins and give its lines their rules, in place; lone cues in the body become doubts."""
    lines, rules = layout.lines, layout.rules
    n = len(lines)
    if first >= n:
        return
    weights = _weigh(layout, first)
    teasers = _teaser_start(layout, first)
    # What follows a line is weighed up to the tail found so far, so that comments found first don't count against the
    # credits above them.
    for _ in range(TAIL_PASSES):
        found = False
        for i in range(first + 1, layout.tail_start):
            what = Judged("teasers") if i == teasers else None if rules[i] is not None else layout.judge(i)
            if what is None or (is_heading_mark(lines[i]) and not _leads_to_links(layout, i)):
                continue
            if _ends_body(layout, weights, i, what):
                layout.tail_start, found = i, True
                break
        if not found:
            break
    layout.doubtful = [i for i in range(first + 1, layout.tail_start) if rules[i] is None and _is_lone_cue(layout, i)]
    if layout.tail_start < n:
        for _ in range(HANGING_LINES):
            if layout.tail_start > first + 1 and _hangs_on(layout, layout.tail_start - 1):
                layout.tail_start -= 1
    signed = layout.tail_start - 1
    dated = signed > first and layout.tail_start < n and _is_day(layout, layout.tail_start)
    if dated and (names := bare_names(lines[signed])):  # who wrote, above the day
        layout.tail_start, rules[signed] = signed, "byline"
        layout.byline_people = layout.byline_people or names
    if layout.tail_start == n and n - 2 > first and rules[n - 1] is None:
        names = bare_names(lines[n - 1])
        if len(names) == 1 and is_prose(lines[n - 2]) and lines[n - 2].ends_sentence:
            layout.tail_start, rules[n - 1] = n - 1, "byline"
            layout.byline_people = layout.byline_people or names
    section = None
    for i in range(layout.tail_start, n):
        what = layout.judge(i)
        if i == teasers:
            section = "teasers"
        elif what is not None and what.rule in ("related", "comments"):
            section = what.rule
        elif section == "related" and _credits(layout, i):
            section = None
        if rules[i] is None:
            notice = what is not None and what.rule in ("legal", "disclaimer")
            own = what.rule if what is not None and (section is None or notice) else None
            rules[i] = own or section or "page-chrome"


def _credits(layout: Layout, i: int) -> bool:
    """Whether lines `i` and the next are both bylines: who made the page, below its list (in a list titles stand between)."""
    both = [layout.judge(j) for j in (i, i + 1) if j < len(layout.lines)]
    return len(both) == 2 and all(what is not None and what.rule == "byline" for what in both)


def _bullets_to_the_end(layout: Layout, i: int) -> bool:
    """Whether line `i` opens a list that fills the rest of the text, in an article that has no such lists."""
    bulleted = [j for j, line in enumerate(layout.lines[: layout.tail_start]) if j > i and line.bulleted]
    if len(bulleted) < TEASER_MIN or bulleted[0] > i + 1:
        return False
    before = sum(line.bulleted for line in layout.lines[layout.first_prose : i])
    steps = [b - a for a, b in pairwise([*bulleted, layout.tail_start])]
    return max(steps) <= ITEM_LINES and before < TEASER_MIN


def _leads_to_links(layout: Layout, i: int) -> bool:
    """Whether a Markdown heading stands above nothing but links, as in a clipped page."""
    following = layout.lines[i + 1 : layout.tail_start]
    return bool(following) and sum("](" in line.form for line in following) >= 0.6 * len(following)


def _is_lone_cue(layout: Layout, i: int) -> bool:
    """Whether line `i` announces other articles or comments although the body goes on behind it."""
    what = layout.judge(i)
    return (
        what is not None and what.rule in ("related", "comments") and what.strong and not layout.lines[i].ends_sentence
    )


def _hangs_on(layout: Layout, i: int) -> bool:
    """Whether line `i`, right before the tail, is furniture too weak to begin it."""
    what = layout.judge(i)
    event = what is not None and what.meta is not None and bool(what.meta.rest)
    return layout.rules[i] is None and what is not None and not event and not is_heading_mark(layout.lines[i])


def _teaser_start(layout: Layout, first: int) -> int:
    """Where a list of teasers with reader counts begins that runs to the end, or -1."""
    counted = [i for i in range(first, len(layout.lines)) if counts_readers(layout.lines[i])]
    cluster: list[int] = []
    for i in reversed(counted):
        if cluster and cluster[-1] - i > TEASER_LINES:
            break
        cluster.append(i)
    if len(cluster) < TEASER_MIN:
        return -1
    start = cluster[-1]
    for i in range(start - 1, max(first, start - 3), -1):
        if layout.lines[i].bulleted:
            return i
        if layout.judge(i) is not None:
            break
        if not is_prose(layout.lines[i]):
            start = i
    return start


def _is_day(layout: Layout, i: int) -> bool:
    """Whether line `i` is nothing but a day."""
    what = layout.judge(i)
    return what is not None and what.meta is not None and what.meta.date is not None and not what.meta.fields


def _dates_the_text(layout: Layout, i: int, what: Judged) -> bool:
    """Whether line `i` is the last and nothing but a day, below a finished sentence: when it was written."""
    if i + 1 != len(layout.lines) or what.meta is None or what.meta.date is None:
        return False
    alone = not what.meta.fields and not what.meta.rest and len(what.meta.date.iso) == len("2021-01-19")
    above = i - 2 if bare_names(layout.lines[i - 1]) else i - 1
    return alone and above >= 0 and layout.lines[above].ends_sentence and is_prose(layout.lines[above])


def _ends_body(layout: Layout, weights: _Weights, i: int, what: Judged) -> bool:
    """Whether nothing that could be the article follows line `i`, which is furniture."""
    before = weights.before[i]
    if not before:
        return False
    n = layout.tail_start
    plain = weights.plain[i + 1] - weights.plain[n]
    after = weights.after[i + 1] - weights.after[n]
    room = max(TAIL_SHARE * before, PARAGRAPH_MIN_CHARS)
    if what.rule == "ad":  # they stand anywhere, so what follows one may well be the article
        return after == 0
    if what.rule == "comments":
        marked = weights.marks[i] >= COMMENT_MARKS
        return after <= COMMENTS_SHARE * before if marked else plain == 0
    if what.rule in ("related", "teasers"):
        if _bullets_to_the_end(layout, i):
            return True
        prose_next = i + 1 < n and weights.plain[i + 1] > weights.plain[i + 2]
        return not prose_next and weights.unled[i + 1] - weights.unled[n] <= room
    if _dates_the_text(layout, i, what):
        return True
    if (what.rule == "decoration" and not what.strong) or is_figures(layout.lines[i]):
        return False
    if what.rule == "byline" and closes_article(what):
        return plain <= room
    if not what.strong or what.rule in ("navigation", "share", "page-chrome", "forum", "dateline", "byline"):
        # Dates in a row are a chronicle, figures in a row a table: neither is company.
        near = range(i + 1, min(n, i + 1 + COMPANY_LINES))
        company = any(
            (beside := layout.judge(j)) is not None and beside.rule != "dateline" and not is_figures(layout.lines[j])
            for j in near
        )
        if what.rule == "dateline" and not company:
            return after == 0 and not any(layout.judge(j) for j in (i - 1, *near) if j < n)
        return plain <= room if company else after == 0
    return plain <= room
