"""The network of relations: building it, asking it, drawing it, handing it on."""

from __future__ import annotations

from casekit.graph.build import FIGURE, Graph, Link, Node, build_graph, find_node, links, nodes, shown_name
from casekit.graph.files import flat_graph, to_gexf, to_graphml, to_json
from casekit.graph.page import to_html
from casekit.graph.picture import find_font, to_png, to_svg
from casekit.graph.queries import (
    Changes,
    Rank,
    centrality,
    changes,
    co_occurrence,
    communities,
    neighbours,
    paths,
    shared,
    single_source,
)
from casekit.graph.tables import cross_table, metric_table, not_reported, relation_table

__all__ = [
    "FIGURE",
    "Changes",
    "Graph",
    "Link",
    "Node",
    "Rank",
    "build_graph",
    "centrality",
    "changes",
    "co_occurrence",
    "communities",
    "cross_table",
    "find_font",
    "find_node",
    "flat_graph",
    "links",
    "metric_table",
    "neighbours",
    "nodes",
    "not_reported",
    "paths",
    "relation_table",
    "shared",
    "shown_name",
    "single_source",
    "to_gexf",
    "to_graphml",
    "to_html",
    "to_json",
    "to_png",
    "to_svg",
]
