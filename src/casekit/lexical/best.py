"""The best rows by BM25 without adding up every row: exactly those that adding up every row finds.

Terms are added up from the rarest on. Once all the terms that are left could not lift a row of nothing among the best, only
the rows that are high enough by then are looked at further. Most entries belong to a few common characters, which then cost
a look at some hundred places each instead of at tens of thousands.

References:
    Turtle & Flood, "Query evaluation: strategies and optimizations", Information Processing & Management 31(6), 1995 (MaxScore).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Counts", "Listed", "Rows", "Scores", "Weighed", "add_up", "best_rows"]

Rows: TypeAlias = npt.NDArray[np.int64]
Scores: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Unsigned: TypeAlias = npt.NDArray[Any]

_ALIKE: Final = 1e-6  # scores that differ by less are the same
_TIED: Final = 4  # at most so many times as many rows as were wanted, where the last of them are alike
_SAMPLED: Final = 16  # of so many scores one, to guess where the best begin
_COMMON: Final = 32  # a term in more than one of so many rows is looked up in an array of its own
_RARE: Final = 16  # terms in fewer than one of so many rows are added up in one step
_FEW: Final = 32_768  # rows that are all added up: that takes less time than asking which need not be
_SURE: Final = (
    1.5  # times as much as may still be added have the best, before it is asked whether the others can be left
)
_KEPT_BYTES: Final = 64_000_000  # of arrays of common terms


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries of one term in one block: its rows, rising, and how often it stands in each.

    `base` and `end` are the rows of the index in which the block begins and ends.
    """

    base: int
    end: int
    entries: Unsigned
    counts: Unsigned


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term of a query: what it weighs with its rarity, where it stands, and how often in a row at most."""

    term: str
    worth: float
    lists: tuple[Listed, ...]
    size: int
    often: int

    def most(self, least_norm: float) -> float:
        """What it can add to a row at most."""
        return self.worth * self.often / (self.often + least_norm)


class Counts:
    """How often common terms stand in each row, as plain arrays: made when first asked for, those used last are kept."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._kept: OrderedDict[str, Unsigned] = OrderedDict()
        self._most = _KEPT_BYTES // max(rows, 1)
        self._gate = threading.Lock()

    def at(self, term: Weighed, rows: Rows) -> Scores:
        """How often a term stands in some rows, which rise."""
        if self._most and term.size * _COMMON > self._rows:
            return self._array(term)[rows].astype(np.float64)
        found = np.zeros(len(rows))
        for one in term.lists:
            first, last = np.searchsorted(rows, (one.base, one.end))
            wanted = rows[first:last] - one.base
            places = np.searchsorted(one.entries, wanted.astype(one.entries.dtype)).clip(max=len(one.entries) - 1)
            found[first:last] = np.where(one.entries[places] == wanted, one.counts[places], 0)
        return found

    def _array(self, term: Weighed) -> Unsigned:
        with self._gate:
            known = self._kept.get(term.term)
            if known is not None:
                self._kept.move_to_end(term.term)
                return known
        made = np.zeros(self._rows, dtype=np.result_type(*(one.counts.dtype for one in term.lists)))
        for one in term.lists:
            made[one.base : one.end][one.entries] = one.counts
        with self._gate:
            self._kept[term.term] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


def add_up(found: Scores, norms: Scores, term: Weighed) -> None:
    """Add what a term says to the scores of all rows."""
    for one in term.lists:
        rows = one.entries.astype(np.intp)
        found[one.base : one.end][rows] += _shares(one.counts, norms[one.base : one.end].take(rows), term.worth)


def _added_up(terms: Sequence[Weighed], norms: Scores) -> Scores:
    """The scores of all rows for some rare terms: as `add_up` one after the other, in one step."""
    lists = [(one, term.worth) for term in terms for one in term.lists]
    if not lists:
        return np.zeros(len(norms))
    sizes = [len(one.entries) for one, _ in lists]
    rows = np.concatenate([one.entries for one, _ in lists]).astype(np.intp)
    rows += np.repeat([one.base for one, _ in lists], sizes)
    shares = _shares(
        np.concatenate([one.counts for one, _ in lists]), norms.take(rows), np.repeat([w for _, w in lists], sizes)
    )
    return np.asarray(np.bincount(rows, weights=shares, minlength=len(norms)), dtype=np.float64)


