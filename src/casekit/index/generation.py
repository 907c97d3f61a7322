"""Generations: a build writes a complete new one beside the old, and one rename makes it current.

    index/CURRENT             the name of the current generation
    index/gen-000007/         manifest.json, lexical/, vectors-zh-Hans/, vectors-zh-Hant/, records.sqlite and words.sqlite,
                              each with a -base.sqlite beside it where it is large
    index/.draft-…/           a build under way; thrown away if it does not finish

Most files are never changed once written, and a new generation takes them over as they are, by links: it writes what it brings.

A reader that holds an older generation keeps it: the one before the current stays on disk, and so does whatever this
process or another one still reads. Every file's SHA-256 stands in the manifest and is compared when a generation is opened, since FAISS
loads flipped bits without a word.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from casekit.errors import IndexDamagedError, WorkspaceError
from casekit.index.manifest import (
    Manifest,
    check_files,
    damaged,
    read_manifest,
)
from casekit.index.records import Records
from casekit.index.words import WORDS_FILE, WordFile
from casekit.language import say
from casekit.lexical import LexicalIndex
from casekit.workspace import Workspace

if TYPE_CHECKING:
    from casekit.vectors import BlockedIndex

__all__ = [
    "Generation",
    "Manifest",
    "current",
    "current_name",
    "mark_superseded",
    "next_name",
    "sweep",
    "vectors_folder",
    "vectors_in",
    "verify_files",
]
_NAME = re.compile(r"gen-\d+")
_SUPERSEDED = ".superseded"


# Generations that this process reads: a build does not sweep their folders away.
_open: weakref.WeakSet[Generation] = weakref.WeakSet()
_opening = threading.Lock()


class Generation:
    """A complete index, open for reading by any number of threads; its files are let go when nobody holds it any more.

    Raises:
        IndexDamagedError: If a file is missing or differs from its checksum.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._let_go = weakref.finalize(self, _release, _hold(folder))
        self._manifest = folder / "manifest.json"
        self._named = folder.parent / "CURRENT"
        self._file = _file_of(self._manifest)
        self._seen: tuple[int, int] | None = None  # the file that named it as the current one
        self.manifest = read_manifest(folder)
        check_files(folder, self.manifest)
        self.records = Records(folder / "records.sqlite")
        self._lexical: LexicalIndex | None = None
        self._words: WordFile | None = None
        self._vectors: dict[str, BlockedIndex] = {}
        self._first_use = threading.Lock()
        with _opening:
            _open.add(self)

    @property
    def lexical(self) -> LexicalIndex:
        """The word index (opened at first use)."""
        with self._first_use:
            if self._lexical is None:
                self._lexical = LexicalIndex(self.folder / "lexical")
            return self._lexical

    @property
    def words(self) -> WordFile | None:
        """The words of the bodies (opened at first use); None in an index of before they were kept."""
        with self._first_use:
            if self._words is None and WORDS_FILE in self.manifest.files:
                self._words = WordFile(self.folder / WORDS_FILE)
            return self._words

    @property
    def scripts(self) -> tuple[str, ...]:
        """Scripts that have a vector index."""
        folders = {name.partition("/")[0] for name in self.manifest.files}
        return tuple(s for s in ("zh-Hans", "zh-Hant") if vectors_folder(s) in folders)

    def vectors(self, script: str) -> BlockedIndex:
        """The vector index of passages in `script` (opened at first use)."""
        with self._first_use:
            if script not in self._vectors:
                self._vectors[script] = vectors_in(self.folder, script)
            return self._vectors[script]

    def is_current(self) -> bool:
        """Whether no other generation has become current since it was opened.

        Where somebody deleted the index and built again, the new generation may have this one's name.
        """
        names = _file_of(self._named)
        if names != self._seen:
            try:
                if current_name(self.folder.parent) != self.folder.name:
                    return False
            except IndexDamagedError:
                return False
            self._seen = names
        return _file_of(self._manifest) == self._file

    def close(self) -> None:
        """Let the files go now; only for whoever is sure that nobody else reads it."""
        self.records.close()
        if self._words is not None:
            self._words.close()
        self._let_go()
        with _opening:
            _open.discard(self)


