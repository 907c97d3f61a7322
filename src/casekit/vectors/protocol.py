"""What a vector index promises, whatever is behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Floats2d, Ints2d

__all__ = ["Ids", "VectorIndex", "check_free", "check_known", "check_new", "check_queries", "order_ties"]

Ids: TypeAlias = npt.NDArray[np.int64]

_UNIT_TOLERANCE = 1e-3  # float32 rows of unit length differ from 1 by under 1e-6; 1e-3 lets half precision pass


class VectorIndex(Protocol):
    """Nearest rows by cosine similarity, each row under an id of the caller's, not negative.

    Rows are float32 of unit length, shape (n, dim). The contract suite in tests/unit/test_vectors_contract.py holds
    for every backend; `brute.BruteIndex` is the oracle.
    """

    @property
    def dim(self) -> int:
        """Length of a row."""

    @property
    def kind(self) -> str:
        """The backend's own name, as in its files: "brute", "faiss-flat", "faiss-ivf"."""

    def __len__(self) -> int:
        """How many rows there are."""

    def ids(self) -> Ids:
        """All ids, rising, int64."""

    def add(self, ids: Ids, rows: Floats2d) -> None:
        """Put in `rows`, shape (n, dim), under `ids`, shape (n,).

        Raises:
            SettingError: If an id is taken, negative or given twice, or a row has not unit length; nothing is added.
        """

    def remove(self, ids: Ids) -> None:
        """Take out the rows of `ids`.

        Raises:
            SettingError: If an id is not there; nothing is removed.
        """

    def search(self, queries: Floats2d, k: int, *, allowed: Ids | None = None) -> tuple[Floats2d, Ints2d]:
        """The k nearest rows of each query, best first; equal scores in the order of their ids.

        Args:
            queries: Unit rows, shape (q, dim).
            k: How many, at least 1.
            allowed: Only these ids count (ids that are not in the index are passed over); None allows all.

        Returns:
            Scores in [-1, 1], float32, shape (q, k), and ids, int64, shape (q, k). Where fewer than k rows are there,
            the ids at the end are -1 and the scores minus infinity.
        """

    def reconstruct(self, ids: Ids) -> Floats2d:
        """The rows of `ids`, shape (n, dim): exactly what was added, or what a compressing backend kept of it.

        Raises:
            SettingError: If an id is not there.
        """

    def save(self, path: Path) -> None:
        """Write everything to `path` in one step: a reader sees the old file or the new one.

        Raises:
            OSError: If it cannot be written.
        """


def check_new(ids: Ids, rows: Floats2d, dim: int) -> tuple[Ids, Floats2d]:
    """`ids` and `rows` as contiguous int64 and float32, fit to be added.

    Raises:
        SettingError: If shapes disagree, an id is negative or given twice, or a row has not unit length.
    """
    numbers = np.ascontiguousarray(ids, dtype=np.int64)
    matrix = np.ascontiguousarray(rows, dtype=np.float32)
    if numbers.ndim != 1 or matrix.shape != (len(numbers), dim):
        raise _wrong(f"ids {numbers.shape}, rows {matrix.shape}", f"(n,), (n, {dim})")
    if len(numbers) == 0:
        return numbers, matrix
    if numbers.min() < 0:
        raise _wrong(f"id {numbers.min()}", ">= 0")
    if len(np.unique(numbers)) != len(numbers):
        values, counts = np.unique(numbers, return_counts=True)
        raise _taken(int(values[counts > 1][0]))
    lengths = np.linalg.norm(matrix, axis=1)
    off = np.flatnonzero(~(np.abs(lengths - 1.0) <= _UNIT_TOLERANCE))  # the negation also catches NaN
    if len(off):
        raise _wrong(f"|row {off[0]}| = {lengths[off[0]]:.4g}", "1")
    return numbers, matrix


def check_queries(queries: Floats2d, k: int, dim: int) -> Floats2d:
    """`queries` as contiguous float32, shape (q, dim).

    Raises:
        SettingError: If the shape is wrong or k is under 1.
    """
    matrix = np.ascontiguousarray(queries, dtype=np.float32)
    if matrix.ndim != 2 or matrix.shape[1] != dim:
        raise _wrong(f"queries {matrix.shape}", f"(q, {dim})")
    if k < 1:
        raise _wrong(f"k = {k}", ">= 1")
    return matrix


def order_ties(scores: Floats2d, ids: Ints2d) -> tuple[Floats2d, Ints2d]:
    """The same lists, each with equal scores in the order of their ids and missing ones (-1) last."""
    scores = np.where(ids < 0, np.float32(-np.inf), scores).astype(np.float32, copy=False)
    order = np.lexsort((ids, -scores), axis=1)
    return np.take_along_axis(scores, order, axis=1), np.take_along_axis(ids, order, axis=1).astype(np.int64)


def _taken(number: int) -> SettingError:
    return SettingError(
        say(f"向量索引里编号 {number} 已被占用或重复。", f"Id {number} is taken or given twice in the vector index.")
    )


def _missing(number: int) -> SettingError:
    return SettingError(say(f"向量索引里没有编号 {number}。", f"The vector index has no id {number}."))


def _wrong(found: str, wanted: str) -> SettingError:
    return SettingError(
        say(
            f"向量索引收到的参数不对：{found}，应为 {wanted}。",
            f"The vector index got {found}; wanted {wanted}.",
        )
    )


def check_free(ids: Ids, present: Ids) -> None:
    """Pass only if none of `ids` is in `present`.

    Raises:
        SettingError: If one is.
    """
    taken = ids[np.isin(ids, present)]
    if len(taken):
        raise _taken(int(taken.min()))


def check_known(ids: Ids, present: Ids) -> Ids:
    """`ids` as int64, all of them in `present`, which rises.

    Raises:
        SettingError: If one is not, or they are no flat array.
    """
    numbers = np.ascontiguousarray(ids, dtype=np.int64)
    if numbers.ndim != 1:
        raise _wrong(f"ids {numbers.shape}", "(n,)")
    if len(numbers):
        places = np.searchsorted(present, numbers)
        found = places < len(present)
        found[found] = present[places[found]] == numbers[found]
        if not found.all():
            raise _missing(int(numbers[~found].min()))
    return numbers
