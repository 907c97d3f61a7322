"""EPUB books: the documents of the spine in reading order, each read as HTML.

Title page, table of contents, cover and copyright page carry the path entry "furniture".
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.container import open_zip, parse_xml, read_part
from casekit.readers.encoding import decode_text
from casekit.readers.fields import Claim, choose_metadata
from casekit.readers.html import parse_html
from casekit.readers.htmllayer import PageLayer, page_layer
from casekit.readers.model import ReadResult
from casekit.receipt import Receipt, tallies
from casekit.types import Block, Span

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element

__all__ = ["read", "suffixes"]

suffixes = frozenset({".epub"})
max_bytes = 128 * 2**20
_MAX_CHARS = 12_000_000
_DC = "{http://purl.org/dc/elements/1.1/}"
_FURNITURE = re.compile(
    r"(?:^|\s)(?:toc|landmarks|titlepage|cover|copyright-page|page-list|halftitlepage|loi|lot|index)(?:\s|$)"
)


def read(data: bytes, *, name: str) -> ReadResult:
    """The text of a book, with metadata from its package file.

    Raises:
        SourceError: If the file is damaged, copy-protected, no EPUB, too long, or without text.
    """
    archive = open_zip(data, name=name)
    package_path, package = _package(archive, name)
    _refuse_protected(archive, name)
    folder = posixpath.dirname(package_path)
    manifest = {item.get("id") or "": item for item in package.iter() if _local(item) == "item"}
    spine = [ref.get("idref") or "" for ref in package.iter() if _local(ref) == "itemref"]
    parts: list[str] = []
    blocks: list[Block] = []
    warnings: list[str] = []
    skipped: Counter[str] = Counter()
    length = 0
    for identity in spine:
        item = manifest.get(identity)
        if item is None:
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        raw = read_part(archive, path, name=name)
        if raw is None:
            warnings.append(say(f"{name}：缺少其中一章（{path}）", f"{name}: a chapter is missing ({path})"))
            continue
        text, found, things = _chapter(raw, name, is_contents="nav" in (item.get("properties") or "").split())
        skipped.update(things)
        if not text:
            continue
        if parts:
            length += 1
        blocks += [replace(block, span=Span(block.span.start + length, block.span.end + length)) for block in found]
        parts.append(text)
        length += len(text)
        if length > _MAX_CHARS:
            raise SourceError(
                say(
                    f"{name}：书太长（超过 {_MAX_CHARS} 字），没有收录；请拆开",
                    f"{name}: too long (over {_MAX_CHARS} characters), not added; split it",
                )
            )
    if not parts:
        raise SourceError(
            say(f"{name}：书里没有文字（可能只有图片）", f"{name}: the book holds no text (perhaps only pictures)")
        )
    metadata, conflicts = choose_metadata(list(_claims(package)), name=name)
    receipt = Receipt(skipped=tallies(skipped))
    return ReadResult("\n".join(parts), tuple(blocks), metadata, None, (*warnings, *conflicts), "epub", receipt)


def _local(element: _Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _package(archive: zipfile.ZipFile, name: str) -> tuple[str, _Element]:
    container = read_part(archive, "META-INF/container.xml", name=name)
    path = ""
    if container is not None:
        path = next(
            (e.get("full-path") or "" for e in parse_xml(container, name=name).iter() if _local(e) == "rootfile"), ""
        )
    else:
        path = next((entry for entry in archive.namelist() if entry.lower().endswith(".opf")), "")
    raw = read_part(archive, path, name=name) if path else None
    if raw is None:
        raise SourceError(
            say(f"{name}：不是 EPUB（里面没有书的目录文件）", f"{name}: not an EPUB (it has no package file)")
        )
    return path, parse_xml(raw, name=name, recover=True)


def _refuse_protected(archive: zipfile.ZipFile, name: str) -> None:
    raw = read_part(archive, "META-INF/encryption.xml", name=name)
    if raw is None:
        return
    locked = [
        e.get("URI") or "" for e in parse_xml(raw, name=name, recover=True).iter() if _local(e) == "CipherReference"
    ]
    if any(path.lower().endswith((".xhtml", ".html", ".htm", ".xml")) for path in locked):
        raise SourceError(
            say(
                f"{name}：书有版权保护（DRM），读不出文字",
                f"{name}: the book is copy-protected (DRM), its text cannot be read",
            )
        )


def _chapter(raw: bytes, name: str, *, is_contents: bool) -> PageLayer:
    declared = re.match(rb"""\s*<\?xml[^>]*encoding=["']([\w-]+)""", raw)
    if not raw.strip():
        return PageLayer("", (), {})
    decoded = decode_text(raw, name=name, declared=declared.group(1).decode("ascii") if declared else None)
    source = re.sub(r"\A\ufeff?\s*<\?xml.*?\?>", "", decoded.text, flags=re.DOTALL)
    # HTML parsers do not know that <title/> and <script/> are closed: give them the long form
    source = re.sub(r"<(title|script|style|a|div|span|p|td|i|b|em)((?:\s[^<>]*)?)/>", r"<\1\2></\1>", source)
    root = parse_html(source)
    kinds = " ".join(
        (e.get("epub:type") or "") + " " + (e.get("role") or "").replace("doc-", "")
        for e in root.iter("body", "section", "nav")
        if len(e) or e.text
    )
    text, blocks, skipped = page_layer(root)
    # a chapter that is one part of the book as a whole; a long text with a contents list inside is none
    furniture = is_contents or (_FURNITURE.search(kinds) is not None and len(text) < 3000)
    lead = ("epub", "furniture") if furniture else ("epub",)
    return PageLayer(text, tuple(replace(block, tag_path=(*lead, *block.tag_path)) for block in blocks), skipped)


def _claims(package: _Element) -> list[Claim]:
    claims = []
    for field, tag in (
        ("title", "title"),
        ("author", "creator"),
        ("publisher", "publisher"),
        ("date", "date"),
        ("language", "language"),
    ):
        for element in package.iter(f"{_DC}{tag}"):
            value = " ".join("".join(map(str, element.itertext())).split())
            if value and value.lower() not in ("unknown", "untitled", "未知", "佚名"):
                claims.append(Claim(field, value, f"dc:{tag}", 80))
                if field != "author":
                    break
    return claims
