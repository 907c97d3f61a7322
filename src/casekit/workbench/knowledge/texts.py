"""What stands at an address of a build: the quotation, and the sentence around it; texts read lately are kept."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict

from casekit.index import Generation, SourceRow
from casekit.passages import quote_of
from casekit.segment import split_sentences
from casekit.types import Span

__all__ = ["Texts", "build_name"]

_SOURCES_HELD = 1000  # texts kept in memory for quoting: some 20 MB of articles


class Texts:
    """The texts of builds as asked for; for any threads."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._held: OrderedDict[tuple[str, str], tuple[SourceRow, list[Span]] | None] = OrderedDict()

    def quote(self, generation: Generation, source: str, span: Span) -> str:
        """What stands at an address, cut characters left out; "" where the build has no such source."""
        read = self._read(generation, source)
        if read is None:
            return ""
        return quote_of(read[0].text, span, read[0].cleaned.kept) or span.slice(read[0].text)  # a headline is no body

    def sentence(self, generation: Generation, source: str, span: Span) -> Span:
        """The sentence in which a range starts (the range itself where none does)."""
        _, sentences = self._read(generation, source) or (None, [])
        at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        return sentences[at] if at >= 0 and span.start < sentences[at].end else span

    def _read(self, generation: Generation, source: str) -> tuple[SourceRow, list[Span]] | None:
        """A source as built and its sentences."""
        key = build_name(generation), source
        with self._gate:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        row = generation.records.source(source)
        read = (row, split_sentences(row.text, row.cleaned.kept)) if row is not None else None
        with self._gate:
            self._held[key] = read
            while len(self._held) > _SOURCES_HELD:
                self._held.popitem(last=False)
        return read


def build_name(generation: Generation) -> str:
    """What tells one build's records from another's, even when an index was deleted and its number is used again."""
    files = generation.manifest.files
    return ":".join((str(generation.folder), *(files.get(f"records{end}.sqlite", "") for end in ("", "-base"))))
