"""Which characters of a passage answer a query: words, names and their other forms, found in either script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casekit.fold import Folded, fold_spans, fold_text
from casekit.lexicon import Lexicon, expand_query
from casekit.lexicon.table import surfaces
from casekit.marking import marked_pieces
from casekit.types import Span

__all__ = ["Marked", "Piece", "Wanted", "mark", "pieces_of", "wanted_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage's own characters; `mark` tells whether the query asked for it."""

    text: str
    mark: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query looks for, in folded text: its words, and the other names and translations of what it names."""

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage in pieces, with the words and the names that were found in it, each as the query or the lexicon has it."""

    pieces: tuple[Piece, ...]
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def wanted_of(query: str, words: Iterable[str], lexicon: Lexicon) -> Wanted:
    """What to mark for a query.

    Args:
        query: As typed.
        words: The query's content words, folded.
        lexicon: For other names of what the query names.
    """
    expansion = expand_query(query, lexicon)
    whole = fold_text(query)
    own = list(dict.fromkeys(word for word in map(fold_text, words) if word.strip()))
    forms = [fold_text(form) for entity in expansion.entities for form in surfaces(entity)]
    own += [form for form in dict.fromkeys(forms) if form in whole and form not in own]
    # A single character says little next to a word (店 in 门店 everywhere), much when nothing else was asked for.
    long = [word for word in own if len(word) > 1]
    names = dict.fromkeys(fold_text(name) for name in expansion.extra)
    return Wanted(
        tuple(long or own),
        tuple(name for name in dict.fromkeys([*forms, *names]) if name and name not in (long or own)),
    )


def mark(quote: str, wanted: Wanted) -> Marked:
    """The characters of `quote` in pieces; joined they are `quote` again."""
    folded = _folded(quote)
    found: list[Span] = []
    words: list[str] = []
    names: list[str] = []
    for told, terms in ((words, wanted.words), (names, wanted.names)):
        for term in terms:
            places = list(_places(folded, term))
            if places:
                told.append(term)
            elif told is words:
                places = [place for part in _parts(term) for place in _places(folded, part)]
            found += places
    return Marked(pieces_of(quote, found), tuple(words), tuple(names))


@lru_cache(maxsize=2048)  # the same passages come back with every letter that is typed
def _folded(quote: str) -> Folded:
    return fold_spans(quote)


def _parts(word: str) -> list[str]:
    """Pairs of neighbours of a longer Chinese word: the index finds 数字化 in 数字的 by them, so they are marked, too."""
    if len(word) < 3 or word.isascii():
        return []
    return [word[i : i + 2] for i in range(len(word) - 1)]


def _places(folded: Folded, term: str) -> Iterator[Span]:
    at = folded.text.find(term)
    while at >= 0:
        end = at + len(term)
        if _stands_alone(folded.text, at, end):
            span = folded.span(at, end)
            if len(span):
                yield span
        at = folded.text.find(term, at + 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether letters and digits of Latin script are not cut out of a longer word (ai in said)."""

    def latin(character: str) -> bool:
        return character.isascii() and character.isalnum()

    return not (start and latin(text[start - 1]) and latin(text[start])) and not (
        end < len(text) and latin(text[end - 1]) and latin(text[end])
    )


def pieces_of(text: str, marked: Sequence[Span]) -> tuple[Piece, ...]:
    """`text` in pieces, those in one of the ranges marked; ranges may overlap and touch."""
    return tuple(Piece(piece, own) for piece, own in marked_pieces(text, ((s.start, s.end) for s in marked)))
