"""The network as one HTML file that needs nothing else: no server, no network connection."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from importlib.resources import files
from typing import Any, Final

from casekit.graph.build import FIGURE, Graph, links, nodes
from casekit.graph.layout import COLOURS, RELATION_NAMES, TYPE_NAMES, place_nodes, stance_of
from casekit.language import current, say
from casekit.types import Address

__all__ = ["to_html"]

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Inside <script> the HTML parser looks for </script> and <!--; a JSON string may hold any character as \uXXXX.
_UNSAFE: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def to_html(
    graph: Graph, text_of: Callable[[Address], str] | None = None, *, title: str | None = None, seed: int = 0
) -> str:
    """The network as a page: search, filters by type, relation and firmness, drag and zoom; a click on an edge shows its
    sentences with their addresses. Labels Chinese or English, light or dark.

    Everything that comes from sources stands in the page as data and is shown as text, never as markup; the page's
    content security policy forbids every request.

    Args:
        graph: The network.
        text_of: Gives the sentence at an address; where None, evidence shows its address alone.
        title: The page's heading.
        seed: Of the first layout.
    """
    heading = title or say("案例网络", "Case network")
    data = _UNSAFE_CHARS.sub(
        lambda m: _UNSAFE[m[0]], json.dumps(_data(graph, text_of, seed), ensure_ascii=False, separators=(",", ":"))
    )
    folder = files("casekit") / "data" / "graph"
    parts = {
        "lang": "zh-CN" if current() == "zh" else "en",
        "title": escape(heading),
        "style": (folder / "page.css").read_text("utf-8"),
        "data": data,
        "script": (files("casekit") / "data" / "marking.js").read_text("utf-8")
        + (folder / "page.js").read_text("utf-8"),
    }
    template = (folder / "page.html").read_text("utf-8")
    return _SURROGATE.sub("\ufffd", re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m[1]], template))


_UNSAFE_CHARS: Final = re.compile("[<>&\u2028\u2029]")


def _data(graph: Graph, text_of: Callable[[Address], str] | None, seed: int) -> dict[str, Any]:
    all_nodes, all_links = nodes(graph), links(graph)
    plain = graph.subgraph(k for k in graph if graph.nodes[k]["type"] != FIGURE)
    # figures are hidden at first: the rest gets the places of a picture without them
    places = {**place_nodes(graph, seed=seed).places, **place_nodes(plain, seed=seed).places}
    number = {n.id: i for i, n in enumerate(all_nodes)}
    evidence: dict[Address, int] = {}
    for link in all_links:
        for one in link.evidence:
            evidence.setdefault(one, len(evidence))
    return {
        "language": current(),
        "colours": COLOURS,
        "types": TYPE_NAMES,
        "relations": RELATION_NAMES,
        "hidden": [FIGURE],
        "nodes": [
            {"id": n.id, "name": n.name, "en": n.name_en, "type": n.type, "mentions": n.mentions, "sources": len(n.sources), "standing": n.standing, "x": places[n.id][0], "y": places[n.id][1]}
            for n in all_nodes
        ],
        "links": [
            {"a": number[x.subject], "b": number[x.object], "relation": x.relation, "polarity": x.polarity, "stance": stance_of(x.relation, x.polarity), "rule": x.rule, "text": x.text, "standing": x.standing, "evidence": [evidence[e] for e in x.evidence]}
            for x in all_links
        ],
        "evidence": [
            {**place.to_json(), "text": text_of(place) if text_of else ""} for place in evidence
        ],
    }  # fmt: skip
