"""The built front ends that are committed come from the sources that lie beside them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

JUPYTER = Path(__file__).resolve().parents[2] / "src" / "casekit" / "jupyter"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stamp", JUPYTER / "ui" / "stamp.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


stamp = _load()


@pytest.mark.parametrize("name", ["panel", "widgets"])
def test_what_is_committed_was_built_from_these_sources(name: str) -> None:
    assert stamp.complaints(name) == []


@pytest.mark.parametrize("name", ["panel", "widgets"])
def test_no_front_end_names_a_host_to_load_from(name: str) -> None:
    hosts = re.compile(rb"(?:unpkg\.com|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com|fonts\.googleapis\.com)")
    built = [path for path in stamp.BUILT[name].rglob("*") if path.suffix in (".js", ".css", ".json", ".html")]
    assert built
    assert [path.name for path in built if hosts.search(path.read_bytes())] == []


def test_no_lock_file_names_a_registry() -> None:
    for name in stamp.BUILT:
        assert '"resolved"' not in (JUPYTER / "ui" / name / "package-lock.json").read_text("utf8")


@pytest.fixture
def front_end(tmp_path: Path) -> tuple[Path, Path]:
    """Sources and their build, stamped."""
    sources, built = tmp_path / "ui" / "panel", tmp_path / "built"
    for path, text in {
        sources / "package.json": "{}",
        sources / "src" / "lib" / "a.ts": "let a = 1;\n",
        sources.parent / "shared" / "dom.ts": "let d = 1;\n",
        sources.parent / "tests" / "a.test.ts": "no part of the build\n",
        sources / "node_modules" / "x" / "x.js": "x",
        built / "static" / "a.js": "let a=1",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    (built / stamp.NAME).write_text(stamp.stamp_of("panel", ui=tmp_path / "ui", built=built), "utf8")
    return sources, built


def test_a_fresh_build_is_accepted(front_end: tuple[Path, Path]) -> None:
    sources, built = front_end
    assert stamp.complaints("panel", ui=sources.parent, built=built) == []
    (sources / "node_modules" / "x" / "y.js").write_text("y", "utf8")
    (sources / "package.json").write_bytes(b"{}")
    (sources.parent / "tests" / "a.test.ts").write_text("still no part of it", "utf8")
    assert stamp.complaints("panel", ui=sources.parent, built=built) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("package.json", "sources have changed"),
        ("src/new.ts", "sources have changed"),
        ("../shared/dom.ts", "sources have changed"),
        ("../../built/static/a.js", "built files"),
    ],
)
def test_a_change_that_was_not_built_is_told(front_end: tuple[Path, Path], changed: str, told: str) -> None:
    sources, built = front_end
    (sources / changed).write_text("other", "utf8")
    found = stamp.complaints("panel", ui=sources.parent, built=built)
    assert len(found) == 1
    assert told in found[0]


def test_a_missing_stamp_is_told(front_end: tuple[Path, Path]) -> None:
    sources, built = front_end
    (built / stamp.NAME).unlink()
    assert "make ui" in stamp.complaints("panel", ui=sources.parent, built=built)[0]
