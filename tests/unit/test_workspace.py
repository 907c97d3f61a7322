"""Workspaces: found, opened, made; settings; writing all or nothing; one writer at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.samples import Cli

from casekit import language
from casekit.errors import BusyError, SettingError, WorkspaceError
from casekit.workspace import FOLDERS, Settings, Workspace
from casekit.writing import write_atomically


def test_a_new_workspace_has_its_folders_and_default_settings(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "a" / "b")
    assert made.root == tmp_path / "a" / "b"
    assert made.settings == Settings(language="zh", model="default", size_chars=200)
    assert all((made.root / name).is_dir() for name in FOLDERS)
    assert made.catalogue.read_text("utf8") == "[]\n"
    assert [p.name for p in made.root.rglob("*.tmp")] == []


def test_a_folder_keeps_what_it_holds_when_it_becomes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "catalogue.json").write_text('[{"id": "mine"}]', "utf8")
    (tmp_path / "notes.txt").write_text("mine", "utf8")
    made = Workspace.create(tmp_path)
    assert made.catalogue.read_text("utf8") == '[{"id": "mine"}]'
    assert (tmp_path / "notes.txt").read_text("utf8") == "mine"


def test_a_workspace_is_not_made_twice_or_on_a_file(tmp_path: Path) -> None:
    Workspace.create(tmp_path)
    (tmp_path / "casekit.toml").write_text('language = "en"\n', "utf8")
    with pytest.raises(WorkspaceError):
        Workspace.create(tmp_path)
    with pytest.raises(WorkspaceError):
        Workspace.create(tmp_path / "casekit.toml")
    assert (tmp_path / "casekit.toml").read_text("utf8") == 'language = "en"\n'


def test_the_nearest_workspace_upward_is_found(tmp_path: Path) -> None:
    outer = Workspace.create(tmp_path)
    inner = Workspace.create(tmp_path / "notebooks" / "inner")
    deep = inner.root / "corpus" / "sources"
    assert Workspace.find(deep).root == inner.root
    assert Workspace.find(outer.root / "notebooks").root == outer.root
    with pytest.raises(WorkspaceError):
        Workspace.open(deep)


def test_settings_choose_the_language_unless_the_environment_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workspace.create(tmp_path)
    (tmp_path / "casekit.toml").write_text('language = "en"\n', "utf8")
    assert Workspace.open(tmp_path).settings == Settings(language="en")
    assert language.current() == "en"
    monkeypatch.setenv("CASEKIT_LANG", "zh")
    assert language.current() == "zh"


@pytest.mark.parametrize(
    ("toml", "key", "near"),
    [
        ('langauge = "en"\n', "langauge", "language"),
        ("[passages]\nsize = 200\n", "passages.size", "passages.size_chars"),
        ("size_chars = 200\n", "size_chars", "passages.size_chars"),
        ("[passage]\nsize_chars = 200\n", "passage", "passages"),
        ("[quotes]\npercents = 5\n", "quotes.percents", "quotes.percent"),
        ("[weather]\nsunny = true\n", "weather", None),
        ('"a.b" = 1\n', "a.b", None),
    ],
)
def test_an_unknown_setting_is_warned_about_once_with_the_nearest_known(
    toml: str, key: str, near: str | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "casekit.toml"
    path.write_text(toml, "utf8")
    Workspace.open(tmp_path)
    Workspace.open(tmp_path)
    (line,) = [record.getMessage() for record in caplog.records]
    assert str(path) in line
    assert key in line
    assert (f"是不是 {near}？" in line) if near else ("是不是" not in line)


def test_the_settings_of_a_new_workspace_and_the_quotation_budget_are_known(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = Workspace.create(tmp_path / "new")
    with (made.root / "casekit.toml").open("a", encoding="utf8") as file:
        file.write("[quotes]\npercent = 5\n")
    Workspace.open(made.root)
    assert not caplog.records


def test_the_warning_is_one_line_on_stderr_and_json_stays_json(root: Path, process: Cli) -> None:
    path = root / "casekit.toml"
    path.write_text(path.read_text("utf8").replace("size_chars", "size_char"), "utf8")
    for lang, words in (("en", "did you mean passages.size_chars?"), ("zh", "是不是 passages.size_chars？")):
        ran = process("corpus", "--json", cwd=root, lang=lang)
        assert ran.code == 0
        assert len(json.loads(ran.out)) == 4
        assert len(ran.err.splitlines()) == 1
        assert words in ran.err


@pytest.mark.parametrize("size", [80, 400])
def test_sizes_at_the_limits_are_taken(size: int, tmp_path: Path) -> None:
    (tmp_path / "casekit.toml").write_text(f"[passages]\nsize_chars = {size}\n", "utf8")
    assert Workspace.open(tmp_path).settings.size_chars == size


@pytest.mark.parametrize("size", [79, 401, -1, 0])
def test_sizes_beyond_the_limits_are_refused(size: int, tmp_path: Path) -> None:
    (tmp_path / "casekit.toml").write_text(f"[passages]\nsize_chars = {size}\n", "utf8")
    with pytest.raises(SettingError, match=str(size)):
        Workspace.open(tmp_path)


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "file.json"
    write_atomically(path, "old")
    assert path.read_bytes() == b"old"
    write_atomically(path, "新".encode())
    assert path.read_text("utf8") == "新"

    def fail(*arguments: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no"):
        write_atomically(path, "newer")
    assert path.read_text("utf8") == "新"
    assert [p.name for p in path.parent.iterdir()] == ["file.json"]


def test_only_one_writes_at_a_time_and_the_lock_goes_with_its_holder(workspace: Workspace) -> None:
    again = Workspace.open(workspace.root)
    with workspace.locked(), pytest.raises(BusyError), again.locked():
        pass
    with again.locked():
        pass
    with pytest.raises(RuntimeError, match="mine"), again.locked():
        raise RuntimeError("mine")
    with workspace.locked():
        pass


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_writer_leaves_no_lock_behind(workspace: Workspace) -> None:
    script = (
        "import os, signal\nfrom casekit.workspace import Workspace\nfrom pathlib import Path\n"
        "with Workspace.open(Path('.')).locked():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=workspace.root, check=False)
    assert done.returncode == -9
    with workspace.locked():
        pass


def test_a_workspace_can_be_moved(root: Path, tmp_path: Path, cli: Cli) -> None:
    moved = root.rename(tmp_path / "elsewhere")
    assert cli("search", "会员", cwd=moved).code == 0
    assert cli("build", cwd=moved).code == 0
    assert cli("verify", cwd=moved).code == 0
    assert str(root) not in (moved / "index" / "gen-000001" / "manifest.json").read_text("utf8")
