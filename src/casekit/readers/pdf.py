"""PDF: glyphs to lines (PDFium), lines to paragraphs; a scan without text is reported as such.

The text layer is made here: wrapped lines are joined, so that a paragraph is one line as in every other format; what every
page repeats stands after the paragraph it interrupts and carries the path entry "furniture".
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from casekit.cues import CuePattern, CueWords, cue_form
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.encoding import check_characters
from casekit.readers.fields import Claim, choose_metadata
from casekit.readers.layer import LayerBuilder
from casekit.readers.model import ReadResult
from casekit.readers.pdfcolumns import upright_columns
from casekit.readers.pdflines import BULLET, Line, Paragraph, is_wide, paragraphs

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["read", "suffixes"]

suffixes = frozenset({".pdf"})
max_bytes = 256 * 2**20
"""Scans and picture books are large; pages are read one at a time."""
_MAX_CHARS = 12_000_000
_CELL_GAP = 2.5
"""A gap of this many type sizes inside a line parts cells: justified lines stay under 1.5."""
_WORD_GAP = 0.19
"""A gap beside a wide character that exceeds the line's usual one by this many type sizes is a blank: the narrowest blanks of
common fonts are 0.22-0.25."""
_AUTOSPACE = 0.25
"""What type setting puts between Han and Latin characters, where it does (JLREQ, CLREQ: a quarter em)."""
_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_UNIFIED = _RADICALS | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""Radicals that fonts hand out for the characters that look the same, to those characters."""
_TITLE_JUNK = CuePattern(r"\A(?:%{file-titles}|document\d*\Z|slide \d+)|\.(?:docx?|pptx?|html?|indd|qxd|tex|dvi|pdf)\Z")
_NOBODY = CueWords("no-authors", "file-authors")


def read(data: bytes, *, name: str) -> ReadResult:
    """The text of a PDF in reading order, with metadata from its properties.

    Raises:
        SourceError: If the file is damaged, truncated, encrypted, or holds only pictures.
    """
    import pypdfium2

    if b"%%EOF" not in data[-4096:]:
        raise SourceError(
            say(
                f"{name}：PDF 没有传完（缺少结尾）；请重新下载",
                f"{name}: the PDF is truncated (its end is missing); download it again",
            )
        )
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise SourceError(
                say(
                    f"{name}：PDF 加了密码；请去掉密码再添加",
                    f"{name}: the PDF is protected by a password; remove it and add the file again",
                )
            ) from None
        raise SourceError(
            say(
                f"{name}：PDF 损坏，打不开；请重新下载",
                f"{name}: the PDF is damaged, it cannot be opened; download it again",
            )
        ) from None
    try:
        lines, empty = _lines(document, name)
        properties = document.get_metadata_dict(skip_empty=True)
        count = len(document)
    finally:
        document.close()
    if sum(len(line.text) for line in lines) < 5 * max(1, count - len(empty)) or not lines:
        raise SourceError(
            say(
                f"{name}：没有文字层（{count} 页全是图片，多半是扫描件）；请先做文字识别（OCR）再添加",
                f"{name}: no text layer ({count} pages of pictures, probably a scan); run text recognition (OCR) and add the result",
            )
        )
    warnings: tuple[str, ...] = ()
    if empty:
        shown = "、".join(str(page + 1) for page in empty[:12]) + ("…" if len(empty) > 12 else "")
        warnings = (
            say(f"{name}：第 {shown} 页没有文字层，只有图片", f"{name}: no text layer on page {shown}, only pictures"),
        )
    found = paragraphs(lines)
    builder = LayerBuilder()
    for one in found:
        path = ("pdf", "furniture") if one.furniture else ("pdf",)
        bullet = BULLET.match(one.text)
        kind = "h" if one.level else "td" if one.row else "li" if bullet else "p"
        builder.add(one.text, kind, level=one.level, path=path, pre=one.row, marker=bullet.group() if bullet else "")
    text = builder.text
    warnings += check_characters(text, name=name)
    metadata, conflicts = choose_metadata(list(_claims(properties, found)), name=name)
    return ReadResult(text, tuple(builder.blocks), metadata, None, warnings + conflicts, "pdf")


def _claims(properties: dict[str, str], found: Sequence[Paragraph]) -> Iterator[Claim]:
    title = " ".join(properties.get("Title", "").split())
    if title and not _TITLE_JUNK.search(cue_form(title)):
        yield Claim("title", title, "properties", 60)
    first = next((one for one in found if not one.furniture), None)
    if first is not None and first.level == 1:
        yield Claim("title", first.text, "heading", 58)
    for author in re.split(r"[;；,，、]\s*", properties.get("Author", "")):
        if author.strip() and cue_form(author.strip()) not in _NOBODY:
            yield Claim("author", author, "properties", 60)


def _lines(document: pypdfium2.PdfDocument, name: str) -> tuple[list[Line], list[int]]:
    """All lines in reading order, and the numbers (from 0) of pages that hold pictures but no text."""
    import pypdfium2

    lines: list[Line] = []
    empty: list[int] = []
    total = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise SourceError(
                say(
                    f"{name}：第 {number + 1} 页损坏；请重新下载",
                    f"{name}: page {number + 1} is damaged; download it again",
                )
            ) from None
        textpage = page.get_textpage()
        found = upright_columns(list(_page_lines(textpage.raw, number, page.get_height())))
        total += sum(len(line.text) for line in found)
        if not found and any(True for _ in page.get_objects(max_depth=2)):
            empty.append(number)
        lines += found
        textpage.close()
        page.close()
        if total > _MAX_CHARS:
            raise SourceError(
                say(
                    f"{name}：太长（超过 {_MAX_CHARS} 字），没有收录；请拆开",
                    f"{name}: too long (over {_MAX_CHARS} characters), not added; split it",
                )
            )
    return lines, empty


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
        if raw.FPDFText_GetMatrix(self.page, index, ctypes.byref(self.matrix)):
            size *= math.hypot(self.matrix.c, self.matrix.d)
        made = raw.FPDFText_IsGenerated(self.page, index) == 1
        left, right = self.box.left, self.box.right
        if is_wide(char) and not made:
            # some writers give PDFium only the ink's box; a full-width character takes a square from its origin
            left, right = self.x.value, self.x.value + size
        return _Glyph(_UNIFIED.get(char, char), left, right, self.y.value, size, index, made)

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


def _page_lines(textpage: Any, number: int, height: float) -> Iterator[Line]:
    import pypdfium2.raw as pdfium

    glyphs = _Glyphs(textpage)
    rows: list[list[_Glyph]] = [[]]
    last: _Glyph | None = None
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
    for one in collected:
        if one.char.isspace():
            space = one if space is None or space.made else space
            continue
        if previous is not None:
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
    return Line("".join(pieces), number, shown[0].left, right, height - shown[0].base, size, height, bold, cells)
