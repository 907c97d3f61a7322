"""An index copied to a backend: only what is not there yet is written, what is no longer here is taken out at the end.

What was written stays written: a push that was stopped, or whose server was killed, goes on where it was, and one that ran
to its end writes nothing the next time.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casekit.backends import Backend, Row, open_backend, weights_of
from casekit.backends.settled import settled
from casekit.errors import SettingError
from casekit.index import Generation, PassageRow
from casekit.language import say
from casekit.types import Floats1d
from casekit.workbench.corpus.built import Progress
from casekit.workbench.corpus.copied import described, stable_id
from casekit.workspace import OWN_INDEX

__all__ = ["PushReport", "push"]

_BATCH = 500  # rows a call: some 2 MB


@dataclass(frozen=True, slots=True)
class PushReport:
    """What became of a push: passages of the index, of these written and as they were; rows taken out; what the backend cannot do."""

    url: str
    passages: int
    written: int
    unchanged: int
    removed: int
    cannot: Mapping[str, str]
    seconds: float


def push(generation: Generation, url: str, *, replace: bool = False, progress: Progress | None = None) -> PushReport:
    """Make the rows at a URL those of a generation.

    Args:
        generation: The index.
        url: The backend's.
        replace: Throw away whatever rows are there first.
        progress: Told of every batch.

    Raises:
        BackendError: If the backend cannot be reached or refuses; what was written until then stays, and the next push goes on.
        SettingError: If the rows there are another workspace's or another model's.
    """
    if url == OWN_INDEX:
        raise SettingError(
            say(
                "faiss: 就是本工作区自己的索引；要抄到别处，请给出 faiss:FOLDER、milvus+lite:FILE.db 或 milvus://HOST:PORT",
                "faiss: is this workspace's own index; to copy it give faiss:FOLDER, milvus+lite:FILE.db or milvus://HOST:PORT",
            )
        )
    began = time.perf_counter()
    copied = _Rows(generation)
    backend = open_backend(url)
    try:
        if replace:
            backend.drop()
        backend.begin(described(generation))
        there, wanted = backend.digests(), copied.digests()
        if not there.keys() & wanted.keys():
            _refuse_strangers(backend, {source for _, source in there.values()}, generation)
        todo = {number for number, digest in wanted.items() if there.get(number, ("", ""))[0] != digest}
        done = 0
        for batch in copied.batches(todo, wanted, settled(backend).average):
            backend.upsert(batch)
            done += len(batch)
            if progress is not None:
                progress("push", done, len(todo))
        gone = np.array(sorted(there.keys() - wanted.keys()), np.int64)
        if len(gone):
            backend.delete(gone)
        counts = len(wanted), len(todo), len(wanted) - len(todo), len(gone)
        return PushReport(
            backend.url,
            *counts,
            {str(what): why for what, why in backend.cannot.items()},
            round(time.perf_counter() - began, 3),
        )
    finally:
        backend.close()


def _refuse_strangers(backend: Backend, sources: Collection[str], generation: Generation) -> None:
    """Take nothing out of what another workspace put there.

    Raises:
        SettingError: If rows are there, and none of a source of this workspace.
    """
    if sources and generation.records.keys().keys().isdisjoint(sources):
        raise SettingError(
            say(
                f"{backend.url} 里是别的工作区的 {len(sources)} 个来源，没有动；换一个名字，或用 --replace 整个换掉",
                f"{backend.url} holds {len(sources)} sources of another workspace and was not touched; give another name, or "
                "replace all with --replace",
            )
        )


class _Rows:
    """The passages of a generation as a backend keeps them."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._embedded = {script: set(generation.vectors(script).ids().tolist()) for script in generation.scripts}

    def digests(self) -> dict[int, str]:
        """Of everything that is written of each passage, by its stable id."""
        return {stable_id(row.source, row.start): self._digest(row) for row in self._passages()}

    def batches(self, todo: Collection[int], digests: Mapping[int, str], average: float) -> Iterator[list[Row]]:
        """The rows of some ids, some at a time, in the order of their addresses."""
        waiting: list[PassageRow] = []
        for row in self._passages():
            if stable_id(row.source, row.start) in todo:
                waiting.append(row)
            if len(waiting) == _BATCH:
                yield self._written(waiting, digests, average)
                waiting = []
        if waiting:
            yield self._written(waiting, digests, average)

    def _passages(self) -> Iterator[PassageRow]:
        return self._generation.records.passages_of()

    def _has_vector(self, row: PassageRow) -> bool:
        return row.pid in self._embedded.get(row.script, ())

    def _digest(self, row: PassageRow) -> str:
        told = [row.source, row.start, row.end, row.script, row.role, row.quote, row.folded, row.embed_key]
        return hashlib.blake2b(json.dumps([*told, self._has_vector(row)]).encode(), digest_size=16).hexdigest()

    def _written(self, rows: Sequence[PassageRow], digests: Mapping[int, str], average: float) -> list[Row]:
        vectors: dict[int, Floats1d] = {}
        for script in self._embedded:
            pids = np.array([row.pid for row in rows if row.script == script and self._has_vector(row)], np.int64)
            if len(pids):
                vectors.update(zip(pids.tolist(), self._generation.vectors(script).reconstruct(pids), strict=True))
        written = []
        for row in rows:
            number = stable_id(row.source, row.start)
            place = row.source, row.start, row.end, row.script, row.role or ""
            own = vectors.get(row.pid)
            written.append(Row(number, *place, row.quote, digests[number], own, weights_of(row.folded, average)))
        return written
