"""Tables as one SQLite file with keys between them, as Datasette, pandas or R read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

__all__ = ["Table", "database_bytes"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with their types (`"start INTEGER"`), keys (`"PRIMARY KEY (id)"`), what is indexed, and its rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    keys: Sequence[str] = ()
    indexed: Sequence[str] = ()


def database_bytes(tables: Iterable[Table]) -> bytes:
    """The bytes of a database that holds the tables; rows of a table that refers to another come after it.

    Raises:
        sqlite3.IntegrityError: If a row refers to what is not there.
    """
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("PRAGMA foreign_keys = ON")
        for table in tables:
            made.execute(f'CREATE TABLE "{table.name}" ({", ".join([*table.columns, *table.keys])})')
            marks = ", ".join("?" * len(table.columns))
            made.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)
            for column in table.indexed:
                made.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
        made.commit()
        return made.serialize()
