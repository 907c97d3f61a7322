"""Charts as tables: the categories and values that a chart keeps beside its drawing, as they are shown.

References:
    ECMA-376 part 1, 21.2 (DrawingML - Charts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casekit.readers.layer import CELL
from casekit.readers.numberformat import shown_number

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["chart_rows"]

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MOST_ROWS = 5000


def chart_rows(root: _Element) -> list[str]:
    """A chart's title, a row with the names of its series, and a row for each category; none if it keeps no values.

    Rows have the cells of `LayerBuilder`, parted by `CELL`.
    """
    names: list[str] = []
    columns: list[dict[int, str]] = []
    labels: dict[int, str] = {}
    for series in root.iter(f"{_C}ser"):
        name = _points(series.find(f"{_C}tx"))
        values = _points(_first(series, "val", "yVal"))
        if not values:
            continue
        names.append(name.get(0, ""))
        columns.append(values)
        labels = labels or _points(_first(series, "cat", "xVal"))
    if not columns:
        return []
    rows = []
    title = root.find(f"{_C}chart/{_C}title")
    if title is not None:
        rows.append("".join(text.text or "" for text in title.iter(f"{_A}t")))
    if any(names):
        rows.append(CELL.join(["", *names]))
    numbers = sorted({number for column in columns for number in column})[:_MOST_ROWS]
    rows += [CELL.join([labels.get(n, ""), *(column.get(n, "") for column in columns)]) for n in numbers]
    return [row for row in rows if row.replace(CELL, "").strip()]


def _first(series: _Element, *names: str) -> _Element | None:
    return next((found for name in names if (found := series.find(f"{_C}{name}")) is not None), None)


def _points(holder: _Element | None) -> dict[int, str]:
    """Index to the shown value of each point that is kept."""
    found: dict[int, str] = {}
    if holder is None:
        return found
    own = next((code.text or "" for code in holder.iter(f"{_C}formatCode")), "General")
    for point in holder.iter(f"{_C}pt"):
        value = point.find(f"{_C}v")
        index = point.get("idx") or ""
        if value is not None and value.text and index.isdigit():
            numeric = point.getparent() is not None and str(point.getparent().tag).endswith(("numCache", "numLit"))  # type: ignore[union-attr]
            found[int(index)] = shown_number(value.text, point.get("formatCode") or own) if numeric else value.text
    return found
