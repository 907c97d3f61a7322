"""All that was found, read and concluded, as one workbook or one database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.asjson import to_json
from casekit.casebook import Case, Matrix, load_cards
from casekit.casebook.records import FACETS, SECTIONS
from casekit.errors import SettingError
from casekit.exchange import Table, database_bytes
from casekit.language import say
from casekit.tables import Sheet, flat_rows, save_bytes, write_workbook
from casekit.types import Address, Evidence
from casekit.workbench.knowledge.rows import fact_rows, mentions_of, relation_rows
from casekit.workbench.outside.report import Exchanged
from casekit.workbench.sheets import linked

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["DATABASES", "save_all"]

DATABASES: Final = (".sqlite", ".sqlite3", ".db")
_META: Final = (
    "title",
    "authors",
    "publisher",
    "date",
    "date_certainty",
    "source_kind",
    "interest",
    "rank",
    "script",
    "url",
)


def save_all(held: Held, path: Path, matrices: Sequence[Matrix] = ()) -> Exchanged:
    """Write everything into an .xlsx workbook or an SQLite database, by the file's ending.

    Raises:
        SettingError: If the ending is another.
        NotBuiltError: If there is no index.
        MissingTablesError: If openpyxl is not installed.
        SourceError: If the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending in DATABASES:
        tables = list(_tables(held))
        save_bytes(path, database_bytes(tables))
        return Exchanged(str(path), tuple(table.name for table in tables))
    if ending != ".xlsx":
        known = " ".join((".xlsx", *DATABASES))
        raise SettingError(
            say(f"{path.name}：请用 {known} 结尾", f"{path.name}: end it in {known}"),
        )
    sheets = linked(held, [*_sheets(held), *(_matrix_sheet(matrix) for matrix in matrices)])
    write_workbook(sheets, path)
    return Exchanged(str(path), tuple(sheet.name for sheet in sheets))


# ---- rows ----------------------------------------------------------------------------------------------------------
def _source_rows(held: Held) -> list[dict[str, Any]]:
    rows = []
    for record in held.catalogue:
        meta = to_json(record.metadata)
        told = {name: "; ".join(meta[name]) if isinstance(meta[name], list) else meta[name] for name in _META}
        rows.append({"id": record.id, **told, "sha256": record.sha256, "file": record.file})
    return rows


def _cards(held: Held) -> list[Case]:
    return load_cards(held.workspace.root / "casebook")


def _statements(card: Case) -> Iterator[tuple[str, str, Any, tuple[Evidence, ...]]]:
    """(section, words, figure or None, evidence) of everything that a card states."""
    for section in SECTIONS:
        for one in getattr(card, section):
            yield section, one.text, one.figure, one.evidence
    for name in FACETS:
        for facet in card.facets.get(name):
            yield name, facet.text, None, facet.evidence
    for person in card.people:
        yield "people", f"{person.name} {person.role or ''}".strip(), None, person.evidence


def _places(evidence: Iterable[Evidence]) -> str:
    return "; ".join(str(one.address) for one in evidence)


# ---- Excel ---------------------------------------------------------------------------------------------------------
def _sheets(held: Held) -> Iterator[Sheet]:
    built = held.built()
    urls = {
        row["url"]: row["url"]
        for row in _source_rows(held)
        if str(row["url"] or "").startswith(("http://", "https://"))
    }
    columns, rows = flat_rows(_source_rows(held))
    yield Sheet(say("来源", "sources"), columns, rows, urls)
    found: tuple[tuple[str, list[dict[str, Any]]], ...] = (
        (say("数字", "figures"), fact_rows(built)),
        (say("关系", "relations"), relation_rows(built)),
        (say("名称", "names"), [to_json(one) for one in mentions_of(built)]),
    )
    for name, some in found:
        yield Sheet(name, *flat_rows(some))
    stated = [
        {
            "case": card.name.zh_hans,
            "section": section,
            "statement": text,
            "figure": figure,
            "evidence": _places(evidence),
        }
        for card in _cards(held)
        for section, text, figure, evidence in _statements(card)
    ]
    if stated:
        yield Sheet(say("案例", "cases"), *flat_rows(stated))


def _matrix_sheet(matrix: Matrix) -> Sheet:
    """A comparison: a column a case, behind each the addresses of its cells."""
    columns = [""]
    for name in matrix.columns:
        columns += [name, f"{name} · {say('出处', 'address')}"]
    rows: list[list[Any]] = []
    for head, cells in zip(matrix.rows, matrix.cells, strict=True):
        row: list[Any] = [head]
        for cell in cells:
            row += [cell.text, _places(cell.evidence) or None]
        rows.append(row)
    return Sheet(matrix.title, columns, rows)


