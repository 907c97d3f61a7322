"""What was quoted in this session, cell by cell: the list of references takes it up."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from casekit.jupyter.kernel.citations import Citation

__all__ = ["Quoted", "cell_begins", "note_quote", "quoted_here"]


@dataclass(slots=True)
class Quoted:
    """The quotations of one cell, and when it last quoted (seconds since the epoch)."""

    citations: list[Citation] = field(default_factory=list)
    at_s: float = 0.0


_cell: str = ""
_quoted: dict[str, Quoted] = {}


def cell_begins(info: Any) -> None:
    """A cell is about to run (IPython's `pre_run_cell`): what it quoted the last time no longer counts."""
    global _cell
    _cell = str(getattr(info, "cell_id", None) or "")
    if _cell:
        _quoted.pop(_cell, None)


def note_quote(source: str, start: int, end: int) -> None:
    """Remember a quotation that the running cell asked for."""
    found = _quoted.setdefault(_cell, Quoted())
    found.at_s = time.time()
    citation = Citation(source, start, end)
    if citation not in found.citations:
        found.citations.append(citation)


def quoted_here() -> dict[str, Quoted]:
    """Quotations of this session by the id of their cell ("" where the front end gives none), in order."""
    return {cell: Quoted(list(found.citations), found.at_s) for cell, found in _quoted.items()}
