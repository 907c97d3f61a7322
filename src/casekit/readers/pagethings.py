"""What a page shows beside text: pictures, frames, players, forms …, counted by kind for the receipt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["drawn_lines", "thing_of"]

_THINGS = {
    "img": "picture", "image": "picture", "canvas": "drawing", "svg": "drawing", "iframe": "frame", "frame": "frame", "object": "object",
    "embed": "object", "applet": "object", "audio": "media", "video": "media", "select": "form", "input": "form", "textarea": "form",
    "datalist": "form", "noscript": "script", "template": "template",
}  # fmt: skip
_EQUATION = re.compile(r"(?:^|[\s_-])(?:math|latex|tex|katex|mathjax|equation|formula|eeimg)", re.IGNORECASE)
_SAYING = frozenset(("noscript", "template"))


def thing_of(element: HtmlElement, name: str) -> str | None:
    """The kind of thing that an element is, other than text; None for text and for what shows nothing."""
    kind = _THINGS.get(name)
    if kind is None or (name == "input" and (element.get("type") or "").lower() == "hidden"):
        return None
    if name in _SAYING and not element.text_content().strip():
        return None
    if kind == "picture" and (element.get("eeimg") or _EQUATION.search(element.get("class") or "")):
        return "equation"
    if kind == "frame" and not (element.get("src") or "").strip():
        return None
    return kind


def drawn_lines(drawing: HtmlElement) -> list[str]:
    """The text of a drawing (SVG), one line for each of its text elements, in their order."""
    found = []
    for element in drawing.iter():
        name = element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""
        if name in ("text", "foreignobject") and (line := " ".join(element.text_content().split())):
            found.append(line)
    return found
