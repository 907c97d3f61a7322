"""What changes whenever a file does, to tell whether it must be read again."""

from __future__ import annotations

from pathlib import Path

from casekit.workspace import Workspace

__all__ = ["corpus_stamps", "file_stamp"]


def file_stamp(path: Path) -> tuple[int, int]:
    """Changes whenever the file changes."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


def corpus_stamps(workspace: Workspace) -> tuple[object, object]:
    """What changes whenever the catalogue changes, and what whenever the lexicon does."""
    try:
        files = sorted(path for path in workspace.lexicon.iterdir() if path.suffix in (".yaml", ".yml", ".txt"))
    except OSError:
        files = []
    return file_stamp(workspace.catalogue), tuple((path.name, file_stamp(path)) for path in files)
