"""Word drafts: the final text of paragraphs, tables, text boxes and notes, and a way back from a character to the run that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from casekit.check.entries import bare_reference_spans, is_reference
from casekit.check.marks import MarkWords, read_mark, scope_of
from casekit.check.records import Block, Draft, Mark, Note, Place, PlaceKind
from casekit.check.wordruns import NOTE_KINDS, Piece, W, WordText, read_styles
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.container import open_zip, parse_xml, read_part
from casekit.types import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Line", "WordFile", "read_word", "word_file"]

_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADING: Final = re.compile(
    r"(?:heading|标题|標題|title|subtitle|副标题|副標題|toc|目录|caption|题注|題註)\b|(?:标题|標題)", re.I
)
_QUOTE: Final = re.compile(r"quot|引用|引文|block text", re.I)
_CODE: Final = re.compile(r"code|preformatted|代码|代碼|源码", re.I)
_TELLING: Final = (_HEADING, _QUOTE, _CODE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft's text: a paragraph, or several whose end marks are deleted.

    `anchor` is the run of the body that stands for it where Word allows no comment inside: in text boxes and notes.
    """

    paragraphs: tuple[_Element, ...]
    kind: PlaceKind
    number: int
    anchor: _Element | None = None


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file that hold its text."""

    body: _Element
    styles: Mapping[str, str]
    """Style id to the name that tells what it is."""
    text: WordText
    notes: Mapping[str, _Element]
    """"footnote:2" to the note."""
    comments: Mapping[str, str]
    """The id of a comment to its text."""

    def lines(self) -> list[Line]:
        """The lines of the draft: the body in order, text boxes behind their paragraph, then footnotes and endnotes."""
        out: list[Line] = []
        for counted, paragraphs in enumerate(self.text.joined(self.body), 1):
            out.append(Line(paragraphs, "paragraph", counted))
            out += self._boxes(paragraphs, counted, None)
        return out + list(self._note_lines([piece for line in out for piece in self.pieces(line)]))

    def pieces(self, line: Line) -> list[Piece]:
        """The visible text of a line, piece by piece."""
        return self.text.pieces(line.paragraphs)

    def _boxes(self, paragraphs: Sequence[_Element], number: int, anchor: _Element | None) -> Iterator[Line]:
        for box, run in self.text.boxes(paragraphs):
            for inner in self.text.joined(box):
                yield Line(inner, "box", number, anchor if anchor is not None else run)
                yield from self._boxes(inner, number, anchor if anchor is not None else run)

    def _note_lines(self, pieces: Sequence[Piece]) -> Iterator[Line]:
        numbers = dict.fromkeys(NOTE_KINDS, 0)
        seen: set[str] = set()
        for piece in sorted((p for p in pieces if p.note), key=lambda p: p.note_kind != "footnote"):
            kind, name = piece.note_kind, piece.note or ""
            if kind is None or name in seen or name not in self.notes:
                continue
            seen.add(name)
            numbers[kind] += 1
            for paragraphs in self.text.joined(self.notes[name]):
                yield Line(paragraphs, kind, numbers[kind], piece.run)


def word_file(data: bytes, *, name: str, body: _Element | None = None) -> WordFile:
    """The parts of a Word file.

    Args:
        data: The file.
        name: What errors call it.
        body: The body as somebody else has read it; read from the file where None.

    Raises:
        SourceError: If the file is damaged, encrypted or no Word file.
    """
    archive = open_zip(data, name=name)

    def part(path: str) -> _Element | None:
        raw = read_part(archive, path, name=name)
        return None if raw is None else parse_xml(raw.replace(_STRICT, W[1:-1].encode()), name=name)

    if body is None:
        root = part("word/document.xml")
        body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise SourceError(
            say(f"{name}：不是 Word 文档（里面没有正文）", f"{name}: not a Word document (it has no document part)")
        )
    styles, unseen = read_styles(part("word/styles.xml"), _TELLING)
    text = WordText(unseen)
    notes = {}
    for kind in NOTE_KINDS:
        root = part(f"word/{kind}s.xml")
        notes.update({f"{kind}:{note.get(f'{W}id') or ''}": note for note in (root if root is not None else ())})
    root = part("word/comments.xml")
    comments = {note.get(f"{W}id") or "": text.whole(note) for note in (root if root is not None else ())}
    return WordFile(body, styles, text, notes, comments)


def read_word(data: bytes, *, name: str) -> Draft:
    """The draft in a Word file: every paragraph is a line of its text.

    Raises:
        SourceError: If the file is damaged, encrypted or no Word file.
    """
    file = word_file(data, name=name)
    texts = {key: file.text.whole(note) for key, note in file.notes.items()}
    marking = {key: words for key, text in texts.items() if (words := read_mark(text)) is not None}
    lines: list[str] = []
    blocks: list[Block] = []
    skipped: list[Span] = []
    places: list[Place] = []
    notes: list[Note] = []
    marked: list[tuple[int, MarkWords, str]] = []
    at = 0
    for paragraph, line in enumerate(file.lines(), 1):
        pieces = file.pieces(line)
        text = "".join(piece.text for piece in pieces)
        places.append(Place(at, line.kind, line.number))
        label = _label(line, file.styles)
        is_note = line.kind in NOTE_KINDS
        unchecked = is_reference(text) or (is_note and read_mark(text) is not None)
        if text.strip() and not unchecked and not (_HEADING.match(label) or _CODE.search(label)):
            blocks.append(Block(Span(at, at + len(text)), paragraph, _QUOTE.search(label) is not None))
            if is_note:
                skipped += [Span(at + s.start, at + s.end) for s in bare_reference_spans(text)]
            for piece in pieces:
                if piece.note in marking:
                    marked.append((at + piece.start, marking[piece.note], piece.note))
                elif piece.note in texts:
                    notes.append(Note(at + piece.start, texts[piece.note]))
        lines.append(text)
        at += len(text) + 1
    draft = Draft(name, "docx", "\n".join(lines), tuple(blocks), tuple(skipped), tuple(places), tuple(notes))
    return replace(draft, marks=(*_comment_marks(file, draft), *_note_marks(draft, marked)))


def _label(line: Line, styles: Mapping[str, str]) -> str:
    """The telling name of its style; an outline level makes a heading of any."""
    last = line.paragraphs[-1]
    if last.find(f"{W}pPr/{W}outlineLvl") is not None:
        return "heading"
    style = last.find(f"{W}pPr/{W}pStyle")
    return styles.get(style.get(f"{W}val") or "", "") if style is not None else ""


def _note_marks(draft: Draft, marked: Sequence[tuple[int, MarkWords, str]]) -> Iterator[Mark]:
    for at, words, seat in marked:
        scope = scope_of(draft.view, at)
        if scope is not None:
            yield Mark(scope, words.reference, words.digests, seat)


def _comment_marks(file: WordFile, draft: Draft) -> Iterator[Mark]:
    """The comments that are marks, over the range that they are about; the sentence before them where there is none."""
    own = {key: words for key, text in file.comments.items() if (words := read_mark(text)) is not None}
    places = _places_of(file, f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference") if own else {}
    for key, words in own.items():
        start, end, mark = (
            places.get((tag, key)) for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        scope = Span(start, end) if start is not None and end is not None and start < end else None
        if scope is None and mark is not None:
            scope = scope_of(draft.view, mark)
        if scope is not None:
            yield Mark(scope, words.reference, words.digests, f"comment:{key}")


def _places_of(file: WordFile, *tags: str) -> dict[tuple[str, str], int]:
    """(name, id) of elements of the body to the offset of the first visible piece behind them."""
    starts: dict[_Element, int] = {}
    at = 0
    for line in file.lines():
        pieces = file.pieces(line)
        if line.kind == "paragraph":
            starts.update({piece.element: at + piece.start for piece in pieces})
        at += sum(len(piece.text) for piece in pieces) + 1
    found: dict[tuple[str, str], int] = {}
    behind = at
    for element in reversed(list(file.body.iter())):
        behind = starts.get(element, behind)
        if element.tag in tags:
            found[str(element.tag).removeprefix(W), element.get(f"{W}id") or ""] = behind
    return found
