"""The network: who stands in which relation to whom, as a networkx MultiDiGraph with the evidence on every edge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import networkx as nx

from casekit.claims import stance_label
from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Address, Entity, Fact, Mention, Rank, Relation

__all__ = [
    "FIGURE",
    "TYPES",
    "Graph",
    "Link",
    "Node",
    "build_graph",
    "find_node",
    "link_of",
    "links",
    "nodes",
    "shown_name",
]

Graph: TypeAlias = "nx.MultiDiGraph[str]"
FIGURE: Final = "figure"
TYPES: Final = (
    "company",
    "brand",
    "org",
    "person",
    "product",
    "tactic",
    "framework",
    "book",
    "report",
    "event",
    FIGURE,
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Node:
    """A node: an entity, or a figure that somebody achieved.

    `mentions` counts the places that name it, `sources` the articles: originals alone, where one names it. What only
    retellings name has their places and their `standing`.
    """

    id: str
    name: str
    type: str
    name_en: str | None = None
    mentions: int = 0
    sources: tuple[str, ...] = ()
    standing: Rank = "original"


@dataclass(frozen=True, slots=True)
class Link:
    """An edge: subject and object are node ids; `text` is the role or figure; evidence are the places that say so.

    `standing` is the rank of the best source; `weight` counts the places in sources of that rank: a retelling beside an
    original is no second voice.
    """

    subject: str
    relation: str
    object: str
    polarity: str
    rule: str
    text: str | None
    evidence: tuple[Address, ...]
    standing: Rank = "original"
    weight: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """The articles that state it, each once, in order."""
        return tuple(dict.fromkeys(place.source for place in self.evidence))


def build_graph(
    relations: Iterable[Relation],
    mentions: Iterable[Mention] = (),
    facts: Iterable[Fact] = (),
    entities: Mapping[str, Entity] | None = None,
    bearing: Callable[[Iterable[str]], Rank] | None = None,
) -> Graph:
    """The network of these relations.

    Nodes are the entities that take part in a relation (key: entity id) and the figures that somebody achieved (key:
    figure:SOURCE:START). Node attributes: name, type, name_en, mentions, sources, standing, and for figures metric,
    value_min, value_max, unit, stance (the polarity of their link). Edge attributes: relation, polarity, rule, text, evidence (tuple of `Address`), standing,
    weight; the edge key is "relation/polarity". partner_of is stored once and read both ways.

    Args:
        relations: Merged relations, as `casekit.relations.merge_relations` gives them.
        mentions: All mentions: they count how often and where a node is named, and give its type.
        facts: All figures: they say what an achieved figure measures.
        entities: The lexicon's entities by id, for types and English names.
        bearing: The rank of what some sources bear out together; all are originals where None.
    """
    known = dict(entities or {})
    rank_of = bearing or _original
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    types: dict[str, str] = {}
    for mention in mentions:
        counts[mention.entity][mention.source] += 1
        types.setdefault(mention.entity, mention.type)
    by_place: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_place[fact.source, fact.text].append(fact)
    graph: Graph = nx.MultiDiGraph()

    def add(key: str, name: str) -> str:
        if key not in graph:
            entity = known.get(key)
            standing = rank_of(counts[key])
            own = {source: n for source, n in counts[key].items() if rank_of([source]) == standing}
            graph.add_node(
                key,
                name=entity.name if entity else name,
                type=entity.type if entity else types.get(key, "unknown"),
                name_en=entity.name_en if entity else None,
                mentions=sum(own.values()),
                sources=tuple(sorted(own)),
                standing=standing,
            )
        return key

    for relation in sorted(relations, key=_order):
        subject = add(relation.subject_id or relation.subject, relation.subject)
        if relation.object is None:
            target = _figure(graph, relation, by_place, rank_of)
        else:
            target = add(relation.object_id or relation.object, relation.object)
        graph.add_edge(
            subject,
            target,
            key=f"{relation.relation}/{relation.polarity}",
            relation=relation.relation,
            polarity=relation.polarity,
            rule=relation.rule,
            text=relation.object_text,
            evidence=relation.evidence,
            standing=(standing := rank_of([place.source for place in relation.evidence])),
            weight=sum(rank_of([place.source]) == standing for place in relation.evidence),
        )
    return graph


def _original(sources: Iterable[str]) -> Rank:
    return "original"


def _order(relation: Relation) -> tuple[str, ...]:
    one, other = relation.subject_id or relation.subject, relation.object_id or relation.object or ""
    return one, relation.relation, other, relation.object_text or "", relation.polarity


def _figure(
    graph: Graph,
    relation: Relation,
    facts: Mapping[tuple[str, str], list[Fact]],
    rank_of: Callable[[Iterable[str]], Rank],
) -> str:
    source, sentence = relation.evidence[0].source, relation.evidence[0].span
    text = relation.object_text or "?"
    fact = next((f for f in facts.get((source, text), ()) if f.span.overlaps(sentence)), None)
    key = f"{FIGURE}:{source}:{fact.span.start if fact else sentence.start}:{text}"
    graph.add_node(
        key,
        name=f"{fact.metric} {text}" if fact and fact.metric else text,
        type=FIGURE,
        name_en=None,
        mentions=1,
        sources=(source,),
        standing=rank_of([source]),
        metric=fact.metric if fact else None,
        value_min=fact.value_min if fact else None,
        value_max=fact.value_max if fact else None,
        unit=fact.unit if fact else None,
        stance=relation.polarity,
    )
    return key


def shown_name(data: Mapping[str, Any]) -> str:
    """What a picture calls a node: its name, of a figure with its certainty."""
    name = str(data["name"])
    if data["type"] != FIGURE or "stance" not in data:
        return name
    told = stance_label(data["stance"])
    return say(f"{name}（{told}）", f"{name} ({told})")


def nodes(graph: Graph) -> list[Node]:
    """The nodes in the order of their ids."""
    return [_node(key, graph.nodes[key]) for key in sorted(graph)]


def _node(key: str, data: Mapping[str, Any]) -> Node:
    standing = data.get("standing", "original")
    return Node(key, shown_name(data), data["type"], data["name_en"], data["mentions"], data["sources"], standing)


def links(graph: Graph) -> list[Link]:
    """The edges, sorted by subject, relation, object and polarity."""
    found = [link_of(a, b, data) for a, b, data in graph.edges(data=True)]
    return sorted(found, key=lambda x: (x.subject, x.relation, x.object, x.polarity))


def link_of(subject: str, target: str, data: Mapping[str, Any]) -> Link:
    """The record of one edge from its attributes."""
    evidence = tuple(data["evidence"])
    standing, weight = data.get("standing", "original"), data.get("weight", len(evidence))
    how = data["polarity"], data["rule"], data["text"]
    return Link(subject, data["relation"], target, *how, evidence, standing, weight)


def find_node(graph: Graph, name: str) -> str:
    """The id of the node with this id, name or English name (case does not matter).

    Raises:
        SettingError: If there is none.
    """
    if name in graph:
        return name
    wanted = name.casefold().strip()
    for key in sorted(graph):
        data = graph.nodes[key]
        if wanted in {str(data["name"]).casefold(), str(data["name_en"] or "").casefold()} - {""}:
            return str(key)
    raise SettingError(
        say(
            f"网络里没有“{name}”。可用 relations 命令查看有哪些名称。",
            f"The network has no “{name}”. The command relations lists the names.",
        )
    )
