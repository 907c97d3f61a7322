"""The default encoder: multilingual-e5-small, 4-bit, from a package; one set of weights, two engines.

Queries and small batches run in numpy, which is ready at once; long lists of passages run in torch through
sentence-transformers, which is faster once its seconds of import are paid. Both give the same vectors (within 1e-5;
tests/integration compares them), so which one ran is no part of an index's identity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from casekit.embed.convert import PASSAGE_PREFIX, PIECES_FILE, QUERY_PREFIX, SCORES_FILE, FolderRecord
from casekit.embed.encoder import Progress
from casekit.embed.light import LightBert
from casekit.embed.unigram import Unigram
from casekit.types import Floats2d

if TYPE_CHECKING:
    from casekit.embed.transformer import TransformerEncoder

__all__ = ["DefaultEncoder"]

_MAX_TOKENS = 512
_BOS, _UNKNOWN, _EOS = 0, 3, 2  # ids of XLM-RoBERTa's vocabulary
_LIGHT_CHARS = 40_000  # up to so many characters of passages, numpy is done before torch is imported
_LIGHT_BATCH = 32  # texts between two reports of progress
_SPECIAL = re.compile(r"<(?=/?(?:s|pad|unk|mask)>)")


class DefaultEncoder:
    """multilingual-e5-small; texts over 512 tokens (about 700 Chinese characters) are cut off at the end."""

    def __init__(self, folder: Path, record: FolderRecord, *, for_queries_only: bool = False) -> None:
        self._folder = folder
        self._record = record
        self._for_queries_only = for_queries_only
        self._light: tuple[Unigram, LightBert] | None = None
        self._torch: TransformerEncoder | None = None

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

    @property
    def engine(self) -> str:
        """ "torch" once a long list was encoded, else "numpy"."""
        return "numpy" if self._torch is None else "torch"

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Floats2d:
        """Unit rows, float32, shape (len(texts), 384); texts over 512 tokens are cut off at the end."""
        plain = [_defuse(text) for text in texts]
        if self._torch is None and (self._for_queries_only or sum(map(len, plain)) <= _LIGHT_CHARS):
            return self._encode_light(PASSAGE_PREFIX, plain, progress)
        if self._torch is None:
            from casekit.embed.transformer import TransformerEncoder

            self._torch = TransformerEncoder(str(self._folder))
        return self._torch.encode_passages(plain, progress=progress)

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Unit rows, float32, shape (len(texts), 384)."""
        return self._encode_light(QUERY_PREFIX, [_defuse(text) for text in texts], None)

    def _encode_light(self, prefix: str, texts: Sequence[str], progress: Progress | None) -> Floats2d:
        if self._light is None:
            self._light = (_load_tokenizer(self._folder), LightBert(self._folder))
        tokenizer, bert = self._light
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for first in range(0, len(texts), _LIGHT_BATCH):
            batch = texts[first : first + _LIGHT_BATCH]
            tokens = [[_BOS, *tokenizer.encode(prefix + text)[: _MAX_TOKENS - 2], _EOS] for text in batch]
            rows[first : first + len(batch)] = bert.encode(tokens)
            if progress is not None:
                progress(first + len(batch))
        return rows


def _defuse(text: str) -> str:
    """Words such as "</s>" in a text are no commands to the model: a space makes them ordinary characters."""
    return _SPECIAL.sub("< ", text)


def _load_tokenizer(folder: Path) -> Unigram:
    pieces = (folder / PIECES_FILE).read_bytes().decode("utf-8").split("\n")
    scores = np.load(folder / SCORES_FILE, allow_pickle=False)
    return Unigram(pieces, scores, unknown=_UNKNOWN)
