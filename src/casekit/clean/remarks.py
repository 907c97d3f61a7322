"""Comments that a page prints above its article: told as comments, so that neither body, title nor date is taken from them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from casekit.clean.dates import find_date
from casekit.clean.furniture import is_prose
from casekit.clean.lines import Line, squeeze
from casekit.cues import CuePattern

__all__ = ["comments_above"]

# Below a title and its byline; further down the article has begun. By reasoning, as the rest: no page of the bench has more.
HEAD_LINES = 12
# What somebody says under an article: a line or two, and the chrome around it is shorter still.
SAID_LINES, SAID_MAX_CHARS = 3, 160
MARK_MAX_CHARS = 48
MIN_MARKS = 2

_HEADING = CuePattern(r"%{comment-lines/heading}(?:[(\[]?\d+[^\d\s]?[)\]]?)?:?")
_MARK = CuePattern("%{comment-marks}")
_BUTTONS = CuePattern(r"(?:%{comment-marks}|%{comment-lines/behind}|[\s\d|·()\[\]])+")
_BEHIND = CuePattern(r"(?:(?:%{comment-lines/behind})\s*)+")


def comments_above(lines: Sequence[Line]) -> range:
    """The lines of the comments that stand before the article's first sentence; empty where none do.

    They begin at a heading (网友评论(3)) or at the first of two lines that each end a name and an hour with a button
    (小河 2021-03-06 10:20 回复). Behind them more must be said than in them, else they are the article.
    """
    start = next((i for i in range(min(HEAD_LINES, len(lines))) if _opens(lines, i)), None)
    if start is None or any(is_prose(line) for line in lines[:start]):
        return range(0)
    headed = _is_heading(lines[start])
    marks: list[int] = []
    at = start + headed
    for i in range(at, len(lines)):
        if i - (marks[-1] if marks else at - 1) > SAID_LINES + 1 or lines[i].size > SAID_MAX_CHARS:
            break
        if _is_mark(lines[i]):
            marks.append(i)
    if not marks or (not headed and len(marks) < MIN_MARKS):
        return range(0)
    end = marks[-1] + 1
    if marks[0] == at and not _BUTTONS.fullmatch(lines[marks[-1]].form):  # each head stands above what is said
        between = [b - a - 1 for a, b in itertools.pairwise(marks) if b - a > 1]
        end = min(len(lines), end + min(between, default=1))
    said = sum(line.size for line in lines[at:end])
    behind = sum(line.size for line in lines[end:] if is_prose(line))
    return range(start, end) if behind > said else range(0)


def _opens(lines: Sequence[Line], i: int) -> bool:
    return _is_heading(lines[i]) or _is_head(lines[i])


def _is_heading(line: Line) -> bool:
    return len(line.form) <= MARK_MAX_CHARS and _HEADING.fullmatch(squeeze(line.form)) is not None


def _is_head(line: Line) -> bool:
    """Whether a line is a name, an hour and a button: 小河 2021-03-06 10:20 回复."""
    if len(line.form) > MARK_MAX_CHARS or (date := find_date(line.form)) is None or date.span.start == 0:
        return False
    behind = line.form[date.span.end :].strip()
    return ":" in date.span.slice(line.form) and bool(behind) and _BEHIND.fullmatch(behind) is not None


def _is_mark(line: Line) -> bool:
    return len(line.form) <= MARK_MAX_CHARS and not line.form.endswith("。") and _MARK.search(line.form) is not None
