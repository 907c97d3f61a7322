"""Fixtures of the browser tests: chromium, JupyterLab in a copy of the bundled workspace, a page that stays on this machine.

Needs Debian's chromium, playwright and a Chinese font (packages chromium, fonts-noto-cjk); skipped with a reason without.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import (
    CHROMIUM,
    FLAGS,
    Browser,
    Lab,
    Page,
    Watched,
    new_context,
    start_server,
)

_HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Any:
    """Playwright's interface; everything that needs a browser skips with a reason where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not installed")
    if not _has_chinese_font():
        pytest.skip("no font with Chinese characters is installed (fonts-noto-cjk)")
    return sync_api


@pytest.fixture(scope="module")
def chromium(playwright: Any) -> Iterator[Browser]:
    """Headless chromium, one for a file: with it goes playwright's loop, which would be in the way of other tests' own."""
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return sys.platform != "linux"  # other systems bring Chinese fonts
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip())


@pytest.fixture(scope="session")
def bundled(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundled workspace, built, with the notebooks; tests may write into it."""
    return Path(shutil.copytree(example, tmp_path_factory.mktemp("browser") / "范例"))


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
def start_lab(jupyter_home: dict[str, str]) -> Callable[..., Lab]:
    """start_lab(folder, *arguments, **environment): `casekit lab` in a workspace, ready; stop it by `.server.stop()`."""

    def start(folder: Path, *arguments: str, **environment: str) -> Lab:
        server = start_server(
            [sys.executable, "-m", "casekit", "lab", *arguments, "--no-browser", "--port", "0", "--json"],
            cwd=folder,
            env={**jupyter_home, "CASEKIT_EXPOSE_LAB": "1", "CASEKIT_LANG": "", **environment},
        )
        told = json.loads(server.first_line)
        return Lab(told["url"].partition("lab")[0], told["token"], folder, server)

    return start


@pytest.fixture(scope="session")
def lab(playwright: Any, bundled: Path, start_lab: Callable[..., Lab]) -> Iterator[Lab]:
    """JupyterLab in the bundled workspace, one server for all tests of a worker."""
    lab = start_lab(bundled)
    yield lab
    lab.server.stop()


@pytest.fixture
def watched_page(chromium: Browser) -> Iterator[tuple[Page, Watched]]:
    """A fresh page and what it did; fails at the end when anything was asked of another machine."""
    context, watched = new_context(chromium)
    page = context.new_page()
    yield page, watched
    context.close()
    assert watched.outside == [], "requests to other machines"


@pytest.fixture
def page(watched_page: tuple[Page, Watched]) -> Page:
    """A fresh page that can reach nothing but this machine."""
    return watched_page[0]


@pytest.fixture
def watched(watched_page: tuple[Page, Watched]) -> Watched:
    """What `page` did: requests elsewhere, uncaught errors, the console's error lines."""
    return watched_page[1]
