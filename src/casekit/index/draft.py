"""A generation in the making: everything is written beside the old one, and the last step makes it current."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from casekit.errors import CasekitError, IndexDamagedError, WorkspaceError
from casekit.index.form import RECORDS_FILE, SCHEMA, TABLES, PassageRow, SourceRow
from casekit.index.generation import (
    Generation,
    current_name,
    mark_superseded,
    next_name,
    sweep,
    vectors_folder,
    vectors_in,
)
from casekit.index.layered import base_of, settle
from casekit.index.manifest import Manifest, files_of, sha256_of_file, sha256_of_manifest, stamp_files
from casekit.index.records import Records
from casekit.index.words import OF_SMALL, WORDS_FILE, WordFile
from casekit.index.words import SCHEMA as WORDS_SCHEMA
from casekit.index.words import TABLES as WORDS_TABLES
from casekit.language import say
from casekit.lexical import LexicalDraft, LexicalRow
from casekit.types import Floats1d, Floats2d
from casekit.workspace import Workspace
from casekit.writing import write_atomically

if TYPE_CHECKING:
    from casekit.vectors import BlockedDraft

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
        self._linked: dict[str, tuple[Path, str]] = {}
        if previous is not None:
            for name in (RECORDS_FILE, WORDS_FILE):
                if name in previous.manifest.files:
                    shutil.copyfile(previous.folder / name, self.folder / name)
                    base = base_of(previous.folder / name)
                    if base.exists():
                        self._link(base, self.folder / base.name)
        self.records = Records(self.folder / RECORDS_FILE, writable=True)
        self.words = WordFile(self.folder / WORDS_FILE, writable=True)
        kept = None if previous is None or words_anew else previous.folder / "lexical"
        self._lexical = LexicalDraft(self.folder / "lexical", previous=kept, link=self._link)
        self._vectors: dict[str, BlockedDraft] = {}
        self._fresh: dict[str, list[tuple[Sequence[int], Floats2d]]] = {}
        self._spare: dict[str, Floats1d] = {}
        self._next_pid = max(self.records.largest_pid(), self._lexical.largest_pid()) + 1

    def _link(self, source: Path, target: Path) -> None:
        """Take a file over that is never changed once written: a link is as good as a copy."""
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)
            return
        if self._previous is not None:
            name = source.relative_to(self._previous.folder).as_posix()
            self._linked[target.relative_to(self.folder).as_posix()] = source, self._previous.manifest.files[name]

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
        by_script: dict[str, list[PassageRow]] = {}
        for row in rows:
            by_script.setdefault(row.script, []).append(row)
        for script, some in by_script.items():
            index = self._vector_draft(script)
            if index is not None:
                pids = np.array([row.pid for row in some], dtype=np.int64)
                here = index.holds(pids)  # a passage whose vector follows has none yet
                some = [row for row, one in zip(some, here.tolist(), strict=True) if one]
                vectors = index.remove(pids[here])
                self._spare.update((row.embed_key, vector) for row, vector in zip(some, vectors, strict=True))
        return len(rows)

    def add_source(self, source: SourceRow, passages: Sequence[PassageRow]) -> list[PassageRow]:
        """Add a source and its passages (vectors come with `add_vectors`).

        Returns:
            The passages with fresh ids.
        """
        self.records.add_source(source)
        rows = [replace(row, pid=pid) for row, pid in zip(passages, self.take_pids(len(passages)), strict=True)]
        self.records.add_passages(rows)
        if not self._words_anew:
            self._lexical.add(map(_lexical_row, rows))
        return rows

    def write_words(self) -> None:
        """Write the word index; nothing may be added or removed afterwards."""
        if self._words_anew:
            self._lexical.add(map(_lexical_row, self.records.passages_by_id()))
            self._words_anew = False
        self._lexical.commit()

    def borrow_vectors(self, folder: Path) -> int:
        """Take the vectors of a generation over whose records cannot be, by the key of the text that each is of.

        Returns:
            How many there are; 0 where they cannot be read.
        """
        from casekit.vectors import open_index

        try:
            by_script = Records.vector_keys(folder / RECORDS_FILE)
            for script, keys in by_script.items():
                before = folder / f"vectors-{script}.faiss"  # as older versions kept them
                index = open_index(before) if before.exists() else vectors_in(folder, script)
                vectors = index.reconstruct(np.array(list(keys), np.int64))
                self._spare.update(zip(keys.values(), vectors, strict=True))
        except CasekitError:
            self._spare.clear()
        return len(self._spare)

    def renew_vectors(self) -> bool:
        """Put the vectors, as they are, into files made anew; False where they cannot be read any more."""
        from casekit.vectors import BlockedDraft

        if self._previous is None:
            return True
        try:
            for script in self._previous.scripts:
                old = vectors_in(self._previous.folder, script)
                ids = np.intersect1d(old.ids(), self.records.pids())
                folder = self.folder / vectors_folder(script)
                shutil.rmtree(folder, ignore_errors=True)
                new = self._vectors[script] = BlockedDraft(folder)
                if len(ids):
                    new.add(ids, old.reconstruct(ids))
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
        for folder in self.folder.glob(vectors_folder("*")):
            shutil.rmtree(folder)
        self._vectors.clear()
        self._fresh.clear()
        self._spare.clear()
        self._previous = None

    def _vector_draft(self, script: str, *, new: bool = False) -> BlockedDraft | None:
        """The vectors of a script; where there are none yet, None, or with `new` an empty one."""
        from casekit.vectors import BlockedDraft

        if script not in self._vectors:
            before = self._previous
            known = before is not None and script in before.scripts
            if not known and not new:
                return None
            previous = before.folder / vectors_folder(script) if before is not None and known else None
            self._vectors[script] = BlockedDraft(
                self.folder / vectors_folder(script), previous=previous, link=self._link
            )
        return self._vectors[script]

    def _write_vectors(self) -> None:
        """Write the vectors: those taken over as they are, beside them what is new."""
        for script in self._previous.scripts if self._previous is not None else ():
            self._vector_draft(script)
        for script, batches in self._fresh.items():
            index = self._vector_draft(script, new=True)
            if index is not None:
                pids = np.array([pid for some, _ in batches for pid in some], dtype=np.int64)
                index.add(pids, np.concatenate([rows for _, rows in batches]))
        self._fresh.clear()
        for one in self._vectors.values():
            one.commit()

    def _settle(self) -> None:
        """Write the small files into the large ones where they have grown."""
        records, words = self.folder / RECORDS_FILE, self.folder / WORDS_FILE
        settle(records, SCHEMA, TABLES)
        settle(words, WORDS_SCHEMA, WORDS_TABLES, kept=OF_SMALL)

    def _known_hash(self, name: str) -> str | None:
        """The checksum of a file that is still the one that was taken over."""
        source, sha256 = self._linked.get(name, (None, ""))
        return sha256 if source is not None and source.samefile(self.folder / name) else None

    def commit(self, manifest: Callable[[str], Manifest]) -> Generation:
        """Finish the files and make this generation current in one atomic step."""
        self.write_words()
        self.records.close(commit=True)
        self.words.close(commit=True)
        self._settle()
        self._write_vectors()
        name = next_name(self._workspace.index)
        made = manifest(name)
        files = {}
        for path in sorted(files_of(self.folder)):
            relative = path.relative_to(self.folder).as_posix()
            files[relative] = self._known_hash(relative) or sha256_of_file(path)
        data = {**asdict(made), "files": files}
        data["sha256"] = sha256_of_manifest(data)
        write_atomically(self.folder / "manifest.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        target = self._workspace.index / name
        stamp_files(self.folder, files, {name: source for name, (source, _) in self._linked.items()})
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


def _lexical_row(row: PassageRow) -> LexicalRow:
    return LexicalRow(row.pid, row.folded, row.source, row.start)


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
