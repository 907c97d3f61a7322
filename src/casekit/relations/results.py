"""What came of it: achieved, from a company to a figure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from casekit.lexicon import Lexicon
from casekit.relations.reading import LETTERS, Reading
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity
from casekit.types import Fact

__all__ = ["find_results"]


def find_results(reading: Reading, facts: Sequence[Fact], lexicon: Lexicon) -> Iterator[Claim]:
    """The figures that a company, brand, organisation or tool reached (or aims at: planned), with their sentences."""
    named = {n.entity: Party.of(n) for s in reading.sentences for n in s.names if n.letter in "COT"}
    starts = [s.span.start for s in reading.sentences]
    for fact in facts:
        if fact.kind not in {"achieved", "target"} or fact.subject_entity is None:
            continue
        party = named.get(fact.subject_entity)
        if party is None and (entity := lexicon.entities.get(fact.subject_entity)) is not None:
            party = Party(entity.id, entity.name, LETTERS[entity.type])
        i = bisect_right(starts, fact.span.start) - 1
        if party is None or party.letter not in "COT" or i < 0:
            continue
        how: Polarity = "planned" if fact.kind == "target" else "hearsay" if fact.certainty == "hearsay" else "asserted"
        yield Claim(party, "achieved", None, how, "figure", (reading.sentences[i].span,), fact.text)
