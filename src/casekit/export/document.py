"""A document before it has a format: blocks of plain text that every writer turns into its own markup.

Text in here is always text. No writer parses it, so nothing that stands in a source or a card can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "Block",
    "Break",
    "Document",
    "Entries",
    "Entry",
    "Grid",
    "Heading",
    "Items",
    "Paragraph",
    "Quote",
    "Run",
    "RunStyle",
    "Runs",
    "Terms",
    "plain",
    "printable",
    "runs",
]

RunStyle = Literal["plain", "strong", "muted", "code"]

# What XML 1.0 (and with it Word) cannot hold: control characters but tab and line feed, lone surrogates, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without characters that no document format can hold; line breaks become line feeds."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `target` is the anchor that it leads to inside the document ("" for none)."""

    text: str
    style: RunStyle = "plain"
    target: str = ""


Runs: TypeAlias = tuple[Run, ...]


def runs(*parts: str | Run) -> Runs:
    """Runs of these parts, empty ones left out."""
    made = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(Run(printable(run.text), run.style, run.target) for run in made if run.text)


def plain(some: Iterable[Run]) -> str:
    """The text of runs."""
    return "".join(run.text for run in some)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest, `anchor` is where links lead."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, a string for each of its paragraphs, and whence it comes."""

    paragraphs: tuple[str, ...]
    source: Runs = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A bulleted list; each item is a sequence of blocks, its first a paragraph."""

    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Names with what they hold, for facets and the data of a quotation."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; the first column names the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list of references: its mark ("[1]", or nothing), its text, a remark below, its anchor."""

    mark: str
    text: str
    remark: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """The list of references."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A new page where there are pages."""


Block: TypeAlias = Heading | Paragraph | Quote | Items | Terms | Grid | Entries | Break


@dataclass(frozen=True, slots=True)
class Document:
    """A titled sequence of blocks; `outline` asks for a table of contents."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    outline: bool = False
