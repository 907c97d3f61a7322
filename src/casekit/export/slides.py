"""Documents as PowerPoint: a slide a heading, text and tables broken onto further slides before they would run over."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from casekit.export.document import (
    Block,
    Break,
    Document,
    Entries,
    Grid,
    Heading,
    Items,
    Paragraph,
    Quote,
    Terms,
    plain,
)
from casekit.export.extras import missing_extra
from casekit.language import say

__all__ = ["to_pptx"]

_WIDE_IN, _HIGH_IN = 13.333, 7.5
_TEXT_PT, _CELL_PT, _SMALL_PT = 18, 13, 12
# A slide's text box is 12.1 in wide and 5.4 in high: at 18 pt with spacing that is 46 Chinese characters in 13 lines.
_LINE_CELLS, _LINES = 92, 13
# A table's room below the title: a line of 13 pt is 1.25 times as high, a row has 0.05 in above and below; a cell loses 0.2 in at its
# sides and a Chinese character where a line is broken before a bracket.
_TABLE_PT: Final = (_HIGH_IN - 1.4 - 0.3) * 72
_LINE_PT, _ROW_PT, _CELL_LOSS = _CELL_PT * 1.25, 7.2, 4
_FONT: Final = "Microsoft YaHei"


@dataclass(slots=True)
class _Slide:
    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)  # text and what it is: text, quote, small
    grid: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None = None


def to_pptx(document: Document) -> bytes:
    """The document as a .pptx file, the same bytes for the same document.

    Raises:
        MissingExtraError: If python-pptx is not installed.
    """
    try:
        from pptx import Presentation
        from pptx.util import Inches
    except ImportError as error:
        raise missing_extra("PowerPoint", "python-pptx") from error
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE_IN), Inches(_HIGH_IN)
    _front(deck, document)
    for slide in _slides(document):
        _drawn(deck, slide)
    out = BytesIO()
    deck.save(out)
    return _same_every_time(out.getvalue())


# ---- what goes on which slide ------------------------------------------------------------------------------------------
def _slides(document: Document) -> Iterator[_Slide]:
    """The document in slides, none with more than fits."""
    held = _Slide(document.title)
    for block in document.blocks:
        if isinstance(block, Heading | Break | Grid):
            if held.lines:
                yield from _broken(held)
            held = _Slide(block.text if isinstance(block, Heading) else held.title)
            if isinstance(block, Grid):
                yield from _tables(held.title, block)
            continue
        held.lines += _lines(block)
    if held.lines:
        yield from _broken(held)


def _lines(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Paragraph(some):
            yield plain(some), "text"
        case Quote(paragraphs, source):
            yield from ((one, "quote") for one in paragraphs)
            if source:
                yield f"—— {plain(source)}", "small"
        case Items(items):
            for item in items:
                for number, part in enumerate(item):
                    for text, look in _lines(part):
                        yield f"• {text}" if number == 0 and look == "text" else text, look
        case Terms(rows):
            yield from ((f"{name}{say('：', ': ')}{plain(value)}", "text") for name, value in rows)
        case Entries(entries):
            for entry in entries:
                told = " ".join(part for part in (entry.mark, entry.text, entry.remark) if part)
                yield told, "small"
        case _:
            return


def _broken(slide: _Slide) -> Iterator[_Slide]:
    """A slide's lines on as many slides as they need."""
    now, room = _Slide(slide.title), _LINES
    for text, look in slide.lines:
        for piece in _folded(text):
            need = _height(piece)
            if need > room and now.lines:
                yield now
                now, room = _Slide(_continued(slide.title)), _LINES
            now.lines.append((piece, look))
            room -= need
    yield now


def _tables(title: str, grid: Grid) -> Iterator[_Slide]:
    width = max(1, (_LINE_CELLS * _TEXT_PT // _CELL_PT) // max(1, len(grid.head)) - _CELL_LOSS)

    def height(row: Sequence[str]) -> float:
        lines = max((sum(max(1, -(-_cells(line) // width)) for line in cell.split("\n")) for cell in row), default=1)
        return lines * _LINE_PT + _ROW_PT

    rows: list[tuple[str, ...]] = []
    full = _TABLE_PT - height(grid.head)
    room = full
    name = grid.title or title
    for row in grid.rows:
        need = height(row)
        if need > room and rows:
            yield _Slide(name, grid=(grid.head, tuple(rows)))
            rows, room, name = [], full, _continued(grid.title or title)
        rows.append(row)
        room -= need
    yield _Slide(name, grid=(grid.head, tuple(rows)))


def _continued(title: str) -> str:
    mark = say("（续）", " (continued)")
    return title if title.endswith(mark) else title + mark


def _folded(text: str) -> Iterator[str]:
    """A paragraph in pieces that a slide holds."""
    most = _LINE_CELLS * _LINES
    while _cells(text) > most:
        at = most // 2
        yield text[:at]
        text = text[at:]
    yield text


def _height(text: str) -> int:
    return max(1, -(-_cells(text) // _LINE_CELLS))


def _cells(text: str) -> int:
    """How wide a text is: two cells a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


# ---- drawing -----------------------------------------------------------------------------------------------------------
def _front(deck: Any, document: Document) -> None:
    from pptx.util import Inches, Pt

    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = slide.shapes.add_textbox(Inches(0.9), Inches(2.4), Inches(11.5), Inches(2.6)).text_frame
    box.word_wrap = True
    _written(box.paragraphs[0], document.title, Pt(34), bold=True)
    if document.subtitle:
        _written(box.add_paragraph(), document.subtitle, Pt(16))


def _drawn(deck: Any, slide: _Slide) -> None:
    from pptx.util import Inches, Pt

    made = deck.slides.add_slide(deck.slide_layouts[5])
    title = made.shapes.title
    title.left, title.top, title.width, title.height = Inches(0.6), Inches(0.35), Inches(12.1), Inches(0.9)
    title.text_frame.word_wrap = True
    _written(title.text_frame.paragraphs[0], slide.title, Pt(26), bold=True)
    if slide.grid is not None:
        _tabled(made, slide.grid)
        return
    box = made.shapes.add_textbox(Inches(0.6), Inches(1.4), Inches(12.1), Inches(5.6)).text_frame
    box.word_wrap = True
    for number, (text, look) in enumerate(slide.lines):
        paragraph = box.paragraphs[0] if number == 0 else box.add_paragraph()
        paragraph.space_after = Pt(4)
        shown = f"“{text}”" if look == "quote" else text
        _written(paragraph, shown, Pt(_SMALL_PT if look == "small" else _TEXT_PT))


def _tabled(made: Any, grid: tuple[Sequence[str], Sequence[Sequence[str]]]) -> None:
    from pptx.util import Inches, Pt

    head, rows = grid
    shape = made.shapes.add_table(len(rows) + 1, len(head), Inches(0.6), Inches(1.4), Inches(12.1), Inches(0.4))
    for i, row in enumerate((head, *rows)):
        for j, text in enumerate(row):
            frame = shape.table.cell(i, j).text_frame
            frame.word_wrap = True
            _written(frame.paragraphs[0], text, Pt(_CELL_PT), bold=i == 0)


def _written(paragraph: Any, text: str, size: Any, *, bold: bool = False) -> None:
    from pptx.oxml.ns import qn

    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = size, bold, _FONT
    properties = run._r.get_or_add_rPr()
    east = properties.makeelement(qn("a:ea"), {"typeface": _FONT})
    properties.append(east)


def _same_every_time(data: bytes) -> bytes:
    """The file with the times of its making taken out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _sorted(made.namelist()):
            info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, made.read(name))
    return out.getvalue()


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
