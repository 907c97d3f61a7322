"""Word drafts: their paragraphs as text, and a way back from a character to the run that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casekit.check.records import Block, Draft, Note, Place
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.container import open_zip, parse_xml, read_part
from casekit.types import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Piece", "W", "paragraph_pieces", "paragraphs_of", "read_word"]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SKIPPED: Final = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent", "pict")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
_HEADING: Final = re.compile(
    r"(?:heading|标题|標題|title|subtitle|副标题|副標題|toc|目录|caption|题注|題註)\b|(?:标题|標題)", re.I
)
_QUOTE: Final = re.compile(r"quot|引用|引文|block text", re.I)
_CODE: Final = re.compile(r"code|preformatted|代码|代碼|源码", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one child of a run; `start` counts from the paragraph's beginning. A note's mark has no text."""

    element: _Element
    start: int
    text: str
    note: str | None = None


def paragraphs_of(body: _Element) -> Iterator[_Element]:
    """The paragraphs of a document's body in order, those of tables too, without text boxes and deleted ones."""
    stack = list(reversed(body))
    while stack:
        element = stack.pop()
        if element.tag == f"{W}p":
            yield element
        elif element.tag not in _SKIPPED:
            stack.extend(reversed(element))


def paragraph_pieces(paragraph: _Element) -> list[Piece]:
    """The visible text of a paragraph, piece by piece."""
    pieces: list[Piece] = []
    at = 0
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _SKIPPED:
            continue
        if tag == f"{W}r":
            vanish = element.find(f"{W}rPr/{W}vanish")
            if vanish is not None and vanish.get(f"{W}val") not in ("0", "false"):
                continue
        text, note = "", None
        if tag == f"{W}t":
            text = (element.text or "").replace("\n", " ")
        elif tag in (f"{W}br", f"{W}cr", f"{W}tab", f"{W}ptab"):
            text = " "
        elif tag == f"{W}noBreakHyphen":
            text = "-"
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            note = str(tag).rsplit("}", 1)[-1][: -len("Reference")] + ":" + (element.get(f"{W}id") or "")
        if text or note:
            pieces.append(Piece(element, at, text, note))
            at += len(text)
        stack.extend(reversed(element))
    return pieces


def read_word(data: bytes, *, name: str) -> Draft:
    """The draft in a Word file: every paragraph is a line of its text.

    Raises:
        SourceError: If the file is damaged, encrypted or no Word file.
    """
    archive = open_zip(data, name=name)

    def part(path: str) -> _Element | None:
        raw = read_part(archive, path, name=name)
        return None if raw is None else parse_xml(raw.replace(_STRICT, W[1:-1].encode()), name=name)

    root = part("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise SourceError(
            say(f"{name}：不是 Word 文档（里面没有正文）", f"{name}: not a Word document (it has no document part)")
        )
    styles = _style_names(part("word/styles.xml"))
    texts = _note_texts("footnote", part("word/footnotes.xml")) | _note_texts("endnote", part("word/endnotes.xml"))
    lines: list[str] = []
    blocks: list[Block] = []
    places: list[Place] = []
    notes: list[Note] = []
    at = 0
    for number, paragraph in enumerate(paragraphs_of(body), 1):
        pieces = paragraph_pieces(paragraph)
        line = "".join(piece.text for piece in pieces)
        places.append(Place(at, "paragraph", number))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        label = styles.get(style.get(f"{W}val") or "", "") if style is not None else ""
        outlined = paragraph.find(f"{W}pPr/{W}outlineLvl") is not None
        if line.strip() and not (outlined or _HEADING.match(label) or _CODE.search(label)):
            blocks.append(Block(Span(at, at + len(line)), number, _QUOTE.search(label) is not None))
            notes += [Note(at + p.start, texts[p.note]) for p in pieces if p.note is not None and p.note in texts]
        lines.append(line)
        at += len(line) + 1
    return Draft(name, "docx", "\n".join(lines), tuple(blocks), (), tuple(places), tuple(notes))


def _style_names(root: _Element | None) -> dict[str, str]:
    """Style id to name; a style without a telling name goes by the one it is based on."""
    if root is None:
        return {}
    names: dict[str, str] = {}
    base: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        identity = style.get(f"{W}styleId") or ""
        label, parent = style.find(f"{W}name"), style.find(f"{W}basedOn")
        names[identity] = (label.get(f"{W}val") or "").strip() if label is not None else ""
        if parent is not None:
            base[identity] = parent.get(f"{W}val") or ""
    out = {}
    for identity, own in names.items():
        at, label_text, steps = identity, own, 0
        while not (_HEADING.match(label_text) or _QUOTE.search(label_text) or _CODE.search(label_text)):
            at, steps = base.get(at, ""), steps + 1
            if not at or steps > 20:
                break
            label_text = names.get(at, "")
        else:
            own = label_text
        out[identity] = own
    return out


def _note_texts(kind: str, root: _Element | None) -> dict[str, str]:
    if root is None:
        return {}
    out = {}
    for note in root:
        pieces = (piece.text for p in note.iter(f"{W}p") for piece in paragraph_pieces(p))
        out[f"{kind}:{note.get(f'{W}id') or ''}"] = "".join(pieces).strip()
    return out
