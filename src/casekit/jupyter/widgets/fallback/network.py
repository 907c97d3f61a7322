"""The network as a picture and a table of links."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from casekit.graph.layout import polarity_name
from casekit.jupyter.widgets.fallback.svg import INK, card, draw, line, mark, table, words
from casekit.jupyter.widgets.looks import colour_of
from casekit.language import say

__all__ = ["NEGATED", "network_html"]

# More than this nobody can read on paper, and every saved notebook holds it: about 60 KB.
_MOST_NODES: Final = 90
_MOST_LINKS: Final = 150
# A handful of names need not fill a page.
_FEW: Final = 40
_TALLEST: Final = 640
_PAGE: Final = 960.0  # pixels that a page gives a picture: what is wider is shrunk to it, so its letters are larger
NEGATED: Final = "#c0392b"
_DASHES: Final = {"planned": "6 4", "hearsay": "2 3", "negated": "1 4"}


def network_html(data: Mapping[str, Any]) -> str:
    """The explorer's data as HTML."""
    shown_types = {row["type"] for row in data["types"] if row["shown"]}
    nodes = {row["id"]: row for row in data["nodes"] if row["type"] in shown_types or row["id"] == data["focus"]}
    edges = [row for row in data["edges"] if row["subject"] in nodes and row["object"] in nodes]
    title = say("案例网络", "Case network")
    note = say(
        f"{len(nodes)} 个名称，{len(edges)} 条关系（整个网络 {data['all_nodes']} 个，{data['all_edges']} 条）",
        f"{len(nodes)} names, {len(edges)} links (the whole network: {data['all_nodes']}, {data['all_edges']})",
    )
    if not nodes:
        return card(title, say("网络里还没有关系", "the network has no links yet"))
    picture = _picture(title, data, nodes, edges)
    head = [
        say("主体", "subject"),
        say("关系", "relation"),
        say("客体", "object"),
        say("语气", "stance"),
        say("出处", "places"),
    ]
    rows = [
        [
            nodes[row["subject"]]["name"],
            row["label"],
            nodes[row["object"]]["name"] + (f"({row['text']})" if row["text"] else ""),
            " ".join(filter(None, (row["stance"] or polarity_name(row["polarity"]), row["mark"]))),
            str(row["places"]),
        ]
        for row in edges
    ]
    more = say("另有 {n} 条关系没有列出", "{n} more links are not listed")
    return card(title, note, picture, table(head, rows, most=_MOST_LINKS, more=more) if rows else "")


def _picture(title: str, data: Mapping[str, Any], nodes: Mapping[str, Any], edges: list[Any]) -> str:
    order = sorted(nodes.values(), key=lambda row: (row["id"] != data["focus"], -row["links"], row["id"]))
    drawn = {row["id"]: row for row in order[:_MOST_NODES]}
    left = min(row["x"] for row in drawn.values()) - 60
    top = min(row["y"] for row in drawn.values()) - 30
    width = max(360.0, max(row["x"] for row in drawn.values()) - left + 60)
    height = max(row["y"] for row in drawn.values()) - top + 60
    parts = []
    for row in edges:
        if row["subject"] in drawn and row["object"] in drawn:
            a, b = drawn[row["subject"]], drawn[row["object"]]
            colour = NEGATED if row["polarity"] == "negated" else "#9aa3ad"
            ends = (a["x"] - left, a["y"] - top, b["x"] - left, b["y"] - top)
            parts.append(line(*ends, colour, dash=_DASHES.get(row["polarity"], ""), width=1.2))
    looks = {row["type"]: row for row in data["types"]}
    for row in drawn.values():
        look = looks[row["type"]]
        parts.append(
            mark(look["shape"], row["x"] - left, row["y"] - top, _radius(row), look["colour"], title=row["name"])
        )
    size = round(min(17.0, 11.5 * max(1.0, width / _PAGE)), 1)
    parts += [
        words(
            row["x"] - left,
            row["y"] - top + _radius(row) + size + 1,
            row["name"],
            anchor="middle",
            halo=True,
            size=size,
        )
        for row in drawn.values()
    ]
    at = 14.0
    for look in data["types"]:
        if any(row["type"] == look["type"] for row in drawn.values()):
            parts.append(mark(look["shape"], at, height - 12, 6, colour_of(look["type"])))
            parts.append(words(at + 11, height - 8, look["label"], colour=INK))
            at += 30 + 12.5 * len(look["label"])
    return draw(max(width, at), height, title, parts, tallest=_TALLEST if len(drawn) <= _FEW else None)


def _radius(row: Mapping[str, Any]) -> float:
    return min(16.0, 6 + 1.4 * math.sqrt(row["links"]))
