"""Parts of speech, and which words are no nouns, by the tags of jieba's dictionary; read when first asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Final

from casekit.cues import CueLetters
from casekit.segment.dictionary import parts_of_speech, rows

__all__ = ["idiom_around", "is_function_word", "is_verb", "part_of_speech"]

# The first letter of a tag: verbs (but not vn, those used as nouns), and what can be no part of a name of something.
_VERBS: Final = frozenset({"v", "vd", "vg", "vi", "vq", "zg"})
_FUNCTION: Final = frozenset(
    {"p", "c", "u", "ud", "ug", "uj", "ul", "uv", "uz", "d", "df", "dg", "r", "rr", "rz", "y", "e", "o", "t", "tg"}
)


# Tags of idioms and set phrases
_IDIOMS: Final = frozenset({"i", "l"})
_NUMERALS: Final = CueLetters("number-idioms/numerals")
_IDIOM_CHARS: Final = 4
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_LATIN: Final = re.compile("[0-9]*[a-z]")


@dataclass(frozen=True, slots=True)
class _Dictionary:
    verbs: frozenset[str] = frozenset()
    function: frozenset[str] = frozenset()
    idioms: frozenset[str] = frozenset()
    """Those of four characters that hold two numerals at least."""


@cache
def _tagged() -> _Dictionary:
    words, _, tags = rows()
    numerals = _NUMERALS.now()
    said = frozenset({"m", *_IDIOMS})
    return _Dictionary(
        frozenset(compress(words, map(_VERBS.__contains__, tags))),
        frozenset(compress(words, map(_FUNCTION.__contains__, tags))),
        frozenset(
            word
            for word, tag in compress(zip(words, tags, strict=True), map(said.__contains__, tags))
            if _is_idiom(word, tag, numerals)
        ),
    )


def _is_idiom(word: str, tag: str, numerals: frozenset[str]) -> bool:
    if len(word) != _IDIOM_CHARS:
        return False
    places = [i for i, c in enumerate(word) if c in numerals]
    return (tag in _IDIOMS and len(places) > 1) or (tag == "m" and places == [0, 2] and word[2] != "半")  # 三番五次


def part_of_speech(word: str) -> str:
    """The tag of a folded word: its most frequent one in jieba's dictionary, `m` of numbers, `eng` of Latin words.

    Empty where the dictionary lacks a word: what it is then, nothing here tells.

    Examples:
        >>> part_of_speech("3.14"), part_of_speech("saas"), part_of_speech("嗯嗯嗯嗯")
        ('m', 'eng', '')
    """
    tag = parts_of_speech().get(word)
    if tag is not None:
        return tag
    if _NUMBER.fullmatch(word) or all(character in _NUMERALS.now() for character in word):
        return "m"
    return "eng" if _LATIN.match(word) else ""


def is_verb(word: str) -> bool:
    """Whether the dictionary has a (simplified) word as a verb, and as one that makes no noun."""
    return word in _tagged().verbs


def is_function_word(word: str) -> bool:
    """Whether the dictionary has a (simplified) word as an adverb, preposition, pronoun, particle or word of time."""
    return word in _tagged().function


def idiom_around(text: str, at: int) -> bool:
    """Whether the character at `at` of a simplified text stands in an idiom with numerals (三番五次, 一来二去)."""
    idioms = _tagged().idioms
    return any(text[i : i + _IDIOM_CHARS] in idioms for i in range(max(0, at - _IDIOM_CHARS + 1), at + 1))
