"""Every row compared with every query, in numpy: the oracle that the other backends are tested against."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from casekit.types import Floats2d, Ints2d
from casekit.vectors.files import damaged, read_payload, write_payload
from casekit.vectors.protocol import Ids, check_free, check_known, check_new, check_queries, order_ties

__all__ = ["BruteIndex"]

_KIND = "brute"


class BruteIndex:
    """Exact search without any library; rows are kept in the order of their ids.

    Examples:
        >>> import numpy as np
        >>> index = BruteIndex(2)
        >>> index.add(np.array([7, 9]), np.array([[1, 0], [0, 1]], dtype=np.float32))
        >>> scores, ids = index.search(np.array([[1, 0]], dtype=np.float32), 1)
        >>> ids.tolist(), scores.tolist()
        ([[7]], [[1.0]])
    """

    kind = _KIND

    def __init__(self, dim: int) -> None:
        self._ids: Ids = np.empty(0, dtype=np.int64)
        self._rows: Floats2d = np.empty((0, dim), dtype=np.float32)

    @property
    def dim(self) -> int:
        """Length of a row."""
        return int(self._rows.shape[1])

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Ids:
        """All ids, rising, int64."""
        return self._ids.copy()

    def add(self, ids: Ids, rows: Floats2d) -> None:
        """See `VectorIndex.add`."""
        ids, rows = check_new(ids, rows, self.dim)
        check_free(ids, self._ids)
        together = np.concatenate([self._ids, ids])
        order = np.argsort(together)
        self._ids, self._rows = together[order], np.concatenate([self._rows, rows])[order]

    def remove(self, ids: Ids) -> None:
        """See `VectorIndex.remove`."""
        ids = check_known(ids, self._ids)
        keep = ~np.isin(self._ids, ids)
        self._ids, self._rows = self._ids[keep], self._rows[keep]

    def search(self, queries: Floats2d, k: int, *, allowed: Ids | None = None) -> tuple[Floats2d, Ints2d]:
        """See `VectorIndex.search`."""
        queries = check_queries(queries, k, self.dim)
        ids, rows = self._ids, self._rows
        if allowed is not None:
            chosen = np.isin(ids, np.asarray(allowed, dtype=np.int64))
            ids, rows = ids[chosen], rows[chosen]
        scores = queries @ rows.T
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]  # stable: equal scores stay in the order of ids
        out_scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        out_ids = np.full((len(queries), k), -1, dtype=np.int64)
        found = best.shape[1]
        out_scores[:, :found] = np.take_along_axis(scores, best, axis=1)
        out_ids[:, :found] = ids[best]
        return order_ties(out_scores, out_ids)

    def reconstruct(self, ids: Ids) -> Floats2d:
        """See `VectorIndex.reconstruct`."""
        ids = check_known(ids, self._ids)
        return np.asarray(self._rows[np.searchsorted(self._ids, ids)])

    def save(self, path: Path) -> None:
        """See `VectorIndex.save`. The payload is n and dim as int64, then ids, then rows."""
        head = np.array([len(self._ids), self.dim], dtype="<i8")
        parts = [part.view(np.uint8).reshape(-1) for part in (head, self._ids, self._rows)]
        write_payload(path, _KIND, np.concatenate(parts))

    @classmethod
    def load(cls, path: Path) -> BruteIndex:
        """The index that was saved at `path`.

        Raises:
            IndexDamagedError: If the file is missing or not as it was written.
        """
        payload = read_payload(path, _KIND)
        if len(payload) < 16:
            raise damaged(path)
        n, dim = payload[:16].view("<i8").tolist()
        if len(payload) != 16 + 8 * n + 4 * n * dim:
            raise damaged(path)
        index = cls(dim)
        index._ids = payload[16 : 16 + 8 * n].view("<i8").astype(np.int64)
        index._rows = payload[16 + 8 * n :].view("<f4").reshape(n, dim).astype(np.float32)
        return index
