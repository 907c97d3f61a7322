"""`faiss:` and `faiss:FOLDER`: rows in one SQLite file (or in memory), vectors in FAISS, exact; no server needed."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from casekit.backends.protocol import (
    EVERYTHING,
    Ability,
    Description,
    Found,
    Ids,
    Row,
    Where,
    check_rows,
    nothing_found,
    ordered,
)
from casekit.backends.settled import check_description, check_wanted, settled
from casekit.errors import BackendError
from casekit.language import say
from casekit.types import Floats1d

if TYPE_CHECKING:
    from casekit.vectors import VectorIndex

__all__ = ["ROWS_FILE", "ExactBackend"]

ROWS_FILE = "passages.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS described (data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passage (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, script TEXT NOT NULL,
  role TEXT NOT NULL, text TEXT NOT NULL, digest TEXT NOT NULL, vector BLOB, slots BLOB NOT NULL, weights BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passage_source ON passage (source);
"""
_MANY = 500  # bound parameters a statement


@dataclass(frozen=True, slots=True)
class _Words:
    """All weights of all rows, side by side: slot, weight and number of the row of each; the rows' ids."""

    slots: npt.NDArray[np.uint32]
    weights: Floats1d
    owners: npt.NDArray[np.int64]
    ids: Ids


class ExactBackend:
    """Rows in a folder, or in memory; threads take turns, and what is written is one transaction."""

    def __init__(self, folder: Path | None = None) -> None:
        self.url = f"faiss:{'' if folder is None else folder}"
        self.cannot: Mapping[Ability, str] = {}
        self._turn = threading.RLock()
        self._vectors: dict[str, VectorIndex] = {}
        self._words: _Words | None = None
        there = folder is not None and (folder / ROWS_FILE).exists()
        self._to_make = None if there else folder  # looking leaves nothing behind
        self._db = self._opened(folder if there else None)

    def _opened(self, folder: Path | None) -> sqlite3.Connection:
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            at = ":memory:" if folder is None else str(folder / ROWS_FILE)
            db = sqlite3.connect(at, check_same_thread=False)
            db.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise BackendError(say(f"打不开 {self.url}：{error}", f"cannot open {self.url}: {error}")) from error
        return db

    def describe(self) -> Description | None:
        """See `Backend.describe`."""
        with self._turn:
            row = self._db.execute("SELECT data FROM described").fetchone()
        return None if row is None else Description(**json.loads(row[0]))

    def begin(self, description: Description) -> None:
        """See `Backend.begin`."""
        there = self.describe()
        if there is None:
            there = description
            with self._turn:
                if self._to_make is not None:
                    self._db.close()
                    self._db, self._to_make = self._opened(self._to_make), None
            with self._turn, self._db:
                self._db.execute("INSERT INTO described VALUES (?)", (json.dumps(asdict(description)),))
        check_description(self.url, there, description)

    def upsert(self, rows: Sequence[Row]) -> None:
        """See `Backend.upsert`."""
        check_rows(rows, settled(self).dim)
        with self._turn, self._db:
            self._forget()
            self._db.executemany(
                "INSERT OR REPLACE INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(row.id, row.source, row.start, row.end, row.script, row.role, row.text, row.digest),
                        None if row.vector is None else row.vector.astype("<f4").tobytes(),
                        np.array(list(row.words), dtype="<u4").tobytes(),
                        np.array(list(row.words.values()), dtype="<f4").tobytes(),
                    )
                    for row in rows
                ],
            )

    def delete(self, ids: Ids) -> None:
        """See `Backend.delete`."""
        with self._turn, self._db:
            self._forget()
            self._db.executemany("DELETE FROM passage WHERE id = ?", [(number,) for number in ids.tolist()])

    def count(self, where: Where = EVERYTHING) -> int:
        """See `Backend.count`."""
        settled(self)
        return len(self._within(where))

    def digests(self) -> dict[int, tuple[str, str]]:
        """See `Backend.digests`."""
        with self._turn:
            return {row[0]: (row[1], row[2]) for row in self._db.execute("SELECT id, digest, source FROM passage")}

    def rows(self, ids: Ids) -> dict[int, Row]:
        """See `Backend.rows`."""
        with self._turn:
            found = [_row_of(one) for one in self._chosen("SELECT * FROM passage WHERE id IN", ids.tolist())]
        return {row.id: row for row in found}

    def dense(self, vector: Floats1d, script: str, k: int, where: Where = EVERYTHING) -> Found:
        """See `Backend.dense`."""
        check_wanted(k)
        allowed = None if where is EVERYTHING else self._within(where)
        with self._turn:
            index = self._index_of(script)
            if not len(index):
                return nothing_found()
            scores, ids = index.search(vector[np.newaxis, :], k, allowed=allowed)
        there = ids[0] >= 0
        return Found(ids[0][there], scores[0][there])

    def words(self, weights: Mapping[int, float], k: int, where: Where = EVERYTHING) -> Found:
        """See `Backend.words`."""
        check_wanted(k)
        with self._turn:
            words = self._all_words()
        asked = np.array(sorted(weights), dtype=np.uint32)
        if not len(asked) or not len(words.slots):
            return nothing_found()
        at = np.searchsorted(asked, words.slots).clip(max=len(asked) - 1)
        here = np.flatnonzero(asked[at] == words.slots)
        values = np.array([weights[int(slot)] for slot in asked])
        scores = np.bincount(words.owners[here], words.weights[here] * values[at[here]], minlength=len(words.ids))
        good = scores > 0
        if where is not EVERYTHING:
            good &= np.isin(words.ids, self._within(where))
        return ordered(words.ids[good], scores[good], k)

    def drop(self) -> None:
        """See `Backend.drop`."""
        with self._turn, self._db:
            self._forget()
            self._db.execute("DELETE FROM passage")
            self._db.execute("DELETE FROM described")

    def close(self) -> None:
        """See `Backend.close`."""
        with self._turn:
            self._db.close()

    # ---- what is asked of the file -------------------------------------------------------------------------------
    def _forget(self) -> None:
        """What was read of the rows before they change."""
        self._vectors.clear()
        self._words = None

    def _within(self, where: Where) -> Ids:
        """Ids of the rows that count, rising."""
        parts, given = ["1"], []
        for column, values in (("source", where.sources), ("script", where.scripts), ("role", where.roles)):
            if values:
                parts.append(f"{column} IN (SELECT value FROM json_each(?))")
                given.append(json.dumps(list(values), ensure_ascii=False))
        with self._turn:
            query = f"SELECT id FROM passage WHERE {' AND '.join(parts)} ORDER BY id"
            found = np.array([row[0] for row in self._db.execute(query, given)], np.int64)
        return found if where.ids is None else found[np.isin(found, where.ids)]

    def _chosen(self, query: str, ids: Sequence[int]) -> Iterable[Sequence[Any]]:
        for start in range(0, len(ids), _MANY):
            some = ids[start : start + _MANY]
            yield from self._db.execute(f"{query} ({','.join('?' * len(some))})", some)

    def _index_of(self, script: str) -> VectorIndex:
        from casekit.vectors import choose_index

        if script not in self._vectors:
            query = "SELECT id, vector FROM passage WHERE script = ? AND vector IS NOT NULL ORDER BY id"
            found = list(self._db.execute(query, (script,)))
            index = choose_index(0, max(1, settled(self).dim), url="faiss:flat")
            if found:
                rows = np.frombuffer(b"".join(vector for _, vector in found), "<f4").reshape(len(found), -1)
                index.add(np.array([number for number, _ in found], np.int64), rows)
            self._vectors[script] = index
        return self._vectors[script]

    def _all_words(self) -> _Words:
        if self._words is None:
            found = list(self._db.execute("SELECT id, slots, weights FROM passage ORDER BY id"))
            self._words = _Words(
                np.frombuffer(b"".join(one[1] for one in found), "<u4"),
                np.frombuffer(b"".join(one[2] for one in found), "<f4"),
                np.repeat(np.arange(len(found)), [len(one[1]) // 4 for one in found]),
                np.array([one[0] for one in found], np.int64),
            )
        return self._words


def _row_of(row: Sequence[Any]) -> Row:
    *told, vector, slots, weights = row
    words = zip(np.frombuffer(slots, "<u4").tolist(), np.frombuffer(weights, "<f4").tolist(), strict=True)
    made = Row(*told)
    return replace(made, vector=None if vector is None else np.frombuffer(vector, "<f4"), words=dict(words))
