"""Rows in blocks: files that are mapped and never changed once written, so that an index grows by what is new.

    block-000001.bin …     magic, rows and dimension (int64), ids (int64, rising), rows (float32), the same rows in half a byte
                           a number, and what these say (`casekit.vectors.coarse`)
    gone.bin               ids of rows that stand in blocks and are gone, int64
    cells.faiss            beyond `EXACT_UP_TO` rows: where the nearest are looked for (`casekit.vectors.ivf`)

Every row is compared, whatever blocks it lies in, so that the answers are those of one exact index: in a large block first by
its half bytes, an eighth of the memory to go through, and of those the nearest four times as many as are wanted exactly. Where there
are too many rows, cells propose candidates among those that they know, whose exact rows are then compared; rows that came
since are all compared.
"""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from casekit.growing import LEFT, runs_joined
from casekit.types import Floats2d, Ints2d
from casekit.vectors.coarse import Coarse, Levels, codes_of, levels_of, width_of
from casekit.vectors.files import damaged
from casekit.vectors.ivf import IvfIndex
from casekit.vectors.library import load_faiss, threads_for
from casekit.vectors.protocol import Ids, check_free, check_known, check_new, check_queries, order_ties

__all__ = ["CELLS_FILE", "BlockedDraft", "BlockedIndex"]

Mask = npt.NDArray[np.bool_]

_MAGIC: Final = b"CKROWS\x00\x03"
_BEFORE: Final = b"CKROWS\x00\x02"  # whose codes are of another kind: such rows are all compared
_HEAD: Final = len(_MAGIC) + 16
_GONE: Final = "gone.bin"
CELLS_FILE: Final = "cells.faiss"
# Up to so many rows all are gone through, by their half bytes: 10 ms on one core (1.6 ms for 65,536). Cells take a minute to make
# when an index first has more, and find fewer of the nearest.
EXACT_UP_TO: Final = 400_000
MOST_ROWS: Final = 65_536  # a block: 100 MB of 384 dimensions
_STALE: Final = 0.2  # share of rows that cells do not know, above which they are made anew
_PROPOSED: Final = 4  # times as many candidates as rows asked for: cells know one byte a number
_PLAIN: Final = 4096  # rows of a block that are compared as they are: 0.3 ms
# Candidates at least, of a block: so the ten nearest are found (recall 1.0 in tests/unit/test_vectors_blocks.py, where rows are
# of two kinds; of the hundred nearest .98 there, all where rows are of one kind, as vectors of texts are).
_AT_LEAST: Final = 400
_FEW: Final = 20_000  # allowed rows that are compared one by one, gathered


@dataclass(frozen=True, slots=True)
class _Block:
    ids: Ids
    rows: Floats2d
    coarse: Coarse | None = None


def _read(path: Path) -> _Block:
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic = data[: len(_MAGIC)]
        n, dim = np.frombuffer(data, "<i8", 2, len(_MAGIC)).tolist()
        at = _HEAD + 8 * n + 4 * n * dim
        if len(data) != at + {_MAGIC: 8 * dim + n * width_of(dim), _BEFORE: n * dim}[magic]:
            raise ValueError(path)
        ids = np.frombuffer(data, "<i8", n, _HEAD)
        rows = np.frombuffer(data, "<f4", n * dim, _HEAD + 8 * n).reshape(n, dim)
        if magic == _BEFORE:
            return _Block(ids, rows)
        levels = Levels(np.frombuffer(data, "<f4", dim, at), np.frombuffer(data, "<f4", dim, at + 4 * dim))
        codes = np.frombuffer(data, np.uint8, n * width_of(dim), at + 8 * dim)
        return _Block(ids, rows, Coarse(levels, codes))
    except (OSError, ValueError, KeyError) as error:
        raise damaged(path) from error


def _write(path: Path, ids: Ids, parts: Sequence[Floats2d]) -> None:
    """Write a block of rows that lie in parts, one after the other."""
    dim = parts[0].shape[1]
    with path.open("wb") as file:
        file.write(_MAGIC + np.array([len(ids), dim], "<i8").tobytes())
        file.write(np.ascontiguousarray(ids, "<i8").tobytes())
        for part in parts:
            file.write(np.ascontiguousarray(part, "<f4").data)
        levels = levels_of(parts)
        file.write(np.ascontiguousarray(np.stack((levels.middle, levels.spread)), "<f4").data)
        for part in parts:
            file.write(codes_of(part, levels).data)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("block-*.bin"))


