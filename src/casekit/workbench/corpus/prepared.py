"""Texts already read and cleaned, so that the build after an `add` does not do it again.

A derived file (`index/prepared.sqlite`): whatever is missing or unreadable in it is simply read and cleaned anew.
Entries are keyed by the file's SHA-256 and the key of the readers and rules that made them, and checked by a digest
of their own, since SQLite hands out flipped bits without a word.
"""

from __future__ import annotations

import json
from functools import cached_property

from casekit.asjson import from_json, to_json
from casekit.index.layers import key_of, made_with
from casekit.types import Cleaned
from casekit.workbench.corpus.cachefile import CacheFile, digest_of
from casekit.workspace import Workspace

__all__ = ["Prepared"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS prepared (sha256 TEXT PRIMARY KEY, version TEXT, text TEXT, cleaned TEXT, digest TEXT);
"""


class Prepared:
    """The cache of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._file = CacheFile(workspace.index / "prepared.sqlite", _SCHEMA)
        self._waiting: list[tuple[str, str, str]] = []

    @cached_property
    def version(self) -> str:
        """Key of the readers and rules that make what is kept here now."""
        return key_of(made_with(self.workspace), "text", "body")

    @cached_property
    def reader(self) -> str:
        """Key of the readers that make text layers now."""
        return key_of(made_with(self.workspace), "text")

    def get(self, sha256s: list[str]) -> dict[str, tuple[str, Cleaned]]:
        """Text and body of those files that are known, by SHA-256."""
        found: dict[str, tuple[str, Cleaned]] = {}
        with self._file.open() as db:
            if db is None:
                return found
            for i in range(0, len(sha256s), 500):
                some = sha256s[i : i + 500]
                marks = ",".join("?" * len(some))
                query = f"SELECT sha256, text, cleaned, digest FROM prepared WHERE version = ? AND sha256 IN ({marks})"
                for sha256, text, cleaned, digest in db.execute(query, (self.version, *some)):
                    if digest == digest_of(sha256, text, cleaned):
                        found[sha256] = (text, from_json(Cleaned, json.loads(cleaned)))
        return found

    def put(self, sha256: str, text: str, cleaned: Cleaned) -> None:
        """Remember a file's text and body (written by `flush`)."""
        self._waiting.append((sha256, text, json.dumps(to_json(cleaned), ensure_ascii=False)))
        if len(self._waiting) >= 200:
            self.flush()

    def flush(self) -> None:
        """Write what `put` collected; a cache that cannot be written is done without."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        with self._file.open(create=True) as db:
            if db is not None:
                db.executemany(
                    "INSERT OR REPLACE INTO prepared VALUES (?, ?, ?, ?, ?)",
                    [
                        (sha256, self.version, text, cleaned, digest_of(sha256, text, cleaned))
                        for sha256, text, cleaned in rows
                    ],
                )
                db.commit()

    def clear(self, keep: set[str]) -> None:
        """Forget files that are no longer in the corpus, and entries of other versions."""
        with self._file.open() as db:
            if db is not None:
                known = {row[0] for row in db.execute("SELECT sha256 FROM prepared")}
                db.executemany("DELETE FROM prepared WHERE sha256 = ?", [(sha256,) for sha256 in known - keep])
                db.execute("DELETE FROM prepared WHERE version != ?", (self.version,))
                db.commit()
