"""Names that the text itself gives: in quotation marks (护肤品牌“渔歌子”, “老灶王”为何…), and short for a firm (保利 for 保利发展)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.naming import UNLISTED, Named
from casekit.segment.dictionary import name_likeness, parts_of_speech, split_words, weights

__all__ = ["quoted_names", "short_names"]

_QUOTED: Final = re.compile(r"\"(?P<name>[一-鿿]{2,7}|[a-z][a-z&'.-]{1,15})\"(?![,。;:!?、)]?$)")
_KIND: Final = CuePattern(
    r"(?:%{clause-words/kinds}|%{clause-words/parts}|%{trades/end}|%{trades/more}|%{trades/brand})的?$"
)
_REACH: Final = 8  # characters before a name in which the word for its kind stands
_NAMES: Final = frozenset(("n", "nr", "nrt", "nrfg", "nz", "ns", "nt", "x", ""))
_LEAST: Final = 3  # characters of a name that nothing but its characters tells; two are as often a new word (国潮)
_FIRMS: Final = frozenset(("company", "brand"))
_MORE: Final = 3  # times as often is the firm named as any other that begins so
_RARE: Final = -12.5  # log weight in the dictionary; what is commoner is a word of its own (东方)
_PLACES: Final = frozenset(("ns", "t", "m", "d", "p", "c", "r"))
_FAMILY: Final = frozenset("该本这那某")
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


def short_names(text: str, names: Sequence[Named]) -> list[Named]:
    """The places where a firm goes by the first two characters of its name (保利 for 保利发展), by place.

    Only where these make no common word and no place, the text has them twice or more by themselves, and hardly another firm begins so.
    """
    stems: dict[str, Counter[str]] = {}
    first: dict[str, Named] = {}
    for n in names:
        if n.type in _FIRMS and n.end - n.start > _LEAST and not text[n.start : n.end].isascii():
            stems.setdefault(text[n.start : n.start + 2], Counter())[n.entity] += 1
            first.setdefault(n.entity, n)
    out: list[Named] = []
    for stem, firms in stems.items():
        (entity, many), *others = firms.most_common(2)
        if (others and many < _MORE * others[0][1]) or text.count(stem) < _LEAST or not _goes_alone(stem):
            continue
        whole = first[entity]
        places = [m.start() for m in re.finditer(re.escape(stem), text)]
        free = [at for at in places if not _within(at, names) and not _goes_on(text, at)]
        if len(free) > 1:
            out += [Named(at, at + 2, whole.type, whole.entity, whole.name) for at in free]
    return sorted(out, key=lambda n: n.start)


def _within(at: int, names: Sequence[Named]) -> bool:
    i = bisect_right(names, at + 1, key=lambda n: n.start)
    return any(n.start < at + 2 and at < n.end for n in names[max(0, i - 3) : i])


def _goes_alone(stem: str) -> bool:
    return weights().get(stem, _RARE) <= _RARE and parts_of_speech().get(stem) not in _PLACES and stem[0] not in _FAMILY


def _goes_on(text: str, at: int) -> bool:
    """Whether the two characters are part of a longer word."""
    known = weights()
    return text[at : at + 3] in known or text[at - 1 : at + 1] in known or text[at - 1 : at + 2] in known


def _is_name(word: str) -> bool:
    return parts_of_speech().get(word, "") in _NAMES


def _is_coined(word: str) -> bool:
    """Whether characters make no word, or none that anybody uses: 老灶王, 沐野."""
    if word.isascii() or word in weights() or len(word) < _LEAST:
        return False
    return name_likeness(word) > _LIKELY and all(len(piece) == 1 for piece in split_words(word, {}))
