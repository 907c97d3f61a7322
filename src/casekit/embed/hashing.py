"""An encoder that needs no model: hashed character n-grams. For unit tests only; it knows nothing of meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from casekit.embed.encoder import Progress
from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Floats2d

__all__ = ["HashingEncoder"]


class HashingEncoder:
    """Signed hashing of characters, pairs and triples into `dim` buckets, then unit length.

    The same text gives the same row on every machine. Texts that share many characters are near each other.

    References:
        Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.

    Examples:
        >>> encoder = HashingEncoder(64)
        >>> one, same, other = encoder.encode_passages(["会员数字化", "会员数字化", "门店"])
        >>> round(float(one @ same), 3)
        1.0
        >>> float(one @ other) < 0.5
        True
    """

    def __init__(self, dim: int = 256) -> None:
        if not 2 <= dim <= 65536:
            raise SettingError(
                say(
                    f"hashing 的维数是 {dim}，应在 2 到 65536 之间。",
                    f"The dimension of hashing is {dim}; it must be between 2 and 65536.",
                )
            )
        self._dim = dim

    @property
    def name(self) -> str:
        """Always "hashing:DIM"."""
        return f"hashing:{self._dim}"

    @property
    def revision(self) -> str:
        """The version of the recipe."""
        return "1"

    @property
    def sha256(self) -> str:
        """Hash of name and recipe: there are no weights."""
        return hashlib.sha256(f"{self.name}/{self.revision}".encode()).hexdigest()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def query_prefix(self) -> str:
        """None."""
        return ""

    @property
    def passage_prefix(self) -> str:
        """None."""
        return ""

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Floats2d:
        """Unit rows, float32, shape (len(texts), dim)."""
        rows = np.zeros((len(texts), self._dim), dtype=np.float32)
        for done, text in enumerate(texts, start=1):
            rows[done - 1] = self._row(text)
            if progress is not None:
                progress(done)
        return rows

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Unit rows, float32, shape (len(texts), dim)."""
        return self.encode_passages(texts)

    def _row(self, text: str) -> Floats2d:
        row = np.zeros(self._dim, dtype=np.float32)
        for size in (1, 2, 3):
            for at in range(len(text) - size + 1):
                digest = hashlib.blake2b(text[at : at + size].encode("utf-8", "surrogatepass"), digest_size=8).digest()
                number = int.from_bytes(digest, "little")
                row[(number >> 1) % self._dim] += 1.0 if number & 1 else -1.0
        length = float(np.linalg.norm(row))
        if length == 0.0:  # no characters, or all of them cancelled out
            row[0] = 1.0
            return row
        return np.asarray(row / length, dtype=np.float32)
