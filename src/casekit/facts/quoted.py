"""Firms and brands that no list knows and the text puts in quotation marks: 护肤品牌“渔歌子”, 甲旗下的“快手刀”剃须刀, “老灶王”为何…."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.naming import UNLISTED, Named
from casekit.segment.dictionary import name_likeness, parts_of_speech, split_words, weights

__all__ = ["quoted_names"]

_QUOTED: Final = re.compile(r"\"(?P<name>[一-鿿]{2,7}|[a-z][a-z&'.-]{1,15})\"(?![,。;:!?、)]?$)")
_KIND: Final = CuePattern(
    r"(?:%{clause-words/kinds}|%{clause-words/parts}|%{trades/end}|%{trades/more}|%{trades/brand})的?$"
)
_REACH: Final = 8  # characters before a name in which the word for its kind stands
_NAMES: Final = frozenset(("n", "nr", "nrt", "nrfg", "nz", "ns", "nt", "x", ""))
_LEAST: Final = 3  # characters of a name that nothing but its characters tells; two are as often a new word (国潮)
_LIKELY: Final = -1.5  # see `name_likeness`


def quoted_names(text: str, names: Sequence[Named], shown: Callable[[int, int], str]) -> list[Named]:
    """The places of names in quotation marks that no list knows, as brands, by place.

    A name stands behind the word for what it is (品牌, 旗下), or is made of characters that make no words. “国潮”品牌 is a kind.

    Args:
        text: Folded text.
        names: The names that are known, sorted.
        shown: The original characters of a range of `text`.
    """
    out: list[Named] = []
    for m in _QUOTED.finditer(text):
        start, end = m.span("name")
        if any(n.start < end and start < n.end and not (start <= n.start and n.end <= end) for n in names):
            continue
        if any(n.start == start and n.end == end for n in names):
            continue
        within = any(start <= n.start and n.end <= end for n in names)
        called = _KIND.search(text, max(0, m.start() - _REACH), m.start()) is not None
        if (called and _is_name(m["name"])) or (not within and _is_coined(m["name"])):
            out.append(Named(start, end, "brand", UNLISTED + m["name"], shown(start, end)))
    return out


def _is_name(word: str) -> bool:
    return parts_of_speech().get(word, "") in _NAMES


def _is_coined(word: str) -> bool:
    """Whether characters make no word, or none that anybody uses: 老灶王, 沐野."""
    if word.isascii() or word in weights() or len(word) < _LEAST:
        return False
    return name_likeness(word) > _LIKELY and all(len(piece) == 1 for piece in split_words(word, {}))
