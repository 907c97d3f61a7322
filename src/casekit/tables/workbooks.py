"""Excel workbooks: sheets of rows whose addresses lead, by a click, to the row that shows the words.

Text stays text: a cell that begins with "=" is no formula, and characters that XML cannot hold are written as Excel writes
them (`_x000B_`), so that reading gives back the same characters.

References:
    ECMA-376 part 1, 22.9.2.19 ST_Xstring (escapes); https://openpyxl.readthedocs.io/
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import SettingError
from casekit.language import say
from casekit.tables.saving import missing, save_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Sheet", "read_rows", "workbook_bytes", "write_workbook"]

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_CELL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_MOST_CHARS: Final = 32_767  # what one cell of Excel holds
_WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its head, its rows, and where texts of cells lead.

    Attributes:
        links: Text of a cell (an address) to where a click leads: a web address, or "#'sheet'!A1" in the same workbook.
        at: The same for single cells, by row (from 0, without the head) and column.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    links: Mapping[str, str] = field(default_factory=dict)
    at: Mapping[tuple[int, int], str] = field(default_factory=dict)


def write_workbook(sheets: Iterable[Sheet], path: str | Path) -> Path:
    """Write sheets into an .xlsx file.

    Raises:
        SettingError: If a cell holds more than Excel takes.
        MissingTablesError: If openpyxl is not installed.
        SourceError: If the file cannot be written.
    """
    return save_bytes(Path(path), workbook_bytes(sheets))


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """The same as bytes."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(_title(sheet.name)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_rows(data: bytes) -> tuple[list[str], list[list[Any]]]:
    """The head and the rows of the first sheet, texts as they were written."""
    openpyxl = _openpyxl()
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        rows = [[_unescaped(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()
    head = [str(name) for name in rows[0]] if rows else []
    return head, [[*row, *[None] * (len(head) - len(row))] for row in rows[1:]]


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise missing("Excel", "openpyxl", "excel") from error
    return openpyxl


def _title(name: str) -> str:
    """A name that Excel takes for a sheet: at most 31 characters, without its own signs."""
    return re.sub(r"[\\/*?:\[\]']", " ", name)[:31] or "1"


def _fill(made: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    made.freeze_panes = "A2"
    for y, row in enumerate([sheet.columns, *sheet.rows], 1):
        for x, value in enumerate(row, 1):
            cell = made.cell(y, x)
            _set(cell, value)
            target = _target(sheet, value, y - 2, x - 1)
            if target is not None:
                _link(cell, target)
            if y == 1:
                cell.font = Font(bold=True)
    for x, name in enumerate(sheet.columns, 1):
        texts = [str(name), *(str(row[x - 1]) for row in sheet.rows[:200] if row[x - 1] is not None)]
        width = max(sum(1 + (ord(c) > 0x2E7F) for c in text) for text in texts)
        made.column_dimensions[get_column_letter(x)].width = min(_WIDEST, max(6, width + 2))
    if sheet.rows:
        made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"


def _target(sheet: Sheet, value: Any, row: int, column: int) -> str | None:
    if row < 0:
        return None
    return sheet.at.get((row, column)) or (sheet.links.get(value) if isinstance(value, str) else None)


def _link(cell: Any, target: str) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if target.startswith("#"):
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target[1:])
    else:
        cell.hyperlink = target
    cell.font = Font(color="0563C1", underline="single")


def _set(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        if len(value) > _MOST_CHARS:
            raise SettingError(
                say(
                    f"一格放不下 {len(value)} 字（Excel 上限 {_MOST_CHARS}）；请用 CSV 或 Parquet",
                    f"a cell of {len(value)} characters is more than Excel takes ({_MOST_CHARS}); use CSV or Parquet",
                )
            )
        cell.value = _escaped(value)
        cell.data_type = "s"  # never a formula
    elif value is None or isinstance(value, bool | int | float):
        cell.value = value
    else:
        cell.value = _escaped(str(value))
        cell.data_type = "s"


def _escaped(text: str) -> str:
    kept = _ESCAPED.sub(r"_x005F_x\1_", text)
    return _NO_CELL.sub(lambda found: f"_x{ord(found[0]):04X}_", kept)


def _unescaped(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
