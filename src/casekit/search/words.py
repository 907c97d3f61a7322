"""The content words of questions, and what the lists say of each: light ones, those with senses, things, deeds, places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern, Cues, CueWords, from_cues
from casekit.facts.measures import measure_named
from casekit.segment.dictionary import parts_of_speech, weights

__all__ = [
    "Word",
    "is_number",
    "is_post",
    "is_thing",
    "is_verb",
    "kinds_of_thing",
    "light_words",
    "place_of",
    "read_word",
    "senses_of",
    "sums",
]

_MODAL: Final = CuePattern("^%{asked-facts/modal}(?=.)")
_RESULT: Final = CuePattern("(?<=.)%{asked-facts/result}$")
_POST: Final = CuePattern("%{posts}")
_NOUN: Final = "n"
_VERB: Final = "v"
_NUMBER: Final = "m"
_LONG: Final = 3
_PLACES: Final = CueWords("places/province", "places/city", "places/country", "places/further", "author-countries")
_DIVISION: Final = CuePattern("(?<=..)%{asked-facts/division}$")
_PLACE: Final = "ns"
_SURELY: Final = 4  # characters of a word that the dictionary takes for a place, from which it is one
_LATIN_EDGE: Final = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a question.

    `asked` in [0, 1] is how near it stands to what asks (1: it is what is asked for); `light` words are verbs and times that
    answers put otherwise, `same` are words that mean the same; `loose` ones are neither things nor listed with their sense: what is
    told of them is told in any words.
    """

    text: str
    asked: float
    light: bool = False
    same: tuple[str, ...] = ()
    loose: bool = False


def read_word(text: str, asked: float) -> Word:
    """A content word with what the lists say of it."""
    light, senses, everyday = light_words(), _senses(), _same()
    listed = next((one for one in (text, _bare(text)) if one in light or one in everyday or one in senses), text)
    same = (*light.get(listed, ()), *everyday.get(listed, ()), *senses.get(listed, ()))
    return Word(text, asked, listed in light, same, loose=listed not in light and not same and _is_loose(text))


def _bare(word: str) -> str:
    """A verb without what stands before or behind it (要花, 能省, 卖掉, 赔进去)."""
    if word.isascii() or parts_of_speech().get(word, _VERB)[:1] != _VERB:
        return word
    return _RESULT.sub("", _MODAL.sub("", word)) or word


def senses_of(word: str) -> tuple[str, ...]:
    """Words that tell the same as a folded word, by the list of senses."""
    return _senses().get(word, ())


def _is_loose(word: str) -> bool:
    """Whether a word that no list has is no thing: a verb, an adverb, a scrap of a cut."""
    if not word.isalpha() or _LATIN_EDGE.search(word) or is_post(word) or measure_named(word) is not None:
        return False
    tag = parts_of_speech().get(word, "")
    return not tag.startswith(_NOUN) if word in weights() else len(word) < _LONG


def is_thing(word: Word) -> bool:
    """Whether a word is a noun: by the dictionary, as a measure, or as a longer word that the dictionary lacks (换电站)."""
    text = word.text
    if word.light or text.isascii():
        return False
    if is_post(text):
        return True
    if text in weights():
        return parts_of_speech().get(text, "").startswith(_NOUN) or measure_named(text) is not None
    return len(text) >= _LONG


def is_number(word: str) -> bool:
    """Whether a word says how many (一碗, 一斤)."""
    return parts_of_speech().get(word, "").startswith(_NUMBER)


def is_verb(word: str) -> bool:
    """Whether a folded word is a verb of the dictionary."""
    return parts_of_speech().get(word, "").startswith(_VERB)


def is_post(word: str) -> bool:
    """Whether a folded word is one that people hold as a post."""
    return _POST.fullmatch(word) is not None


def place_of(word: str) -> str:
    """The name of the place that a folded word is, without what kind of place it is (苏州 for 苏州市); "" for other words."""
    name = _DIVISION.sub("", word)
    if len(name) > 1 and (name in _PLACES or word in _PLACES):
        return name
    listed = parts_of_speech().get(word, "") == _PLACE
    return name if listed and (name != word or len(word) >= _SURELY) else ""


@from_cues
def kinds_of_thing(cues: Cues) -> frozenset[str]:
    """What behind 哪家 and 哪个 says only what kind of thing is asked for."""
    return frozenset(row[0] for row in cues.rows("asked-facts/kind-of-thing"))


@from_cues
def sums(cues: Cues) -> frozenset[str]:
    """What is told in money."""
    return frozenset(
        w
        for s in ("money", "price")
        for row in cues.rows(f"asked-senses/{s}")
        for w in (row[0], *" ".join(row[1:]).split())
    )


@from_cues
def _senses(cues: Cues) -> Mapping[str, tuple[str, ...]]:
    """Words with those that tell them: the first of a line has the others of it, one that begins no line all of those that it stands in."""
    lines = [(row[0], " ".join(row[1:]).split()) for row in cues.rows("asked-senses")]
    first = {word: dict.fromkeys(others) for word, others in lines}
    found: dict[str, dict[str, None]] = dict(first)
    for word, others in lines:
        # one character stands in too many words to tell anything, unless it is listed as telling
        telling = dict.fromkeys([word, *others] if len(word) > 1 else others)
        for other in others:
            if other not in first:
                found.setdefault(other, {}).update(telling)
    return {word: tuple(other for other in others if other != word) for word, others in found.items()}


@from_cues
def _same(cues: Cues) -> Mapping[str, tuple[str, ...]]:
    """Everyday words, each with those that reports have for the same."""
    return {row[0]: tuple(" ".join(row[1:]).split()) for row in cues.rows("question-words/same")}


@from_cues
def light_words(cues: Cues) -> Mapping[str, tuple[str, ...]]:
    """The light words of questions, each with the words of answers that mean the same."""
    return {row[0]: tuple(" ".join(row[1:]).split()) for row in cues.rows("question-words/light")}
