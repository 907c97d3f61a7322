"""A page's source as an element tree, however broken it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casekit.readers.layer import CELL

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["parse_html"]


def parse_html(source: str) -> HtmlElement:
    """The element tree of a page."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False, remove_pis=True)
    raw = re.sub(f"[\x00{CELL}]", "", source).encode("utf-8", "replace") or b"<html></html>"
    try:
        return lxml_html.document_fromstring(raw, parser=parser, ensure_head_body=False)
    except etree.ParserError:  # nothing but comments and white space
        return lxml_html.document_fromstring(b"<html></html>", parser=parser, ensure_head_body=False)
