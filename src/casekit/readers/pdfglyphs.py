"""Glyphs of a PDF page to printed lines: cells and words by the gaps between them, raised marks, what stands askew."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from casekit.readers.layer import NOTE_MARK, is_note_mark, marked, shown_raised
from casekit.readers.pdflines import Line, is_wide

__all__ = ["page_lines"]

_CELL_GAP = 2.5
"""A gap of this many type sizes inside a line parts cells: justified lines stay under 1.5."""
_WORD_GAP = 0.19
"""A gap beside a wide character that exceeds the line's usual one by this many type sizes is a blank: the narrowest blanks of
common fonts are 0.22-0.25."""
_RAISED_SIZE, _RAISED_BY = 0.8, 0.15
"""A raised figure is set at 58-75 % of the size, a quarter to a third of it above the line (defaults of office programs and TeX)."""
_AUTOSPACE = 0.25
"""What type setting puts between Han and Latin characters, where it does (JLREQ, CLREQ: a quarter em)."""
_WIDE_SET, _EVEN, _SPREAD_LEAST = (0.25, 1.5), 0.45, 4
"""In a part of a line that is set wide, gaps are this many type sizes and differ by the next (room beside Latin characters and
in narrow glyphs); four glyphs are the shortest such part, since justified lines have two or three even gaps by chance."""
_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_UNIFIED = _RADICALS | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""Radicals that fonts hand out for the characters that look the same, to those characters."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character at its place; `made` if PDFium put it in (a space between distant glyphs)."""

    char: str
    left: float
    right: float
    base: float
    size: float
    index: int
    made: bool = False
    askew: int = 0
    """By how many degrees it is turned, to the next five."""
    radical: bool = False


class _Glyphs:
    """Reads places and sizes of a page's characters through PDFium's C interface."""

    def __init__(self, textpage: Any) -> None:
        import pypdfium2.raw as pdfium

        self.raw = pdfium
        self.page = textpage
        self.box = pdfium.FS_RECTF()
        self.matrix = pdfium.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def glyph(self, index: int, char: str) -> _Glyph | None:
        """The character with its place in points, None where PDFium knows none."""
        raw = self.raw
        if not raw.FPDFText_GetLooseCharBox(self.page, index, ctypes.byref(self.box)):
            return None
        if not raw.FPDFText_GetCharOrigin(self.page, index, ctypes.byref(self.x), ctypes.byref(self.y)):
            return None
        size = raw.FPDFText_GetFontSize(self.page, index)
        askew = 0
        if raw.FPDFText_GetMatrix(self.page, index, ctypes.byref(self.matrix)):
            size *= math.hypot(self.matrix.c, self.matrix.d)
            askew = 5 * round(math.degrees(math.atan2(self.matrix.b, self.matrix.a)) / 5)
        made = raw.FPDFText_IsGenerated(self.page, index) == 1
        left, right = self.box.left, self.box.right
        if is_wide(char) and not made:
            # some writers give PDFium only the ink's box; a full-width character takes a square from its origin
            left, right = self.x.value, self.x.value + size
        shown = _UNIFIED.get(char, char)
        return _Glyph(shown, left, right, self.y.value, size, index, made, askew, shown != char)

    def bold(self, index: int) -> bool:
        if self.raw.FPDFText_GetFontWeight(self.page, index) >= 600:
            return True
        buffer = ctypes.create_string_buffer(96)
        flags = ctypes.c_int()
        used = self.raw.FPDFText_GetFontInfo(self.page, index, buffer, 96, ctypes.byref(flags))
        return (
            0 < used <= 96
            and re.search(rb"bold|black|heavy|heiti|simhei", buffer.raw[:used], re.IGNORECASE) is not None
        )


def page_lines(textpage: Any, number: int, height: float) -> Iterator[Line]:
    """The printed lines of a page, in the order in which PDFium gives its glyphs; what stands askew comes last."""
    import pypdfium2.raw as pdfium

    glyphs = _Glyphs(textpage)
    rows: list[list[_Glyph]] = [[]]
    last: _Glyph | None = None
    askew: list[_Glyph] = []
    high = 0

    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in (10, 13):
            rows.append([])
            last = None
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (2, 0xFFFE, 0xAD):
            code = 0x2D  # a hyphen at the line's end
        if code == 0 or (code < 32 and code != 9):
            continue
        char = chr(code)
        glyph = glyphs.glyph(index, char)
        if glyph is None:
            if last is not None and char.isspace():
                rows[-1].append(_Glyph(" ", last.right, last.right, last.base, last.size, index, made=True))
            continue
        if glyph.askew % 90:
            askew.append(glyph)
            continue
        if not char.isspace():
            if last is not None and abs(last.base - glyph.base) > 0.6 * max(glyph.size, last.size):
                rows.append([])
            last = glyph
        rows[-1].append(glyph)
    spaced = _autospaced(rows)
    for row in rows:
        line = _line(row, glyphs, number, height, spaced=spaced)
        if line is not None:
            yield line
    if text := "".join(one.char for one in askew).strip():
        first = askew[0]
        yield Line(text, number, first.left, askew[-1].right, height - first.base, first.size, height, askew=True)


