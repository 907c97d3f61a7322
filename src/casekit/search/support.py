"""How far one sentence bears out what a question asks: what it is about, what is asked of it, and a value of the kind wanted.

All of it is looked for in folded text. A word counts as found where it stands, where a word of the same sense stands (one
measure's names, one post's names, the glossary's neighbours), and in part where some of its characters do: 亏了 in 亏损,
交了 in 交付. Rare characters count more than common ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from casekit.facts.measures import Measure, measure_named
from casekit.fold import fold_text
from casekit.lexicon import Lexicon, expand_query
from casekit.search.holders import words_of_post
from casekit.search.named import HAN, Name
from casekit.search.question import NUMERIC, Question
from casekit.search.sentences import Parted
from casekit.search.values import UNTOLD, VALUED, fits, says_unit, values_in
from casekit.search.words import Word, is_post, senses_of
from casekit.search.years import years_fit

__all__ = ["Support", "Weigher", "rarity_of", "terms_asked"]

_LIGHT: Final = 0.25  # what a light word weighs beside another
_LOOSE: Final = 0.4  # what a word weighs that is no thing and in no list
_TITLED: Final = 0.3  # what a word weighs that the title holds: all of the source is about it
_PASSAGE: Final = 0.6  # what it is worth that the passage holds a word, where the sentence does not
_HELD: Final = 0.5
_ALL_LIGHT: Final = 0.7  # what a sentence holds at least of a question that has light words alone (他是干什么的)
_TOLD_LIGHT: Final = 0.3  # the same where the lists say what answers them (卖多少钱)
_ELSEWHERE: Final = 0.6  # what it is worth that the title names a thing, and the passage does not
_BY_THE_WAY: Final = 0.3  # the same where only other passages of the source name it
_AKIN: Final = 0.3  # what two words for a thing share at least
_OTHER_YEAR: Final = 1.5  # what a sentence loses that speaks of another year than is asked about
_WELL_KNOWN: Final = 2  # words of the same sense from which one is told by them, no longer by its characters
_NAMED: Final = 0.1  # what it is worth beside that that a sentence itself names the thing
_PART: Final = 0.5  # what the characters of a word are worth, where the word itself stands nowhere


@dataclass(frozen=True, slots=True)
class Support:
    """What one sentence of a passage holds of a question, each in [0, 1].

    `asked` is how much of what is asked for stands in it, `about` how much
    of all content words, those of the whole passage with its headings counted; `value` whether it holds what kind of answer
    is wanted (0.5 where that cannot be told); `names` how far the passage speaks of the things named; `years` whether it
    speaks of the years asked about (0.5 where that cannot be told), `places` whether each place asked about stands in it or elsewhere in its source
    (1 or 0); `head` how much of the word that is asked for stands in it. `lacking` are the words that the passage does not hold.
    """

    asked: float = 0.0
    about: float = 0.0
    value: float = 0.0
    names: float = 1.0
    years: float = 1.0
    places: float = 1.0
    head: float = 1.0
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the question with all that no passage changes: what it weighs, and what stands for it in texts.

    `forms` are words of the same sense, it first; `pieces` and `letters` its pairs of characters and its characters, each
    with its share of their rarity; English words have none.
    """

    word: Word
    forms: tuple[str, ...]
    weight: float
    pieces: tuple[tuple[str, float], ...]
    letters: tuple[tuple[str, float], ...]

    def within(self, text: str) -> _Parts:
        """What of the word stands in a text."""
        letters = tuple(one for one in self.letters if one[0] in text)
        # without its characters there are no pairs of them
        pieces = tuple(one for one in self.pieces if one[0] in text) if letters else ()
        return _Parts(tuple(form for form in self.forms if form in text), pieces, letters)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What of a word stands in a passage: nothing else needs to be looked for in its sentences."""

    forms: tuple[str, ...]
    pieces: tuple[tuple[str, float], ...]
    letters: tuple[tuple[str, float], ...]

    def held(self, text: str) -> float:
        """How much of the word stands in a text of the passage, in [0, 1]."""
        for form in self.forms:
            if form in text:
                return 1.0
        letters = pieces = 0.0
        for part, share in self.letters:
            if part in text:
                letters += share
        if letters:
            for part, share in self.pieces:
                if part in text:
                    pieces += share
        return max(pieces, _PART * letters)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage while it is weighed: what it says of all its sentences, and each word with its weight and what the passage adds."""

    words: tuple[tuple[_Parts, float, float], ...]
    """Those of which something stands there."""
    weights: float
    """Of all words."""
    support: Support


