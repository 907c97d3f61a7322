"""The word index: every passage scored by BM25 at once, or those that may answer.

The folder holds blocks (`casekit.lexical.blocks`) and, where passages were taken out of blocks that stayed, their ids (`gone.bin`,
int64). Whatever was put in and taken out in whatever steps, the scores are those of an index made at once: passages that
are gone count for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from casekit.lexical.best import Counts, Listed, Rows, Scores, Weighed, add_up, best_rows
from casekit.lexical.blocks import Block, Mask, damaged, read_block
from casekit.lexical.bm25 import K1, B, idf
from casekit.lexical.terms import key_of

__all__ = ["GONE_FILE", "Chosen", "LexicalIndex", "Rows", "Scores", "blocks_in", "gone_in", "number_of"]

GONE_FILE: Final = "gone.bin"
_BLOCKS: Final = "block-*.bin"
_MOST_KNOWN: Final = 20_000  # terms whose places are remembered


def blocks_in(folder: Path) -> list[Path]:
    """The files of blocks in a folder, by number."""
    return sorted(folder.glob(_BLOCKS), key=number_of)


def number_of(path: Path) -> int:
    """The number in the name of a block's file.

    Raises:
        IndexDamagedError: If it has none.
    """
    try:
        return int(path.stem.rpartition("-")[2])
    except ValueError as error:
        raise damaged(path, error) from error


def gone_in(folder: Path) -> Rows:
    """The ids of passages that stand in blocks of a folder and are gone, rising.

    Raises:
        IndexDamagedError: If they cannot be read.
    """
    path = folder / GONE_FILE
    try:
        return np.frombuffer(path.read_bytes(), dtype="<i8").astype(np.int64)
    except FileNotFoundError:
        return np.empty(0, dtype=np.int64)
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error


class LexicalIndex:
    """The words of an index's passages; rows are numbered from 0 in the order of the passages' ids.

    It never changes, so that threads may share it.

    Raises:
        IndexDamagedError: If the folder does not hold a readable index.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise damaged(folder, "no folder")
        blocks = [read_block(path) for path in blocks_in(folder)]
        self._blocks = sorted((block for block in blocks if len(block)), key=lambda block: int(block.pids[0]))
        self._bases = np.cumsum([0, *(len(block) for block in self._blocks)]).tolist()
        self.pids: Rows = _together([block.pids for block in self._blocks], np.int64)
        """The ids of all rows, rising, those gone among them."""
        self._lengths = _together([block.lengths for block in self._blocks], np.int64)
        gone = gone_in(folder)
        self._alive = np.isin(self.pids, gone, invert=True) if len(gone) else None
        if len(self.pids) > 1 and not (np.diff(self.pids) > 0).all():
            raise damaged(folder, "ids do not rise")

    def rows_of(self, pids: Iterable[int] | Rows) -> Rows:
        """The rows of passages, in their order; ids that are not there are left out."""
        wanted = pids if isinstance(pids, np.ndarray) else np.fromiter(pids, dtype=np.int64)
        if not len(self.pids):
            return wanted[:0]
        rows = np.searchsorted(self.pids, wanted).clip(max=len(self.pids) - 1)
        return np.asarray(rows[self.pids[rows] == wanted], dtype=np.int64)

    def mask_of(self, pids: Iterable[int]) -> Mask:
        """Which rows are these passages: bool, shape (rows,)."""
        mask = np.zeros(len(self.pids), dtype=bool)
        mask[self.rows_of(pids)] = True
        return mask

    def place(self, row: int) -> tuple[str, int]:
        """The source of a row, and where it begins in it."""
        number = int(np.searchsorted(self._bases, row, side="right")) - 1
        block, at = self._blocks[number], row - self._bases[number]
        return block.sources[block.owners[at]], int(block.begins[at])

    def without(self, pids: Collection[int] = ()) -> Chosen:
        """The passages without some of them."""
        mask = self._alive
        if pids:
            left = ~self.mask_of(pids)
            mask = left if mask is None else mask & left
        return Chosen(self._blocks, self._bases, self._lengths, mask)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a term stands: in how many of the passages, in how many rows all in all, how often in one at most.

    `places` are the numbers of blocks, each with the range of the entries there.
    """

    rows: int
    size: int
    often: int
    places: tuple[tuple[int, int, int], ...]


class Chosen:
    """The passages that may answer, counted: `n` of them, with so many terms each on average.

    What stands in others counts for nothing. Threads may share it.
    """

    def __init__(
        self, blocks: Sequence[Block], bases: Sequence[int], lengths: npt.NDArray[np.int64], mask: Mask | None
    ) -> None:
        self._blocks = [
            (
                block,
                base,
                None if mask is None or mask[base : base + len(block)].all() else mask[base : base + len(block)],
            )
            for block, base in zip(blocks, bases, strict=False)
        ]
        self.mask = mask
        """Which rows are chosen, None for all."""
        self.rows = len(lengths)
        self.n = int(len(lengths) if mask is None else np.count_nonzero(mask))
        total = int(lengths.sum() if mask is None else lengths[mask].sum())
        self.average = total / self.n if self.n else 0.0
        share = lengths / self.average if self.average else np.zeros(len(lengths))
        self._norms: Scores = K1 * (1 - B + B * share)
        self._least_norm = float(self._norms.min(initial=K1))
        self._counts = Counts(self.rows)
        self._known: dict[str, _Standing] = {}

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many of the passages each term stands (terms in none are left out)."""
        return {term: one.rows for term, one in self._standing(terms).items() if one.rows}

    def _standing(self, terms: Iterable[str]) -> dict[str, _Standing]:
        """Where each term stands."""
        wanted = list(dict.fromkeys(terms))
        known = self._known
        fresh = [term for term in wanted if term not in known]
        if fresh:
            if len(known) > _MOST_KNOWN:
                self._known = known = {term: known[term] for term in wanted if term in known}
            found: list[list[tuple[int, int, int]]] = [[] for _ in fresh]
            for number, (_, _, _, ranges) in enumerate(self._ranges(fresh)):
                for own, (first, last) in zip(found, ranges, strict=True):
                    if first < last:
                        own.append((number, first, last))
            known.update((term, self._counted(own)) for term, own in zip(fresh, found, strict=True))
        return {term: known[term] for term in wanted}

    def _counted(self, places: Sequence[tuple[int, int, int]]) -> _Standing:
        rows = often = size = 0
        for number, first, last in places:
            block, _, mask = self._blocks[number]
            rows += last - first if mask is None else int(np.count_nonzero(mask[block.entries[first:last]]))
            often = max(often, int(block.counts[first:last].max()))
            size += last - first
        return _Standing(rows, size, often, tuple(places))

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """BM25 of every row for weighted terms, exact; 0 where none stands, and for rows that are not chosen.

        Returns:
            float64, shape (rows,).
        """
        found = np.zeros(self.rows, dtype=np.float64)
        for term in self._weighed(weights):
            add_up(found, self._norms, term)
        if self.mask is not None:
            found[~self.mask] = 0.0
        return found

    def best(
        self, weights: Mapping[str, float], limit: int, *, also: Rows, among: Mask | None = None
    ) -> tuple[Rows, Scores]:
        """The rows with the largest `scores` above 0, those as good as the last of them, and some others.

        Args:
            weights: Weighted terms.
            limit: How many rows.
            also: Rows, rising, whose scores are wanted whatever they are.
            among: The rows that may be among the best, no other than are chosen; None for these.

        Returns:
            The rows, rising, and what `scores` says of them.
        """
        return best_rows(
            self._weighed(weights),
            self._norms,
            limit,
            least_norm=self._least_norm,
            counts=self._counts,
            also=also,
            among=self.mask if among is None else among,
            chosen=self.mask,
        )

    def _weighed(self, weights: Mapping[str, float]) -> list[Weighed]:
        """The terms that stand somewhere, from the rarest on: in an order of their own, whatever blocks they lie in."""
        standing = {term: one for term, one in self._standing(weights).items() if one.rows}
        return [
            Weighed(term, weights[term] * idf(self.n, one.rows) * (K1 + 1), self._lists(one), one.size, one.often)
            for term, one in sorted(standing.items(), key=lambda item: (item[1].rows, item[0]))
        ]

    def _lists(self, standing: _Standing) -> tuple[Listed, ...]:
        lists = []
        for number, first, last in standing.places:
            block, base, _ = self._blocks[number]
            lists.append(Listed(base, base + len(block), block.entries[first:last], block.counts[first:last]))
        return tuple(lists)

    def holding(self, terms: Iterable[str], limit: int) -> Rows:
        """At most `limit` rows that hold all of some terms, each at least once, rising; none where no term is given."""
        wanted = list(dict.fromkeys(terms))
        found: list[int] = []
        for block, base, mask, ranges in self._ranges(wanted):
            if len(found) >= limit or not wanted:
                break
            lists = sorted((block.entries[first:last] for first, last in ranges), key=len)
            rows = lists[0]
            for other in lists[1:]:
                rows = rows[np.isin(rows, other, assume_unique=True)]
            if mask is not None:
                rows = rows[mask[rows]]
            found += (rows[:limit].astype(np.int64) + base).tolist()
        return np.array(found[:limit], dtype=np.int64)

    def _ranges(self, terms: Sequence[str]) -> Iterable[tuple[Block, int, Mask | None, list[tuple[int, int]]]]:
        """Each block with the ranges of entries that terms have in it."""
        keys = np.array([key_of(term) for term in terms], dtype=np.uint64)
        for block, base, mask in self._blocks:
            if not len(block.keys):
                yield block, base, mask, [(0, 0)] * len(terms)
                continue
            at = np.searchsorted(block.keys, keys)
            there = at < len(block.keys)
            there[there] = block.keys[at[there]] == keys[there]
            at = np.where(there, at, 0)
            firsts, lasts = block.starts[at], np.where(there, block.starts[at + 1], block.starts[at])
            yield block, base, mask, list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _together(arrays: Sequence[npt.NDArray[np.generic]], kind: type) -> npt.NDArray[np.int64]:
    return np.concatenate(arrays).astype(kind) if arrays else np.empty(0, dtype=kind)
