"""Embedding while the rest of the build goes on: one worker encodes, the build reads and indexes the next texts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from casekit.embed import Encoder, ModelIdentity, model_identity
from casekit.index import Draft, PassageRow
from casekit.types import Floats2d
from casekit.workbench.corpus.making import embedded_text

__all__ = ["Encoding"]

# Passages a call of the encoder: enough for it to sort by length, few enough that an interrupted build stops soon. The
# first calls are small, so that the encoder does not wait for the reading.
_FIRST_BATCH, _BATCH = 16, 256


class _StoppedError(Exception):
    """The build was given up: stop encoding."""


@dataclass(frozen=True, slots=True)
class _Batch:
    rows: tuple[tuple[int, str], ...]
    """(pid, script) of each passage."""
    vectors: Future[Floats2d | None]


class Encoding:
    """Vectors of a draft's passages, made in a worker thread.

    `encoded` counts passages given to the model, `reused` those whose vector a removed passage with the same text had,
    `seconds` is the time the worker spent encoding.
    """

    def __init__(self, load: Callable[[], Encoder | None], progress: Callable[[str, int, int], None]) -> None:
        self._load = load
        self._progress = progress
        self._stop = threading.Event()
        self._worker: ThreadPoolExecutor | None = None
        self._encoder: Future[Encoder | None] | None = None
        self._draft: Draft | None = None
        self._old: ModelIdentity | None = None
        self._waiting: list[tuple[int, str, str]] = []
        self._batches: list[_Batch] = []
        self._given = self._done = 0
        self.encoded = self.reused = 0
        self.seconds = 0.0

    def start(self, draft: Draft, old: ModelIdentity | None) -> None:
        """Be ready for passages of `draft`; `old` is the model of the vectors it already holds, if any."""
        self._draft, self._old = draft, old

    def would_fit(self, old: ModelIdentity | None) -> bool:
        """Whether the model is still the one of vectors made with `old`: the same name may mean other weights now."""
        if old is None:
            return True
        encoder = self._load()
        return encoder is not None and _same_vectors(model_identity(encoder), old)

    def add(self, rows: Iterable[PassageRow]) -> None:
        """Take passages in; returns at once."""
        if self._draft is None:
            return
        for row in rows:
            spare = self._draft.spare_vector(row.embed_key)
            if spare is not None:
                self._draft.add_vectors(row.script, [row.pid], spare[np.newaxis, :])
                self.reused += 1
                continue
            self._waiting.append((row.pid, row.script, embedded_text(row.title, row.heading, row.quote)))
            if len(self._waiting) >= min(_BATCH, _FIRST_BATCH << len(self._batches)):
                self._submit()

    def finish(self) -> ModelIdentity | None:
        """Wait for the worker and put the vectors into the draft; the model's identity, None for words only.

        Where the model turns out to be another than that of the vectors already there, all of them are made anew.
        """
        if self._draft is None:
            return None
        if self._waiting:
            self._submit()
        if self._encoder is None:
            return self._old
        try:
            encoder = self._encoder.result()
            if encoder is None:
                return None
            identity = model_identity(encoder)
            if self._old is not None and not _same_vectors(identity, self._old):
                self._start_over(self._draft)
            for batch in self._batches:
                vectors = batch.vectors.result()
                if vectors is not None:
                    self.encoded += len(vectors)
                    self._keep(self._draft, batch, vectors)
            return identity
        finally:
            self._close(cancel=False)

    def stop(self) -> None:
        """Give up: the worker ends as soon as the encoder lets it."""
        self._stop.set()
        self._close(cancel=True)

    def _start_over(self, draft: Draft) -> None:
        for batch in self._batches:
            batch.vectors.cancel()
        self._batches.clear()
        self._given = self._done = self.encoded = self.reused = 0
        draft.forget_vectors()
        self._old = None
        self.add(draft.records.passages_of())
        if self._waiting:
            self._submit()

    def _submit(self) -> None:
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, thread_name_prefix="casekit-encode")
            self._encoder = self._worker.submit(self._load)
        some, self._waiting = self._waiting, []
        self._given += len(some)
        future = self._worker.submit(self._encode, [text for _, _, text in some])
        self._batches.append(_Batch(tuple((pid, script) for pid, script, _ in some), future))

    def _encode(self, texts: Sequence[str]) -> Floats2d | None:
        assert self._encoder is not None
        encoder = self._encoder.result()
        if encoder is None:
            return None
        before, began = self._done, time.perf_counter()

        def tick(n: int) -> None:
            if self._stop.is_set():
                raise _StoppedError
            self._progress("encode", before + n, self._given)

        rows = encoder.encode_passages(texts, progress=tick)
        self.seconds += time.perf_counter() - began
        self._done = before + len(texts)
        return rows

    @staticmethod
    def _keep(draft: Draft, batch: _Batch, vectors: Floats2d) -> None:
        for script in ("zh-Hans", "zh-Hant"):
            chosen = [i for i, (_, own) in enumerate(batch.rows) if own == script]
            if chosen:
                draft.add_vectors(script, [batch.rows[i][0] for i in chosen], vectors[chosen])

    def _close(self, *, cancel: bool) -> None:
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=cancel)
            self._worker = None


def _same_vectors(a: ModelIdentity, b: ModelIdentity) -> bool:
    """Whether vectors of both can stand in one index (the name may differ: a folder may have been moved)."""
    return (a.sha256, a.dim, a.query_prefix, a.passage_prefix) == (b.sha256, b.dim, b.query_prefix, b.passage_prefix)
