"""What a build found, as JSON rows and as records: names, figures, and relations with the hand-made ones among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from casekit.types import Fact, Mention, Relation
from casekit.workbench.knowledge.knowing import fact_of_json, mention_of_json, relation_of_json
from casekit.workbench.knowledge.naming import entity_id

if TYPE_CHECKING:
    from casekit.workbench.held import Built

__all__ = ["facts_of", "mentions_of", "relation_rows", "relations_of", "rows_of"]


def rows_of(
    built: Built, kind: str, *, source: str | None, entity: str | None, fields: Sequence[str]
) -> list[dict[str, Any]]:
    """Mentions or facts as JSON rows, filtered by source and by one of the `fields` naming the entity."""
    if source is not None:
        built.catalogue[source]
    wanted = entity_id(entity, built.lexicon, built.generation) if entity is not None else None
    return [
        row
        for row in built.records.records(kind, source)
        if wanted is None or any(row.get(field) == wanted for field in fields)
    ]


def relation_rows(built: Built, *, source: str | None = None, entity: str | None = None) -> list[dict[str, Any]]:
    """Relations as JSON rows, those of several sources merged, the hand-made ones that stand among them."""
    from casekit.relations import merge_relations
    from casekit.workbench.knowledge.handmade import standing_relations

    own = standing_relations(built)
    if entity is not None:  # a name that only a hand-made relation has is a name, too
        named = {r.subject: r.subject_id for r in own} | {r.object: r.object_id for r in own if r.object}
        entity = named.get(entity) or entity_id(entity, built.lexicon, built.generation)
        own = [r for r in own if entity in (r.subject_id, r.object_id)]
    if source is not None:
        built.catalogue[source]
        own = [replace(r, evidence=tuple(e for e in r.evidence if e[0] == source)) for r in own]
    rows = built.records.records("relation", source)
    found = [relation_of_json(row) for row in rows if entity is None or entity in (row["subject_id"], row["object_id"])]
    merged = merge_relations([*found, *(r for r in own if r.evidence)])
    return [
        {
            "subject": r.subject,
            "subject_id": r.subject_id,
            "relation": r.relation,
            "object": r.object,
            "object_id": r.object_id,
            "object_text": r.object_text,
            "polarity": r.polarity,
            "rule": r.rule,
            "evidence": [{"source": s, "start": span.start, "end": span.end} for s, span in r.evidence],
        }
        for r in merged
    ]


def mentions_of(built: Built) -> list[Mention]:
    """All names, as records."""
    return [mention_of_json(row) for row in built.records.records("mention")]


def facts_of(built: Built, entity: str | None = None) -> list[Fact]:
    """All figures, or those of one name, as records."""
    return [fact_of_json(row) for row in rows_of(built, "fact", source=None, entity=entity, fields=("subject_entity",))]


def relations_of(built: Built) -> list[Relation]:
    """All relations, merged, as records."""
    return [relation_of_json(row) for row in relation_rows(built)]
