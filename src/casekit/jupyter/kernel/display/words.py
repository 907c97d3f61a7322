"""What codes are called: kinds of figures, how sure they are, how a relation is said."""

from __future__ import annotations

from casekit.casebook.labels import certainty_label, kind_label
from casekit.graph.layout import polarity_name
from casekit.jupyter.kernel.display.parts import badge

__all__ = ["certainty", "figure_badges", "polarity_badge"]


def certainty(code: str) -> str:
    """How sure a figure is, in words; empty where it is plainly stated."""
    return "" if code == "stated" else certainty_label(code)


def figure_badges(code: str, sure: str) -> str:
    """Labels of a figure: achieved ones look settled, the others like what they are."""
    first = badge(kind_label(code), "ok" if code == "achieved" else "info")
    return first + (f" {badge(certainty(sure), 'warn')}" if certainty(sure) else "")


def polarity_badge(code: str) -> str:
    """A label for everything that is not plainly asserted."""
    if code == "asserted":
        return ""
    return badge(polarity_name(code), "bad" if code == "negated" else "warn")
