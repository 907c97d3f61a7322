"""Names that nobody lists, told by how a corpus uses a string: the head of a clause that stands there before different words.

河岭坊新开120家门店: where the corpus has 河岭坊 followed by now this, now that, 河岭坊 is a word of its own, and a word that no
dictionary has at the head of a clause is somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casekit.check.coverage import HELD
from casekit.check.ledger import COMMON, Ledger
from casekit.check.names import Said
from casekit.check.spelling import short_key
from casekit.check.statements import name_key
from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.fold import fold_spans, fold_text
from casekit.types import Fact

__all__ = ["is_proper", "strangers", "unheard_of"]

_SHORTEST: Final = 2
_LONGEST: Final = 6  # characters of a firm's name without its kind of business; longer ones are clauses
_MOST_PLACES: Final = 60
_NO_HEAD: Final = CuePattern(
    "^(?:%{measure-noise/no-head}|%{generic-parties}|%{speaker-frames/pronoun}|%{function-words})"
)
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z&'.-]{2,}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_ABBREVIATION: Final = re.compile(r"[A-Z]{2,4}")
_KNOWN_LATIN: Final = CueWords("latin-words")
_MEASURED: Final = CueLetters("measure-noise/measured")
_NO_TAIL: Final = CueLetters("measure-noise/no-tail")
_CLOSING: Final = ("”", "」", "』", '"')
_CLAUSE: Final = re.compile(r"[^，,；;：:。！？!?\n“”「」『』\"]+")


def strangers(text: str, start: int, end: int, ledger: Ledger, taken: Sequence[Said]) -> list[Said]:
    """The names in text[start:end] of a draft that only their use shows: heads of clauses, and Latin words.

    Args:
        text: The draft's readable text.
        start: Where its sentence begins.
        end: Where it ends.
        ledger: The corpus: how its sources use a string.
        taken: Names that are known; nothing is found where they stand.
    """
    # what follows a closing quotation mark goes on with a clause (“……”的模式): no name heads it
    clauses = (m.span() for m in _CLAUSE.finditer(text, start, end) if text[m.start() - 1 : m.start()] not in _CLOSING)
    heads = (_head(text, *clause, ledger) for clause in clauses)
    found = [head for head in heads if head is not None]
    english = _HAN.search(text, start, end) is None
    found += [
        Said(m.start(), m.end(), short_key(m[0]), None, party=False)
        for m in _LATIN.finditer(text, start, end)
        if not _ABBREVIATION.fullmatch(m[0])
        and m[0].lower() not in _KNOWN_LATIN
        and not (english and (m[0].islower() or _opens(text, start, m)))
    ]
    return [n for n in found if not any(n.start < other.end and other.start < n.end for other in taken)]


def _opens(text: str, start: int, word: re.Match[str]) -> bool:
    """Whether a word opens its sentence, where English writes every word with a capital, and no other capital follows."""
    if any(map(str.isalnum, text[start : word.start()])):
        return False
    return not word[0].endswith("'s") and not text[word.end() :].lstrip()[:1].isupper()


def unheard_of(text: str, fact: Fact, start: int, taken: Sequence[Said]) -> list[Said]:
    """The subject that a figure's own sentence names in words of its own, where these are a firm's or a person's name."""
    if fact.subject is None or fact.subject_entity is not None or not is_proper(short_key(fact.subject)):
        return []
    at, end = _place_of(fact.subject, text, start, fact.span.start)
    if at < 0 or any(at < other.end and other.start < end for other in taken):
        return []
    return [Said(at, end, name_key(fact.subject), None, party=True)]


def _place_of(name: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Where a name in the mainland's words stands in a text, in whatever words; (-1, -1) where nowhere."""
    at = text.find(name, start, end)
    if at >= 0:
        return at, at + len(name)
    folded = fold_spans(text[start:end])
    found = folded.text.find(fold_text(name))
    if found < 0:
        return -1, -1
    place = folded.span(found, found + len(fold_text(name)))
    return start + place.start, start + place.end


def is_proper(key: str) -> bool:
    """Whether a subject that no source knows is somebody's own name and no description."""
    from casekit.check.attribution import person_of
    from casekit.facts.naming import COMPANY_END
    from casekit.mentions.words import is_ordinary

    return not is_ordinary(key) and (COMPANY_END.search(key) is not None or bool(person_of(key)))


def _head(text: str, start: int, end: int, ledger: Ledger) -> Said | None:
    from casekit.mentions.words import is_ordinary

    at = start
    while (m := HELD.match(text, at, end)) or (m := _BLANK.match(text, at, end)):
        at = m.end()
    letters = re.match(r"[\u4e00-\u9fff]+", text[at : min(end, at + _LONGEST + 1)])
    if letters is None or _NO_HEAD.match(letters[0]):
        return None
    key = short_key(letters[0])
    size = _branches(key, ledger.keys.text)
    if (
        size is None
        or key[size - 1] in _MEASURED.now()
        or key[size - 1] in _NO_TAIL.now()
        or is_ordinary(key[:size])
        or ledger.sources_with(key[:size]) >= COMMON
    ):
        return None
    return Said(at, at + size, name_key(key[:size]), None, party=True)


_BLANK: Final = re.compile(r"[\s·•\-—]+")


def _branches(key: str, corpus: str) -> int | None:
    """How many letters of `key` are a word in the corpus: it goes on differently there, or differently from `key`."""
    for size in range(_SHORTEST, min(len(key), _LONGEST) + 1):
        follows = _followers(key[:size], corpus)
        if not follows:
            return None
        if len(follows) > 1 or size == len(key) or key[size] not in follows:
            return size
    return None


def _followers(word: str, corpus: str) -> set[str]:
    out: set[str] = set()
    at = corpus.find(word)
    for _ in range(_MOST_PLACES):
        if at < 0 or len(out) > 1:
            break
        out.add(corpus[at + len(word) : at + len(word) + 1])
        at = corpus.find(word, at + 1)
    return out
