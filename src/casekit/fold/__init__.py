"""Folded text is for matching, original text is for quoting.

Folding makes all spellings of one thing one string: simplified characters, mainland words for Taiwan ones, one form of
width, case, punctuation, quotation marks and white space. Every folded character keeps the range of the source it came
from. The same rules apply whatever script a text is in, so a query and a passage that mean the same fold to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from casekit.fold.characters import fold_width, simplify
from casekit.fold.convert import detect_script, to_simplified, to_traditional
from casekit.fold.quoting import fingerprint, key_spans, match_key
from casekit.fold.tape import Folded, Tape, tape_of
from casekit.fold.vocabulary import spell_zhe, vocabulary_edits
from casekit.types import Span

__all__ = [
    "Folded",
    "detect_script",
    "fingerprint",
    "fold_spans",
    "fold_text",
    "key_spans",
    "match_key",
    "to_simplified",
    "to_traditional",
]


def fold_text(text: str, *, vocabulary: bool = True) -> str:
    """The text in the one form that search compares.

    Args:
        text: Any text, in either script.
        vocabulary: Whether Taiwan words become mainland ones (网路 → 网络). Words that are ordinary in both but differ in
            meaning or flavour (品质, 执行, 文件) stay.

    Examples:
        >>> fold_text("會員數位化,Ｍｅｃｏ果汁茶")
        '会员数字化,meco果汁茶'
        >>> fold_text("網際網路")
        '互联网'
    """
    return _fold_short(text, vocabulary) if len(text) <= _SHORT else _fold_text(text, vocabulary)


_SHORT = 64  # characters: queries and names, of which each is folded time and again


def _fold_text(text: str, vocabulary: bool) -> str:
    tape = Tape(text)
    _fold(tape, vocabulary)
    return tape.text


_fold_short = lru_cache(maxsize=8192)(_fold_text)


def fold_spans(text: str, kept: Sequence[Span] | None = None, *, vocabulary: bool = True) -> Folded:
    """The kept characters folded, with an origin in `text` for every character.

    Kept characters are joined across gaps, so that what was injected into a word (聯(lián)商) does not part it. Where a gap
    holds a line break a "\\n" stays between, where it is only white space a " ".

    Args:
        text: The source's stored text.
        kept: Sorted, disjoint ranges; all of the text where None.
        vocabulary: As in `fold_text`.

    Examples:
        >>> folded = fold_spans("網際網路與會員")
        >>> folded.text
        '互联网与会员'
        >>> folded.span(0, 3)  # 互联网 stands at the first four characters
        Span(start=0, end=4)
    """
    return _fold_spans(text, None if kept is None else tuple(kept), vocabulary)


@lru_cache(maxsize=4)  # the stages of a build fold the same body one after the other
def _fold_spans(text: str, kept: tuple[Span, ...] | None, vocabulary: bool) -> Folded:
    tape = tape_of(text, kept)
    _fold(tape, vocabulary)
    return tape.folded()


def _fold(tape: Tape, vocabulary: bool) -> None:
    fold_width(tape)
    for _ in range(4):  # a converted word may complete another phrase; two rounds settle all text seen
        before = tape.text
        tape.replace(spell_zhe(simplify(tape.text)))
        if vocabulary:
            tape.edit(vocabulary_edits(tape.text))
        if tape.text == before:
            break
