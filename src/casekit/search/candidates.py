"""The passages that a query is weighed among: the best by their words, and the nearest in meaning.

All of it is done on arrays of rows of the word index: no passage is read.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from casekit.index import Generation
from casekit.lexical import Chosen, idf
from casekit.search.fusion import MEANING_WEIGHT, fuse_scores
from casekit.types import Floats1d

__all__ = ["Candidate", "Candidates", "Elsewhere", "Finder"]

# Times as many by their words alone as are wanted: what a passage is credited for naming things comes after.
_LOOK_FURTHER: Final = 2
# Hidden passages (retellings whose original answers) are at most about as many as the others where each article has a digest
# and a case study; nine times as many candidates find the others even where nine tenths are hidden.
_LOOK_PAST: Final = 9
# Weight of a named thing as a term of its own; flat from 1 to 3 on the labelled questions, no effect on CMRC and DRCD.
_ENTITY_WEIGHT: Final = 2.0
_MOST_KNOWN: Final = 1024

_Rows = npt.NDArray[np.int64]
_Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage by its id, with its scores."""

    pid: int
    words: float
    meaning: float
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows of the word index with their BM25 and their cosines; `possible` is what a passage could score at most."""

    rows: _Rows
    words: _Scores
    meaning: Floats1d
    possible: float
    by_meaning: bool
    generation: Generation

    def only(self, keep: npt.NDArray[np.bool_]) -> Candidates:
        """Some of them; bool, shape (n,)."""
        some = self.rows[keep], self.words[keep], self.meaning[keep]
        return Candidates(*some, self.possible, self.by_meaning, self.generation)

    def pids(self) -> list[int]:
        """Their ids, in their order."""
        return [int(pid) for pid in self.generation.lexical.pids[self.rows]]

    def ranked(self, limit: int) -> list[Candidate]:
        """The best, best first."""
        weight = MEANING_WEIGHT if self.by_meaning else 0.0
        fused = fuse_scores(self.words.astype(np.float32), self.meaning, weight=weight, possible=self.possible)
        order = _best_first(fused, self.rows, limit, self.generation)
        columns = (self.generation.lexical.pids[self.rows], self.words, self.meaning, fused)
        return [Candidate(*one) for one in zip(*(column[order].tolist() for column in columns), strict=True)]


class Elsewhere(Protocol):
    """A copy of the index that is asked for the nearest passages, and those that hold words, in place of its own files."""

    def nearest(self, script: str, vector: Floats1d, k: int, allowed: _Rows | None) -> tuple[_Rows, Floats1d]:
        """Ids of the k passages of a script nearest in meaning, among `allowed`, and their cosines."""

    def holding(self, weights: Mapping[str, float], k: int, allowed: _Rows | None) -> _Rows | None:
        """Ids of k passages that are best by weighted terms; None where it knows no words, and then its own index is asked."""


class Finder:
    """Finds candidates in one generation of an index, or in a copy of it elsewhere; threads may share it."""

    def __init__(self, generation: Generation, elsewhere: Elsewhere | None = None) -> None:
        self._generation = generation
        self._elsewhere = elsewhere
        self._gate = threading.Lock()
        self._chosen: dict[frozenset[int], Chosen] = {}
        self._naming: dict[str, _Rows] = {}
        self._of_script: dict[str, _Rows] = {}

    def without(self, hidden: frozenset[int]) -> Chosen:
        """The passages without hidden ones, counted; remembered, since these are one set a build, or none."""
        chosen = self._chosen.get(hidden)
        if chosen is None:
            chosen = self._generation.lexical.without(hidden)
            with self._gate:
                self._chosen[hidden] = chosen
        return chosen

    def find(
        self,
        weights: Mapping[str, float],
        vectors: Mapping[str, Floats1d],
        *,
        limit: int,
        entities: Sequence[str] = (),
        telling: Sequence[str] = (),
        allowed: Collection[int] | None = None,
        hidden: frozenset[int] = frozenset(),
    ) -> Candidates:
        """The candidates of a query.

        Args:
            weights: Its terms.
            vectors: Its vector in each script that passages are embedded in.
            limit: How many of each kind.
            entities: Ids of what it names.
            telling: Those of its terms that tell what it is about.
            allowed: Ids of the passages to choose from; None for all.
            hidden: Ids of passages to leave out.
        """
        counted = self.without(hidden)
        lexical = self._generation.lexical
        mask = counted.mask
        if allowed is not None:
            wanted = lexical.mask_of(allowed)
            mask = wanted if mask is None else wanted & mask
        near, cosines = self._nearest(vectors, limit, mask if allowed is not None else None, hidden)
        frequencies = counted.frequencies(weights)
        if self._elsewhere is not None:
            worth = {term: weights[term] * idf(counted.n, n) for term, n in frequencies.items()}
            mask = self._held_elsewhere(
                self._elsewhere, worth, _LOOK_FURTHER * limit, mask, allowed is not None, hidden
            )
        rows, words = counted.best(weights, _LOOK_FURTHER * limit, also=near, among=mask)
        for entity in entities:
            # a thing that the query names is one more term, whatever a passage calls it
            naming = self._rows_naming(entity)
            if counted.mask is not None:
                naming = naming[counted.mask[naming]]
            words[np.isin(rows, naming, assume_unique=True)] += _ENTITY_WEIGHT * idf(counted.n, len(naming))
        keep = _within(rows, near)
        keep[_best_first(words, rows, limit, self._generation)] = True
        rows, words = rows[keep], words[keep]
        possible = sum(weights[term] * idf(counted.n, frequencies.get(term, 0)) for term in telling)
        meaning = self._cosines(rows, near, cosines, vectors)
        return Candidates(rows, words, meaning, possible, bool(vectors), self._generation)

    def _held_elsewhere(
        self,
        elsewhere: Elsewhere,
        worth: Mapping[str, float],
        limit: int,
        mask: npt.NDArray[np.bool_] | None,
        narrowed: bool,
        hidden: frozenset[int],
    ) -> npt.NDArray[np.bool_] | None:
        """Which rows a copy finds by their words, of those of a mask; the mask itself where it knows no words."""
        lexical = self._generation.lexical
        among = lexical.pids[mask] if narrowed and mask is not None else None
        spare = 0 if narrowed else min(len(hidden), _LOOK_PAST * limit)
        found = elsewhere.holding(worth, limit + spare, among)
        if found is None:
            return mask
        held = lexical.mask_of(found.tolist())
        return held if mask is None else held & mask

    def _rows_naming(self, entity: str) -> _Rows:
        known = self._naming.get(entity)
        if known is None:
            found = self._generation.lexical.rows_of(self._generation.records.pids_naming(entity))
            with self._gate:
                if len(self._naming) >= _MOST_KNOWN:
                    self._naming.clear()
                known = self._naming[entity] = np.sort(found)
        return known

    def _nearest(
        self,
        vectors: Mapping[str, Floats1d],
        limit: int,
        mask: npt.NDArray[np.bool_] | None,
        hidden: frozenset[int],
    ) -> tuple[_Rows, Floats1d]:
        """The rows of the passages nearest to a query in each script, rising, and their cosines."""
        lexical = self._generation.lexical
        among = None if mask is None else lexical.pids[mask]
        # hidden passages take places among the best: look as much further, within reason
        spare = min(len(hidden), _LOOK_PAST * limit) if mask is None else 0
        rows, cosines = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for script, vector in vectors.items():
            pids, scores = self._closest(script, vector, limit + spare, among)
            if hidden:
                shown = np.array([pid not in hidden for pid in pids.tolist()], dtype=bool)
                pids, scores = pids[shown], scores[shown]
            rows.append(lexical.rows_of(pids[:limit]))
            cosines.append(scores[:limit])
        together = np.concatenate(rows)
        order = np.argsort(together)
        return together[order], np.concatenate(cosines)[order]

    def _closest(self, script: str, vector: Floats1d, k: int, among: _Rows | None) -> tuple[_Rows, Floats1d]:
        """Ids of the passages of a script nearest to a vector, and their cosines."""
        if self._elsewhere is not None:
            return self._elsewhere.nearest(script, vector, k, among)
        scores, ids = self._generation.vectors(script).search(vector[np.newaxis, :], k, allowed=among)
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def _cosines(self, rows: _Rows, near: _Rows, known: Floats1d, vectors: Mapping[str, Floats1d]) -> Floats1d:
        """The cosines of rows; those of candidates that only the words found are computed, not taken for zero."""
        cosines = np.zeros(len(rows), np.float32)
        cosines[_within(rows, near)] = known[_within(near, rows)]
        pids = self._generation.lexical.pids[rows]
        missing = ~_within(rows, near)
        for script, vector in vectors.items():
            own = missing & _within(pids, self._ids_of(script))
            if own.any():
                cosines[own] = self._generation.vectors(script).reconstruct(pids[own]) @ vector
                missing &= ~own
        if self._generation.manifest.following:
            cosines[missing] = np.nan  # found by their words, until their vectors are made
        return cosines

    def _ids_of(self, script: str) -> _Rows:
        """The ids of the passages in a script, rising."""
        if script not in self._of_script:
            self._of_script[script] = self._generation.vectors(script).ids()
        return self._of_script[script]


def _within(wanted: _Rows, rising: _Rows) -> npt.NDArray[np.bool_]:
    """Which of some numbers stand in a rising array."""
    if not len(rising):
        return np.zeros(len(wanted), dtype=bool)
    return np.asarray(rising[np.searchsorted(rising, wanted).clip(max=len(rising) - 1)] == wanted)


def _best_first(scores: npt.NDArray[np.floating], rows: _Rows, limit: int, generation: Generation) -> _Rows:
    """The places of the best, best first; equals in the order of their addresses, in whatever steps the index grew."""
    rounded = np.round(scores.astype(np.float64), 6)
    order = np.argsort(-rounded, kind="stable")
    tied = np.flatnonzero(np.diff(rounded[order]) == 0)
    for first, last in _stretches(tied[tied < limit]):
        end = last + 1
        while end < len(order) and rounded[order[end]] == rounded[order[first]]:
            end += 1
        order[first:end] = sorted(order[first:end], key=lambda i: generation.lexical.place(int(rows[i])))
    return np.asarray(order[:limit], dtype=np.int64)


def _stretches(places: npt.NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Ranges [first, last + 1] of neighbours that are alike, from places that are like the next."""
    if len(places):
        for run in np.split(places, np.flatnonzero(np.diff(places) != 1) + 1):
            yield int(run[0]), int(run[-1])
