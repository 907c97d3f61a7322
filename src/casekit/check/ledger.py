"""The figures of a corpus, indexed by subject, measure and value, and the likeliest counterparts of a draft's figure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from heapq import nlargest
from typing import Final

from casekit.check.comparing import is_own, telling_digits
from casekit.check.names import NameBook
from casekit.check.places import CorpusKeys, SourceText
from casekit.check.records import Corpus
from casekit.check.spelling import short_key
from casekit.check.statements import DATE, Statement, name_key, statement_of, unit_family, word_pairs
from casekit.types import Fact

__all__ = ["COMMON", "Ledger", "subject_names"]

COMMON: Final = 8
"""A word that nobody lists and that so many sources have names nobody: 头长 of fishes, 零售商 of shops."""

_MOST_CANDIDATES: Final = 32  # figures of the corpus that are compared with one of the draft
_MOST_OF_SUBJECT: Final = 2000
_SHORTEST_SENTENCE: Final = 6  # letters of a draft's sentence by which its like is looked for
_UNSAID: Final = ("", "元", "人", "个")  # kinds of units that a text leaves unsaid
_ALL_OF_FEW: Final = 200  # figures of one kind of unit that are all looked at
_MORE_PASSAGES: Final = 8
_MOST_BESIDE: Final = 24
_BESIDE: Final = 60  # characters around the passage found in which its figures stand
_MOST_PROPOSALS: Final = 600  # that are looked at to find these, those that share the rarest pairs first


class Ledger:
    """The corpus's figures; made when first asked for."""

    def __init__(self, corpus: Corpus, keys: CorpusKeys) -> None:
        self.corpus = corpus
        self.keys = keys
        self.numbers = {text.source.id: i for i, text in enumerate(keys.texts)}
        self._statements: dict[int, Statement] = {}
        self._spread: dict[str, int] = {}

    @cached_property
    def facts(self) -> list[Fact]:
        """All figures, in order of source and place; those of retellings are not among them."""
        return [fact for text in self.keys.texts for fact in self.corpus.facts(text.source.id)]

    @cached_property
    def names(self) -> NameBook:
        """The names that the sources hold."""
        return NameBook(m for text in self.keys.texts for m in self.corpus.names(text.source.id))

    def text(self, fact: Fact) -> SourceText:
        """The source that a figure stands in."""
        return self.keys.texts[self.numbers[fact.source]]

    def statement(self, i: int) -> Statement:
        """What figure `i` says."""
        if i not in self._statements:
            fact = self.facts[i]
            text = self.text(fact)
            self._statements[i] = statement_of(fact, text.plain, *text.plain_range(fact.span))
        return self._statements[i]

    @cached_property
    def _indexes(
        self,
    ) -> tuple[
        dict[tuple[str, str], list[int]],
        dict[tuple[str, str], list[int]],
        dict[tuple[str, float | str], list[int]],
        list[frozenset[str]],
    ]:
        by_subject: dict[tuple[str, str], list[int]] = defaultdict(list)
        by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        by_value: dict[tuple[str, float | str], list[int]] = defaultdict(list)
        measures: list[frozenset[str]] = []
        for i, fact in enumerate(self.facts):
            unit = unit_family(fact.unit)
            for name in subject_names(fact):
                by_subject[unit, name].append(i)
            # what a date is of stands in its clause, and its "metric" is only the words behind it
            measure = word_pairs(fact.metric or "") if fact.unit != DATE else frozenset()
            measures.append(measure)
            for pair in sorted(measure):
                by_pair[unit, pair].append(i)
            if (value := _value(fact)) is not None:
                by_value[unit, value].append(i)
        return by_subject, by_pair, by_value, measures

    def alike(self, fact: Fact) -> list[int]:
        """The figures of the same value and kind of unit."""
        value = _value(fact)
        return [] if value is None else self._indexes[2].get((unit_family(fact.unit), value), [])

    def beside(self, i: int) -> list[int]:
        """The other figures of the same sentence and kind of unit."""
        own = self.statement(i)
        out = []
        for step in (-1, 1):
            j = i + step
            while 0 <= j < len(self.facts) and self.facts[j].source == self.facts[i].source:
                other = self.statement(j)
                if (other.start, other.end) != (own.start, own.end):
                    break
                if unit_family(self.facts[j].unit) == unit_family(self.facts[i].unit):
                    out.append(j)
                j += step
        return out

    def sources_with(self, word: str) -> int:
        """How many sources have a word, counted up to `COMMON`."""
        if word not in self._spread:
            found: set[int] = set()
            at = self.keys.text.find(word)
            while at >= 0 and len(found) < COMMON:
                source = self.keys.source_at(at)
                found.add(source)
                at = self.keys.text.find(word, self.keys.bounds(source)[1])
            self._spread[word] = len(found)
        return self._spread[word]

    def of_subject(self, names: Iterable[str]) -> list[int]:
        """The figures (no dates) whose subject goes by one of these names or ids, in order."""
        wanted = set(names)
        return [i for i, f in enumerate(self.facts) if f.unit != DATE and wanted & set(subject_names(f))]

    def candidates(self, mine: Statement, names: Iterable[str]) -> list[int]:
        """The figures most likely to speak of the same thing: votes by shared words, subject and value."""
        fact = mine.fact
        by_subject, by_pair, by_value, measures = self._indexes
        unit = unit_family(fact.unit)
        pairs = mine.clause | word_pairs(fact.metric or "")
        votes: Counter[int] = Counter()
        looked_at = 0
        for own in sorted((by_pair.get((unit, pair), []) for pair in sorted(pairs)), key=len):
            if looked_at + len(own) > _MOST_PROPOSALS:
                break  # a word that everybody counts by (门店) proposes nobody
            votes.update(own)
            looked_at += len(own)
        for name in sorted(names):
            for i in by_subject.get((unit, name), [])[:_MOST_OF_SUBJECT]:
                votes[i] += 3 if i in votes or not measures[i] or measures[i] & pairs else 2
        if (value := _value(fact)) is not None:
            alike = by_value.get((unit, value), [])
            if not unit:  # 突破万亿: whatever it counts
                alike = [i for other in _UNSAID for i in by_value.get((other, value), [])]
            for i in alike[:_MOST_OF_SUBJECT]:
                if i in votes or len(alike) <= _MOST_CANDIDATES or measures[i] & pairs:
                    votes[i] += 4
        several = [(n, -i) for i, n in votes.items() if n > 1]
        best = several if len(several) >= _MOST_CANDIDATES else [(n, -i) for i, n in votes.items()]
        chosen = [-i for _, i in nlargest(_MOST_CANDIDATES, best)]
        return list(dict.fromkeys((*chosen, *self._nearest(mine), *self._recounted(fact))))

    def proposals(self, mine: Statement, names: Iterable[str], claim: str) -> list[int]:
        """The figures that a draft may mean in words of its own: all of a small corpus, else those of passages with its words.

        Args:
            mine: What the draft says.
            names: Whom it names.
            claim: The letters of what it says of them.
        """
        unit = unit_family(mine.fact.unit)
        family = self._families.get(unit, [])
        if len(family) <= _ALL_OF_FEW:
            return family
        found = [*self.candidates(mine, names), *self._nearest(mine, claim, most=_MORE_PASSAGES)]
        return [i for i in dict.fromkeys(found) if unit_family(self.facts[i].unit) == unit]

    @cached_property
    def _families(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = defaultdict(list)
        for i, fact in enumerate(self.facts):
            out[unit_family(fact.unit)].append(i)
        return out

    def around(self, i: int, reach: int) -> list[Fact]:
        """The figures whose places are at most `reach` characters from figure `i`, itself among them."""
        here = self.facts[i].span
        first, last = self._places[self.facts[i].source]
        return [
            one
            for one in self.facts[first:last]
            if here.start - reach < one.span.end and one.span.start < here.end + reach
        ]

    def key_of(self, fact: Fact) -> str:
        """The letters of the source that a figure stands in."""
        return self.keys.text[slice(*self.keys.bounds(self.numbers[fact.source]))]

    def _recounted(self, fact: Fact) -> list[int]:
        """The figures of the same large value in any unit."""
        told = is_own(fact) or telling_digits(fact) > 1
        found = self._by_number.get(_value(fact) or 0.0, []) if told else []
        return found if len(found) <= _MOST_CANDIDATES else []

    @cached_property
    def _by_number(self) -> dict[float | str, list[int]]:
        out: dict[float | str, list[int]] = defaultdict(list)
        for (_, value), found in self._indexes[2].items():
            out[value] += found
        return out

    def _nearest(self, mine: Statement, key: str = "", *, most: int = 2) -> list[int]:
        """The figures of the passages whose letters come nearest to a draft's sentence, or to `key`, whatever they are called."""
        key = key or mine.key
        if len(key) < _SHORTEST_SENTENCE:
            return []
        out: list[int] = []
        for source, start, end in self.keys.crowded(key, most=most):
            text = self.keys.texts[source]
            span = text.span(start, end)
            first, last = self._places[text.source.id]
            low, high = span.start - _BESIDE, span.end + _BESIDE
            first = bisect_left(self.facts, low, first, last, key=lambda f: f.span.end)
            out += [i for i in range(first, last) if self.facts[i].span.start < high][:_MOST_BESIDE]
        return [i for i in out if unit_family(self.facts[i].unit) == unit_family(mine.fact.unit)]

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """Where each source's figures begin and end."""
        places = {text.source.id: (0, 0) for text in self.keys.texts}
        for i, fact in enumerate(self.facts):
            first, _ = places[fact.source]
            places[fact.source] = (first if places[fact.source][1] else i, i + 1)
        return places


def _value(fact: Fact) -> float | str | None:
    """What figures of one value have in common; vague ones (几百家) their letters, dates their year."""
    if fact.unit == DATE:
        return (fact.date_iso or "")[:4] or None
    return float(fact.value_min) if fact.value_min is not None else short_key(fact.text)


def subject_names(fact: Fact) -> tuple[str, ...]:
    """What a figure's subject goes by: its entity and its letters."""
    key = name_key(fact.subject or "")
    return tuple(name for name in (fact.subject_entity, key) if name and len(name) >= 2)
