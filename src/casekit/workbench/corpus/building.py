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

from casekit import index
from casekit.catalogue import Catalogue, Record
from casekit.clean import apply_overrides, clean_text
from casekit.cues import in_force, load_cues
from casekit.embed import Encoder, ModelIdentity, load_encoder
from casekit.errors import CasekitError, IndexDamagedError, SettingError, SourceError, WorkspaceError
from casekit.fold import fold_spans, fold_text, match_key
from casekit.index import SCHEMA_VERSION, Draft, Generation, Manifest, PassageRow, SourceRow
from casekit.language import say
from casekit.lexical import terms_of
from casekit.lexicon import load_lexicon
from casekit.passages import quote_of, split_passages
from casekit.readers import read_bytes
from casekit.store import Override, Store, sha256_of
from casekit.types import Cleaned, Doc, Metadata, Source, Span
from casekit.workbench.corpus.encoding import Encoding, embedded_text
from casekit.workbench.corpus.prepared import Prepared
from casekit.workbench.knowledge.knowing import KNOWLEDGE, knowledge_of, lexicon_key
from casekit.workspace import Workspace

__all__ = ["BuildReport", "Progress", "build", "load_doc"]

# Raise it when a stage's output changes for the same input: every source is then processed again at the next build.
PIPELINE = "1"
_READ_AT_ONCE = 200  # sources whose prepared texts are held in memory


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


