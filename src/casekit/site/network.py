"""The casebook's own network: which case uses which tool and tactic, with our words for each link."""

from __future__ import annotations

from collections.abc import Sequence

from casekit.casebook import Case, Facet
from casekit.casebook.labels import name_of
from casekit.casebook.records import LINKED_FACETS, SECTIONS
from casekit.graph import build_graph, to_html
from casekit.lexicon import Lexicon
from casekit.types import Address, Entity, Evidence, Relation

__all__ = ["case_relations", "network_page"]

_RELATION = {"tools": "uses_tool", "tactics": "applies_tactic", "frameworks": "applies_tactic"}
_KINDS = {"company": "company", "brand": "brand", "solution": "product"}


def case_relations(cards: Sequence[Case]) -> list[Relation]:
    """One relation for each tool, tactic or framework that a card names with evidence."""
    return [
        Relation(
            subject=name_of(card.name),
            subject_id=_key(card),
            relation=_RELATION[facet],
            object=value.text,
            object_id=value.entity or f"text:{value.text}",
            object_text=None,
            polarity="asserted",
            rule="card",
            evidence=tuple(one.address for one in value.evidence),
        )
        for card in cards
        for facet in LINKED_FACETS
        for value in card.facets.get(facet)
        if value.evidence and (value.entity is None or value.entity != card.entity)
    ]


def network_page(cards: Sequence[Case], lexicon: Lexicon | None, *, title: str) -> str:
    """The network as a page of its own that works with no connection; a link shows what the cards say, in our words."""
    told = _told(cards)
    graph = build_graph(case_relations(cards), entities=_entities(cards, lexicon))

    def text_of(place: Address) -> str:
        return told.get(place, "")

    return to_html(graph, text_of, title=title)


def _key(card: Case) -> str:
    return card.entity or f"case:{card.id}"


def _entities(cards: Sequence[Case], lexicon: Lexicon | None) -> dict[str, Entity]:
    """The lexicon's entities and, for what it does not know, entities made of the cards."""
    made = dict(lexicon.entities) if lexicon is not None else {}
    for card in cards:
        kind = _KINDS.get(card.kind, "org")
        made.setdefault(_key(card), Entity(_key(card), kind, card.name.zh_hans, card.name.zh_hant, card.name.en))  # type: ignore[arg-type]  # one of the entity types
        for facet in LINKED_FACETS:
            for value in card.facets.get(facet):
                key = value.entity or f"text:{value.text}"
                kind = "product" if facet == "tools" else facet.removesuffix("s")
                made.setdefault(key, Entity(key, kind, value.text))  # type: ignore[arg-type]  # one of the entity types
    return made


def _told(cards: Sequence[Case]) -> dict[Address, str]:
    """What the cards say about each place that a facet rests on: the statement on the same place, or one that overlaps."""
    told: dict[Address, str] = {}
    for card in cards:
        said = [(e, one.text) for name in SECTIONS for one in card.section(name) for e in one.evidence]
        for facet in LINKED_FACETS:
            for value in card.facets.get(facet):
                for place in value.evidence:
                    told.setdefault(place.address, _nearest(place, value, said))
    return told


def _nearest(place: Evidence, value: Facet, said: Sequence[tuple[Evidence, str]]) -> str:
    same = [text for one, text in said if one.source == place.source and one.span == place.span]
    near = [text for one, text in said if one.source == place.source and one.span.overlaps(place.span)]
    return (same or near or [value.text])[0]
