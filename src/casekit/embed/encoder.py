"""What an encoder is, and how an index knows which one made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from casekit.errors import ModelError
from casekit.language import say
from casekit.types import Floats2d

__all__ = ["Encoder", "ModelIdentity", "Progress", "check_same", "model_identity"]

Progress = Callable[[int], None]
"""Called now and then with the number of texts encoded so far (1 … n, rising; n at the end)."""


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is the cosine similarity.

    Rows are float32, shape (n, dim), each of length 1; no text gives shape (0, dim). A text's row does not depend on
    the other texts of the call beyond 1e-5. What a model cannot hold (512 tokens for the default one: about 700
    Chinese characters) is cut off at the end, never averaged in.
    """

    @property
    def name(self) -> str:
        """What the user asked for: "default", "hashing:256", a hub name or a path."""

    @property
    def revision(self) -> str:
        """Which version of it, as far as known; empty where the model tells none."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the weights, in hex."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def query_prefix(self) -> str:
        """What is put before every query."""

    @property
    def passage_prefix(self) -> str:
        """What is put before every passage."""

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Floats2d:
        """Unit rows of passages, float32, shape (len(texts), dim)."""

    def encode_queries(self, texts: Sequence[str]) -> Floats2d:
        """Unit rows of queries, float32, shape (len(texts), dim)."""


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """What must be equal for two sets of vectors to be comparable."""

    name: str
    revision: str
    sha256: str
    dim: int
    query_prefix: str
    passage_prefix: str


def model_identity(encoder: Encoder) -> ModelIdentity:
    """The identity of `encoder`, as it goes into an index's manifest."""
    return ModelIdentity(
        name=encoder.name,
        revision=encoder.revision,
        sha256=encoder.sha256,
        dim=encoder.dim,
        query_prefix=encoder.query_prefix,
        passage_prefix=encoder.passage_prefix,
    )


def check_same(of_index: ModelIdentity, encoder: Encoder) -> None:
    """Pass only if `encoder` makes vectors that belong with the index's.

    The name does not count (a folder may have moved); weights, dimension and prefixes do.

    Raises:
        ModelError: If they differ; it names both and says how to rebuild.
    """
    now = model_identity(encoder)
    same = ("sha256", "dim", "query_prefix", "passage_prefix")
    different = [field for field in same if getattr(of_index, field) != getattr(now, field)]
    if not different:
        return
    was, is_now = _label(of_index), _label(now)
    fields = ", ".join(different)
    raise ModelError(
        say(
            f"索引是用模型 {was} 建的，现在的模型是 {is_now}（不同之处：{fields}），两者的向量不能相比。"
            "请运行 casekit build 重建索引，或在 casekit.toml 里把模型改回原来的。",
            f"The index was made with model {was}, the model is now {is_now} (they differ in: {fields}); their "
            "vectors cannot be compared. Run casekit build to rebuild, or set the old model in casekit.toml again.",
        )
    )


def _label(identity: ModelIdentity) -> str:
    """Name, dimension and the first digits of the hash."""
    return f"{identity.name} ({identity.dim}, {identity.sha256[:8]})"