def load_doc(store: Store, record: Record, ready: tuple[str, Cleaned] | None = None) -> Doc:
    """A source with its body found, hand-made rulings applied; the catalogue's metadata wins over what was recognised.

    `ready` is the text and body of the very same bytes, if they were read and cleaned before.

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
    text, cleaned = ready or _read_and_clean(store, record.file, data)
    rulings = [(ruling.action, ruling.span) for ruling in store.overrides(record.id, record.sha256)]
    if rulings:
        try:
            cleaned = apply_overrides(cleaned, text, rulings)
        except SettingError as error:
            raise SourceError(
                say(
                    f"{record.id} 的裁定(corpus/overrides.json)有误:{error};casekit undo {record.id} 可收回",
                    f"a ruling on {record.id} (corpus/overrides.json) is wrong: {error}; casekit undo {record.id}",
                )
            ) from error
    metadata = record.metadata
    script = metadata.script or cleaned.metadata.script
    cleaned = replace(cleaned, metadata=replace(metadata, script=script))
    return Doc(Source(record.id, record.sha256, text, cleaned.metadata), cleaned)


def _read_and_clean(store: Store, file: str, data: bytes) -> tuple[str, Cleaned]:
    layer = store.layer(file)
    if layer is None:
        result = read_bytes(data, name=file)
        return result.text, clean_text(result.text, blocks=result.blocks, declared=result.metadata)
    known = layer.declared
    declared = Metadata(**{**known, "authors": tuple(known["authors"])}) if known else None
    return layer.text, clean_text(layer.text, blocks=layer.blocks, declared=declared)


def _key_of(record: Record, rulings: Sequence[Override], settings: dict[str, Any]) -> str:
    parts = [
        PIPELINE,
        record.sha256,
        json.dumps(asdict(record.metadata), sort_keys=True),
        json.dumps([[o.action, o.span.start, o.span.end] for o in rulings if o.is_about(record.sha256)]),
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
        CuesError: If a list of cues in the workspace breaks the format.
        WorkspaceError: If the index cannot be written; the current one stays as it was.
    """
    with workspace.locked(), in_force(load_cues(workspace.root)):
        catalogue.reload()  # another process may have added sources since it was read
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
        self.workspace, self.catalogue, self.store = workspace, catalogue, store
        self.progress = progress or (lambda stage, done, total: None)
        self.started = time.perf_counter()
        self.settings = {"size_chars": workspace.settings.size_chars}
        self.notes: list[str] = []
        self.failed: list[tuple[str, str]] = []
        self.previous = None if full else self._previous()
        self.prepared = Prepared(workspace.index)
        self.vectors = Encoding(partial(load, workspace.settings.model), self.progress)
        self.full = full

    def _previous(self) -> Generation | None:
        try:
            generation = index.current(self.workspace)
        except IndexDamagedError as error:
            self.notes.append(say(f"旧索引不能沿用,全部重建:{error}", f"rebuilding everything: {error}"))
            return None
        if generation is not None and generation.manifest.schema != SCHEMA_VERSION:
            self.notes.append(say("索引格式已更新,全部重建", "the index format changed: rebuilding everything"))
            return None
        return generation

    def run(self) -> BuildReport:
        records = [record for record in self.catalogue if record.file is not None]
        overrides = self.store.all_overrides()
        wanted = {record.id: _key_of(record, overrides.get(record.id, []), self.settings) for record in records}
        have = self.previous.records.keys() if self.previous else {}
        todo = [r for r in records if have.get(r.id) != wanted[r.id]]
        gone = [source_id for source_id in have if source_id not in wanted]
        same_model = self.previous is not None and self._same_model(self.previous)
        knowledge = f"{KNOWLEDGE}:{lexicon_key(self.workspace.lexicon)}"
        known = self.previous is not None and self.previous.records.value("knowledge") == knowledge
        if self.previous is not None and not todo and not gone and same_model and known:
            same_model = self.vectors.would_fit(self._old_model(same_model))
        if self.previous is not None and not todo and not gone and same_model and known:
            return self._report(self.previous, added=0, changed=0, removed=0)
        draft = index.begin(self.workspace, self.previous)
        try:
            changed = {r.id for r in todo if r.id in have}
            draft.remove_sources([*gone, *sorted(changed)])
            if not same_model:
                draft.forget_vectors()
            if not known:
                for kind in ("mention", "fact", "relation"):
                    draft.records.remove_records(kind)
            if todo or not same_model:
                self.vectors.start(draft, self._old_model(same_model))
            n_added = self._process(draft, todo, wanted, changed, everything=not same_model)
            if same_model and known and not (changed or gone) and len(self.failed) == len(todo) and self.previous:
                self._abandon(draft)  # nothing but what cannot be read: the index stays as it is
                return self._report(self.previous, added=0, changed=len(todo), removed=0)
            self._learn(draft, None if not known else [r.id for r in todo])
            draft.records.set_value("knowledge", knowledge)
            draft.write_words()
            identity = self.vectors.finish() or self._old_model(same_model)
            n, _ = draft.records.statistics()
            n_sources = len(draft.records.keys())
            generation = draft.commit(
                lambda name: Manifest(
                    generation=name,
                    pipeline=PIPELINE,
                    model=asdict(identity) if identity else None,
                    settings={**self.settings, "model": self.workspace.settings.model},
                    sources=n_sources,
                    passages=n,
                )
            )
        except CasekitError:
            self._abandon(draft)
            raise
        except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
            self._abandon(draft)
            raise WorkspaceError(
                say(
                    f"写索引失败({type(error).__name__}: {error});原有索引未变,请检查磁盘空间与权限后重试",
                    f"writing the index failed ({type(error).__name__}: {error}); the old index is unchanged, "
                    "check disk space and permissions and try again",
                )
            ) from error
        except BaseException:
            self._abandon(draft)
            raise
        self.prepared.clear({record.sha256 for record in records})
        return self._report(generation, added=n_added, changed=len(todo) - n_added, removed=len(gone))

    def _abandon(self, draft: Draft) -> None:
        self.vectors.stop()
        draft.abandon()

    def _same_model(self, previous: Generation) -> bool:
        return previous.manifest.settings.get("model") == self.workspace.settings.model

    def _old_model(self, same_model: bool) -> ModelIdentity | None:
        if self.previous is None or not same_model or self.previous.manifest.model is None:
            return None
        return ModelIdentity(**self.previous.manifest.model)

    def _process(
        self, draft: Draft, todo: Sequence[Record], wanted: dict[str, str], changed: set[str], *, everything: bool
    ) -> int:
        n_added = 0
        if everything:
            self.vectors.add(draft.records.passages_of())
        for start in range(0, len(todo), _READ_AT_ONCE):
            some = todo[start : start + _READ_AT_ONCE]
            ready = {} if self.full else self.prepared.get([record.sha256 for record in some])
            for number, record in enumerate(some, start + 1):
                try:
                    doc = load_doc(self.store, record, ready.get(record.sha256))
                except SourceError as error:
                    self.failed.append((record.id, str(error)))
                    continue
                rows = list(_rows(doc, draft, self.workspace.settings.size_chars))
                draft.add_source(_source_row(doc, wanted[record.id]), rows)
                self.vectors.add(row for row, _ in rows)
                n_added += record.id not in changed
                self.progress("read", number, len(todo))
        return n_added

    def _learn(self, draft: Draft, source_ids: Sequence[str] | None) -> None:
        """Names, figures and relations of these sources (None: of all)."""
        ids = sorted(draft.records.keys()) if source_ids is None else list(source_ids)
        if not ids:
            return
        lexicon = load_lexicon(self.workspace.lexicon)
        for number, source_id in enumerate(ids, 1):
            row = draft.records.source(source_id)
            if row is None:
                continue
            doc = Doc(Source(row.id, row.sha256, row.text, row.cleaned.metadata), row.cleaned)
            for kind, records in knowledge_of(doc, lexicon).items():
                draft.records.add_records(kind, records)
            self.progress("knowledge", number, len(ids))

    def _report(self, generation: Generation, *, added: int, changed: int, removed: int) -> BuildReport:
        really_changed = max(0, changed - len(self.failed))
        report = BuildReport(
            generation=generation.manifest.generation,
            sources=generation.manifest.sources,
            passages=generation.manifest.passages,
            added=added,
            changed=really_changed,
            removed=removed,
            unchanged=max(0, generation.manifest.sources - added - really_changed),
            encoded=self.vectors.encoded,
            reused=self.vectors.reused,
            seconds=round(time.perf_counter() - self.started, 3),
            seconds_encoding=round(self.vectors.seconds, 3),
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
    folded = fold_spans(doc.text, doc.cleaned.kept)
    heads: dict[tuple[str, ...], str] = {}
    for pid, passage in zip(draft.take_pids(len(passages)), passages, strict=True):
        quote = quote_of(doc.text, passage.span, doc.cleaned.kept)
        if passage.heading not in heads:
            parts = (part for part in (title, *passage.heading) if part)
            heads[passage.heading] = fold_text("\n".join(dict.fromkeys(parts)))
        start, end = folded.locate(passage.span)
        words = f"{heads[passage.heading]}\n{folded.text[start:end]}"
        terms = terms_of(words)
        text = embedded_text(title, passage.heading, quote)
        row = PassageRow(
            pid=pid,
            source=doc.id,
            start=passage.span.start,
            end=passage.span.end,
            title=title,
            heading=passage.heading,
            quote=quote,
            folded=words,
            n_terms=len(terms),
            script=script,
            embed_key=hashlib.sha256(f"{script}\n{text}".encode()).hexdigest()[:32],
        )
        yield row, terms
