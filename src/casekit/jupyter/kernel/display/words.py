"""What codes are called: kinds of figures, how sure they are, how a relation is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casekit.jupyter.kernel.display.parts import badge
from casekit.language import say

__all__ = ["certainty", "figure_badges", "kind", "polarity_badge"]

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "achieved": ("已实现", "achieved"),
    "target": ("目标", "target"),
    "estimate": ("估计", "estimate"),
    "size": ("规模", "size"),
    "survey": ("调查", "survey"),
    "date": ("日期", "date"),
}
_CERTAINTY: Final[Mapping[str, tuple[str, str]]] = {"hearsay": ("据说", "hearsay"), "expected": ("预期", "expected")}
_POLARITY: Final[Mapping[str, tuple[str, str]]] = {
    "asserted": ("陈述", "asserted"),
    "negated": ("否定", "negated"),
    "planned": ("计划", "planned"),
    "hearsay": ("据说", "hearsay"),
}


def kind(code: str) -> str:
    """A kind of figure in words."""
    return say(*_KINDS.get(code, (code, code)))


def certainty(code: str) -> str:
    """How sure a figure is, in words; empty where it is plainly stated."""
    return "" if code == "stated" else say(*_CERTAINTY.get(code, (code, code)))


def figure_badges(code: str, sure: str) -> str:
    """Labels of a figure: achieved ones look settled, the others like what they are."""
    first = badge(kind(code), "ok" if code == "achieved" else "info")
    return first + (f" {badge(certainty(sure), 'warn')}" if certainty(sure) else "")


def polarity_badge(code: str) -> str:
    """A label for everything that is not plainly asserted."""
    if code == "asserted":
        return ""
    return badge(say(*_POLARITY.get(code, (code, code))), "bad" if code == "negated" else "warn")
