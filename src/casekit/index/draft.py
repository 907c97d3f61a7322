"""A generation in the making: everything is written beside the old one, and the last step makes it current."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from casekit.errors import CasekitError, IndexDamagedError, WorkspaceError
from casekit.index.form import PassageRow, SourceRow
from casekit.index.generation import Generation, current_name, mark_superseded, next_name, sweep
from casekit.index.manifest import Manifest, files_of, sha256_of_file, sha256_of_manifest
from casekit.index.records import Records
from casekit.index.words import WORDS_FILE, WordFile
from casekit.language import say
from casekit.lexical import LexicalIndex, terms_of
from casekit.types import Floats1d, Floats2d
from casekit.workspace import Workspace
from casekit.writing import write_atomically

if TYPE_CHECKING:
    from casekit.vectors import VectorIndex

__all__ = ["Draft", "begin"]


class Draft:
    """A new generation in the making, starting from a copy of the old one.

    With `words_anew` the word index is not taken over but made from all passages when the words are written.
    """

    def __init__(self, workspace: Workspace, previous: Generation | None, *, words_anew: bool = False) -> None:
        self._workspace = workspace
        self._previous = previous
        self._words_anew = words_anew and previous is not None
        self.folder = workspace.index / f".draft-{os.getpid()}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._linked: dict[str, str] = {}
        if previous is not None:
            shutil.copyfile(previous.folder / "records.sqlite", self.folder / "records.sqlite")
            if previous.words is not None:
                shutil.copyfile(previous.folder / WORDS_FILE, self.folder / WORDS_FILE)
            if not self._words_anew:
                self._link_lexical(previous)
        self.records = Records(self.folder / "records.sqlite", writable=True)
        self.words = WordFile(self.folder / WORDS_FILE, writable=True)
        self._lexical = LexicalIndex(self.folder / "lexical", create=previous is None or self._words_anew)
        self._vectors: dict[str, VectorIndex] = {}
        self._fresh: dict[str, list[tuple[Sequence[int], Floats2d]]] = {}
        self._spare: dict[str, Floats1d] = {}
        self._gained: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._next_pid = self.records.largest_pid() + 1

    def _link_lexical(self, previous: Generation) -> None:
        """tantivy never changes a segment file once written, so a link is as good as a copy."""
        (self.folder / "lexical").mkdir()
        for path in (previous.folder / "lexical").iterdir():
            target = self.folder / "lexical" / path.name
            if path.name.endswith(".lock"):
                continue
            if path.suffix == ".json":
                shutil.copyfile(path, target)
                continue
            try:
                target.hardlink_to(path)
                self._linked[f"lexical/{path.name}"] = previous.manifest.files[f"lexical/{path.name}"]
            except OSError:
                shutil.copyfile(path, target)

    def take_pids(self, n: int) -> range:
        """`n` fresh passage ids."""
        pids = range(self._next_pid, self._next_pid + n)
        self._next_pid += n
        return pids

    def remove_sources(self, source_ids: Iterable[str]) -> int:
        """Take sources out of every layer; returns the number of passages removed. Their vectors are kept for reuse."""
        ids = list(source_ids)
        for source_id in ids:
            self.records.remove_source(source_id)
        self.words.remove(ids)
        return self.remove_passages(ids)

    def remove_passages(self, source_ids: Iterable[str]) -> int:
        """Take the passages of sources out, but not what was found in these; their vectors are kept for reuse.

        Returns:
            How many passages.
        """
        rows = [row for source_id in source_ids for row in self.records.remove_passages(source_id)]
        if not rows:
            return 0
        if not self._words_anew:
            self._lexical.remove(row.pid for row in rows)
            for row in rows:
                self._lost.update(set(terms_of(row.folded)))
        by_script: dict[str, list[PassageRow]] = {}
        for row in rows:
            by_script.setdefault(row.script, []).append(row)
        for script, some in by_script.items():
            index = self._vector_index(script)
            if index is None:
                continue
            ids = np.array([row.pid for row in some], dtype=np.int64)
            vectors = index.reconstruct(ids)
            self._spare.update((row.embed_key, vector) for row, vector in zip(some, vectors, strict=True))
            index.remove(ids)
        return len(rows)

    def add_source(self, source: SourceRow, passages: Sequence[PassageRow]) -> list[PassageRow]:
        """Add a source and its passages (vectors come with `add_vectors`).

        Returns:
            The passages with fresh ids and the number of their terms.
        """
        self.records.add_source(source)
        terms = [terms_of(row.folded) for row in passages]
        pids = self.take_pids(len(passages))
        rows = [replace(row, pid=pid, n_terms=len(own)) for row, pid, own in zip(passages, pids, terms, strict=True)]
        self.records.add_passages(rows)
        if not self._words_anew:
            for own in terms:
                self._gained.update(set(own))
            self._lexical.add((row.pid, own) for row, own in zip(rows, terms, strict=True))
        return rows

    def write_words(self) -> None:
        """Write the word index and the term counts; nothing may be added or removed afterwards."""
        if self._words_anew:
            self._read_words()
        self.records.change_frequencies(self._gained)
        self.records.change_frequencies(self._lost, sign=-1)
        self._gained.clear()
        self._lost.clear()
        self._lexical.commit()

    def _read_words(self) -> None:
        """Take the terms of all passages in anew."""
        n_terms: dict[int, int] = {}
        for row in self.records.passages_of():
            terms = terms_of(row.folded)
            n_terms[row.pid] = len(terms)
            self._gained.update(set(terms))
            self._lexical.add([(row.pid, terms)])
        self.records.renumber_terms(n_terms)
        self._words_anew = False

    def borrow_vectors(self, folder: Path) -> int:
        """Take the vectors of a generation over whose records cannot be, by the key of the text that each is of.

        Returns:
            How many there are; 0 where they cannot be read.
        """
        from casekit.vectors import open_index

        try:
            by_script = Records.vector_keys(folder / "records.sqlite")
            for script, keys in by_script.items():
                vectors = open_index(folder / f"vectors-{script}.faiss").reconstruct(np.array(list(keys), np.int64))
                self._spare.update(zip(keys.values(), vectors, strict=True))
        except CasekitError:
            self._spare.clear()
        return len(self._spare)

    def renew_vectors(self) -> bool:
        """Put the vectors, as they are, into indexes made anew; False where they cannot be had exactly any more."""
        from casekit.vectors import choose_index, open_index

        if self._previous is None:
            return True
        try:
            for script in self._previous.scripts:
                old = open_index(self._previous.folder / f"vectors-{script}.faiss")
                if old.kind != choose_index(1, old.dim).kind:
                    return False  # a compressed index has lost digits
                new = choose_index(len(old), old.dim)
                new.add(old.ids(), old.reconstruct(old.ids()))
                self._vectors[script] = new
        except CasekitError:
            return False
        return True

    def spare_vector(self, embed_key: str) -> Floats1d | None:
        """The vector of a removed passage with the same text, or None."""
        return self._spare.get(embed_key)

    def add_vectors(self, script: str, pids: Sequence[int], rows: Floats2d) -> None:
        """Add vectors, shape (len(pids), dim); they are put into the index at `commit`, when their number is known."""
        self._fresh.setdefault(script, []).append((pids, rows))

    def forget_vectors(self) -> None:
        """Drop every vector (another model is to make them)."""
        self._vectors.clear()
        self._fresh.clear()
        self._spare.clear()
        self._previous = None

    def _vector_index(self, script: str) -> VectorIndex | None:
        if script not in self._vectors:
            if self._previous is None or script not in self._previous.scripts:
                return None
            from casekit.vectors import open_index

            # opened anew: the previous generation's own copy must not change
            self._vectors[script] = open_index(self._previous.folder / f"vectors-{script}.faiss")
        return self._vectors[script]

    def _write_vectors(self) -> None:
        """Save the vector indexes, each of the kind that suits the number of rows it has now."""
        from casekit.vectors import choose_index

        if self._previous is not None:
            for script in self._previous.scripts:
                self._vector_index(script)
        for script, batches in self._fresh.items():
            pids = np.array([pid for some, _ in batches for pid in some], dtype=np.int64)
            rows = np.concatenate([rows for _, rows in batches])
            index = self._vector_index(script)
            suited = choose_index(len(pids) + (0 if index is None else len(index)), int(rows.shape[1]))
            if index is None:
                index = suited
            elif index.kind != suited.kind and index.kind == choose_index(1, index.dim).kind:
                # an exact index has outgrown its kind (never the other way: a compressed one has lost digits)
                suited.add(index.ids(), index.reconstruct(index.ids()))
                index = suited
            index.add(pids, rows)
            self._vectors[script] = index
        self._fresh.clear()
        for script, index in self._vectors.items():
            if len(index):
                index.save(self.folder / f"vectors-{script}.faiss")

    def commit(self, manifest: Callable[[str], Manifest]) -> Generation:
        """Finish the files and make this generation current in one atomic step."""
        self.write_words()
        self.records.close(commit=True)
        self.words.close(commit=True)
        self._write_vectors()
        name = next_name(self._workspace.index)
        made = manifest(name)
        files = {}
        for path in sorted(files_of(self.folder)):
            relative = path.relative_to(self.folder).as_posix()
            files[relative] = self._linked.get(relative) or sha256_of_file(path)
        data = {**asdict(made), "files": files}
        data["sha256"] = sha256_of_manifest(data)
        write_atomically(self.folder / "manifest.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        target = self._workspace.index / name
        self.folder.rename(target)
        try:
            previous_name = current_name(self._workspace.index)
        except IndexDamagedError:
            previous_name = None
        write_atomically(self._workspace.index / "CURRENT", name + "\n")
        if previous_name is not None and previous_name != name:
            mark_superseded(self._workspace.index / previous_name)
        sweep(self._workspace.index, keep={name, previous_name or name})
        return Generation(target)

    def abandon(self) -> None:
        """Throw the draft away; the current generation is untouched."""
        try:
            self.records.close()
            self.words.close()
            self._lexical.abandon()
        finally:
            _remove_folder(self.folder)


def begin(workspace: Workspace, previous: Generation | None, *, words_anew: bool = False) -> Draft:
    """A draft that starts from `previous` (`words_anew`: but for its word index); the caller holds the workspace's lock.

    Raises:
        WorkspaceError: If the folder cannot be written.
    """
    try:
        workspace.index.mkdir(parents=True, exist_ok=True)
        for stale in workspace.index.glob(".draft-*"):
            shutil.rmtree(stale, ignore_errors=True)
        try:
            return Draft(workspace, previous, words_anew=words_anew)
        except BaseException:
            for unfinished in workspace.index.glob(".draft-*"):
                shutil.rmtree(unfinished, ignore_errors=True)
            raise
    except OSError as error:
        raise _cannot_write(workspace.index, error) from error
    except IndexDamagedError as error:
        # the files copied were whole a moment ago, so it is the copying that went wrong
        raise _cannot_write(workspace.index, error.__cause__ or error) from error


def _cannot_write(folder: Path, error: BaseException) -> WorkspaceError:
    return WorkspaceError(
        say(
            f"无法写入 {folder}：{error}；原有索引未变，请检查磁盘空间与权限后重试",
            f"cannot write to {folder}: {error}; the old index is unchanged, check disk space and permissions",
        )
    )


def _remove_folder(folder: Path) -> None:
    """Remove a folder in which a thread may still be writing its last file; what stays is swept by the next build."""
    for wait_s in (0.0, 0.02, 0.1, 0.5):
        time.sleep(wait_s)
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
