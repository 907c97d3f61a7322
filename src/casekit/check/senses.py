"""What a figure is of, in other words: words that say the same, and kinds of things that exclude each other.

Both only help to see what a draft means. Neither ever confirms a figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from casekit.check.statements import Statement
from casekit.cues import Cues, current_cues, from_cues

__all__ = ["contrast", "counted", "excludes", "kinds_apart", "widened"]

_NEAR: Final = 3  # letters between a figure and what it counts: 390万付费粉丝


def _read_senses(cues: Cues) -> tuple[frozenset[str], ...]:
    groups: dict[str, set[str]] = {}
    for word, *others in cues.rows("same-sense"):
        for other in others:
            groups.setdefault(other, {other}).add(word)
    return tuple(frozenset(group) for group in groups.values())


def _read_kinds(cues: Cues) -> tuple[re.Pattern[str], Mapping[str, frozenset[str]]]:
    kinds: dict[str, set[str]] = {}
    for section in cues.sections("measured-kinds"):
        for word in cues.words(f"measured-kinds/{section}"):
            kinds.setdefault(word, set()).add(section)
    words = "|".join(re.escape(word) for word in sorted(kinds, key=lambda w: (-len(w), w)))
    return re.compile(words), {word: frozenset(found) for word, found in kinds.items()}


def _read_contrasts(cues: Cues) -> tuple[re.Pattern[str], Mapping[str, tuple[tuple[str, str], ...]]]:
    sides = {word: tuple(zip(values[::2], values[1::2], strict=True)) for word, *values in cues.rows("contrasts")}
    words = "|".join(_bordered(word) for word in sorted(sides, key=lambda w: (-len(w), w)))
    return re.compile(words), sides


def _bordered(word: str) -> str:
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)


_senses: Final = from_cues(_read_senses)
_kinds: Final = from_cues(_read_kinds)
_contrasts: Final = from_cues(_read_contrasts)


def widened(sentence: str) -> str:
    """The letters of a sentence, and behind them the words that say the same as some of its own."""
    return _widened(sentence, current_cues())


@lru_cache(maxsize=16384)
def _widened(sentence: str, cues: Cues) -> str:
    del cues  # other cues have other senses
    more = {
        word for group in _senses() if any(one in sentence for one in group) for word in group if word not in sentence
    }
    return " ".join((sentence, *sorted(more)))


def counted(statement: Statement) -> frozenset[str]:
    """The kinds of thing that a figure may count or measure, by the word right behind it or the last before; empty for unknown."""
    _, kinds = _kinds()
    return kinds.get(_counted_word(statement), frozenset())


def _counted_word(statement: Statement) -> str:
    pattern, _ = _kinds()
    behind = pattern.search(statement.tail)
    if behind is not None and behind.start() <= _NEAR and statement.fact.unit != "%":
        return behind[0]
    before = [m[0] for m in pattern.finditer(statement.lead)]
    return before[-1] if before else ""


def excludes(mine: Statement, other: Statement) -> bool:
    """Whether a draft's figure counts another kind of thing than the source's, of which the source's clause does not speak."""
    return kinds_apart(mine, other) is not None


def kinds_apart(mine: Statement, other: Statement) -> tuple[str, str] | None:
    """The words for two kinds of thing that exclude each other, the draft's and the source's; None where they may be one."""
    ours, theirs = counted(mine), counted(other)
    if not ours or not theirs or ours & theirs:
        return None
    pattern, kinds = _kinds()
    behind = pattern.match(mine.tail.lstrip().removeprefix("的"))
    if behind is not None and theirs & kinds[behind[0]]:
        return None  # 店员能提升30%的成交率: the source's own kind stands behind the draft's figure
    spoken_of = (kinds[m[0]] for m in pattern.finditer(other.lean + " " + other.lead + " " + other.tail))
    return None if any(ours & one for one in spoken_of) else (_counted_word(mine), _counted_word(other))


def contrast(mine: str, theirs: str) -> tuple[str, str, str] | None:
    """A word of the draft's clause, one of the source's that excludes it (注册, 活跃), and what both are of; None for none.

    Args:
        mine: The draft's clause, folded.
        theirs: The source's, folded.
    """
    pattern, sides = _contrasts()
    ours, other = ({side: m[0] for m in pattern.finditer(text) for side in sides[m[0]]} for text in (mine, theirs))
    for (group, side), word in ours.items():
        against = [one for (name, found), one in other.items() if name == group and found != side]
        if against and (group, side) not in other and not any(n == group and s != side for n, s in ours):
            return word, against[-1], group
    return None
