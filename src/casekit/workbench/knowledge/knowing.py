"""What is found in a source: names, figures and who did what, as JSON records with their addresses."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.types import Doc, Fact, Mention, Relation, Span

if TYPE_CHECKING:
    from casekit.lexicon import Lexicon

__all__ = ["KNOWLEDGE", "Rows", "fact_of_json", "knowledge_of", "lexicon_key", "mention_of_json", "relation_of_json"]

# Raise it when names, figures or relations come out differently for the same text and lexicon.
KNOWLEDGE = "3"
Rows = list[tuple[str, int, int, dict[str, Any]]]
"""Records as the index keeps them: (source id, start, end, data)."""


def lexicon_key(workspace_lexicon: Path) -> str:
    """A key that changes with the package's lexicon or the workspace's own."""
    from casekit.lexicon.load import PACKAGE_DATA

    digest = hashlib.sha256()
    for folder in (PACKAGE_DATA, workspace_lexicon):
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix in {".txt", ".yaml", ".yml"}:
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def knowledge_of(doc: Doc, lexicon: Lexicon) -> dict[str, Rows]:
    """Mentions, facts and relations of a source, each kind in the order of its addresses."""
    from casekit.facts import find_facts
    from casekit.mentions import find_mentions
    from casekit.reading import read
    from casekit.relations import find_relations

    mentions = find_mentions(doc, lexicon)
    document = read(doc, mentions)
    facts = find_facts(doc, mentions, document=document)
    relations = find_relations(doc, mentions, facts, lexicon, document=document)
    return {
        "mention": [(m.source, m.span.start, m.span.end, _flat(m)) for m in mentions],
        "fact": [(f.source, f.span.start, f.span.end, _flat(f)) for f in facts],
        "relation": [(doc.id, *_place(r), _relation_json(r)) for r in relations],
    }


def _flat(record: Mention | Fact) -> dict[str, Any]:
    data = {name: getattr(record, name) for name in record.__slots__}
    span = data.pop("span")
    return {"source": data.pop("source"), "start": span.start, "end": span.end, **data}


def _place(relation: Relation) -> tuple[int, int]:
    first = min((span for _, span in relation.evidence), default=Span(0, 0))
    return first.start, first.end


def _relation_json(relation: Relation) -> dict[str, Any]:
    data = {name: getattr(relation, name) for name in relation.__slots__}
    data["evidence"] = [{"source": s, "start": span.start, "end": span.end} for s, span in relation.evidence]
    return data


def mention_of_json(data: dict[str, Any]) -> Mention:
    """The record of a row."""
    return Mention(span=Span(data["start"], data["end"]), **_without(data))


def fact_of_json(data: dict[str, Any]) -> Fact:
    """The record of a row."""
    return Fact(span=Span(data["start"], data["end"]), **_without(data))


def relation_of_json(data: dict[str, Any]) -> Relation:
    """The record of a row."""
    evidence = tuple((e["source"], Span(e["start"], e["end"])) for e in data["evidence"])
    return Relation(**{**data, "evidence": evidence})


def _without(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in ("start", "end")}
