"""Passages and records in SQLite: what a hit needs to be shown without opening the corpus again."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from casekit.errors import IndexDamagedError
from casekit.index.connections import Database, Readers
from casekit.language import say
from casekit.types import Cleaned, Cut, Heading, Metadata, Span

__all__ = ["SCHEMA_VERSION", "PassageRow", "Records", "SourceRow", "cleaned_of_json", "cleaned_to_json"]

# Raise it when a table or the meaning of a column changes: an index of another version is rebuilt from scratch.
SCHEMA_VERSION = 3
_SCHEMA = """
CREATE TABLE source (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, key TEXT NOT NULL, script TEXT NOT NULL,
  text TEXT NOT NULL, match_key TEXT NOT NULL, cleaned TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passage (
  pid INTEGER PRIMARY KEY, source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  title TEXT NOT NULL, heading TEXT NOT NULL, quote TEXT NOT NULL, folded TEXT NOT NULL, n_terms INTEGER NOT NULL,
  script TEXT NOT NULL, embed_key TEXT NOT NULL
);
CREATE INDEX passage_source ON passage (source);
CREATE TABLE document_frequency (term TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE record (
  kind TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, entity TEXT, data TEXT NOT NULL
);
CREATE INDEX record_kind ON record (kind, source, start);
CREATE INDEX record_entity ON record (kind, entity);
CREATE TABLE fact_of_index (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_MANY = 500  # bound parameters a statement; SQLite's own limit is 999 in old builds


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as built: its text, its body, and the key that says what it was built from."""

    id: str
    sha256: str
    key: str
    script: str
    text: str
    match_key: str
    cleaned: Cleaned


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as indexed.

    `quote` are the kept characters in the original script, `folded` is what the word index saw, `script` tells which
    vector index holds it ("zh-Hans" or "zh-Hant"), `embed_key` identifies the embedded text.
    """

    pid: int
    source: str
    start: int
    end: int
    title: str
    heading: tuple[str, ...]
    quote: str
    folded: str
    n_terms: int
    script: str
    embed_key: str


class Records:
    """One SQLite file. Opened read-only unless told otherwise, and then for any number of threads.

    Raises:
        IndexDamagedError: If the file is not one of ours.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self.path = path
        try:
            if writable:
                draft = sqlite3.connect(path, isolation_level=None)
                draft.execute("PRAGMA journal_mode=OFF")  # a draft: thrown away whole if anything fails
                draft.execute("PRAGMA synchronous=OFF")
                if not draft.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    draft.executescript(_SCHEMA)
                draft.execute("BEGIN")
                self._db: Database = draft
            else:
                self._db = Readers(path)
                self._db.execute("SELECT count(*) FROM source").fetchone()
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                say(
                    f"记录库 {path} 打不开:{error};运行 casekit build --full 重建",
                    f"cannot open the records {path}: {error}; run casekit build --full",
                )
            ) from error

    def close(self, *, commit: bool = False) -> None:
        """Close the file, keeping what was written if `commit`."""
        if commit:
            self._db.execute("COMMIT")
        self._db.close()

    # ---- sources ------------------------------------------------------------------------------------------------
    def keys(self) -> dict[str, str]:
        """Source id to build key."""
        return dict(self._db.execute("SELECT id, key FROM source ORDER BY id"))

    def source(self, source_id: str) -> SourceRow | None:
        """The source as built, or None."""
        row = self._db.execute(
            "SELECT id, sha256, key, script, text, match_key, cleaned FROM source WHERE id = ?", (source_id,)
        ).fetchone()
        if row is None:
            return None
        id_, sha256, key, script, text, match_key, cleaned = row
        return SourceRow(id_, sha256, key, script, text, match_key, cleaned_of_json(cleaned))

    def slice(self, source_id: str, start: int, end: int) -> str:
        """The source's characters at an address (code points, half-open)."""
        row = self._db.execute(
            "SELECT substr(text, ?, ?) FROM source WHERE id = ?", (start + 1, end - start, source_id)
        ).fetchone()
        if row is None:
            return ""
        if len(row[0]) != end - start:
            # SQLite's substr stops at a NUL character; also where the range lies outside the text
            row = self._db.execute("SELECT text FROM source WHERE id = ?", (source_id,)).fetchone()
            return str(row[0])[start:end]
        return str(row[0])

    def sources_holding(self, match_key: str) -> list[str]:
        """Ids of sources whose body's match key holds `match_key`, in order."""
        rows = self._db.execute("SELECT id FROM source WHERE instr(match_key, ?) > 0 ORDER BY id", (match_key,))
        return [row[0] for row in rows]

    def add_source(self, row: SourceRow) -> None:
        """Add a source."""
        self._db.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row.id, row.sha256, row.key, row.script, row.text, row.match_key, cleaned_to_json(row.cleaned)),
        )

    # ---- passages -----------------------------------------------------------------------------------------------
    def add_passages(self, rows: Sequence[PassageRow]) -> None:
        """Add passages (`change_frequencies` tells of their terms)."""
        self._db.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    r.pid,
                    r.source,
                    r.start,
                    r.end,
                    r.title,
                    json.dumps(r.heading, ensure_ascii=False),
                    r.quote,
                    r.folded,
                    r.n_terms,
                    r.script,
                    r.embed_key,
                )
                for r in rows
            ],
        )

    def change_frequencies(self, frequencies: Counter[str], *, sign: int = 1) -> None:
        """Add (or take off, with sign -1) counts of passages that hold terms."""
        self._db.executemany(
            "INSERT INTO document_frequency VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET n = n + excluded.n",
            [(term, sign * n) for term, n in frequencies.items()],
        )
        if sign < 0:
            self._db.execute("DELETE FROM document_frequency WHERE n <= 0")

    def passages(self, pids: Sequence[int]) -> dict[int, PassageRow]:
        """Passages by id; ids that are not there are left out."""
        found: dict[int, PassageRow] = {}
        for i in range(0, len(pids), _MANY):
            some = [int(pid) for pid in pids[i : i + _MANY]]
            marks = ",".join("?" * len(some))
            for row in self._db.execute(f"SELECT * FROM passage WHERE pid IN ({marks})", some):
                found[row[0]] = _passage(row)
        return found

    def passages_of(self, source_id: str | None = None) -> Iterator[PassageRow]:
        """Passages of one source (or all) in the order of their addresses."""
        where, args = ("WHERE source = ?", (source_id,)) if source_id is not None else ("", ())
        for row in self._db.execute(f"SELECT * FROM passage {where} ORDER BY source, start, end", args):
            yield _passage(row)

    def pids_of_sources(self, source_ids: Iterable[str]) -> set[int]:
        """Ids of the passages of these sources."""
        ids = list(source_ids)
        found: set[int] = set()
        for i in range(0, len(ids), _MANY):
            some = ids[i : i + _MANY]
            marks = ",".join("?" * len(some))
            found.update(row[0] for row in self._db.execute(f"SELECT pid FROM passage WHERE source IN ({marks})", some))
        return found

    def pids_naming(self, entity: str) -> set[int]:
        """Ids of passages that mention an entity."""
        query = (
            "SELECT DISTINCT p.pid FROM record r JOIN passage p ON p.source = r.source AND p.start <= r.start "
            "AND r.start < p.end WHERE r.kind = 'mention' AND r.entity = ?"
        )
        return {row[0] for row in self._db.execute(query, (entity,))}

    def pids_with(self, kind: str, field: str, value: str) -> set[int]:
        """Ids of passages in which a record of a kind starts whose JSON `field` is `value`."""
        query = (
            "SELECT DISTINCT p.pid FROM record r JOIN passage p ON p.source = r.source AND p.start <= r.start "
            "AND r.start < p.end WHERE r.kind = ? AND json_extract(r.data, ?) = ?"
        )
        return {row[0] for row in self._db.execute(query, (kind, f"$.{field}", value))}

    def remove_source(self, source_id: str) -> list[PassageRow]:
        """Take a source and everything found in it out; returns its passages."""
        rows = list(self.passages_of(source_id))
        for table in ("passage", "record"):
            self._db.execute(f"DELETE FROM {table} WHERE source = ?", (source_id,))
        self._db.execute("DELETE FROM source WHERE id = ?", (source_id,))
        return rows

    def statistics(self) -> tuple[int, float]:
        """(number of passages, mean number of terms a passage)."""
        n, total = self._db.execute("SELECT count(*), coalesce(sum(n_terms), 0) FROM passage").fetchone()
        return n, (total / n if n else 0.0)

    def largest_pid(self) -> int:
        """The largest passage id, 0 when there is none."""
        return int(self._db.execute("SELECT coalesce(max(pid), 0) FROM passage").fetchone()[0])

    def document_frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Number of passages that hold each term (terms in none are left out)."""
        wanted = list(terms)
        found: dict[str, int] = {}
        for i in range(0, len(wanted), _MANY):
            some = wanted[i : i + _MANY]
            marks = ",".join("?" * len(some))
            found.update(self._db.execute(f"SELECT term, n FROM document_frequency WHERE term IN ({marks})", some))
        return found

    # ---- other records, as JSON ---------------------------------------------------------------------------------
    def add_records(self, kind: str, rows: Iterable[tuple[str, int, int, dict[str, Any]]]) -> None:
        """Add records of a kind as (source, start, end, JSON data); the data's "entity" can be looked up quickly."""
        self._db.executemany(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)",
            [
                (kind, s, a, b, data.get("entity"), json.dumps(data, ensure_ascii=False, sort_keys=True))
                for s, a, b, data in rows
            ],
        )

    def remove_records(self, kind: str) -> None:
        """Take all records of a kind out."""
        self._db.execute("DELETE FROM record WHERE kind = ?", (kind,))

    def records(self, kind: str, source_id: str | None = None) -> Iterator[dict[str, Any]]:
        """Records of a kind in the order of their addresses."""
        query = "SELECT data FROM record WHERE kind = ?" + (" AND source = ?" if source_id is not None else "")
        args = (kind,) if source_id is None else (kind, source_id)
        for (data,) in self._db.execute(query + " ORDER BY source, start, end, data", args):
            yield json.loads(data)

    def records_within(self, kind: str, source_id: str, start: int, end: int) -> Iterator[dict[str, Any]]:
        """Records of a kind that start in [start, end) of a source, in the order of their addresses."""
        query = "SELECT data FROM record WHERE kind = ? AND source = ? AND start >= ? AND start < ? ORDER BY start, end"
        for (data,) in self._db.execute(query, (kind, source_id, start, end)):
            yield json.loads(data)

    def pids_overlapping(self, source_id: str, start: int, end: int) -> set[int]:
        """Ids of the passages of a source that share a character with [start, end)."""
        query = "SELECT pid FROM passage WHERE source = ? AND start < ? AND end > ?"
        return {row[0] for row in self._db.execute(query, (source_id, end, start))}

    def checksums(self) -> dict[str, str]:
        """Source id to the SHA-256 of the file that it was built from."""
        return dict(self._db.execute("SELECT id, sha256 FROM source ORDER BY id"))

    def checksum(self, source_id: str) -> str | None:
        """The SHA-256 of the file that a source was built from, or None."""
        row = self._db.execute("SELECT sha256 FROM source WHERE id = ?", (source_id,)).fetchone()
        return row[0] if row else None

    def value(self, name: str) -> str | None:
        """A named value of the whole index, or None."""
        row = self._db.execute("SELECT value FROM fact_of_index WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_value(self, name: str, value: str) -> None:
        """Set a named value of the whole index."""
        self._db.execute("INSERT OR REPLACE INTO fact_of_index VALUES (?, ?)", (name, value))


def _passage(row: Sequence[Any]) -> PassageRow:
    pid, source, start, end, title, heading, *rest = row
    return PassageRow(pid, source, start, end, title, tuple(json.loads(heading)), *rest)


def cleaned_to_json(cleaned: Cleaned) -> str:
    """A body and its ledger as JSON text."""
    return json.dumps(
        {
            "kept": [[s.start, s.end] for s in cleaned.kept],
            "cuts": [[c.span.start, c.span.end, c.rule] for c in cleaned.cuts],
            "doubts": [[c.span.start, c.span.end, c.rule] for c in cleaned.doubts],
            "headings": [[h.span.start, h.span.end, h.level] for h in cleaned.headings],
            "metadata": asdict(cleaned.metadata),
        },
        ensure_ascii=False,
    )


def cleaned_of_json(text: str) -> Cleaned:
    """The reverse of `cleaned_to_json`."""
    data = json.loads(text)
    metadata = data["metadata"]
    return Cleaned(
        kept=tuple(Span(a, b) for a, b in data["kept"]),
        cuts=tuple(Cut(Span(a, b), rule) for a, b, rule in data["cuts"]),
        doubts=tuple(Cut(Span(a, b), rule) for a, b, rule in data["doubts"]),
        headings=tuple(Heading(Span(a, b), level) for a, b, level in data["headings"]),
        metadata=Metadata(**{**metadata, "authors": tuple(metadata["authors"])}),
    )
