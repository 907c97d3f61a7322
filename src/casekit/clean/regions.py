"""Where the body begins and ends: the head of a page before it, the tail of other things behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casekit.clean.furniture import Judged, is_caption, is_prose
from casekit.clean.layout import COMPANY_LINES, Layout, is_heading_mark
from casekit.clean.lines import Line, squeeze
from casekit.clean.names import is_person_name, people
from casekit.clean.remarks import comments_above
from casekit.clean.reporters import bare_names, house_and_names, signs_marked
from casekit.clean.tail import cut_tail
from casekit.clean.titles import choose_title
from casekit.cues import CuePattern, CueWords
from casekit.types import Block

__all__ = ["Layout", "find_regions"]
DATELINE_LINES = 4
ACCOUNT_MAX_CHARS = 14
# A line of bare names stands right below the title or above the text, and holds a handful of them.
BYLINE_LINES = 2
BYLINE_MAX_CHARS = 48
_PAPER = CuePattern("%{outlet-ends}$")
_ENDS = CuePattern(r"[\u4e00-\u9fffa-z\d]{2,}(?:%{outlet-ends})")
# The site or paper whose name alone opens a page, and its own site below it.
_SITE = CuePattern(r"[\u4e00-\u9fffa-z\d]{2,}(?:%{outlet-ends/paper}|%{outlet-ends/site})")
# (某某大学 经济学院,某地 100000) stands below whoever wrote, however far below the title.
_INSTITUTE = CuePattern(
    r"[(\[]\s*\d{0,2}\.?\s?[\u4e00-\u9fff]{2,20}?(?:%{organisation-kinds/org}|%{organisation-kinds/body})[^()]{0,60}[)\]]$"
)
SITE_LINES = 2
_SCORES = CueWords("forum-words/score")


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
    for i in comments_above(lines):
        if layout.rules[i] is None:
            layout.rules[i], layout.judged[i] = "comments", Judged("comments")
    first = _first_prose(layout)
    layout.first_prose = first
    _head(layout, first, blocks, declared_title)
    cut_tail(layout, max(first, layout.head_end))
    layout.first_body = next((i for i, rule in enumerate(layout.rules) if rule is None), len(lines))
    return layout


def _first_prose(layout: Layout) -> int:
    """Index of the first line that is a sentence of an article; the number of lines where there is none."""
    for i, line in enumerate(layout.lines):
        if layout.rules[i] is None and is_prose(line) and not is_caption(line) and layout.judge(i) is None:
            return i
    return len(layout.lines)


# ---- head --------------------------------------------------------------------------------------------------------
def _head(layout: Layout, first: int, blocks: Sequence[Block], declared_title: str | None) -> None:
    lines, rules = layout.lines, layout.rules
    judged = {i: layout.judge(i) for i in range(first)}
    layout.title = choose_title(lines, first, judged, blocks, declared_title)
    anchor = layout.title.line if layout.title else -1
    # Comments between the title and the byline part the two by no line.
    below = max((i for i in range(first) if rules[i] == "comments"), default=-1)
    named = squeeze(layout.title.form) if layout.title else ""
    interface = [i for i in range(first) if _is_interface(judged[i])]
    last_interface = max(interface, default=-1)
    repeated = max((i for i in range(anchor + 1, first) if named and squeeze(lines[i].form) == named), default=-1)
    layout.head_end = first if interface and last_interface == first - 1 else anchor + 1
    for i in range(first):
        if rules[i] is not None:
            continue
        what, line = judged[i], lines[i]
        if named and (squeeze(line.form).strip("#") == named or i == anchor or _printed_again(line, named)):
            rules[i] = what.rule if what and what.rule in ("breadcrumb",) else "title"
        elif what is not None and _belongs_to_head(judged, i, max(anchor, below) if i > below else anchor):
            if not (is_heading_mark(line) and i > anchor):
                rules[i] = what.rule
        elif (
            i < SITE_LINES
            and anchor < 0
            and what is None
            and line.size <= ACCOUNT_MAX_CHARS
            and _SITE.fullmatch(line.form)
        ):
            rules[i] = "navigation"
        elif i < anchor:
            rules[i] = "navigation"
            if _dated(judged.get(i + 1)) and len(names := bare_names(line)) == 1:
                layout.byline_people = names
            elif layout.account is None and _stacked(layout, judged, i):
                rules[i], layout.account = "byline", line.seen
        elif _names_poster(layout, judged, i):
            rules[i], layout.poster = "forum", line.seen
        elif names := () if what else _bare_byline(layout, i, anchor, first):
            rules[i], layout.byline_people = "byline", names
        elif housed := () if what or layout.account else _beside_date(layout, judged, i, anchor):
            rules[i] = "byline"
            layout.account, layout.byline_people = housed
        elif (layout.account is None and anchor < i <= anchor + DATELINE_LINES and _stacked(layout, judged, i)) or (
            layout.account is None
            and _below_title(layout, i, anchor)
            and (_names_account(line, judged.get(i + 1)) or _above_name(layout, i))
        ):
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


def _printed_again(line: Line, named: str) -> bool:
    """Whether a line is the title with the name of its column behind a bar."""
    form = squeeze(line.form)
    return (
        form.startswith(named)
        and form[len(named) : len(named) + 1] in ("|", "│", "_")
        and len(form) - len(named) <= ACCOUNT_MAX_CHARS + 1
    )


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


def _names_poster(layout: Layout, judged: dict[int, Judged | None], i: int) -> bool:
    following = judged.get(i + 1)
    line = layout.lines[i]
    stands_before_stats = following is not None and (
        following.rule == "forum" or any(f.label in _SCORES for f in following.meta.fields)
        if following.meta
        else following.rule == "forum"
    )
    return stands_before_stats and line.size <= 16 and not re.search(r"[,。!?;:]", line.form)


def _below_title(layout: Layout, i: int, anchor: int) -> bool:
    """Whether line `i` is the first below the title, or one that ends like a paper's name after a line of buttons."""
    if i == anchor + 1:
        return True
    return anchor < i <= anchor + BYLINE_LINES + 1 and _PAPER.search(layout.lines[i].form) is not None


