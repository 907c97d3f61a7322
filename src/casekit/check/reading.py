"""Drafts in: one text with a way back to the lines, paragraphs or cells that it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from casekit.check.records import Block, Draft, Note, Place
from casekit.cues import CuePattern, cue_form
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers import read_bytes
from casekit.readers.markdown import markdown_blocks, markup_spans
from casekit.types import Block as LayerBlock
from casekit.types import Span

__all__ = ["DRAFT_SUFFIXES", "read_draft", "text_draft"]

DRAFT_SUFFIXES: Final = (".md", ".markdown", ".txt", ".docx", ".ipynb")

_LINE: Final = re.compile(r"[^\r\n]+")
# A line of a .txt file that ends so is a paragraph; others of at least _WRAPPED_CHARS run on in the next line.
_PARAGRAPH_END: Final = re.compile(r"[。！？…；：!?;:.”」』）)\"']\s*$")
# Mail programs wrap at 65 to 80 half-width columns, that is from about 30 full-width characters on; a shorter line
# without a stop is a heading or a list item. A choice.
_WRAPPED_CHARS: Final = 28
_FRESH: Final = re.compile(r"[\s　]|[-*•·●○■□◆]|[(（]?[\d一二三四五六七八九十]{1,3}[.、)）]|[#>|]")
_NOTE: Final = re.compile(r"[ ]{0,3}\[\^([^\]\[]+)\]:[ \t]*")
_NOTE_MARK: Final = re.compile(r"\[\^([^\]\[]+)\](?!:)")
_REFERENCE: Final = re.compile(r"\[(?:[JNMDRCSPAZG]|EB|DB|CP|DS)(?:/(?:OL|CD|MT|DK))?\]")
_CODE: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_CALLOUT: Final = CuePattern(r"\[!\w+\]|(?:%{notice-labels/label}|%{notice-labels/box})\s*[:：]", re.IGNORECASE)


def read_draft(path: Path | str) -> Draft:
    """The draft in a file (.md, .txt, .docx or .ipynb).

    Raises:
        SourceError: If the file cannot be read or is of another format.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in DRAFT_SUFFIXES and suffix not in (".text", ""):
        known = " ".join(DRAFT_SUFFIXES)
        raise SourceError(
            say(
                f"{path}：不能核对这种文件；可核对的有 {known}",
                f"{path}: drafts of this format cannot be checked; casekit checks {known}",
            )
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            say(f"{path}：读不出来（{error.strerror}）", f"{path}: cannot be read ({error.strerror})")
        ) from error
    if suffix == ".docx":
        from casekit.check.word import read_word

        return read_word(data, name=path.name)
    if suffix == ".ipynb":
        return _notebook(data, path.name)
    if not data.strip():
        return text_draft("", name=path.name)
    text = read_bytes(data, name=path.name if suffix else path.name + ".txt").text
    return text_draft(text, name=path.name, markdown=suffix in (".md", ".markdown"))


def text_draft(text: str, *, name: str = "", markdown: bool = False) -> Draft:
    """The draft in a string."""
    lines = tuple(Place(m.start(), "line", n) for n, m in enumerate(re.finditer(r"[^\n]*\n|[^\n]+$", text), 1))
    if not markdown:
        return Draft(name, "txt", text, tuple(_plain_blocks(text)), places=lines)
    blocks, skipped, notes = _markdown(text, 0)
    return Draft(name, "md", text, tuple(blocks), tuple(skipped), lines, tuple(notes))


def _plain_blocks(text: str) -> Iterator[Block]:
    paragraph = 0
    before: re.Match[str] | None = None
    for line in _LINE.finditer(text):
        shown = line[0].strip()
        if not shown:
            before = None
            continue
        runs_on = (
            before is not None
            and text[before.end() : line.start()].count("\n") <= 1
            and len(before[0].strip()) >= _WRAPPED_CHARS
            and not _PARAGRAPH_END.search(before[0])
            and not _FRESH.match(line[0])
        )
        paragraph += not runs_on
        before = line
        if not _is_reference(shown):
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            yield Block(Span(start, start + len(shown)), paragraph)


def _is_reference(line: str) -> bool:
    """Whether a line is an entry of a list of references: its quotation marks and numbers belong to a title."""
    return _REFERENCE.search(line) is not None


def _markdown(text: str, offset: int) -> tuple[list[Block], list[Span], list[Note]]:
    layer = markdown_blocks(text)
    front = re.match(r"\A---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.DOTALL)
    if front:
        layer = tuple(block for block in layer if block.span.start >= front.end())
    defined: dict[str, str] = {}
    blocks: list[Block] = []
    shown: list[LayerBlock] = []
    paragraph = 0
    before: LayerBlock | None = None
    callout = False
    for block in layer:
        piece = block.span.slice(text)
        if note := _NOTE.match(piece):
            defined[note[1]] = piece[note.end() :]
            before = None
            continue
        if block.kind in ("h", "pre") or _is_reference(piece):
            before = None
            continue
        gap = text[before.span.end : block.span.start] if before is not None else "\n\n"
        goes_on = (
            before is not None
            and before.kind == block.kind
            and block.kind in ("p", "quote")
            and not re.search(r"\n[ \t>]*\n", gap.replace("\r", ""))
            and not text[before.span.start : block.span.start].rstrip("\r\n").endswith("  ")
        )
        if not goes_on:
            paragraph += 1
            callout = block.kind == "quote" and _CALLOUT.match(cue_form(piece)) is not None
        before = block
        shown.append(block)
        blocks.append(
            Block(
                Span(block.span.start + offset, block.span.end + offset),
                paragraph,
                block.kind == "quote" and not callout,
            )
        )
    skipped = [Span(s.start + offset, s.end + offset) for s in markup_spans(text, shown)]
    for block in shown:
        skipped += [
            Span(block.span.start + m.start() + offset, block.span.start + m.end() + offset)
            for m in _CODE.finditer(block.span.slice(text))
        ]
    notes = [Note(m.start() + offset, defined[m[1]]) for m in _NOTE_MARK.finditer(text) if m[1] in defined]
    return blocks, skipped, notes


def _notebook(data: bytes, name: str) -> Draft:
    try:
        book = json.loads(data.decode("utf-8-sig"))
        cells = _cells(book)
    except (ValueError, AttributeError, TypeError) as error:
        raise SourceError(
            say(f"{name}：不是完好的 Jupyter 笔记本", f"{name}: not an intact Jupyter notebook")
        ) from error
    pieces: list[str] = []
    blocks: list[Block] = []
    skipped: list[Span] = []
    notes: list[Note] = []
    places: list[Place] = []
    at = 0
    for number, source in cells:
        own, unseen, marks = _markdown(source, at)
        shift = blocks[-1].paragraph if blocks else 0
        blocks += [Block(b.span, b.paragraph + shift, b.quote) for b in own]
        skipped += unseen
        notes += marks
        places.append(Place(at, "cell", number))
        pieces.append(source)
        at += len(source) + 2
    return Draft(name, "ipynb", "\n\n".join(pieces), tuple(blocks), tuple(skipped), tuple(places), tuple(notes))


def _cells(book: Any) -> Sequence[tuple[int, str]]:
    """The Markdown cells as (number, text); cells of every kind are counted."""
    cells = book.get("cells")
    if cells is None:
        cells = [cell for sheet in book["worksheets"] for cell in sheet.get("cells", ())]
    out = []
    for number, cell in enumerate(cells, 1):
        if cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            out.append((number, source if isinstance(source, str) else "".join(source)))
    return out
