"""Tables that travel: frames with settled columns, types and addresses; as CSV, Excel and Parquet and back."""

from __future__ import annotations

from casekit.tables.files import ENDINGS, csv_text, read_table, write_table
from casekit.tables.frames import COLUMNS, Kind, frame_of
from casekit.tables.rows import flat_rows, table_of
from casekit.tables.saving import MissingTablesError, save_bytes
from casekit.tables.workbooks import Sheet, write_workbook

__all__ = [
    "COLUMNS",
    "ENDINGS",
    "Kind",
    "MissingTablesError",
    "Sheet",
    "csv_text",
    "flat_rows",
    "frame_of",
    "read_table",
    "save_bytes",
    "table_of",
    "write_table",
    "write_workbook",
]
