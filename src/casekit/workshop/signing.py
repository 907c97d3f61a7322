"""Masters carry a digest of themselves, so that nobody's editing is overwritten."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from casekit.errors import SettingError
from casekit.language import say
from casekit.workshop.notebook import Notebook, load_notebook

__all__ = ["refuse_edited", "signed"]


def _digest(notebook: Notebook) -> str:
    info = {name: value for name, value in notebook.info.items() if name != "made"}
    return hashlib.sha256(replace(notebook, info=info).to_json().encode("utf-8")).hexdigest()


def signed(notebook: Notebook) -> Notebook:
    """The notebook with its own digest in it, so that a later change can be seen."""
    return replace(notebook, info={**notebook.info, "made": _digest(notebook)})


def refuse_edited(path: Path) -> None:
    """Refuse to overwrite what somebody has edited.

    Raises:
        SettingError: If the path is a folder, or a file that is not just as casekit wrote it.
    """
    if path.is_dir():
        raise SettingError(say(f"{path} 是文件夹，请给出文件名", f"{path} is a folder: name a file"))
    if not path.exists():
        return
    try:
        there = load_notebook(path)
        edited = there.info.get("made") != _digest(there)
    except SettingError:
        edited = True
    if edited:
        raise SettingError(
            say(
                f"{path} 已存在，而且有人改过；请换一个文件名，或用 --force 覆盖",
                f"{path} exists and somebody has edited it: choose another name, or overwrite it with --force",
            )
        )
