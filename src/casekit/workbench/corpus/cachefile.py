"""A derived SQLite file that may be gone, damaged or not writable at any time: then it is done without, and made anew."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["CacheFile", "digest_of"]


class CacheFile:
    """The file at `path` with the tables of `schema`."""

    def __init__(self, path: Path, schema: str) -> None:
        self.path, self._schema = path, schema

    @contextmanager
    def open(self, *, create: bool = False) -> Iterator[sqlite3.Connection | None]:
        """The file opened; None where there is none (unless `create`), or where it cannot be used."""
        if not create and not self.path.is_file():
            yield None
            return
        db = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=1)
            db.execute("PRAGMA synchronous=OFF")
            db.executescript(self._schema)
        except (OSError, sqlite3.Error):
            self._discard()
            if db is not None:
                db.close()
            yield None
            return
        try:
            yield db
        except sqlite3.Error:
            self._discard()
        finally:
            db.close()

    def _discard(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            return


def digest_of(*values: object) -> str:
    """Of a row: SQLite hands out flipped bits without a word (`object`, because a damaged file may hand out anything)."""
    return hashlib.sha256(repr(values).encode("utf8", "surrogatepass")).hexdigest()[:16]
