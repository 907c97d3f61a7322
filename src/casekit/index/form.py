"""The form of the records in SQLite: the tables, what a row of them is, and the name that an index of this form carries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from casekit.asjson import to_json
from casekit.index.layered import GONE, Table
from casekit.index.packing import Sentence, fold_unpacked, sentences_unpacked
from casekit.types import Address, Cleaned, Cut, Fact, Heading, Mention, Metadata, Relation, Span

__all__ = [
    "FORMAT",
    "KINDS",
    "RECORDS_FILE",
    "SCHEMA",
    "TABLES",
    "Found",
    "Kind",
    "PassageRow",
    "SourceRow",
    "passage_of",
    "place_of",
]

RECORDS_FILE = "records.sqlite"
SCHEMA = (
    GONE
    + """
CREATE TABLE source (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, key TEXT NOT NULL, script TEXT NOT NULL,
  text BLOB NOT NULL, match_key TEXT NOT NULL, cleaned TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passage (
  pid INTEGER PRIMARY KEY, source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  title TEXT NOT NULL, heading TEXT NOT NULL, quote TEXT NOT NULL, folded BLOB NOT NULL,
  script TEXT NOT NULL, embed_key TEXT NOT NULL, role TEXT, cuts BLOB NOT NULL, raw TEXT
);
CREATE INDEX passage_source ON passage (source);
CREATE INDEX passage_role ON passage (role);
CREATE TABLE record (
  kind TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, entity TEXT, data TEXT NOT NULL
);
CREATE INDEX record_kind ON record (kind, source, start);
CREATE INDEX record_entity ON record (kind, entity);
"""
)
TABLES = (
    Table("source", "id"),
    Table("passage"),
    Table("record", narrowed="kind IN ('mention', 'fact', 'relation')"),
)
"""The tables, which may lie in two files."""
Kind = Literal["mention", "fact", "relation"]
"""Of records: the name under which the index keeps them."""
Found = TypeVar("Found", Mention, Fact, Relation)
KINDS: Mapping[type, Kind] = {Mention: "mention", Fact: "fact", Relation: "relation"}
_SAMPLES = (
    Mention("s", Span(0, 1), "t", "company", "e", "n"),
    Fact("s", Span(0, 1), "t"),
    Relation("s", None, "r", None, None, None, "asserted", "u", (Address("s", 0, 1),)),
    Cleaned((Span(0, 1),), (Cut(Span(1, 2), "r"),), (Cut(Span(2, 3), "r"),), (Heading(Span(0, 1), 2),), Metadata()),
)
FORMAT = hashlib.sha256((SCHEMA + json.dumps([to_json(one) for one in _SAMPLES])).encode()).hexdigest()[:16]
"""Names the form of the records: its tables and how each record is written. An index of another form is rebuilt."""


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
    vector index holds it ("zh-Hans" or "zh-Hant"), `embed_key` identifies the embedded text, `role` is its section's
    (`casekit.sections`), None where the headings tell of none, `cuts` is `sentences()`
    packed (`casekit.index.packing`), `raw` the source's characters where `quote` is not just these.
    """

    pid: int
    source: str
    start: int
    end: int
    title: str
    heading: tuple[str, ...]
    quote: str
    folded: str
    script: str
    embed_key: str
    role: str | None = None
    cuts: bytes = b""
    raw: str | None = None

    @property
    def text(self) -> str:
        """The source's own characters."""
        return self.quote if self.raw is None else self.raw

    def sentences(self) -> Sequence[Sentence]:
        """Its sentences: start and end of each in the source, and in `folded`."""
        return sentences_unpacked(self.cuts, self.start)


def passage_of(row: Sequence[Any]) -> PassageRow:
    """A row of the table of passages."""
    pid, source, start, end, title, heading, quote, folded, *rest = row
    parts = tuple(json.loads(heading)) if heading != "[]" else ()
    return PassageRow(pid, source, start, end, title, parts, quote, fold_unpacked(folded, quote), *rest)


def place_of(record: Mention | Fact | Relation) -> tuple[str, int, int]:
    """Source id, start and end under which a record is kept: its address; a relation's first one."""
    if isinstance(record, Relation):
        first = min(record.evidence)
        return first.source, first.start, first.end
    return record.source, record.span.start, record.span.end
