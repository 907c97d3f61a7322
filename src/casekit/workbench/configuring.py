"""The settings of a workspace changed: casekit.toml keeps its comments and whatever else people wrote."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from casekit.errors import SettingError, WorkspaceError
from casekit.kept import keep
from casekit.language import say
from casekit.workspace import SETTINGS_NAME, Workspace

__all__ = ["SETTABLE", "change_settings"]

SETTABLE: Final = ("language", "model.name", "reading.script", "coding.coder")
"""The settings that a form may change."""
_TABLE: Final = re.compile(r"^\s*\[(?P<name>[^\[\]]+)\]\s*(?:#.*)?$")


def change_settings(workspace: Workspace, changes: Mapping[str, str]) -> Workspace:
    """The workspace with some settings changed, written and read back.

    Args:
        workspace: Whose casekit.toml is changed.
        changes: Values by key, tables with a dot (`model.name`).

    Raises:
        SettingError: If a key is none of `SETTABLE`, or a value cannot be; then nothing is written.
        WorkspaceError: If the file cannot be read or written.
        BusyError: If another process holds the workspace.
    """
    for key in changes:
        if key not in SETTABLE:
            known = ", ".join(SETTABLE)
            raise SettingError(say(f"不能改 {key}；可改：{known}", f"{key} cannot be changed here; known: {known}"))
    path = workspace.root / SETTINGS_NAME
    with workspace.locked():  # two at once: each would write the other away
        try:
            text = path.read_text("utf-8-sig")
            for key, value in changes.items():
                text = _with(text, key, value)
            with tempfile.TemporaryDirectory(prefix="casekit-") as folder:  # what cannot be read back is not written
                (Path(folder) / SETTINGS_NAME).write_text(text, "utf-8")
                Workspace.open(Path(folder))
        except UnicodeDecodeError as error:
            raise WorkspaceError(
                say(f"{path} 不是 UTF-8 文本：{error}", f"{path} is no UTF-8 text: {error}")
            ) from error
        except OSError as error:
            raise WorkspaceError(
                say(f"无法写入 {path}：{error.strerror or error}", f"cannot write {path}: {error.strerror or error}")
            ) from error
        keep(path, text)
    return Workspace.open(workspace.root)


def _with(text: str, key: str, value: str) -> str:
    """The file's text with one setting: in its line where there is one, else in its table, else at the end."""
    table, _, name = key.rpartition(".")
    told = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    lines = text.splitlines()
    here, behind = "", None
    for number, line in enumerate(lines):
        opened = _TABLE.match(line)
        if opened is not None:
            here = opened["name"].strip()
        elif here == table and re.match(rf"\s*{re.escape(name)}\s*=", line):
            lines[number] = told
            return "\n".join(lines) + "\n"
        if here == table and line.strip():
            behind = number
    if not table:
        first = next((i for i, line in enumerate(lines) if _TABLE.match(line)), len(lines))
        lines.insert(first, told)
    elif behind is not None:
        lines.insert(behind + 1, told)
    else:
        lines += ["", f"[{table}]", told]
    return "\n".join(lines) + "\n"
