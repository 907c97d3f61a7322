"""Figures and relations that people reject: gone everywhere at once, after every build, until they are taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.samples import make_workspace, write_texts
from tests.shared_builds import once
from tests.unit.verbs_table import RETAIL

from casekit.errors import SettingError
from casekit.types import Address
from casekit.workbench import Workbench
from casekit.workbench.checking import BuiltCorpus
from casekit.workbench.corpus.rejectfile import load_rejections, rejections_path


@pytest.fixture
def bench(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Workbench:
    def make(folder: Path) -> None:
        made = Workbench(make_workspace(folder / "ws", tagger=False))
        made.add(write_texts(folder / "in", {"retail": RETAIL}))
        made.build()

    return Workbench(Path(shutil.copytree(once(tmp_path_factory, "rejecting", make) / "ws", tmp_path / "ws")))


def figure(bench: Workbench, subject: str) -> str:
    """The address of the first figure of a firm."""
    return str(Address.of_json(next(row for row in bench.fact_rows() if row["subject"] == subject)))


def tools(bench: Workbench) -> set[tuple[str, str]]:
    """Who uses what."""
    return {(row["subject"], row["object"]) for row in bench.relation_rows() if row["relation"] == "uses_tool"}


def test_a_rejected_figure_is_gone_wherever_figures_are_read(bench: Workbench) -> None:
    place = figure(bench, "绫致")
    assert any(link.subject == "绫致" for link in bench.network.relations() if link.relation == "achieved")
    (made,) = bench.reject_facts([place], note="行业数字")
    assert (made.text, made.subject) == ("300万", "绫致")
    assert not [row for row in bench.fact_rows() if row["subject"] == "绫致"]
    assert not [one for one in BuiltCorpus(bench.held.built()).facts("retail") if str(one.address) == place]
    assert not [link for link in bench.network.relations() if (link.subject, link.relation) == ("绫致", "achieved")]
    card, _ = bench.cases.new("绫致")
    assert "300" not in str(card)
    bench.take_back_facts([place])
    assert figure(bench, "绫致") == place


def test_a_rejected_relation_is_gone_from_the_network_and_comes_back(bench: Workbench) -> None:
    assert ("绫致", "企业微信") in tools(bench)
    bench.reject_relations("绫致", "uses_tool", "企微")
    assert ("绫致", "企业微信") not in tools(bench)
    assert ("步步高", "企业微信") in tools(bench)  # of the same tool, said in another sentence
    assert "绫致" not in {one.company for one in bench.network.outcomes("企业微信")}
    bench.take_back_relations("绫致", "uses_tool", "企业微信")
    assert ("绫致", "企业微信") in tools(bench)


def test_rejections_follow_their_words_into_the_next_build(bench: Workbench, tmp_path: Path) -> None:
    bench.reject_facts([figure(bench, "绫致")])
    bench.reject_relations("绫致", "uses_tool", "企业微信")
    more = RETAIL.replace("三家零售商的工具\n", "三家零售商的工具\n\n编者按：这是后来补上的一句话。\n")
    bench.add(write_texts(tmp_path / "again", {"retail": more}), replace=True)
    bench.build()
    assert [verdict.status for _, verdict in bench.rejected("fact")] == ["moved"]
    assert not [row for row in bench.fact_rows() if row["subject"] == "绫致"]
    assert ("绫致", "企业微信") not in tools(bench)
    other = RETAIL.replace("绫致的会员达到300万", "绫致的会员已达到301万")
    bench.add(write_texts(tmp_path / "third", {"retail": other}), replace=True)
    bench.build(full=True)
    assert [verdict.status for _, verdict in bench.rejected("fact")] == ["gone"]
    assert [row["text"] for row in bench.fact_rows() if row["subject"] == "绫致"] == ["301万"]


def test_a_rejection_says_what_is_wrong_and_writes_nothing(bench: Workbench) -> None:
    place = figure(bench, "绫致")
    source, _, span = place.partition(":")
    with pytest.raises(SettingError, match=place):
        bench.reject_facts([f"{source}:{span.partition('-')[0]}-{int(span.partition('-')[2]) + 1}"])
    with pytest.raises(SettingError, match="casekit facts"):
        bench.reject_facts(["retail:3-5"])
    with pytest.raises(SettingError, match="没有找到过"):
        bench.reject_relations("沃尔玛", "uses_tool", "企业微信")
    with pytest.raises(SettingError, match="没有否决过"):
        bench.take_back_facts([place])
    bench.relate("绫致", "uses_tool", "云掌柜", [place])
    with pytest.raises(SettingError, match="relation remove 1"):
        bench.reject_relations("绫致", "uses_tool", "云掌柜")
    assert load_rejections(rejections_path(bench.workspace.corpus)) == []


@pytest.mark.parametrize(
    "text", ["- {kind: fact}\n", "kind: fact\n", "- [\n", "- {kind: fact, source: a, start: 3, end: 1, sentence: [0, 9]}\n"]
)  # fmt: skip
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rejected.yaml"
    path.write_text(text, "utf8")
    with pytest.raises(SettingError, match=r"rejected\.yaml"):
        load_rejections(path)


def test_a_sentence_moved_by_less_than_what_stands_between_sentences_takes_its_figure_along(
    bench: Workbench, tmp_path: Path
) -> None:
    place = figure(bench, "绫致")
    bench.reject_facts([place])
    for moved in ("好" + RETAIL, "好好" + RETAIL):
        bench.add(write_texts(tmp_path / f"{len(moved)}", {"retail": moved}), replace=True)
        bench.build()
        assert not [row for row in bench.fact_rows() if row["subject"] == "绫致"]