def _gone(folder: Path) -> Ids:
    try:
        return np.frombuffer((folder / _GONE).read_bytes(), "<i8").astype(np.int64)
    except FileNotFoundError:
        return np.empty(0, np.int64)
    except (OSError, ValueError) as error:
        raise damaged(folder / _GONE) from error


class BlockedIndex:
    """The rows in a folder, for reading by any number of threads.

    Raises:
        IndexDamagedError: If a file is missing or not as it was written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._blocks = sorted(map(_read, _files(folder)), key=lambda block: int(block.ids[0]))
        if not self._blocks:
            raise damaged(folder)
        self._bases = np.cumsum([0, *(len(block.ids) for block in self._blocks)]).tolist()
        self._all = np.concatenate([block.ids for block in self._blocks])
        gone = _gone(folder)
        self._alive: Mask | None = np.isin(self._all, gone, invert=True) if len(gone) else None
        self._cells = IvfIndex.load(folder / CELLS_FILE) if (folder / CELLS_FILE).exists() else None
        self._known_to_cells = int(self._cells.ids()[-1]) if self._cells is not None else -1
        if len(self._all) > 1 and not (np.diff(self._all) > 0).all():
            raise damaged(folder)

    @property
    def kind(self) -> str:
        """ "blocks", or "cells" where they propose what is compared."""
        return "blocks" if self._cells is None else "cells"

    @property
    def dim(self) -> int:
        """Length of a row."""
        return int(self._blocks[0].rows.shape[1])

    def __len__(self) -> int:
        return len(self._all) if self._alive is None else int(np.count_nonzero(self._alive))

    def ids(self) -> Ids:
        """All ids, rising, int64."""
        return self._all.copy() if self._alive is None else self._all[self._alive]

    def reconstruct(self, ids: Ids) -> Floats2d:
        """See `VectorIndex.reconstruct`: exactly what was added."""
        places = np.searchsorted(self._all, check_known(ids, self._all))
        if self._alive is not None and not self._alive[places].all():
            check_known(ids, self.ids())  # tells which one is gone
        return self._rows_at(places)

    def search(self, queries: Floats2d, k: int, *, allowed: Ids | None = None) -> tuple[Floats2d, Ints2d]:
        """See `VectorIndex.search`."""
        queries = check_queries(queries, k, self.dim)
        mask = self._alive
        if allowed is not None:
            among = np.zeros(len(self._all), dtype=bool)
            places = np.searchsorted(self._all, allowed).clip(max=len(self._all) - 1)
            among[places[self._all[places] == allowed]] = True
            mask = among if mask is None else among & mask
            if np.count_nonzero(mask) <= _FEW:
                return self._among(queries, k, np.flatnonzero(mask))
        first = 0
        found = []
        if self._cells is not None:
            first = int(np.searchsorted(self._all, self._known_to_cells, side="right"))
            found += [self._proposed(queries, k, mask, first)]
        with threads_for(len(queries)):
            for block, base in zip(self._blocks, self._bases, strict=False):
                start = max(first - base, 0)
                own = None if mask is None else mask[base : base + len(block.ids)]
                if start < len(block.ids):
                    near = _near(block, queries, k, own) if start == 0 else None
                    found += [near if near is not None else _compared(block, queries, k, start, own)]
        scores = np.concatenate([one[0] for one in found], axis=1)
        ids = np.concatenate([one[1] for one in found], axis=1)
        scores, ids = order_ties(scores, ids)
        if ids.shape[1] >= k:
            return scores[:, :k], ids[:, :k]
        lacking = ((0, 0), (0, k - ids.shape[1]))
        return np.pad(scores, lacking, constant_values=-np.inf), np.pad(ids, lacking, constant_values=-1)

    def _proposed(self, queries: Floats2d, k: int, mask: Mask | None, known: int) -> tuple[Floats2d, Ints2d]:
        """The nearest of the rows that cells know, candidates compared exactly."""
        assert self._cells is not None
        among = None if mask is None else self._all[:known][mask[:known]]
        _, proposed = self._cells.search(queries, _PROPOSED * k, allowed=among)
        scores = np.full((len(queries), k), -np.inf, np.float32)
        ids = np.full((len(queries), k), -1, np.int64)
        for number, (query, candidates) in enumerate(zip(queries, proposed, strict=True)):
            places = np.searchsorted(self._all, np.sort(candidates[candidates >= 0]))
            scores[number : number + 1], ids[number : number + 1] = self._among(query[np.newaxis, :], k, places)
        return scores, ids

    def _among(self, queries: Floats2d, k: int, places: npt.NDArray[np.int64]) -> tuple[Floats2d, Ints2d]:
        """The nearest of the rows at some places, rising."""
        scores = np.full((len(queries), k), -np.inf, np.float32)
        ids = np.full((len(queries), k), -1, np.int64)
        if len(places):
            every = queries @ self._rows_at(places).T
            best = np.argsort(-every, axis=1, kind="stable")[:, :k]
            scores[:, : best.shape[1]] = np.take_along_axis(every, best, axis=1)
            ids[:, : best.shape[1]] = self._all[places][best]
        return order_ties(scores, ids)

    def _rows_at(self, places: npt.NDArray[np.int64]) -> Floats2d:
        """The rows at places, in their order."""
        out = np.empty((len(places), self.dim), np.float32)
        owners = np.searchsorted(self._bases, places, side="right") - 1
        for number in np.unique(owners).tolist():
            own = owners == number
            out[own] = self._blocks[number].rows[places[own] - self._bases[number]]
        return out


def _near(block: _Block, queries: Floats2d, k: int, mask: Mask | None) -> tuple[Floats2d, Ints2d] | None:
    """The nearest rows of a large block, of those that its half bytes propose; None where all are better compared."""
    n = max(_PROPOSED * k, _AT_LEAST)
    if block.coarse is None or len(block.ids) <= max(_PLAIN, n):
        return None
    scores = np.full((len(queries), k), -np.inf, np.float32)
    ids = np.full((len(queries), k), -1, np.int64)
    for number, query in enumerate(queries):
        near = block.coarse.proposed(query, n, mask)
        if near is None:
            return None
        exact = block.rows[near] @ query
        best = np.argsort(-exact, kind="stable")[:k]
        scores[number, : len(best)], ids[number, : len(best)] = exact[best], block.ids[near[best]]
    return scores, ids


def _compared(block: _Block, queries: Floats2d, k: int, start: int, mask: Mask | None) -> tuple[Floats2d, Ints2d]:
    """The nearest rows of a block from a place on, each compared."""
    faiss = load_faiss()

    rows = block.rows[start:]
    n = min(k, len(rows))
    scores, places = np.empty((len(queries), n), np.float32), np.empty((len(queries), n), np.int64)
    bits = None if mask is None else np.packbits(mask[start:], bitorder="little")
    selector: Any = None if bits is None else faiss.IDSelectorBitmap(len(rows), faiss.swig_ptr(bits))
    faiss.knn_inner_product(
        *(faiss.swig_ptr(queries), faiss.swig_ptr(rows), rows.shape[1], len(queries), len(rows), n),
        *(faiss.swig_ptr(scores), faiss.swig_ptr(places), selector),
    )
    ids = np.where(places < 0, -1, block.ids[start:][places])
    return scores, ids


class BlockedDraft:
    """Rows that are to become those of `folder`, from those of a folder before as they are (`link` takes its files over)."""

    def __init__(
        self, folder: Path, *, previous: Path | None = None, link: Callable[[Path, Path], object] = shutil.copyfile
    ) -> None:
        self._folder = folder
        self._ids: list[Ids] = []
        self._rows: list[Floats2d] = []
        self._gone: set[int] = set()
        folder.mkdir(parents=True, exist_ok=True)
        self._previous: BlockedIndex | None = None
        if previous is not None:
            for path in [*_files(previous), *previous.glob(CELLS_FILE)]:
                link(path, folder / path.name)
            self._gone.update(_gone(previous).tolist())
            self._previous = BlockedIndex(previous)

    def add(self, ids: Ids, rows: Floats2d) -> None:
        """Put in rows; ids must be larger than those of the folder before.

        Raises:
            SettingError: If one is taken, negative or given twice, or a row has not unit length.
        """
        ids, rows = check_new(ids, rows, int(rows.shape[-1]))
        if self._previous is not None:
            check_free(ids, self._previous.ids())
        for some in self._ids:
            check_free(ids, some)
        self._ids.append(ids)
        self._rows.append(rows)

    def holds(self, ids: Ids) -> Mask:
        """Which ids `remove` could take out; bool, shape (n,)."""
        if self._previous is not None:
            return np.isin(ids, self._previous.ids())
        return np.isin(ids, self._ids[0] if self._ids else np.empty(0, np.int64))

    def remove(self, ids: Ids) -> Floats2d:
        """Take rows out of those of the folder before, or of the first that were added, their ids rising; returns them.

        Raises:
            SettingError: If an id is not there.
        """
        if self._previous is not None:
            rows = self._previous.reconstruct(ids)
            self._gone.update(np.asarray(ids).tolist())
            return rows
        own = self._ids[0] if self._ids else np.empty(0, np.int64)
        places = np.searchsorted(own, check_known(ids, own))
        rows = self._rows[0][places] if len(places) else np.empty((0, 0), np.float32)
        if len(places):
            self._ids[0], self._rows[0] = np.delete(own, places), np.delete(self._rows[0], places, axis=0)
        return rows

    def commit(self) -> bool:
        """Write what changed; False where nothing is left, and then there is no folder either."""
        old = sorted(((path, _read(path)) for path in _files(self._folder)), key=lambda one: int(one[1].ids[0]))
        blocks = [block for _, block in old]
        number = max((int(path.stem[-6:]) for path, _ in old), default=0)
        if self._ids:
            ids, rows = np.concatenate(self._ids), np.concatenate(self._rows)
            order = np.argsort(ids)
            for start in range(0, len(ids), MOST_ROWS):
                some = order[start : start + MOST_ROWS]
                blocks.append(_Block(ids[some], rows[some]))
        gone = np.array(sorted(self._gone), np.int64)
        kept = [np.isin(block.ids, gone, invert=True) for block in blocks]
        present = []
        for first, last in runs_joined([int(keep.sum()) for keep in kept], MOST_ROWS):
            if last - first == 1 and first < len(old) and kept[first].mean() >= LEFT:
                present.append(blocks[first].ids)
                continue
            for path, _ in old[first:last]:
                path.unlink()
            left = [one for one in zip(blocks[first:last], kept[first:last], strict=True) if one[1].any()]
            if left:
                number += 1
                ids = np.concatenate([block.ids[keep] for block, keep in left])
                parts = [block.rows if keep.all() else block.rows[keep] for block, keep in left]
                _write(self._folder / f"block-{number:06d}.bin", ids, parts)
        gone = gone[np.isin(gone, np.concatenate(present))] if present and len(gone) else gone[:0]
        if len(gone):
            (self._folder / _GONE).write_bytes(gone.astype("<i8").tobytes())
        if not _files(self._folder):
            shutil.rmtree(self._folder)
            return False
        self._make_cells()
        return True

    def _make_cells(self) -> None:
        """Make the cells anew where there are too many rows that they do not know, or many that they know and are gone."""
        path = self._folder / CELLS_FILE
        index = BlockedIndex(self._folder)
        ids = index.ids()
        if len(ids) <= EXACT_UP_TO:
            path.unlink(missing_ok=True)
            return
        known = IvfIndex.load(path).ids() if path.exists() else ids[:0]
        if len(known):
            there = np.isin(known, ids, assume_unique=True)
            if len(ids) - there.sum() <= _STALE * len(ids) and there.mean() >= LEFT:
                return
            path.unlink()
        cells = IvfIndex(index.dim, expected=len(ids))
        cells.add(ids, index.reconstruct(ids))
        cells.save(path)