def _hold(folder: Path) -> int | None:
    """Take a shared lock on a generation's manifest: files that are opened at first use must still be there then.

    The lock goes with the process. None where the system knows no such locks: Windows removes no file that is open.
    """
    try:
        import fcntl
    except ImportError:
        return None
    held = None
    try:
        held = os.open(folder / "manifest.json", os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        _release(held)
        return None
    return held


def _release(held: int | None) -> None:
    if held is not None:
        with suppress(OSError):
            os.close(held)


def _is_held(folder: Path) -> bool:
    """Whether somebody reads a generation."""
    try:
        import fcntl
    except ImportError:
        return False
    held = None
    try:
        held = os.open(folder / "manifest.json", os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        _release(held)
    return False


def vectors_folder(script: str) -> str:
    """The name of the folder of the vectors of passages in a script."""
    return f"vectors-{script}"


def vectors_in(folder: Path, script: str) -> BlockedIndex:
    """The vectors of passages in a script in a generation's folder.

    Raises:
        IndexDamagedError: If they cannot be read.
    """
    from casekit.vectors import BlockedIndex

    return BlockedIndex(folder / vectors_folder(script))


def current(workspace: Workspace) -> Generation | None:
    """The current generation, or None when nothing was built (or the index was deleted).

    Raises:
        IndexDamagedError: If it does not match its manifest.
        WorkspaceError: If `index/` is not a folder.
    """
    if workspace.index.exists() and not workspace.index.is_dir():
        raise WorkspaceError(
            say(
                f"{workspace.index} 是一个文件，应是文件夹；请移走它再运行 casekit build",
                f"{workspace.index} is a file, not a folder; move it away and run casekit build",
            )
        )
    while True:
        name = current_name(workspace.index)
        try:
            return _opened(workspace, name)
        except IndexDamagedError:
            if current_name(workspace.index) == name:  # else a build has swept it away meanwhile
                raise


def _opened(workspace: Workspace, name: str | None) -> Generation | None:
    if name is None or not (workspace.index / name).is_dir():
        return None
    if (workspace.index / name / _SUPERSEDED).exists() and current_name(workspace.index) == name:
        # a flipped digit would bring old answers in silence
        raise damaged(
            workspace.index / "CURRENT", say("它指着已被取代的一代", "it names a generation that was superseded")
        )
    return Generation(workspace.index / name)


def _file_of(path: Path) -> tuple[int, int]:
    """Which file stands at a path: its inode and the time it was written, in ns."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_ino, stat.st_mtime_ns)


def current_name(index: Path) -> str | None:
    """The name of the current generation, None where there is none.

    Raises:
        IndexDamagedError: If what names it cannot be read.
    """
    try:
        name = (index / "CURRENT").read_text("utf8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(index / "CURRENT", error) from error
    return name if _NAME.fullmatch(name) else None


def next_name(index: Path) -> str:
    """The name of the generation that is made next."""
    numbers = [int(path.name[4:]) for path in index.glob("gen-*") if path.name[4:].isdigit()]
    return f"gen-{max(numbers, default=0) + 1:06d}"


def mark_superseded(folder: Path) -> None:
    """Note in a generation's folder that a newer one has become current."""
    with suppress(OSError):
        (folder / _SUPERSEDED).touch()


def sweep(index: Path, keep: set[str]) -> None:
    """Remove the generations that are neither in `keep` nor read by this process or another one."""
    with _opening:
        keep = keep | {generation.folder.name for generation in _open if generation.folder.parent == index}
    for path in index.glob("gen-*"):
        if path.name not in keep and not _is_held(path):
            shutil.rmtree(path, ignore_errors=True)


def verify_files(generation: Generation) -> None:
    """Compare every file with its checksum, whatever its size.

    Raises:
        IndexDamagedError: If one differs.
    """
    check_files(generation.folder, generation.manifest, always=True)
