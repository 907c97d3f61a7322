"""From the corpus to a new generation of the index, doing only what changed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from casekit import index
from casekit.bounded import OutOfBoundsError, guarded
from casekit.catalogue import Catalogue, Record
from casekit.cues import in_force, load_cues
from casekit.embed import Encoder, ModelIdentity, load_encoder
from casekit.errors import CasekitError, IndexDamagedError, SourceError, WorkspaceError
from casekit.index import FORMAT, Draft, Generation, Manifest, PassageRow, SourceRow
from casekit.index.layers import made_with
from casekit.kept import as_kept
from casekit.language import say
from casekit.store import Store
from casekit.types import Doc
from casekit.workbench.corpus.ageing import old_texts, told_of_age, untagged
from casekit.workbench.corpus.built import BuildReport, Progress, Tally
from casekit.workbench.corpus.drafted import differences, doc_in
from casekit.workbench.corpus.encoding import Encoding
from casekit.workbench.corpus.leading import FOLLOWING, leading, new_sources, takes_long
from casekit.workbench.corpus.learning import UNLEARNT, Learning
from casekit.workbench.corpus.loading import load_doc
from casekit.workbench.corpus.making import passage_rows, source_row
from casekit.workbench.corpus.planning import Plan, Redone, plan_build
from casekit.workbench.corpus.prepared import Prepared
from casekit.workbench.corpus.standing import standing_of
from casekit.workspace import Workspace

__all__ = ["Redone", "build"]

_READ_AT_ONCE = 200  # sources whose prepared texts are held in memory


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
        self.made = made_with(workspace)
        self.notes: list[str] = []
        self.other_form: Generation | None = None
        self.previous = None if full else self._previous()
        self.prepared = Prepared(workspace)
        self.vectors = Encoding(partial(load, workspace.settings.model), self.progress)
        self.full = full
        self.standing = standing_of((), ())
        self.tally = Tally()

    def _previous(self) -> Generation | None:
        try:
            generation = index.current(self.workspace)
        except IndexDamagedError as error:
            self.notes.append(say(f"旧索引不能沿用，全部重建：{error}", f"rebuilding everything: {error}"))
            return None
        if generation is not None and generation.manifest.format != FORMAT:
            self.notes.append(
                say(
                    "索引的记录格式变了，全部重建；文字没变的段落沿用原来的向量",
                    "the form of the records changed: rebuilding everything; vectors of the same text are kept",
                )
            )
            self.other_form = generation
            return None
        return generation

    def run(self) -> BuildReport:
        records = [record for record in self.catalogue if record.file is not None]
        self.standing = standing_of(self.catalogue, {record.id for record in records})
        plan = plan_build(records, self.store.all_overrides(), self.previous, self.made, self.standing)
        self._refuse_a_loss(plan)
        new = new_sources(plan, self.previous)
        if not self.full and takes_long(new, self.workspace.settings):
            self._words_first(plan, new)
            plan = plan_build(records, self.store.all_overrides(), self.previous, self.made, self.standing)
        same_model = self.previous is not None and self._same_model(self.previous) and "vectors" not in plan.stale
        if plan.nothing and self.previous is not None and same_model:
            same_model = self.vectors.would_fit(self._old_model(same_model))
            if same_model:
                return self._report(self.previous, plan)
        draft = index.begin(self.workspace, self.previous, words_anew="words" in plan.stale)
        with self._abandoned_where_it_fails(draft):
            if not self._fill(draft, plan, same_model=same_model) and self.previous is not None:
                self._abandon(draft)  # nothing but what cannot be read: the index stays as it is
                return self._report(self.previous, plan)
            generation = self._finish(draft, same_model=same_model)
        self.prepared.clear({record.sha256 for record in records})
        if "text" in plan.stale:
            self.notes += told_of_age((), old_texts(self.workspace, self.catalogue, self.store))
        self.notes += untagged(self.workspace)
        return self._report(generation, plan)

    def _words_first(self, plan: Plan, new: Sequence[Record]) -> None:
        """An index in which new sources are found by their words, made current; this build then goes on from it."""
        before = self.previous.manifest if self.previous is not None else None
        first = Manifest("", None, layers=self.made, settings=self._settings())
        draft = index.begin(self.workspace, self.previous)
        with self._abandoned_where_it_fails(draft):
            following = 0
            for _, docs in self._loaded(draft, plan, new):
                for _, row, passages in self._made(docs, plan):
                    following += len(draft.add_source(replace(row, key=FOLLOWING), passages))
            n, m = len(draft.records.keys()), draft.records.n_passages()
            generation = draft.commit(
                lambda name: leading(name, before, first, sources=n, passages=m, following=following)
            )
        if self.previous is not None:
            self.previous.close()
        self.previous = generation
        self.tally.failed.clear()  # they are tried again

    @contextmanager
    def _abandoned_where_it_fails(self, draft: Draft) -> Iterator[None]:
        try:
            yield
        except CasekitError:
            self._abandon(draft)
            raise
        except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
            self._abandon(draft)
            raise WorkspaceError(
                say(
                    f"写索引失败（{type(error).__name__}：{error}）；原有索引未变，请检查磁盘空间与权限后重试",
                    f"writing the index failed ({type(error).__name__}: {error}); the old index is unchanged, "
                    "check disk space and permissions and try again",
                )
            ) from error
        except BaseException:
            self._abandon(draft)
            raise

    def _settings(self) -> dict[str, Any]:
        return {"size_chars": self.workspace.settings.size_chars, "model": self.workspace.settings.model}

    def _refuse_a_loss(self, plan: Plan) -> None:
        """Drop nothing from the index because of a catalogue that is not the one that was acknowledged.

        Raises:
            WorkspaceError: If the build would.
        """
        if plan.gone and as_kept(self.catalogue.path) is False:
            n, path = len(plan.gone), self.catalogue.path
            raise WorkspaceError(
                say(
                    f"{path} 在 casekit 之外被改动，照它建会从索引里去掉 {n} 个来源；没有动索引。"
                    "是您改的，先 casekit verify --accept；不是，从备份恢复它",
                    f"{path} was changed by something else than casekit, and a build by it would drop {n} sources; the index "
                    "was not touched. If you changed it: casekit verify --accept first; if not, take it from a backup",
                )
            )

    # ---- the steps ----------------------------------------------------------------------------------------------
    def _fill(self, draft: Draft, plan: Plan, *, same_model: bool) -> bool:
        """Bring the draft up to date but for its files; False where that changes nothing."""
        have = set(draft.records.keys())
        draft.remove_sources(plan.gone)
        if self.previous is not None and same_model and "nearest" in plan.stale:
            same_model = draft.renew_vectors()
        if not same_model:
            draft.forget_vectors()
        encodes_all = self.previous is not None and not same_model
        if plan.todo or plan.cuts or not same_model:
            self.vectors.start(draft, self._borrowed_model(draft) or self._old_model(same_model))
        again = plan.same if plan.cuts else ()
        self._read(draft, plan, [*plan.todo, *again], encode=not encodes_all)
        if encodes_all:
            self.vectors.add(draft.records.passages_of())
        if (
            not plan.stale
            and same_model
            and not plan.gone
            and not (have & {r.id for r in plan.todo})
            and not self.tally.cleaned
        ):
            return False
        learning = Learning(draft, plan, self.workspace, self.standing, self.tally, self.progress)
        learning.find()
        learning.cut()
        return True

    def _finish(self, draft: Draft, *, same_model: bool) -> Generation:
        draft.write_words()
        identity = self.vectors.finish() or self._old_model(same_model)
        sources, passages = len(draft.records.keys()), draft.records.n_passages()
        model = asdict(identity) if identity else None
        return draft.commit(lambda name: Manifest(name, model, self.made, self._settings(), sources, passages))

    def _abandon(self, draft: Draft) -> None:
        self.vectors.stop()
        draft.abandon()

    def _same_model(self, previous: Generation) -> bool:
        return previous.manifest.settings.get("model") == self.workspace.settings.model

    def _old_model(self, same_model: bool) -> ModelIdentity | None:
        if self.previous is None or not same_model or self.previous.manifest.model is None:
            return None
        return ModelIdentity(**self.previous.manifest.model)

    def _borrowed_model(self, draft: Draft) -> ModelIdentity | None:
        """The model of the vectors of an index whose records cannot be taken over, if its vectors can."""
        old = self.other_form
        if old is None or not self._same_model(old) or old.manifest.model is None:
            return None
        if old.manifest.layers.get("vectors", self.made["vectors"]) != self.made["vectors"]:
            return None
        return ModelIdentity(**old.manifest.model) if draft.borrow_vectors(old.folder) else None

    def _read(self, draft: Draft, plan: Plan, records: Sequence[Record], *, encode: bool) -> None:
        """Sources with their bodies and passages; what comes out as it was stays, with its passages and vectors."""
        for ids, docs in self._loaded(draft, plan, records):
            self._take(draft, plan, ids, docs, encode=encode)

    def _loaded(self, draft: Draft, plan: Plan, records: Sequence[Record]) -> Iterator[tuple[list[str], list[Doc]]]:
        """Ids of sources, some at a time, with the documents of those that can be read."""
        todo = {record.id for record in plan.todo}
        for start in range(0, len(records), _READ_AT_ONCE):
            some = records[start : start + _READ_AT_ONCE]
            ready = {} if self.full else self.prepared.get([record.sha256 for record in some])
            docs = []
            for number, record in enumerate(some, start + 1):
                if record.id not in todo and not plan.cleans:
                    docs.append(doc_in(draft, record.id))
                else:
                    try:
                        with guarded(record.id):
                            docs.append(load_doc(self.store, record, ready.get(record.sha256)))
                    except SourceError as error:
                        self.tally.failed.append((record.id, str(error)))
                self.progress("read", number, len(records))
            yield [record.id for record in some], docs

    def _take(self, draft: Draft, plan: Plan, ids: Sequence[str], docs: Sequence[Doc], *, encode: bool) -> None:
        """Put documents into the draft in the place of those of these ids; the others go."""
        made = self._made(docs, plan)
        read = {doc.id for doc, _, _ in made}
        draft.remove_sources(source_id for source_id in ids if source_id not in read)
        same = {record.id for record in plan.same}
        new, lacking = [], []
        for doc, row, passages in made:
            old = draft.records.source(doc.id)
            kept = [replace(one, pid=0) for one in draft.records.passages_of(doc.id)]
            differs = differences(old, row) | ({"passages"} if kept != passages else set())
            follows = old is not None and old.key == FOLLOWING
            if "body" in differs or follows or (old is not None and old.key == UNLEARNT):
                self.tally.cleaned.add(doc.id)
            if old is None or follows:
                self.tally.added.add(doc.id)
            elif doc.id not in same or differs:
                self.tally.changed.add(doc.id)
                if doc.id not in same and self.standing.of(doc.id).rank != "original":
                    self.tally.cleaned.add(
                        doc.id
                    )  # an original may have come or gone: what it may tell is another thing now
            if doc.id in same:
                self.tally.differing.update(differs)
            if "passages" in differs or old is None:
                new.append((row, passages))
            elif row != old:
                draft.records.add_source(row)
                lacking += [doc.id] if follows else []
        draft.remove_passages(row.id for row, _ in new)
        for row, passages in new:
            rows = draft.add_source(row, passages)
            if encode:
                self.vectors.add(rows)
        for source_id in lacking if encode else ():
            self.vectors.add(draft.records.passages_of(source_id))

    def _made(self, docs: Sequence[Doc], plan: Plan) -> list[tuple[Doc, SourceRow, list[PassageRow]]]:
        """Documents with their rows; what cannot be folded or cut into passages has failed, the rest goes on."""
        made = []
        for doc in docs:
            try:
                with guarded(doc.id):
                    row = source_row(doc, plan.keys[doc.id])
                    made.append((doc, row, passage_rows(doc, size_chars=self.workspace.settings.size_chars)))
            except OutOfBoundsError as error:
                self.tally.failed.append((doc.id, str(error)))
        return made

    def _report(self, generation: Generation, plan: Plan) -> BuildReport:
        n = generation.manifest.sources
        whole = dict.fromkeys(("words", "vectors", "nearest"), n)
        report = BuildReport(
            generation=generation.manifest.generation,
            sources=n,
            passages=generation.manifest.passages,
            added=len(self.tally.added),
            changed=len(self.tally.changed),
            removed=len(plan.gone),
            unchanged=max(0, n - len(self.tally.added) - len(self.tally.changed)),
            encoded=self.vectors.encoded,
            reused=self.vectors.reused,
            seconds=round(time.perf_counter() - self.started, 3),
            seconds_encoding=round(self.vectors.seconds, 3),
            failed=tuple(self.tally.failed),
            notes=tuple(self.notes),
            layers=plan.redone(self.tally.differing | whole, sources=n, looked_at=self.tally.looked_at),
        )
        generation.close()
        if self.other_form is not None:
            self.other_form.close()
        return report
