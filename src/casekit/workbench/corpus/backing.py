"""Backups: all that people made in a workspace, in one zip file that says of every file what it must be; and back from it.

What is derived (`index/`) stays behind, and so do locks and hidden files. A backup is read back before it takes its name, and
a workspace made of one is held to it, file by file, before it appears.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from casekit.catalogue import Catalogue
from casekit.errors import SourceError, WorkspaceError
from casekit.kept import Difference, differences
from casekit.kept.record import locked as record_locked
from casekit.language import say
from casekit.readers.container import BROKEN_ZIP
from casekit.version import __version__
from casekit.workspace import SETTINGS_NAME, Workspace
from casekit.writing import replacing, sync_files

__all__ = ["Backup", "back_up", "check_backup", "from_backup"]

_MANIFEST = "casekit-backup.json"
_FORMAT = 1
_FOLDERS = ("corpus", "casebook", "notebooks")
_CHUNK = 1 << 20
_MOST_MANIFEST_BYTES = 1_000_000_000  # of ten million files


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, how many files and bytes are in it, and what in the workspace was not as it was acknowledged."""

    path: Path
    files: int
    size: int
    made: str
    problems: tuple[str, ...] = ()


def back_up(workspace: Workspace, path: Path) -> Backup:
    """Write all that people made into a zip file, and read it back.

    Raises:
        BusyError: If another process is writing to the workspace.
        WorkspaceError: If something cannot be read, or the file cannot be written; then none is there.
    """
    root, target = workspace.root, path.absolute()
    sums: dict[str, list[Any]] = {}
    made = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        with ExitStack() as held:
            if os.access(workspace.corpus, os.W_OK):  # where nothing can be written, nobody writes meanwhile
                held.enter_context(workspace.locked())
                held.enter_context(record_locked(root))
            found = [one for one in differences(root) if one.is_fault]
            with (
                replacing(target, check=check_backup) as file,
                zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive,
            ):
                for name, one in _files_of(root, target):
                    sums[name] = _packed(archive, name, one)
                manifest = {"casekit": __version__, "format": _FORMAT, "made": made, "files": sums}
                archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
            problems = [*_told(found), *_of_sources(workspace, sums)]
    except OSError as error:
        raise WorkspaceError(
            say(
                f"备份没有做成：{error.filename or path}：{error.strerror or error}",
                f"no backup was made: {error.filename or path}: {error.strerror or error}",
            )
        ) from error
    except UnicodeEncodeError as error:
        raise WorkspaceError(
            say(
                f"备份没有做成：有文件名不是 UTF-8：{error.object!r}",
                f"no backup was made: {error.object!r} is no UTF-8",
            )
        ) from error
    return Backup(path, len(sums), sum(int(row[1]) for row in sums.values()), made, tuple(problems))


def check_backup(path: Path) -> Backup:
    """Read every file of a backup and hold it to what the backup says of it.

    Raises:
        SourceError: If it is no backup, or is damaged; the message names the file.
        WorkspaceError: If it cannot be read.
    """
    with _opened(path) as archive:
        made, sums = _contents(archive, path)
        for name, row in sums.items():
            _copied(archive, name, row, path, None)
    return Backup(path, len(sums), sum(int(row[1]) for row in sums.values()), made)


