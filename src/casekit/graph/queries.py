"""Questions to the network: neighbours, paths, what is shared, who matters, who belongs together, what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from typing import Final, Literal

import networkx as nx

from casekit.errors import SettingError
from casekit.graph.build import FIGURE, Graph, Link, find_node, link_of, links
from casekit.language import say
from casekit.types import Address, Mention

__all__ = [
    "Changes",
    "Rank",
    "centrality",
    "changes",
    "co_occurrence",
    "communities",
    "neighbours",
    "paths",
    "shared",
    "single_source",
]

_SHARED: Final = {"tool": "uses_tool", "tactic": "applies_tactic"}
# Up to so many nodes betweenness is exact (about a second); beyond, it is estimated from as many sampled nodes.
_EXACT_NODES: Final = 800


@dataclass(frozen=True, slots=True)
class Rank:
    """How central a node is: `degree` counts its neighbours, `betweenness` in [0, 1] is Freeman's share of shortest paths."""

    node: str
    name: str
    type: str
    degree: int
    betweenness: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two builds; links count as the same when subject, relation, object and polarity agree.

    `evidence` holds the links that both have, with other evidence, as the new build has them.
    """

    nodes_added: tuple[str, ...]
    nodes_removed: tuple[str, ...]
    added: tuple[Link, ...]
    removed: tuple[Link, ...]
    evidence: tuple[Link, ...]

    def __bool__(self) -> bool:
        return bool(self.nodes_added or self.nodes_removed or self.added or self.removed or self.evidence)


def neighbours(
    graph: Graph, name: str, *, relation: str | None = None, direction: Literal["out", "in", "both"] = "both"
) -> list[Link]:
    """The links of a node, sorted.

    Args:
        graph: The network.
        name: Id or name of a node.
        relation: Only links of this type.
        direction: "out" for links of which the node is the subject, "in" the object; partner_of counts both ways.
    Raises:
        SettingError: If the network has no such node.
    """
    key = find_node(graph, name)
    found = [
        link_of(a, b, data)
        for a, b, data in (*graph.out_edges(key, data=True), *graph.in_edges(key, data=True))
        if (direction == "both" or data["relation"] == "partner_of" or (a == key) == (direction == "out"))
        and (relation is None or data["relation"] == relation)
    ]
    return sorted(set(found), key=lambda x: (x.relation, x.subject, x.object, x.polarity))


def _simple(graph: Graph, *, negated: bool = False, figures: bool = False) -> nx.Graph[str]:
    """The network without directions: an edge where anything links two nodes, `weight` the number of its evidences."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(k for k in sorted(graph) if figures or graph.nodes[k]["type"] != FIGURE)
    for link in links(graph):
        if link.subject in plain and link.object in plain and (negated or link.polarity != "negated"):
            weight = link.weight
            if plain.has_edge(link.subject, link.object):
                weight += plain.edges[link.subject, link.object]["weight"]
            plain.add_edge(link.subject, link.object, weight=weight)
    return plain


def paths(
    graph: Graph, start: str, end: str, *, longest: int = 4, most: int = 10
) -> list[tuple[tuple[Link, ...], ...]]:
    """The ways from one node to another, shortest first; each step holds all links between its two nodes.

    Figures are no stations, and what a source denies does not connect.

    Args:
        graph: The network.
        start: Id or name.
        end: Id or name.
        longest: At most so many steps.
        most: At most so many ways.
    Raises:
        SettingError: If a node is unknown or a limit is below 1.
    """
    if longest < 1 or most < 1:
        raise SettingError(say("longest 和 most 至少为 1。", "longest and most must be at least 1."))
    first, last = find_node(graph, start), find_node(graph, end)
    plain = _simple(graph)
    if first == last or first not in plain or last not in plain or not nx.has_path(plain, first, last):
        return []
    found = []
    for way in islice(nx.shortest_simple_paths(plain, first, last), most * 5):
        if len(way) - 1 > longest:
            break
        found.append(way)
    found.sort(key=lambda way: (len(way), way))
    return [tuple(_between(graph, a, b) for a, b in pairwise(way)) for way in found[:most]]


def _between(graph: Graph, a: str, b: str) -> tuple[Link, ...]:
    both = [
        link_of(x, y, data)
        for x, y in ((a, b), (b, a))
        for data in (graph.get_edge_data(x, y) or {}).values()
        if data["polarity"] != "negated"
    ]
    return tuple(sorted(both, key=lambda x: (x.subject, x.relation, x.polarity)))


