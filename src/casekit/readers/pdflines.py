"""Printed lines back to paragraphs: which line continues the one before, what is a heading, what every page repeats.

A PDF knows glyphs at places, no paragraphs. The evidence is typographic: a paragraph's line is full unless it is the last, a
new paragraph is indented or set off by a gap, a heading is larger or bold, a running head stands at the same height on page
after page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from casekit.readers.layer import unmarked

__all__ = ["BULLET", "Line", "Paragraph", "is_wide", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; lengths in points, `base` counts downwards from the page's top, `height` is the page's."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    height: float
    bold: bool = False
    cells: bool = False
    """Whether wide gaps divide the line: a table row; `text` has tabs there."""
    upright: bool = False
    """Whether it was set from top to bottom."""
    askew: bool = False
    """Whether it stands at an angle, as a watermark does."""
    radicals: bool = False
    """Whether glyphs named radicals instead of the characters that look the same."""
    recognised: float | None = None
    """How surely a machine recognised it in a picture, in [0, 1]; None for a line of the file's own text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined lines; `level` is 1-6 for headings, else 0; `furniture` what pages repeat, or a contents entry."""

    text: str
    level: int = 0
    furniture: bool = False
    row: bool = False
    page: int = 0
    """The page that it begins on, from 0."""
    turns: tuple[tuple[int, str], ...] = ()
    """Each further page with the text that stands there and behind."""
    recognised: float | None = None
    """The lowest confidence of its lines that were recognised; None where none was."""


_MARGIN = 0.1
"""Running heads and feet stand in the outer tenth of a page's height (book and office layouts leave 7-9 % there)."""
WATERMARK_PAGES = 3
WATERMARK_CHARS = 40
"""On two pages the same words at the same height may be chance; on three and most of the others they are a stamp."""
_PAGE_NUMBER = re.compile(
    r"\A\W{0,3}(?:第\s*)?(?:page\s*)?[\divxlc]{1,5}(?:\s*[/／]\s*\d{1,5}|\s*of\s*\d{1,5})?(?:\s*页)?(?:\s*[/／,，]?\s*共\s*\d{1,5}\s*页)?\W{0,3}\Z",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*[\divx]+\Z|…{2,}\s*\d+\Z|·{5,}\s*\d+\Z")
_MARKER = re.compile(
    r"\A(?:[•·●○■◆▪–‣*-]\s?|\(?\d{1,3}[.)、）]\s?|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、|[①-⑳])"
)
BULLET = re.compile(r"[•·●○■◆▪‣∙\uf0b7\uf06c\uf0d8]\s*")
"""A list's mark at the start of a paragraph (with the private characters of Word's symbol fonts)."""
_PRINTED = re.compile(
    r"\A\d{1,4}/\d{1,2}/\d{1,4}[,，]?\s*\D{0,3}\d{1,2}:\d{2}|\A(?:https?|file)://\S+(?:\s+\d+/\d+)?\Z"
)
"""Head and foot that browsers print: date and title, address and page."""
_END = re.compile(r"[。！？!?：:…”」』）)]\Z|\.\Z|\.[”\"')]\Z")
_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_RUN = r"[^\s\u2e80-\u9fff\u3000-\u303f\uf900-\ufaff\uff00-\uffef“”‘’]+"
_FIRST = re.compile(
    rf"[「『“‘（《〈【〔(\[]*(?:{_HAN}|{_RUN})?(?:[“”‘’]+(?:{_HAN}|{_RUN})?)?[，。、；：！？”’）》〉】」』…,.;:!?)]*"
)
"""What cannot be parted at a line's start: opening marks, one wide character or one word, closing marks."""
_HEADING_RATIO = 1.12
"""A line this much larger than the body is a heading: office styles start at 1.15, mixed-font jitter stays under 1.08."""
_HEADING_CHARS = 80


def is_wide(char: str) -> bool:
    """Whether a character is always set on a full square: Han, kana, full-width forms, CJK punctuation.

    Curly quotes, dashes and ellipses are not: they are as wide as the font of their surroundings makes them.
    """
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uffef"
        or char >= "\U00020000"
    )


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a document's lines, which come in reading order."""
    furniture = _furniture(lines)
    body = [line for i, line in enumerate(lines) if not furniture[i]]
    if not body:
        return [Paragraph(line.text, furniture=True, page=line.page, recognised=line.recognised) for line in lines]
    size = _body_size(body)
    rights = _columns(body)
    lefts = _lefts(body)
    spacing = _spacing(body, size, rights)
    indented = _indents(body, lefts)
    levels = _levels(body, size)
    out: list[Paragraph] = []
    open_lines: list[Line] = []
    waiting: list[Paragraph] = []

    def close() -> None:
        if open_lines:
            first = open_lines[0]
            text = _join(open_lines)
            turns = tuple(
                (b.page, _join(open_lines[at:]))
                for at, (a, b) in enumerate(pairwise(open_lines), 1)
                if a.page != b.page
            )
            level = levels.get(round(first.size, 1), 0) if len(text) <= _HEADING_CHARS and not first.cells else 0
            if (
                not level
                and first.bold
                and all(line.bold for line in open_lines)
                and len(text) <= 40
                and not _END.search(text)
                and not first.cells
            ):
                level = min(6, max(levels.values(), default=0) + 1)
            sure = _least_sure(open_lines)
            out.append(Paragraph(text, level, row=first.cells, page=first.page, turns=turns, recognised=sure))
            open_lines.clear()
        out.extend(waiting)
        waiting.clear()

    for i, line in enumerate(lines):
        if furniture[i]:
            waiting.append(Paragraph(line.text, furniture=True, page=line.page, recognised=line.recognised))
            continue
        if open_lines and not _continues(
            # lines of a heading stand as much further apart as its letters are larger
            open_lines,
            line,
            spacing * max(1.0, line.size / size),
            rights,
            lefts,
            indented=indented,
        ):
            close()
        open_lines.append(line)
    close()
    return out


