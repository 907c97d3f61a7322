"""Notes on things: kept in a plain file, linked to one another and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import TEXTS, write_texts
from tests.unit.verbs_table import RETAIL
from tests.unit.workshop_sample import card_a

from casekit.casebook import save_card
from casekit.errors import SettingError, SourceError
from casekit.workbench import Workbench
from casekit.workbench.notes.records import UnknownNoteError


@pytest.fixture
def known(bench: Workbench, tmp_path: Path) -> Workbench:
    """A workspace with a case, companies, a code."""
    bench.add(write_texts(tmp_path / "in", {"retail": RETAIL}))
    card = card_a()
    save_card(card, bench.workspace.root / "casebook" / f"{card.id}.yaml")
    bench.codes.add("导购")
    bench.build()
    return bench


def test_memos_link_to_one_another_and_back(known: Workbench) -> None:
    memos, card = known.memos, card_a().id
    firm = memos.add(
        "綾致", f"看 [[case:{card}]]，[[绫致 uses_tool 企业微信|这条线]]，[[code:导购]] 和 [[没有的]]", ["待问"]
    )
    case = memos.add(f"case:{card}", "回到 [[绫致]]，又见 [[chenlu:11-24]]")
    edge = memos.add("绫致 uses_tool 企业微信", f"与 [[{firm.id}]] 一起看")
    at = TEXTS["chenlu"].index("三百家")
    note = known.notes.add("chenlu", at, at + 3, "见 [[绫致]]", [])
    assert (firm.about, case.about, edge.about) == ("name:绫致", f"case:{card}", "edge:绫致 uses_tool 企业微信")
    found = Workbench.open(known.workspace.root).memos.linked("绫致")
    assert [one.id for one in found.memos] == [firm.id]
    code = known.codes.tree.one("导购").id
    assert [one.to for one in found.links] == [f"case:{card}", edge.about, f"code:{code}", ""]
    assert {one.by for one in found.backlinks} == {case.id, note.note.id}
    assert [one.by for one in memos.linked(edge.about).backlinks] == [firm.id]
    assert [one.by for one in memos.linked("chenlu:20-30").backlinks] == [case.id]  # they share characters
    assert [one.by for one in memos.linked(f"memo:{firm.id}").backlinks] == [edge.id]
    assert known.verify()["problems"] == []


def test_memos_are_changed_found_and_removed(known: Workbench) -> None:
    made = known.memos.add("source:retail", "會員的事", [])
    assert known.memos.find("retail", "会员") == [made]
    assert known.memos.change(made.id, tags=["会员"]).tags == ("会员",)
    assert known.memos.remove(made.id).text == "會員的事"
    assert not known.memos.path.exists()
    with pytest.raises(UnknownNoteError):
        known.memos.change(made.id, text="没了")


def test_changes_of_memos_are_taken_back_one_after_the_other(known: Workbench) -> None:
    made = known.memos.add("source:retail", "会员的事", [])
    before = known.memos.path.read_text("utf8")
    known.memos.change(made.id, text="改过的事")
    known.memos.remove(made.id)
    known.memos.undo()
    assert [one.text for one in known.memos.all()] == ["改过的事"]
    known.memos.undo()
    assert known.memos.path.read_text("utf8") == before
    known.memos.undo()
    assert known.memos.all() == []
    with pytest.raises(SettingError, match="没有可以收回的改动"):
        known.memos.undo()


@pytest.mark.parametrize(
    ("about", "text"), [("没有的公司", "什么"), ("绫致", " "), ("chenlu:11-24", "一段"), ("case:无", "什么")]
)
def test_what_is_about_nothing_is_refused(known: Workbench, about: str, text: str) -> None:
    with pytest.raises(SettingError):
        known.memos.add(about, text)
    assert not known.memos.path.exists()


def test_a_file_that_cannot_be_read_is_named_and_left_alone(known: Workbench) -> None:
    known.memos.path.parent.mkdir(parents=True, exist_ok=True)
    known.memos.path.write_text("memos:\n- about: 随便\n", "utf8")
    with pytest.raises(SourceError, match="memos"):
        known.memos.all()
    assert any(row["where"] == "notebooks/notes/memos.yaml" for row in known.verify()["problems"])
