"""The corpus, what was found in it and the casebook as notes of a Markdown vault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.casebook import Case, load_cards
from casekit.casebook.labels import claim_label, section_label
from casekit.casebook.records import SECTIONS
from casekit.exchange import VaultCase, VaultName, VaultSource, make_vault, write_vault
from casekit.graph.layout import relation_name
from casekit.passages import quote_of
from casekit.types import Address, Doc, Evidence, Span
from casekit.workbench.knowledge.quoting import reference_of
from casekit.workbench.knowledge.rows import fact_rows, mentions_of, relation_rows
from casekit.workbench.outside.report import Exchanged

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["save_vault"]

_TYPES = ("company", "brand", "org", "person", "product", "tactic", "framework")


def save_vault(held: Held, folder: Path) -> Exchanged:
    """Write the vault into a folder; files that somebody has changed are left alone and named.

    Raises:
        NotBuiltError: If there is no index.
        SourceError: If the folder cannot be written.
    """
    cards = load_cards(held.workspace.root / "casebook")
    made = write_vault(folder, make_vault(_sources(held), _names(held), map(_case, cards)))
    return Exchanged(str(folder), (*made.written, *made.removed), made.unchanged, made.kept)


def _sources(held: Held) -> Iterator[VaultSource]:
    for record in held.catalogue:
        meta = record.metadata
        fields = {
            "authors": list(meta.authors),
            "publisher": meta.publisher,
            "date": meta.date,
            "url": meta.url,
            "rank": meta.rank,
        }
        reference = reference_of(held, record.id, "gbt7714-2025")
        paragraphs = list(_paragraphs(held.documents[record.id])) if record.file is not None else []
        yield VaultSource(record.id, meta.title or record.id, fields, reference, paragraphs)


def _paragraphs(doc: Doc) -> Iterator[tuple[Span, str]]:
    """The lines of the body with their ranges; what was cut is left out."""
    at = 0
    for line in doc.text.split("\n"):
        span = Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        at += len(line) + 1
        if span.start < span.end and (kept := quote_of(doc.text, span, doc.cleaned.kept).strip()):
            yield span, kept


def _names(held: Held) -> Iterator[VaultName]:
    built = held.built()
    places: dict[str, list[Address]] = {}
    forms: dict[str, dict[str, None]] = {}
    types: dict[str, str] = {}
    titles: dict[str, str] = {}
    for one in mentions_of(built):
        if one.type in _TYPES:
            places.setdefault(one.entity, []).append(one.address)
            forms.setdefault(one.entity, {})[one.text] = None
            types[one.entity], titles[one.entity] = one.type, one.name
    figures = _figures(fact_rows(built))
    relations = _relations(relation_rows(built))
    for entity in sorted(places, key=lambda one: (-len(places[one]), titles[one])):
        known = built.lexicon.entities.get(entity)
        also = [name for name in (known.name_en, *known.aliases) if name] if known is not None else []
        yield VaultName(
            titles[entity], types[entity], list(dict.fromkeys([*forms[entity], *also])), figures.get(entity, []),
            relations.get(entity, []), places[entity],
        )  # fmt: skip


def _figures(rows: Iterable[dict[str, Any]]) -> dict[str, list[tuple[str, Address]]]:
    found: dict[str, list[tuple[str, Address]]] = {}
    for row in rows:
        if row["subject_entity"] and row["kind"] != "date":
            told = f"{row['metric'] or ''} {row['text']} ({claim_label(row['kind'], row['certainty'])})".strip()
            found.setdefault(row["subject_entity"], []).append((told, Address.of_json(row)))
    return found


def _relations(rows: Iterable[dict[str, Any]]) -> dict[str, list[tuple[str, str, list[Address]]]]:
    found: dict[str, list[tuple[str, str, list[Address]]]] = {}
    for row in rows:
        places = [Address.of_json(place) for place in row["evidence"]]
        name = relation_name(row["relation"])
        text = f"{name} {row['object_text']}" if row["object_text"] and not row["object"] else name
        if row["subject_id"]:
            found.setdefault(row["subject_id"], []).append((f"→ {text}", row["object"] or "", places))
        if row["object_id"]:
            found.setdefault(row["object_id"], []).append((f"← {name}", row["subject"], places))
    return found


def _case(card: Case) -> VaultCase:
    sections = []
    for section in SECTIONS:
        stated = [(one.text, _places(one.evidence)) for one in getattr(card, section)]
        if stated:
            sections.append((section_label(section), stated))
    aliases = [name for name in (card.name.zh_hant, card.name.en, *card.aliases) if name and name != card.name.zh_hans]
    return VaultCase(card.name.zh_hans, aliases, card.summary_zh or "", sections, [card.name.zh_hans])


def _places(evidence: Iterable[Evidence]) -> list[Address]:
    return [one.address for one in evidence]
