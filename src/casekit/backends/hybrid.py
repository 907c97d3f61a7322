"""Words and meaning together, over any backend: each one's best, scored by both, and fused as `casekit search` does."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from casekit.backends.protocol import EVERYTHING, Backend, Found, Ids, Where, ordered
from casekit.search import fuse_scores
from casekit.types import Floats1d

__all__ = ["hybrid"]

_CANDIDATES = 100  # of each kind, as `casekit.search` takes


def hybrid(
    backend: Backend, vector: Floats1d, script: str, weights: Mapping[int, float], k: int, where: Where = EVERYTHING
) -> Found:
    """The k best rows of a script by words and meaning.

    Raises:
        BackendError: If the backend cannot do one of the two: it says which.
    """
    among = Where(where.sources, (script,), where.roles, where.ids)
    limit = max(_CANDIDATES, k)
    by_meaning, by_words = backend.dense(vector, script, limit, among), backend.words(weights, limit, among)
    ids = np.union1d(by_meaning.ids, by_words.ids)
    if not len(ids):
        return by_meaning
    some = Where(ids=ids)
    meaning = _of(ids, backend.dense(vector, script, len(ids), some), np.nan)
    words = _of(ids, backend.words(weights, len(ids), some), 0.0)
    return ordered(ids, np.round(fuse_scores(words, meaning), 6), k)


def _of(ids: Ids, found: Found, without: float) -> Floats1d:
    """The scores of ids, which rise."""
    scores = np.full(len(ids), without, np.float32)
    scores[np.searchsorted(ids, found.ids)] = found.scores
    return scores
