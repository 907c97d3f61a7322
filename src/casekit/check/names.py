"""The names of a corpus as strings: whom a sentence of a draft speaks of, listed in a lexicon or not, and who stands where.

A firm that no lexicon lists is a string like any other: the checker asks whether the draft's string stands in the source's
sentence, beside it, or nowhere near it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

from casekit.check.places import SourceText
from casekit.check.spelling import short_key
from casekit.check.statements import name_key
from casekit.types import EntityType, Mention

__all__ = ["NameBook", "Said", "Support", "names_of", "shortens"]

Support: TypeAlias = Literal["sentence", "near", "absent"]
"""Where a name stands as seen from a figure: in its sentence, in the paragraphs around it or the title, or not there."""

_PARTIES: Final[frozenset[EntityType]] = frozenset(("company", "brand", "org", "person"))
_THINGS: Final[frozenset[EntityType]] = frozenset(("product", "framework", "book"))
# How far before a figure its paragraph's subject may have been named: some two paragraphs of a news story.
NEAR_CHARS: Final = 400
_SHORTEST: Final = 2
_LONGEST: Final = 16  # letters of a name that are looked for in a draft
# This share of a name's pairs of letters in the sentence stands for the name (沃尔玛到家 where 沃尔玛…到家业务 stands).
_END: Final = 2  # letters of a name that its short form keeps at either end
_LEFT_OUT: Final = 4
_MOST_PAIRS: Final = 0.7


@dataclass(frozen=True, slots=True)
class Said:
    """A name in a draft, at [start, end) of its text; `entity` is None where only its string is known."""

    start: int
    end: int
    key: str
    entity: str | None
    party: bool
    """Whether it is a firm, body or person, that figures can be of; else a tool, a book, a framework."""


class NameBook:
    """The names that a corpus's sources hold."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._entities: dict[str, tuple[str, bool]] = {}
        self.forms: dict[str, set[str]] = {}
        """Entity to the keys of all that it is called."""
        self.persons: set[str] = set()
        """The entities that are people."""
        for mention in mentions:
            if mention.type == "person":
                self.persons.add(mention.entity)
            if mention.type not in _PARTIES and mention.type not in _THINGS:
                continue
            for key in {short_key(mention.text), short_key(mention.name), name_key(mention.text)}:
                if _SHORTEST <= len(key) <= _LONGEST:
                    self._entities.setdefault(key, (mention.entity, mention.type in _PARTIES))
                    self.forms.setdefault(mention.entity, set()).add(key)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(key) for key in self._entities}, reverse=True)

    def knows(self, key: str) -> bool:
        """Whether a string is a name in some source."""
        return key in self._entities

    def begin(self, letters: str, source: str) -> set[str]:
        """The names that begin with some letters and stand in the letters of a source."""
        return {key for key in self._entities if key.startswith(letters) and key in source}

    def find(self, text: str, start: int, end: int) -> list[Said]:
        """The names in text[start:end], longest first, by their strings; ordinary words are none."""
        from casekit.mentions.words import is_ordinary

        keys = [short_key(c) for c in text[start:end]]
        places = [i for i, key in enumerate(keys) for _ in key]
        joined = "".join(keys)
        found: list[Said] = []
        at = 0
        while at < len(joined):
            key = next((k for n in self._lengths if (k := joined[at : at + n]) in self._entities), None)
            if key is None or is_ordinary(key):
                at += 1
                continue
            entity, party = self._entities[key]
            first, last = places[at], places[at + len(key) - 1]
            found.append(Said(start + first, start + last + 1, name_key(key), entity, party))
            at += len(key)
        return found

    def place_of(self, name: Said, sentence: str) -> int:
        """Where a name first stands in a sentence's letters, in any of its forms; -1 where nowhere."""
        forms = {name.key} | (self.forms.get(name.entity, set()) if name.entity else set())
        return min((at for form in forms if (at := sentence.find(form)) >= 0), default=-1)

    def parties_in(self, key: str) -> bool:
        """Whether a sentence's letters hold the name of a firm, body or person."""
        return any(name in key for name, (_, party) in self._entities.items() if party)

    def support(self, name: Said, sentence: str, text: SourceText, start: int, end: int) -> Support:
        """Where a draft's name stands as seen from the sentence plain[start:end] of a source whose letters are `sentence`."""
        forms = {name.key} | (self.forms.get(name.entity, set()) if name.entity else set())
        if any(form in sentence for form in forms) or _pieces_in(name.key, sentence):
            return "sentence"
        around = name_key(text.plain[max(0, start - NEAR_CHARS) : end])
        title = name_key(text.source.title or "")
        if any(form in around or form in title for form in forms):
            return "near"
        return "near" if name.party and shortens(name.key, f"{around} {title}") else "absent"

    def is_spoken_of(self, entity: str, text: SourceText, at: int) -> bool:
        """Whether what stands at plain[at] goes on about a firm or body: the only one around, or what the article is about.

        Persons are left out: who speaks for a firm is not whom its figures are of.
        """
        first = max(0, at - NEAR_CHARS)
        named = [n.entity for n in self.find(text.plain, first, at) if n.party and n.entity not in self.persons]
        if not named or named[-1] != entity:
            return False
        title = name_key(text.source.title or "")
        return set(named) == {entity} or any(form in title for form in self.forms.get(entity, ()))


def shortens(name: str, text: str) -> bool:
    """Whether a name is one in the text with letters left out between its two ends (白河医院 of 白河县人民医院)."""
    if len(name) < 2 * _END:
        return False
    inner = "".join(f"{re.escape(c)}[^\\W\\d_]{{0,{_LEFT_OUT}}}" for c in name[_END:-_END])
    ends = re.escape(name[:_END]) + f"[^\\W\\d_]{{0,{_LEFT_OUT}}}", re.escape(name[-_END:])
    return re.search(ends[0] + inner + ends[1], text) is not None


def _pieces_in(key: str, sentence: str) -> bool:
    pairs = [key[i : i + 2] for i in range(len(key) - 1)]
    return len(pairs) > 2 and sum(pair in sentence for pair in pairs) >= _MOST_PAIRS * len(pairs)


def names_of(mentions: Sequence[Mention], book: NameBook, text: str, start: int, end: int) -> list[Said]:
    """The names in text[start:end] of a draft, as they stand: those found in it, and strings that are names in the corpus."""
    first = bisect_left(mentions, start, key=lambda m: m.span.start)
    last = bisect_right(mentions, end, key=lambda m: m.span.start)
    found = [
        Said(m.span.start, m.span.end, name_key(m.text), m.entity, m.type in _PARTIES)
        for m in mentions[first:last]
        if m.span.end <= end and (m.type in _PARTIES or m.type in _THINGS)
    ]
    for name in book.find(text, start, end):
        if not any(name.start < other.end and other.start < name.end for other in found):
            found.append(name)
    return sorted(found, key=lambda name: name.start)
