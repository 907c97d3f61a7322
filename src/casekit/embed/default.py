"""The default encoder: multilingual-e5-small, 4-bit, from a package, run in numpy.

Its folder is an ordinary sentence-transformers model, and gives the same vectors there (within 1e-5: tests/integration
compares them). Run in numpy it starts in a tenth of a second of CPU time instead of ten, and encodes as fast.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from casekit.embed.convert import PASSAGE_PREFIX, PIECES_FILE, QUERY_PREFIX, SCORES_FILE, FolderRecord
from casekit.embed.encoder import Progress
from casekit.embed.light import LightBert
from casekit.embed.unigram import Unigram
from casekit.types import Floats2d

__all__ = ["DefaultEncoder"]

_MAX_TOKENS = 512
_BOS, _UNKNOWN, _EOS = 0, 3, 2  # ids of XLM-RoBERTa's vocabulary
_CHUNK = 256  # texts cut into tokens before their batches are computed
# 512 tokens never reach so far (the longest piece has 16 characters) unless a text is nearly all white space.
_MAX_CHARS = 100_000
_SPECIAL = re.compile(r"<(?=/?(?:s|pad|unk|mask)>)")


class DefaultEncoder:
    """multilingual-e5-small; texts over 512 tokens (about 700 Chinese characters) are cut off at the end."""

    def __init__(self, folder: Path, record: FolderRecord) -> None:
        self._folder = folder
        self._record = record
        self._loaded: tuple[Unigram, LightBert] | None = None
        self._first_use = threading.Lock()

    @property
    def name(self) -> str:
        """Always "default"."""
        return "default"

    @property
    def revision(self) -> str:
        """Which model and which packing."""
        return f"multilingual-e5-small-q4-{self._record.format}"

    @property
    def sha256(self) -> str:
        """Of the 4-bit weight file that the model was made from."""
        return self._record.source_sha256

    @property
    def dim(self) -> int:
        """384."""
        return self._record.dim

    @property
    def query_prefix(self) -> str:
        """The prefix that the model was trained with."""
        return QUERY_PREFIX

    @property
    def passage_prefix(self) -> str:
        """The prefix that the model was trained with."""
        return PASSAGE_PREFIX

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Floats2d:
        """Unit rows, float32, shape (len(texts), 384); texts over 512 tokens are cut off at the end."""
        return self._encode(PASSAGE_PREFIX, texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Unit rows, float32, shape (len(texts), 384)."""
        return self._encode(QUERY_PREFIX, texts, None)

    def _encode(self, prefix: str, texts: Sequence[str], progress: Progress | None) -> Floats2d:
        with self._first_use:
            if self._loaded is None:
                self._loaded = (_load_tokenizer(self._folder), LightBert(self._folder))
            tokenizer, bert = self._loaded
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for first in range(0, len(texts), _CHUNK):
            chunk = texts[first : first + _CHUNK]
            tokens = [[_BOS, *tokenizer.encode(prefix + _shorten(text))[: _MAX_TOKENS - 2], _EOS] for text in chunk]
            so_far = None if progress is None else partial(_report_from, progress, first)
            rows[first : first + len(chunk)] = bert.encode(tokens, progress=so_far)
        return rows


def _report_from(progress: Progress, first: int, done: int) -> None:
    progress(first + done)


def _shorten(text: str) -> str:
    """As much of `text` as can matter, with words such as "</s>" made ordinary characters (they are no commands)."""
    return _SPECIAL.sub("< ", text[:_MAX_CHARS])


def _load_tokenizer(folder: Path) -> Unigram:
    pieces = (folder / PIECES_FILE).read_bytes().decode("utf-8").split("\n")
    scores = np.load(folder / SCORES_FILE, allow_pickle=False)
    return Unigram(pieces, scores, unknown=_UNKNOWN)
