"""What belongs to the workspace: the basket, how far was read, settings, and which notebook a kernel runs for."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.samples import make_workspace

from casekit.address import Address
from casekit.errors import BusyError, SettingError, SourceError
from casekit.jupyter.kernel import whichnotebook
from casekit.jupyter.kernel.citations import collect_citations
from casekit.jupyter.kernel.references import references
from casekit.jupyter.kernel.whichnotebook import open_notebook, with_cells
from casekit.kept import as_kept, differences
from casekit.workbench import Workbench
from casekit.workbench.configuring import change_settings
from casekit.workbench.notes.basket import Basket, Chosen
from casekit.workbench.notes.bookmarks import Bookmarks
from casekit.workspace import Workspace

A, B, C = Chosen("a", 0, 4, "甲", "甲文"), Chosen("b", 2, 9, "乙"), Chosen("c", 5, 6)


def test_a_basket_is_the_same_for_everybody(tmp_path: Path) -> None:
    one, other = Basket(tmp_path / "notes"), Basket(tmp_path / "notes")
    one.add([A, B])
    other.add([C, A], at=0)
    assert [item.address for item in one.items()] == [C.address, A.address, B.address]
    one.order([B.address, A.address, C.address])
    assert other.items()[0] == B
    other.remove([A.address])
    assert [item.source for item in one.items()] == ["b", "c"]
    one.clear()
    assert other.items() == []
    assert not (tmp_path / "notes" / "basket.yaml").exists()


def test_new_words_at_a_place_replace_the_old_ones(tmp_path: Path) -> None:
    basket = Basket(tmp_path)
    basket.add([A, B])
    basket.add([Chosen("a", 0, 4, "甲", "新文", seen="新文")])
    assert [(one.source, one.text) for one in basket.items()] == [("a", "新文"), ("b", "")]


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    def fill(letter: str) -> None:
        for start in range(12):
            Basket(tmp_path).add([Chosen(letter, start, start + 1)])

    threads = [threading.Thread(target=fill, args=(letter,)) for letter in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Basket(tmp_path).items()) == 36


def test_a_broken_basket_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "basket.yaml"
    path.write_text("basket:\n- source: a\n", "utf8")
    with pytest.raises(SourceError, match=r"basket\.yaml"):
        Basket(tmp_path).add([A])
    assert path.read_text("utf8") == "basket:\n- source: a\n"


def test_baskets_and_bookmarks_are_no_notes(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.basket.add([A])
    bench.bookmarks.put("a", 7)
    assert bench.notes.find("") == []
    assert list(bench.notes.problems()) == []


def test_bookmarks_keep_the_latest_place(tmp_path: Path) -> None:
    marks = Bookmarks(tmp_path)
    marks.put("a", 3)
    marks.put("b", 5)
    assert marks.put("a", 9) == {"b": 5, "a": 9}
    assert list(Bookmarks(tmp_path).places()) == ["b", "a"]
    with pytest.raises(SettingError):
        marks.put("a", -1)


# ---- settings ----------------------------------------------------------------------------------------------------------
def test_settings_change_in_their_line_and_comments_stay(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws")
    path = workspace.root / "casekit.toml"
    path.write_text(f"{path.read_text('utf8')}\n# 我的话\n", "utf8")
    before = path.read_text("utf8").splitlines()
    changed = change_settings(workspace, {"language": "en", "reading.script": "zh-Hant"})
    assert (changed.settings.language, changed.settings.script) == ("en", "zh-Hant")
    after = path.read_text("utf8").splitlines()
    assert [line for line in before if line.startswith("#")] == [line for line in after if line.startswith("#")]
    change_settings(workspace, {"language": "zh"})


def test_settings_are_put_where_they_are_missing(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws")
    (workspace.root / "casekit.toml").write_text('[model]\nname = "none"\n', "utf8")
    changed = change_settings(workspace, {"language": "zh", "reading.script": "zh-Hans", "model.name": "none"})
    assert changed.settings.script == "zh-Hans"
    assert (workspace.root / "casekit.toml").read_text("utf8").startswith('language = "zh"\n[model]')


@pytest.mark.parametrize(
    "change", [{"reading.script": "gothic"}, {"passages.size_chars": "9"}, {"language": "tlh"}, {"model.name": " "}]
)
def test_settings_that_cannot_be_are_refused_and_nothing_is_written(tmp_path: Path, change: dict[str, str]) -> None:
    workspace = make_workspace(tmp_path / "ws")
    before = (workspace.root / "casekit.toml").read_bytes()
    with pytest.raises(SettingError):
        change_settings(workspace, change)
    assert (workspace.root / "casekit.toml").read_bytes() == before
    assert Workspace.open(workspace.root)


def test_settings_wait_for_nobody_and_are_acknowledged(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws")
    before = (workspace.root / "casekit.toml").read_bytes()
    with workspace.locked(), pytest.raises(BusyError):
        change_settings(workspace, {"language": "en"})
    assert (workspace.root / "casekit.toml").read_bytes() == before
    change_settings(workspace, {"coding.coder": "甲"})
    assert as_kept(workspace.root / "casekit.toml")
    (workspace.root / "casekit.toml").write_text('language = "zh"\n', "utf8")
    assert [one.name for one in differences(workspace.root) if one.is_fault] == ["casekit.toml"]


# ---- which notebook ------------------------------------------------------------------------------------------------------
def _notebook(path: Path, *codes: str, cite: str = "") -> Path:
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "source": code, "metadata": {}, "id": f"c{i}"} for i, code in enumerate(codes)
    ]
    if cite:
        cells.append({"cell_type": "markdown", "source": cite, "metadata": {}, "id": "m"})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf8")
    return path


def _running(monkeypatch: pytest.MonkeyPatch, *ran: str, **names: Any) -> None:
    shell = SimpleNamespace(user_ns={"In": ["", *ran], **names})
    monkeypatch.setattr(whichnotebook, "_shell", lambda: shell)


def test_the_notebook_is_the_one_with_the_cells_that_ran(tmp_path: Path) -> None:
    _notebook(tmp_path / "a.ipynb", "x = 1", "references()")
    right = _notebook(tmp_path / "b.ipynb", "import casekit", "x = 2", "references()")
    paths = [tmp_path / "a.ipynb", right]
    assert with_cells(["import casekit", "x = 2", "references()"], paths) == right
    assert with_cells(["something else"], paths) is None


def test_a_renamed_notebook_is_found_by_its_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "old name.ipynb"))
    renamed = _notebook(tmp_path / "新名.ipynb", "import casekit", "references()")
    _running(monkeypatch, "import casekit", "references()")
    assert open_notebook() == renamed


def test_vs_code_names_its_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = _notebook(tmp_path / "v.ipynb", "1")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    _running(monkeypatch, "2", __vsc_ipynb_file__=str(named))
    assert open_notebook() == named


def test_references_are_whole_without_a_session_name(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As nbconvert and nbclient run a notebook: no front end says which file it is."""
    from casekit.jupyter.kernel import quoted

    monkeypatch.setattr(quoted, "_quoted", {})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    _notebook(
        tmp_path / "headless.ipynb", "wb.quote('chenlu', 11, 24)", "references()", cite="见 [@lanjing] 和 [@songguo]"
    )
    _running(monkeypatch, "wb.quote('chenlu', 11, 24)", "references()")
    found = references(wb=bench)
    assert {name for name, _ in found.entries} == {"chenlu", "lanjing", "songguo"}
    assert not found.alone
    _running(monkeypatch, "not in any file")
    lost = references(wb=bench)
    assert lost.alone
    assert "没有找到" in lost.message()


def test_what_another_kernel_quoted_stands_in_the_saved_output() -> None:
    html = '<blockquote data-casekit-cites="chenlu:11-24">…</blockquote>'
    cell = {"cell_type": "code", "source": "q", "metadata": {}, "outputs": [{"data": {"text/html": [html]}}]}
    (found,) = collect_citations([cell])
    assert (found.source, found.start, found.end) == ("chenlu", 11, 24)


def test_a_shown_quotation_says_what_it_cites(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    from casekit.jupyter.kernel.display import asking

    monkeypatch.setattr(asking, "bench_here", lambda: bench)
    assert f'data-casekit-cites="{Address("chenlu", 11, 24)}"' in asking.quotation(bench.quote("chenlu", 11, 24))


# ---- building in the background --------------------------------------------------------------------------------------------
def test_a_build_in_the_background_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    import logging

    from tests.samples import write_texts

    from casekit.jupyter.service.building import Building

    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in"))
    building = Building(logging.getLogger("test"))
    assert building.start(bench.workspace.root)["running"]
    building.wait(60)
    state = building.state()
    assert state["done"], state
    assert state["passages"] > 0
    building.start(tmp_path / "nowhere")
    building.wait(60)
    assert building.state()["message"]