def _stacked(layout: Layout, judged: dict[int, Judged | None], i: int) -> bool:
    """Whether line `i` is a paper's name right below a date, nothing else."""
    line = layout.lines[i]
    return _dated(judged.get(i - 1)) and line.size <= ACCOUNT_MAX_CHARS and _ENDS.fullmatch(line.form) is not None


def _dated(what: Judged | None) -> bool:
    return what is not None and what.meta is not None and what.meta.date is not None


def _names_account(line: Line, following: Judged | None) -> bool:
    """A short name right below the title and above a date."""
    return _dated(following) and line.size <= ACCOUNT_MAX_CHARS and not re.search(r"[,。!?;:《》\"'“”「」]", line.form)


def _above_name(layout: Layout, i: int) -> bool:
    """Whether line `i` is a paper's name and the line below it that of one person."""
    line = layout.lines[i]
    if line.size > ACCOUNT_MAX_CHARS or _ENDS.fullmatch(line.form) is None or i + 1 >= len(layout.lines):
        return False
    return len(bare_names(layout.lines[i + 1])) == 1


def _beside_date(
    layout: Layout, judged: dict[int, Judged | None], i: int, anchor: int
) -> tuple[str, tuple[str, ...]] | tuple[()]:
    """Paper and people of a line of nothing else that stands below the title right above or below a date."""
    dated = any(_dated(judged.get(j)) for j in (i - 1, i + 1))
    return (house_and_names(layout.lines[i]) or ()) if dated and anchor < i <= anchor + DATELINE_LINES else ()


def _furnished(layout: Layout, i: int, first: int) -> bool:
    """Whether only page furniture and short lines stand between line `i` and the text, a few of them."""
    between = range(i + 1, first)
    short = all(layout.lines[j].size <= ACCOUNT_MAX_CHARS or layout.judge(j) is not None for j in between)
    return short and len(between) <= DATELINE_LINES and any(layout.judge(j) is not None for j in between)


def _bare_byline(layout: Layout, i: int, anchor: int, first: int) -> tuple[str, ...]:
    """The name of a line that is nothing but a byline: "- Name" or a person's name right below the title."""
    line = layout.lines[i]
    if i <= anchor or len(line.seen) > BYLINE_MAX_CHARS:
        return ()
    stacked = i - anchor <= DATELINE_LINES and all(rule is not None for rule in layout.rules[anchor + 1 : i])
    stacked = stacked and i - anchor > 1
    marked = first - i == 1 and signs_marked(line)
    names = bare_names(line) if stacked or marked or i - anchor <= BYLINE_LINES else ()
    # One name is a byline right above the text; several are one wherever they follow the title (institutes stand below).
    dated = i - 1 > anchor >= 0 and _dated(layout.judge(i - 1))
    if i > anchor >= 0 and i + 1 < len(layout.lines) and _INSTITUTE.match(layout.lines[i + 1].form):
        names = names or bare_names(line)
        dated = dated or bool(names)
    if len(names) > 1 or (
        names
        and (
            dated
            or names == layout.byline_people
            or first - i <= BYLINE_LINES + 1
            or ((stacked or i == anchor + 1) and _furnished(layout, i, first))
        )
    ):
        return names
    if anchor < 0:
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
    return ()
