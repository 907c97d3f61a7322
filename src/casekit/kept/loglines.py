"""The lines of the change log: numbered, each with the start of the SHA-256 of the line before it; whether they are whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casekit.kept.record import Kept, digest
from casekit.language import say

__all__ = [
    "AFTER",
    "NUMBER",
    "check_log",
    "last_line",
    "log_lines",
    "log_path",
    "mark_of",
    "read_events",
    "vouch_for_log",
]

_MARK = 16  # hex digits: 64 bits against chance, and nobody forges a log that he may edit
NUMBER, AFTER = "n", "after"


def log_path(root: Path) -> Path:
    """Where the log of a workspace lies."""
    return root / "corpus" / "log.jsonl"


def read_events(root: Path) -> list[dict[str, Any]]:
    """The events, oldest first, without what chains the lines; a damaged line is left out."""
    rows = []
    for _, row in log_lines(log_path(root)):
        if row is not None:
            row.pop(AFTER, None)
            rows.append(row)
    return rows


def vouch_for_log(root: Path, kept: Kept) -> None:
    """Let the record vouch for the log as it is, as a whole."""
    try:
        data = log_path(root).read_bytes()
    except FileNotFoundError:
        data = b""
    kept.log_start = (len(data), digest(data))
    lines = log_lines(log_path(root))
    if lines:
        raw, row = lines[-1]
        kept.log = (max(kept.log[0], _number(row) or len(lines)), mark_of(raw))
    else:
        kept.log = (kept.log[0], "")


@dataclass(frozen=True, slots=True)
class LogState:
    """What became of the log: `problem` in words, None where all is well; `torn` lines were cut short by a power cut."""

    problem: str | None
    torn: int


def check_log(root: Path, kept: Kept) -> LogState:
    """Whether the log is what was written.

    Raises:
        OSError: If it cannot be read.
    """
    path = log_path(root)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return LogState(say("不见了", "is gone") if kept.log[1] else None, 0)
    if kept.log_next is not None and digest(data) == kept.log_next:
        return LogState(None, 0)  # written anew, and the writer was stopped before it could say so
    start, sum_of_start = kept.log_start
    if len(data) < start or (start and digest(data[:start]) != sum_of_start):
        return LogState(say("开头一段被改动或截断", "its beginning was changed or cut off"), 0)
    torn, head_seen = 0, not kept.log[1]
    before: bytes | None = None
    number = 0
    at = 0
    for line, raw in enumerate(data.split(b"\n"), 1):
        end = at + len(raw)
        if raw.strip():
            row = _row(raw)
            if end > start:
                if row is None:
                    torn += 1
                elif row.get(AFTER) != ("" if before is None else mark_of(before)) or (
                    number and _number(row) != number + 1
                ):
                    return LogState(
                        say(f"第 {line} 行或它前一行被改动", f"line {line} or the one before was changed"), 0
                    )
            number = (_number(row) or number + 1) if row is not None else number
            before = raw
            head_seen = head_seen or mark_of(raw) == kept.log[1]
        elif start < end < len(data):
            torn += 1
        at = end + 1
    if not head_seen:
        return LogState(say("末尾被改动或截断", "its end was changed or cut off"), torn)
    return LogState(None, torn)


def last_line(path: Path, kept: Kept) -> tuple[int, str]:
    """The number and the mark of the last line."""
    raw = _last_raw(path)
    if not raw:
        return kept.log
    row = _row(raw)
    number = _number(row)
    if number is None and not kept.log[0]:  # a log of before there were numbers
        number = sum(row is not None for _, row in log_lines(path))
    return max(kept.log[0], number or 0), mark_of(raw)


def _last_raw(path: Path) -> bytes:
    """The last line that holds something, without its end."""
    try:
        with path.open("rb") as file:
            at = file.seek(0, 2)
            tail = b""
            while at and b"\n" not in tail.rstrip():
                step = min(at, 1 << 16)
                at -= step
                file.seek(at)
                tail = file.read(step) + tail
    except FileNotFoundError:
        return b""
    return tail.rstrip(b"\n").rpartition(b"\n")[2]


def log_lines(path: Path) -> list[tuple[bytes, dict[str, Any] | None]]:
    """The lines that hold something, raw and as the event they are (None: damaged)."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    return [(raw, _row(raw)) for raw in data.split(b"\n") if raw.strip()]


def _row(raw: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(raw.decode("utf8", "replace"))
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _number(row: Mapping[str, Any] | None) -> int | None:
    number = (row or {}).get(NUMBER)
    return number if type(number) is int else None


def mark_of(raw: bytes) -> str:
    """What the line behind this one says of it."""
    return digest(raw)[:_MARK]
