"""Occurrences that are words: a string may stand across the border of two words, and then it is an accident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from casekit.segment.coded import BodyWords
    from casekit.workbench.held import Built
    from casekit.workbench.knowledge.finding import Occurrence

__all__ = ["as_words"]


def as_words(built: Built, found: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Those that stand as words, or as the head or the tail of one: 导购 in 导购员, not in 引导购买.

    All of them where the index has no words yet.
    """
    kept = built.generation.words
    bodies: dict[str, BodyWords | None] = {}
    for one in found:
        if kept is not None and one.source not in bodies:
            bodies[one.source] = kept.words(one.source)
        words = bodies.get(one.source)
        if words is None or _stands(words, one.start, one.end):
            yield one


def _stands(words: BodyWords, start: int, end: int) -> bool:
    """Whether a range begins and ends at borders, or lies in one word at its beginning or end."""
    first = int(np.searchsorted(words.ends, start, side="right"))
    last = int(np.searchsorted(words.starts, end, side="left")) - 1
    if first > last:
        return True  # nothing but signs
    begins, ends = int(words.starts[first]) >= start, int(words.ends[last]) <= end
    return (begins and ends) or (first == last and (begins or ends))
