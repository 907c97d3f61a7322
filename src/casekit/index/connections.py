"""Connections to one SQLite file that nobody writes to any more: every statement has one to itself.

A connection takes one statement at a time, so threads that shared one would wait for each other, or read each other's rows.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from casekit.index.layered import Table, attach, uri_of

__all__ = ["Database", "Readers", "Rows"]

_MAPPED_BYTES = 1 << 30  # of a file that is never changed: reading a page is then no call of the system


class Rows(Protocol):
    """The rows that a statement found, each once."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:
        """The next row, or None."""


class Database(Protocol):
    """What `Records` needs of a connection; an `sqlite3.Connection` has it."""

    def execute(self, query: str, arguments: Sequence[Any] = (), /) -> Rows:
        """The rows of a statement."""

    def executemany(self, query: str, arguments: Iterable[Sequence[Any]], /) -> object:
        """A statement done once for each row."""

    def close(self) -> None:
        """Let the file go."""


class Readers:
    """As many connections to a file as statements are under way at once; any thread may ask.

    Whoever still reads rows when it is closed reads on; the file is let go after him, or when nobody holds this any more.
    """

    def __init__(self, path: Path, tables: Sequence[Table] = ()) -> None:
        """`tables` are those that may lie in two files (`casekit.index.layered`)."""
        self._path, self._tables = path, tables
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False
        self._give(self._open())
        weakref.finalize(self, _close_all, self._idle)

    def execute(self, query: str, arguments: Sequence[Any] = (), /) -> Rows:
        """The rows of a statement, read as they are asked for."""
        if self._closed:
            raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
        return _Reading(self._rows(query, arguments))

    def executemany(self, query: str, arguments: Iterable[Sequence[Any]], /) -> object:
        """Refused by SQLite: the file is open for reading."""
        database = self._take()
        try:
            return database.executemany(query, arguments)
        finally:
            self._give(database)

    def close(self) -> None:
        """Let the file go as soon as nobody reads."""
        self._closed = True
        _close_all(self._idle)

    def _rows(self, query: str, arguments: Sequence[Any]) -> Iterator[Any]:
        database = self._take()
        try:
            cursor = database.execute(query, arguments)
            try:
                yield from cursor
            finally:
                cursor.close()
        finally:
            self._give(database)

    def _open(self) -> sqlite3.Connection:
        # one statement at a time, but not always of one thread: the garbage collector may end a reading in another
        database = sqlite3.connect(uri_of(self._path), uri=True, check_same_thread=False)
        database.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        attach(database, self._path, self._tables)
        return database

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._open()

    def _give(self, database: sqlite3.Connection) -> None:
        self._idle.append(database)
        if self._closed:  # asked after the append: whichever of the two comes last closes it
            _close_all(self._idle)


class _Reading:
    """Rows under way; a reading that is given up gives its connection back."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        """The next row, or None."""
        return next(self._rows, None)


def _close_all(idle: deque[sqlite3.Connection]) -> None:
    while idle:
        try:
            idle.pop().close()
        except IndexError:
            return
