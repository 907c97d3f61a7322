"""The words of every body in a SQLite file of their own: the layer `segments`.

    body      source id → its words, packed (`casekit.segment.coded`)
    lesson    what the workspace had taught when they were cut, one line each

A generation of before there were words has no such file; the next build makes it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from casekit.errors import IndexDamagedError
from casekit.index.connections import Database, Readers
from casekit.language import say
from casekit.segment.coded import BodyWords

__all__ = ["WORDS_FILE", "WordFile"]

WORDS_FILE = "words.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS body (source TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lesson (line TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class WordFile:
    """The words of bodies by source. Opened read-only unless told otherwise, and then for any number of threads.

    Raises:
        IndexDamagedError: If the file is not one of ours.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self._path = path
        try:
            if writable:
                draft = sqlite3.connect(path, isolation_level=None)
                draft.execute("PRAGMA journal_mode=OFF")  # a draft: thrown away whole if anything fails
                draft.execute("PRAGMA synchronous=OFF")
                draft.executescript(_SCHEMA)
                draft.execute("BEGIN")
                self._db: Database = draft
            else:
                self._db = Readers(path)
                self._db.execute("SELECT count(*) FROM body").fetchone()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def close(self, *, commit: bool = False) -> None:
        """Close the file, keeping what was written if `commit`."""
        if commit:
            self._db.execute("COMMIT")
        self._db.close()

    def words(self, source_id: str) -> BodyWords | None:
        """The words of a body; None where it was not cut.

        Raises:
            IndexDamagedError: If they are not what was written.
        """
        row = self._db.execute("SELECT data FROM body WHERE source = ?", (source_id,)).fetchone()
        return None if row is None else self._read(row[0])

    def all(self) -> Iterator[tuple[str, BodyWords]]:
        """Every source with its words, by id.

        Raises:
            IndexDamagedError: If some are not what was written.
        """
        for source_id, data in self._db.execute("SELECT source, data FROM body ORDER BY source"):
            yield source_id, self._read(data)

    def sources(self) -> set[str]:
        """Ids of the sources that were cut."""
        return {row[0] for row in self._db.execute("SELECT source FROM body")}

    def put(self, source_id: str, words: BodyWords) -> bool:
        """Keep the words of a body; False where they are kept already."""
        data = words.to_bytes()
        row = self._db.execute("SELECT data FROM body WHERE source = ?", (source_id,)).fetchone()
        if row is not None and row[0] == data:
            return False
        self._db.execute("INSERT OR REPLACE INTO body VALUES (?, ?)", (source_id, data))
        return True

    def remove(self, source_ids: Iterable[str]) -> None:
        """Take the words of sources out."""
        self._db.executemany("DELETE FROM body WHERE source = ?", [(source_id,) for source_id in source_ids])

    def lessons(self) -> frozenset[str]:
        """What had been taught when the bodies were cut."""
        return frozenset(row[0] for row in self._db.execute("SELECT line FROM lesson"))

    def learn(self, lines: Iterable[str]) -> None:
        """Write down what was taught now."""
        self._db.execute("DELETE FROM lesson")
        self._db.executemany("INSERT OR IGNORE INTO lesson VALUES (?)", [(line,) for line in lines])

    def _read(self, data: bytes) -> BodyWords:
        try:
            return BodyWords.from_bytes(data)
        except ValueError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> IndexDamagedError:
        return IndexDamagedError(
            say(
                f"词的文件 {self._path} 读不出：{error}；运行 casekit build --full 重建",
                f"cannot read the words {self._path}: {error}; run casekit build --full",
            )
        )
