"""RSS, Atom and RDF feeds of full texts: each entry a heading, its byline, and its content read as HTML.

`read` gives one text layer with all entries in the feed's order; `feed_entries` gives each as a text layer of its own, for
callers who want every article as a source.
"""

from __future__ import annotations

import html as html_entities
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.container import parse_xml
from casekit.readers.encoding import decode_text
from casekit.readers.fields import Claim, choose_metadata
from casekit.readers.html import html_layer, parse_html
from casekit.readers.layer import LayerBuilder
from casekit.readers.model import ReadResult
from casekit.types import Block, Metadata, Span

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["feed_entries", "read", "suffixes"]

suffixes = frozenset({".rss", ".atom", ".xml"})
max_bytes = 24 * 2**20

_ENTRY_FIELDS = (
    ("title", ("title",)), ("author", ("creator", "author")), ("date", ("pubdate", "published", "date", "updated")), ("publisher", ("source",)),
    ("url", ("link",)),
)  # fmt: skip


def read(data: bytes, *, name: str) -> ReadResult:
    """All entries of a feed as one text layer: for each a heading (its title), a byline, and the lines of its content.

    Raises:
        SourceError: If the file is no feed, damaged, or its entries hold no text.
    """
    root, encoding, warnings = _feed(data, name)
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for text, found, _ in _entries(root, name):
        length += bool(parts)
        blocks += [replace(block, span=Span(block.span.start + length, block.span.end + length)) for block in found]
        parts.append(text)
        length += len(text)
    if not parts:
        raise _empty(name)
    channel = next((e for e in root.iter() if _local(e) in ("channel", "feed")), root)
    title = next((_text(e) for e in channel if _local(e) == "title"), None)
    return ReadResult(
        "\n".join(parts), tuple(blocks), Metadata(title=title, publisher=title), encoding, warnings, "feed"
    )


def feed_entries(data: bytes, *, name: str) -> tuple[ReadResult, ...]:
    """Each entry of a feed as a text layer of its own, with the entry's title, authors, date, address.

    Raises:
        SourceError: As `read`.
    """
    root, encoding, warnings = _feed(data, name)
    results: list[ReadResult] = []
    for text, blocks, claims in _entries(root, name):
        metadata, conflicts = choose_metadata(claims, name=name)
        results.append(ReadResult(text, blocks, metadata, encoding, warnings + conflicts, "feed"))
    if not results:
        raise _empty(name)
    return tuple(results)


def _empty(name: str) -> SourceError:
    return SourceError(say(f"{name}：订阅文件里没有文章全文", f"{name}: the feed holds no full text"))


def _local(element: _Element) -> str:
    return element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""


def _text(element: _Element) -> str:
    return " ".join(html_entities.unescape("".join(map(str, element.itertext()))).split())


def _feed(data: bytes, name: str) -> tuple[_Element, str, tuple[str, ...]]:
    head = data[:300]
    declared = (
        head.split(b"encoding=", 1)[1][1:20].split(b'"')[0].split(b"'")[0].decode("ascii", "ignore")
        if b"encoding=" in head
        else None
    )
    decoded = decode_text(data, name=name, declared=declared)
    source = decoded.text
    if source.lstrip().startswith("<?xml"):
        source = source[source.index("?>") + 2 :] if "?>" in source[:300] else source
    root = parse_xml(source.strip().encode("utf-8", "replace"), name=name)
    if _local(root) not in ("rss", "feed", "rdf"):
        raise SourceError(
            say(
                f"{name}：这种 XML 读不了（根元素是 {_local(root)}）；只支持 RSS 和 Atom 订阅",
                f"{name}: this kind of XML cannot be read (its root is {_local(root)}); only RSS and Atom feeds can",
            )
        )
    return root, decoded.encoding, decoded.warnings


def _entries(root: _Element, name: str) -> Iterator[tuple[str, tuple[Block, ...], list[Claim]]]:
    """(text, blocks, claims) of each entry that has text."""
    site = next((_text(e) for e in root.iter() if _local(e) == "title"), "")
    for entry in root.iter():
        if _local(entry) not in ("item", "entry"):
            continue
        claims = list(_claims(entry))
        if site:
            claims.append(Claim("publisher", site, "feed", 60))
        content = _content(entry)
        builder = LayerBuilder()
        title = next((claim.value for claim in claims if claim.field == "title"), "")
        byline = " ".join(claim.value for claim in claims if claim.field in ("author", "date"))
        builder.add(title, "h", level=1, path=("feed",))
        builder.add(byline, path=("feed", "furniture"))
        lead = builder.text
        text, blocks = html_layer(parse_html(content)) if content.strip() else ("", ())
        if not text:
            continue
        offset = len(lead) + 1 if lead else 0
        moved = [
            replace(
                block,
                span=Span(block.span.start + offset, block.span.end + offset),
                tag_path=("feed", *block.tag_path),
                level=min(6, block.level + 1) if block.level else 0,
            )
            for block in blocks
        ]
        yield (f"{lead}\n{text}" if lead else text), (*builder.blocks, *moved), claims


def _claims(entry: _Element) -> Iterator[Claim]:
    for field, names in _ENTRY_FIELDS:
        for wanted in names:
            for element in entry:
                if _local(element) != wanted:
                    continue
                inner = next((e for e in element if _local(e) == "name"), None) if wanted == "author" else None
                value = _text(inner if inner is not None else element)
                if wanted == "link" and not value and element.get("rel") in (None, "alternate"):
                    value = element.get("href") or ""
                if value:
                    yield Claim(field, value, f"<{wanted}>", 85 - names.index(wanted))


def _content(entry: _Element) -> str:
    """The longest of content:encoded, content, description, summary: as HTML source."""
    from lxml import etree

    found: list[str] = []
    for element in entry:
        if _local(element) not in ("encoded", "content", "description", "summary", "body"):
            continue
        if len(element):  # XHTML inside
            found.append("".join(etree.tostring(child, encoding="unicode") for child in element))
        else:
            shown = element.text or ""
            found.append(shown if "<" in shown else html_entities.escape(shown).replace("\n", "<br>"))
    return max(found, key=len, default="")
