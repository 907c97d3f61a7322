"""Passages and records in SQLite: what a hit needs to be shown without opening the corpus again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from casekit.asjson import from_json, to_json
from casekit.errors import IndexDamagedError
from casekit.index.connections import Database, Readers
from casekit.index.form import KINDS, SCHEMA, TABLES, Found, Kind, PassageRow, SourceRow, passage_of, place_of
from casekit.index.layered import attach, base_of, lift, live, uri_of
from casekit.index.packing import fold_packed, text_packed, text_unpacked
from casekit.language import say
from casekit.types import Cleaned, Fact, Mention, Relation

__all__ = ["Records", "Withheld"]

_TEXTS_CHARS = 1_000_000  # of texts that are remembered
_MANY = 500  # bound parameters a statement; SQLite's own limit is 999 in old builds


class Withheld(Protocol):
    """What people ruled of what was found: rejected, and readers do not get to see it; or given a subject."""

    def fact(self, one: Fact) -> Fact | None:
        """A figure as ruled; None where it is left out."""

    def relation(self, one: Relation) -> Relation | None:
        """What is left of a relation; None where nothing is."""


class Records:
    """The records in a SQLite file, or two (`casekit.index.layered`). Opened read-only unless told otherwise, and then for any number of threads.

    Raises:
        IndexDamagedError: If the file is not one of ours.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self.path = path
        self.withheld: Withheld | None = None
        self._remembers = not writable
        self._checksums: dict[str, str | None] = {}
        self._texts: dict[str, str] = {}
        self._names: list[tuple[str, str, str, str, str]] | None = None
        self._draft: sqlite3.Connection | None = None  # where a large file lies beside the one that is written
        self._files = ("main", "base") if base_of(path).exists() else ("main",)
        try:
            if writable:
                draft = sqlite3.connect(path.absolute().as_uri(), isolation_level=None, uri=True)
                draft.execute("PRAGMA journal_mode=OFF")  # a draft: thrown away whole if anything fails
                draft.execute("PRAGMA synchronous=OFF")
                if not draft.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    draft.executescript(SCHEMA)
                self._draft = draft if attach(draft, path, TABLES) else None
                draft.execute("BEGIN")
                self._db: Database = draft
            else:
                self._db = Readers(path, TABLES)
                self._db.execute("SELECT 1 FROM source LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                say(
                    f"记录库 {path} 打不开：{error}；运行 casekit build --full 重建",
                    f"cannot open the records {path}: {error}; run casekit build --full",
                )
            ) from error

    def close(self, *, commit: bool = False) -> None:
        """Close the file, keeping what was written if `commit`."""
        if commit:
            self._db.execute("COMMIT")
        self._db.close()

    def _lift(self, source_id: str) -> None:
        """Make ready to change what is kept of a source."""
        if self._draft is not None:
            lift(self._draft, TABLES, source_id)

    @staticmethod
    def vector_keys(path: Path) -> dict[str, dict[int, str]]:
        """Script to passage id to the key of the embedded text, of a file of any version (empty if it holds no such thing)."""
        try:
            db = sqlite3.connect(uri_of(path), uri=True)
            try:
                attach(db, path, TABLES)
                rows = db.execute("SELECT script, pid, embed_key FROM passage").fetchall()
            finally:
                db.close()
        except sqlite3.Error:
            return {}
        found: dict[str, dict[int, str]] = {}
        for script, pid, key in rows:
            found.setdefault(script, {})[pid] = key
        return found

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
        text, cleaned = text_unpacked(text), from_json(Cleaned, json.loads(cleaned))
        return SourceRow(id_, sha256, key, script, text, match_key, cleaned)

    def slice(self, source_id: str, start: int, end: int) -> str:
        """The source's characters at an address (code points, half-open)."""
        return self._text(source_id)[start:end]

    def _text(self, source_id: str) -> str:
        """The characters of a source; those asked for last are remembered, since their places come one after the other."""
        text = self._texts.get(source_id)
        if text is None:
            row = self._db.execute("SELECT text FROM source WHERE id = ?", (source_id,)).fetchone()
            text = "" if row is None else text_unpacked(row[0])
            if self._remembers:
                if sum(map(len, tuple(self._texts.values()))) > _TEXTS_CHARS:
                    self._texts.clear()
                self._texts[source_id] = text
        return text

    def sources_holding(self, match_key: str) -> list[str]:
        """Ids of sources whose body's match key holds `match_key`, in order."""
        rows = self._db.execute("SELECT id FROM source WHERE instr(match_key, ?) > 0 ORDER BY id", (match_key,))
        return [row[0] for row in rows]

    def add_source(self, row: SourceRow) -> None:
        """Add a source, or put it in the place of what stood there under its id; its passages and records stay."""
        self._lift(row.id)
        cleaned = json.dumps(to_json(row.cleaned), ensure_ascii=False)
        self._db.execute(
            "INSERT OR REPLACE INTO main.source VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row.id, row.sha256, row.key, row.script, text_packed(row.text), row.match_key, cleaned),
        )

    # ---- passages -----------------------------------------------------------------------------------------------
    def add_passages(self, rows: Sequence[PassageRow]) -> None:
        """Add passages."""
        self._db.executemany(
            "INSERT INTO main.passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    r.pid,
                    r.source,
                    r.start,
                    r.end,
                    r.title,
                    json.dumps(r.heading, ensure_ascii=False),
                    r.quote,
                    fold_packed(r.folded, r.quote),
                    r.script,
                    r.embed_key,
                    r.role,
                    r.cuts,
                    r.raw,
                )
                for r in rows
            ],
        )

    def passages(self, pids: Sequence[int]) -> dict[int, PassageRow]:
        """Passages by id; ids that are not there are left out."""
        found: dict[int, PassageRow] = {}
        for i in range(0, len(pids), _MANY):
            some = [int(pid) for pid in pids[i : i + _MANY]]
            marks = ",".join("?" * len(some))
            for row in self._db.execute(f"SELECT * FROM passage WHERE pid IN ({marks})", some):
                found[row[0]] = passage_of(row)
        return found

    def passages_of(self, source_id: str | None = None) -> Iterator[PassageRow]:
        """Passages of one source (or all) in the order of their addresses."""
        where, args = ("WHERE source = ?", (source_id,)) if source_id is not None else ("", ())
        for row in self._db.execute(f"SELECT * FROM passage {where} ORDER BY source, start, end", args):
            yield passage_of(row)

    def passages_by_id(self) -> Iterator[PassageRow]:
        """All passages in the order of their ids."""
        for row in self._db.execute("SELECT * FROM passage ORDER BY pid"):
            yield passage_of(row)

    def pids_of_sources(self, source_ids: Iterable[str]) -> set[int]:
        """Ids of the passages of these sources."""
        ids = list(source_ids)
        found: set[int] = set()
        for i in range(0, len(ids), _MANY):
            some = ids[i : i + _MANY]
            marks = ",".join("?" * len(some))
            found.update(row[0] for row in self._db.execute(f"SELECT pid FROM passage WHERE source IN ({marks})", some))
        return found

    def pids_of_roles(self, roles: Iterable[str]) -> dict[int, str]:
        """Ids of the passages in sections of these roles, with their sources."""
        wanted = list(roles)
        marks = ",".join("?" * len(wanted))
        return dict(self._db.execute(f"SELECT pid, source FROM passage WHERE role IN ({marks})", wanted))

    def pids_naming(self, entity: str) -> set[int]:
        """Ids of passages that mention an entity."""
        return self._pids_of_records("r.kind = 'mention' AND r.entity = ?", (entity,))

    def pids_with(self, kind: Kind, fields: Mapping[str, str]) -> set[int]:
        """Ids of passages in which a record of a kind starts whose JSON fields have these values."""
        asked = [one for name, value in fields.items() for one in (f"$.{name}", value)]
        return self._pids_of_records("r.kind = ?" + " AND json_extract(r.data, ?) = ?" * len(fields), (kind, *asked))

    def _pids_of_records(self, where: str, args: Sequence[str]) -> set[int]:
        """Ids of the passages in which records start: file by file, since all rows of a source lie in one."""
        found: set[int] = set()
        for file in self._files:
            query = (
                f"SELECT p.pid FROM {file}.record r JOIN {file}.passage p ON p.source = r.source AND p.start <= r.start "
                f"AND r.start < p.end WHERE {where} AND {live('r.source', file)}"
            )
            found.update(row[0] for row in self._db.execute(query, args))
        return found

    def remove_passages(self, source_id: str) -> list[PassageRow]:
        """Take the passages of a source out; returns them."""
        self._lift(source_id)
        rows = list(self.passages_of(source_id))
        self._db.execute("DELETE FROM main.passage WHERE source = ?", (source_id,))
        return rows

    def remove_source(self, source_id: str) -> None:
        """Take a source and the records found in it out (its passages: `remove_passages`)."""
        self._lift(source_id)
        self._db.execute(
            "DELETE FROM main.record WHERE kind IN ('mention', 'fact', 'relation') AND source = ?", (source_id,)
        )
        self._db.execute("DELETE FROM main.source WHERE id = ?", (source_id,))

    def n_passages(self) -> int:
        """How many passages there are."""
        return int(self._db.execute("SELECT count(*) FROM passage").fetchone()[0])

    def pids(self) -> list[int]:
        """The ids of all passages, rising."""
        return [row[0] for row in self._db.execute("SELECT pid FROM passage ORDER BY pid")]

    def largest_pid(self) -> int:
        """The largest passage id, 0 when there is none."""
        asked = (self._db.execute(f"SELECT coalesce(max(pid), 0) FROM {file}.passage") for file in self._files)
        return max(int(one.fetchone()[0]) for one in asked)

    # ---- what was found -----------------------------------------------------------------------------------------
    def add_found(self, records: Iterable[Mention | Fact | Relation]) -> None:
        """Add names, figures or relations, each at its address (a relation: at its first)."""
        records = list(records)
        for source_id in {place_of(one)[0] for one in records}:
            self._lift(source_id)
        self._db.executemany(
            "INSERT INTO main.record VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    KINDS[type(one)],
                    *place_of(one),
                    one.entity if isinstance(one, Mention) else None,
                    json.dumps(to_json(one), ensure_ascii=False, sort_keys=True),
                )
                for one in records
            ],
        )

    def remove_found(self, kind: Kind, source_id: str) -> None:
        """Take all records of a kind in a source out."""
        self._lift(source_id)
        self._db.execute("DELETE FROM main.record WHERE kind = ? AND source = ?", (kind, source_id))

    def mentions(self, source_id: str | None = None, *, entity: str | None = None) -> list[Mention]:
        """Names in a source (or all), of one entity (or all), in the order of their addresses."""
        return list(self._found(Mention, source_id, entity))

    def names(self) -> list[tuple[str, str, str, str, str]]:
        """(entity, type, name, text, source) of all names found, each once: far quicker than the mentions themselves."""
        if self._names is not None:
            return self._names
        query = (
            "SELECT DISTINCT entity, json_extract(data, '$.type'), json_extract(data, '$.name'), "
            "json_extract(data, '$.text'), source FROM record WHERE kind = 'mention' ORDER BY entity, source, start"
        )
        found = list(self._db.execute(query))
        if self._remembers:
            self._names = found
        return found

    def facts(self, source_id: str | None = None) -> list[Fact]:
        """Figures in a source (or all) in the order of their addresses."""
        return list(self._found(Fact, source_id))

    def relations(self, source_id: str | None = None) -> list[Relation]:
        """Relations in a source (or all) in the order of the first of their addresses."""
        return list(self._found(Relation, source_id))

    def _found(self, kind: type[Found], source_id: str | None, entity: str | None = None) -> Iterator[Found]:
        query, args = "SELECT data FROM record WHERE kind = ?", [str(KINDS[kind])]
        for column, value in (("source", source_id), ("entity", entity)):
            if value is not None:
                query += f" AND {column} = ?"
                args.append(value)
        rows = self._db.execute(f"{query} ORDER BY source, start, end, data", args)
        yield from self._left(from_json(kind, json.loads(data)) for (data,) in rows)

    def _left(self, found: Iterable[Found]) -> Iterator[Found]:
        """What nobody rejected, with the subjects that people gave."""
        withheld = self.withheld
        for one in found:
            if withheld is None or isinstance(one, Mention):
                yield one
            elif isinstance(one, Fact):
                if (ruled := withheld.fact(one)) is not None:
                    yield ruled
            elif (left := withheld.relation(one)) is not None:
                yield left

    def found_within(self, kind: type[Found], source_id: str, start: int, end: int) -> list[Found]:
        """Records of a kind that start in [start, end) of a source, in the order of their addresses."""
        query = "SELECT data FROM record WHERE kind = ? AND source = ? AND start >= ? AND start < ? ORDER BY start, end"
        rows = self._db.execute(query, (KINDS[kind], source_id, start, end))
        return list(self._left(from_json(kind, json.loads(data)) for (data,) in rows))

    def fields_within(
        self, kind: type[Found], source_id: str, start: int, end: int, *names: str
    ) -> list[tuple[Any, ...]]:
        """Fields of the records that `found_within` gives, a tuple a record: where few of many are asked for, far quicker."""
        asked = ", ".join("json_extract(data, ?)" for _ in names)
        query = (
            f"SELECT {asked} FROM record WHERE kind = ? AND source = ? AND start >= ? AND start < ? ORDER BY start, end"
        )
        args = (*(f"$.{name}" for name in names), KINDS[kind], source_id, start, end)
        return list(self._db.execute(query, args))

    def pids_overlapping(self, source_id: str, start: int, end: int) -> set[int]:
        """Ids of the passages of a source that share a character with [start, end)."""
        query = "SELECT pid FROM passage WHERE source = ? AND start < ? AND end > ?"
        return {row[0] for row in self._db.execute(query, (source_id, end, start))}

    def checksums(self) -> dict[str, str]:
        """Source id to the SHA-256 of the file that it was built from."""
        return dict(self._db.execute("SELECT id, sha256 FROM source ORDER BY id"))

    def checksum(self, source_id: str) -> str | None:
        """The SHA-256 of the file that a source was built from, or None; remembered, since hits are asked for theirs each time."""
        if source_id in self._checksums:
            return self._checksums[source_id]
        row = self._db.execute("SELECT sha256 FROM source WHERE id = ?", (source_id,)).fetchone()
        sha256 = row[0] if row else None
        if self._remembers:
            self._checksums[source_id] = sha256
        return sha256
