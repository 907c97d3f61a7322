"""A copy of the index at a URL: what is written of each passage, and candidates of a search from there."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from casekit.backends import Backend, Description, Where, open_backend, slots_of
from casekit.backends.protocol import MOST
from casekit.backends.settled import check_description, settled
from casekit.embed import ModelIdentity
from casekit.index import Generation
from casekit.language import say
from casekit.types import Floats1d

__all__ = ["Copied", "described", "stable_id"]

logger = logging.getLogger(__name__)
_Rows = npt.NDArray[np.int64]


def stable_id(source: str, start: int) -> int:
    """The id of a passage at every backend, by where it begins: the same in every build, whatever is built when."""
    digest = hashlib.blake2b(f"{source}\0{start}".encode("utf8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def described(generation: Generation) -> Description:
    """What the rows of a generation have in common."""
    average = generation.lexical.without().average
    model = generation.manifest.model
    if model is None or not generation.scripts:
        return Description(0, "", average)
    identity = ModelIdentity(**model)
    return Description(identity.dim, identity.sha256, average)


class Copied:
    """Candidates of a generation from its copy at a URL (`casekit.search.Elsewhere`); threads may share it."""

    def __init__(self, backend: Backend, generation: Generation) -> None:
        self._backend = backend
        self._generation = generation
        self._gate = threading.Lock()
        self._by_id: tuple[_Rows, _Rows] | None = None

    @classmethod
    def open(cls, url: str, generation: Generation) -> Copied:
        """The copy at a URL; what it cannot do and what it lacks is told in the log.

        Raises:
            BackendError: If it cannot be reached.
            SettingError: If the URL is none, or the copy has vectors of another model.
            NotBuiltError: If nothing was pushed there.
        """
        backend = open_backend(url)
        check_description(backend.url, settled(backend), described(generation))
        there, here = backend.count(), generation.manifest.passages
        if there != here:
            logger.warning(
                "%s",
                say(
                    f"{backend.url} 有 {there} 段，本工作区的索引有 {here} 段；运行 casekit push {backend.url} 使两边一致",
                    f"{backend.url} has {there} passages, this workspace's index {here}; casekit push {backend.url} makes them agree",
                ),
            )
        for why in backend.cannot.values():
            logger.warning(
                "%s",
                say(
                    f"{backend.url} 不能按词查找（{why}）；词在本工作区的索引里找",
                    f"{backend.url} cannot search by words ({why}); words are looked for in this workspace's index",
                ),
            )
        return cls(backend, generation)

    def nearest(self, script: str, vector: Floats1d, k: int, allowed: _Rows | None) -> tuple[_Rows, Floats1d]:
        """See `Elsewhere.nearest`."""
        found = self._backend.dense(vector, script, min(k, MOST), self._where(allowed))
        pids, known = self._pids(found.ids)
        return pids[known], found.scores[known]

    def holding(self, weights: Mapping[str, float], k: int, allowed: _Rows | None) -> _Rows | None:
        """See `Elsewhere.holding`."""
        if "words" in self._backend.cannot:
            return None
        found = self._backend.words(slots_of(weights), min(k, MOST), self._where(allowed))
        pids, known = self._pids(found.ids)
        return pids[known]

    def _where(self, allowed: _Rows | None) -> Where:
        if allowed is None:
            return Where()
        ids, pids = self._ids()
        return Where(ids=ids[np.isin(pids, allowed)])

    def _pids(self, found: _Rows) -> tuple[_Rows, npt.NDArray[np.bool_]]:
        """The passage ids of rows, and which rows are passages of this generation at all."""
        ids, pids = self._ids()
        if not len(ids):
            return found, np.zeros(len(found), dtype=bool)
        at = np.searchsorted(ids, found).clip(max=len(ids) - 1)
        return pids[at], ids[at] == found

    def _ids(self) -> tuple[_Rows, _Rows]:
        """The stable ids of all passages, rising, and the passage id of each."""
        with self._gate:
            if self._by_id is None:
                lexical = self._generation.lexical
                ids = np.array([stable_id(*lexical.place(row)) for row in range(len(lexical.pids))], np.int64)
                order = np.argsort(ids)
                self._by_id = ids[order], lexical.pids[order]
            return self._by_id
