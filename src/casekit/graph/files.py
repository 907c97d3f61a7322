"""The network as files for other programs: JSON, GraphML, GEXF. The same network gives the same bytes."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import networkx as nx

from casekit.graph.build import Graph, links, nodes

__all__ = ["flat_graph", "to_gexf", "to_graphml", "to_json"]

# What XML 1.0 does not allow in any form.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHANGED: Final = re.compile(r' lastmodifieddate="[^"]*"')


def to_json(graph: Graph) -> str:
    """`{"nodes": [{id, name, type, name_en, mentions, sources, standing}], "links": [{subject, relation, object, polarity,
    rule, text, evidence: [{source, start, end}], standing}]}`, sorted."""
    record: dict[str, Any] = {
        "nodes": [
            {
                "id": n.id,
                "name": n.name,
                "type": n.type,
                "name_en": n.name_en,
                "mentions": n.mentions,
                "sources": list(n.sources),
                "standing": n.standing,
            }
            for n in nodes(graph)
        ],
        "links": [
            {
                "subject": x.subject,
                "relation": x.relation,
                "object": x.object,
                "polarity": x.polarity,
                "rule": x.rule,
                "text": x.text,
                "evidence": [place.to_json() for place in x.evidence],
                "standing": x.standing,
            }
            for x in links(graph)
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def flat_graph(graph: Graph) -> nx.MultiDiGraph[str]:
    """A copy with plain attributes only: lists become text, None is left out."""
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for n in nodes(graph):
        values = {
            "label": n.name,
            "type": n.type,
            "name_en": n.name_en,
            "sources": " ".join(n.sources),
            "standing": n.standing,
        }
        clean = {k: _NO_XML.sub("", v) for k, v in values.items() if v is not None}
        flat.add_node(_NO_XML.sub("", n.id), **clean, mentions=n.mentions)
    for i, x in enumerate(links(graph)):
        where = " ".join(map(str, x.evidence))
        values = {"relation": x.relation, "polarity": x.polarity, "rule": x.rule, "text": x.text, "evidence": where}
        values["standing"] = x.standing
        clean = {k: _NO_XML.sub("", v) for k, v in values.items() if v is not None}
        ends = _NO_XML.sub("", x.subject), _NO_XML.sub("", x.object)
        flat.add_edge(*ends, key=str(i), label=x.relation, weight=float(x.weight), **clean)
    return flat


def to_graphml(graph: Graph) -> str:
    """GraphML 1.0: evidence as text, "SOURCE:START-END", parted by spaces.

    References:
        http://graphml.graphdrawing.org/specification.html
    """
    return "\n".join(nx.generate_graphml(flat_graph(graph))) + "\n"


def to_gexf(graph: Graph) -> str:
    """GEXF 1.2 for Gephi; attributes as in GraphML, no date of making in it.

    References:
        https://gexf.net/
    """
    return _CHANGED.sub("", "\n".join(nx.generate_gexf(flat_graph(graph)))) + "\n"
