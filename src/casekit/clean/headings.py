"""Headings inside the body, from how lines stand and read."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence

from casekit.clean.adverts import advert, is_step
from casekit.clean.lines import Line
from casekit.clean.names import is_person_name
from casekit.cues import CuePattern
from casekit.types import Block, Heading, Span

__all__ = ["broken_at", "find_headings", "numbering"]

# Headings of articles are short; numbered ones carry their sense in a longer line. Chosen by looking at how newspapers
# set them (a heading fits one line of a column or page), not fitted.
MAX_CHARS = 28
NUMBERED_MAX_CHARS = 45
MARKED_MAX_CHARS = 120
# Paragraphs differ in length; a quarter of all lines having the very same one means that a machine broke them there.
BROKEN_SHARE = 0.25
# Three short lines in a row are a list or verse.
SHORT_RUN = 3

_NUMBER_STYLES: tuple[tuple[str, CuePattern], ...] = (
    (
        "part",
        CuePattern(
            r"第[一二三四五六七八九十百零\d]{1,4}%{heading-units/part}分?(?:\s|:|、|$|(?=\S))|(?:part|chapter|section)\s*(?:\d{1,2}|[ivx]+|one|two|three)\b"
        ),
    ),
    (
        "stage",
        CuePattern(r"第[一二三四五六七八九十\d]{1,3}(?:个|大|类|种)?%{heading-units/stage}(?:\s*[::]|\s|$)"),
    ),
    ("han", CuePattern(r"[一二三四五六七八九十]{1,3}\s*[、..]\s*\S")),
    ("bracketed-han", CuePattern(r"\([一二三四五六七八九十]{1,3}\)\s*\S")),
    ("section", CuePattern(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+\S")),
    ("arabic", CuePattern(r"(?:no\.?\s?)?\d{1,2}\s*(?:、|[..](?!\d)|\||/)\s*\S|0\d\s+\S|#\d{1,2}\s+\S")),
    ("bracketed", CuePattern(r"(?:\(\d{1,2}\)|[①-⑳]|\d{1,2}\))\s*\S")),
)
_MARKDOWN = re.compile(r"(#{1,6})\s+(.*?)(?:\s+#+)?$")
_BOLD = re.compile(r"\*\*([^*]+)\*\*[::]?$")
_CAPTION = CuePattern(r"^(?:%{captions/label}|[▲△▼↑↓])\s*\d{0,2}\s*[::.|/\s]|^[▲△▼↑↓]|\(?%{captions/end}\)?$")
_ROLE_NAME = CuePattern(r"%{posts}\s*(?P<name>[\u4e00-\u9fff]{2,4})$")
_SENTENCE_OPENING = CuePattern("^%{sentence-openings}")
_SPEAKER = re.compile(r"^[^\s::]{1,12}[::]")
# What stands before a colon in lines about a text and in scripts of talks, where no heading follows it.
_LABEL = CuePattern(
    "(?:%{byline-labels/author}|%{byline-labels/editor}|%{byline-labels/source}|%{byline-labels/date}|%{byline-labels/account}"
    "|%{talk-labels/whole}|.*%{talk-labels/end})[::]"
)
# A heading with a colon (背景：…) stands above prose; what somebody says in a talk stands above the next one's words.
PROSE_LETTERS = 30
_STOPS = "。！？!?；;：:，,、…—–-~～.·"


def numbering(form: str) -> str | None:
    """The numbering style that a line opens with ("han" for 一、…), None if it opens with none."""
    return next((name for name, pattern in _NUMBER_STYLES if pattern.match(form)), None)


def find_headings(lines: Sequence[Line], blocks: Sequence[Block] = ()) -> tuple[Heading, ...]:
    """The headings among the lines of a body.

    Args:
        lines: The body's lines that are not blank, in order.
        blocks: The reader's blocks inside the body; where some are headings, only numbered lines are added to them.
    Returns:
        Sorted; level 1 is the highest that occurs.
    """
    marked = {b.span.start: b for b in blocks if b.kind == "h"}
    other = {b.span.start for b in blocks if b.kind not in ("p", "h")}
    found: list[tuple[Span, str, int]] = []
    width = broken_at(lines)
    for i, line in enumerate(lines):
        if advert(line) is not None or is_step(line):
            continue
        block = marked.get(line.span.start)
        if block is not None:
            found.append((block.span, "marked", block.level or 1))
        elif line.span.start not in other and (style := _style(lines, i, plain=not marked, width=width)):
            depth = 0
            span = line.span
            if mark := _MARKDOWN.match(line.seen):
                depth = len(mark[1])
                span = line.place(mark.start(2), mark.end(2)) if mark[2] else line.span
            found.append((span, style, depth))
    return _levelled(found)


def broken_at(lines: Sequence[Line]) -> int:
    """The width at which the text's lines were broken by a machine; a large number where they were not."""
    if not lines:
        return sys.maxsize
    width, count = Counter(len(line.span) for line in lines).most_common(1)[0]
    return width if width >= 20 and count >= max(5, BROKEN_SHARE * len(lines)) else sys.maxsize


