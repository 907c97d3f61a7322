"""Any sentence-transformers model, by name or by folder."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from casekit.bounded.owncode import refuse_own_code
from casekit.embed.convert import file_sha256
from casekit.embed.encoder import Progress
from casekit.errors import ModelError
from casekit.language import say
from casekit.types import Floats2d

__all__ = ["TransformerEncoder"]

# Texts a batch: 8, 16, 32 and 64 gave 11.7, 11.8, 10.5 and 8.4 passages/s on 2 busy cores (the default model's weights,
# 200 characters, sorted by length).
_BATCH = 16
_CHUNK = 512  # texts sorted by length together, and between two reports of progress
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")
_HASH = re.compile(r"[0-9a-f]{64}")
_QUERY_PROMPTS, _PASSAGE_PROMPTS = ("query",), ("document", "passage", "corpus")


class TransformerEncoder:
    """A sentence-transformers model; its own prompts become the prefixes unless others are given.

    Raises:
        ModelError: If the model cannot be found or loaded.
    """

    def __init__(self, name: str, *, query_prefix: str | None = None, passage_prefix: str | None = None) -> None:
        self._name = name
        self._model = _load(name)
        prompts: dict[str, str] = dict(self._model.prompts or {})
        self._query_prefix = _first(prompts, _QUERY_PROMPTS) if query_prefix is None else query_prefix
        self._passage_prefix = _first(prompts, _PASSAGE_PROMPTS) if passage_prefix is None else passage_prefix
        self._sha256: str | None = None
        # the tokenizers under it refuse to be asked by two threads at once
        self._one_at_a_time = threading.Lock()

    @property
    def name(self) -> str:
        """The hub name or path, as given."""
        return self._name

    @property
    def revision(self) -> str:
        """The hub's commit, where the model tells it."""
        config = getattr(getattr(self._model[0], "auto_model", None), "config", None)
        return str(getattr(config, "_commit_hash", None) or "")

    @property
    def sha256(self) -> str:
        """Of the weight file; of several files' hashes in the order of their names where there are several."""
        if self._sha256 is None:
            self._sha256 = _weights_sha256(self._name)
        return self._sha256

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def query_prefix(self) -> str:
        """What is put before every query."""
        return self._query_prefix

    @property
    def passage_prefix(self) -> str:
        """What is put before every passage."""
        return self._passage_prefix

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Floats2d:
        """Unit rows, float32, shape (len(texts), dim); a text longer than the model's window is cut off at its end."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        # Longest first over the whole list, so that a batch holds texts of like length and little padding.
        order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i))
        for first in range(0, len(order), _CHUNK):
            chosen = order[first : first + _CHUNK]
            rows[chosen] = self._encode(self._passage_prefix, [texts[i] for i in chosen])
            if progress is not None:
                progress(first + len(chosen))
        return rows

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Unit rows, float32, shape (len(texts), dim)."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        return self._encode(self._query_prefix, list(texts))

    def _encode(self, prefix: str, texts: list[str]) -> Floats2d:
        with self._one_at_a_time:
            rows = self._model.encode(
                texts,
                prompt=prefix,
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(rows, dtype=np.float32)


def _load(name: str) -> Any:
    is_local = Path(name).expanduser().is_dir()
    path = str(Path(name).expanduser()) if is_local else name
    if is_local:
        refuse_own_code(Path(path), name)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    quiet: Any = transformers_logging
    quiet.disable_progress_bar()  # loading a local file needs no bar on the screen
    try:
        # What is on the machine already is used without asking the network.
        return SentenceTransformer(path, device="cpu", local_files_only=True, trust_remote_code=False)
    except Exception as error:  # the libraries below raise many kinds; the cause is kept
        if is_local:
            raise _cannot_load(name, error) from error
    try:
        return SentenceTransformer(path, device="cpu", trust_remote_code=False)
    except Exception as error:
        raise _cannot_load(name, error) from error


def _cannot_load(name: str, error: Exception) -> ModelError:
    cause = str(error).strip().split("\n", 1)[0][:200] or type(error).__name__
    return ModelError(
        say(
            f"模型 {name} 读不出来：{cause}。它应是 sentence-transformers 的模型名（需要能连上模型站点）"
            '或本地模型文件夹；写 [model] name = "default" 用自带的模型，"none" 只按词检索。',
            f"Model {name} cannot be loaded: {cause}. It should be a sentence-transformers model name (with its hub "
            'within reach) or a local model folder; [model] name = "default" uses the bundled one, "none" searches by words '
            "only.",
        )
    )


def _first(prompts: dict[str, str], names: Sequence[str]) -> str:
    return next((prompts[name] for name in names if prompts.get(name)), "")


def _weights_sha256(name: str) -> str:
    folder = Path(name).expanduser()
    if not folder.is_dir():
        from huggingface_hub import snapshot_download

        folder = Path(snapshot_download(name, local_files_only=True))
    for pattern in _WEIGHTS:
        files = sorted(folder.glob(pattern)) or sorted(folder.glob(f"*/{pattern}"))
        if files:
            hashes = [_file_hash(path) for path in files]
            return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    raise _cannot_load(name, FileNotFoundError(f"no weights in {folder}"))


def _file_hash(path: Path) -> str:
    """The hub's cache names a large file by its SHA-256 already."""
    target = path.resolve().name
    return target if _HASH.fullmatch(target) else file_sha256(path)
