"""Codes counted by case, code, source or coder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Address
from casekit.workbench.coding.casing import Cased, cases_placed

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.workbench.coding.records import Coded
    from casekit.workbench.coding.tree import Tree
    from casekit.workbench.held import Held

__all__ = ["By", "CodeMatrix", "matrix_of"]

By = Literal["case", "code", "source", "coder"]
_Column = tuple[str, "Callable[[list[Coded]], int]"]


@dataclass(frozen=True, slots=True)
class CodeMatrix:
    """How many passages bear each code (rows) in each case, with each code, in each source, or by each coder (columns).

    Attributes:
        by: What the columns are.
        rows: Paths of the codes.
        columns: What the columns are called; ids of cards and sources, paths of codes, names of coders.
        counts: A row a code, shape (rows, columns). In code × code the passages of the two that share a character, counted as
            pairs; on the diagonal the passages of the code.
        totals: The passages of each row, whatever the columns.
    """

    by: By
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]

    def frame(self) -> DataFrame:
        """As a frame, shape (rows, columns), int64, indexed by `code`."""
        import pandas as pd

        index = pd.Index(self.rows, name="code")
        return pd.DataFrame([list(row) for row in self.counts], index=index, columns=list(self.columns), dtype="int64")

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        rows = [
            {"code": name, "total": total, "counts": dict(zip(self.columns, row, strict=True))}
            for name, total, row in zip(self.rows, self.totals, self.counts, strict=True)
        ]
        return {"by": self.by, "columns": list(self.columns), "rows": rows}


def matrix_of(
    held: Held,
    tree: Tree,
    codings: Sequence[Coded],
    by: By,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    below: bool,
    wide: bool,
) -> CodeMatrix:
    """The matrix of these codings; see `Retrieval.matrix`."""
    found = [one for one in codings if one.state != "lost" and one.coding.code in tree.codes]
    used = {one.coding.code for one in found}

    def chosen(refs: Sequence[str]) -> list[str]:
        if refs:
            return [tree.one(ref).id for ref in refs]
        listed = tree.below("")[1:]
        return [one for one in listed if one in used or (below and used & set(tree.below(one)))]

    def of(code: str) -> list[Coded]:
        ids = set(tree.below(code)) if below else {code}
        return [one for one in found if one.coding.code in ids]

    wanted = chosen(rows)
    made: list[_Column]
    if by == "code":
        made = [(tree.path(one), _beside(of(one))) for one in chosen(columns)]
    elif by == "case":
        made = [(one.id, _within(one, wide=wide)) for one in cases_placed(held, columns)]
    elif by == "source":
        for name in columns:
            _ = held.catalogue[name]
        sources = columns or sorted({one.source for one in found})
        made = [(one, _counted(lambda coded, s=one: coded.source == s)) for one in sources]  # type: ignore[misc]
    else:
        coders = columns or sorted({one.coder for one in found})
        for name in columns:
            if name not in {one.coder for one in found}:
                raise SettingError(say(f"没有编码者 {name}", f"there is no coder {name}"))
        made = [(one, _by_coder(one)) for one in coders]
    mine = [of(one) for one in wanted]
    counts = tuple(tuple(count(row) for _, count in made) for row in mine)
    if by == "code":
        ids = chosen(columns)
        counts = tuple(
            tuple(_places(row) if ids[j] == wanted[i] else n for j, n in enumerate(counts[i]))
            for i, row in enumerate(mine)
        )
    return CodeMatrix(
        by, tuple(map(tree.path, wanted)), tuple(name for name, _ in made), counts, tuple(map(_places, mine))
    )


def _places(coded: Sequence[Coded]) -> int:
    return len({one.address for one in coded})


def _counted(held_there: Callable[[Coded], bool]) -> Callable[[list[Coded]], int]:
    return lambda coded: _places([one for one in coded if held_there(one)])


def _within(case: Cased, *, wide: bool) -> Callable[[list[Coded]], int]:
    if wide:
        return _counted(lambda one: one.source in case.sources)
    return _counted(lambda one: any(one.address.overlaps(place) for place in case.places))


def _by_coder(name: str) -> Callable[[list[Coded]], int]:
    return _counted(lambda one: one.coder == name)


def _beside(others: Sequence[Coded]) -> Callable[[list[Coded]], int]:
    """How many pairs of passages, one of a row and one of these, share a character."""
    by_source: dict[str, set[Address]] = {}
    for one in others:
        by_source.setdefault(one.source, set()).add(one.address)

    def count(coded: list[Coded]) -> int:
        mine = {one.address for one in coded}
        return sum(at.overlaps(other) for at in mine for other in by_source.get(at.source, ()))

    return count
