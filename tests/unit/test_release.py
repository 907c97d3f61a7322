"""What `make release` looks for in a wheel, and what the light road is made of."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "casekit/__init__.py": "",
    "casekit/py.typed": "",
    "casekit/data/example/corpus/catalogue.json": "[]",
    "casekit-1.2.3.dist-info/licenses/LICENSE": "MIT",
    "casekit-1.2.3.dist-info/licenses/licenses/THIRD-PARTY.md": "",
    "casekit-1.2.3.dist-info/METADATA": "Metadata-Version: 2.4\nName: casekit\nVersion: 1.2.3\nSummary: s\nAuthor: a\n"
    "License-Expression: MIT\nLicense-File: LICENSE\nRequires-Python: >=3.11\n",
}


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / "requirements" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["release"] = module
    spec.loader.exec_module(module)
    return module


def _wheel(tmp_path: Path, files: dict[str, str]) -> Path:
    path = tmp_path / "casekit.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_a_good_wheel_has_nothing_wrong(release: ModuleType, tmp_path: Path) -> None:
    assert release.check_wheel(_wheel(tmp_path, GOOD), "# Changelog\n\n## 1.2.3 (2026-12-01)\n") == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"casekit/py.typed": None}, "py.typed"),
        ({"casekit-1.2.3.dist-info/licenses/LICENSE": None}, "LICENSE"),
        ({"tests/unit/test_x.py": ""}, "must not"),
        ({"casekit/data/example/corpus/sources/a.txt": "x"}, "must not"),
        ({"casekit/big.bin": "x" * 61_000_000}, "large"),
    ],
)
def test_what_is_wrong_with_a_wheel_is_said(
    release: ModuleType, tmp_path: Path, change: dict[str, str | None], told: str
) -> None:
    files = {name: text for name, text in {**GOOD, **change}.items() if text is not None}
    (line,) = release.check_wheel(_wheel(tmp_path, files), "## 1.2.3\n")
    assert told in line


def test_a_version_without_a_changelog_is_not_ready(release: ModuleType, tmp_path: Path) -> None:
    assert "CHANGELOG" in release.check_wheel(_wheel(tmp_path, GOOD), "## 1.2.2\n")[0]


def test_the_light_road_has_hashes_no_host_and_nothing_heavy() -> None:
    text = (ROOT / "requirements" / "light.txt").read_text("utf8")
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", text.strip()) if not entry.startswith("#")]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    names = {re.split(r"[=\[; ]", entry)[0] for entry in entries}
    assert not names & {"torch", "sentence-transformers", "jupyterlab", "transformers", "scipy", "onnxruntime"}


def test_everything_of_the_light_road_is_a_dependency_or_an_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    declared = [*project["dependencies"], *(one for some in project["optional-dependencies"].values() for one in some)]
    known = {re.split(r"[<>=;\[ ]", one)[0].lower() for one in declared}
    lines = (ROOT / "requirements" / "light.in").read_text("utf8").splitlines()
    wanted = {re.split(r"[<>=; ]", line)[0] for line in lines if line and not line.startswith("#")}
    assert wanted <= known
