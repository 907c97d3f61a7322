"""Equations of web pages (MathML) on one line, as one would type them: (a+b)/c, x^2, a_1, √(x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["linear_mathml"]

_UNSEEN = frozenset(("annotation", "annotation-xml", "mphantom", "mspace"))


def linear_mathml(element: HtmlElement) -> str:
    """The equation on one line; what it is annotated with (its source in TeX) is left out."""
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.rsplit(":", 1)[-1].rsplit("}", 1)[-1].lower()
    if name in _UNSEEN:
        return ""
    parts = [linear_mathml(child) for child in element]
    own = "".join((element.text or "").split())
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name in ("msup", "mover") and len(parts) == 2:
        return f"{parts[0]}^{_grouped(parts[1])}"
    if name in ("msub", "munder") and len(parts) == 2:
        return f"{parts[0]}_{_grouped(parts[1])}"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])}"
    if name == "msqrt":
        return f"√({own}{''.join(parts)})"
    if name == "mroot" and len(parts) == 2:
        return f"{parts[1]}√({parts[0]})"
    if name == "mtext":
        return element.text or ""
    if name == "mtr":
        return ", ".join(parts)
    if name == "mtable":
        return f"[{'; '.join(parts)}]"
    return own + "".join(parts)


def _grouped(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"
