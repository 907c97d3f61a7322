"""The part of a network that an explorer shows: which nodes, which links, and where they stand."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, TypedDict

from casekit.errors import SettingError
from casekit.graph import Graph, shown_name
from casekit.graph.layout import relation_name, stance_of, type_name
from casekit.jupyter.widgets.looks import SHAPES, colour_of
from casekit.jupyter.widgets.positions import place
from casekit.language import say
from casekit.workbench.knowledge.voices import mark_told

__all__ = [
    "EdgeRow",
    "NetworkData",
    "NodeRow",
    "TypeRow",
    "choose",
    "edge_id",
    "known_types",
    "network_data",
    "of_edge",
]

_FIGURE: Final = "figure"


class NodeRow(TypedDict):
    """A node; `links` counts all its links in the whole network, so that people see what is not shown yet.

    `mark` says of what only retellings name that they do.
    """

    id: str
    name: str
    type: str
    links: int
    mentions: int
    sources: int
    mark: str
    x: float
    y: float


class EdgeRow(TypedDict):
    """A link; `label` in the language in force, `stance` how it is said where that is told, `places` the number of its evidences in originals where there are any.

    `mark` says of what only retellings tell that they do.
    """

    id: str
    subject: str
    object: str
    relation: str
    label: str
    polarity: str
    stance: str
    text: str
    places: int
    mark: str


class TypeRow(TypedDict):
    """A type of nodes with its colour, its shape and how many are shown."""

    type: str
    label: str
    colour: str
    shape: str
    count: int
    shown: bool


class NetworkData(TypedDict):
    """All that the explorer draws."""

    nodes: list[NodeRow]
    edges: list[EdgeRow]
    types: list[TypeRow]
    all_nodes: int
    all_edges: int
    focus: str


def known_types(graph: Graph, types: Collection[str] | None) -> set[str] | None:
    """`types` as given in any language, as ids.

    Raises:
        SettingError: If one is no type of nodes.
    """
    if types is None:
        return None
    found = set()
    for wanted in [types] if isinstance(types, str) else types:
        name = next((kind for kind in SHAPES if wanted in (kind, type_name(kind))), None)
        if name is None:
            listed = ", ".join(f"{kind} ({type_name(kind)})" for kind in SHAPES)
            raise SettingError(say(f"没有类型 {wanted!r}；可用：{listed}", f"no type {wanted!r}; known: {listed}"))
        found.add(name)
    return found


def choose(graph: Graph, *, around: str | None, hops: int, types: set[str] | None, limit: int) -> list[str]:
    """The ids of at most `limit` nodes: the nearest to `around` first, and of those the ones with the most links.

    Args:
        graph: The whole network.
        around: A node's id; None chooses from everywhere.
        hops: At most so many links away from it.
        types: Only these types; the node itself always stays.
        limit: At most so many.
    """
    if hops < 1 or limit < 1:
        raise SettingError(say("hops 和 limit 至少为 1", "hops and limit must be at least 1"))
    far = _distances(graph, around, hops) if around is not None else dict.fromkeys(graph, 0)
    allowed = [key for key in far if key == around or types is None or graph.nodes[key]["type"] in types]

    def rank(key: str) -> tuple[Any, ...]:
        data = graph.nodes[key]
        figure = data["type"] == _FIGURE and types is None  # leaves: they come last unless asked for
        return far[key], figure, -graph.degree(key), -data["mentions"], key

    return sorted(allowed, key=rank)[:limit]


def _distances(graph: Graph, around: str, hops: int) -> dict[str, int]:
    far = {around: 0}
    queue = deque([around])
    while queue:
        key = queue.popleft()
        if far[key] == hops:
            continue
        for other in sorted({*graph.successors(key), *graph.predecessors(key)}):
            if other not in far:
                far[other] = far[key] + 1
                queue.append(other)
    return far


def edge_id(subject: str, key: str, target: str) -> str:
    """The id of a link, the same in every build that has it."""
    return json.dumps([subject, key, target], ensure_ascii=False)


def of_edge(graph: Graph, name: str) -> tuple[str, str, Mapping[str, Any]]:
    """Subject, object and attributes of the link with this id.

    Raises:
        SettingError: If the network has no such link (any more).
    """
    try:
        subject, key, target = json.loads(name)
        return subject, target, graph.edges[subject, target, key]
    except (KeyError, TypeError, ValueError) as error:
        raise SettingError(
            say("网络里已经没有这条关系；请重新生成视图", "the network no longer has this link; make the view anew")
        ) from error


def network_data(
    graph: Graph,
    keys: Iterable[str],
    *,
    focus: str = "",
    shown: Collection[str] | None = None,
    known: Mapping[str, tuple[float, float]] | None = None,
) -> NetworkData:
    """The nodes `keys` and the links among them, with places.

    Args:
        graph: The whole network.
        keys: The nodes to show.
        focus: The node around which they were chosen.
        shown: Types that are not hidden at first; all but figures where None.
        known: Places that stay.
    """
    chosen = list(dict.fromkeys(keys))
    edges = list(_edges(graph, set(chosen)))
    spots = place(chosen, [(e["subject"], e["object"]) for e in edges], known=known)
    counts = Counter(graph.nodes[key]["type"] for key in chosen)
    others = any(kind != _FIGURE for kind in counts)
    return NetworkData(
        nodes=[_node(graph, key, spots[key]) for key in chosen],
        edges=edges,
        types=[
            TypeRow(
                type=kind,
                label=type_name(kind),
                colour=colour_of(kind),
                shape=SHAPES[kind],
                count=counts[kind],
                shown=kind in shown if shown is not None else kind != _FIGURE or not others,
            )
            for kind in SHAPES
            if counts[kind]
        ],
        all_nodes=len(graph),
        all_edges=graph.number_of_edges(),
        focus=focus,
    )


def _node(graph: Graph, key: str, spot: tuple[float, float]) -> NodeRow:
    data = graph.nodes[key]
    return NodeRow(
        id=key,
        name=say(shown_name(data), data["name_en"] or shown_name(data)),
        type=data["type"] if data["type"] in SHAPES else "unknown",
        links=graph.degree(key),
        mentions=data["mentions"],
        sources=len(data["sources"]),
        mark=mark_told(data.get("standing", "original")),
        x=spot[0],
        y=spot[1],
    )


def _edges(graph: Graph, chosen: set[str]) -> Iterator[EdgeRow]:
    for a, b, key, data in sorted(graph.subgraph(chosen).edges(keys=True, data=True), key=lambda e: e[:3]):
        yield EdgeRow(
            id=edge_id(a, key, b),
            subject=a,
            object=b,
            relation=data["relation"],
            label=relation_name(data["relation"]),
            polarity=data["polarity"],
            stance=stance_of(data["relation"], data["polarity"]),
            text=data["text"] or "",
            places=data.get("weight", len(data["evidence"])),
            mark=mark_told(data.get("standing", "original")),
        )
