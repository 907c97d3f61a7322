"""Workspaces: found, opened, made; settings; writing all or nothing; one writer at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.samples import Cli

from casekit import language
from casekit.errors import BusyError, SettingError, WorkspaceError
from casekit.workspace import FOLDERS, Settings, Workspace, write_atomically


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
