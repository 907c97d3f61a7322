"""txtai's hybrid index of the same passages and vectors, as it comes: BM25 of its own words, and its choice of a vector index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.corpora import DIM, FreeEncoder, texts, vectors_of

__all__ = ["Peer"]


class Peer:
    """The index of so many passages; queries have their vectors for nothing, as casekit's have."""

    def __init__(self, passages: int) -> None:
        import txtai

        self._rows = vectors_of(passages, seed=5)
        self._encoder = FreeEncoder()
        self._asking = False
        self._at = 0
        settings = {
            "method": "external",
            "transform": lambda batch: self._transform(batch),
            "hybrid": True,
            "content": True,
        }
        self.index = txtai.Embeddings(settings, dimensions=DIM)
        self.index.index(self._documents(passages))
        self._asking = True

    @staticmethod
    def _documents(passages: int) -> list[tuple[str, str, None]]:
        return [
            (f"{text.id}:{number}", f"{text.title}\n{paragraph}", None)
            for text in texts(passages)
            for number, paragraph in enumerate(text.paragraphs)
        ]

    def _transform(self, batch: Sequence[str]) -> Any:
        if self._asking:
            return self._encoder.encode_passages(batch)
        self._at += len(batch)
        return self._rows[self._at - len(batch) : self._at]

    def search(self, query: str) -> object:
        """Ten passages with their texts."""
        return self.index.search(query, 10)

    def add(self, number: int, folder: Path) -> None:
        """Ten passages more, written to `folder`."""
        text = next(iter(texts(10, seed=1000 + number)))
        self.index.upsert([(f"more{number}:{n}", paragraph, None) for n, paragraph in enumerate(text.paragraphs)])
        self.index.save(str(folder))

    def remove(self, number: int, folder: Path) -> None:
        """The ten passages of `add` less, written to `folder`."""
        self.index.delete([f"more{number}:{n}" for n in range(10)])
        self.index.save(str(folder))

    def save(self, folder: Path) -> int:
        """Write it; returns how many bytes it takes."""
        self.index.save(str(folder))
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
