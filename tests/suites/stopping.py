"""In a process that is tried: counts what it does to files, and at the n-th of these dies, or is told that the disk is full, read-only, or not its own.

What counts is what the interpreter audits (opening for writing, renaming, removing, making folders, truncating), and every
waiting for the disk. `REPORT` in the environment is where the count goes.

References:
    PEP 578, Python Runtime Audit Hooks.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any

__all__ = ["install"]

_AT_ONCE = frozenset(
    {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "os.link", "os.symlink"}
)
_FREES = frozenset({"os.remove", "os.rmdir", "os.truncate", "os.chmod"})  # what a full disk does not refuse
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class _Stopper:
    def __init__(self, what: str, at: int, root: str, report: str) -> None:
        self.what, self.at, self.root, self.report = what, at, root, report
        self.seen = 0
        self.busy = False

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.busy or not self._counts(event, arguments):
            return
        self.tick(event)

    def _counts(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            path, mode, flags = (*arguments, None, None, None)[:3]
            if isinstance(path, int):
                return False  # counted when it was opened by its name; else it may be a compiled module's, at its first import
            writes = bool(flags & _WRITING) if isinstance(flags, int) else any(c in str(mode) for c in "wax+")
            return writes and self._is_ours(path)
        return event in _AT_ONCE and self._is_ours(arguments[0])

    def _is_ours(self, path: Any) -> bool:
        if isinstance(path, int):
            return True
        try:
            name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - called for every file that is opened
        except (TypeError, ValueError):
            return False
        # locks are no data, and a full disk takes an empty file; where nothing may be written there are none either
        return name.startswith(self.root) and (self.what == "read-only" or not name.endswith(".lock"))

    def tick(self, event: str) -> None:
        self.seen += 1
        if self.what == "count":
            self.busy = True
            Path(self.report).write_text(str(self.seen), "utf8")
            self.busy = False
        elif self.what == "kill" and self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        elif (self.what == "full" and self.seen >= self.at and event not in _FREES) or (
            self.what == "once" and self.seen == self.at and event not in _FREES
        ):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        elif self.what == "read-only" and event != "fsync":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        elif self.what == "denied" and event != "fsync":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def install(what: str, at: int, report: str = "") -> None:
    """Begin to count in this process.

    Args:
        what: "count"; "kill" at the n-th; "full" from the n-th on, "once" at the n-th alone: no space left;
            "read-only": nothing may be changed at all, not even a lock; "denied": locks may be taken, nothing else.
        at: The n, from 1.
        report: Where the count is written.
    """
    stopper = _Stopper(what, at, str(Path.cwd()), report)

    def waited(handle: int) -> None:
        stopper.tick("fsync")

    os.fsync = waited  # type: ignore[assignment]
    sys.addaudithook(stopper.audit)
