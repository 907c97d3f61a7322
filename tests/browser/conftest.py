"""Fixtures of the browser tests: chromium, JupyterLab in a copy of the bundled workspace, a page that stays on this machine.

Needs Debian's chromium, playwright and a Chinese font (packages chromium, fonts-noto-cjk); skipped with a reason without.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import (
    CHROMIUM,
    FLAGS,
    VIEWPORT,
    Browser,
    Lab,
    Page,
    Watched,
    clear_lab,
    new_context,
    no_browser,
    start_server,
)
from tests.browser.putting_back import Kept
from tests.notebook_runs import without_network

_HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Any:
    """Playwright's interface; everything that needs a browser skips with a reason where there is none."""
    if reason := no_browser():
        pytest.skip(reason)
    from playwright import sync_api

    return sync_api


@pytest.fixture(scope="package")
def chromium(playwright: Any) -> Iterator[Browser]:
    """Headless chromium, one for all these tests: with it goes playwright's loop, which would be in the way of others' own."""
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept() -> dict[Path, Kept]:
    """The workspaces that servers run in, as they were; every test finds them so."""
    return {}


@pytest.fixture(autouse=True)
def _workspaces_as_they_were(kept: dict[Path, Kept]) -> Iterator[None]:
    yield
    _put_back(kept)


def _put_back(kept: dict[Path, Kept]) -> None:
    for one in kept.values():
        one.put_back()


@pytest.fixture(scope="session")
def bundled(example: Path, tmp_path_factory: pytest.TempPathFactory, kept: dict[Path, Kept]) -> Path:
    """A copy of the bundled workspace, built, with the notebooks; tests may write into it, and it is put back."""
    folder = Path(shutil.copytree(example, tmp_path_factory.mktemp("browser") / "范例"))
    kept[folder] = Kept(folder)
    return folder


@pytest.fixture(scope="session")
def jupyter_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with empty Jupyter and IPython folders: the tester's own settings play no part."""
    home = tmp_path_factory.mktemp("jupyter")
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "run",
        "IPYTHONDIR": "ip",
    }
    return {name: str(home / folder) for name, folder in names.items()}


@pytest.fixture(scope="session")
def start_lab(jupyter_home: dict[str, str], kept: dict[Path, Kept]) -> Callable[..., Lab]:
    """start_lab(folder, *arguments, **environment): `casekit lab` in a workspace, ready; stop it by `.server.stop()`.

    What tests do to the workspace's files from here on is taken back after each of them.
    """

    def start(folder: Path, *arguments: str, **environment: str) -> Lab:
        server = start_server(
            [sys.executable, "-m", "casekit", "lab", *arguments, "--no-browser", "--port", "0", "--json"],
            cwd=folder,
            env={**jupyter_home, "CASEKIT_EXPOSE_LAB": "1", "CASEKIT_LANG": "", **environment},
        )
        told = json.loads(server.first_line)
        kept.setdefault(folder, Kept(folder))
        return Lab(told["url"].partition("lab")[0], told["token"], folder, server)

    return start


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables of a JupyterLab whose kernels cannot reach the network."""
    return without_network(tmp_path_factory.mktemp("guard"))


@pytest.fixture(scope="session")
def lab(playwright: Any, bundled: Path, start_lab: Callable[..., Lab], surroundings: dict[str, str]) -> Iterator[Lab]:
    """JupyterLab in the bundled workspace, one server for all tests of a worker."""
    lab = start_lab(bundled, **surroundings)
    yield lab
    lab.server.stop()


class Tabs:
    """The page that tests take turns on; a fresh one after a test that failed or left it anywhere but in Lab."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: tuple[Any, Page, Watched] | None = None

    def take(self) -> tuple[Page, Watched]:
        """A page that shows an empty JupyterLab, or nothing yet; and a record with nothing in it."""
        if self._open is None:
            context, watched = new_context(self._browser)
            self._open = context, context.new_page(), watched
        _, page, watched = self._open
        for told in (watched.outside, watched.errors, watched.complaints):
            told.clear()
        return page, watched

    def give_back(self, *, failed: bool) -> None:
        """Make the page ready for the next test."""
        if self._open is None:
            return
        context, page, _ = self._open
        for other in context.pages:
            if other is not page:
                other.close()
        try:
            if not failed:
                page.unroute_all()
                page.emulate_media(reduced_motion="null")
                page.set_viewport_size(VIEWPORT)
                page.mouse.move(0, 0)
            kept = not failed and clear_lab(page)
        except Exception:  # noqa: BLE001 - whatever is wrong with the page, the next test gets another
            kept = False
        if not kept:
            context.close()
            self._open = None

    def close(self) -> None:
        """Close the page, if there is one."""
        self.give_back(failed=True)


@pytest.fixture(scope="package")
def tabs(chromium: Browser) -> Iterator[Tabs]:
    """The page that these tests take turns on."""
    made = Tabs(chromium)
    yield made
    made.close()


@pytest.fixture
def watched_page(tabs: Tabs, kept: dict[Path, Kept], request: pytest.FixtureRequest) -> Iterator[tuple[Page, Watched]]:
    """A page with nothing open and what it did; fails at the end when anything was asked of another machine."""
    page, watched = tabs.take()
    yield page, watched
    outside = list(watched.outside)
    _put_back(kept)  # before the page looks again
    tabs.give_back(failed=bool(outside) or not getattr(request.node, "passed", False))
    assert outside == [], "requests to other machines"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note at a test that it passed."""
    report = yield
    if report.when == "call":
        item.passed = report.passed  # type: ignore[attr-defined]
    return report


@pytest.fixture
def page(watched_page: tuple[Page, Watched]) -> Page:
    """A page with nothing open that can reach nothing but this machine."""
    return watched_page[0]


@pytest.fixture
def bare_page(chromium: Browser) -> Iterator[Page]:
    """A page of its own, with no storage of another's; for what is not JupyterLab."""
    context, watched = new_context(chromium)
    yield context.new_page()
    context.close()
    assert watched.outside == [], "requests to other machines"


@pytest.fixture
def watched(watched_page: tuple[Page, Watched]) -> Watched:
    """What `page` did: requests elsewhere, uncaught errors, the console's error lines."""
    return watched_page[1]
