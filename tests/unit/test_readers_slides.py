"""Slides: in the show's order, tables, charts and notes, every line at its slide. All decks are invented."""

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from casekit.clean import clean_text
from casekit.errors import SourceError
from casekit.locators import locate
from casekit.readers import ReadResult, read_bytes
from casekit.types import Span


def _bytes(deck: object) -> bytes:
    out = io.BytesIO()
    deck.save(out)  # type: ignore[attr-defined]  # the library is not typed
    return out.getvalue()


def _box(slide: object, text: str, left: float, top: float) -> None:
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))  # type: ignore[attr-defined]
    box.text_frame.text = text


def _deck() -> bytes:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "青禾超市会员方案"
    first.placeholders[1].text = "顾问组"
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "现状"
    _box(second, "右下：流失率 8%", 5, 4)
    _box(second, "左上：会员 320 万人", 1, 2)
    _box(second, "右上：复购率 41%", 5, 2.05)
    table = second.shapes.add_table(2, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
    for row, cells in enumerate((("门店", "销售额"), ("华东店", "1200万元"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    second.notes_slide.notes_text_frame.text = "讲的时候强调：目标是 500 万人。"
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "备用页"
    hidden._element.set("show", "0")
    last = deck.slides.add_slide(deck.slide_layouts[5])
    last.shapes.title.text = "走势"
    data = CategoryChartData(number_format="0%")  # type: ignore[no-untyped-call]
    data.categories = ["2022年", "2023年"]
    data.add_series("复购率", (0.35, 0.41))  # type: ignore[no-untyped-call]
    last.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(4), Inches(3), data)
    deck.core_properties.title = "PowerPoint Presentation"
    deck.core_properties.author = "陈一"
    return _bytes(deck)


@pytest.fixture(scope="module")
def result() -> ReadResult:
    return read_bytes(_deck(), name="方案.pptx")


def _told(result: ReadResult, piece: str) -> str:
    at = result.text.index(piece)
    found = locate(result.text, result.blocks, Span(at, at + len(piece)))
    return found.told() if found else ""


def test_slides_come_in_the_order_of_the_show_and_shapes_from_top_to_bottom(result: ReadResult) -> None:
    assert result.text.split("\n") == [
        "青禾超市会员方案",
        "顾问组",
        "现状",
        "左上：会员 320 万人",
        "右上：复购率 41%",
        "右下：流失率 8%",
        "门店\t销售额",
        "华东店\t1200万元",
        "讲的时候强调：目标是 500 万人。",
        "走势",
        "\t复购率",
        "2022年\t35%",
        "2023年\t41%",
    ]


def test_every_figure_stands_at_its_slide(result: ReadResult) -> None:
    for piece, place in (
        ("320 万人", "第2张幻灯片"),
        ("1200万元", "第2张幻灯片"),
        ("500 万人", "第2张幻灯片的备注"),
        ("35%", "第4张幻灯片"),
    ):
        assert _told(result, piece) == place


def test_hidden_slides_are_left_out_and_said(result: ReadResult) -> None:
    assert "备用页" not in result.text
    assert "第 3 张" in result.warnings[0]
    assert [(one.kind, one.count) for one in result.receipt.skipped] == [("slide", 1)]


def test_the_title_is_that_of_the_first_slide_where_the_properties_hold_the_programs_own(result: ReadResult) -> None:
    assert result.metadata.title == "青禾超市会员方案"
    assert result.metadata.authors == ("陈一",)


def test_all_of_a_deck_is_body_and_titles_of_slides_are_headings(result: ReadResult) -> None:
    cleaned = clean_text(result.text, blocks=result.blocks, declared=result.metadata)
    assert cleaned.cuts == ()
    assert [one.span.slice(result.text) for one in cleaned.headings] == ["青禾超市会员方案", "现状", "走势"]
    assert cleaned.metadata.title == "青禾超市会员方案"


def test_the_same_deck_read_twice_gives_the_same_layer() -> None:
    data = _deck()
    one, other = read_bytes(data, name="a.pptx"), read_bytes(data, name="b.pptx")
    assert (one.text, one.blocks) == (other.text, other.blocks)


def test_a_deck_of_pictures_is_refused_with_the_way_out() -> None:
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    with pytest.raises(SourceError, match="OCR"):
        read_bytes(_bytes(deck), name="图.pptx")


def test_raised_figures_of_a_slide_are_powers_or_marks_of_notes() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(1))
    paragraph = box.text_frame.paragraphs[0]
    for text, raised in (("一年卖出10", False), ("6", True), ("本书，会员500万人", False), ("1", True), ("。", False)):
        run = paragraph.add_run()
        run.text = text
        if raised:
            run.font._element.set("baseline", "30000")
    read = read_bytes(_bytes(deck), name="a.pptx")
    assert read.text.splitlines()[-1] == "一年卖出10⁶本书，会员500万人1。"
    cleaned = clean_text(read.text, blocks=read.blocks, declared=read.metadata)
    assert "".join(one.slice(read.text) for one in cleaned.kept) == "一年卖出10⁶本书，会员500万人。"
