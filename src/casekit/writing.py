"""How casekit writes a file: whole or not at all, on the disk before anybody is told so, and otherwise as it was.

The new file is made beside the old one, read back by whoever will read it, and renamed over it. Its mode stays (600 stays 600;
a new file obeys the umask), and a link stays a link: what it points to is written.

References:
    POSIX.1-2017, rename(): the new name never vanishes meanwhile. T. S. Pillai et al., "All File Systems Are Not Created
    Equal" (OSDI 2014): why both the file and its folder are waited for.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = ["Check", "append_lines", "make_folder", "replacing", "sweep_unfinished", "sync_files", "write_atomically"]

Check = Callable[[Path], object]
"""Reads a file as its own loader does; raises where the file is not what was to be written."""

_PREFIX, _SUFFIX = ".casekit-", ".tmp"


def write_atomically(path: Path, data: str | bytes, *, check: Check | None = None, durable: bool = True) -> None:
    """Write `data` so that `path` holds either all of it or what it held before.

    Args:
        path: The file; where it is a link, what it points to is written.
        data: Its bytes, or its text in UTF-8.
        check: Reads the new file before it takes the old one's place; what it raises stops that.
        durable: Wait until the disk has it. Without, a power cut may lose the new file, never the old one.

    Raises:
        OSError: If it cannot be written, or the old file may not be; nothing has changed.
        UnicodeEncodeError: If the text holds half a character; nothing has changed.
    """
    raw = data.encode("utf8") if isinstance(data, str) else data
    with replacing(path, check=check, durable=durable) as file:
        file.write(raw)


@contextmanager
def replacing(path: Path, *, check: Check | None = None, durable: bool = True) -> Iterator[BinaryIO]:
    """A new file to write to, which takes the place of `path` once it is whole; see `write_atomically`.

    Raises:
        OSError: If it cannot be written, or the old file may not be; nothing has changed.
    """
    target, before = _target(path)
    make_folder(target.parent, durable=durable)
    unfinished = target.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
    try:
        handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        if before is not None:
            _as_before(unfinished, before)
        if check is not None:
            check(unfinished)
        unfinished.replace(target)
        if durable:
            _sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def append_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Add lines to a file and wait until the disk has them; a last line that was torn is ended first.

    Raises:
        OSError: If it cannot be written; what was written of them is taken back.
    """
    target, before = _target(path)
    make_folder(target.parent)
    with target.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        torn = False
        if size:
            file.seek(size - 1)
            torn = file.read(1) != b"\n"
        raw = (b"\n" if torn else b"") + b"".join(line + b"\n" for line in lines)
        try:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            with suppress(OSError):
                os.ftruncate(file.fileno(), size)
            raise
    if before is None:
        _sync_folder(target.parent)


def make_folder(path: Path, *, durable: bool = True) -> None:
    """Make a folder and those above it that are not there yet.

    Raises:
        OSError: If that cannot be done.
    """
    new = [path] if not path.is_dir() else []
    while new and not new[-1].parent.is_dir() and new[-1].parent != new[-1]:
        new.append(new[-1].parent)
    path.mkdir(parents=True, exist_ok=True)
    for folder in reversed(new) if durable else ():
        _sync_folder(folder.parent)


def sync_files(paths: Iterable[Path]) -> None:
    """Wait until the disk has files that were written without waiting.

    Raises:
        OSError: If the disk fails.
    """
    folders = set()
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())
        folders.add(path.parent)
    for folder in folders:
        _sync_folder(folder)


def sweep_unfinished(folder: Path) -> None:
    """Remove what killed writers left in a folder; the caller holds the lock under which the folder is written."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - a folder of a hundred thousand sources: no objects needed
            if name.startswith(_PREFIX) and name.endswith(_SUFFIX):
                (folder / name).unlink(missing_ok=True)


def _target(path: Path) -> tuple[Path, os.stat_result | None]:
    """What is really written, and its state before; None for a new file.

    Raises:
        OSError: If it is no file, may not be written, or is a link that goes round in circles.
    """
    try:
        before = path.stat()
    except FileNotFoundError:
        return Path(os.path.realpath(path)) if path.is_symlink() else path, None
    if stat.S_ISDIR(before.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return Path(os.path.realpath(path)) if path.is_symlink() else path, before


def _as_before(path: Path, before: os.stat_result) -> None:
    """Give a file the mode, and where that is allowed the owner, of the one whose place it takes."""
    path.chmod(stat.S_IMODE(before.st_mode))
    now = path.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        with suppress(OSError):
            os.chown(path, before.st_uid, before.st_gid)


def _sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder; where folders cannot be waited for, there is nothing to do."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EROFS):
            raise
    finally:
        os.close(handle)
