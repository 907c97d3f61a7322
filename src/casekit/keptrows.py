"""Files of records that people make: a YAML list, one entry a record, read entry by entry and read back before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from casekit.errors import CasekitError, SettingError
from casekit.kept import keep
from casekit.language import say
from casekit.yamltext import yaml_text

__all__ = ["load_rows", "reads_back", "save_rows"]

Row = TypeVar("Row")


def load_rows(path: Path, read: Callable[[Any], Row], *, error: type[CasekitError] = SettingError) -> list[Row]:
    """The records of a file, in its order; none where there is no such file.

    Args:
        path: The file.
        read: Makes a record of an entry, or raises a ValueError that says what is wrong with it.
        error: What is raised.

    Raises:
        CasekitError: `error`, if the file is no list of such records; the message names the entry.
    """
    if not path.is_file():
        return []
    import yaml

    try:
        rows = yaml.load(path.read_text("utf-8-sig"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError, OSError) as broken:
        raise error(
            say(f"{path.name} 不是有效的 YAML：{broken}", f"{path.name} is no valid YAML: {broken}")
        ) from broken
    if not isinstance(rows or [], list):
        raise error(say(f"{path.name} 应是一个列表", f"{path.name} should be a list"))
    found = []
    for number, row in enumerate(rows or (), 1):
        try:
            found.append(read(row))
        except ValueError as wrong:
            raise error(
                say(f"{path.name} 第 {number} 条有误：{wrong}", f"{path.name} entry {number} is wrong: {wrong}")
            ) from wrong
    return found


def save_rows(
    path: Path,
    rows: Sequence[dict[str, Any]],
    load: Callable[[Path], object],
    wanted: object,
    *,
    header: str = "",
    error: type[CasekitError] = SettingError,
) -> None:
    """Write a file of records under a header; with no record left the header stays.

    Args:
        path: The file.
        rows: The records as the file holds them.
        load: Its loader.
        wanted: What that must give back.
        header: Lines of remarks at the top.
        error: What is raised where it reads back otherwise.

    Raises:
        WorkspaceError: If the file cannot be written; it is as it was.
        SettingError: If YAML cannot hold what they say; then too.
        CasekitError: `error`, if it reads back otherwise; then too.
    """
    keep(
        path,
        header + (yaml_text(rows) if rows or not header else ""),
        check=reads_back(path, load, wanted, error=error),
    )


def reads_back(
    path: Path, load: Callable[[Path], object], wanted: object, *, error: type[CasekitError] = SettingError
) -> Callable[[Path], None]:
    """A check for `keep`: that the new file of `path`, read by `load`, gives what is wanted, or `error`."""

    def check(written: Path) -> None:
        if load(written) != wanted:
            raise error(say(f"{path.name} 没有写：读回来不一样", f"{path.name} not written: it reads back otherwise"))

    return check
