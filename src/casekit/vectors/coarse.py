"""Rows in half a byte a number, for proposing which are worth comparing: an eighth of the memory to go through.

Each number of a row is one of sixteen levels around the middle of its column, in steps of how far the column spreads: those
that lose least of what is spread as most things are. FAISS goes through them with tables of a query's sixteen products a
column, four to eight times as fast as through the rows.

References:
    Max, "Quantizing for minimum distortion", IRE Transactions on Information Theory 6, 1960, table I (16 levels).
    André et al., "Cache locality is not enough", PVLDB 9(4), 2015 (the tables).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from casekit.types import Floats1d, Floats2d
from casekit.vectors.library import load_faiss

__all__ = ["Coarse", "Levels", "codes_of", "levels_of", "width_of"]

_HALF: Final = (0.1284, 0.3881, 0.6568, 0.9424, 1.2562, 1.6181, 2.0691, 2.7326)
_STEPS: Final = np.array([*(-one for one in reversed(_HALF)), *_HALF], np.float32)
_BITS: Final = 4
# A number's level is looked up in a table of 64ths of its column's spread, four spreads to either side.
_FINE: Final = 64
_NEAREST: Final = np.searchsorted(
    (_STEPS[1:] + _STEPS[:-1]) / 2, (np.arange(8 * _FINE) - 4 * _FINE + 0.5) / _FINE
).astype(np.uint8)
_AT_ONCE: Final = 4096  # rows whose numbers are held a second time while they are coded
_MOST: Final = 4  # with a filter: times as many proposals as a block may be asked for, at most, before all is compared


@dataclass(frozen=True, slots=True)
class Levels:
    """What the codes say: the middle of each column and how far it spreads; float32, shape (dim,)."""

    middle: Floats1d
    spread: Floats1d


def width_of(dim: int) -> int:
    """The bytes of a row's code."""
    return -(-dim // 2)


def levels_of(parts: Sequence[Floats2d]) -> Levels:
    """The levels of rows that lie in parts."""
    n = sum(map(len, parts))
    middle = sum(part.sum(axis=0, dtype=np.float64) for part in parts) / n
    squares = sum(np.einsum("ij,ij->j", part, part, dtype=np.float64) for part in parts) / n
    spread = np.sqrt(np.maximum(squares - middle**2, 0.0))
    spread[spread < 1e-6] = 1.0  # a column that is the same everywhere
    return Levels(np.asarray(middle, np.float32), np.asarray(spread, np.float32))


def codes_of(rows: Floats2d, levels: Levels) -> npt.NDArray[np.uint8]:
    """The codes of rows, shape (n, `width_of(dim)`): the first of two numbers in the lower half of a byte."""
    n, dim = rows.shape
    codes = np.zeros((n, width_of(dim)), np.uint8)
    for start in range(0, n, _AT_ONCE):
        places = (rows[start : start + _AT_ONCE] - levels.middle) * (_FINE / levels.spread)
        places += 4 * _FINE
        level = _NEAREST[np.clip(places, 0, 8 * _FINE - 1).astype(np.uint16)]
        some = codes[start : start + _AT_ONCE]
        some[:] = level[:, 0::2]
        some[:, : dim // 2] |= level[:, 1::2] << _BITS
    return codes


class Coarse:
    """Coded rows; FAISS gets them at the first question. Threads may share it."""

    def __init__(self, levels: Levels, codes: npt.NDArray[np.uint8]) -> None:
        self._levels = levels
        self._codes = codes
        self._index: Any = None
        self._first_use = threading.Lock()

    def proposed(self, query: Floats1d, n: int, mask: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.int64] | None:
        """The numbers of about `n` rows that are likely nearest, rising; all of `mask`, where there is one.

        None where the rows of `mask` are so far from the query that comparing all is less work.
        """
        index = self._opened()
        total, asked = int(index.ntotal), n
        while True:
            found = index.search(query[np.newaxis, :], min(asked, total))[1][0]
            near = found[found >= 0]
            if mask is not None:
                near = near[mask[near]]
            if len(near) >= n or mask is None or asked >= total:
                return np.sort(near)
            if asked >= total // _MOST:
                return None
            asked *= 4

    def _opened(self) -> Any:
        faiss = load_faiss()

        with self._first_use:
            if self._index is None:
                middle, spread = self._levels.middle, self._levels.spread
                dim = len(middle)
                plain = faiss.IndexPQ(dim, dim, _BITS, faiss.METRIC_INNER_PRODUCT)
                levels = middle[:, np.newaxis] + spread[:, np.newaxis] * _STEPS
                faiss.copy_array_to_vector(np.ascontiguousarray(levels, np.float32).ravel(), plain.pq.centroids)
                faiss.copy_array_to_vector(self._codes, plain.codes)
                plain.ntotal = len(self._codes) // width_of(dim)
                plain.is_trained = True
                self._index = faiss.IndexPQFastScan(plain)
            return self._index
