"""Derived data on disk: generations of an index, each complete, one of them current."""

from __future__ import annotations

from casekit.index.draft import Draft, begin
from casekit.index.form import FORMAT, PassageRow, SourceRow
from casekit.index.generation import Generation, Manifest, current
from casekit.index.records import Records

__all__ = [
    "FORMAT",
    "Draft",
    "Generation",
    "Manifest",
    "PassageRow",
    "Records",
    "SourceRow",
    "begin",
    "current",
]
