"""The one way to write what a person made: noted in the record, written whole, read back, and only then acknowledged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from casekit.errors import WorkspaceError
from casekit.kept.opening import cannot_write, digest_on_disk, opened, settle
from casekit.kept.places import workspace_of
from casekit.kept.record import Entry, Kept, digest, locked, read_record, save_record
from casekit.language import say
from casekit.writing import Check, sweep_unfinished, write_atomically

__all__ = ["acknowledge", "as_kept", "keep", "keep_all", "next_trash_number"]

_TRASH = re.compile(r"t(\d{6,})-")


def keep(path: Path, data: str | bytes | None, *, check: Check | None = None) -> None:
    """Write a file that a person made, or remove it (None), and acknowledge it.

    Args:
        path: The file, in a workspace or elsewhere (then there is no record to note it in).
        data: What it is to hold.
        check: Its own loader: reads the new file before it takes the old one's place.

    Raises:
        WorkspaceError: If it cannot be written; it is as it was.
        BusyError: If another process is writing for long.
        CasekitError: What `check` raises; the file is as it was.
    """
    keep_all({path: data}, checks={} if check is None else {path: check})


def keep_all(changes: Mapping[Path, str | bytes | None], *, checks: Mapping[Path, Check] | None = None) -> None:
    """Write several files of one workspace, in their order; see `keep`.

    The record first names what is being written, so that it is true of every file wherever the work is stopped.

    Raises:
        WorkspaceError: If one cannot be written; it and those behind it are as they were.
        BusyError: If another process is writing for long.
        CasekitError: What a check raises; that file and those behind it are as they were.
    """
    raw = {path: _bytes(path, data) for path, data in changes.items()}
    homes = {path: workspace_of(path) for path in raw}
    roots = {home[0] for home in homes.values() if home is not None}
    if not roots:
        for path, data in raw.items():
            _write(path, data, (checks or {}).get(path))
        return
    (root,) = roots
    names = {path: home[1] for path, home in homes.items() if home is not None}
    with locked(root):
        kept = opened(root)
        kept.sequence += 1
        for folder in {path.parent for path in raw}:
            sweep_unfinished(folder)
        for path, name in names.items():
            now = digest_on_disk(path)
            before = kept.files.get(name) or Entry(now, kept.sequence)
            meanwhile = now is not None and before.sha256 is not None and now != before.sha256
            wanted = raw[path]
            kept.files[name] = replace(
                before, next="" if wanted is None else digest(wanted), outside=before.outside or meanwhile
            )
        _save(root, kept)
        try:
            for path, data in raw.items():
                _write(path, data, (checks or {}).get(path))
        finally:
            settle(root, kept)
            with suppress(OSError):  # what is under way stands in the record: it is true without this, too
                save_record(root, kept)


def acknowledge(root: Path, paths: Iterable[Path], *, gone: Iterable[Path] = ()) -> None:
    """Note files that were written, and waited for, some other way; and those that went.

    Raises:
        WorkspaceError: If the record cannot be written.
        BusyError: If another process is writing for long.
    """
    with locked(root):
        kept = opened(root)
        kept.sequence += 1
        for path in paths:
            name = path.relative_to(root).as_posix()
            kept.files[name] = Entry(digest_on_disk(path), kept.sequence)
            if found := _TRASH.match(path.parent.name):
                kept.trash = max(kept.trash, int(found[1]))
        for path in gone:
            kept.files.pop(path.relative_to(root).as_posix(), None)
        _save(root, kept)


def as_kept(path: Path) -> bool | None:
    """Whether a file is what was acknowledged; None where no record speaks of it.

    Raises:
        WorkspaceError: If the record is damaged, or the file cannot be read.
    """
    home = workspace_of(path)
    kept = read_record(home[0]) if home is not None else None
    entry = kept.files.get(home[1]) if kept is not None and home is not None else None
    if entry is None:
        return None
    now = digest_on_disk(path)
    return now == entry.sha256 or (entry.next is not None and now == (entry.next or None))


def next_trash_number(root: Path) -> int:
    """The number of the next folder of the trash: above all that are, or were, there."""
    kept = read_record(root)
    try:
        there = [int(m[1]) for path in (root / "corpus" / "trash").iterdir() if (m := _TRASH.match(path.name))]
    except OSError:
        there = []
    return max([*there, kept.trash if kept is not None else 0]) + 1


def _bytes(path: Path, data: str | bytes | None) -> bytes | None:
    try:
        return data.encode("utf8") if isinstance(data, str) else data
    except UnicodeEncodeError as error:
        raise WorkspaceError(
            say(
                f"{path} 没有写：有一个字写不进文件（半个表情之类的残缺字符）；请删掉它再试",
                f"{path} not written: a character cannot be written to a file (half an emoji, say); remove it",
            )
        ) from error


def _write(path: Path, data: bytes | None, check: Check | None) -> None:
    try:
        if data is None:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, data, check=check)
    except OSError as error:
        raise cannot_write(path, error) from error


def _save(root: Path, kept: Kept) -> None:
    try:
        save_record(root, kept)
    except OSError as error:
        raise cannot_write(root / "corpus", error) from error
