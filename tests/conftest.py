"""Fixtures: small workspaces with an encoder that needs no model, and the command line run in or out of this process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.samples import Cli, Ran, make_workspace, write_texts

from casekit import language
from casekit.workbench import Workbench
from casekit.workspace import Workspace


@pytest.fixture(autouse=True)
def _plain_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chinese at the start of every test, whatever the machine's environment or the test before said."""
    monkeypatch.setenv("CASEKIT_LANG", "")
    language.use("zh")
    yield
    language.use("zh")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return make_workspace(tmp_path / "ws")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "ws"
    made = Workbench(make_workspace(root))
    made.add(write_texts(root.parent / "in"))
    made.build()
    return root


@pytest.fixture
def root(_built: Path, tmp_path: Path) -> Path:
    """The folder of a workspace that holds TEXTS, built."""
    return Path(shutil.copytree(_built, tmp_path / "ws"))


@pytest.fixture
def bench(root: Path) -> Workbench:
    """A workbench on TEXTS, built."""
    return Workbench.open(root)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command in this process: cli("search", "会员", cwd=root, lang="en")."""
    from casekit.cli import main

    def run(*arguments: object, cwd: Path | None = None, lang: str = "en") -> Ran:
        monkeypatch.setenv("CASEKIT_LANG", lang)
        if cwd is not None:
            monkeypatch.chdir(cwd)
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse's --help and --version
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def process() -> Cli:
    """Run a command in a process of its own: process("build", cwd=root)."""

    def run(*arguments: object, cwd: Path, lang: str = "en", **options: object) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "casekit", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "CASEKIT_LANG": lang},
            capture_output=True,
            timeout=120,
            check=False,
            **options,  # type: ignore[call-overload]
        )
        return Ran(done.returncode, done.stdout.decode("utf8"), done.stderr.decode("utf8"))

    return run
