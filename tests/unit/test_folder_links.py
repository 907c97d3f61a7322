"""Links in a folder that is added: what lies outside comes in only if asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import TEXTS

from casekit.workbench import Workbench
from casekit.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article, a link to a file elsewhere, one to a folder elsewhere, one to its own file, and a circle."""
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    (folder / "sub").mkdir(parents=True)
    (elsewhere / "deep").mkdir(parents=True)
    (folder / "sub" / "chenlu.txt").write_text(TEXTS["chenlu"], "utf8")
    (elsewhere / "secret.txt").write_text(TEXTS["harbour"], "utf8")
    (elsewhere / "deep" / "other.txt").write_text(TEXTS["lanjing"], "utf8")
    try:
        (folder / "linked.txt").symlink_to(elsewhere / "secret.txt")
        (folder / "away").symlink_to(elsewhere / "deep")
        (folder / "again").symlink_to(folder / "sub")
        (folder / "circle").symlink_to(folder / "circle")
        (folder / "sub" / "up").symlink_to(folder)
    except OSError:
        pytest.skip("no links here")
    return folder


def test_links_out_of_a_folder_are_not_followed_and_told(folder: Path, workspace: Workspace) -> None:
    report = Workbench(workspace).add([folder])
    assert [one.record.id for one in report.added] == ["chenlu"]
    assert report.refused == ()
    (note,) = report.notes
    assert "away" in note
    assert "linked.txt" in note
    assert "--follow-links" in note


def test_links_out_of_a_folder_are_followed_if_asked_for(folder: Path, workspace: Workspace) -> None:
    report = Workbench(workspace).add([folder], follow_links=True)
    assert {one.record.id for one in report.added} == {"chenlu", "linked", "other"}
    assert report.notes == ()