def from_backup(path: Path, folder: Path) -> Workspace:
    """Make the workspace of a backup, in a folder that is new or empty; nothing is left behind where that fails.

    Raises:
        SourceError: If it is no backup, is damaged, or holds what does not belong into a workspace.
        WorkspaceError: If the folder holds something already, or cannot be written.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(say(f"{folder} 不是空文件夹；请另给一个", f"{folder} is no empty folder; name another"))
    try:
        with _opened(path) as archive:
            _, sums = _contents(archive, path)
            folder.parent.mkdir(parents=True, exist_ok=True)
            _refuse_too_large(sum(int(row[1]) for row in sums.values()), folder.parent, path)
            made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".casekit-"))
            try:
                for name, row in sums.items():
                    target = made / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("xb") as file:
                        _copied(archive, name, row, path, file)
                    target.chmod(int(row[2]) & 0o777)
                for name in ("corpus/sources", "corpus/lexicon", "casebook", "notebooks", "index"):
                    (made / name).mkdir(parents=True, exist_ok=True)
                sync_files(made / name for name in sums)
                made.chmod(0o755)
                if folder.exists():
                    folder.rmdir()
                made.replace(folder)
            except BaseException:
                shutil.rmtree(made, ignore_errors=True)
                raise
    except OSError as error:
        raise WorkspaceError(
            say(
                f"无法恢复到 {folder}：{error.strerror or error}",
                f"cannot restore to {folder}: {error.strerror or error}",
            )
        ) from error
    return Workspace.open(folder)


# ---- out --------------------------------------------------------------------------------------------------------------
def _files_of(root: Path, target: Path) -> Iterator[tuple[str, Path]]:
    """Every file that people made, by its name in the workspace; links to files and folders are followed."""
    settings = root / SETTINGS_NAME
    yield SETTINGS_NAME, settings
    seen: set[tuple[int, int]] = set()
    for name in _FOLDERS:
        for here, folders, files in os.walk(root / name, followlinks=True, onerror=_raise):
            place = os.stat(here)  # noqa: PTH116 - a link that leads back to a folder above would go round for ever
            if (place.st_dev, place.st_ino) in seen:
                folders.clear()
                continue
            seen.add((place.st_dev, place.st_ino))
            folders[:] = sorted(one for one in folders if not one.startswith(".") and one != "__pycache__")
            for file in sorted(files):
                path = Path(here, file)
                if not file.startswith(".") and path.is_file() and path.absolute() != target:
                    yield path.relative_to(root).as_posix(), path


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # a workspace without a casebook, say
        raise error


def _packed(archive: zipfile.ZipFile, name: str, path: Path) -> list[Any]:
    """Put a file in; gives its checksum, size and mode."""
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    entry.compress_type = zipfile.ZIP_DEFLATED
    name.encode("utf8")
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as packed:
        while data := source.read(_CHUNK):
            digest.update(data)
            size += len(data)
            packed.write(data)
    return [digest.hexdigest(), size, stat.S_IMODE(path.stat().st_mode)]


def _told(found: list[Difference]) -> list[str]:
    colon = say("：", ": ")
    return [f"{one.name}{colon}{one.told}" for one in found]


def _of_sources(workspace: Workspace, sums: dict[str, list[Any]]) -> list[str]:
    """The sources that are not what the catalogue says."""
    problems = []
    for record in Catalogue(workspace.catalogue):
        if record.file is None:
            continue
        for name, wanted in ((record.file, record.sha256), (f"{record.file}.layer.json", record.layer)):
            found = sums.get(f"corpus/{name}")
            if wanted and (found is None or found[0] != wanted):
                problems.append(
                    f"corpus/{name}{say('：', ': ')}{say('与目录所记不同', 'is not what the catalogue says')}"
                )
    return problems


# ---- back -------------------------------------------------------------------------------------------------------------
class _Opened:
    """A zip file whose errors are told."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self.archive = zipfile.ZipFile(self.path)
        except (*BROKEN_ZIP, ValueError) as error:
            raise _damaged(self.path, str(error)) from error
        except OSError as error:
            raise WorkspaceError(
                say(
                    f"读不到 {self.path}：{error.strerror or error}",
                    f"cannot read {self.path}: {error.strerror or error}",
                )
            ) from error
        return self.archive

    def __exit__(self, *_: object) -> None:
        self.archive.close()


def _opened(path: Path) -> _Opened:
    return _Opened(path)


def _contents(archive: zipfile.ZipFile, path: Path) -> tuple[str, dict[str, list[Any]]]:
    """When it was made, and checksum, size and mode by name: of exactly the files that are in it."""
    entries = archive.infolist()
    named = {entry.filename for entry in entries}
    if _MANIFEST not in named:
        raise SourceError(say(f"{path} 不是 casekit backup 做的备份", f"{path} is no backup made by casekit backup"))
    try:
        entry = archive.getinfo(_MANIFEST)
        if entry.file_size > _MOST_MANIFEST_BYTES:
            raise ValueError(entry.file_size)
        manifest = json.loads(archive.read(_MANIFEST).decode("utf8"))
        if manifest["format"] != _FORMAT:
            raise ValueError(f"format {manifest['format']!r}")
        made = str(manifest["made"])
        sums = {str(name): [str(row[0]), int(row[1]), int(row[2])] for name, row in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, *BROKEN_ZIP) as error:
        raise _damaged(path, f"{_MANIFEST}: {error}") from error
    for name in sums:
        if not _belongs(name):
            raise SourceError(
                say(f"{path} 里的 {name!r} 不该在工作区里", f"{path}: {name!r} does not belong into a workspace")
            )
    odd = sorted((named - {_MANIFEST}) ^ set(sums)) or ([SETTINGS_NAME] if SETTINGS_NAME not in sums else [])
    if odd or len(entries) != len(named):
        raise _damaged(path, odd[0] if odd else say("有重名的文件", "two files of one name"))
    return made, sums


def _belongs(name: str) -> bool:
    parts = name.split("/")
    odd = any(part in ("", ".", "..") or part.startswith(".") for part in parts) or any(c in name for c in "\\\0")
    return not odd and (name == SETTINGS_NAME or (len(parts) > 1 and parts[0] in _FOLDERS))


def _copied(archive: zipfile.ZipFile, name: str, row: list[Any], path: Path, file: BinaryIO | None) -> None:
    """Read a file of a backup, to a file where one is given, and hold it to its checksum and size."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as packed:
            while data := packed.read(_CHUNK):
                digest.update(data)
                size += len(data)
                if size > row[1]:
                    break
                if file is not None:
                    file.write(data)
    except BROKEN_ZIP as error:
        raise _damaged(path, f"{name}: {error}") from error
    if size != row[1] or digest.hexdigest() != row[0]:
        raise _damaged(path, name)


def _damaged(path: Path, what: str) -> SourceError:
    return SourceError(say(f"备份 {path} 已损坏：{what}", f"the backup {path} is damaged: {what}"))


def _refuse_too_large(size: int, folder: Path, path: Path) -> None:
    free = None
    with suppress(OSError):
        free = shutil.disk_usage(folder).free
    if free is not None and size > free:
        raise WorkspaceError(
            say(
                f"{path} 恢复出来要 {size:,} 字节，{folder} 只剩 {free:,}；没有恢复",
                f"{path} takes {size:,} bytes, {folder} has {free:,} left; nothing was restored",
            )
        )
