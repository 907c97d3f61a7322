"""Where the nodes of a picture stand, and what colours they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

from casekit.claims import stance_label
from casekit.graph.build import Graph, links
from casekit.language import say

__all__ = [
    "COLOURS",
    "RELATION_NAMES",
    "TYPE_NAMES",
    "Layout",
    "place_nodes",
    "polarity_name",
    "relation_name",
    "stance_of",
    "type_name",
]

# Okabe and Ito's palette and neighbours of it: told apart by colour-blind readers, readable on white and on dark grey.
COLOURS: Final[dict[str, str]] = {
    "company": "#0072b2",
    "brand": "#56b4e9",
    "org": "#5b6ee1",
    "person": "#cc79a7",
    "product": "#009e73",
    "tactic": "#e69f00",
    "framework": "#d55e00",
    "book": "#8c6d31",
    "report": "#8c6d31",
    "event": "#999933",
    "figure": "#7f7f7f",
    "unknown": "#7f7f7f",
}
TYPE_NAMES: Final = {
    "term": ("词", "word"),
    "company": ("公司", "company"),
    "brand": ("品牌", "brand"),
    "org": ("组织", "organisation"),
    "person": ("人物", "person"),
    "product": ("工具", "tool"),
    "tactic": ("打法", "tactic"),
    "framework": ("框架", "framework"),
    "book": ("书", "book"),
    "report": ("报告", "report"),
    "event": ("活动", "event"),
    "figure": ("数据", "figure"),
    "unknown": ("其他", "other"),
}
RELATION_NAMES: Final = {
    "uses_tool": ("使用工具", "uses tool"),
    "applies_tactic": ("采用打法", "applies"),
    "supported_by": ("由…支撑", "supported by"),
    "has_part": ("包含", "has part"),
    "part_of": ("属于", "part of"),
    "role_at": ("任职于", "role at"),
    "invested_by": ("获投于", "invested by"),
    "partner_of": ("合作", "partner of"),
    "achieved": ("取得", "achieved"),
    "proposed": ("提出", "proposed"),
}

POLARITY_NAMES: Final = {
    "asserted": ("陈述", "asserted"),
    "negated": ("否认", "denied"),
    "planned": ("计划", "planned"),
    "hearsay": ("传闻", "hearsay"),
}


def type_name(kind: str) -> str:
    """What people call a type of node."""
    return say(*TYPE_NAMES.get(kind, (kind, kind)))


def relation_name(relation: str) -> str:
    """What people call a type of link."""
    return say(*RELATION_NAMES.get(relation, (relation, relation)))


def polarity_name(polarity: str, relation: str = "") -> str:
    """What people call how a source says something; of a figure reached, its kind and certainty."""
    if relation == "achieved":
        return stance_label(polarity)
    return say(*POLARITY_NAMES.get(polarity, (polarity, polarity)))


def stance_of(relation: str, polarity: str) -> str:
    """What is told of a link beside its type: nothing for a plain assertion, but always how sure a figure is."""
    return "" if polarity == "asserted" and relation != "achieved" else polarity_name(polarity, relation)


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in pixels of a picture of `width` x `height`."""

    width: int
    height: int
    places: dict[str, tuple[float, float]]


# A label character is about 13 pixels wide (Latin half of it), a node with its label about 34 high.
_LETTER, _HIGH, _MARGIN = 13.0, 34.0, 60.0
# Pixels per node of a picture in which labels still find room: by trying 20 to 400 nodes.
_AREA: Final = 17_000.0


