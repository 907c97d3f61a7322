"""The slides as a PowerPoint file with speaker notes: for the facilitator, since the notes hold the model answers."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from casekit.export.extras import missing_extra
from casekit.workshop.deck import Block, Slide
from casekit.workshop.markup import plain_of_md

__all__ = ["slides_pptx"]

# Inches of a 16:9 slide, and points of type: what fills 1280 by 720 points of `deck` fills this with room to spare.
_WIDE, _HIGH, _MARGIN, _TOP = 13.333, 7.5, 0.55, 1.45
_TITLE, _BODY = 28, 20
_FONT: Final = "Microsoft YaHei"
# The same master gives the same file.
_MADE: Final = datetime.datetime(2026, 1, 1)


def slides_pptx(deck: Sequence[Slide]) -> bytes:
    """The deck as .pptx.

    Raises:
        MissingExtraError: If python-pptx is not installed.
    """
    try:
        from pptx import Presentation
        from pptx.util import Inches
    except ImportError as error:
        raise missing_extra("PowerPoint", "python-pptx") from error
    made: Any = Presentation()
    made.slide_width, made.slide_height = Inches(_WIDE), Inches(_HIGH)
    for one in deck:
        page = made.slides.add_slide(made.slide_layouts[5])  # a title and nothing else
        _title(page, one.title)
        _fill(page, one.blocks)
        if one.notes:
            page.notes_slide.notes_text_frame.text = one.notes
    made.core_properties.title = deck[0].title if deck else ""
    made.core_properties.author = ""
    made.core_properties.created = made.core_properties.modified = _MADE
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _title(page: Any, text: str) -> None:
    from pptx.util import Inches

    box = page.shapes.title
    box.left, box.top = Inches(_MARGIN), Inches(0.3)
    box.width, box.height = Inches(_WIDE - 2 * _MARGIN), Inches(1.0)
    box.text_frame.text = text
    box.text_frame.word_wrap = True
    _type(box.text_frame, _TITLE, bold=True)


def _fill(page: Any, blocks: Sequence[Block]) -> None:
    """Texts in one box, tables below; a slide holds one table at most, or a table behind a few lines."""
    from pptx.util import Inches

    top = _TOP
    for is_table, group in groupby(blocks, key=lambda one: one.kind == "row"):
        part = list(group)
        height = sum(block.height for block in part) / 560 * (_HIGH - _TOP - 0.3)
        if is_table:
            _table(page, part, top, height)
        else:
            size = (Inches(_MARGIN), Inches(top), Inches(_WIDE - 2 * _MARGIN), Inches(height))
            frame = page.shapes.add_textbox(*size).text_frame
            frame.word_wrap = True
            for i, block in enumerate(part):
                line = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
                line.text = f"• {block.text}" if block.kind == "bullet" else block.text
                line.font.bold = block.kind == "label"
            _type(frame, _BODY)
        top += height


def _table(page: Any, rows: Sequence[Block], top: float, height: float) -> None:
    from pptx.util import Inches

    cells = [[plain_of_md(one.replace("**", "")) for one in block.cells] for block in rows]
    columns = max(map(len, cells))
    width = _WIDE - 2 * _MARGIN
    grid = page.shapes.add_table(
        len(cells), columns, Inches(_MARGIN), Inches(top), Inches(width), Inches(height)
    ).table  # fmt: skip
    sizes = [max(4, max(len(row[i]) if i < len(row) else 0 for row in cells)) for i in range(columns)]
    for i, size in enumerate(sizes):
        grid.columns[i].width = Inches(width * size / sum(sizes))
    for r, row in enumerate(cells):
        for c, text in enumerate(row):
            grid.cell(r, c).text = text
            _type(grid.cell(r, c).text_frame, _BODY - 3)


def _type(frame: Any, points: int, *, bold: bool = False) -> None:
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    for line in frame.paragraphs:
        for run in line.runs:
            run.font.size = Pt(points)
            run.font.name = _FONT
            if bold:
                run.font.bold = True
            properties = run._r.get_or_add_rPr()
            east = properties.find(qn("a:ea"))
            if east is None:
                east = properties.makeelement(qn("a:ea"), {})
                properties.append(east)
            east.set("typeface", _FONT)
