"""What the documentation shows is what casekit does, and its pages need nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from tests.sampled import pairs
from tests.shared_builds import built_example

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


sessions = _load(DOCS / "sessions.py")
program_pages = _load(DOCS / "extensions" / "program_pages.py")
PAGES = [path.relative_to(DOCS).as_posix() for path in sessions.pages()]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled workspace, built once for the whole run."""
    return built_example(tmp_path_factory)


@pytest.mark.model
@pytest.mark.parametrize(("language", "name"), pairs(("zh", "en"), sorted({page.partition("/")[2] for page in PAGES})))
def test_every_command_of_a_page_answers_what_the_page_shows(language: str, name: str, example: Path) -> None:
    """Each page in one of its languages, by turns; `make test-all` plays both."""
    differences = sessions.play(DOCS / language / name, example)
    assert not differences, "".join(f"{one}\n" for one in differences) + "python docs/sessions.py --write rewrites them"


def test_there_are_pages_to_run() -> None:
    assert {
        f"{language}/guide/{name}.md" for language in ("zh", "en") for name in ("consultants", "trainers", "writers")
    } <= set(PAGES)


def test_both_languages_have_the_same_pages_and_commands() -> None:
    def told(language: str) -> dict[str, int]:
        folder = DOCS / language
        return {
            path.relative_to(folder).as_posix(): len(re.findall(r"^\$ ", path.read_text("utf8"), re.MULTILINE))
            for path in folder.rglob("*.md")
            if "made" not in path.parts
        }

    assert told("zh") == told("en")


@pytest.mark.parametrize(
    ("shown", "printed", "agree"),
    [
        ("a\nb", "a\nb\n", True),
        ("a\nb", "a\nc\n", False),
        ("a\n…", "a\nb\nc\n", True),
        ("a\n…\nd", "a\nb\nc\nd\n", True),
        ("a\n…\nd", "a\nb\nd\nc\n", False),
        ("x  0.984", "x  0.983", True),
        ("x  0.984", "y  0.984", False),
        ("用时 1.3 秒", "用时 37.1 秒", True),
        ("12 段", "13 段", False),
    ],
)
def test_answers_are_compared_line_by_line(shown: str, printed: str, agree: bool) -> None:
    assert sessions._agree(shown, printed) is agree


def test_a_changed_answer_is_told_and_can_be_rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "en" / "page.md"
    page.parent.mkdir()
    page.write_text("# Page\n\n```console\n$ ls .\nold\n$ casekit nonsense\n$ echo $?\n2\n```\n", "utf8")
    (tmp_path / "ws" / "corpus").mkdir(parents=True)
    monkeypatch.setattr(sessions, "DOCS", tmp_path)
    [first, second] = sessions.play(page, tmp_path / "ws", write=True)
    assert (first.command, first.printed) == ("$ ls .", "corpus\n")
    assert "nonsense" in second.printed
    assert "\n$ ls .\ncorpus\n$ casekit nonsense\ncasekit: " in page.read_text("utf8")
    assert sessions.play(page, tmp_path / "ws") == []


# --- the built pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as HTML; any warning fails the build.

    Without each function in the list of contents beside every page, which takes a third of the time.
    """
    folder = tmp_path_factory.mktemp("html")
    options = ["-q", "-W", "--keep-going", "-D", "toc_object_entries=0", "-d", str(folder / "trees")]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, DOCS, folder / "html"],
        capture_output=True,
        text=True,
        encoding="utf8",
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


class _Loaded(HTMLParser):
    """Whatever a page loads by itself (links that a reader clicks are none)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed"):
            self.found.append(values.get("src") or "")
        elif tag == "link" and values.get("rel") not in ("canonical", "license"):
            self.found.append(values.get("href") or "")


def test_the_built_pages_load_nothing_from_another_host(built: Path) -> None:
    remote = re.compile(r"(?:https?:)?//", re.IGNORECASE)
    pages = list(built.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        loaded = _Loaded()
        loaded.feed(page.read_text("utf8"))
        assert loaded.found, page.name
        assert [one for one in loaded.found if remote.match(one)] == [], page.name
    for style in built.rglob("*.css"):
        named = re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", style.read_text("utf8"))
        assert [one for one in named if remote.match(one)] == [], style.name


def test_every_verb_action_and_option_is_in_the_reference_of_both_languages(built: Path) -> None:
    from casekit.verbs import VERBS

    for language in ("zh", "en"):
        page = unescape(re.sub(r"<[^>]+>", "", (built / language / "made" / "commands.html").read_text("utf8")))
        for verb in VERBS:
            for act in verb.acts:
                assert verb.called(act) in page
                assert (act.zh if language == "zh" else act.en) in page
                assert act.shape.replace("`", "") in page, verb.called(act)
                assert [flag for option in act.options for flag in option.flags if flag not in page] == []


def test_every_room_has_a_page_and_stands_in_the_architecture(built: Path) -> None:
    rooms = program_pages.rooms()
    assert {"workbench", "types", "fold"} <= set(rooms)
    for room in rooms:
        if room != "cli":
            assert f"casekit.{room}" in (built / "api" / f"casekit.{room}.html").read_text("utf8")
        for language in ("zh", "en"):
            page = (DOCS / language / "architecture.md").read_text("utf8")
            assert re.search(rf"^\|.*`{room}`", page, re.MULTILINE), f"{language}/architecture.md does not name {room}"


def test_the_rows_of_the_architecture_are_in_the_order_of_the_layers() -> None:
    order = {room: number for number, line in enumerate(program_pages.layers()) for room in line}
    for language in ("zh", "en"):
        page = (DOCS / language / "architecture.md").read_text("utf8")
        rows = [re.findall(r"`(\w+)`", line.split("|")[2]) for line in page.splitlines() if line.count("|") == 4]
        named = [[order[room] for room in row if room in order] for row in rows]
        ranks = [row for row in named if row]
        assert len(ranks) > 10
        for upper, lower in pairwise(ranks):
            assert max(upper) < min(lower), f"{language}: {rows}"


def test_public_names_have_their_docstrings_in_the_reference(built: Path) -> None:
    page = re.sub(r"<[^>]+>", "", (built / "api" / "casekit.workbench.html").read_text("utf8"))
    from casekit.workbench import Workbench

    for name in ("search", "facts", "build", "quote"):
        first = (getattr(Workbench, name).__doc__ or "").splitlines()[0].replace("`", "")
        assert first
        assert f"{name}(" in page
        assert first in page
