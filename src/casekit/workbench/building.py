"""From the corpus to a new generation of the index, doing only what changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from casekit import index
from casekit.catalogue import Catalogue, Record
from casekit.clean import apply_overrides, clean_text
from casekit.embed import Encoder, ModelIdentity, load_encoder, model_identity
from casekit.errors import CasekitError, IndexDamagedError, SourceError, WorkspaceError
from casekit.fold import fold_spans, fold_text, match_key
from casekit.index import Draft, Generation, Manifest, PassageRow, SourceRow
from casekit.language import say
from casekit.lexical import terms_of
from casekit.passages import quote_of, split_passages
from casekit.readers import read_bytes
from casekit.store import Store, sha256_of
from casekit.types import Block, Cleaned, Doc, Metadata, Source, Span
from casekit.workspace import Workspace

__all__ = ["BuildReport", "Progress", "build", "embedded_text", "load_doc"]

# Raise it when a stage's output changes for the same input: every source is then processed again at the next build.
PIPELINE = "1"
_ENCODE_AT_ONCE = 1024  # passages held in memory for one call of the encoder


Progress = Callable[[str, int, int], None]
"""Told of work done: a stage's code name, how much is done, how much there is."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts are of sources, but for `passages`; `failed` pairs ids with one-line reasons."""

    generation: str
    sources: int
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    encoded: int
    reused: int
    seconds: float
    seconds_encoding: float
    failed: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def load_doc(store: Store, record: Record) -> Doc:
    """A source with its body found, hand-made rulings applied; the catalogue's metadata wins over what was recognised.

    Raises:
        SourceError: If the original is not imported, is gone, or is not the file that was added.
    """
    if record.file is None:
        raise SourceError(
            say(
                f"{record.id} 的原文没有导入;用 casekit add 文件 --id {record.id} 加入您自己的副本",
                f"the original of {record.id} is not imported; add your own copy: casekit add FILE --id {record.id}",
            )
        )
    data = store.read_bytes(record.file)
    if record.sha256 and sha256_of(data) != record.sha256:
        raise SourceError(
            say(
                f"{record.file} 在加入之后被改动;用 casekit add {store.path_of(record.file)} --id {record.id} --replace 收下新版本",
                f"{record.file} changed since it was added; casekit add FILE --id {record.id} --replace takes it",
            )
        )
    layer = store.layer(record.file)
    blocks: tuple[Block, ...]
    declared: Metadata | None
    if layer is None:
        result = read_bytes(data, name=record.file)
        text, blocks, declared = result.text, result.blocks, result.metadata
    else:
        text, blocks = layer.text, layer.blocks
        known = layer.declared
        declared = Metadata(**{**known, "authors": tuple(known["authors"])}) if known else None
    cleaned = clean_text(text, blocks=blocks, declared=declared)
    rulings = [(ruling.action, ruling.span) for ruling in store.overrides(record.id)]
    if rulings:
        cleaned = apply_overrides(cleaned, text, rulings)
    metadata = record.metadata
    script = metadata.script or cleaned.metadata.script
    cleaned = replace(cleaned, metadata=replace(metadata, script=script))
    return Doc(Source(record.id, record.sha256, text, cleaned.metadata, blocks), cleaned)


def embedded_text(title: str, heading: Sequence[str], quote: str) -> str:
    """What the encoder sees of a passage: its title and headings on the first line, then its text."""
    head = " ".join(dict.fromkeys(part for part in (title, *heading) if part))
    return f"{head}\n{quote}" if head else quote


