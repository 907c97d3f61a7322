"""The sentences of passages, as the build cut them: where each stands in its source, and what of it is looked through."""

from __future__ import annotations

from dataclasses import dataclass

from casekit.index import PassageRow

__all__ = ["Parted", "parted"]


@dataclass(frozen=True, slots=True)
class Parted:
    """A passage while it is weighed: its source, its folded title and headings, its sentences.

    `sentences` are folded, too.
    """

    source: str
    head: str
    sentences: tuple[str, ...]


def parted(row: PassageRow) -> Parted:
    """A passage with its sentences."""
    head, _, _ = row.folded.partition("\n")
    return Parted(row.source, head, tuple(row.folded[first:last] for _, _, first, last in row.sentences()))
