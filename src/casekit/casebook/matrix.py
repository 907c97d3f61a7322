"""A table of cases: rows, one column a case, and cells that know what bears them out."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from casekit.language import say
from casekit.types import Evidence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cell", "CellState", "Matrix", "empty_cell"]

CellState = Literal["reported", "background", "ours", "not-reported"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a case has to say on a row; `text` is what people read, also where nothing is reported."""

    text: str
    state: CellState
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by columns; `cells[i][j]` is row i of column j. `row_ids` and `column_ids` are ids for programs."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_ids: tuple[str, ...]
    column_ids: tuple[str, ...]
    blank: tuple[str, ...] = ()
    """Names of the rows of which no case reports anything: they are told in one line, not as rows."""

    def blank_told(self) -> str:
        """The line that names the blank rows; "" where there is none."""
        if not self.blank:
            return ""
        names = say("、", ", ").join(self.blank)
        return say(f"各案例都未报道：{names}", f"reported of none: {names}")

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a row and a column, each given by its id or its title.

        Raises:
            KeyError: If there is no such row or column.
        """
        return self.cells[_place(row, self.row_ids, self.rows)][_place(column, self.column_ids, self.columns)]

    def to_dataframe(self) -> pd.DataFrame:
        """A pandas DataFrame of strings, shape (rows, columns); `attrs["evidence"]` holds the cells' evidence."""
        import pandas as pd

        frame = pd.DataFrame(
            [[cell.text for cell in row] for row in self.cells], index=list(self.rows), columns=list(self.columns)
        )
        frame.attrs["evidence"] = {
            f"{row_id}/{column_id}": [str(one.address) for one in cell.evidence]
            for row_id, row in zip(self.row_ids, self.cells, strict=True)
            for column_id, cell in zip(self.column_ids, row, strict=True)
            if cell.evidence
        }
        return frame

    def to_markdown(self) -> str:
        """A pipe table; cells that rest on sources end in how many places bear them out."""
        head = ["", *self.columns]
        lines = [_row(head), "|" + " --- |" * len(head)]
        for name, row in zip(self.rows, self.cells, strict=True):
            lines.append(
                _row([f"**{_plain(name)}**", *(_plain(cell.text) + _count(cell) for cell in row)], plain=False)
            )
        told = f"\n{_plain(self.blank_told())}\n" if self.blank else ""
        return "\n".join(lines) + "\n" + told

    def to_html(self) -> str:
        """A table of its own, without scripts or styles from elsewhere; `data-evidence` holds the addresses."""
        parts = [f'<table class="casekit-matrix"><caption>{html.escape(self.title)}</caption><thead><tr><td></td>']
        parts += [f'<th scope="col">{html.escape(name)}</th>' for name in self.columns]
        parts.append("</tr></thead><tbody>")
        for name, row in zip(self.rows, self.cells, strict=True):
            parts.append(f'<tr><th scope="row">{html.escape(name)}</th>')
            for cell in row:
                places = " ".join(str(one.address) for one in cell.evidence)
                marked = f' data-evidence="{html.escape(places)}"' if places else ""
                # the state is in the words too, so that colour is never the only sign
                dim = ' style="opacity:.7"' if cell.state == "not-reported" else ""
                text = html.escape(cell.text).replace("\n", "<br>")
                parts.append(f'<td class="{cell.state}"{marked}{dim}>{text}{html.escape(_count(cell))}</td>')
            parts.append("</tr>")
        parts.append("</tbody>")
        if self.blank:
            wide = 1 + len(self.columns)
            parts.append(f'<tfoot><tr><td colspan="{wide}">{html.escape(self.blank_told())}</td></tr></tfoot>')
        parts.append("</table>")
        return "".join(parts)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def empty_cell() -> Cell:
    """The cell that says that nothing is reported."""
    return Cell(say("未报道", "not reported"), "not-reported")


def _place(name: str, ids: tuple[str, ...], titles: tuple[str, ...]) -> int:
    for names in (ids, titles):
        if name in names:
            return names.index(name)
    raise KeyError(name)


def _count(cell: Cell) -> str:
    places = len(cell.evidence)
    return say(f"（出处{places}处）", f" ({places} source{'s' if places > 1 else ''})") if places else ""


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")


def _row(cells: list[str], *, plain: bool = True) -> str:
    return "| " + " | ".join(_plain(cell) if plain else cell for cell in cells) + " |"
