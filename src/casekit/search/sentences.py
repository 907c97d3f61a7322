"""The sentences of passages, as the build cut them: where each stands in its source, and what of it is looked through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from casekit.index import PassageRow

__all__ = ["Parted", "parted"]


_GAP: Final = re.compile(r"(?<=[\u3400-\u9fff]) +| +(?=[\u3400-\u9fff])")
"""Blanks beside Chinese, as some set them around letters and digits."""


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
    sentences = (row.folded[first:last] for _, _, first, last in row.sentences())
    return Parted(row.source, head, tuple(_GAP.sub("", one) if " " in one else one for one in sentences))
