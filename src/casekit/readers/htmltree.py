"""A page's source as an element tree, however broken it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casekit.readers.layer import CELL

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["parse_html"]


_LONG_TAG = 8000
_MOST_ATTRIBUTES = 500
"""The parser compares every attribute of a tag with every other one; real tags have some thirty, long ones hold pictures."""


def parse_html(source: str) -> HtmlElement:
    """The element tree of a page. Of a tag with hundreds of attributes the first are kept."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False, remove_pis=True)
    raw = re.sub(f"[\x00{CELL}]", "", _few_attributes(source)).encode("utf-8", "replace") or b"<html></html>"
    try:
        return lxml_html.document_fromstring(raw, parser=parser, ensure_head_body=False)
    except etree.ParserError:  # nothing but comments and white space
        return lxml_html.document_fromstring(b"<html></html>", parser=parser, ensure_head_body=False)


def _few_attributes(source: str) -> str:
    pieces = source.split("<")
    if max(map(len, pieces)) < _LONG_TAG:
        return source
    return "<".join(map(_shortened, pieces))


def _shortened(piece: str) -> str:
    """What follows a "<", with the first of its attributes where it has too many."""
    if len(piece) < _LONG_TAG or not piece[0].isalpha():
        return piece
    tag, closing, rest = piece.partition(">")
    words = tag.split(maxsplit=_MOST_ATTRIBUTES)
    if len(words) <= _MOST_ATTRIBUTES:
        return piece
    return " ".join(words[:-1]) + closing + rest
