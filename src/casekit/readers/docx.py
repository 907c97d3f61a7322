"""Word files (.docx): paragraphs, headings, lists, table rows, captions and notes in their order.

Each paragraph is one line, a line break inside it starts another; a table row is one line with tabs between cells. Text that
Word hides or has marked as deleted is left out, what is struck out is marked; automatic numbers are not text and do not appear. Running heads and feet,
which every page repeats, come once at the end, the table of contents in its place; both carry the path entry "furniture".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casekit.cues import CueWords, cue_form
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.container import open_zip, parse_xml, read_part
from casekit.readers.docxruns import W, paragraph_runs, row_cells, table_rows
from casekit.readers.docxthings import count_things, has_text_boxes
from casekit.readers.fields import Claim, choose_metadata
from casekit.readers.layer import CELL, LayerBuilder, unmarked
from casekit.readers.model import ReadResult
from casekit.readers.mojibake import check_characters
from casekit.receipt import Receipt, tallies

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element

__all__ = ["read", "suffixes"]

suffixes = frozenset({".docx", ".docm"})
max_bytes = 128 * 2**20
"""Pictures make Word files large; the text part has its own limit (container.MAX_PART_BYTES)."""

_W = W
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])\Z", re.IGNORECASE)
_NOBODY = CueWords("no-authors", "file-authors")


def read(data: bytes, *, name: str) -> ReadResult:
    """The text of a Word file, with metadata from its properties.

    Raises:
        SourceError: If the file is damaged, encrypted, no Word file, or without text.
    """
    archive = open_zip(data, name=name)
    part = read_part(archive, _main_part(archive, name), name=name)
    if part is None:
        raise SourceError(
            say(f"{name}：不是 Word 文档（里面没有正文）", f"{name}: not a Word document (it has no document part)")
        )
    root = parse_xml(part.replace(_STRICT_W.encode(), _W[1:-1].encode()), name=name)
    walk = _Walk(_styles(archive, name))
    body = root.find(f"{_W}body")
    skipped = count_things(root)
    if body is not None:
        walk.container(body, ("docx",))
    for kind in ("footnotes", "endnotes"):
        notes = read_part(archive, f"word/{kind}.xml", name=name)
        if notes is not None:
            for note in parse_xml(notes, name=name):
                if note.get(f"{_W}type") in (None, "normal"):
                    walk.container(note, ("docx", kind))
    seen: set[str] = set()
    for path in sorted(entry for entry in archive.namelist() if re.fullmatch(r"word/(?:header|footer)\d*\.xml", entry)):
        running = read_part(archive, path, name=name)
        if running is not None:
            page = parse_xml(running, name=name)
            walk.container(page, ("docx", "furniture"), seen)
            skipped.update(count_things(page))
    text = walk.builder.text
    if not text.strip():
        raise SourceError(
            say(
                f"{name}：文档里没有文字（可能只有图片）", f"{name}: the document holds no text (perhaps only pictures)"
            )
        )
    warnings = check_characters(text, name=name)
    blocks = tuple(walk.builder.blocks)
    claims = list(_properties(archive, name))
    claims += [Claim("title", line, "title style", 65) for line in walk.titles[:1]]
    headings = [block for block in blocks if block.kind == "h"]
    if headings and headings[0] is blocks[0]:
        claims.append(Claim("title", headings[0].span.slice(text), "heading", 45))
    metadata, conflicts = choose_metadata(claims, name=name)
    receipt = Receipt(skipped=tallies(skipped), order=("text-boxes",) if has_text_boxes(root) else ())
    return ReadResult(text, blocks, metadata, None, warnings + conflicts, "docx", receipt)


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    relations = read_part(archive, "_rels/.rels", name=name)
    if relations is not None:
        for relation in parse_xml(relations, name=name):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
    return "word/document.xml"


def _styles(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, int]]:
    """Style id to (kind, level): "h" for headings, "title", "caption", "toc", "quote"; styles inherit from their base."""
    part = read_part(archive, "word/styles.xml", name=name)
    if part is None:
        return {}
    own: dict[str, tuple[str, int]] = {}
    base: dict[str, str] = {}
    for style in parse_xml(part.replace(_STRICT_W.encode(), _W[1:-1].encode()), name=name).iter(f"{_W}style"):
        identity = style.get(f"{_W}styleId") or ""
        label = style.find(f"{_W}name")
        shown = (label.get(f"{_W}val") or "" if label is not None else "").strip().lower()
        parent = style.find(f"{_W}basedOn")
        if parent is not None:
            base[identity] = parent.get(f"{_W}val") or ""
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        heading = _HEADING_NAME.match(shown)
        if heading:
            own[identity] = ("h", min(6, int(heading[1])))
        elif shown in ("title", "标题", "標題"):
            own[identity] = ("title", 1)
        elif shown in ("caption", "题注", "題注"):
            own[identity] = ("caption", 0)
        elif shown.startswith(("toc ", "目录", "table of")):
            own[identity] = ("toc", 0)
        elif shown in ("quote", "intense quote", "引用", "明显引用"):
            own[identity] = ("quote", 0)
        elif shown.startswith(("list bullet", "list number", "列表项目符号", "列表编号")):
            own[identity] = ("li", 0)
        elif outline is not None and (outline.get(f"{_W}val") or "9") < "6":
            own[identity] = ("h", int(outline.get(f"{_W}val") or 0) + 1)
    for identity in list(base):
        at, steps = identity, 0
        while at not in own and at in base and steps < 20:
            at, steps = base[at], steps + 1
        if at in own:
            own[identity] = own[at]
    return own


def _properties(archive: zipfile.ZipFile, name: str) -> Iterator[Claim]:
    part = read_part(archive, "docProps/core.xml", name=name)
    if part is None:
        return
    for field in parse_xml(part, name=name, recover=True):
        tag = str(field.tag).rsplit("}", 1)[-1]
        value = (field.text or "").strip()
        if (
            tag == "title"
            and value
            and not re.search(r"\.docx?\Z|^(?:word|microsoft word|untitled|无标题)", value, re.IGNORECASE)
        ):
            yield Claim("title", value, "properties", 60)
        elif tag == "creator" and value and cue_form(value.strip()) not in _NOBODY:
            for author in re.split(r"[;；,，、]\s*", value):
                yield Claim("author", author, "properties", 60)


class _Walk:
    """Lines from WordprocessingML, in document order."""

    def __init__(self, styles: dict[str, tuple[str, int]]) -> None:
        self.styles = styles
        self.builder = LayerBuilder()
        self.titles: list[str] = []
        self.before = ""
        """The text of paragraphs whose end is deleted: it stands before the next one's."""

    def container(self, element: _Element, path: tuple[str, ...], seen: set[str] | None = None) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{_W}p":
                self.paragraph(child, path, seen)
            elif tag == f"{_W}tbl":
                self.table(child, path)
            elif tag == f"{_W}sdt":
                content = child.find(f"{_W}sdtContent")
                gallery = child.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
                toc = gallery is not None and "Contents" in (gallery.get(f"{_W}val") or "")
                if content is not None:
                    self.container(content, (*path, "furniture") if toc else path, seen)
            elif tag in (f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
                self.container(child, path, seen)

    def paragraph(self, element: _Element, path: tuple[str, ...], seen: set[str] | None) -> None:
        kind, level = "p", 0
        style = element.find(f"{_W}pPr/{_W}pStyle")
        if style is not None:
            kind, level = self.styles.get(style.get(f"{_W}val") or "", ("p", 0))
        outline = element.find(f"{_W}pPr/{_W}outlineLvl")
        if kind == "p" and outline is not None and (outline.get(f"{_W}val") or "9") in "012345":
            kind, level = "h", int(outline.get(f"{_W}val") or 0) + 1
        if kind == "p" and element.find(f"{_W}pPr/{_W}numPr") is not None:
            kind = "li"
        runs = paragraph_runs(element)
        whole = self.before + "".join(runs.pieces)
        following = element.getnext()
        joined = runs.goes_on and not runs.boxes and following is not None and following.tag == f"{_W}p"
        self.before = whole if joined else ""
        if joined:
            return
        if kind == "title":
            self.titles.append(" ".join(unmarked(whole).split()))
            kind = "h"
        if kind == "toc":
            kind, path = "p", (*path, "furniture")
        for line in whole.split("\n"):
            shown = line.strip()
            if seen is not None:
                if shown in seen:
                    continue
                seen.add(shown)
            self.builder.add(line, kind, level=level, link_chars=runs.link_chars, path=path)
        for box in runs.boxes:
            self.container(box, path, seen)

    def table(self, element: _Element, path: tuple[str, ...]) -> None:
        for row in table_rows(element):
            self.builder.add(CELL.join(row_cells(row)), "td", path=path)
