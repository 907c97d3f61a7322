"""The trash: what sources were before they were removed or replaced, each in a folder of its own."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casekit.errors import CasekitError, WorkspaceError
from casekit.kept import acknowledge, next_trash_number, read_record
from casekit.language import say
from casekit.rulings import Override, rulings_json
from casekit.store.disk import unlink
from casekit.store.keeping import Store
from casekit.writing import make_folder, sync_files, write_atomically

__all__ = ["Trash"]

logger = logging.getLogger(__name__)
_TOLD = ("record.json", "overrides.json")  # what a folder of the trash says of its source


class Trash:
    """The folders of a workspace's trash."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._workspace = store.workspace

    def put(self, source_id: str, file: str | None, record: dict[str, Any]) -> Path:
        """Copy a source's files, record and rulings to a new folder in the trash, acknowledged as kept; returns that folder.

        Raises:
            WorkspaceError: If that cannot be done; nothing has changed.
        """
        return self.put_all([(source_id, file, record)])[0]

    def put_all(self, sources: Sequence[tuple[str, str | None, dict[str, Any]]]) -> list[Path]:
        """As `put`, of several sources at once: (id, file, record) of each.

        Raises:
            WorkspaceError: If that cannot be done; nothing has changed.
        """
        if not sources:
            return []
        rulings = self._store.all_overrides()
        self._sweep()
        number = next_trash_number(self._workspace.root)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        folders: list[Path] = []
        folder = self._workspace.trash
        try:
            for offset, (source_id, file, record) in enumerate(sources):
                # in the order of their numbers: a clock may go back
                folder = self._workspace.trash / f"t{number + offset:06d}-{stamp}-{source_id.replace('/', '__')}"
                make_folder(folder)
                folders.append(folder)
                self._copy_to(folder, file, record, rulings.get(source_id, []))
            written = [path for folder in folders for path in folder.iterdir()]
            sync_files(written)
            acknowledge(self._workspace.root, [path for path in written if path.name in _TOLD])
        except BaseException as error:
            self.drop(folders)
            if isinstance(error, OSError):
                raise WorkspaceError(
                    say(
                        f"无法移入回收站 {folder}：{error.strerror or error}；没有改动，请检查磁盘空间与权限",
                        f"cannot move to the trash {folder}: {error.strerror or error}; nothing changed, "
                        "check disk space and permissions",
                    )
                ) from error
            raise
        return folders

    def _sweep(self) -> None:
        """Remove the folders of the trash that were never finished, nor acknowledged: what is in them is in the corpus."""
        root = self._workspace.root
        kept = read_record(root)
        if kept is None:
            return
        for folder in self._workspace.trash.glob("t*-*"):
            told = folder / _TOLD[0]
            if not told.exists() and told.relative_to(root).as_posix() not in kept.files:
                shutil.rmtree(folder, ignore_errors=True)

    def _copy_to(self, folder: Path, file: str | None, record: dict[str, Any], rulings: Sequence[Override]) -> None:
        for path in self._store.files_of(file):
            if path.exists():
                shutil.copy2(path, folder / path.name)
        if rulings:
            write_atomically(folder / _TOLD[1], rulings_json({str(record["id"]): list(rulings)}), durable=False)
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        write_atomically(folder / _TOLD[0], text, durable=False)  # last: a folder without it was never finished

    def drop(self, folders: Sequence[Path]) -> None:
        """Delete folders of the trash: what was in them is in the corpus."""
        gone = [folder / name for folder in folders for name in _TOLD]
        try:
            acknowledge(self._workspace.root, (), gone=gone)
            unlink([folder / _TOLD[0] for folder in folders])
        except CasekitError as error:  # they stay, and do no harm
            logger.warning("%s", error)
            return
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