def _autospaced(rows: Sequence[Sequence[_Glyph]]) -> bool:
    """Whether nearly all borders of Han and Latin characters show a gap, so that it means nothing."""
    gaps = [
        (b.left - a.right) / max(a.size, 1.0)
        for row in rows
        for a, b in pairwise([one for one in row if not one.char.isspace()])
        if a.char.isalnum() and b.char.isalnum() and is_wide(a.char) != is_wide(b.char)
    ]
    return bool(gaps) and sum(gap > 0.12 for gap in gaps) > 0.7 * len(gaps)


def _line(collected: Sequence[_Glyph], glyphs: _Glyphs, number: int, height: float, *, spaced: bool) -> Line | None:
    shown = [one for one in collected if not one.char.isspace()]
    if not shown:
        return None
    size = median(one.size for one in shown) or 1.0
    gaps = [b.left - a.right for a, b in pairwise(shown)]
    usual = median(gaps) if gaps else 0.0
    pieces: list[str] = []
    previous: _Glyph | None = None
    space: _Glyph | None = None
    cells = False
    base = median(one.base for one in shown)
    raised = _raised(collected, size, base)
    spread = _spread(collected, size)
    for at, one in enumerate(collected):
        if at in raised:
            mark = raised[at]
            noted = bool(mark) and is_note_mark(mark, "".join(pieces))
            pieces.append(marked(mark, NOTE_MARK) if noted else shown_raised(mark))
            previous, space = one, None
            continue
        if one.char.isspace():
            space = one if space is None or space.made else space
            continue
        if previous is not None and one.index not in spread:
            gap = one.left - previous.right
            if gap > _CELL_GAP * size:
                pieces.append("\t")
                cells = True
            elif is_wide(one.char) or is_wide(previous.char):
                extra = (
                    gap
                    - max(0.0, usual)
                    - (_AUTOSPACE * size if spaced and is_wide(one.char) != is_wide(previous.char) else 0.0)
                )
                if (space is not None and not space.made) or extra > _WORD_GAP * size:
                    pieces.append(" ")
            elif (space is not None and not space.made) or gap - max(0.0, usual) > (0.1 if space else 0.25) * size:
                # in a line set wide (letter-spaced), a gap as usual there parts no words and no figures
                pieces.append(" ")
        pieces.append(one.char)
        previous, space = one, None
    bold = sum(glyphs.bold(one.index) for one in shown[:3]) >= min(2, len(shown))
    right = max(one.right for one in shown)
    radicals = any(one.radical for one in shown)
    text = "".join(pieces)
    return Line(text, number, shown[0].left, right, height - base, size, height, bold, cells, radicals=radicals)


def _spread(collected: Sequence[_Glyph], size: float) -> frozenset[int]:
    """The glyphs inside a part of a line that is set wide (会 员 达 到 5 0 0 万 人), its first excepted: no blanks part them.

    Such a part has wide characters, even gaps and no blank of its own.
    """
    found: set[int] = set()
    run: list[_Glyph] = []
    gaps: list[float] = []
    typed = False
    for one in (*collected, None):
        if one is not None and one.char.isspace():
            typed = typed or not one.made
            continue
        if one is not None and run and not typed:
            gap = one.left - run[-1].right
            even = not gaps or max(*gaps, gap) - min(*gaps, gap) <= _EVEN * size
            if _WIDE_SET[0] * size <= gap <= _WIDE_SET[1] * size and even:
                run.append(one)
                gaps.append(gap)
                continue
        if len(run) >= _SPREAD_LEAST and sum(is_wide(glyph.char) for glyph in run) >= 2:
            found.update(glyph.index for glyph in run[1:])
        run, gaps, typed = ([one] if one is not None else []), [], False
    return frozenset(found)


def _raised(collected: Sequence[_Glyph], size: float, base: float) -> dict[int, str]:
    """Glyphs that are small and stand high, by their place: the first of a run has the run's text, the others none."""
    found: dict[int, str] = {}
    start = -1
    for at, one in enumerate(collected):
        if one.size < _RAISED_SIZE * size and one.base > base + _RAISED_BY * size and not one.char.isspace():
            start = at if start < 0 else start
            found[start] = found.get(start, "") + one.char
            found.setdefault(at, "")
        elif not one.char.isspace():
            start = -1
    return found
