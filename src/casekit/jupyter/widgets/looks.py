"""Colours and shapes: every type of thing has both, so that colour is never the only sign."""

from __future__ import annotations

from typing import Final

from casekit.graph.layout import COLOURS

__all__ = ["KIND_COLOURS", "KIND_SHAPES", "OUTLINES", "SHAPES", "colour_of"]

# The front end holds the same names; the outlines below are its outlines, too.
SHAPES: Final[dict[str, str]] = {
    "company": "circle",
    "brand": "ring",
    "org": "square",
    "person": "triangle",
    "product": "diamond",
    "tactic": "hexagon",
    "framework": "star",
    "book": "flag",
    "report": "page",
    "event": "cross",
    "figure": "bar",
    "unknown": "dot",
}
# Kinds of figures, from the same palette as the types of things.
KIND_SHAPES: Final[dict[str, str]] = {
    "achieved": "circle",
    "target": "triangle",
    "estimate": "diamond",
    "size": "square",
    "survey": "hexagon",
    "date": "cross",
}
KIND_COLOURS: Final[dict[str, str]] = {
    "achieved": "#0072b2",
    "target": "#d55e00",
    "estimate": "#cc79a7",
    "size": "#009e73",
    "survey": "#56b4e9",
    "date": "#7f7f7f",
}
# Corners in a box from -1 to 1, y downwards; what is not here is round.
OUTLINES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "triangle": ((0, -1), (1, 0.85), (-1, 0.85)),
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "hexagon": ((-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0)),
    "star": (
        (0, -1.15), (0.3, -0.38), (1.1, -0.36), (0.48, 0.16), (0.68, 0.95),
        (0, 0.5), (-0.68, 0.95), (-0.48, 0.16), (-1.1, -0.36), (-0.3, -0.38),
    ),
    "flag": ((-0.9, -1), (0.9, -1), (0.9, 1), (0, 0.45), (-0.9, 1)),
    "page": ((-0.75, -1), (0.35, -1), (0.85, -0.5), (0.85, 1), (-0.75, 1)),
    "cross": (
        (-0.38, -1), (0.38, -1), (0.38, -0.38), (1, -0.38), (1, 0.38), (0.38, 0.38),
        (0.38, 1), (-0.38, 1), (-0.38, 0.38), (-1, 0.38), (-1, -0.38), (-0.38, -0.38),
    ),
    "bar": ((-1.1, -0.55), (1.1, -0.55), (1.1, 0.55), (-1.1, 0.55)),
}  # fmt: skip


def colour_of(kind: str) -> str:
    """The colour of a type of nodes, as #rrggbb."""
    return COLOURS.get(kind, COLOURS["unknown"])
