"""FAISS, approximate: rows in cells, one byte a number. For corpora that an exact scan no longer answers quickly.

References:
    Sivic and Zisserman, "Video Google", ICCV 2003 (inverted files); Douze et al., "The Faiss library", 2024 (IVF, SQ8).
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from casekit.types import Floats2d, Ints2d
from casekit.vectors.files import damaged, read_payload, write_payload
from casekit.vectors.library import load_faiss, threads_for
from casekit.vectors.protocol import Ids, check_free, check_known, check_new, check_queries, order_ties

__all__ = ["IvfIndex"]

_KIND = "faiss-ivf"
# FAISS asks for at least 39 rows a cell to train on, and takes no more than 256: fewer cells until there are enough.
_ROWS_A_CELL = 39
_TRAIN_ROWS_A_CELL = 64
_SEED = 20260101  # which rows are trained on; any fixed number will do
# Train anew when the index has grown to so many times what it was trained on: cells are then twice as full as they
# should be (their number goes with the square root), which costs time, not answers.
_RETRAIN_AT = 4.0
# Share of the cells looked at, and the fewest; calibrated in tests/bench/bench_vectors.py (re-run it before changing).
_PROBED_SHARE = 1 / 16
_PROBED_LEAST = 16
# A search limited to fewer rows than this compares them one by one, which is exact and quicker than skipping in cells.
_SCAN_ALLOWED = 20_000


class IvfIndex:
    """IVF with SQ8; exact (and uncompressed) until it holds enough rows to be trained on.

    Scores are those of the compressed rows: within about 0.003 of the exact cosine.
    """

    kind = _KIND

    def __init__(self, dim: int, *, expected: int = 0) -> None:
        """An empty index for about `expected` rows (0: as many as the first call adds)."""
        self._dim = dim
        self._expected = expected
        self._trained_on = 0
        self._index: Any = _exact(dim)
        self._ids: Ids = np.empty(0, dtype=np.int64)

    @property
    def dim(self) -> int:
        """Length of a row."""
        return self._dim

    @property
    def is_trained(self) -> bool:
        """Whether the rows are in cells yet."""
        return self._trained_on > 0

    @property
    def cells(self) -> int:
        """How many cells there are; 0 before training."""
        return int(self._index.nlist) if self.is_trained else 0

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Ids:
        """All ids, rising, int64."""
        return self._ids.copy()

    def add(self, ids: Ids, rows: Floats2d) -> None:
        """See `VectorIndex.add`. Trains when there are first enough rows, and anew after fourfold growth."""
        ids, rows = check_new(ids, rows, self.dim)
        check_free(ids, self._ids)
        if not len(ids):
            return
        self._index.add_with_ids(rows, ids)
        self._ids = np.union1d(self._ids, ids)
        n = len(self._ids)
        if self.is_trained:
            due = n >= _RETRAIN_AT * self._trained_on
        else:
            due = n >= max(self._expected, _ROWS_A_CELL * _PROBED_LEAST)
        if due:
            self._train()

    def remove(self, ids: Ids) -> None:
        """See `VectorIndex.remove`."""
        faiss = load_faiss()

        ids = check_known(ids, self._ids)
        if len(ids):
            # an index with a hash table of its rows takes a plain list of ids only
            selector = faiss.IDSelectorArray if self.is_trained else faiss.IDSelectorBatch
            self._index.remove_ids(selector(ids))
            self._ids = np.setdiff1d(self._ids, ids)

    def search(self, queries: Floats2d, k: int, *, allowed: Ids | None = None) -> tuple[Floats2d, Ints2d]:
        """See `VectorIndex.search`: never fewer rows than there are, but sometimes not the very nearest."""
        faiss = load_faiss()

        queries = check_queries(queries, k, self.dim)
        if allowed is None:
            with threads_for(len(queries)):
                return order_ties(*self._search(queries, k, None, len(self._ids)))
        present = np.intersect1d(np.asarray(allowed, dtype=np.int64), self._ids)
        if len(present) <= _SCAN_ALLOWED:
            return self._scan(queries, k, present)
        with threads_for(len(queries)):
            return order_ties(*self._search(queries, k, faiss.IDSelectorBatch(present), len(present)))

    def reconstruct(self, ids: Ids) -> Floats2d:
        """See `VectorIndex.reconstruct`; the rows as compressed, made unit length again."""
        ids = check_known(ids, self._ids)
        if not len(ids):
            return np.empty((0, self.dim), dtype=np.float32)
        rows = self._stored(ids)
        if self.is_trained:
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def save(self, path: Path) -> None:
        """See `VectorIndex.save`. The payload is `expected` and the rows trained on, as int64, then FAISS's bytes."""
        faiss = load_faiss()

        head = np.array([self._expected, self._trained_on], dtype="<i8").view(np.uint8)
        write_payload(path, _KIND, np.concatenate([head, faiss.serialize_index(self._index)]))

    @classmethod
    def load(cls, path: Path) -> IvfIndex:
        """The index that was saved at `path`.

        Raises:
            IndexDamagedError: If the file is missing or not as it was written.
        """
        faiss = load_faiss()

        payload = read_payload(path, _KIND)
        try:
            index = cls.__new__(cls)
            index._expected, index._trained_on = payload[:16].view("<i8").tolist()
            index._index = faiss.deserialize_index(payload[16:])
        except (RuntimeError, ValueError) as error:
            raise damaged(path) from error
        index._dim = int(index._index.d)
        index._ids = index._stored_ids()
        return index

    def _search(self, queries: Floats2d, k: int, selector: Any, n: int) -> tuple[Floats2d, Ints2d]:
        """FAISS's own answer; all cells are looked at where the usual share holds too few rows."""
        faiss = load_faiss()

        if not self.is_trained:
            parameters = faiss.SearchParameters(sel=selector) if selector is not None else None
            scores, ids = self._index.search(queries, k, params=parameters)
            return scores, ids
        cells = self.cells
        usual = min(cells, max(_PROBED_LEAST, math.ceil(cells * _PROBED_SHARE)))
        scores, ids = self._index.search(queries, k, params=_parameters(usual, selector))
        short = np.flatnonzero((ids >= 0).sum(axis=1) < min(k, n))
        if len(short) and usual < cells:
            scores[short], ids[short] = self._index.search(queries[short], k, params=_parameters(cells, selector))
        return scores, ids

    def _scan(self, queries: Floats2d, k: int, present: Ids) -> tuple[Floats2d, Ints2d]:
        """The k best of `present`, each compared."""
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        ids = np.full((len(queries), k), -1, dtype=np.int64)
        if len(present):
            all_scores = queries @ self._stored(present).T
            best = np.argsort(-all_scores, axis=1, kind="stable")[:, :k]
            scores[:, : best.shape[1]] = np.take_along_axis(all_scores, best, axis=1)
            ids[:, : best.shape[1]] = present[best]
        return order_ties(scores, ids)

    def _stored(self, ids: Ids) -> Floats2d:
        """Rows as they are kept, whose products with a query are FAISS's own scores."""
        return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)

    def _train(self) -> None:
        faiss = load_faiss()

        rows = self.reconstruct(self._ids)
        n = len(rows)
        cells = _cells_for(max(n, self._expected if not self.is_trained else 0), n)
        quantizer = faiss.IndexFlatIP(self.dim)
        inner = faiss.IndexIVFScalarQuantizer(
            quantizer, self.dim, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        inner.cp.seed = _SEED
        wanted = min(n, cells * _TRAIN_ROWS_A_CELL)
        chosen = np.sort(np.random.default_rng(_SEED).choice(n, size=wanted, replace=False))
        inner.train(rows[chosen])
        # IVF keeps ids itself (an id map over it loses count when rows are removed); the table finds a row by its id.
        inner.set_direct_map_type(faiss.DirectMap.Hashtable)
        inner.add_with_ids(rows, self._ids)
        inner.own_fields = True
        quantizer.this.disown()
        self._index, self._trained_on = inner, n

    def _stored_ids(self) -> Ids:
        """The ids that FAISS holds, rising."""
        faiss = load_faiss()
        if not self.is_trained:
            return np.sort(faiss.vector_to_array(self._index.id_map).astype(np.int64))
        lists = self._index.invlists
        parts = [
            faiss.rev_swig_ptr(lists.get_ids(cell), lists.list_size(cell)).copy()
            for cell in range(self._index.nlist)
            if lists.list_size(cell)
        ]
        return np.sort(np.concatenate(parts).astype(np.int64)) if parts else np.empty(0, dtype=np.int64)


def _cells_for(expected: int, present: int) -> int:
    """About 4 sqrt(n) cells, as FAISS's guidelines have it, a power of two, never more than can be trained."""
    wanted = 1 << round(math.log2(max(1.0, 4.0 * math.sqrt(expected))))
    return max(1, min(wanted, present // _ROWS_A_CELL))


def _parameters(probes: int, selector: Any) -> Any:
    faiss = load_faiss()

    if selector is None:
        return faiss.SearchParametersIVF(nprobe=probes)
    return faiss.SearchParametersIVF(nprobe=probes, sel=selector)


def _exact(dim: int) -> Any:
    faiss = load_faiss()

    return faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
