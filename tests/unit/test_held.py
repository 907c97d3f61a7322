"""What is held of a workspace: documents are cleaned once and again when anything they depend on has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.samples import TEXTS, make_workspace

from casekit.errors import NotBuiltError, SourceError, UnknownSourceError
from casekit.types import Doc
from casekit.workbench import Workbench
from casekit.workbench.corpus import documents


def test_a_document_is_cleaned_once(bench: Workbench) -> None:
    first = bench.doc("chenlu")
    assert bench.doc("chenlu") is first
    assert bench.held.documents.readable()["chenlu"] is first


def test_a_ruling_makes_another_document_and_undoing_it_the_old_one(bench: Workbench) -> None:
    first = bench.doc("chenlu")
    bench.cut("chenlu", 11, 24)
    assert bench.doc("chenlu").cleaned.kept != first.cleaned.kept
    bench.undo("chenlu")
    assert bench.doc("chenlu") == first


def test_changed_metadata_make_another_document(bench: Workbench) -> None:
    bench.doc("lanjing")
    bench.edit("lanjing", {"title": "读书会怎么办"})
    assert bench.doc("lanjing").cleaned.metadata.title == "读书会怎么办"


def test_a_change_on_disk_is_noticed_though_size_and_time_are_the_same(bench: Workbench) -> None:
    bench.doc("chenlu")
    path = bench.store.path_of(bench.catalogue["chenlu"].file or "")
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace("三百".encode(), "四百".encode()))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with pytest.raises(SourceError):
        bench.doc("chenlu")
    assert set(bench.held.documents.readable()) == set(TEXTS) - {"chenlu"}


def test_a_workspaces_own_cues_make_another_document(bench: Workbench) -> None:
    first = bench.doc("lanjing")
    cues = bench.workspace.lexicon / "cues"
    cues.mkdir()
    (cues / "hearsay.txt").write_text("[cue]\n听书友说\n", "utf8")
    assert bench.doc("lanjing") is not first


def test_only_so_many_documents_are_held(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_MOST_HELD", 2)
    read: dict[str, Doc] = bench.held.documents.readable()
    assert len(read) == len(TEXTS)
    assert bench.doc("chenlu") is not read["chenlu"] or bench.doc("harbour") is not read["harbour"]
    assert bench.doc("chenlu") == read["chenlu"]


def test_what_is_not_there_is_told(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(UnknownSourceError):
        bench.held.documents["nobody"]
    empty = Workbench(make_workspace(tmp_path / "empty"))
    with pytest.raises(NotBuiltError):
        empty.held.built()
    with pytest.raises(UnknownSourceError):
        bench.held.built().source("nobody")


def test_the_lexicon_is_read_anew_where_it_changed_and_the_index_stays_open(bench: Workbench) -> None:
    built, lexicon = bench.held.built(), bench.lexicon
    bench.refresh()
    assert bench.held.built() is built
    (bench.workspace.lexicon / "own.txt").write_text("type: company\n晨露茶饮 |  |  | id: chenlu\n", "utf8")
    bench.refresh()
    again = bench.held.built()
    assert again is not built
    assert again.generation is built.generation
    assert "chenlu" in bench.lexicon
    assert again.lexicon is bench.lexicon
    assert built.lexicon is lexicon  # whoever began with the old one ends with it


def test_closing_opens_again_at_the_next_use(bench: Workbench, root: Path) -> None:
    before = bench.search("会员").hits
    bench.close()
    assert bench.index_is_current()
    assert bench.search("会员").hits == before
