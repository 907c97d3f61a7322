"""What a disk does not do: deletions that only warn, and the line in which a refused write is told."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from casekit.errors import WorkspaceError
from casekit.language import say

__all__ = ["cannot_write", "unlink"]

logger = logging.getLogger(__name__)


def unlink(paths: Sequence[Path]) -> None:
    """Delete files; one that stays is a warning, since what they were is safe elsewhere."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("%s", cannot_write(path, error))


def cannot_write(path: Path, error: OSError) -> WorkspaceError:
    """The error that a write to `path` ends in."""
    return WorkspaceError(
        say(
            f"无法写入 {path}：{error.strerror or error}；请检查磁盘空间与权限",
            f"cannot write {path}: {error.strerror or error}; check disk space and permissions",
        )
    )
