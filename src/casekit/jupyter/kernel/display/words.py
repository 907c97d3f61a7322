"""What codes are called: kinds of figures, how sure they are, how a relation is said."""

from __future__ import annotations

from casekit.casebook.labels import claim_label
from casekit.graph.layout import polarity_name
from casekit.jupyter.kernel.display.parts import badge

__all__ = ["figure_badges", "polarity_badge", "standing_badge"]


def figure_badges(code: str, sure: str, standing: str = "original", by: str = "") -> str:
    """Labels of a figure: kind, certainty and whose word in one; only what is plainly stated as achieved looks settled."""
    settled = code == "achieved" and sure == "stated" and not by
    first = badge(claim_label(code, sure, by), "ok" if settled else "info" if sure == "stated" else "warn")
    return first + standing_badge(standing)


def standing_badge(standing: str) -> str:
    """The mark of what no original says, a blank before it; "" where an original does."""
    from casekit.workbench.knowledge.voices import mark_told

    told = mark_told(standing)
    return f" {badge(told, 'warn')}" if told else ""


def polarity_badge(code: str, relation: str = "") -> str:
    """A label for everything that is not plainly asserted, and for every figure reached."""
    if code == "asserted" and relation != "achieved":
        return ""
    look = {"negated": "bad", "asserted": "ok"}.get(code, "warn")
    return badge(polarity_name(code, relation), look)
