"""Drafts in: one text with a way back to the lines, paragraphs or cells that it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from casekit.bounded import guarded
from casekit.check.entries import is_reference
from casekit.check.markdown import MarkdownParts, Marked, read_markdown
from casekit.check.marks import read_mark, scope_of
from casekit.check.records import Block, Draft, Mark, Place
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers import read_bytes
from casekit.types import Span

__all__ = ["DRAFT_SUFFIXES", "markdown_cells", "read_draft", "text_draft"]

DRAFT_SUFFIXES: Final = (".md", ".markdown", ".qmd", ".txt", ".tex", ".typ", ".docx", ".ipynb")
_LIKE: Final = {".qmd": ".md"}
_MARKDOWN: Final = (".md", ".markdown", ".qmd")

_CELLS_APART: Final = "\n\n"
_LINE: Final = re.compile(r"[^\r\n]+")
# A line of a .txt file that ends so is a paragraph; others of at least _WRAPPED_CHARS run on in the next line.
_PARAGRAPH_END: Final = re.compile(r"[。！？…；：!?;:.”」』）)\"']\s*$")
# Mail programs wrap at 65 to 80 half-width columns, that is from about 30 full-width characters on; a shorter line
# without a stop is a heading or a list item. A choice.
_WRAPPED_CHARS: Final = 28
_FRESH: Final = re.compile(r"[\s　]|[-*•·●○■□◆]|[(（]?[\d一二三四五六七八九十]{1,3}[.、)）]|[#>|]")


def read_draft(path: Path | str) -> Draft:
    """The draft in a file (.md, .txt, .docx or .ipynb).

    Raises:
        SourceError: If the file cannot be read, is of another format, or takes more time or memory than any honest one.
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
        from casekit.check.wordapart import read_word_bounded

        return read_word_bounded(data, name=path.name)
    if suffix == ".ipynb":
        with guarded(path.name):
            return _notebook(data, path.name)
    if not data.strip():
        return text_draft("", name=path.name)
    known_as = (
        path.name
        if suffix in (".md", ".markdown", ".txt", ".text")
        else path.with_suffix(_LIKE.get(suffix, ".txt")).name
    )
    text = read_bytes(data, name=known_as).text
    return text_draft(text, name=path.name, markdown=suffix in _MARKDOWN)


def text_draft(text: str, *, name: str = "", markdown: bool = False) -> Draft:
    """The draft in a string."""
    lines = tuple(Place(m.start(), "line", n) for n, m in enumerate(re.finditer(r"[^\n]*\n|[^\n]+$", text), 1))
    if not markdown:
        return Draft(name, "txt", text, tuple(_plain_blocks(text)), places=lines)
    parts = read_markdown(text)
    return _with_marks(
        Draft(name, "md", text, tuple(parts.blocks), tuple(parts.skipped), lines, tuple(parts.notes)), parts.marks
    )


def _with_marks(draft: Draft, marks: Sequence[Marked]) -> Draft:
    """The draft with the writer's marks, each with the range that it stands for."""
    if not marks:
        return draft
    scopes = [(m, scope_of(draft.view, m.at, alone=m.alone)) for m in marks]
    own = [Mark(scope, m.words.reference, m.words.digests, m.seat) for m, scope in scopes if scope is not None]
    return replace(draft, marks=(*draft.marks, *own))


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
        if not is_reference(shown):
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            yield Block(Span(start, start + len(shown)), paragraph)


def _notebook(data: bytes, name: str) -> Draft:
    try:
        book = json.loads(data.decode("utf-8-sig"))
        cells = markdown_cells(book)
    except (ValueError, AttributeError, TypeError) as error:
        raise SourceError(
            say(f"{name}：不是完好的 Jupyter 笔记本", f"{name}: not an intact Jupyter notebook")
        ) from error
    pieces: list[str] = []
    whole = MarkdownParts()
    places: list[Place] = []
    tagged: list[Mark] = []
    at = paragraph = 0
    for number, source, tags in cells:
        own = read_markdown(source).moved(at)
        whole.blocks += [replace(b, paragraph=b.paragraph + paragraph) for b in own.blocks]
        whole.skipped += own.skipped
        whole.notes += own.notes
        whole.marks += own.marks
        for n, tag in enumerate(tags):
            if words := read_mark(tag):
                cell = Span(at, at + len(source))
                tagged.append(Mark(cell, words.reference, words.digests, f"tag:{number}:{n}"))
        paragraph = whole.blocks[-1].paragraph if whole.blocks else 0
        places.append(Place(at, "cell", number))
        pieces.append(source)
        at += len(source) + len(_CELLS_APART)
    draft = Draft(
        name,
        "ipynb",
        _CELLS_APART.join(pieces),
        tuple(whole.blocks),
        tuple(whole.skipped),
        tuple(places),
        tuple(whole.notes),
        tuple(tagged),
    )
    return _with_marks(draft, whole.marks)


def markdown_cells(book: Any) -> Sequence[tuple[int, str, Sequence[str]]]:
    """The Markdown cells of a notebook as (number, text, tags); cells of every kind are counted."""
    cells = book.get("cells")
    if cells is None:
        cells = [cell for sheet in book["worksheets"] for cell in sheet.get("cells", ())]
    out = []
    for number, cell in enumerate(cells, 1):
        if cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            tags = [tag for tag in cell.get("metadata", {}).get("tags") or () if isinstance(tag, str)]
            out.append((number, source if isinstance(source, str) else "".join(source), tags))
    return out
