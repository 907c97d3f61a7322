"""The record of what was acknowledged: a line a file, its checksum, and what is being written in its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casekit.errors import BusyError, WorkspaceError
from casekit.language import say
from casekit.writing import make_folder, write_atomically

__all__ = [
    "RECORD_NAME",
    "Entry",
    "Kept",
    "digest",
    "digest_of",
    "locked",
    "read_record",
    "record_path",
    "save_record",
]

RECORD_NAME = "kept.json"
_FORMAT = 1
_WAIT_S = 30.0  # others hold the record for as long as a disk needs for three small files


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the record.

    Attributes:
        sha256: Of the file as it was acknowledged; None for one that is being made.
        since: The number of the change that made it so.
        next: What is being written in its place; "" where it is being removed, None where nothing is under way.
        outside: Whether something else than casekit had changed it before it was written over; nobody has looked since.
    """

    sha256: str | None
    since: int
    next: str | None = None
    outside: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it stands in the file."""
        row: dict[str, Any] = {"sha256": self.sha256, "since": self.since}
        row |= {"next": self.next} if self.next is not None else {}
        return row | ({"outside": True} if self.outside else {})


@dataclass(slots=True)
class Kept:
    """The record of a workspace.

    Attributes:
        sequence: The number of the last change; clocks may go back, this does not.
        trash: The number of the last folder of the trash.
        files: Entry by name in the workspace ("corpus/catalogue.json").
        log: The number of the log's last line, and the start of that line's SHA-256.
        log_start: How many bytes of the log are vouched for as a whole, and their SHA-256; the lines behind are chained.
        lost: Whether the record was made anew where one had been.
        log_next: SHA-256 of the log that is being written in the place of what is there; None where none is.
    """

    sequence: int = 0
    trash: int = 0
    files: dict[str, Entry] = field(default_factory=dict)
    log: tuple[int, str] = (0, "")
    log_start: tuple[int, str] = (0, "")
    lost: bool = False
    log_next: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As it stands in the file, but for its own checksum."""
        return {
            "format": _FORMAT,
            "sequence": self.sequence,
            "trash": self.trash,
            "log": list(self.log),
            "log_start": list(self.log_start),
            **({"lost": True} if self.lost else {}),
            **({"log_next": self.log_next} if self.log_next is not None else {}),
            "files": {name: entry.to_json() for name, entry in sorted(self.files.items())},
        }

    @classmethod
    def of_json(cls, data: Any) -> Kept:
        """The reverse of `to_json`.

        Raises:
            ValueError, KeyError, TypeError, AttributeError: If it is no such thing.
        """
        if data["format"] != _FORMAT:
            raise ValueError(f"format {data['format']!r}")
        files = {
            str(name): Entry(row["sha256"], int(row["since"]), row.get("next"), bool(row.get("outside")))
            for name, row in data["files"].items()
        }
        log, start = data["log"], data["log_start"]
        return cls(
            sequence=int(data["sequence"]),
            trash=int(data["trash"]),
            files=files,
            log=(int(log[0]), str(log[1])),
            log_start=(int(start[0]), str(start[1])),
            lost=bool(data.get("lost")),
            log_next=None if data.get("log_next") is None else str(data["log_next"]),
        )


def digest(data: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file, in hex; None where there is none.

    Raises:
        OSError: If it is there and cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def record_path(root: Path) -> Path:
    """Where the record of a workspace lies."""
    return root / "corpus" / RECORD_NAME


def read_record(root: Path) -> Kept | None:
    """The record of a workspace; None where there is none.

    Raises:
        WorkspaceError: If it cannot be read, or is not what was written.
    """
    path = record_path(root)
    try:
        text = path.read_text("utf8")
        data = json.loads(text)
        if text != _written(data):
            raise ValueError(say("不是 casekit 写的样子", "casekit did not write it so"))
        own = data.pop("sha256")
        if own != _sum_of(data):
            raise ValueError(say("校验和不符", "its checksum differs"))
        return Kept.of_json(data)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        raise WorkspaceError(
            say(
                f"确认记录 {path} 损坏：{error}；从备份恢复它，或看过各文件后用 casekit verify --accept 重新确认",
                f"the record of what you acknowledged, {path}, is damaged: {error}; restore it from a backup, or look "
                "at the files and acknowledge them anew with casekit verify --accept",
            )
        ) from error


def save_record(root: Path, kept: Kept) -> None:
    """Write the record.

    Raises:
        OSError: If it cannot be written; it is as it was.
    """
    data = kept.to_json()
    data["sha256"] = _sum_of(data)
    write_atomically(record_path(root), _written(data))


def _written(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _sum_of(data: dict[str, Any]) -> str:
    return digest(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf8", "surrogatepass"))


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the record; whoever else wants it waits.

    Raises:
        BusyError: If another process holds it for long.
        WorkspaceError: If the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    corpus = root / "corpus"
    lock = FileLock(corpus / ".kept.lock", timeout=_WAIT_S)
    try:
        make_folder(corpus)
        lock.acquire(poll_interval=0.01)
    except Timeout:
        raise BusyError(
            say(f"另一个程序正在写 {corpus}；请稍后再试", f"another program is writing to {corpus}; try again soon")
        ) from None
    except OSError as error:
        raise WorkspaceError(
            say(
                f"无法写入 {corpus}：{error.strerror or error}；没有改动，请检查磁盘空间与权限",
                f"cannot write to {corpus}: {error.strerror or error}; nothing changed, check disk space and permissions",
            )
        ) from error
    try:
        yield
    finally:
        lock.release()
