"""Fixtures: small workspaces with an encoder that needs no model, and the command line run in or out of this process.

Under pytest-xdist tests/distribution.py says which files a worker runs together and which are begun first; what is expensive to
build is built once for all workers (tests/shared_builds.py). CASEKIT_HYPOTHESIS chooses how properties are tried: "ci" (as it is
unless set: the same examples every time), "dev" (others every time) or "fuzz" (many others, `make fuzz`).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.forked import Forks
from tests.sampled import few
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
settings.register_profile("ci", derandomize=True, deadline=None, database=None, max_examples=few(20, 60))
settings.register_profile("dev", deadline=None, max_examples=60)
settings.register_profile("fuzz", deadline=None, max_examples=3000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("CASEKIT_HYPOTHESIS") or "ci")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long files first for workers; alone, the quick ones first; or all in an order drawn from CASEKIT_SHUFFLE."""
    from tests.distribution import longest_first

    if seed := os.environ.get("CASEKIT_SHUFFLE"):
        drawn = {
            name: random.Random(f"{seed} {name}").random() for item in items for name in (str(item.path), item.nodeid)
        }
        items.sort(key=lambda item: (drawn[str(item.path)], drawn[item.nodeid]))
        return
    order = {path: place for place, path in enumerate(longest_first(dict.fromkeys(item.path for item in items)))}
    backwards = 1 if hasattr(config, "workerinput") else -1
    items.sort(key=lambda item: backwards * order[item.path])


def pytest_report_header() -> str | None:
    """The seed of the order, to have it again."""
    seed = os.environ.get("CASEKIT_SHUFFLE")
    return f"order: CASEKIT_SHUFFLE={seed}" if seed else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files that share what is expensive are one worker's, unless another distribution than by file is asked for."""
    from tests.distribution import Together

    return Together(config, log) if config.getoption("dist") == "loadfile" else None


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
    """Run a command in this process: cli("search", "会员", cwd=root, lang="en"); see also tests/commands.py."""
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
