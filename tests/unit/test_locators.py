"""Where a range stands in its file: marks of readers, read back for any range, told in both languages."""

import pytest

from casekit.locators import (
    Locator,
    cells_mark,
    locate,
    notes_mark,
    page_mark,
    recognised_mark,
    slide_mark,
    time_mark,
)
from casekit.types import Block, Span


def _layer(*lines: tuple[str, tuple[str, ...]]) -> tuple[str, tuple[Block, ...]]:
    text, blocks = "", []
    for line, path in lines:
        start = len(text) + bool(text)
        text = f"{text}\n{line}" if text else line
        blocks.append(Block(Span(start, start + len(line)), tag_path=path))
    return text, tuple(blocks)


def _told(text: str, blocks: tuple[Block, ...], piece: str) -> str:
    at = text.index(piece)
    found = locate(text, blocks, Span(at, at + len(piece)))
    assert isinstance(found, Locator)
    return found.told()


SHEET = _layer(
    ("门店\t销售额\t增幅", ("xlsx", cells_mark("销售", 6, ["A", "B", "D"]))),
    ("华东\t1200 万元\t15%", ("xlsx", cells_mark("销售", 7, ["A", "B", "D"]))),
)


@pytest.mark.parametrize(
    ("piece", "zh", "en"),
    [
        ("1200", "单元格 销售!B7", "cell 销售!B7"),
        ("15%", "单元格 销售!D7", "cell 销售!D7"),
        ("华东\t1200", "单元格 销售!A7:B7", "cells 销售!A7:B7"),
        ("销售额\t增幅\n华东", "单元格 销售!B6:A7", "cells 销售!B6:A7"),
    ],
)
def test_a_figure_of_a_sheet_has_its_cell(piece: str, zh: str, en: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _told(*SHEET, piece) == zh
    monkeypatch.setenv("CASEKIT_LANG", "en")
    assert _told(*SHEET, piece) == en


def test_a_sheet_whose_name_is_no_word_is_quoted_as_in_a_formula() -> None:
    layer = _layer(("甲", ("xlsx", cells_mark("Q1 '20", 1, ["A"]))))
    assert _told(*layer, "甲") == "单元格 'Q1 ''20'!A1"


def test_a_table_that_is_no_sheet_has_cells_without_a_name() -> None:
    assert _told(*_layer(("甲\t乙", ("csv", cells_mark("", 3, ["A", "B"])))), "乙") == "单元格 B3"


@pytest.mark.parametrize(
    ("marks", "zh", "en"),
    [
        ((page_mark(12), page_mark(12)), "第12页", "p. 12"),
        ((page_mark(12), page_mark(13)), "第12–13页", "pp. 12–13"),
        ((slide_mark(3), slide_mark(3)), "第3张幻灯片", "slide 3"),
        ((slide_mark(3), slide_mark(4)), "第3–4张幻灯片", "slides 3–4"),
        ((slide_mark(3), notes_mark(3)), "第3张幻灯片–第3张幻灯片的备注", "slide 3–slide 3, notes"),
        ((time_mark(751.9), time_mark(751.9)), "00:12:31", "00:12:31"),
        ((time_mark(751), time_mark(3600)), "00:12:31–01:00:00", "00:12:31–01:00:00"),
    ],
)
def test_a_range_is_told_from_its_first_place_to_its_last(
    marks: tuple[str, str], zh: str, en: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = _layer(("甲乙", ("x", marks[0])), ("丙丁", ("x", marks[1])))
    assert _told(*layer, "乙\n丙") == zh
    monkeypatch.setenv("CASEKIT_LANG", "en")
    assert _told(*layer, "乙\n丙") == en


def test_what_was_recognised_says_so_with_its_lowest_confidence() -> None:
    layer = _layer(
        ("甲", ("ocr", page_mark(2), recognised_mark(0.991))), ("乙", ("ocr", page_mark(2), recognised_mark(0.874)))
    )
    assert _told(*layer, "甲\n乙") == "第2页（OCR 识别，置信度 87%）"
    assert _told(*layer, "甲") == "第2页（OCR 识别，置信度 99%）"
    found = locate(*layer, Span(0, 3))
    assert found is not None
    assert found.to_json() == {"kind": "page", "first": "2", "last": "2", "ocr": 0.87}


def test_text_without_marks_has_no_locator() -> None:
    layer = _layer(("甲", ("html", "body", "p.page")), ("乙", ()))
    assert locate(*layer, Span(0, 3)) is None
    assert locate("甲", (), Span(0, 1)) is None
