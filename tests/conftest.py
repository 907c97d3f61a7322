"""Fixtures: small workspaces with an encoder that needs no model, and the command line run in or out of this process.

Under pytest-xdist a file is one worker's (`--dist loadfile`), the heavy ones are begun first, and what is expensive to build
is built once for all workers (tests/shared_builds.py). CASEKIT_HYPOTHESIS chooses how properties are tried: "ci" (as it is
unless set: the same examples every time), "dev" (others every time) or "fuzz" (many others, `make fuzz`).
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.forked import Forks
from tests.samples import Cli, Ran, make_workspace
from tests.shared_builds import built_example, built_texts

from casekit import language
from casekit.jupyter.lab.lean import without_address_grammars
from casekit.workbench import Workbench
from casekit.workspace import Workspace

without_address_grammars()  # before anything imports nbformat, in every worker

# What a disk would still hold after a power cut, no test can see; waiting for it at every write takes minutes of a run.
os.fsync = lambda handle: None  # type: ignore[assignment]

# No deadline: how long an example takes says more about the machine than about the code.
settings.register_profile("ci", derandomize=True, deadline=None, database=None, max_examples=60)
settings.register_profile("dev", deadline=None, max_examples=60)
settings.register_profile("fuzz", deadline=None, max_examples=3000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("CASEKIT_HYPOTHESIS") or "ci")

# Folders whose tests take longest come first where several workers share the files, so that none is left with them at the end.
_LONG = ("gate", "integration")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long files first for workers, those of the browser, which waits, among those that reckon; alone, the quick ones first."""
    here = Path(__file__).parent
    files = list(dict.fromkeys(item.path for item in items))
    folders = {path: path.relative_to(here).parts[0] if path.is_relative_to(here) else "" for path in files}
    browsing = [path for path in files if folders[path] == "browser"]
    reckoning = [path for folder in _LONG for path in files if folders[path] == folder]
    long = [path for pair in zip_longest(browsing, reckoning) for path in pair if path is not None]
    order = {path: place for place, path in enumerate(long)}
    backwards = 1 if hasattr(config, "workerinput") else -1
    items.sort(key=lambda item: backwards * order.get(item.path, len(order)))


@pytest.fixture(autouse=True)
def _plain_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chinese at the start of every test, whatever the machine's environment or the test before said."""
    monkeypatch.setenv("CASEKIT_LANG", "")
    language.use("zh")
    yield
    language.use("zh")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches this process and those it starts, also where the run is a job in the background that ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child of a process that listens listens too
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return make_workspace(tmp_path / "ws")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_texts(tmp_path_factory)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled workspace, built with the default model; copy it before you write into it."""
    return built_example(tmp_path_factory)


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


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """What starts commands in processes of their own that are warm."""
    made = Forks(tmp_path_factory.mktemp("forks"))
    yield made
    made.close()


@pytest.fixture
def process(forks: Forks) -> Cli:
    """Run a command in a process of its own: process("build", cwd=root)."""

    def run(*arguments: object, cwd: Path, lang: str = "en") -> Ran:
        done = forks.run(arguments, cwd=cwd, lang=lang)
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
