"""What a reader gives back, and what a reader is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from casekit.receipt import Receipt
from casekit.types import Block, Metadata

__all__ = ["ReadResult", "Reader"]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file's text layer: all later addresses are offsets into `text`.

    `blocks` are sorted and disjoint; characters outside every block are white space or mark-up. `encoding` is the Python
    codec name for text formats, None for containers. `warnings` are sentences for people (in the language in force):
    what was odd and what was done about it. `format` is the short name of the reader: txt, md, html, docx, pdf …
    `receipt` says what stands in the file and not in the text, what was put right, and whether it looks like a notice; how
    much of the text is kept is counted later.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    encoding: str | None
    warnings: tuple[str, ...]
    format: str
    receipt: Receipt = field(default_factory=Receipt)


@runtime_checkable
class Reader(Protocol):
    """Turns the bytes of one format into a text layer.

    Packages add readers through the entry-point group "casekit.readers": each entry loads an object (a module, class
    instance …) with these three members. A built-in reader wins for an ending that both know.
    """

    suffixes: frozenset[str]
    """Lower-case endings with their dot, such as frozenset({".odt"})."""
    max_bytes: int
    """Files above this size are refused before they are read."""

    def read(self, data: bytes, *, name: str) -> ReadResult:
        """The text layer of `data`.

        Args:
            data: The file's bytes, never empty.
            name: The file's name, for messages and for the ending.

        Raises:
            SourceError: If the bytes are not of this format, damaged, encrypted, or hold no text.
        """
        ...
