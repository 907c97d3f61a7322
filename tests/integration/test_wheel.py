"""The wheel holds what an installed casekit needs, and nothing that only its makers need."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytest.importorskip("hatchling", reason="hatchling (extra dev) builds the wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The names of the files in the wheel, and their sizes."""
    from hatchling.build import build_wheel  # what pip calls in a process of its own

    folder = tmp_path_factory.mktemp("wheel")
    with contextlib.chdir(ROOT):
        path = folder / build_wheel(str(folder))
    with zipfile.ZipFile(path) as archive:
        return {info.filename: info.file_size for info in archive.infolist()}


def test_every_module_is_in_it(wheel: dict[str, int]) -> None:
    package = ROOT / "src" / "casekit"
    modules = {path.relative_to(package.parent).as_posix() for path in package.rglob("*.py") if "ui" not in path.parts}
    assert modules <= wheel.keys()
    assert "casekit/py.typed" in wheel


def test_sources_of_the_front_ends_stay_out_and_what_was_built_is_in(wheel: dict[str, int]) -> None:
    assert [name for name in wheel if name.endswith((".ts", ".mjs")) or "/ui/" in name or "node_modules" in name] == []
    for name in (
        "casekit/jupyter/static/widgets.js",
        "casekit/jupyter/static/widgets.css",
        "casekit/jupyter/static/THIRD-PARTY-LICENSES.txt",
        "casekit/jupyter/labextension/static/third-party-licenses.json",
    ):
        assert wheel.get(name, 0) > 0, name


def test_jupyterlab_finds_the_panel_and_its_server(wheel: dict[str, int]) -> None:
    shared = [name.partition(".data/data/")[2] for name in wheel if ".data/data/" in name]
    assert "share/jupyter/labextensions/@casekit/lab/package.json" in shared
    assert "share/jupyter/labextensions/@casekit/fallback/package.json" in shared
    assert "etc/jupyter/jupyter_server_config.d/casekit.json" in shared
    assert any(name.startswith("share/jupyter/labextensions/@casekit/lab/static/remoteEntry.") for name in shared)


def test_the_example_workspace_the_words_and_the_licence_are_in_it(wheel: dict[str, int]) -> None:
    example = {name.removeprefix("casekit/data/example/") for name in wheel if name.startswith("casekit/data/example/")}
    assert {"casekit.toml", "corpus/catalogue.json", "casebook/walmart.yaml", "corpus/cases/case-walmart.md"} <= example
    assert any(name.startswith("notebooks/") and name.endswith(".ipynb") for name in example)
    assert "casekit/data/lexicon/companies.txt" in wheel
    assert any(name.endswith("licenses/LICENSE") for name in wheel)


def test_no_originals_no_index_no_tests_and_no_documentation_are_in_it(wheel: dict[str, int]) -> None:
    kept_out = ("/sources/", "/index/gen-", "/trash/", "tests/", "docs/", "__pycache__", ".ipynb_checkpoints")
    assert [name for name in wheel if any(part in name for part in kept_out)] == []


def test_it_stays_small(wheel: dict[str, int]) -> None:
    # 5.6 MB unpacked on 28 November 2026; a model, a corpus or a node_modules would show at once
    assert sum(wheel.values()) < 12_000_000


def test_notices_of_bundled_data_are_in_it(wheel: dict[str, int]) -> None:
    held = {name.partition(".dist-info/licenses/")[2] for name in wheel}
    assert {"LICENSE", "licenses/APACHE-2.0.txt", "licenses/THIRD-PARTY.md"} <= held


@pytest.mark.slow
def test_two_builds_are_the_same_byte_by_byte(tmp_path: Path) -> None:
    made = []
    for number, day in enumerate(("1700000000", "1700000000")):
        folder = tmp_path / str(number)
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": day, "TZ": ("UTC", "Asia/Shanghai")[number]},
        )
        made.append(next(folder.glob("casekit-*.whl")).read_bytes())
    assert made[0] == made[1]
