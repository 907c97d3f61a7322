"""Vertical Chinese text of a PDF page: characters below each other, read as lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from casekit.readers.pdflines import Line, is_wide

__all__ = ["upright_columns"]

MIN_CHARS = 6
"""Fewer characters below each other are a label of an axis or of a table's row."""
_SIDE, _STEP = 0.8, 2.2
"""How far the next character may stand aside and below, in sizes: figures set level stick out, a stop leaves room."""
_LEVEL_STEP = 0.6
_LEVEL_CHARS = 8
"""Figures and words of Latin script stand level in a column, beside at most a few characters."""
_WIDE_SHARE = 0.7
_ENDS = re.compile(r"[。！？!?…][」』”’）)]*$")


def upright_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, each run of characters that stand below each other made one line; columns of a paragraph joined.

    A page without such runs comes back as it is.
    """
    found: list[Line] = []
    column: list[Line] = []
    columns: list[Line] = []

    def close_column() -> None:
        wide = sum(len(one.text) == 1 and is_wide(one.text) for one in column)
        if len(column) >= MIN_CHARS and wide >= _WIDE_SHARE * len(column):
            columns.append(_upright(column))
        elif column:
            # the last column of a paragraph may be short
            short = bool(columns) and not _ENDS.search(columns[-1].text) and wide == len(column)
            if short:
                columns.append(_upright(column))
            else:
                close_columns()
                found.extend(column)
        column.clear()

    def close_columns() -> None:
        text: list[str] = []
        for one in columns:
            text.append(one.text)
            if _ENDS.search(one.text):
                found.append(replace(one, text="".join(text)))
                text.clear()
        if text:
            found.append(replace(columns[-1], text="".join(text)))
        columns.clear()

    for line in lines:
        level = len(line.text) <= _LEVEL_CHARS and not line.cells and (column or any(map(str.isdigit, line.text)))
        if not (len(line.text) == 1 or level):
            close_column()
            close_columns()
            found.append(line)
            continue
        if column and not _below(column[-1], line):
            close_column()
        column.append(line)
    close_column()
    close_columns()
    return found


def _upright(column: Sequence[Line]) -> Line:
    return replace(column[0], text="".join(one.text for one in column), cells=False, upright=True)


def _below(above: Line, line: Line) -> bool:
    size = max(above.size, line.size)
    aside = min(abs(above.left - line.left), abs((above.left + above.right) / 2 - (line.left + line.right) / 2))
    return aside <= _SIDE * size and 0 < line.base - above.base <= (_STEP + _LEVEL_STEP * (len(above.text) - 1)) * size