def place_nodes(graph: Graph, *, seed: int = 0) -> Layout:
    """A place for every node, the same for the same network and seed.

    Every connected part is laid out by itself (Fruchterman-Reingold) and gets a box as large as its share of the nodes;
    then labels that would overlap step aside. Needs networkx and numpy alone.

    References:
        T. M. J. Fruchterman, E. M. Reingold (1991). Graph drawing by force-directed placement. Software 21(11), 1129-1164.
    """
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from((x.subject, x.object) for x in links(graph))
    if not len(plain):
        return Layout(800, 560, {})
    inner_width = max(680.0, (len(plain) * _AREA * 1.45) ** 0.5)
    inner_height = inner_width / 1.45
    parts = sorted((sorted(c) for c in nx.connected_components(plain)), key=lambda c: (-len(c), c))
    boxes = _boxes([float(len(p)) for p in parts])
    out: dict[str, tuple[float, float]] = {}
    for part, (left, top, width, height) in zip(parts, boxes, strict=True):
        inner = _inner(plain.subgraph(part).copy(), part, seed)
        for key in part:
            x, y = inner[key]
            out[key] = (
                inner_width * (left + width * (0.08 + 0.84 * x)),
                inner_height * (top + height * (0.08 + 0.84 * y)),
            )
    keys = sorted(out)
    spots = np.array([out[k] for k in keys], dtype=np.float64)
    sizes = np.array([[_wide(str(graph.nodes[k]["name"])), _HIGH] for k in keys], dtype=np.float64)
    # what has many links goes first and keeps its place
    order = sorted(range(len(keys)), key=lambda i: (-plain.degree(keys[i]), keys[i]))
    spots = _spread(spots, sizes, order)
    low, high = (spots - sizes / 2).min(axis=0), (spots + sizes / 2).max(axis=0)
    spots = spots - low + _MARGIN / 2
    places = {k: (round(float(x), 1), round(float(y), 1)) for k, (x, y) in zip(keys, spots, strict=True)}
    return Layout(round(float(high[0] - low[0] + _MARGIN)), round(float(high[1] - low[1] + _MARGIN)), places)


def _wide(label: str) -> float:
    return max(26.0, sum(_LETTER if ord(c) > 0x2E7F else _LETTER / 1.8 for c in label) + 6.0)


def _spread(
    spots: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64], order: list[int]
) -> npt.NDArray[np.float64]:
    """Each box, in `order`, goes to the free place nearest to its spot on a spiral around it; shape (n, 2)."""
    placed = np.empty_like(spots)
    half = np.empty_like(spots)
    for count, i in enumerate(order):
        for spot in spots[i] + _SPIRAL:
            room = np.abs(placed[:count] - spot) < half[:count] + sizes[i] / 2
            if not room.all(axis=1).any():
                break
        placed[count], half[count] = spot, sizes[i] / 2
    out = np.empty_like(spots)
    out[order] = placed
    return out


def _spiral(turns: int) -> npt.NDArray[np.float64]:
    """Steps from a middle outwards, evenly spread (sunflower), wider than high as labels are; shape (turns, 2)."""
    steps = np.arange(turns)
    far, angle = 9.0 * np.sqrt(steps), steps * np.pi * (3 - 5**0.5)
    return np.stack([1.6 * far * np.cos(angle), far * np.sin(angle)], axis=1)


# So many places are tried before a box is let overlap: room for a thousand labels around one spot.
_SPIRAL: Final = _spiral(6000)


def _inner(plain: nx.Graph[str], part: list[str], seed: int) -> dict[str, tuple[float, float]]:
    if len(part) == 1:
        return {part[0]: (0.5, 0.5)}
    # networkx takes the order of nodes as given: rebuilt sorted, so that the same network is drawn the same
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_edges_from(sorted(tuple(sorted(e)) for e in plain.edges()))
    rounds = 200 if len(part) <= 200 else 60  # a round costs the square of the nodes
    spots = nx.spring_layout(ordered, seed=seed, k=3.0 / len(part) ** 0.5, iterations=rounds, method="force")
    grid = np.array([spots[k] for k in part], dtype=np.float64)
    low, high = grid.min(axis=0), grid.max(axis=0)
    grid = (grid - low) / np.where(high - low > 1e-9, high - low, 1.0)
    return {k: (float(x), float(y)) for k, (x, y) in zip(part, grid, strict=True)}


def _boxes(
    sizes: list[float], left: float = 0.0, top: float = 0.0, width: float = 1.0, height: float = 1.0
) -> list[tuple[float, float, float, float]]:
    """Boxes of areas in proportion to `sizes` (largest first), cut off one after the other from the longer side."""
    if not sizes:
        return []
    if len(sizes) == 1:
        return [(left, top, width, height)]
    half, total, split = 0.0, sum(sizes), 1
    for i, size in enumerate(sizes[:-1], 1):
        half += size
        split = i
        if half >= total / 2:
            break
    share = sum(sizes[:split]) / total
    if width >= height:
        return [
            *_boxes(sizes[:split], left, top, width * share, height),
            *_boxes(sizes[split:], left + width * share, top, width * (1 - share), height),
        ]
    return [
        *_boxes(sizes[:split], left, top, width, height * share),
        *_boxes(sizes[split:], left, top + height * share, width, height * (1 - share)),
    ]
