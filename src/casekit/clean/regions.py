"""Where the body begins and ends: the head of a page before it, the tail of other things behind it."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from casekit.clean.fields import MetaLine
from casekit.clean.furniture import Judged, closes_article, counts_readers, is_prose, judge
from casekit.clean.interface import is_figures
from casekit.clean.lines import Line, squeeze
from casekit.clean.names import is_person_name, people
from casekit.clean.titles import TitleChoice, choose_title
from casekit.types import Block

__all__ = ["Layout", "find_regions"]

# Behind a cue that other articles follow, this share of the body's size in ordinary paragraphs speaks for a section of
# the article that merely bears such a heading. A postscript is rarely longer than a tenth of its article.
TAIL_SHARE = 0.1
# Comments can be longer than the article; what shows them is the chrome around each (times, 回复, 举报).
COMMENTS_SHARE = 4.0
COMMENT_MARKS = 2
# The least that counts as an ordinary paragraph when weighing what follows a cue.
PARAGRAPH_MIN_CHARS = 20
# Interface words alone, as an article could print them as headings, need a second such line within this many.
COMPANY_LINES = 2
DATELINE_LINES = 4
ACCOUNT_MAX_CHARS = 12
# How many weak lines before a tail go with it (a count of likes, an ornament): few, since tables end in such lines too.
HANGING_LINES = 3
# Pages nest a few lists behind an article, not dozens; the limit bounds the work.
TAIL_PASSES = 12
TEASER_LINES = 6
TEASER_MIN = 3
# A teaser of 200 characters set in lines of 20 or more.
ITEM_LINES = 12

_COMMENT_MARK = re.compile(
    r"(?:\d+\s*(?:秒|分钟|小时|天|个月|年)前|(?:昨天|今天|前天)\s*\d\d?:\d\d|举报|回复|[#\d]+\s*[楼#f]|踩\s*\d*\s*赞|(?:赞|顶)\s*[\[(]?\d|发表于|reply|\d+ (?:hours?|days?|minutes?) ago)"
)


@dataclass(slots=True)
class Layout:
    """Lines with what was decided about each; `rules[i]` is None for lines of the body."""

    lines: Sequence[Line]
    rules: list[str | None]
    judged: dict[int, Judged | None] = field(default_factory=dict)
    title: TitleChoice | None = None
    byline_people: tuple[str, ...] = ()
    poster: str | None = None
    account: str | None = None
    """A name on a line of its own between title and date: the account or paper that publishes."""
    first_prose: int = 0
    head_end: int = 0
    """Index of the first line of the body."""
    tail_start: int = 0
    doubtful: list[int] = field(default_factory=list)
    """Lines of the body that announce other articles or comments."""
    credits: list[tuple[int, MetaLine]] = field(default_factory=list)
    """Statements of metadata found inside the body's first and last lines."""
    first_body: int = 0
    """Index of the first line that no rule took when head and tail were decided."""

    @property
    def tail_begins(self) -> int:
        """Where in the text the tail begins (its end where there is none)."""
        return self.lines[self.tail_start].span.start if self.tail_start < len(self.lines) else sys.maxsize

    def is_last(self, i: int) -> bool:
        """Whether no line of the body follows line `i`."""
        return all(rule is not None for rule in self.rules[i + 1 :])

    def near_heading(self, i: int) -> bool:
        """Whether a short unstopped line stands right before or behind line `i`."""
        near = [self.lines[j] for j in (i - 1, i + 1) if 0 <= j < len(self.lines)]
        return any(3 <= line.size <= 30 and not line.ends_sentence and not line.bulleted for line in near)

    def judge(self, i: int) -> Judged | None:
        """`furniture.judge` of line `i`, remembered."""
        if i not in self.judged:
            self.judged[i] = judge(self.lines[i])
        return self.judged[i]

    def verdict(self, line: Line) -> Judged | None:
        """`furniture.judge` of a line, remembered where it was asked for by its index."""
        i = bisect_left(self.lines, line.span.start, key=lambda one: one.span.start)
        return self.judge(i)

    def body(self) -> list[Line]:
        """The lines that no rule took."""
        return [line for line, rule in zip(self.lines, self.rules, strict=True) if rule is None]


def find_regions(
    lines: Sequence[Line], blocks: Sequence[Block], cut_already: Sequence[str | None], declared_title: str | None
) -> Layout:
    """Decide head and tail.

    Args:
        lines: All lines that are not blank.
        blocks: The reader's blocks (headings among them help to tell the title).
        cut_already: For every line the structure rule that took it, or None.
        declared_title: The title that the page states in its metadata.
    """
    layout = Layout(lines, list(cut_already), tail_start=len(lines))
    first = _first_prose(layout)
    layout.first_prose = first
    _head(layout, first, blocks, declared_title)
    _tail(layout, max(first, layout.head_end))
    layout.first_body = next((i for i, rule in enumerate(layout.rules) if rule is None), len(lines))
    return layout


def _first_prose(layout: Layout) -> int:
    """Index of the first line that is a sentence of an article; the number of lines where there is none."""
    for i, line in enumerate(layout.lines):
        if layout.rules[i] is None and is_prose(line) and layout.judge(i) is None:
            return i
    return len(layout.lines)


