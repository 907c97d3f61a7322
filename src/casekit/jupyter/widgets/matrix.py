"""The comparison matrix: cases side by side, every cell with what bears it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict, get_args

from casekit.casebook import Case, CompareBy, Matrix
from casekit.casebook.labels import claim_label, facet_label
from casekit.casebook.matrix import Cell
from casekit.errors import SettingError
from casekit.jupyter.widgets.base import Widget, bench_of
from casekit.jupyter.widgets.fallback import matrix_html
from casekit.jupyter.widgets.sentences import Sentence, sentences_at
from casekit.language import say

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.workbench import Workbench

__all__ = ["ComparisonMatrix", "matrix"]

_STATES: Final = {
    "reported": ("有出处", "from sources"),
    "background": ("背景知识", "background"),
    "ours": ("本库归纳", "our own words"),
    "not-reported": ("未报道", "not reported"),
}


class TagRow(TypedDict):
    """How sure a cell is, or what kind of figure it has: an id and what people call it."""

    tag: str
    label: str


class CellRow(TypedDict):
    """A cell; `places` are its addresses as [source, start, end]."""

    text: str
    state: str
    label: str
    tags: list[TagRow]
    places: list[tuple[str, int, int]]


class MatrixData(TypedDict):
    """All that the view draws; rows and columns as [id, title]; `choices` are the other comparisons of the same cases."""

    title: str
    by: str
    choices: list[tuple[str, str]]
    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    cells: list[list[CellRow]]


def matrix(
    cases: Sequence[str],
    *,
    lens: str | None = None,
    by: CompareBy = "facets",
    wb: Workbench | None = None,
) -> ComparisonMatrix:
    """Cases side by side, or a framework laid over them.

    Args:
        cases: Names of case cards (ids, names, aliases), in the order of the columns; an empty list means all.
        lens: A framework whose parts are the rows.
        by: Without a lens: what the rows are at first (facets, tactics, tools, frameworks, metrics).
        wb: A workbench; that of the nearest workspace where None.

    Raises:
        CaseError: If a card cannot be read.
        SettingError: If no card, framework or comparison is called so.
    """
    return ComparisonMatrix(bench_of(wb), [cases] if isinstance(cases, str) else cases, lens=lens, by=by)


class ComparisonMatrix(Widget):
    """A table of cases; see `matrix`. `selected` holds the chosen cells as ROW/COLUMN (ids)."""

    part = "matrix"

    def __init__(
        self, bench: Workbench, cases: Sequence[str], *, lens: str | None = None, by: CompareBy = "facets"
    ) -> None:
        known = bench.cases
        self._cases = [known.get(name) for name in cases] if cases else known.list()
        self._lens = lens
        self.matrix = self._made(bench, by)
        super().__init__(bench, _data(self.matrix, self._cases, by=by, lens=lens))

    def _made(self, bench: Workbench, by: CompareBy) -> Matrix:
        names = [case.id for case in self._cases]
        return bench.cases.lens(self._lens, names) if self._lens is not None else bench.cases.compare(names, by)

    def compare(self, by: CompareBy) -> None:
        """Show other rows of the same cases."""
        if self._lens is not None:
            raise SettingError(
                say("这是框架对照表，行是框架的各部分", "this is a lens: its rows are the framework's parts")
            )
        self.matrix = self._made(self.bench, by)
        self.selected = []
        self.data = dict(_data(self.matrix, self._cases, by=by, lens=None))

    def _cells(self) -> dict[str, tuple[str, str, Cell]]:
        shown = self.matrix
        return {
            f"{row_id}/{column_id}": (row, column, cell)
            for row_id, row, cells in zip(shown.row_ids, shown.rows, shown.cells, strict=True)
            for column_id, column, cell in zip(shown.column_ids, shown.columns, cells, strict=True)
        }

    def selection(self) -> DataFrame:
        """The chosen cells, one row each: row, case, text, state, evidence (addresses)."""
        import pandas as pd

        cells = self._cells()
        rows = [
            (row, column, cell.text, cell.state, [str(e.address) for e in cell.evidence])
            for row, column, cell in (cells[name] for name in self.selected if name in cells)
        ]
        return pd.DataFrame(rows, columns=["row", "case", "text", "state", "evidence"])

    # ---- questions of the view --------------------------------------------------------------------------------------
    def ask_by(self, by: str) -> bool:
        """Other rows."""
        chosen: Any = by
        self.compare(chosen)
        return True

    def ask_cell(self, id: str) -> list[Sentence]:
        """The sentences that bear a cell out."""
        found = self._cells().get(id)
        if found is None:
            raise SettingError(say("表里没有这一格", "the table has no such cell"))
        return sentences_at(self.bench, ((e.source, e.start, e.end) for e in found[2].evidence))

    def fallback(self) -> str:
        """The whole table."""
        return matrix_html(self.data)


def _data(shown: Matrix, cases: Sequence[Case], *, by: str, lens: str | None) -> MatrixData:
    return MatrixData(
        title=shown.title,
        by="" if lens is not None else by,
        choices=[] if lens is not None else [(name, _choice(name)) for name in get_args(CompareBy)],
        rows=list(zip(shown.row_ids, shown.rows, strict=True)),
        columns=list(zip(shown.column_ids, shown.columns, strict=True)),
        cells=[
            [
                _cell(cell, row_id if by == "metrics" else None, case)
                for cell, case in zip(cells, cases, strict=True)
            ]
            for row_id, cells in zip(shown.row_ids, shown.cells, strict=True)
        ],
    )  # fmt: skip


def _choice(name: str) -> str:
    special: Mapping[str, str] = {"facets": say("要点", "facets"), "metrics": say("指标", "figures")}
    return special.get(name) or facet_label(name)


def _cell(cell: Cell, metric: str | None, case: Case) -> CellRow:
    return CellRow(
        text=cell.text,
        state=cell.state,
        label=say(*_STATES[cell.state]),
        tags=_tags(cell, metric, case),
        places=[(e.source, e.start, e.end) for e in dict.fromkeys(cell.evidence)],
    )


def _tags(cell: Cell, metric: str | None, case: Case) -> list[TagRow]:
    """What the card's figures on the same places are: achieved, target, hearsay …"""
    own = set(cell.evidence)
    found: dict[str, str] = {}
    for name in ("background", "challenge", "actions", "results"):
        for one in case.section(name):
            if one.kind is None or (one.metric != metric if metric is not None else own.isdisjoint(one.evidence)):
                continue
            sure = one.certainty or "stated"
            found.setdefault(claim_label(one.kind, sure), one.kind if sure == "stated" else sure)
    return [TagRow(tag=tag, label=label) for label, tag in found.items()]
