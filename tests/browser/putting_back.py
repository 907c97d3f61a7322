"""A workspace as it was: what a test did to its files is taken back before the next one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TypeAlias

__all__ = ["Kept"]

Seen: TypeAlias = tuple[int, int]  # when a file was written, its size

# What servers hold open or keep of their own accord; nothing of it is a workspace's content.
_NOT_OURS = {".lock", ".kept.lock", "layouts", ".verified"}


class Kept:
    """The files of a folder as they were when this was made, its index among them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._files()
        self._bytes = {path: path.read_bytes() for path in self._seen}

    def put_back(self) -> list[Path]:
        """Make every file what it was; returns those that were not."""
        now = self._files()
        changed = [path for path in {**self._seen, **now} if now.get(path) != self._seen.get(path)]
        for path in changed:
            if path in self._bytes:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self._bytes[path])
                os.utime(path, ns=(self._seen[path][0], self._seen[path][0]))
            else:
                path.unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # not empty: something was there before
                    path.parent.rmdir()
        return changed

    def _files(self) -> dict[Path, Seen]:
        found: dict[Path, Seen] = {}
        for at, folders, names in os.walk(self._folder):
            folders[:] = [name for name in folders if name not in _NOT_OURS]
            for name in names:
                path = Path(at, name)
                with contextlib.suppress(FileNotFoundError):  # a server's own file, gone meanwhile
                    if name not in _NOT_OURS and path.is_file():
                        found[path] = path.stat().st_mtime_ns, path.stat().st_size
        return found
