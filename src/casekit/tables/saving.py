"""Tables written whole or not at all, and what to say where the package behind a kind of file is missing."""

from __future__ import annotations

from pathlib import Path

from casekit.errors import CasekitError, SourceError
from casekit.language import say
from casekit.writing import write_atomically

__all__ = ["MissingTablesError", "missing", "save_bytes"]


class MissingTablesError(CasekitError, ImportError):
    """The package behind a kind of file is not installed; the message names the extra that brings it."""


def missing(what: str, package: str, extra: str) -> MissingTablesError:
    """The error that says how to get what reads and writes `what`."""
    return MissingTablesError(
        say(
            f"{what} 需要 {package}；请运行 pip install 'casekit[{extra}]'（CSV 不需要）",
            f"{what} needs {package}; run pip install 'casekit[{extra}]' (CSV needs nothing)",
        )
    )


def save_bytes(path: Path, data: str | bytes) -> Path:
    """Write a file whole or not at all.

    Raises:
        SourceError: If it cannot be written.
    """
    try:
        write_atomically(path, data)
    except OSError as error:
        raise SourceError(
            say(f"无法写入 {path}：{error.strerror or error}", f"cannot write {path}: {error.strerror or error}")
        ) from error
    return path
