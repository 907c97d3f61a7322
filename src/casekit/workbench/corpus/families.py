"""Which sources are copies or excerpts of one article.

Sketches and counted pairs are kept in a derived file (`index/families.sqlite`); whatever is missing in it is made anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casekit.catalogue import Catalogue, Record
from casekit.errors import SourceError
from casekit.families import (
    WHOLE_SHARE,
    Family,
    Overlap,
    Sketch,
    Tokens,
    candidate_pairs,
    group_families,
    may_retell,
    same_article,
    shares,
    sketch_tokens,
    tokens_of,
)
from casekit.index.layers import key_of, made_with
from casekit.language import say
from casekit.passages import quote_of
from casekit.store import Override, Store
from casekit.types import Span
from casekit.workbench.corpus.cachefile import CacheFile, digest_of
from casekit.workbench.corpus.loading import load_doc
from casekit.workbench.corpus.prepared import Prepared
from casekit.workspace import Workspace

__all__ = ["Relative", "Relatives", "Retold"]

_READ_AT_ONCE = 200  # sources whose prepared texts are held in memory
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sketch (key TEXT PRIMARY KEY, n_tokens INTEGER, marks BLOB, digest TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS overlap (one TEXT, other TEXT, share_of_one REAL, share_of_other REAL, digest TEXT,
  PRIMARY KEY (one, other)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Relative:
    """Another source of the same article: how much of this one stands in it, and how much of it in this one."""

    id: str
    share: float
    share_of_it: float

    def told(self) -> str:
        """What the source is to this one, in words."""
        name = self.id
        if min(self.share, self.share_of_it) >= WHOLE_SHARE:
            return say(f"与 {name} 是同一篇的另一份", f"another copy of {name}")
        if self.share >= self.share_of_it:
            part = f"{self.share_of_it:.0%}"
            return say(f"是 {name} 的节选（约占其 {part}）", f"an excerpt of {name} (about {part} of it)")
        part = f"{self.share:.0%}"
        return say(f"{name} 是它的节选（约占 {part}）", f"{name} is an excerpt of it (about {part})")


@dataclass(frozen=True, slots=True)
class Retold:
    """A source that may retell another: `share` of its words stand there in the same order, in [0, 1]."""

    id: str
    of: str
    share: float

    def told(self) -> str:
        """The proposal in words, with what to call where it is right."""
        return say(
            f"{self.id} 有 {self.share:.0%} 的文字也见于 {self.of}，可能是它的转述；若是：casekit edit {self.id} --retells {self.of}",
            f"{self.share:.0%} of {self.id} stands in {self.of} too: it may retell it; if so: casekit edit {self.id} "
            f"--retells {self.of}",
        )


class Relatives:
    """The families of a workspace's sources as the corpus is now, built or not."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue, store: Store) -> None:
        self._workspace, self._catalogue, self._store = workspace, catalogue, store
        self._prepared = Prepared(workspace)
        self._file = CacheFile(workspace.index / "families.sqlite", _SCHEMA)
        self._made = key_of(made_with(workspace), "text", "body", "families")
        self._rulings: Mapping[str, Sequence[Override]] = {}

    def families(self) -> list[Family]:
        """Families of two or more sources, in the catalogue's order."""
        sketches = self._sketches()
        overlaps = self._belonging(sketches, candidate_pairs(sketches))
        return group_families({name: sketch.n_tokens for name, sketch in sketches.items()}, overlaps)

    def of(self, source_ids: Collection[str]) -> dict[str, tuple[Relative, ...]]:
        """The relatives of some sources, the nearest first; sources without any are left out."""
        sketches = self._sketches()
        found: dict[str, list[Relative]] = {}
        for o in self._belonging(sketches, candidate_pairs(sketches, among=source_ids)):
            if o.one in source_ids:
                found.setdefault(o.one, []).append(Relative(o.other, o.share_of_one, o.share_of_other))
            if o.other in source_ids:
                found.setdefault(o.other, []).append(Relative(o.one, o.share_of_other, o.share_of_one))
        return {
            name: tuple(sorted(relatives, key=lambda r: (-r.share - r.share_of_it, r.id)))
            for name, relatives in found.items()
        }

    def retold(self) -> list[Retold]:
        """Sources that may retell others and are not said to, in the catalogue's order."""
        sketches = self._sketches()
        sizes = {name: sketch.n_tokens for name, sketch in sketches.items()}
        found = []
        for o in self._overlaps(candidate_pairs(sketches)):
            if may_retell(o.share_of_one, o.share_of_other, sizes[o.one], sizes[o.other]):
                one, other = self._catalogue[o.one].metadata, self._catalogue[o.other].metadata
                if one.rank == other.rank == "original":
                    later = one.date > other.date if one.date and other.date else sizes[o.one] < sizes[o.other]
                    found.append(
                        Retold(o.one, o.other, o.share_of_one) if later else Retold(o.other, o.one, o.share_of_other)
                    )
        return found

    # ---- sketches -----------------------------------------------------------------------------------------------
    def _sketches(self) -> dict[str, Sketch]:
        """The sketch of every imported source that can be read, in the catalogue's order."""
        self._rulings = self._store.all_overrides()
        records = [record for record in self._catalogue if record.file is not None]
        keys = {record.id: self._key(record) for record in records}
        known: dict[str, Sketch] = {}
        with self._file.open() as db:
            if db is not None:
                for key, n_tokens, marks, digest in db.execute("SELECT key, n_tokens, marks, digest FROM sketch"):
                    if digest == digest_of(key, n_tokens, marks):
                        known[key] = Sketch(n_tokens, np.frombuffer(marks, dtype="<u4").astype(np.uint32))
        missing = [record for record in records if keys[record.id] not in known]
        made: dict[str, Sketch] = {}
        for name, tokens in self._bodies(missing):
            made[keys[name]] = sketch_tokens(tokens)
        if made:
            with self._file.open(create=True) as db:
                if db is not None:
                    rows = [(key, s.n_tokens, s.marks.astype("<u4").tobytes()) for key, s in made.items()]
                    db.executemany("INSERT OR REPLACE INTO sketch VALUES (?, ?, ?, ?)", map(_signed, rows))
                    self._forget(db, set(known) - set(keys.values()))
                    db.commit()
        known |= made
        return {name: known[key] for name, key in keys.items() if key in known}

    @staticmethod
    def _forget(db: sqlite3.Connection, keys: Collection[str]) -> None:
        gone = [(key,) for key in keys]
        db.executemany("DELETE FROM sketch WHERE key = ?", gone)
        db.executemany("DELETE FROM overlap WHERE one = ?", gone)
        db.executemany("DELETE FROM overlap WHERE other = ?", gone)

    def _key(self, record: Record) -> str:
        """Names the body of a source: bytes, rules and rulings that made it."""
        about = [o for o in self._rulings.get(record.id, ()) if o.is_about(record.sha256)]
        rulings = [[o.action, o.span.start, o.span.end] for o in about]
        parts = f"{self._made}\n{record.sha256}\n{json.dumps(rulings)}"
        return hashlib.sha256(parts.encode()).hexdigest()[:32]

    def _bodies(self, records: Sequence[Record]) -> Iterator[tuple[str, Tokens]]:
        for start in range(0, len(records), _READ_AT_ONCE):
            some = records[start : start + _READ_AT_ONCE]
            ready = self._prepared.get([record.sha256 for record in some])
            for record in some:
                try:
                    doc = load_doc(self._store, record, ready.get(record.sha256))
                except SourceError:  # gone or changed on disk: `casekit corpus` and `casekit verify` tell of it
                    continue
                yield record.id, tokens_of(quote_of(doc.text, Span(0, len(doc.text)), doc.cleaned.kept))

    # ---- pairs --------------------------------------------------------------------------------------------------
    def _belonging(self, sketches: Mapping[str, Sketch], pairs: Sequence[tuple[str, str]]) -> list[Overlap]:
        """Those of the pairs that are copies or excerpts."""
        return [
            o
            for o in self._overlaps(pairs)
            if same_article(o.share_of_one, o.share_of_other, sketches[o.one].n_tokens, sketches[o.other].n_tokens)
        ]

    def _overlaps(self, pairs: Sequence[tuple[str, str]]) -> list[Overlap]:
        """How much the pairs share, counted on their whole bodies (or known from before)."""
        keys = {name: self._key(self._catalogue[name]) for pair in pairs for name in pair}
        known = self._known(pairs, keys)
        todo = [pair for pair in pairs if pair not in known]
        names = list(dict.fromkeys(name for pair in todo for name in pair))
        bodies = dict(self._bodies([self._catalogue[name] for name in names]))
        new = {
            (one, other): shares(bodies[one], bodies[other]) for one, other in todo if one in bodies and other in bodies
        }
        if new:
            with self._file.open(create=True) as db:
                if db is not None:
                    rows = [(keys[one], keys[other], *counted) for (one, other), counted in new.items()]
                    db.executemany("INSERT OR REPLACE INTO overlap VALUES (?, ?, ?, ?, ?)", map(_signed, rows))
                    db.commit()
        counted = known | new
        return [Overlap(one, other, *counted[one, other]) for one, other in pairs if (one, other) in counted]

    def _known(
        self, pairs: Sequence[tuple[str, str]], keys: Mapping[str, str]
    ) -> dict[tuple[str, str], tuple[float, float]]:
        found: dict[tuple[str, str], tuple[float, float]] = {}
        query = "SELECT share_of_one, share_of_other, digest FROM overlap WHERE one = ? AND other = ?"
        with self._file.open() as db:
            if db is not None:
                for one, other in pairs:
                    row = db.execute(query, (keys[one], keys[other])).fetchone()
                    if row is not None and row[2] == digest_of(keys[one], keys[other], row[0], row[1]):
                        found[one, other] = (row[0], row[1])
        return found


def _signed(row: tuple[object, ...]) -> tuple[object, ...]:
    return (*row, digest_of(*row))
