"""How much is tried: `make test` tries a seeded sample of what is many times the same, `make test-all` (CASEKIT_TESTS=all) all of it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from itertools import product
from typing import Any, Final, TypeVar

__all__ = ["EVERYTHING", "few", "pairs", "sampled"]

EVERYTHING: Final = os.environ.get("CASEKIT_TESTS") == "all"

T = TypeVar("T")


def few(usual: T, whole: T) -> T:
    """The first where a sample is tried, the second where all is."""
    return whole if EVERYTHING else usual


def sampled(cases: Iterable[T], number: int, *, always: Iterable[T] = (), seed: int = 17) -> list[T]:
    """So many of the cases, in their order, the same at every run; among them those that are `always` tried."""
    every = list(cases)
    kept = [place for place, case in enumerate(every) if case in set(always)]
    rest = [place for place in range(len(every)) if place not in kept]
    if EVERYTHING or number >= len(every):
        return every
    chosen = random.Random(seed).sample(rest, max(number - len(kept), 0))
    return [every[place] for place in sorted([*kept, *chosen])]


def pairs(ones: Iterable[Any], others: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Two of a kind in all their pairings; sampled so that each of either stands in one at least."""
    ones, others = list(ones), list(others)
    if EVERYTHING:
        return list(product(ones, others))
    shorter, longer = sorted((ones, others), key=len)
    found = [(shorter[n % len(shorter)], one) for n, one in enumerate(longer)]
    return found if shorter is ones else [(one, other) for other, one in found]
