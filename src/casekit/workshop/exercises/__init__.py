"""The kinds of exercises, one file each; every maker takes the material and gives a task, or says why it cannot."""

from __future__ import annotations

from casekit.workshop.exercises.argue import make_argue
from casekit.workshop.exercises.contradiction import make_contradiction
from casekit.workshop.exercises.figures import make_figures
from casekit.workshop.exercises.grid import make_grid
from casekit.workshop.exercises.growth import make_growth
from casekit.workshop.exercises.match import make_match
from casekit.workshop.exercises.order import make_order
from casekit.workshop.tasks import Kind, Maker

__all__ = ["MAKERS"]

MAKERS: dict[Kind, Maker] = {
    "match": make_match,
    "figures": make_figures,
    "contradiction": make_contradiction,
    "order": make_order,
    "grid": make_grid,
    "growth": make_growth,
    "argue": make_argue,
}
"""In the order in which they are worked through."""