class Weigher:
    """Weighs the sentences of passages for one question.

    Args:
        question: The question.
        names: The things that it names.
        lexicon: For words of the same sense.
        rarity: Inverse document frequency of a character, or of a pair of them; at least 0.
        year_of: The year of a source; None where that is unknown.
    """

    def __init__(
        self,
        question: Question,
        names: Sequence[Name],
        lexicon: Lexicon,
        rarity: Callable[[str], float],
        year_of: Callable[[str], int | None] = lambda _: None,
    ) -> None:
        self._question = question
        self._when = frozenset(map(int, question.years))
        self._year_of = year_of
        self._places = [(place, *senses_of(place)) for place in question.places]
        self._names = names
        self._rarity = rarity
        self._counting = tuple(
            form for name in names for form in name.forms if values_in(form) or any(map(str.isdigit, form))
        )
        self._empty = float(bool(names) or not question.words)
        heavy = any(not (word.light or word.loose) for word in question.words)
        # what light words are answered by is listed: what has none of it answers less surely
        told = question.form in NUMERIC and any(word.light and word.same and word.asked == 1 for word in question.words)
        self._least = 0.0 if heavy else _TOLD_LIGHT if told else _ALL_LIGHT
        self._asked = tuple(self._read(word, same_sense(word, lexicon)) for word in question.words)

    def best(
        self, passage: Parted, beside: str = "", of_others: Callable[[int], bool] = lambda _: False
    ) -> tuple[int, Support] | None:
        """The sentence of a passage that bears out most, the earlier of equals, by its number; None where there is none.

        Whether a sentence holds a value is looked up only where that could decide.

        Args:
            passage: The passage.
            beside: What is known of the rest of its source, folded.
            of_others: Whether the values of a sentence, by its number, are others' than those asked about.
        """
        read = self._passage(passage, beside)
        told = read.support
        own = [self._asked_in(read, sentence) for sentence in passage.sentences]
        # of two sentences alike, the one that names the thing
        asked = [
            worth + _NAMED * any(name.stands_in(sentence) for name in self._names)
            for worth, sentence in zip(own, passage.sentences, strict=True)
        ]
        ceiling = 1.0 if self._question.form in VALUED else UNTOLD
        best, most, value, year = -1, -math.inf, 0.0, 1.0
        last, possible = math.nan, 0.0
        for i in sorted(range(len(asked)), key=asked.__getitem__, reverse=True):
            if asked[i] != last:
                last, possible = asked[i], _worth(asked[i], told, ceiling)
            if possible < most:
                break  # nor do those after it bear out as much
            if possible == most and i > best:
                continue
            fit = fits(self._question, self._without_names(passage.sentences[i]), self._means)
            if fit > UNTOLD and of_others(i):
                fit = 0.0
            worth = possible if fit == ceiling else _worth(asked[i], told, fit)
            when = self._years(passage, i)
            worth -= _OTHER_YEAR * (1 - when)
            if worth > most or (worth == most and i < best):
                best, most, value, year = i, worth, fit, when
        if best < 0:
            return None
        # 地上14层 tells how high something is without the word for it
        head = told.head if told.head >= _HELD or not says_unit(self._question, passage.sentences[best]) else _HELD
        return best, replace(told, asked=own[best], value=value, years=year, head=head)

    def _without_names(self, sentence: str) -> str:
        """A sentence in which names that hold numbers are blank: 上五郎村 counts nothing."""
        for form in self._counting:
            sentence = sentence.replace(form, "□")
        return sentence

    def is_well_known(self, word: str) -> bool:
        """Whether the lists know what else a word of the question is called: what has none of it tells nothing of it."""
        listed = is_post(word) or measure_named(word) is not None
        return listed or any(one.word.text == word and len(one.forms) > _WELL_KNOWN for one in self._asked)

    def _years(self, passage: Parted, i: int) -> float:
        """Whether a sentence speaks of the years asked about."""
        if not self._when:
            return 1.0
        before = "".join(passage.sentences[:i])
        return years_fit(self._when, passage.sentences[i], before, passage.head, self._year_of(passage.source))

    def _passage(self, passage: Parted, beside: str) -> _Passage:
        text = "\n".join((passage.head, *passage.sentences))
        elsewhere = [
            (_ELSEWHERE if name.stands_in(passage.head) else _BY_THE_WAY) * (passage.source in (name.sources or ()))
            for name in self._names
        ]
        named = [1.0 if name.stands_in(text) else other for name, other in zip(self._names, elsewhere, strict=True)]
        about = total = weights = 0.0
        lacking, weighed = [], []
        head = 1.0
        for one in self._asked:
            if _untold(one, text):
                continue
            word, parts = one.word, one.within(text)
            there = parts.held(text)
            weight = word.asked * one.weight * (_TITLED if word.text in passage.head else 1.0)
            weights += weight
            if there:
                weighed.append((parts, weight, _PASSAGE * there))
            about += one.weight * there
            total += one.weight
            if word.text == self._question.head:
                head = there
            if there < _HELD and not (word.light or word.loose):
                lacking.append(word.text)
        told = Support(
            about=max(about / total if total else self._empty, self._least),
            names=sum(named) / len(named) if named else 1.0,
            places=float(all(any(one in text or one in beside for one in place) for place in self._places)),
            head=head,
            lacking=tuple(lacking),
        )
        return _Passage(tuple(weighed), weights, told)

    def _asked_in(self, passage: _Passage, sentence: str) -> float:
        """How much of what is asked for stands in a sentence."""
        asked = 0.0
        for parts, weight, there in passage.words:
            asked += weight * max(parts.held(sentence), there)
        return max(asked / passage.weights if passage.weights else self._empty, self._least)

    def _means(self, noun: str) -> bool:
        """Whether a noun may be another word for what is asked for."""
        heads = [one for one in self._asked if one.word.text == self._question.head]
        return not heads or any(
            one.within(noun).held(noun) >= _AKIN or any(noun in form for form in one.forms) for one in heads
        )

    def _read(self, word: Word, same: frozenset[str]) -> _Asked:
        """What a word weighs: the rarity of its rarest pair of characters, an English word as its translation; light ones less."""
        forms = [other for other in same if not other.isascii()] if word.text.isascii() else []
        rarest = min((max(map(self._rarity, _pieces(f)), default=0.0) for f in forms or [word.text]), default=0.0)
        # who holds a post is told of the post itself, not of what shares a character with it (馆长, 馆藏)
        parted = not (word.text.isascii() or words_of_post(word.text) or is_post(word.text))
        pieces, letters = (self._shares(_pieces(word.text)), self._shares(word.text)) if parted else ((), ())
        if len(word.text) > 1 and len(same - {word.text}) >= _WELL_KNOWN:
            letters = ()  # what it is called otherwise is listed: 产 and 能 apart are no 产能
        senses = (word.text, *sorted(same - {word.text}))
        return _Asked(word, senses, rarest * (_LIGHT if word.light else _LOOSE if word.loose else 1.0), pieces, letters)

    def _shares(self, parts: Sequence[str]) -> tuple[tuple[str, float], ...]:
        """The parts of a word, each with its share of their rarity."""
        rarities = [self._rarity(part) for part in parts]
        whole = sum(rarities) or 1.0
        return tuple((part, rarity / whole) for part, rarity in zip(parts, rarities, strict=True))


