"""PDF: glyphs to lines (PDFium), lines to paragraphs; a scan without text is reported as such.

The text layer is made here: wrapped lines are joined, so that a paragraph is one line as in every other format; what every
page repeats stands after the paragraph it interrupts and carries the path entry "furniture".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from casekit.cues import CuePattern, CueWords, cue_form
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.fields import Claim, choose_metadata
from casekit.readers.layer import unmarked
from casekit.readers.model import ReadResult
from casekit.readers.mojibake import check_characters
from casekit.readers.pdfcolumns import upright_columns
from casekit.readers.pdfglyphs import page_lines
from casekit.readers.pdflines import Line, Paragraph, is_wide
from casekit.readers.pdftext import lay_lines
from casekit.readers.recognise import in_force, recognised_lines, scale_within
from casekit.receipt import Receipt, tallies

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["read", "suffixes"]

suffixes = frozenset({".pdf"})
max_bytes = 256 * 2**20
"""Scans and picture books are large; pages are read one at a time."""
_MAX_CHARS = 12_000_000
_RENDER_DPI = 150
"""At which a scanned page is drawn for recognition: Chinese of ten points is read with an error under 0.2 % of its characters;
re-run tests/unit/test_recognition.py before changing it."""
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
        lines, empty, things = _lines(document, name)
        properties = document.get_metadata_dict(skip_empty=True)
        count = len(document)
    finally:
        document.close()
    if sum(len(line.text) for line in lines) < 5 * max(1, count - len(empty)) or not lines:
        raise SourceError(
            say(
                f"{name}：没有文字层（{count} 页全是图片，多半是扫描件）；请加 --ocr 做文字识别（OCR）再添加",
                f"{name}: no text layer ({count} pages of pictures, probably a scan); add it with --ocr for text recognition (OCR)",
            )
        )
    warnings: tuple[str, ...] = ()
    if empty:
        shown = "、".join(str(page + 1) for page in empty[:12]) + ("…" if len(empty) > 12 else "")
        warnings = (
            say(f"{name}：第 {shown} 页没有文字层，只有图片", f"{name}: no text layer on page {shown}, only pictures"),
        )
    builder, found = lay_lines(lines)
    text = builder.text
    warnings += check_characters(text, name=name)
    metadata, conflicts = choose_metadata(list(_claims(properties, found)), name=name)
    receipt = Receipt(
        skipped=tallies({**things, "empty-page": len(empty)}),
        repaired=_repaired(lines),
        order=_order(lines),
    )
    return ReadResult(text, tuple(builder.blocks), metadata, None, warnings + conflicts, "pdf", receipt)


def _repaired(lines: Sequence[Line]) -> tuple[str, ...]:
    radicals = ["radicals"] if any(line.radicals for line in lines) else []
    return tuple(radicals + (["recognised"] if any(line.recognised is not None for line in lines) else []))


def _recognised(page: pypdfium2.PdfPage, number: int, count: int) -> list[Line]:
    """The lines of a page that is a picture, where recognition is asked for."""
    recognition = in_force()
    if recognition is None:
        return []
    scale = scale_within(page.get_size(), _RENDER_DPI)
    picture = page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3]
    found = recognition.page(picture, number, count)
    return recognised_lines(found, number, scale=1 / scale, height=page.get_height())


def _order(lines: Sequence[Line]) -> tuple[str, ...]:
    """Why the lines' order may not be the page's: vertical text, or several columns beside each other."""
    found = ["vertical"] if any(line.upright for line in lines) else []
    beside = [
        a.page
        for a, b in pairwise(lines)
        if a.page == b.page and b.base < a.base - 3 * a.size and b.left > a.left + 4 * a.size and not b.upright
    ]
    return tuple(found + (["columns"] if len(beside) > len(set(beside)) or len(beside) > 1 else []))


def _claims(properties: dict[str, str], found: Sequence[Paragraph]) -> Iterator[Claim]:
    title = " ".join(properties.get("Title", "").split())
    first = next((one for one in found if not one.furniture), None)
    heading = unmarked(first.text) if first is not None and first.level == 1 else ""
    if title and not _TITLE_JUNK.search(cue_form(title)):
        printed = _is_printed(title, found)
        # a title in other letters than the text's, which no page shows, is a program's or a file's name
        if printed or any(map(is_wide, title)) or not any(is_wide(char) for one in found for char in one.text[:40]):
            yield Claim("title", title, "properties", 60 if printed or not heading else 50)
    if heading:
        yield Claim("title", heading, "heading", 58)
    for author in re.split(r"[;；,，、]\s*", properties.get("Author", "")):
        if author.strip() and cue_form(author.strip()) not in _NOBODY:
            yield Claim("author", author, "properties", 60)


def _is_printed(title: str, found: Sequence[Paragraph]) -> bool:
    """Whether the pages show a title that the properties give; programs put names of files and of templates there."""
    wanted = "".join(cue_form(title).split())
    return any(wanted in "".join(cue_form(one.text).split()) for one in found)


def _lines(document: pypdfium2.PdfDocument, name: str) -> tuple[list[Line], list[int], Counter[str]]:
    """All lines in reading order, the numbers (from 0) of pages that hold pictures but no text, and what pages hold beside."""
    import pypdfium2

    lines: list[Line] = []
    empty: list[int] = []
    things: Counter[str] = Counter()
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
        found = upright_columns(list(page_lines(textpage.raw, number, page.get_height())))
        total += sum(len(line.text) for line in found)
        if not found and any(True for _ in page.get_objects(max_depth=2)):
            found = _recognised(page, number, len(document))
            if not found:
                empty.append(number)
        elif found:
            things["picture"] += sum(
                1 for _ in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=2)
            )
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
    things["attachment"] = document.count_attachments()
    return lines, empty, things