def shared(graph: Graph, kind: Literal["tool", "tactic"] = "tool") -> nx.Graph[str]:
    """Who shares tools, or tactics: the projection of the company–tool (or –tactic) network onto the companies.

    Returns:
        An undirected graph of companies, organisations and brands; edge attributes: `shared` (sorted ids of what both use)
        and `weight` (how many). Denied uses don't count.
    Raises:
        SettingError: If `kind` is neither.
    """
    if kind not in _SHARED:
        raise SettingError(
            say(f"kind 应为 tool 或 tactic，而不是 {kind!r}。", f"kind is {kind!r}, not tool or tactic.")
        )
    users: dict[str, set[str]] = defaultdict(set)
    for link in links(graph):
        if link.relation == _SHARED[kind] and link.polarity != "negated":
            users[link.object].add(link.subject)
    out: nx.Graph[str] = nx.Graph()
    common: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing in sorted(users):
        out.add_nodes_from((key, graph.nodes[key]) for key in sorted(users[thing]))
        for pair in combinations(sorted(users[thing]), 2):
            common[pair].append(thing)
    for (a, b), things in sorted(common.items()):
        out.add_edge(a, b, shared=tuple(things), weight=len(things))
    return out


def co_occurrence(mentions: Iterable[Mention], places: Sequence[Address], *, least: int = 1) -> nx.Graph[str]:
    """Which entities are named together.

    Args:
        mentions: All mentions.
        places: The windows: sentences or passages.
        least: Leave out pairs that meet in fewer windows.
    Returns:
        An undirected graph by entity id; node attributes name, type, `places` (number of windows); edge attributes
        `weight` (number of common windows) and `evidence` (those windows).
    """
    by_source: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_source[mention.source].append(mention)
    for own in by_source.values():
        own.sort(key=lambda m: m.span)
    windows: dict[tuple[str, str], list[Address]] = defaultdict(list)
    seen: dict[str, int] = defaultdict(int)
    label: dict[str, tuple[str, str]] = {}
    for place in sorted(places):
        inside = {m.entity: m for m in by_source.get(place.source, ()) if place.start <= m.span.start < place.end}
        for key, mention in inside.items():
            seen[key] += 1
            label.setdefault(key, (mention.name, mention.type))
        for pair in combinations(sorted(inside), 2):
            windows[pair].append(place)
    out: nx.Graph[str] = nx.Graph()
    for key in sorted(seen):
        out.add_node(key, name=label[key][0], type=label[key][1], places=seen[key])
    for (a, b), where in sorted(windows.items()):
        if len(where) >= least:
            out.add_edge(a, b, weight=len(where), evidence=tuple(where))
    return out


def centrality(graph: Graph, *, seed: int = 0) -> list[Rank]:
    """The nodes (figures aside), the most central first.

    References:
        L. C. Freeman (1977). A set of measures of centrality based on betweenness. Sociometry 40, 35-41.
    """
    plain = _simple(graph)
    sample = None if len(plain) <= _EXACT_NODES else _EXACT_NODES
    between = nx.betweenness_centrality(plain, k=sample, seed=seed) if len(plain) else {}
    found = [
        Rank(key, graph.nodes[key]["name"], graph.nodes[key]["type"], plain.degree(key), round(between[key], 6))
        for key in plain
    ]
    return sorted(found, key=lambda r: (-r.betweenness, -r.degree, r.node))


def communities(graph: Graph, *, seed: int = 0, resolution: float = 1.0) -> list[tuple[str, ...]]:
    """Groups of nodes that are linked more among themselves than with others, largest first; the same for the same seed.

    References:
        V. D. Blondel et al. (2008). Fast unfolding of communities in large networks. J. Stat. Mech. P10008.
    """
    plain = _simple(graph)
    if not len(plain):
        return []
    found = nx.community.louvain_communities(plain, weight="weight", seed=seed, resolution=resolution)
    return sorted((tuple(sorted(group)) for group in found), key=lambda g: (-len(g), g))


def single_source(graph: Graph) -> list[Link]:
    """The links that rest on one article alone."""
    return [link for link in links(graph) if len(link.sources) == 1]


def changes(old: Graph, new: Graph) -> Changes:
    """What changed from one build to the next."""

    def table(graph: Graph) -> dict[tuple[str, str, str, str], Link]:
        return {(x.subject, x.relation, x.object, x.polarity): x for x in links(graph)}

    before, after = table(old), table(new)
    return Changes(
        nodes_added=tuple(sorted(set(new) - set(old))),
        nodes_removed=tuple(sorted(set(old) - set(new))),
        added=tuple(after[k] for k in sorted(after.keys() - before.keys())),
        removed=tuple(before[k] for k in sorted(before.keys() - after.keys())),
        evidence=tuple(
            after[k] for k in sorted(after.keys() & before.keys()) if after[k].evidence != before[k].evidence
        ),
    )