def _untold(asked: _Asked, text: str) -> bool:
    """Whether it is an English word that nobody here can translate, of a Chinese passage: it says nothing."""
    form = asked.word.text
    return (
        form.isascii()
        and form.isalpha()
        and len(asked.forms) == 1
        and form not in text
        and HAN.search(text) is not None
    )


def _worth(asked: float, passage: Support, value: float) -> float:
    """By which sentences are compared."""
    return round(2 * asked + passage.about + value + 2 * passage.names, 6)


def _pieces(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)] if len(word) > 1 and not word.isascii() else [word]


def same_sense(word: Word, lexicon: Lexicon) -> frozenset[str]:
    """Other words for the same, folded as the lists keep them."""
    same = {*lexicon.glossary.near.get(word.text, ()), *word.same}
    measure: Measure | None = measure_named(word.text)
    if measure is not None:
        same.update((measure.name, *measure.aliases))
    same.update(words_of_post(word.text))
    if word.text.isascii():
        same.update(expand_query(word.text, lexicon).terms)
    return frozenset(fold_text(other) for other in same if other)


def rarity_of(frequencies: Mapping[str, int], n: int) -> Callable[[str], float]:
    """Inverse document frequency of terms in `n` passages, as BM25 has it; what stands nowhere is rarest."""

    def rarity(term: str) -> float:
        df = frequencies.get(term, 0)
        return math.log(1 + (n - df + 0.5) / (df + 0.5))

    return rarity


def terms_asked(question: Question, lexicon: Lexicon) -> Sequence[str]:
    """The characters and pairs whose frequencies a `Weigher` asks for."""
    forms = [
        form
        for word in question.words
        for form in (word.text, *((word.text.isascii() and same_sense(word, lexicon)) or ()))
    ]
    return list(dict.fromkeys(term for form in forms for term in (*form, *_pieces(form))))