# ---- SQLite --------------------------------------------------------------------------------------------------------
_FACT: Final = (
    "text TEXT", "subject TEXT", "subject_entity TEXT", "metric TEXT", "measure TEXT", "value_min REAL", "value_max REAL", "unit TEXT",
    "qualifier TEXT", "period TEXT", "date_iso TEXT", "kind TEXT", "certainty TEXT", "standing TEXT", "modifier TEXT", "direction TEXT",
    "change TEXT", "value_from REAL", "change_value REAL", "change_unit TEXT", "headline INTEGER", "assigned INTEGER",
)  # fmt: skip
_PLACE: Final = ("source TEXT NOT NULL", '"start" INTEGER NOT NULL', '"end" INTEGER NOT NULL')
_OF_SOURCE: Final = "FOREIGN KEY (source) REFERENCES sources (id)"


def _tables(held: Held) -> Iterator[Table]:
    built = held.built()
    sources = _source_rows(held)
    known = {row["id"] for row in sources}
    columns = ("id TEXT PRIMARY KEY", *(f"{name} TEXT" for name in (*_META, "sha256", "file")))
    yield Table("sources", columns, [tuple(row.values()) for row in sources])
    passages = [
        (
            row.pid,
            row.source,
            row.start,
            row.end,
            " › ".join(row.heading),
            held.documents[row.source].text[row.start : row.end],
        )
        for row in built.records.passages_of()
        if row.source in known
    ]
    yield Table(
        "passages",
        ("id INTEGER PRIMARY KEY", *_PLACE, "heading TEXT", "text TEXT"),
        passages,
        (_OF_SOURCE,),
        ("source",),
    )
    names = [to_json(one) for one in mentions_of(built)]
    told = ("text TEXT", "name TEXT", "type TEXT", "entity TEXT", "unlisted INTEGER")
    yield _placed("names", told, names, known, ("source", "name", "entity"))
    yield _placed("figures", _FACT, fact_rows(built), known, ("source", "subject", "measure"))
    yield from _relations(relation_rows(built), known)
    yield from _cases(_cards(held), known)


def _placed(
    name: str, told: Sequence[str], rows: Iterable[dict[str, Any]], known: set[str], indexed: Sequence[str]
) -> Table:
    fields = [column.split()[0] for column in told]
    made = [
        (str(Address.of_json(row)), row["source"], row["start"], row["end"], *(row[field] for field in fields))
        for row in rows
        if row["source"] in known
    ]
    return Table(name, ("address TEXT NOT NULL", *_PLACE, *told), made, (_OF_SOURCE,), indexed)


_RELATION: Final = (
    "subject",
    "subject_id",
    "relation",
    "object",
    "object_id",
    "object_text",
    "polarity",
    "rule",
    "standing",
)


def _relations(rows: Sequence[dict[str, Any]], known: set[str]) -> Iterator[Table]:
    columns = ("id INTEGER PRIMARY KEY", *(f"{name} TEXT" for name in _RELATION))
    made = [(n, *(row[name] for name in _RELATION)) for n, row in enumerate(rows, 1)]
    yield Table("relations", columns, made, (), ("subject", "object"))
    places = [
        (n, str(Address.of_json(place)), place["source"], place["start"], place["end"])
        for n, row in enumerate(rows, 1)
        for place in row["evidence"]
        if place["source"] in known
    ]
    keys = ("FOREIGN KEY (relation) REFERENCES relations (id)", _OF_SOURCE)
    yield Table(
        "relation_evidence", ("relation INTEGER", "address TEXT", *_PLACE), places, keys, ("relation", "source")
    )


def _cases(cards: Sequence[Case], known: set[str]) -> Iterator[Table]:
    columns = ("id TEXT PRIMARY KEY", "name TEXT", "name_en TEXT", "kind TEXT", "status TEXT", "summary TEXT")
    made = [(one.id, one.name.zh_hans, one.name.en, one.kind, one.status, one.summary_zh) for one in cards]
    yield Table("cases", columns, made)
    stated = [(card.id, *one) for card in cards for one in _statements(card)]
    told = ("id INTEGER PRIMARY KEY", '"case" TEXT', "section TEXT", "text TEXT", "figure TEXT")
    key = 'FOREIGN KEY ("case") REFERENCES cases (id)'
    yield Table("statements", told, [(n, *one[:4]) for n, one in enumerate(stated, 1)], (key,), ("case",))
    places = [
        (n, str(one.address), one.address.source, one.address.start, one.address.end, one.fingerprint)
        for n, row in enumerate(stated, 1)
        for one in row[4]
    ]
    keys = ("FOREIGN KEY (statement) REFERENCES statements (id)",)
    yield Table(
        "statement_evidence",
        ("statement INTEGER", "address TEXT", *_PLACE, "fingerprint TEXT"),
        places,
        keys,
        ("statement",),
    )
