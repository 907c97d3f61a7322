"""The network explorer: the network of a workspace to be searched, followed and read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final, TypedDict

import traitlets

from casekit.fold import fold_text
from casekit.graph.layout import relation_name
from casekit.jupyter.widgets.base import Widget, bench_of
from casekit.jupyter.widgets.fallback import network_html
from casekit.jupyter.widgets.part import choose, known_types, network_data, of_edge
from casekit.jupyter.widgets.sentences import Sentence, sentences_at

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.graph import Graph
    from casekit.workbench import Workbench

__all__ = ["NetworkExplorer", "network"]

# One step more shows at most so many new nodes: a hub's hundreds would bury the picture; asking again shows more.
_NEW_NODES: Final = 60
_FOUND: Final = 12  # results of the search field


class Found(TypedDict):
    """A node that the search field offers."""

    id: str
    name: str
    type: str
    links: int


def network(
    *,
    around: str | None = None,
    hops: int = 1,
    types: Collection[str] | None = None,
    limit: int = 500,
    wb: Workbench | None = None,
) -> NetworkExplorer:
    """The network of the workspace, or what surrounds one of its names, to be explored.

    Args:
        around: A name in any form; the whole network where None.
        hops: How many links away from it.
        types: Only nodes of these types (company or 公司, product or 工具, …).
        limit: At most so many nodes, the best linked first; the view can be expanded from there.
        wb: A workbench; that of the nearest workspace where None.

    Raises:
        SettingError: If nothing is called `around`, or a type or number cannot be.
        NotBuiltError: If there is no index.
    """
    return NetworkExplorer(bench_of(wb), around=around, hops=hops, types=types, limit=limit)


class NetworkExplorer(Widget):
    """A network to be searched, filtered, expanded and read; see `network`.

    `selected` holds the ids of the chosen nodes. `edge` is the link that was opened last, as a row of
    `Workbench.network.links_json` with its sentences, None before.
    """

    part = "network"
    edge = traitlets.Dict(allow_none=True, default_value=None)

    def __init__(
        self,
        bench: Workbench,
        *,
        around: str | None = None,
        hops: int = 1,
        types: Collection[str] | None = None,
        limit: int = 500,
    ) -> None:
        graph = bench.network.graph
        wanted = known_types(graph, types)
        focus = bench.network.node(around) if around is not None else None
        keys = choose(graph, around=focus, hops=hops, types=wanted, limit=limit)
        super().__init__(bench, network_data(graph, keys, focus=focus or "", shown=wanted))

    @property
    def graph(self) -> Graph:
        """The part of the network that is shown, as a networkx graph."""
        whole = self.bench.network.graph
        return whole.subgraph([row["id"] for row in self.data["nodes"]])

    # ---- what was chosen --------------------------------------------------------------------------------------------
    def selection(self) -> DataFrame:
        """The chosen nodes, one row each: id, name, type, links, mentions, sources (ids)."""
        import pandas as pd

        nodes = self.bench.network.graph.nodes
        columns = ["id", "name", "type", "links", "mentions", "sources"]
        graph = self.bench.network.graph
        rows = [
            (key, *(nodes[key][name] for name in ("name", "type")), graph.degree(key), nodes[key]["mentions"],
             list(nodes[key]["sources"]))
            for key in self.selected
            if key in nodes
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def links(self) -> DataFrame:
        """The links of the chosen nodes with their evidence, one row each; all links shown where nothing is chosen."""
        import pandas as pd

        from casekit.graph import links

        chosen = set(self.selected)
        found = [x for x in links(self.graph) if not chosen or {x.subject, x.object} & chosen]
        return pd.DataFrame(self.bench.network.links_json(found))

    def select(self, *names: str) -> None:
        """Choose nodes by any form of their names; those not shown yet are added."""
        keys = [self.bench.network.node(name) for name in names]
        self._add(keys)
        self.selected = keys

    def expand(self, name: str) -> int:
        """Show the neighbours of a node; returns how many came anew."""
        graph = self.bench.network.graph
        key = self.bench.network.node(name)
        shown = {row["id"] for row in self.data["nodes"]}
        near = [other for other in {*graph.successors(key), *graph.predecessors(key)} if other not in shown]
        near.sort(key=lambda other: (-graph.degree(other), other))
        return self._add([key, *near[:_NEW_NODES]])

    def _add(self, keys: list[str]) -> int:
        known = {row["id"]: (row["x"], row["y"]) for row in self.data["nodes"]}
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if new:
            visible = {row["type"] for row in self.data["types"] if row["shown"]}
            graph = self.bench.network.graph
            kept = [key for key in known if key in graph]
            visible |= {graph.nodes[key]["type"] for key in new}
            self.data = dict(network_data(graph, [*kept, *new], focus=self.data["focus"], shown=visible, known=known))
        return len(new)

    # ---- questions of the view --------------------------------------------------------------------------------------
    def ask_find(self, text: str) -> list[Found]:
        """Nodes of the whole network whose name holds `text`, in any script, the best linked first."""
        wanted = fold_text(text).strip()
        if not wanted:
            return []
        graph = self.bench.network.graph
        found = []
        for key in graph:
            data = graph.nodes[key]
            names = [fold_text(str(name)) for name in (data["name"], data["name_en"]) if name]
            if any(wanted in name for name in names):
                found.append((not any(name.startswith(wanted) for name in names), -graph.degree(key), key))
        return [
            Found(id=key, name=graph.nodes[key]["name"], type=graph.nodes[key]["type"], links=graph.degree(key))
            for _, _, key in sorted(found)[:_FOUND]
        ]

    def ask_show(self, id: str) -> int:
        """Add a node that the search field found, with its links to what is shown."""
        return self._add([self.bench.network.node(id)])

    def ask_expand(self, id: str) -> int:
        """Add the neighbours of a node."""
        return self.expand(id)

    def ask_edge(self, id: str) -> dict[str, Any]:
        """The sentences of a link; `edge` holds them from then on."""
        subject, target, data = of_edge(self.bench.network.graph, id)
        found: list[Sentence] = sentences_at(self.bench, ((at.source, at.start, at.end) for at in data["evidence"]))
        nodes = self.bench.network.graph.nodes
        self.edge = {
            "subject": nodes[subject]["name"],
            "subject_id": subject,
            "relation": data["relation"],
            "object": nodes[target]["name"],
            "object_id": target,
            "object_text": data["text"],
            "polarity": data["polarity"],
            "rule": data["rule"],
            "evidence": [
                {**{name: one[name] for name in ("source", "start", "end")},
                 "quote": "".join(piece["text"] for piece in one["pieces"])}
                for one in found
            ],
        }  # fmt: skip
        return {
            "id": id,
            "title": f"{nodes[subject]['name']} · {relation_name(data['relation'])} · {nodes[target]['name']}",
            "rule": data["rule"],
            "sentences": found,
        }

    def fallback(self) -> str:
        """The network as a picture and a table of its links."""
        return network_html(self.data)
