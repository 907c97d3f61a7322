"""The change log written: events appended, and the log rewritten where something must really go."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casekit.kept.loglines import AFTER, NUMBER, last_line, log_lines, log_path, mark_of, vouch_for_log
from casekit.kept.opening import cannot_write, opened
from casekit.kept.record import digest, locked, save_record
from casekit.writing import append_lines, write_atomically

__all__ = ["append_events", "rewrite_events"]


def append_events(root: Path, events: Sequence[Mapping[str, Any]]) -> None:
    """Append events, a line each; the time is added.

    Raises:
        WorkspaceError: If they cannot be written.
        BusyError: If another process is writing for long.
    """
    if not events:
        return
    path = log_path(root)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with locked(root):
        try:
            kept = opened(root)
            number, mark = last_line(path, kept)
            lines = []
            for event in events:
                row = {NUMBER: number + 1, "at": at, **event, AFTER: mark}
                lines.append(json.dumps(row, ensure_ascii=False).encode("utf8", "replace"))
                number, mark = number + 1, mark_of(lines[-1])
            append_lines(path, lines)
            kept.log = (number, mark)
            save_record(root, kept)
        except OSError as error:
            raise cannot_write(path, error) from error


def rewrite_events(root: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> int:
    """Rewrite the log by what `change` makes of each event (None: it goes); returns how many are other now.

    Raises:
        WorkspaceError: If it cannot be written; then it is as it was.
        BusyError: If another process is writing for long.
    """
    path = log_path(root)
    with locked(root):
        kept = opened(root)
        changed, lines, mark = 0, [], ""
        for raw, row in log_lines(path):
            if row is None:
                lines.append(raw)
                mark = mark_of(raw)
                continue
            new = change(dict(row))
            changed += new != row
            if new is None:
                continue
            if AFTER in row:
                new[AFTER] = mark
            lines.append(json.dumps(new, ensure_ascii=False).encode("utf8", "replace"))
            mark = mark_of(lines[-1])
        if not changed:
            return 0
        try:
            data = b"".join(line + b"\n" for line in lines)
            kept.log_next = digest(data)
            save_record(root, kept)
            write_atomically(path, data)
            vouch_for_log(root, kept)
            kept.log_next = None
            save_record(root, kept)
        except OSError as error:
            raise cannot_write(path, error) from error
    return changed
