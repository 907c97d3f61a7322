"""The words of every body in a SQLite file of their own: the layer `segments`.

    body      source id → its words, packed (`casekit.segment.coded`)
    lesson    what the workspace had taught when they were cut, one line each
    listed    what the workspace's lexicon lists otherwise than the package's, one line each

A generation of before there were words has no such file; the next build makes it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from casekit.errors import IndexDamagedError
from casekit.index.connections import Database, Readers
from casekit.index.layered import GONE, Table, attach, is_in_base
from casekit.language import say
from casekit.segment.coded import BodyWords

__all__ = ["OF_SMALL", "SCHEMA", "TABLES", "WORDS_FILE", "WordFile"]

WORDS_FILE = "words.sqlite"
SCHEMA = (
    GONE
    + """
CREATE TABLE IF NOT EXISTS body (source TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lesson (line TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listed (line TEXT PRIMARY KEY) WITHOUT ROWID;
"""
)
TABLES = (Table("body"),)
OF_SMALL = ("lesson", "listed")
"""The tables that lie in the small file alone."""
_WRITTEN_DOWN = ""  # a line of `listed` that says that it was written, be it empty else


class WordFile:
    """The words of bodies by source. Opened read-only unless told otherwise, and then for any number of threads.

    Raises:
        IndexDamagedError: If the file is not one of ours.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self._path = path
        self._draft: sqlite3.Connection | None = None  # where a large file lies beside the one that is written
        try:
            if writable:
                draft = sqlite3.connect(path.absolute().as_uri(), isolation_level=None, uri=True)
                draft.execute("PRAGMA journal_mode=OFF")  # a draft: thrown away whole if anything fails
                draft.execute("PRAGMA synchronous=OFF")
                draft.executescript(SCHEMA)
                self._draft = draft if attach(draft, path, TABLES) else None
                draft.execute("BEGIN")
                self._db: Database = draft
            else:
                self._db = Readers(path, TABLES)
                self._db.execute("SELECT 1 FROM body LIMIT 1").fetchone()
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
        self._forget(source_id)
        self._db.execute("INSERT OR REPLACE INTO main.body VALUES (?, ?)", (source_id, data))
        return True

    def remove(self, source_ids: Iterable[str]) -> None:
        """Take the words of sources out."""
        for source_id in source_ids:
            self._forget(source_id)
            self._db.execute("DELETE FROM main.body WHERE source = ?", (source_id,))

    def _forget(self, source_id: str) -> None:
        """Let what the large file holds of a source count for nothing."""
        if self._draft is not None and is_in_base(self._draft, TABLES[0], source_id):
            self._draft.execute("INSERT INTO main.gone VALUES (?)", (source_id,))

    def lessons(self) -> frozenset[str]:
        """What had been taught when the bodies were cut."""
        return frozenset(row[0] for row in self._db.execute("SELECT line FROM lesson"))

    def learn(self, lines: Iterable[str]) -> None:
        """Write down what was taught now."""
        self._db.execute("DELETE FROM lesson")
        self._db.executemany("INSERT OR IGNORE INTO lesson VALUES (?)", [(line,) for line in lines])

    def listed(self) -> frozenset[str] | None:
        """What the workspace's lexicon listed otherwise when names were last looked for; None where nobody wrote it down."""
        lines = frozenset(row[0] for row in self._db.execute("SELECT line FROM listed"))
        return lines - {_WRITTEN_DOWN} if lines else None

    def write_listed(self, lines: Iterable[str]) -> None:
        """Write down what it lists otherwise now."""
        self._db.execute("DELETE FROM listed")
        self._db.executemany("INSERT OR IGNORE INTO listed VALUES (?)", [(line,) for line in (_WRITTEN_DOWN, *lines)])

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