def _least_sure(lines: Sequence[Line]) -> float | None:
    return min((line.recognised for line in lines if line.recognised is not None), default=None)


def _body_size(lines: Sequence[Line]) -> float:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size, 1)] += len(line.text)
    return weights.most_common(1)[0][0]


def _spacing(lines: Sequence[Line], size: float, rights: dict[tuple[int, int], float]) -> float:
    """The distance of lines inside a paragraph: the smallest common gap below a full line, 1.5 sizes where there is none.

    Gaps between paragraphs can be the more frequent ones (many short paragraphs), but never the smaller ones.
    """
    gaps = [
        b.base - a.base
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < b.base - a.base < 3 * size and _alike(a, b) and _room(a, rights) < 2.2 * a.size
    ]
    if not gaps:
        return 1.5 * size
    counted = Counter(round(gap / size, 1) for gap in gaps)
    # a tenth of the pairs: stray small gaps (superscripts, overlapping boxes) are rarer
    common = min(step for step, times in counted.items() if times >= 0.1 * len(gaps))
    return median(gap for gap in gaps if abs(gap / size - common) <= 0.1)


def _room(line: Line, rights: dict[tuple[int, int], float]) -> float:
    """Points left blank at the line's end."""
    return rights.get((line.page, int(line.left // (4 * line.size))), line.right) - line.right


def _indents(lines: Sequence[Line], lefts: dict[tuple[int, int], float]) -> bool:
    """Whether paragraphs begin with an indent: several times an indented line stands above a flush one."""

    def inset(line: Line) -> float:
        return (line.left - lefts.get((line.page, int(line.left // (4 * line.size))), line.left)) / line.size

    starts = sum(
        1.2 < inset(a) < 3.5 and abs(inset(b)) < 0.5 for a, b in pairwise(lines) if a.page == b.page and _alike(a, b)
    )
    return starts >= max(2, len(lines) // 20)


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.08 * max(a.size, b.size)


def _levels(lines: Sequence[Line], size: float) -> dict[float, int]:
    """Type size to heading level, the largest first."""
    larger = sorted({round(line.size, 1) for line in lines if line.size > _HEADING_RATIO * size}, reverse=True)
    merged: list[float] = []
    levels: dict[float, int] = {}
    for one in larger:
        if not merged or merged[-1] - one > 0.05 * merged[-1]:
            merged.append(one)
        levels[one] = min(6, len(merged))
    return levels


def _columns(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """(page, left edge in steps of 4 sizes) to the right edge that full lines reach."""
    rights: dict[tuple[int, int], float] = {}
    whole: dict[int, float] = {}
    for line in lines:
        if line.cells:
            continue
        step = int(line.left // (4 * line.size))
        for at in (step - 1, step, step + 1):
            rights[line.page, at] = max(rights.get((line.page, at), 0.0), line.right)
            whole[at] = max(whole.get(at, 0.0), line.right)
    # a page with one short paragraph has no full line of its own: look at the others, if its margin is the same
    return {
        key: max(value, whole[key[1]]) if whole[key[1]] - value < 30 * 12 else value for key, value in rights.items()
    }


def _lefts(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    lefts: dict[tuple[int, int], float] = {}
    for line in lines:
        step = int(line.left // (4 * line.size))
        for at in (step, step + 1):
            lefts[line.page, at] = min(lefts.get((line.page, at), 1e9), line.left)
    return lefts


def _continues(
    paragraph: Sequence[Line],
    line: Line,
    spacing: float,
    rights: dict[tuple[int, int], float],
    lefts: dict[tuple[int, int], float],
    *,
    indented: bool,
) -> bool:
    last, first, em = paragraph[-1], paragraph[0], line.size
    if line.cells or last.cells or not _alike(last, line) or last.bold != line.bold:
        return False
    found = _FIRST.match(line.text)
    word = found.group() if found else ""
    need = sum(1.0 if is_wide(char) else 0.55 for char in word) * em
    if _room(last, rights) > min(need, 12 * em) + 1.1 * em:
        return False  # the next word would have fitted: the line was the last one
    jump = line.page != last.page or line.base < last.base - em
    flush = line.left <= lefts.get((line.page, int(line.left // (4 * em))), line.left) + 0.8 * em
    if jump:
        return flush and (not _END.search(last.text) or first.left > last.left + 0.8 * em)
    if line.base - last.base > 1.3 * spacing:
        return False
    if BULLET.match(line.text) or (_MARKER.match(line.text) and _END.search(last.text)):
        return False
    if len(paragraph) > 1:
        return abs(line.left - last.left) <= 0.6 * em
    if indented and not flush:
        return False
    hanging = _MARKER.match(first.text) is not None and 0.6 * em < line.left - first.left <= 4 * em
    return -4.5 * em <= line.left - first.left <= 0.6 * em or hanging


def _join(lines: Iterable[Line]) -> str:
    whole = ""
    for line in lines:
        if not whole:
            whole = line.text
            continue
        shown = unmarked(whole)
        if (
            whole.endswith(("-", "\u00ad"))
            and len(whole) > 1
            and whole[-2].isalpha()
            and whole[-2].isascii()
            and line.text[:1].islower()
        ):
            whole = whole[:-1] + line.text
        elif (
            is_wide(shown[-1])
            or is_wide(line.text[:1])
            or (_letter_is_wide(shown[::-1]) and _letter_is_wide(line.text))
        ):
            whole += line.text
        else:
            whole += " " + line.text
    return whole


def _letter_is_wide(text: str) -> bool:
    """Whether the first letter or digit is a wide one: Chinese often has half-width punctuation at a line's end."""
    return next((is_wide(char) for char in text[:8] if char.isalnum()), False)


def _furniture(lines: Sequence[Line]) -> list[bool]:
    """Which lines are running heads and feet, page numbers, or entries of a table of contents."""
    pages = len({line.page for line in lines})
    outer = [line.base < _MARGIN * line.height or line.base > (1 - _MARGIN) * line.height for line in lines]
    seen: dict[tuple[str, int], set[int]] = {}
    for line, edge in zip(lines, outer, strict=True):
        if edge:
            seen.setdefault(_place(line), set()).add(line.page)
    # every second page counts too: left and right pages of a book have different heads
    often = max(2, int(0.4 * pages))
    behind = _watermarks(lines, pages)
    return [
        bool(_LEADERS.search(line.text))
        or line.askew
        or _spot(line) in behind
        or (
            edge
            and (len(seen[_place(line)]) >= often or bool(_PAGE_NUMBER.match(line.text) or _PRINTED.match(line.text)))
        )
        for line, edge in zip(lines, outer, strict=True)
    ]


def _watermarks(lines: Sequence[Line], pages: int) -> set[tuple[str, int, int]]:
    """What stands at the same place of nearly every page, wherever that is."""
    if pages < WATERMARK_PAGES:
        return set()
    seen: dict[tuple[str, int, int], set[int]] = {}
    for line in lines:
        if not line.cells and len(line.text) <= WATERMARK_CHARS:
            seen.setdefault(_spot(line), set()).add(line.page)
    return {spot for spot, on in seen.items() if len(on) >= max(WATERMARK_PAGES, int(0.7 * pages))}


def _spot(line: Line) -> tuple[str, int, int]:
    return re.sub(r"\s+", "", line.text), round(line.left / 4), round(line.base / 4)


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+|\s+", "", line.text), round(line.base / 6)
