"""Tables that lie in two SQLite files: a large one that is never changed, and a small one with what came since.

What an article brings is written into the small file, and the id of every source that is another now, or gone, into its
table `gone`: the large file's rows of these sources count for nothing. All rows of a source lie in the same file. Readers
see the tables whole, by views of the same names. When the small file has grown, both are written into one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["GONE", "Table", "attach", "base_of", "is_in_base", "lift", "live", "settle", "uri_of"]

GONE: Final = "CREATE TABLE IF NOT EXISTS gone (source TEXT PRIMARY KEY) WITHOUT ROWID;\n"
"""The table of the small file that names the sources whose rows in the large one count for nothing."""
# A small file of up to so many bytes is copied and hashed within 20 ms; one that is an eighth of the large one is written again
# eight times, all in all, while the corpus doubles.
_SMALL_BYTES: Final = 8_000_000
_SHARE: Final = 8


@dataclass(frozen=True, slots=True)
class Table:
    """A table that lies in both files, with its column of the source's id; `narrowed` is a condition that leads to an index."""

    name: str
    source: str = "source"
    narrowed: str = ""


def base_of(path: Path) -> Path:
    """The large file that belongs to a small one."""
    return path.with_name(f"{path.stem}-base{path.suffix}")


def uri_of(path: Path) -> str:
    """The address of a file that nobody writes to; as_uri() quotes what has a meaning: a folder may be called "50% #1?"."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def live(column: str, schema: str) -> str:
    """The condition that a row of a file ("main" or "base") counts."""
    return f"{column} NOT IN (SELECT source FROM main.gone)" if schema == "base" else "1"


def attach(db: sqlite3.Connection, path: Path, tables: Sequence[Table]) -> bool:
    """Open the large file beside the small one at `path`, if there is one, and let the tables be seen whole."""
    base = base_of(path)
    if not base.exists():
        return False
    db.execute("ATTACH ? AS base", (uri_of(base),))
    for table in tables:
        db.execute(
            f"CREATE TEMP VIEW {table.name} AS SELECT * FROM main.{table.name} UNION ALL "
            f"SELECT * FROM base.{table.name} WHERE {live(table.source, 'base')}"
        )
    return True


def is_in_base(db: sqlite3.Connection, table: Table, source: str) -> bool:
    """Whether the large file holds rows of a source that count."""
    query = f"SELECT 1 FROM base.{table.name} WHERE {table.source} = ? AND {live(table.source, 'base')}"
    return db.execute(query, (source,)).fetchone() is not None


def lift(db: sqlite3.Connection, tables: Sequence[Table], source: str) -> None:
    """Bring the rows of a source into the small file, so that they can be changed there."""
    if db.execute("SELECT 1 FROM main.gone WHERE source = ?", (source,)).fetchone():
        return
    found = 0
    for table in tables:
        where = f"{table.narrowed} AND {table.source}" if table.narrowed else table.source
        query = f"INSERT INTO main.{table.name} SELECT * FROM base.{table.name} WHERE {where} = ?"
        found += db.execute(query, (source,)).rowcount
    if found:
        db.execute("INSERT INTO main.gone VALUES (?)", (source,))


def settle(small: Path, schema: str, tables: Sequence[Table], *, kept: Sequence[str] = ()) -> bool:
    """Write both files into one large one, and an empty small one, if the small one has grown; whether it had.

    Args:
        small: The small file; nobody has it open.
        schema: Of both.
        tables: That lie in both.
        kept: Tables that lie in the small one alone.

    Raises:
        sqlite3.Error: If they cannot be written.
        OSError: Likewise.
    """
    base, size = base_of(small), small.stat().st_size
    if size <= max(_SMALL_BYTES, base.stat().st_size // _SHARE if base.exists() else 0):
        return False
    before, large = small.with_suffix(".before"), small.with_suffix(".large")
    small.rename(before)
    with _writing(small, {"before": before}, schema) as db:
        for name in kept:
            db.execute(f"INSERT INTO main.{name} SELECT * FROM before.{name}")
    if base.exists():
        _join(large, {"small": before, "base": base}, schema, tables)
        base.unlink()  # not written over: it may be the file of an older index, too
        before.unlink()
        large.rename(base)
    else:
        before.rename(base)
    return True


def _join(large: Path, files: dict[str, Path], schema: str, tables: Sequence[Table]) -> None:
    with _writing(large, files, schema) as db:
        for table in tables:
            left = f"{table.source} NOT IN (SELECT source FROM small.gone)"
            db.execute(f"INSERT INTO main.{table.name} SELECT * FROM base.{table.name} WHERE {left}")
            db.execute(f"INSERT INTO main.{table.name} SELECT * FROM small.{table.name}")


@contextmanager
def _writing(path: Path, files: Mapping[str, Path], schema: str) -> Iterator[sqlite3.Connection]:
    """A new file, with others open beside it for reading."""
    db = sqlite3.connect(path.absolute().as_uri(), isolation_level=None, uri=True)
    try:
        db.execute("PRAGMA journal_mode=OFF")  # a draft: thrown away whole if anything fails
        db.execute("PRAGMA synchronous=OFF")
        for name, other in files.items():
            db.execute(f"ATTACH ? AS {name}", (uri_of(other),))
        db.executescript(schema)
        db.execute("BEGIN")
        yield db
        db.execute("COMMIT")
    finally:
        db.close()
