"""FAISS, exact: every row is looked at, with nothing lost. Right for up to some hundred thousand passages.

References:
    Douze et al., "The Faiss library", 2024 (IndexFlatIP under IndexIDMap2).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from casekit.types import Floats2d, Ints2d
from casekit.vectors.files import damaged, read_payload, write_payload
from casekit.vectors.library import load_faiss, threads_for
from casekit.vectors.protocol import Ids, check_free, check_known, check_new, check_queries, order_ties

__all__ = ["ExactIndex"]

_KIND = "faiss-flat"


class ExactIndex:
    """IndexFlatIP under IDMap2; ids are checked here, since FAISS takes the same id twice without a word."""

    kind = _KIND

    def __init__(self, dim: int) -> None:
        faiss = load_faiss()

        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        self._ids: Ids = np.empty(0, dtype=np.int64)

    @property
    def dim(self) -> int:
        """Length of a row."""
        return int(self._index.d)

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Ids:
        """All ids, rising, int64."""
        return self._ids.copy()

    def add(self, ids: Ids, rows: Floats2d) -> None:
        """See `VectorIndex.add`."""
        ids, rows = check_new(ids, rows, self.dim)
        check_free(ids, self._ids)
        self._index.add_with_ids(rows, ids)
        self._ids = np.union1d(self._ids, ids)

    def remove(self, ids: Ids) -> None:
        """See `VectorIndex.remove`."""
        faiss = load_faiss()

        ids = check_known(ids, self._ids)
        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(ids))
            self._ids = np.setdiff1d(self._ids, ids)

    def search(self, queries: Floats2d, k: int, *, allowed: Ids | None = None) -> tuple[Floats2d, Ints2d]:
        """See `VectorIndex.search`."""
        faiss = load_faiss()

        queries = check_queries(queries, k, self.dim)
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64)))
        with threads_for(len(queries)):
            scores, ids = self._index.search(queries, k, params=parameters)
        return order_ties(scores, ids)

    def reconstruct(self, ids: Ids) -> Floats2d:
        """See `VectorIndex.reconstruct`."""
        ids = check_known(ids, self._ids)
        if not len(ids):
            return np.empty((0, self.dim), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)

    def save(self, path: Path) -> None:
        """See `VectorIndex.save`."""
        faiss = load_faiss()

        write_payload(path, _KIND, faiss.serialize_index(self._index))

    @classmethod
    def load(cls, path: Path) -> ExactIndex:
        """The index that was saved at `path`.

        Raises:
            IndexDamagedError: If the file is missing or not as it was written.
        """
        faiss = load_faiss()

        try:
            inner = faiss.deserialize_index(read_payload(path, _KIND))
        except RuntimeError as error:
            raise damaged(path) from error
        index = cls.__new__(cls)
        index._index = inner
        index._ids = np.sort(faiss.vector_to_array(inner.id_map).astype(np.int64))
        return index