# ---- head --------------------------------------------------------------------------------------------------------
def _head(layout: Layout, first: int, blocks: Sequence[Block], declared_title: str | None) -> None:
    lines, rules = layout.lines, layout.rules
    judged = {i: layout.judge(i) for i in range(first)}
    layout.title = choose_title(lines, first, judged, blocks, declared_title)
    anchor = layout.title.line if layout.title else -1
    named = squeeze(layout.title.form) if layout.title else ""
    interface = [i for i in range(first) if _is_interface(judged[i])]
    last_interface = max(interface, default=-1)
    repeated = max((i for i in range(anchor + 1, first) if named and squeeze(lines[i].form) == named), default=-1)
    layout.head_end = first if interface and last_interface == first - 1 else anchor + 1
    for i in range(first):
        if rules[i] is not None:
            continue
        what, line = judged[i], lines[i]
        if named and (squeeze(line.form).strip("#") == named or i == anchor):
            rules[i] = what.rule if what and what.rule in ("breadcrumb",) else "title"
        elif what is not None and _belongs_to_head(judged, i, anchor):
            if not (_is_heading_mark(line) and i > anchor):
                rules[i] = what.rule
        elif i < anchor:
            rules[i] = "navigation"
        elif _names_poster(layout, judged, i):
            rules[i], layout.poster = "forum", line.seen
        elif names := () if what else _bare_byline(layout, i, anchor, first):
            rules[i], layout.byline_people = "byline", names
        elif i == anchor + 1 and _names_account(line, judged.get(i + 1)):
            rules[i], layout.account = "byline", line.seen
        elif i < repeated and line.size <= 16:
            rules[i] = "navigation"
        elif i < last_interface and line.size <= 12 and (i - 1 in interface or i + 1 in interface):
            rules[i] = "page-chrome"
    if first == len(lines):  # nothing reads as prose: a list or a poem, of which only sure furniture goes
        for i in range(anchor + 1, first):
            what = judged[i]
            if rules[i] is not None and cut_weak(what):
                rules[i] = None


def cut_weak(what: Judged | None) -> bool:
    """Whether a verdict rests on words alone that an article without sentences may hold as well."""
    return what is None or not what.strong


def _is_interface(what: Judged | None) -> bool:
    return what is not None and what.meta is None and what.rule not in ("decoration", "disclaimer", "ad")


def _has_company(judged: dict[int, Judged | None], i: int) -> bool:
    return any(judged.get(j) is not None for j in range(i - COMPANY_LINES, i + COMPANY_LINES + 1) if j != i)


def _belongs_to_head(judged: dict[int, Judged | None], i: int, anchor: int) -> bool:
    """Whether furniture at line `i` is the page's: sure by itself, above the title, or in the company of other such."""
    what = judged[i]
    if what is None:
        return False
    if what.strong or i < anchor:
        return True
    if what.rule == "dateline":
        beside = [near for j in (i - 1, i + 1) if (near := judged.get(j)) is not None and near.rule == "dateline"]
        chronicle = any(near.meta is not None and near.meta.rest for near in beside)
        full = what.meta is not None and what.meta.date is not None and len(what.meta.date.iso) == len("2021-01-19")
        return full and i - anchor <= DATELINE_LINES and not chronicle
    return _has_company(judged, i)


def _is_heading_mark(line: Line) -> bool:
    return line.form.startswith("#")


def _names_poster(layout: Layout, judged: dict[int, Judged | None], i: int) -> bool:
    following = judged.get(i + 1)
    line = layout.lines[i]
    stands_before_stats = following is not None and (
        following.rule == "forum" or any(f.label in ("积分", "金币", "威望") for f in following.meta.fields)
        if following.meta
        else following.rule == "forum"
    )
    return stands_before_stats and line.size <= 16 and not re.search(r"[,。!?;:]", line.form)


def _names_account(line: Line, following: Judged | None) -> bool:
    """A short name right below the title and above a date."""
    dated = following is not None and following.meta is not None and following.meta.date is not None
    return dated and line.size <= ACCOUNT_MAX_CHARS and not re.search(r"[,。!?;:《》\"'“”「」]", line.form)


def _bare_byline(layout: Layout, i: int, anchor: int, first: int) -> tuple[str, ...]:
    """The name of a line that is nothing but a byline: "- Name" or a person's name right below the title."""
    line = layout.lines[i]
    if i <= anchor or anchor < 0 or len(line.seen) > 24:
        return ()
    dashed = re.match(r"(?:[-–—]{1,3}|by\s)\s*(?=\S)", line.form)
    if dashed:
        alone = i + 1 >= len(layout.lines) or not layout.lines[i + 1].bulleted
        name = line.seen[dashed.end() :]
        plain = not re.search(r"[,。!?;:、\d]", line.form[dashed.end() :])
        # A dash also opens a subtitle, so the name must look like a person's or be partly in Latin letters.
        named = is_person_name(name, line.form[dashed.end() :]) or re.search(r"[a-z]", line.form[dashed.end() :])
        likely = named and alone and plain and len(name) <= 16 and first - i <= 3
        return people(name, line.form[dashed.end() :]) if likely else ()
    if i - anchor <= 2 and is_person_name(squeeze(line.seen), squeeze(line.form)):
        return (squeeze(line.seen),)
    return ()


# ---- tail --------------------------------------------------------------------------------------------------------
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


def _tail(layout: Layout, first: int) -> None:
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
            if what is None or (_is_heading_mark(lines[i]) and not _leads_to_links(layout, i)):
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
    section = None
    for i in range(layout.tail_start, n):
        what = layout.judge(i)
        if i == teasers:
            section = "teasers"
        elif what is not None and what.rule in ("related", "comments"):
            section = what.rule
        if rules[i] is None:
            notice = what is not None and what.rule in ("legal", "disclaimer")
            own = what.rule if what is not None and (section is None or notice) else None
            rules[i] = own or section or "page-chrome"


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
    return layout.rules[i] is None and what is not None and not event and not _is_heading_mark(layout.lines[i])


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
