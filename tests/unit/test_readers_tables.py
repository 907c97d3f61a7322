"""Spreadsheets and CSV: cells as they are shown, each figure at its cell, hidden parts said. All tables are invented."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from casekit.clean import clean_text
from casekit.errors import SourceError
from casekit.locators import locate
from casekit.readers import ReadResult, read_bytes
from casekit.types import Span


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _book() -> Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "销售"
    sheet.append(["2023 年各区销售", None, None, None])
    sheet.merge_cells("A1:D1")
    sheet.append(["大区", "销售额", "同比", "更新日"])
    sheet.append(["华东", 1200, 0.155, date(2023, 12, 31)])
    sheet.append(["华\n南", 980.5, -0.032, date(2023, 12, 30)])
    for row in (3, 4):
        sheet.cell(row, 2).number_format = '#,##0.0"万元"'
        sheet.cell(row, 3).number_format = "0.0%"
        sheet.cell(row, 4).number_format = 'yyyy"年"m"月"d"日"'
    sheet["A5"] = "合计"
    sheet["B5"] = "=SUM(B3:B4)"
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不给人看的 777"
    hidden.sheet_state = "hidden"
    return book


def _told(result: ReadResult, piece: str) -> str:
    at = result.text.index(piece)
    found = locate(result.text, result.blocks, Span(at, at + len(piece)))
    return found.told() if found else ""


def test_a_sheet_reads_as_it_is_shown_and_every_figure_has_its_cell() -> None:
    result = read_bytes(_bytes(_book()), name="销售.xlsx")
    assert result.text == (
        "销售\n2023 年各区销售\n大区\t销售额\t同比\t更新日\n华东\t1,200.0万元\t15.5%\t2023年12月31日\n"
        "华南\t980.5万元\t-3.2%\t2023年12月30日\n合计"
    )
    assert result.format == "xlsx"
    for piece, cell in (
        ("1,200.0万元", "B3"),
        ("-3.2%", "C4"),
        ("2023年12月30日", "D4"),
        ("大区", "A2"),
        ("合计", "A5"),
    ):
        assert _told(result, piece) == f"单元格 销售!{cell}"


def test_hidden_sheets_and_formulas_without_a_result_are_said() -> None:
    result = read_bytes(_bytes(_book()), name="销售.xlsx")
    assert "777" not in result.text
    assert [(one.kind, one.count) for one in result.receipt.skipped] == [("formula", 1), ("sheet", 1)]
    assert "底稿" in result.warnings[0]
    assert "1 个公式" in result.warnings[1]
    assert result.receipt.order == ("cells",)


def test_hidden_rows_and_columns_are_left_out_and_counted() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("甲", 1, 2), ("乙", 3, 4)):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    result = read_bytes(_bytes(book), name="a.xlsx")
    assert result.text == "Sheet\n甲\t2"
    assert _told(result, "2") == "单元格 Sheet!C1"
    assert [(one.kind, one.count) for one in result.receipt.skipped] == [("hidden", 4)]


def test_empty_cells_keep_the_columns_apart_and_empty_columns_take_no_place() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["C3"], sheet["E3"] = "指标", "2023年"
    sheet["E4"] = 12
    result = read_bytes(_bytes(book), name="a.xlsx")
    assert result.text == "Sheet\n指标\t2023年\n\t12"
    assert _told(result, "12") == "单元格 Sheet!E4"


def test_the_same_sheet_read_twice_gives_the_same_layer_and_all_of_it_is_body() -> None:
    data = _bytes(_book())
    one, other = read_bytes(data, name="a.xlsx"), read_bytes(data, name="b.xlsx")
    assert (one.text, one.blocks) == (other.text, other.blocks)
    cleaned = clean_text(one.text, blocks=one.blocks, declared=one.metadata)
    assert cleaned.cuts == ()
    assert [heading.span.slice(one.text) for heading in cleaned.headings] == ["销售"]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_rows_are_lines_with_cells(separator: str) -> None:
    rows = [["大区", "销售额", "说明"], ["华东", "1200", f"含{separator}分隔符\n与换行"], ["华南", "", "无"]]
    text = "\r\n".join(separator.join(f'"{c}"' if len(c) > 4 else c for c in row) for row in rows)
    result = read_bytes(text.encode("gb18030"), name="a.csv")
    shown = " " if separator == "\t" else separator
    assert result.text == f"大区\t销售额\t说明\n华东\t1200\t含{shown}分隔符与换行\n华南\t\t无"
    assert _told(result, "1200") == "单元格 B2"
    assert _told(result, "无") == "单元格 C3"
    assert result.encoding == "gb18030"


def test_what_is_no_table_is_refused() -> None:
    for data, name in (
        (b"\n\n,,\n", "a.csv"),
        (_bytes(openpyxl.Workbook()), "a.xlsx"),
        (b"PK\x03\x04broken", "a.xlsx"),
    ):
        with pytest.raises(SourceError, match=name):
            read_bytes(data, name=name)


def test_an_archive_that_would_unpack_to_far_more_than_it_is_gets_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2):
            archive.writestr(f"xl/part{number}.xml", b"0" * (12 * 2**20))
    with pytest.raises(SourceError, match="压缩炸弹"):
        read_bytes(out.getvalue(), name="a.xlsx")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("旧稿.doc", ".docx"), ("旧稿.wps", ".docx"), ("旧稿.ppt", ".pptx"), ("旧稿.xls", ".xlsx"), ("旧稿.et", ".xlsx")],
)
def test_older_formats_are_refused_with_what_to_do(name: str, wanted: str) -> None:
    with pytest.raises(SourceError, match=f"另存为 {wanted}"):
        read_bytes(b"whatever", name=name)
    with pytest.raises(SourceError, match=f"另存为 {wanted}"):  # as these files begin
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name=name)


@pytest.mark.parametrize(
    ("stream", "said"),
    [("WordDocument", ".docx"), ("PowerPoint Document", ".pptx"), ("Workbook", ".xlsx"), ("EncryptedPackage", "密码")],
)
def test_older_formats_are_told_by_their_content_whatever_their_ending(stream: str, said: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + stream.encode("utf-16-le")
    with pytest.raises(SourceError, match=said):
        read_bytes(data, name="a.docx")
