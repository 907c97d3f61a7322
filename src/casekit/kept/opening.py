"""The record opened for a change: settled where a writer was stopped, begun where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from casekit.errors import WorkspaceError
from casekit.kept.loglines import log_path, read_events, vouch_for_log
from casekit.kept.places import kept_files
from casekit.kept.record import Entry, Kept, digest_of, read_record
from casekit.language import say

__all__ = ["begin", "cannot_write", "digest_on_disk", "opened", "settle", "take_all"]


def opened(root: Path) -> Kept:
    """The record for a change, with what a stopped writer left under way settled.

    Where a workspace has no record yet, it begins with all that is there: older versions of casekit wrote none. Where it had
    one, as its log tells, the new one says that it was lost.

    Raises:
        WorkspaceError: If the record is damaged.
    """
    kept = read_record(root)
    if kept is None:
        return begin(root)
    settle(root, kept)
    return kept


def begin(root: Path) -> Kept:
    """The record of a workspace that has none: all that is there; `lost` where it once had one."""
    kept = Kept()
    kept.lost = any("n" in event for event in read_events(root))
    take_all(root, kept)
    return kept


def take_all(root: Path, kept: Kept) -> None:
    """Let the record say of every file that it is as it should be."""
    kept.sequence += 1
    files = {}
    for name in kept_files(root):
        now = digest_of(root / name)
        old = kept.files.get(name)
        if now is not None:
            files[name] = Entry(now, old.since if old is not None and old.sha256 == now else kept.sequence)
    kept.files = files
    kept.log_next = None
    vouch_for_log(root, kept)


def settle(root: Path, kept: Kept) -> None:
    """Let the entries say what is on disk, of those under way, and of the log, where it was being written anew."""
    if kept.log_next is not None:
        if digest_on_disk(log_path(root)) == kept.log_next:
            vouch_for_log(root, kept)
        kept.log_next = None
    for name, entry in list(kept.files.items()):
        if entry.next is None:
            continue
        now = digest_on_disk(root / name)
        if now == (entry.next or None):
            if now is None:
                del kept.files[name]
            else:
                kept.files[name] = Entry(now, kept.sequence, outside=entry.outside)
        elif entry.sha256 is None and now is None:
            del kept.files[name]  # it was never made
        else:
            kept.files[name] = replace(entry, next=None)


def digest_on_disk(path: Path) -> str | None:
    """As `digest_of`, its error told.

    Raises:
        WorkspaceError: If the file is there and cannot be read.
    """
    try:
        return digest_of(path)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> WorkspaceError:
    """The error for a file that could not be written."""
    return WorkspaceError(
        say(
            f"无法写入 {path}：{error.strerror or error}；它没有变，请检查磁盘空间与权限",
            f"cannot write {path}: {error.strerror or error}; it is unchanged, check disk space and permissions",
        )
    )