def _key_of(record: Record, store: Store, settings: dict[str, Any]) -> str:
    parts = [
        PIPELINE,
        record.sha256,
        json.dumps(asdict(record.metadata), sort_keys=True),
        json.dumps([[o.action, o.span.start, o.span.end] for o in store.overrides(record.id)]),
        json.dumps(settings, sort_keys=True),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def build(
    workspace: Workspace,
    catalogue: Catalogue,
    store: Store,
    *,
    full: bool = False,
    progress: Progress | None = None,
    load: Callable[[str], Encoder | None] = load_encoder,
) -> BuildReport:
    """Bring the index up to date with the corpus.

    Raises:
        BusyError: If another process is writing.
        ModelError: If the embedding model cannot be loaded.
        WorkspaceError: If the index cannot be written; the current one stays as it was.
    """
    with workspace.locked():
        return _Build(workspace, catalogue, store, full=full, progress=progress, load=load).run()


class _Build:
    """One build: the steps share what they count."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        store: Store,
        *,
        full: bool,
        progress: Progress | None,
        load: Callable[[str], Encoder | None],
    ) -> None:
        self.workspace, self.catalogue, self.store, self.load = workspace, catalogue, store, load
        self.progress = progress or (lambda stage, done, total: None)
        self.started = time.perf_counter()
        self.settings = {"size_chars": workspace.settings.size_chars}
        self.notes: list[str] = []
        self.failed: list[tuple[str, str]] = []
        self.previous = None if full else self._previous()
        self.encoded = self.reused = 0
        self.seconds_encoding = 0.0

    def _previous(self) -> Generation | None:
        try:
            generation = index.current(self.workspace)
        except IndexDamagedError as error:
            self.notes.append(say(f"旧索引不能沿用,全部重建:{error}", f"rebuilding everything: {error}"))
            return None
        if generation is not None and generation.manifest.schema != index.records.SCHEMA_VERSION:
            self.notes.append(say("索引格式已更新,全部重建", "the index format changed: rebuilding everything"))
            return None
        return generation

    def run(self) -> BuildReport:
        records = [record for record in self.catalogue if record.file is not None]
        wanted = {record.id: _key_of(record, self.store, self.settings) for record in records}
        have = self.previous.records.keys() if self.previous else {}
        todo = [r for r in records if have.get(r.id) != wanted[r.id]]
        gone = [source_id for source_id in have if source_id not in wanted]
        same_model = self.previous is not None and self._same_model(self.previous)
        if self.previous is not None and not todo and not gone and same_model:
            return self._report(self.previous, added=0, changed=0, removed=0)
        draft = index.begin(self.workspace, self.previous)
        try:
            changed = [r.id for r in todo if r.id in have]
            draft.remove_sources([*gone, *changed])
            if not same_model:
                draft.forget_vectors()
            n_added = self._process(draft, todo, wanted, set(changed))
            identity = self._encode(draft, everything=not same_model)
            n, _ = draft.records.statistics()
            generation = draft.commit(
                lambda name: Manifest(
                    generation=name,
                    pipeline=PIPELINE,
                    model=asdict(identity) if identity else None,
                    settings={**self.settings, "model": self.workspace.settings.model},
                    sources=len(wanted) - len(self.failed),
                    passages=n,
                )
            )
        except CasekitError:
            draft.abandon()
            raise
        except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
            draft.abandon()
            raise WorkspaceError(
                say(
                    f"写索引失败({type(error).__name__}: {error});原有索引未变,请检查磁盘空间与权限后重试",
                    f"writing the index failed ({type(error).__name__}: {error}); the old index is unchanged, "
                    "check disk space and permissions and try again",
                )
            ) from error
        except BaseException:
            draft.abandon()
            raise
        return self._report(generation, added=n_added, changed=len(todo) - n_added, removed=len(gone))

    def _same_model(self, previous: Generation) -> bool:
        return previous.manifest.settings.get("model") == self.workspace.settings.model

    def _process(self, draft: Draft, todo: Sequence[Record], wanted: dict[str, str], changed: set[str]) -> int:
        n_added = 0
        self.pending: list[tuple[int, str, str, str]] = []
        for number, record in enumerate(todo, 1):
            try:
                doc = load_doc(self.store, record)
            except SourceError as error:
                self.failed.append((record.id, str(error)))
                continue
            rows = list(_rows(doc, draft, self.workspace.settings.size_chars))
            draft.add_source(_source_row(doc, wanted[record.id]), rows)
            self.pending += [
                (r.pid, r.script, r.embed_key, embedded_text(r.title, r.heading, r.quote)) for r, _ in rows
            ]
            n_added += record.id not in changed
            self.progress("read", number, len(todo))
        return n_added

    def _encode(self, draft: Draft, *, everything: bool) -> ModelIdentity | None:
        if everything:
            self.pending = [
                (row.pid, row.script, row.embed_key, embedded_text(row.title, row.heading, row.quote))
                for row in draft.records.passages_of()
            ]
        spec = self.workspace.settings.model
        old = self.previous.manifest.model if self.previous is not None and not everything else None
        fresh = []
        for item in self.pending:
            vector = draft.spare_vector(item[2])
            if vector is None:
                fresh.append(item)
            else:
                draft.add_vectors(item[1], [item[0]], vector[np.newaxis, :])
                self.reused += 1
        if not fresh and old is not None:
            return ModelIdentity(**old)
        encoder = self.load(spec)
        if encoder is None:
            return None
        identity = model_identity(encoder)
        if old is not None and asdict(identity) != old:
            # the same name means other weights now: every vector must come from them
            draft.forget_vectors()
            return self._encode(draft, everything=True)
        done = 0
        for start in range(0, len(fresh), _ENCODE_AT_ONCE):
            some = fresh[start : start + _ENCODE_AT_ONCE]
            began = time.perf_counter()
            tick = partial(self._tick, done, len(fresh))
            rows = encoder.encode_passages([text for _, _, _, text in some], progress=tick)
            self.seconds_encoding += time.perf_counter() - began
            done += len(some)
            self.progress("encode", done, len(fresh))
            for script in ("zh-Hans", "zh-Hant"):
                chosen = [i for i, item in enumerate(some) if item[1] == script]
                if chosen:
                    draft.add_vectors(script, [some[i][0] for i in chosen], rows[chosen])
        self.encoded = len(fresh)
        return identity

    def _tick(self, before: int, total: int, n: int) -> None:
        self.progress("encode", before + n, total)

    def _report(self, generation: Generation, *, added: int, changed: int, removed: int) -> BuildReport:
        n_failed_new = len(self.failed)
        report = BuildReport(
            generation=generation.manifest.generation,
            sources=generation.manifest.sources,
            passages=generation.manifest.passages,
            added=added,
            changed=max(0, changed - n_failed_new),
            removed=removed,
            unchanged=max(0, generation.manifest.sources - added - max(0, changed - n_failed_new)),
            encoded=self.encoded,
            reused=self.reused,
            seconds=round(time.perf_counter() - self.started, 3),
            seconds_encoding=round(self.seconds_encoding, 3),
            failed=tuple(self.failed),
            notes=tuple(self.notes),
        )
        generation.close()
        return report


def _source_row(doc: Doc, key: str) -> SourceRow:
    return SourceRow(
        id=doc.id,
        sha256=doc.source.sha256,
        key=key,
        script=_index_script(doc.cleaned.metadata.script),
        text=doc.text,
        match_key=match_key(quote_of(doc.text, Span(0, len(doc.text)), doc.cleaned.kept)),
        cleaned=doc.cleaned,
    )


def _index_script(script: str | None) -> str:
    return "zh-Hant" if script == "zh-Hant" else "zh-Hans"


def _rows(doc: Doc, draft: Draft, size_chars: int) -> Iterator[tuple[PassageRow, list[str]]]:
    passages = split_passages(doc.id, doc.text, doc.cleaned, size_chars=size_chars)
    title = doc.cleaned.metadata.title or ""
    script = _index_script(doc.cleaned.metadata.script)
    for pid, passage in zip(draft.take_pids(len(passages)), passages, strict=True):
        quote = quote_of(doc.text, passage.span, doc.cleaned.kept)
        head = [part for part in (title, *passage.heading) if part]
        text = embedded_text(title, passage.heading, quote)
        folded = fold_text("\n".join(dict.fromkeys(head))) + "\n" + _folded(doc.text, passage.span, doc.cleaned)
        terms = terms_of(folded)
        row = PassageRow(
            pid=pid,
            source=doc.id,
            start=passage.span.start,
            end=passage.span.end,
            title=title,
            heading=passage.heading,
            quote=quote,
            folded=folded,
            n_terms=len(terms),
            script=script,
            embed_key=hashlib.sha256(f"{script}\n{text}".encode()).hexdigest()[:32],
        )
        yield row, terms


def _folded(text: str, span: Span, cleaned: Cleaned) -> str:
    kept = [
        Span(max(s.start, span.start), min(s.end, span.end))
        for s in cleaned.kept
        if s.start < span.end and s.end > span.start
    ]
    return fold_spans(text, kept).text
