"""Tables as text (.csv, .tsv): one line a row with tabs between cells, each row with its number and its columns' letters.

The cells' characters are the file's own; the separator is told by which one parts the rows evenly. Quoted cells may hold
line breaks and separators (RFC 4180).

References:
    RFC 4180, Common Format and MIME Type for Comma-Separated Values (CSV) Files.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from casekit.errors import SourceError
from casekit.language import say
from casekit.locators import cells_mark
from casekit.readers.encoding import decode_text
from casekit.readers.layer import CELL, LayerBuilder
from casekit.readers.model import ReadResult
from casekit.readers.xlsx import column_letters
from casekit.types import Metadata

__all__ = ["read", "suffixes"]

suffixes = frozenset({".csv", ".tsv"})
max_bytes = 24 * 2**20
_MAX_CHARS = 12_000_000
_MAX_CELL = 131_072
_SEPARATORS = ",\t;|"
_SAMPLED_ROWS = 50
_MAX_COLUMNS = 16_384
"""As many as a sheet has: a row with more is no table."""


def read(data: bytes, *, name: str) -> ReadResult:
    """The rows of a table.

    Raises:
        SourceError: If the file is binary, in no readable encoding, broken, too long, or holds no cell.
    """
    decoded = decode_text(data, name=name)
    builder = LayerBuilder()
    try:
        for number, row in enumerate(_rows(decoded.text), 1):
            _lay(builder, number, row)
            if builder.length > _MAX_CHARS or len(row) > _MAX_COLUMNS:
                raise SourceError(
                    say(
                        f"{name}：表格太大（第 {number} 行起），没有收录；请拆开",
                        f"{name}: the table is too large (from row {number} on), not added; split it",
                    )
                )
    except csv.Error as error:
        raise SourceError(say(f"{name}：CSV 有错（{error}）", f"{name}: broken CSV ({error})")) from None
    if not builder.blocks:
        raise SourceError(say(f"{name}：表格是空的", f"{name}: the table is empty"))
    return ReadResult(
        builder.text, tuple(builder.blocks), Metadata(), decoded.encoding, decoded.warnings, "csv", decoded.receipt
    )


def _rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(_MAX_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))


def _separator(text: str) -> str:
    """The character that parts most rows into the same number of cells, the comma where none does."""
    best, score = ",", 0.0
    for candidate in _SEPARATORS:
        sample = []
        try:
            for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=candidate):
                if row:
                    sample.append(len(row))
                if len(sample) == _SAMPLED_ROWS:
                    break
        except csv.Error:
            continue
        cells, rows = Counter(sample).most_common(1)[0] if sample else (1, 0)
        even = rows / len(sample) if sample and cells > 1 else 0.0
        if even > score:
            best, score = candidate, even
    return best


def _lay(builder: LayerBuilder, number: int, row: list[str]) -> None:
    last = max((i for i, cell in enumerate(row, 1) if cell.strip()), default=0)
    if last:
        mark = cells_mark("", number, [column_letters(i) for i in range(1, last + 1)])
        builder.add(CELL.join(row[:last]), "td", path=("csv", mark))