def _levelled(found: Sequence[tuple[Span, str, int]]) -> tuple[Heading, ...]:
    depths = sorted({depth for _, _, depth in found if depth})
    order = [
        *(f"depth{d}" for d in depths),
        "part",
        "plain",
        "stage",
        *(n for n, _ in _NUMBER_STYLES if n not in ("part", "stage")),
    ]
    keys = [f"depth{depth}" if depth else style for _, style, depth in found]
    present = [name for name in order if name in keys]
    return tuple(Heading(span, min(6, present.index(key) + 1)) for (span, _, _), key in zip(found, keys, strict=True))


def _style(lines: Sequence[Line], i: int, *, plain: bool, width: int) -> str | None:
    line = lines[i]
    form = line.form
    if _MARKDOWN.match(form):
        return "markdown" if len(form) <= MARKED_MAX_CHARS else None
    if len(line.seen) > NUMBERED_MAX_CHARS or _CAPTION.search(form) or not any(c.isalnum() for c in form):
        return None
    if (bold := _BOLD.match(form)) and len(bold[1]) <= MAX_CHARS and bold[1][-1] not in _STOPS:
        return "plain"
    number = numbering(form)
    ends = line.last
    if number:
        stopped = ends in _STOPS and ends not in "？?！!…"
        return None if stopped or _in_list(lines, i, number) or line.form.endswith((";", "。")) else number
    plain = plain and len(line.seen) <= MAX_CHARS and len(line.span) < width - 2
    if not plain or ends in _STOPS or line.bulleted or _speaks(lines, i):
        return None
    if (
        any(c in form for c in "。;")
        or _SENTENCE_OPENING.match(form)
        or _is_person_line(line)
        or form.startswith(("|", ">"))
    ):
        return None
    return "plain" if _stands_alone(lines, i, width) else None


def _speaks(lines: Sequence[Line], i: int) -> bool:
    """Whether a line opens with a speaker or a label; a word that opens no other line may also open a heading."""
    line = lines[i]
    opening = _SPEAKER.match(line.form)
    if opening is None:
        return False
    if _LABEL.match(line.form) or i + 1 >= len(lines):
        return True
    following = lines[i + 1]
    set_off = line.gap_before and following.gap_before
    above_prose = (following.ends_sentence or following.last in "：:") and following.size >= PROSE_LETTERS
    return not (set_off and above_prose) or sum(one.form.startswith(opening[0]) for one in lines) > 1


def _in_list(lines: Sequence[Line], i: int, number: str) -> bool:
    """Whether a numbered neighbour makes the line an item of a list."""
    return any(0 <= j < len(lines) and numbering(lines[j].form) == number for j in (i - 1, i + 1))


def _is_person_line(line: Line) -> bool:
    """A name with an office, as under a portrait, or a bare name."""
    if office := _ROLE_NAME.search(line.form):
        return is_person_name(office["name"], office["name"])
    return len(line.seen) <= 3 and is_person_name(line.seen, line.form)


def _stands_alone(lines: Sequence[Line], i: int, width: int) -> bool:
    """Between finished sentences and prose: not one of several short lines (verse, lists, signatures), not the last."""

    def short(j: int) -> bool:
        one = lines[j]
        return len(one.seen) <= MAX_CHARS and len(one.span) < width - 2 and not one.ends_sentence

    if i + 1 >= len(lines):
        return False
    line, following = lines[i], lines[i + 1]
    first = last = i
    while first > 0 and i - first < SHORT_RUN and short(first - 1):
        first -= 1
    while last + 1 < len(lines) and last - i < SHORT_RUN and short(last + 1):
        last += 1
    # A second short line may be a subheading; a third makes a list or verse, and so does one right at the end.
    if last - first + 1 >= SHORT_RUN or (last > i and last + 1 >= len(lines)):
        return False
    if last > i and not following.gap_before and line.gap_before:
        return False
    if following.bulleted and not line.gap_before:
        return False
    if i == 0:
        return True
    before = lines[i - 1]
    finished = before.ends_sentence or before.last in '：:"”」' or short(i - 1)
    # Broken lines of one paragraph: the line before is unfinished and no blank line parts them.
    return finished or (line.gap_before and following.gap_before and before.last not in "，,、")
