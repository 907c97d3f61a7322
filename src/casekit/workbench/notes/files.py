"""Personal notes and saved searches as plain YAML files that people may edit by hand, in notebooks/notes/.

One file a source, `searches.yaml` for saved searches. A file that cannot be read is named in one clear line and never
written over; comments at its head and fields that casekit does not know survive a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casekit.errors import BusyError, CasekitError, SourceError, WorkspaceError
from casekit.kept import keep
from casekit.keptrows import reads_back
from casekit.language import say
from casekit.writing import Check
from casekit.yamltext import yaml_text

__all__ = [
    "BASKET_NAME",
    "MEMOS_NAME",
    "READING_NAME",
    "SEARCHES_NAME",
    "NoteFile",
    "check_of",
    "file_for",
    "locked",
    "note_files",
    "read_file",
    "stamp",
    "text_of",
    "writable",
    "write_file",
]

MEMOS_NAME = "memos.yaml"
SEARCHES_NAME = "searches.yaml"
BASKET_NAME = "basket.yaml"
READING_NAME = "reading.yaml"
_NO_NOTES = frozenset({SEARCHES_NAME, BASKET_NAME, READING_NAME, MEMOS_NAME})
_WAIT_S = 5.0  # others hold the lock for milliseconds; whoever waits longer has met a hung disk
_HEAD = {
    "notes": "# casekit 笔记：可以直接改；改坏了 casekit 会说明哪一行，不会覆盖\n"
    "# Notes: edit as you like; casekit names what it cannot read and never writes over it\n",
    "searches": "# casekit 保存的检索：可以直接改\n# Saved searches: edit as you like\n",
    "memos": "# Memos: edit as you like; casekit names what it cannot read and never writes over it\n",
    "basket": "# The basket: edit as you like\n",
    "reading": "# How far each source was read: edit as you like\n",
    "codes": "# Codebook: edit as you like; casekit names what it cannot read and never writes over it\n",
    "codings": "# Codings: edit as you like; casekit names what it cannot read and never writes over it\n",
}
# Control characters (but tab and the line breaks), halves of characters, no characters: pasted by accident, never written.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file as read: its leading comments, its top-level fields, its items."""

    path: Path
    head: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    items: tuple[Mapping[str, Any], ...] = ()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the notes for a change; a build that runs meanwhile is no hindrance.

    Raises:
        BusyError: If another process holds them for long.
        WorkspaceError: If the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lock", timeout=_WAIT_S)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise BusyError(
            say(f"另一个程序正在写 {folder}；请稍后再试", f"another program is writing to {folder}; try again soon")
        ) from None
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def note_files(folder: Path, *, besides: frozenset[str] = _NO_NOTES) -> list[Path]:
    """The files that hold notes (all but those `besides`), in order of their names."""
    try:
        found = [
            path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and not path.name.startswith(".")
        ]
    except OSError:
        return []
    return sorted(path for path in found if path.name not in besides and path.is_file())


def stamp(folder: Path, *, besides: frozenset[str] = _NO_NOTES) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever one of the files changes."""
    found = []
    for path in note_files(folder, besides=besides):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((path.name, stat.st_mtime_ns, stat.st_size))
    return tuple(found)


def read_file(path: Path, key: str) -> NoteFile:
    """The file's items, which stand under `key`; an absent file has none.

    Raises:
        SourceError: If it is no such file; one line that says where and what was wanted.
    """
    import yaml

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return NoteFile(path, _HEAD[key])
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(getattr(error, "strerror", None) or error)) from error
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = say(f"第 {mark.line + 1} 行：", f"line {mark.line + 1}: ") if mark is not None else ""
        raise _unreadable(path, f"{where}{error.problem or error.context or 'YAML'}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(path, " ".join(str(error).split())[:200]) from error
    head = "".join(re.findall(r"\A(?:[ \t]*(?:#[^\n]*)?\n)+", text))
    if data is None:
        return NoteFile(path, head or _HEAD[key])
    wanted = say(f"“{key}:” 下面的列表", f"a list under “{key}:”")
    if not isinstance(data, dict) or not isinstance(data.get(key) or [], list):
        raise _unreadable(path, say(f"应有{wanted}", f"wanted {wanted}"))
    items = data.get(key) or []
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            raise _unreadable(path, say(f"第 {number} 条不是“名称：值”", f"item {number} is no mapping"))
    return NoteFile(path, head, {k: v for k, v in data.items() if k != key}, tuple(items))


def write_file(file: NoteFile, key: str) -> None:
    """Write a file in one atomic step; one without items is removed.

    Raises:
        WorkspaceError: If it cannot be written; then it is as it was.
        SettingError: If YAML cannot hold what it says; then too.
    """
    text = text_of(file, key)
    if text is None:
        keep(file.path, None)
        return
    keep(file.path, text, check=check_of(file, key))


def text_of(file: NoteFile, key: str) -> str | None:
    """What a file is to hold; None where it has no items and goes.

    Raises:
        SettingError: If YAML cannot hold what it says.
    """
    if not file.items:
        return None
    return file.head + yaml_text({**file.fields, key: [dict(item) for item in file.items]})


def check_of(file: NoteFile, key: str) -> Check:
    """Reads a file that was just written, and refuses it where it holds something else."""
    items, fields = [dict(item) for item in file.items], dict(file.fields)

    def load(written: Path) -> object:
        back = read_file(written, key)
        return list(back.items), dict(back.fields)

    return reads_back(file.path, load, (items, fields), error=SourceError)


def file_for(folder: Path, source: str, *, besides: frozenset[str] = _NO_NOTES) -> Path:
    """Where a new file for the notes on a source goes: a name that no other source's file has."""
    stem = source if f"{source.lower()}.yaml" not in besides else f"{source}_"
    taken = {path.name.lower() for path in note_files(folder, besides=besides)}
    number = 1
    while True:
        name = f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml"
        if name.lower() not in taken and not (folder / name).exists():
            return folder / name
        number += 1


def writable(text: str) -> str:
    """The text without characters that nobody writes; its line breaks as \"\\n\"."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _unreadable(path: Path, why: str) -> CasekitError:
    return SourceError(
        say(
            f"读不懂 {path.name}：{why}；请改好这个文件，casekit 不会动它",
            f"cannot read {path.name}: {why}; please repair it",
        )
    )


def _cannot_write(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        say(
            f"无法写入 {path}：{error.strerror or error}；请检查权限与磁盘空间",
            f"cannot write {path}: {error.strerror or error}; check permissions and disk space",
        )
    )
