"""One sentence, one verdict: figures, relations, cards and the check of a draft take it from the same reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import make_workspace, write_texts

from casekit.workbench import Workbench

SAID = "沃尔玛使用小程序商城，小程序商城的会员达到300万。"


@pytest.mark.parametrize(
    ("cue", "certainty", "polarity"), [("据报道，", "hearsay", "hearsay"), ("", "stated", "asserted")]
)
def test_figures_relations_cards_and_check_agree_on_hearsay(
    cue: str, certainty: str, polarity: str, tmp_path: Path
) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws"))
    bench.add(write_texts(tmp_path / "in", {"news": f"零售一则\n\n这家企业门店很多，顾客也多。\n\n{cue}{SAID}\n"}))
    bench.build()
    (figure,) = bench.generation.records.facts()
    assert (figure.text, figure.certainty) == ("300万", certainty)
    found = {(r.relation, r.subject): r.polarity for r in bench.generation.records.relations()}
    assert found == {("uses_tool", "沃尔玛"): polarity, ("achieved", "小程序商城"): polarity}
    used, _ = bench.cases.new("沃尔玛")
    (action,) = used.actions
    assert ("据说" in action.text) == (certainty == "hearsay")
    mall, _ = bench.cases.new("小程序商城")
    (result,) = mall.results
    assert (result.figure, result.certainty) == ("达到300万", certainty)
    assert ("据说" in result.text) == (certainty == "hearsay")
    drafts = write_texts(tmp_path / "drafts", {"plain": SAID, "told": f"据报道，{SAID}"})
    said = {Path(draft.name).stem: [f.status for f in found] for draft, found in bench.check(drafts)}
    assert said["plain"] == (["kind-changed"] if cue else ["ok"])
    assert "kind-changed" not in said["told"]
