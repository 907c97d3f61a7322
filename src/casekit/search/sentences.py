"""The sentences of passages, each with its range in the source: which of them answers."""

from __future__ import annotations

from typing import Final

from casekit.fold import fold_text
from casekit.index import PassageRow, Records
from casekit.passages import clipped, quote_of
from casekit.search.support import Weigher
from casekit.segment import split_sentences
from casekit.types import Span

__all__ = ["Sentences"]

_MOST: Final = 4096  # passages whose sentences are remembered, 1 kB each


class Sentences:
    """The sentences of an index's passages; any number of threads may ask."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[int, tuple[tuple[Span, str], ...]] = {}

    def best(self, row: PassageRow, weigher: Weigher) -> Span | None:
        """The sentence of a passage that bears out most of a question, as a range of its source; None where it has none."""
        parts = self.of(row)
        head, mark, _ = row.folded.partition("\n")
        found = weigher.each(head if mark else "", [folded for _, folded in parts], row.source)
        best = weigher.first(found)
        return None if best is None else parts[best][0]

    def of(self, row: PassageRow) -> tuple[tuple[Span, str], ...]:
        """The sentences of a passage: their ranges in the source, and their kept characters folded."""
        known = self._known.get(row.pid)
        if known is None:
            known = self._parted(row)
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[row.pid] = known
        return known

    def _parted(self, row: PassageRow) -> tuple[tuple[Span, str], ...]:
        source = self._records.source(row.source)
        if source is None:
            return ()
        kept = clipped(source.cleaned.kept, Span(row.start, row.end))
        spans = split_sentences(source.text, kept)
        return tuple((span, fold_text(quote_of(source.text, span, kept))) for span in spans)
