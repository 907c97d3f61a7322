"""A second look at the best passages: a cross-encoder reads question and passage together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from casekit.bounded.owncode import refuse_own_code
from casekit.errors import ModelError
from casekit.language import say
from casekit.types import Floats1d

__all__ = ["CrossReranker", "Reranker", "load_reranker"]

_BATCH = 16


class Reranker(Protocol):
    """Tells how well passages answer a question."""

    def scores(self, query: str, texts: Sequence[str]) -> Floats1d:
        """One score in [0, 1] a text, float32, shape (len(texts),), higher is better."""


class CrossReranker:
    """A sentence-transformers cross-encoder with one output, by hub name or folder; loaded at its first use.

    Any number of threads may ask; they are answered one after the other.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._one_at_a_time = threading.Lock()

    def scores(self, query: str, texts: Sequence[str]) -> Floats1d:
        """One score in [0, 1] a text, float32, shape (len(texts),).

        Raises:
            ModelError: If the model cannot be found or loaded, or gives more than one score a pair.
        """
        if not texts:
            return np.zeros(0, dtype=np.float32)
        with self._one_at_a_time:
            if self._model is None:
                self._model = _load(self._name)
            pairs = [(query, text) for text in texts]
            found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        rows = np.asarray(found, dtype=np.float32)
        if rows.shape != (len(texts),):
            raise ModelError(
                say(
                    f"{self._name} 对每一对给出 {rows.shape[1:]} 个分数，应为一个；请换一个用于重排的 cross-encoder",
                    f"{self._name} gives {rows.shape[1:]} scores a pair, not one; choose a cross-encoder for reranking",
                )
            )
        if float(rows.min()) < 0 or float(rows.max()) > 1:  # a model whose own last step is none
            rows = (1 / (1 + np.exp(-rows))).astype(np.float32)
        return rows


def load_reranker(spec: str) -> Reranker | None:
    """The reranker that the settings name, not loaded yet; None for "none"."""
    name = spec.strip()
    return None if name == "none" else CrossReranker(name)


def _load(name: str) -> Any:
    folder = Path(name).expanduser()
    if folder.is_dir():
        refuse_own_code(folder, name)
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise ModelError(
            say(
                f"重排模型 {name} 需要 sentence-transformers；请运行 pip install sentence-transformers",
                f"the reranker {name} needs sentence-transformers; run pip install sentence-transformers",
            )
        ) from error
    try:
        return CrossEncoder(str(folder) if folder.is_dir() else name, trust_remote_code=False)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelError(
            say(
                f"重排模型 {name} 载入失败：{error}。请检查 casekit.toml 里的 [model] reranker，不用重排就写 none",
                f"the reranker {name} cannot be loaded: {error}. Check [model] reranker in casekit.toml; none goes without",
            )
        ) from error
