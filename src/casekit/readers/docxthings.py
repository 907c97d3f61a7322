"""What a Word file holds beside its text: pictures, charts, objects, what revisions deleted …, counted for the receipt."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from casekit.readers.docxruns import W, is_hidden, shown_sign

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["count_things", "has_text_boxes"]

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_KINDS = {
    _DRAWING + "picture}pic": "picture",
    _DRAWING + "chart}chart": "chart",
    _DRAWING + "diagram}relIds": "drawing",
    f"{_VML}imagedata": "picture",
    f"{_VML}textpath": "watermark",
    f"{W}altChunk": "object",
    f"{W}subDoc": "object",
    f"{W}commentReference": "comment",
    f"{W}ffData": "form",
}
_GONE = frozenset((f"{W}del", f"{W}moveFrom"))


def count_things(part: _Element) -> Counter[str]:
    """What a part of the file (its body, notes, a running head) shows or keeps beside its text, by kind."""
    counts: Counter[str] = Counter()
    stack = [part]
    while stack:
        element = stack.pop()
        if element.tag == _FALLBACK:
            continue
        if (kind := _kind(element)) is not None:
            counts[kind] += 1
        if element.tag not in _GONE and element.tag != f"{W}object":
            stack.extend(element)
    return counts


def has_text_boxes(part: _Element) -> bool:
    """Whether text stands in boxes, whose place among the paragraphs is the anchor's."""
    return next(part.iter(f"{W}txbxContent"), None) is not None


def _kind(element: _Element) -> str | None:
    tag = element.tag
    if tag == f"{W}object":
        program = next((one.get("ProgID") or "" for one in element.iter() if one.get("ProgID")), "")
        return "equation" if program.lower().startswith("equation") else "object"
    if tag in _GONE:
        return "deleted" if _says(element) else None
    if tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is not None:
        return "deleted"
    if tag == f"{W}r" and is_hidden(element):
        return "hidden" if _says(element) else None
    if tag == f"{W}sym":
        return "symbol" if shown_sign(element) is None else None
    return _KINDS.get(str(tag))


def _says(element: _Element) -> bool:
    return any(str(text).strip() for text in element.itertext())
