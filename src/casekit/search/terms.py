"""The words of a query as weighted terms: its own, what they may also be called, and which of them could score at all.

A bigram that straddles two words of the query (员数 in 会员数量) is an accident of how they stand side by side: it weighs less
than one inside a word, and what the query could score is reckoned without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from casekit.cues import CuePattern
from casekit.fold import fold_text
from casekit.lexical import number_terms, runs_of, terms_of
from casekit.lexicon import QueryExpansion
from casekit.numerals import numbers_in
from casekit.search.words import read_word

__all__ = ["Holding", "QueryTerms", "folded_word", "weigh_terms"]

# Weights in BM25 relative to the query's own words. Chosen on the labelled questions, DRCD dev and the questions about
# unseen articles (CONTRIBUTING tells how to ask them): straddling bigrams at 0.7 raise nDCG there by 0.007, at 0.5 they lose one
# question in thirty; near-synonyms count by whole words and their bigrams only, at 0.3 as at 0.7 within 0.002.
NAME_WEIGHT: Final = 0.7
NEAR_WEIGHT: Final = 0.7
STRADDLING_WEIGHT: Final = 0.7
NUMBER_WEIGHT: Final = 1.5
# Words that the lists have for those of the query that no passage holds (礼拜 is 周 in reports). On questions in everyday words
# about unseen articles, at 0.3 hit@1 of 32 paraphrases rises from .56 to .59 and hit@5 from .88 to .91; at 0.6 everyday questions
# lose. For words that the corpus holds, too, the labelled questions lose .005 of nDCG.
SENSE_WEIGHT: Final = 0.3

_QUESTION = CuePattern(
    r"%{question-words/asked}|%{questions/whether}|%{questions/what}"
    r"|\b(?:how|what|which|who|whom|whose|when|where|why|is|are|was|were|do|does|did|can|could|the|a|an|of|to|in|on|for|and)\b"
)
_MARKS: Final = ",。;!?\n"  # as folded text spells them


@lru_cache(maxsize=8192)
def folded_word(word: str) -> str:
    """A name or word of a list, folded; these are the same query after query."""
    return fold_text(word)


class Cutting(Protocol):
    """What is needed of a segmenter."""

    def ranges(self, folded: str) -> list[tuple[int, int]]:
        """Where the words of a folded text begin and end."""


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """Term → weight; `words` are the query's own words, folded; `telling` those of its terms that tell what it is about.

    `senses` are the words that the lists have for its own, folded.
    """

    weights: dict[str, float]
    words: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    senses: tuple[str, ...] = ()


def weigh_terms(
    query: str,
    expansion: QueryExpansion,
    segmenter: Cutting,
    rarity: Callable[[Sequence[str]], Mapping[str, int]] | None = None,
) -> QueryTerms:
    """The terms of a query.

    Args:
        query: As it was asked, in any script.
        expansion: What it may also be called.
        segmenter: Cuts it into words.
        rarity: In how many passages each of some terms stands; words that stand in none are looked for as the lists have them.
    """
    folded = fold_text(query)
    # how something is asked ("为什么", "有多少") matches interviews, not answers
    asked = _QUESTION.sub(" ", folded)
    if not terms_of(asked):
        asked = folded
    weights: dict[str, float] = {}
    places = segmenter.ranges(asked)
    words = tuple(dict.fromkeys(asked[a:b] for a, b in places))
    unheld = _unheld(words, rarity) if rarity is not None else ()
    senses = tuple(dict.fromkeys(map(folded_word, (other for word in unheld for other in read_word(word, 1.0).same))))
    for word in senses:
        if len(word) > 1 and not word.isascii():
            weights.update(dict.fromkeys(_of_word(word), SENSE_WEIGHT))
    for word in expansion.near:
        weights.update(dict.fromkeys(_of_word(folded_word(word)), NEAR_WEIGHT))
    for word in expansion.extra:
        weights.update(dict.fromkeys(terms_of(folded_word(word)), NAME_WEIGHT))
    own: dict[str, float] = {}
    for term, weight in _own(asked, {place for both in places for place in both}):
        own[term] = max(weight, own.get(term, 0.0))
    own |= dict.fromkeys(number_terms(asked), NUMBER_WEIGHT)
    telling = tuple(term for term, weight in own.items() if len(term) > 1 and weight >= 1)
    return QueryTerms(weights | own, words, telling, senses)


class Holding:
    """Tells which of a query's words stand in texts as words (导购 does not in 引导购买), or as the same number.

    Args:
        words: Of the query, folded, in the order in which to tell them.
        segmenter: Cuts texts as the query was cut.
    """

    def __init__(self, words: Sequence[str], segmenter: Cutting) -> None:
        self._words = [(word, frozenset(number_terms(word))) for word in words]
        self._numbers = any(values for _, values in self._words)
        self._segmenter = segmenter

    def held(self, folded: str) -> list[str]:
        """Those that stand in a folded text."""
        numbers = frozenset(number_terms(folded)) if self._numbers else frozenset()
        cut: dict[int, frozenset[int]] = {}
        return [
            word
            for word, values in self._words
            if not numbers.isdisjoint(values) or (word in folded and self._stands(word, folded, cut))
        ]

    def _stands(self, word: str, folded: str, cut: dict[int, frozenset[int]]) -> bool:
        """Whether one of the places of a string is a word; only the clauses around them are cut, each once."""
        at = folded.find(word)
        while at >= 0:
            end = at + len(word)
            start, stop = _clause_around(folded, at, end)
            places = cut.get(start)
            if places is None:
                ranges = self._segmenter.ranges(folded[start:stop])
                places = cut[start] = frozenset(start + place for both in ranges for place in both)
            if at in places and end in places and places.isdisjoint(range(at + 1, end)):
                return True
            at = folded.find(word, at + 1)
        return False


def _unheld(words: Sequence[str], rarity: Callable[[Sequence[str]], Mapping[str, int]]) -> list[str]:
    """The words of which some pair of characters stands in no passage."""
    pairs = {word: [term for term in terms_of(word) if len(term) > 1] for word in words}
    counts = rarity(list(dict.fromkeys(term for terms in pairs.values() for term in terms)))
    return [word for word, terms in pairs.items() if any(not counts.get(term, 0) for term in terms)]


def _clause_around(folded: str, at: int, end: int) -> tuple[int, int]:
    """The clause in which a range lies: words end at its marks, so that it is cut as the whole text is."""
    start = max(folded.rfind(mark, 0, at) for mark in _MARKS) + 1
    stops = [place for mark in _MARKS if (place := folded.find(mark, end)) >= 0]
    return start, min(stops, default=len(folded))


def _of_word(folded: str) -> list[str]:
    """The terms of another word for something: its bigrams, and a single character only where it is all of it."""
    terms = terms_of(folded)
    return [term for term in terms if len(term) > 1] or terms


def _own(asked: str, borders: set[int]) -> Iterator[tuple[str, float]]:
    """The terms of the query itself; digits of a number stand for it only where it has no value of its own."""
    numbers = [(start, end) for start, end, _ in numbers_in(asked)]
    for start, run, han in runs_of(asked):
        if not han:
            if not any(first <= start < last for first, last in numbers):
                yield run, 1.0
            continue
        for i, character in enumerate(run, start):
            if any(first <= i < last for first, last in numbers):
                continue
            yield character, 1.0
            if i + 1 < start + len(run):
                yield asked[i : i + 2], STRADDLING_WEIGHT if i + 1 in borders else 1.0
