"""Whose word a figure is: the speaker or issuer that its paragraph names, or a source that has an interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casekit.language import say
from casekit.reading import issuer_at, read_text, speaker_at
from casekit.segment import split_sentences
from casekit.types import Fact, Mention, Span

if TYPE_CHECKING:
    from casekit.workbench.held import Built

__all__ = ["Speakers"]

_OF_ITSELF: Final = ("vendor", "advertorial", "press release")
"""Kinds of sources whose writer speaks of itself, or of whoever pays."""


class Speakers:
    """Who says what stands somewhere, asked of one build; only the paragraph of a figure is read, once."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._known: dict[tuple[str, int, int], str] = {}

    def of(self, fact: Fact) -> str:
        """The name of whoever is said to have said or issued a figure; "" where nobody with a name is."""
        at = (fact.source, fact.span.start, fact.span.end)
        if at not in self._known:
            self._known[at] = self._read(fact)
        return self._known[at]

    def interest(self, source: str) -> str:
        """What is said of a source that speaks for itself or has an interest; "" of any other."""
        record = self._built.catalogue.get(source)
        if record is None:
            return ""
        known = record.metadata
        if known.source_kind in _OF_ITSELF:
            return say("出自宣传稿", "from promotional text")
        return say("来源有利益关系", "the source has an interest") if known.interest else ""

    def _read(self, fact: Fact) -> str:
        records = self._built.records
        row = records.source(fact.source)
        if (
            row is None or fact.source in self._built.standing.not_originals
        ):  # whose word a retelling gives is second hand
            return ""
        text = row.text
        start = text.rfind("\n", 0, fact.span.start) + 1
        end = text.find("\n", fact.span.end)
        around = Span(start, end if end >= 0 else len(text))
        kept = [
            Span(max(one.start, around.start), min(one.end, around.end))
            for one in row.cleaned.kept
            if one.overlaps(around)
        ]
        if not kept or not split_sentences(text, kept):
            return ""
        mentions = records.found_within(Mention, fact.source, around.start, around.end)
        document = read_text(text, kept, mentions, source=fact.source)
        name = speaker_at(document, fact.span) or issuer_at(document, fact.span)
        return name.name if name is not None else ""