def _shares(counts: Unsigned, norms: Scores, worth: float | Scores) -> Scores:
    """What entries add; `norms` is used up."""
    counted = counts.astype(np.float64)
    norms += counted
    np.divide(counted, norms, out=norms)
    norms *= worth
    return norms


def best_rows(
    terms: Sequence[Weighed],
    norms: Scores,
    limit: int,
    *,
    least_norm: float,
    counts: Counts,
    also: Rows,
    among: Mask | None = None,
    chosen: Mask | None = None,
) -> tuple[Rows, Scores]:
    """The rows with the largest scores above 0, those as good as the last of them, and some others; rising, with their scores.

    Args:
        terms: From the rarest on.
        norms: The part of BM25's denominator that a row's length makes, float64, shape (rows,).
        limit: How many rows.
        least_norm: The least of `norms`.
        counts: Of the same index.
        also: Rows, rising, whose scores are wanted whatever they are.
        among: The rows that may be among the best; None for all.
        chosen: The rows that score at all; None for all.
    """
    found, least, at = _high_enough(terms, norms, limit, least_norm, among)
    high = found >= least
    high[also] = True
    rows = np.flatnonzero(high)
    scores = found[rows]
    if at < len(terms):
        own = norms[rows]
        for term in terms[at:]:
            scores += _shares(counts.at(term, rows), own.copy(), term.worth)
    if chosen is not None:
        scores[~chosen[rows]] = 0.0
    keep = np.zeros(len(rows), dtype=bool)
    keep[_largest(scores if among is None else np.where(among[rows], scores, 0.0), limit)] = True
    keep[np.searchsorted(rows, also)] = True
    return rows[keep], scores[keep]


def _high_enough(
    terms: Sequence[Weighed], norms: Scores, limit: int, least_norm: float, among: Mask | None
) -> tuple[Scores, float, int]:
    """Scores of all rows for the first terms, what the best have of them at least, and how many terms these are."""
    n = len(norms)
    rare = next((i for i, term in enumerate(terms) if term.size * _RARE > n), len(terms))
    found = _added_up(terms[:rare], norms)
    most = [term.most(least_norm) for term in terms]
    lift, whole = sum(most[rare:]), sum(most)
    left = sum(term.size for term in terms[rare:])
    reached = whole - lift  # what the best have at most
    for at in range(rare, len(terms)):
        if n > _FEW and left > n and reached > _SURE * lift:
            reached = _least_of(found if among is None else found[among], limit)
            least = reached - lift - 2 * _ALIKE
            if least > 0 and np.count_nonzero(found >= least) * (len(terms) - at) < left // 4:
                return found, least, at
        add_up(found, norms, terms[at])
        left -= terms[at].size
        lift -= most[at]
        reached += most[at]
    least = _least_of(found if among is None else found[among], limit) - 2 * _ALIKE
    return found, max(least, float(np.nextafter(0, 1))), len(terms)


def _least_of(scores: Scores, limit: int) -> float:
    """The smallest of the largest scores; 0 where not so many are above 0."""
    if len(scores) > _SAMPLED * limit:
        # a guess that leaves some more than are wanted, so that few need to be put in order
        wanted = 2 * limit // _SAMPLED + _SAMPLED
        high = scores[scores > _kth(scores[::_SAMPLED], wanted)]
        if len(high) >= limit:
            return _kth(high, limit)
    return _kth(scores, limit)


def _kth(scores: Scores, k: int) -> float:
    """The k-th largest of the scores above 0, or 0; what is equal (0, mostly) would make putting them in order slow."""
    some = scores[scores > 0]
    return float(np.partition(some, len(some) - k)[len(some) - k]) if len(some) >= k else 0.0


def _largest(scores: Scores, limit: int) -> Rows:
    """The places of the largest scores above 0, and of those that are as good as the last of them."""
    rows = np.flatnonzero((scores >= _least_of(scores, limit) - _ALIKE) & (scores > 0))
    return rows[np.argsort(-scores[rows], kind="stable")][: _TIED * limit]
