"""Builds that a whole run shares: made once, by whichever worker comes first; who wants to write works on a copy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from tests.commands import run_here
from tests.samples import make_workspace, write_texts

__all__ = ["built_example", "built_texts", "once"]


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder as `make` fills it, one for all workers of a run; the others wait until it is whole."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # a worker's own folder lies in the run's
    folder, whole = base / "once" / name, base / "once" / f"{name}.whole"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt left
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder


def built_texts(factory: pytest.TempPathFactory, *, tagger: bool = True) -> Path:
    """The workspace that holds TEXTS, built with the encoder that needs no model.

    Without the tagger for tests in which names are not what is asked about, and which build in processes of their own: each
    of those would load its network.
    """
    from casekit.workbench import Workbench

    def make(folder: Path) -> None:
        made = Workbench(make_workspace(folder / "ws", tagger=tagger))
        made.add(write_texts(folder / "in"))
        made.build()

    return once(factory, "texts" if tagger else "texts-untagged", make) / "ws"


def built_example(factory: pytest.TempPathFactory) -> Path:
    """The bundled workspace as a user gets it, built with the default model: `init --example 范例`, `build`."""

    def make(folder: Path) -> None:
        for words, cwd in ((["init", "--example", "范例"], folder), (["build"], folder / "范例")):
            ran = run_here(*words, cwd=cwd)
            assert ran.code == 0, ran.err

    return once(factory, "example", make) / "范例"
