"""Subjects that people give figures: seen everywhere at once and marked, kept across builds and new versions, taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.samples import make_workspace, write_texts
from tests.shared_builds import once
from tests.unit.verbs_table import RETAIL

from casekit.check import Finding
from casekit.errors import SettingError
from casekit.types import Address
from casekit.workbench import Workbench
from casekit.workbench.corpus.subjectfile import load_given, subjects_path
from casekit.workbench.knowledge.voices import value_told

OPEN = "一次内部整理\n\n去年的培训办了两轮。\n\n会后一看，到课率为87%。\n"


@pytest.fixture
def bench(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Workbench:
    def make(folder: Path) -> None:
        made = Workbench(make_workspace(folder / "ws", tagger=False))
        made.add(write_texts(folder / "in", {"retail": RETAIL, "open": OPEN}))
        made.build()

    return Workbench(Path(shutil.copytree(once(tmp_path_factory, "assigning", make) / "ws", tmp_path / "ws")))


def rate(bench: Workbench) -> dict[str, object]:
    """The figure that the text leaves to nobody."""
    (row,) = [row for row in bench.fact_rows(source="open") if row["text"] == "87%"]
    return row


def checked(bench: Workbench, draft: str) -> list[Finding]:
    """What the checker finds of the figure in a draft."""
    return [one for one in bench.check_text(draft)[1] if "87%" in one.text]


def test_a_subject_given_is_seen_wherever_figures_are_read_and_marked(bench: Workbench) -> None:
    assert (rate(bench)["subject"], rate(bench)["assigned"]) == (None, False)
    names, bare = bench.pending()
    place = str(Address.of_json(rate(bench)))
    (made,) = bench.assign_facts([place], "步步高", note="会议纪要里写的")
    assert (made.text, made.subject) == ("87%", "步步高")
    assert (rate(bench)["subject"], rate(bench)["assigned"]) == ("步步高", True)
    assert bench.pending() == (names, bare - 1)
    found = [one for one in bench.fact_rows(entity="步步高") if one["text"] == "87%"]
    assert [str(Address.of_json(one)) for one in found] == [place]
    (fact,) = [one for one in bench.held.built().records.facts("open") if one.text == "87%"]
    assert "步步高〔您指定〕" in value_told(fact)
    assert bench.facts().loc[place, "assigned"]


def test_it_outlives_builds_and_new_versions_and_goes_when_it_is_taken_back(bench: Workbench, tmp_path: Path) -> None:
    place = str(Address.of_json(rate(bench)))
    bench.assign_facts([place], "青禾茶铺")
    bench.add(write_texts(tmp_path / "again", {"open": OPEN.replace("两轮", "前后两轮")}), replace=True)
    bench.build(full=True)
    moved = str(Address.of_json(rate(bench)))
    assert moved != place
    assert rate(bench)["subject"] == "青禾茶铺"  # of a name that no lexicon has
    bench.assign_facts([moved], "步步高")  # said anew: the new word counts
    assert rate(bench)["subject"] == "步步高"
    bench.unassign_facts([moved])
    assert rate(bench)["subject"] in (None, "青禾茶铺")
    for one, _ in bench.assigned():
        bench.unassign_facts([str(Address.of(one.evidence.source, one.span))])
    assert rate(bench)["subject"] is None
    assert load_given(subjects_path(bench.workspace.corpus)) == []


def test_what_cannot_be_is_refused_and_nothing_is_written(bench: Workbench) -> None:
    place = str(Address.of_json(rate(bench)))
    for places, subject in (([place], " "), ([place, "open:0-2"], "步步高")):
        with pytest.raises(SettingError):
            bench.assign_facts(places, subject)
    with pytest.raises(SettingError):
        bench.unassign_facts([place])
    assert not subjects_path(bench.workspace.corpus).exists()


def test_the_checker_does_not_take_it_for_what_the_text_proves(bench: Workbench) -> None:
    draft = "步步高的到课率为87%。"
    (first,) = checked(bench, draft)
    before = [first.status]
    assert "没有说这是“步步高”的" in first.message
    bench.assign_facts([str(Address.of_json(rate(bench)))], "步步高")
    assert [one.status for one in checked(bench, draft)] == before
    assert before != ["ok"]
