"""The last changes of kept files taken back, one after the other.

What a change replaced lies in a file under index/ for a while; losing that loses nothing but the way back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from casekit.errors import SettingError, WorkspaceError
from casekit.kept import keep_all
from casekit.kept.record import digest
from casekit.language import say
from casekit.workbench.notes.records import now
from casekit.writing import write_atomically

__all__ = ["WayBack"]

_MOST_CHANGES: Final = 30
_MOST_CHARS: Final = 4_000_000
_ID_CHARS: Final = 16


class WayBack:
    """The last changes of the files of one folder; the caller holds the lock while it writes or takes back.

    Args:
        folder: Where the files lie.
        path: What remembers how they were.
    """

    def __init__(self, folder: Path, path: Path) -> None:
        self._folder = folder
        self._path = path

    def remember(self, what: str, texts: Mapping[Path, str | None]) -> None:
        """How the files are before they get these texts (None: before they go); told before they are written.

        Raises:
            WorkspaceError: If it cannot be written; then nothing may be changed.
        """
        files = [
            {"name": path.name, "before": _read(path), "after": None if text is None else digest(text.encode())}
            for path, text in texts.items()
        ]
        changes = [*self._changes(), {"at": now(), "what": what, "files": files}][-_MOST_CHANGES:]
        while len(changes) > 1 and sum(_size(one) for one in changes) > _MOST_CHARS:
            del changes[0]
        self._save(changes)

    def last(self) -> tuple[str, str] | None:
        """The id of the last change that was made, and what it was; None where none is left."""
        changes = self._made()
        return (_id(changes[-1]), str(changes[-1]["what"])) if changes else None

    def undo(self, only: str = "") -> str:
        """Take the last change back; returns what it was.

        Args:
            only: The id that it must have.

        Raises:
            SettingError: If there is none, it is another, or somebody has changed its files since.
            WorkspaceError: If it cannot be written.
        """
        changes = self._made()
        if not changes:
            raise SettingError(say("没有可以收回的改动", "there is no change to take back"))
        last = changes[-1]
        if only and _id(last) != only:
            raise SettingError(
                say(
                    f"后来又有别的改动（{last['what']}），没有收回",
                    f"something else was changed since ({last['what']}); nothing was taken back",
                )
            )
        for one in last["files"]:
            now_there = self._now(one)
            if (
                now_there != one["before"]
                and (None if now_there is None else digest(now_there.encode())) != one["after"]
            ):
                raise SettingError(
                    say(
                        f"{one['name']} 后来又被改动过，没有收回",
                        f"{one['name']} was changed since; nothing was taken back",
                    )
                )
        keep_all({self._folder / Path(one["name"]).name: one["before"] for one in last["files"]})
        self._save(changes[:-1])
        return str(last["what"])

    def _made(self) -> list[dict[str, Any]]:
        """The changes without those at the end that were remembered and never made."""
        changes = self._changes()
        while changes and all(self._now(one) == one["before"] for one in changes[-1]["files"]):
            changes.pop()
        return changes

    def _now(self, file: Mapping[str, Any]) -> str | None:
        return _read(self._folder / Path(file["name"]).name)

    def _changes(self) -> list[dict[str, Any]]:
        try:
            found = json.loads(self._path.read_text("utf8"))
            changes: list[dict[str, Any]] = found["changes"]
            return changes if found["sha256"] == _sum(changes) else []
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return []  # what was there to take back is gone; nothing else is

    def _save(self, changes: Sequence[Mapping[str, Any]]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(
                self._path, json.dumps({"sha256": _sum(changes), "changes": list(changes)}, ensure_ascii=False)
            )
        except OSError as error:
            raise WorkspaceError(
                say(
                    f"无法写入 {self._path}：{error.strerror or error}；没有改动，请检查磁盘空间与权限",
                    f"cannot write {self._path}: {error.strerror or error}; nothing changed, check disk space and permissions",
                )
            ) from error


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf8")
    except (OSError, UnicodeDecodeError):
        return None


def _size(change: Mapping[str, Any]) -> int:
    return sum(len(one["before"] or "") for one in change["files"])


def _id(change: Mapping[str, Any]) -> str:
    return _sum([change])[:_ID_CHARS]


def _sum(changes: Sequence[Mapping[str, Any]]) -> str:
    return digest(json.dumps(list(changes), ensure_ascii=False, sort_keys=True).encode("utf8", "surrogatepass"))
