"""What the network answers, as `--json` prints it: links, pairs, centres, groups, changes, outcomes; each with its addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from casekit.verbs.asked import Asked
from casekit.verbs.found import fact_json
from casekit.verbs.shared import addresses

if TYPE_CHECKING:
    from casekit.graph import Link, Rank
    from casekit.types import Address
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.builds import BuildChanges
    from casekit.workbench.knowledge.network import Network
    from casekit.workbench.knowledge.outcomes import Figure, Outcome

__all__ = [
    "central_json",
    "changes_json",
    "communities_json",
    "figure_json",
    "links_json",
    "outcomes_json",
    "paths_json",
    "shared_json",
    "together_json",
]


def links_json(bench: Workbench, asked: Asked, links: Sequence[Link]) -> list[dict[str, Any]]:
    """Links with what bears them out."""
    return bench.network.links_json(links)


def paths_json(bench: Workbench, asked: Asked, ways: Iterable[Any]) -> list[dict[str, Any]]:
    """Ways between two nodes, each a list of steps, each of these the links between its two ends."""
    return [{"steps": [bench.network.links_json(step) for step in way]} for way in ways]


def _pairs(graph: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """The pairs of a graph, the closest first."""
    return sorted(graph.edges(data=True), key=lambda e: (-e[2]["weight"], e[0], e[1]))


def shared_json(bench: Workbench, asked: Asked, found: Any) -> list[dict[str, Any]]:
    """Pairs and what both of them use or apply, the closest first."""
    network = bench.network
    nodes, links = network.graph.nodes, network.graph.get_edge_data
    relation = {"tool": "uses_tool", "tactic": "applies_tactic"}[asked["by"]]

    def use(company: str, thing: str) -> list[Address]:
        edges = (links(company, thing) or {}).values()
        kept = [e for e in edges if e["relation"] == relation and e["polarity"] != "negated"]
        return [place for edge in kept for place in edge["evidence"]]

    def both(a: str, b: str, thing: str) -> dict[str, Any]:
        uses = use(a, thing), use(b, thing)
        ranks = {network.standing(place.source for place in places) for places in uses} - {"original"}
        return {
            "name": nodes[thing]["name"],
            "id": thing,
            "standing": min(ranks, default="original"),  # what one of the two does by a retelling alone, both do by one
            "evidence": [*addresses(uses[0]), *addresses(uses[1])],
        }

    return [
        {
            "a": nodes[a]["name"],
            "a_id": a,
            "b": nodes[b]["name"],
            "b_id": b,
            "shared": [both(a, b, thing) for thing in data["shared"]],
        }
        for a, b, data in _pairs(found)
    ]


def together_json(bench: Workbench, asked: Asked, found: Any) -> list[dict[str, Any]]:
    """Who is named together, as `--json` prints it."""
    return [
        {
            "a": found.nodes[a]["name"],
            "a_id": a,
            "b": found.nodes[b]["name"],
            "b_id": b,
            "count": data["weight"],
            "standing": data.get("standing", "original"),
            "evidence": addresses(data["evidence"]),
        }
        for a, b, data in _pairs(found)
    ]


def central_json(bench: Workbench, asked: Asked, ranks: Sequence[Rank]) -> list[dict[str, Any]]:
    """Nodes, the most central first."""
    places: dict[str, set[Address]] = {}
    for a, b, data in bench.network.graph.edges(data=True):
        for end in (a, b):
            places.setdefault(end, set()).update(data["evidence"])
    return [
        {
            "id": r.node,
            "name": r.name,
            "type": r.type,
            "degree": r.degree,
            "betweenness": r.betweenness,
            "evidence": addresses(places.get(r.node, ())),
        }
        for r in ranks
    ]


def communities_json(bench: Workbench, asked: Asked, groups: Sequence[tuple[str, ...]]) -> list[dict[str, Any]]:
    """Groups with their members."""
    graph = bench.network.graph
    rows = []
    for group in groups:
        inside = set(group)
        edges = (data["evidence"] for a, b, data in graph.edges(data=True) if a in inside and b in inside)
        members = [{"id": key, "name": graph.nodes[key]["name"], "type": graph.nodes[key]["type"]} for key in group]
        rows.append({"members": members, "evidence": addresses(place for some in edges for place in some)})
    return rows


def changes_json(bench: Workbench, asked: Asked, found: BuildChanges) -> dict[str, Any]:
    """What two builds differ in."""
    network = bench.network
    if found.changes is None or found.old is None:
        nothing: dict[str, list[Any]] = {
            name: [] for name in ("nodes_added", "nodes_removed", "added", "removed", "evidence")
        }
        return {"from": None, "to": found.after, **nothing}
    changes, new, old = found.changes, found.new, found.old
    before = network.previous()
    try:
        return {
            "from": found.before,
            "to": found.after,
            "nodes_added": [{"id": key, "name": new.nodes[key]["name"]} for key in changes.nodes_added],
            "nodes_removed": [{"id": key, "name": old.nodes[key]["name"]} for key in changes.nodes_removed],
            "added": network.links_json(changes.added, new),
            "removed": network.links_json(changes.removed, old, before),
            "evidence": network.links_json(changes.evidence, new),
        }
    finally:
        if before is not None:
            before.close()


def outcomes_json(bench: Workbench, asked: Asked, found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Who does it, and the figures reported near that."""
    network = bench.network
    return [
        {
            "company": o.company,
            "company_id": o.company_id,
            "relation": o.relation,
            "polarity": o.polarity,
            "through": list(o.through),
            "standing": network.standing(place.source for place in o.evidence),
            "evidence": [{**place.to_json(), "quote": network.quote(place.source, place.span)} for place in o.evidence],
            "figures": [figure_json(network, figure) for figure in o.figures],
        }
        for o in found
    ]


def figure_json(network: Network, figure: Figure) -> dict[str, Any]:
    """A figure of an outcome, as `--json` prints it."""
    return {**fact_json(network, figure.fact, figure.sentence), "nearness": figure.nearness}
