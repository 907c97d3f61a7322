"""The slides of a workshop before they have a format: pages that fit, each with what the speaker needs.

A slide has 1280 by 720 points. What a block takes is estimated by the width of its characters, a little too large rather than
too small; what is longer than a slide is spread over several, and a single block that fits none is overfull.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from casekit.language import say
from casekit.workshop.editions import key_markdown
from casekit.workshop.keys import read_key
from casekit.workshop.markup import plain_of_md
from casekit.workshop.notebook import Cell, Notebook

__all__ = ["Block", "Slide", "deck_of", "overfull_blocks", "slides_of"]

Kind = Literal["text", "bullet", "number", "row", "label"]
# Half-width characters in a line of 30 points on a slide 1200 points wide, with a margin for what the estimate misses; points
# of a line, of the space behind a block, and of the room under the title. Measured in Chromium with Noto Sans CJK on slides of
# every kind (tests/browser/test_workshop.py): nothing that fits here was taller than its slide there.
_LINE_CHARS, _LINE, _GAP, _ROOM = 72, 45, 12, 560
_TITLE_CHARS, _TITLE_LINES = 52, 2
_ROW_GAP = 16
_HEAD: Final = re.compile(r"^#{1,6} (.*)$")
_NUMBERED: Final = re.compile(r"^(\d+)\. (.*)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item of a list, a row of a table: Markdown that `casekit.workshop.markup` made."""

    kind: Kind
    source: str

    @property
    def text(self) -> str:
        """Its characters without marks."""
        return plain_of_md(self.source.replace("**", ""))

    @property
    def height(self) -> int:
        """Points that it takes, the space behind it included."""
        if self.kind == "row":
            cells = [plain_of_md(one.replace("**", "")) for one in self.cells]
            widths = [max(4.0, _LINE_CHARS * share) for share in _shares(cells)]
            return max(_lines(one, width) for one, width in zip(cells, widths, strict=True)) * _LINE + _ROW_GAP
        indent = 4 if self.kind in ("bullet", "number") else 0
        return _lines(self.text, _LINE_CHARS - indent) * _LINE + _GAP

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row."""
        return tuple(one.strip() for one in self.source.strip().strip("|").split("|"))


@dataclass(frozen=True, slots=True)
class Slide:
    """A page: its title, what stands on it, whether a new subject begins, and what the speaker says (facilitator only)."""

    title: str
    blocks: tuple[Block, ...]
    first: bool = True
    notes: str = ""
    pictures: tuple[tuple[str, str], ...] = ()

    @property
    def overfull(self) -> bool:
        """Whether it is taller than the room there is."""
        return sum(block.height for block in self.blocks) > _ROOM or _lines(self.title, _TITLE_CHARS) > _TITLE_LINES


def _width(text: str) -> int:
    return sum(2 if char >= "\u2e80" else 1 for char in text)


def _lines(text: str, width: float) -> int:
    return max(1, -(-_width(text) // int(width)))


def _shares(cells: list[str]) -> list[float]:
    """How a browser shares out a table's width, roughly: by the length of the texts, none below a tenth."""
    sizes = [max(2, min(_width(one), _LINE_CHARS)) for one in cells]
    return [max(0.1, size / sum(sizes) * 0.9) for size in sizes]


def slides_of(cell: Cell) -> list[Slide]:
    """The slides of one cell: as many as its text needs, the title on each."""
    title, blocks = _parsed(cell.source)
    more = say("（续）", " (continued)")
    pages: list[list[Block]] = [[]]
    head = _table_head(blocks)
    for block in blocks:
        if pages[-1] and sum(one.height for one in pages[-1]) + block.height > _ROOM:
            pages.append([head] if block.kind == "row" and head is not None else [])
        pages[-1].append(block)
    pages = [_tidy(page) for page in pages if page]
    pictures = tuple(
        (mime, data)
        for files in cell.attachments.values()
        for mime, data in files.items()
        if mime in ("image/png", "image/jpeg")
    )
    starts = cell.slide == "slide"
    return [
        Slide(f"{title}{more if i else ''}", tuple(page), starts and i == 0, pictures=pictures if i == 0 else ())
        for i, page in enumerate(pages or [[]])
    ]  # fmt: skip


def _tidy(page: list[Block]) -> list[Block]:
    """A label at the foot of a page says nothing there."""
    return page[:-1] if len(page) > 1 and page[-1].kind == "label" else page


def _table_head(blocks: list[Block]) -> Block | None:
    return next((one for one in blocks if one.kind == "row"), None)


def _parsed(source: str) -> tuple[str, list[Block]]:
    """The first heading, and the blocks below it."""
    title = ""
    blocks: list[Block] = []
    for line in source.splitlines():
        text = line.strip()
        if not text or re.fullmatch(r"\|[\s:|-]+\|", text):
            continue
        if head := _HEAD.match(text):
            if title:
                blocks.append(Block("label", f"**{head[1]}**"))
            else:
                title = plain_of_md(head[1])
        elif text.startswith("- "):
            blocks.append(Block("bullet", text[2:]))
        elif number := _NUMBERED.match(text):
            blocks.append(Block("number", f"{number[1]}. {number[2]}"))
        elif text.startswith("|"):
            blocks.append(Block("row", text))
        elif re.fullmatch(r"\*\*[^*]+\*\*", text):
            blocks.append(Block("label", text))
        elif not text.startswith("!["):
            blocks.append(Block("text", text.lstrip("> ")))
    return title, blocks


def overfull_blocks(notebook: Notebook) -> Iterator[tuple[str, str]]:
    """The titles of slides that do not fit, each with the first words of what is too long."""
    for slide in deck_of(notebook):
        if slide.overfull:
            longest = max(slide.blocks, key=lambda one: one.height, default=Block("text", slide.title))
            yield slide.title, longest.text[:20]


def deck_of(notebook: Notebook) -> list[Slide]:
    """The slides of a notebook, with speaker notes where the notebook has the facilitator's cells.

    Args:
        notebook: The participants' edition (no notes), or the master.
    """
    made: list[Slide] = []
    for cell in notebook.cells:
        whole = notebook.info.get("edition") != "participant"
        if cell.kind == "markdown" and cell.slide not in ("", "skip", "notes") and (cell.for_participants or not whole):
            made += slides_of(cell)
        elif (
            whole
            and not cell.for_participants
            and made
            and cell.part in ("likely", "key", "preparation", "board", "closing")
        ):
            text = key_markdown(read_key(cell.source)) if cell.part == "key" else cell.source
            last = made[-1]
            made[-1] = Slide(last.title, last.blocks, last.first, _joined(last.notes, _spoken(text)), last.pictures)
    return made  # fmt: skip


def _joined(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _spoken(text: str) -> str:
    """Markdown as lines that a speaker reads."""
    lines = []
    for line in text.splitlines():
        bare = plain_of_md(line.replace("**", "").lstrip("#> ").strip())
        if bare and not re.fullmatch(r"\|[\s:|-]+\|", line.strip()):
            lines.append(bare.strip("| ").replace(" | ", " · "))
    return "\n".join(lines)
