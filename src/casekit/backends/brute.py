"""Every row looked at in plain arithmetic: `brute:`, the oracle of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from casekit.backends.protocol import (
    EVERYTHING,
    Ability,
    Description,
    Found,
    Ids,
    Row,
    Where,
    check_rows,
    ordered,
)
from casekit.backends.settled import check_description, check_wanted, settled
from casekit.types import Floats1d

__all__ = ["BruteBackend"]


class BruteBackend:
    """Rows in a dictionary; it lives as long as the process."""

    def __init__(self, url: str = "brute:") -> None:
        self.url = url
        self.cannot: Mapping[Ability, str] = {}
        self._rows: dict[int, Row] = {}
        self._description: Description | None = None

    def describe(self) -> Description | None:
        """See `Backend.describe`."""
        return self._description

    def begin(self, description: Description) -> None:
        """See `Backend.begin`."""
        if self._description is None:
            self._description = description
        check_description(self.url, self._description, description)

    def upsert(self, rows: Sequence[Row]) -> None:
        """See `Backend.upsert`."""
        check_rows(rows, settled(self).dim)
        self._rows.update((row.id, row) for row in rows)

    def delete(self, ids: Ids) -> None:
        """See `Backend.delete`."""
        for number in ids.tolist():
            self._rows.pop(number, None)

    def count(self, where: Where = EVERYTHING) -> int:
        """See `Backend.count`."""
        settled(self)
        return sum(1 for _ in self._within(where))

    def digests(self) -> dict[int, tuple[str, str]]:
        """See `Backend.digests`."""
        return {row.id: (row.digest, row.source) for row in self._rows.values()}

    def rows(self, ids: Ids) -> dict[int, Row]:
        """See `Backend.rows`."""
        return {number: self._rows[number] for number in ids.tolist() if number in self._rows}

    def dense(self, vector: Floats1d, script: str, k: int, where: Where = EVERYTHING) -> Found:
        """See `Backend.dense`."""
        check_wanted(k)
        found = {
            row.id: float(np.dot(row.vector, vector))
            for row in self._within(where)
            if row.script == script and row.vector is not None
        }
        return ordered(list(found), list(found.values()), k)

    def words(self, weights: Mapping[int, float], k: int, where: Where = EVERYTHING) -> Found:
        """See `Backend.words`."""
        check_wanted(k)
        sums = {row.id: sum(w * row.words.get(slot, 0.0) for slot, w in weights.items()) for row in self._within(where)}
        found = {number: score for number, score in sums.items() if score > 0}
        return ordered(list(found), list(found.values()), k)

    def drop(self) -> None:
        """See `Backend.drop`."""
        self._rows.clear()
        self._description = None

    def close(self) -> None:
        """See `Backend.close`."""

    def _within(self, where: Where) -> Iterator[Row]:
        ids = None if where.ids is None else set(where.ids.tolist())
        for row in self._rows.values():
            if where.sources and row.source not in where.sources:
                continue
            if where.scripts and row.script not in where.scripts:
                continue
            if where.roles and row.role not in where.roles:
                continue
            if ids is None or row.id in ids:
                yield row
