"""What a build found, as records: names, figures, and relations with the hand-made ones among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casekit.asjson import Json, to_json
from casekit.types import Fact, Mention, Relation
from casekit.workbench.knowledge.naming import entity_id
from casekit.workbench.knowledge.retold import without_repeats

if TYPE_CHECKING:
    from casekit.workbench.held import Built

__all__ = ["fact_rows", "facts_of", "mentions_of", "relation_rows", "relations_of"]


def mentions_of(built: Built, *, source: str | None = None, entity: str | None = None) -> list[Mention]:
    """Names in a source (or all) that mean an entity (or any), in the order of their addresses.

    Raises:
        UnknownSourceError: If there is no such source.
        SettingError: If nothing is called `entity`.
    """
    return built.records.mentions(*_asked(built, source), entity=_meant(built, entity))


def facts_of(built: Built, *, source: str | None = None, entity: str | None = None) -> list[Fact]:
    """Figures in a source (or all) whose subject is an entity (or any), in the order of their addresses.

    Raises:
        UnknownSourceError: If there is no such source.
        SettingError: If nothing is called `entity`.
    """
    chosen, wanted = _asked(built, source), _meant(built, entity)
    return [fact for fact in built.records.facts(*chosen) if wanted is None or fact.subject_entity == wanted]


def relations_of(built: Built, *, source: str | None = None, entity: str | None = None) -> list[Relation]:
    """Relations, those of several sources merged, the hand-made ones that stand among them.

    Raises:
        UnknownSourceError: If there is no such source.
        SettingError: If nothing is called `entity`.
    """
    from casekit.relations import merge_relations
    from casekit.workbench.knowledge.handmade import standing_relations

    own = standing_relations(built)
    if entity is not None:  # a name that only a hand-made relation has is a name, too
        named = {r.subject: r.subject_id for r in own} | {r.object: r.object_id for r in own if r.object}
        entity = named.get(entity) or entity_id(entity, built.lexicon, built.generation)
        own = [r for r in own if entity in (r.subject_id, r.object_id)]
    if source is not None:
        own = [replace(r, evidence=tuple(e for e in r.evidence if e.source == source)) for r in own]
    found = built.records.relations(*_asked(built, source))
    found = [r for r in found if entity is None or entity in (r.subject_id, r.object_id)]
    return merge_relations([*found, *(r for r in own if r.evidence)])


def fact_rows(built: Built, *, source: str | None = None, entity: str | None = None, once: bool = False) -> list[Json]:
    """The figures of `facts_of` as JSON, each with the standing of its source; `once` as `without_repeats` says."""
    standing = built.standing
    found = facts_of(built, source=source, entity=entity)
    if once:
        found = without_repeats(found, standing.not_originals)
    return [{**to_json(one), "standing": standing.of(one.source).rank} for one in found]


def relation_rows(built: Built, *, source: str | None = None, entity: str | None = None) -> list[Json]:
    """The relations of `relations_of` as JSON, each with the standing of what bears it out."""
    standing = built.standing
    return [
        {**to_json(one), "standing": standing.bearing(place.source for place in one.evidence)}
        for one in relations_of(built, source=source, entity=entity)
    ]


def _asked(built: Built, source: str | None) -> tuple[str, ...]:
    if source is None:
        return ()
    built.catalogue[source]
    return (source,)


def _meant(built: Built, entity: str | None) -> str | None:
    return None if entity is None else entity_id(entity, built.lexicon, built.generation)
