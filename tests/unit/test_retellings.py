"""Words and figures of retellings: never a second voice, never anybody's own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.samples import Cli, make_workspace

from casekit.workbench import Workbench

SAID = "王店长说：“我们在杭州开了三十家门店，每一家都亏过钱。”晨露茶饮2019年有300家门店。\n"
ALSO = "晨露茶饮2019年有300家门店，店员都用企业微信联系顾客。\n"
RETOLD = "# 摘要\n\n## 故事\n\n王店长把三十家铺子开进杭州，没有一家不曾亏损。晨露茶饮2019年有300家门店。\n"
PARAPHRASE = "王店长把三十家铺子开进杭州，没有一家不曾亏损。"


def _bench(tmp_path: Path, **texts: str) -> Workbench:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    (tmp_path / "in").mkdir()
    for name, text in texts.items():
        (tmp_path / "in" / f"{name}.md").write_text(text, "utf8")
    bench.add(sorted((tmp_path / "in").iterdir()))
    if "digest" in texts:
        bench.edit("digest", {"retells": ["first"]})
    bench.build()
    return bench


@pytest.mark.parametrize(
    "texts", [{"digest": RETOLD}, {"digest": RETOLD, "first": SAID}], ids=["alone", "with original"]
)
def test_our_paraphrase_is_nobodys_quotation(tmp_path: Path, texts: dict[str, str]) -> None:
    _, findings = _bench(tmp_path, **texts).check_text(f"王店长说：“{PARAPHRASE}”")
    (finding,) = [one for one in findings if one.kind == "quote"]
    assert finding.status == "retelling"
    assert "不是原话" in finding.message
    assert finding.wrong


def test_the_originals_own_words_stay_right_beside_a_retelling(tmp_path: Path) -> None:
    _, findings = _bench(tmp_path, digest=RETOLD, first=SAID).check_text(
        "王店长说：“我们在杭州开了三十家门店，每一家都亏过钱。”"
    )
    assert [one.status for one in findings if one.kind == "quote"] == ["ok"]


def test_a_retelling_is_no_second_voice(tmp_path: Path) -> None:
    assert _bench(tmp_path, digest=RETOLD, second=ALSO).network.compare() == []


def test_two_originals_agree(tmp_path: Path) -> None:
    groups = _bench(tmp_path, first=SAID, second=ALSO, digest=RETOLD).network.compare()
    assert [(one.verdict, one.independent) for one in groups] == [("agree", 2)]
    assert {fact.source for one in groups for fact in one.facts} == {"first", "second"}


def test_a_quotation_of_a_retelling_leads_to_its_original(tmp_path: Path) -> None:
    bench = _bench(tmp_path, digest=RETOLD, first=SAID)
    bench.edit("first", {"title": "三十家门店"})
    start = RETOLD.index("王店长")
    found = bench.quote("digest", start, start + 10)
    assert "三十家门店" in found.reference
    assert "digest 是转述，不是原话；原文在语料里，请引 first" in found.reference
    assert "转述" not in bench.quote("first", 0, 10).reference


def test_quoting_a_retelling_shows_the_sentence_of_the_original(tmp_path: Path, cli: Cli) -> None:
    from casekit.evidence import evidence_at
    from casekit.workbench.corpus.links import Link, save_links, told_sentences

    bench = _bench(tmp_path, digest=RETOLD, first=SAID)
    doc, told = bench.doc("digest"), told_sentences(bench.doc("digest"))[0]
    end = SAID.index("”") + 1
    grounds = (evidence_at(bench.doc("first"), 0, end),)
    save_links(bench.workspace, "digest", [Link(evidence_at(doc, told.start, told.end), grounds)])
    shown = cli("quote", f"digest:{told.start}-{told.end}", cwd=bench.workspace.root).out
    assert f"first:0-{end}  {SAID[:end]}" in shown


def test_where_the_original_is_not_here_its_record_is_cited_as_read_at_second_hand() -> None:
    from casekit.cite import cited

    first: dict[str, Any] = {"id": "first", "type": "webpage", "title": "三十家门店"}
    own = {"rank": "retelling", "retells": "first", "file": "digest.md"}
    digest: dict[str, Any] = {"id": "digest", "type": "webpage", "title": "我们的摘要", "custom": {"casekit": own}}
    records = {"first": first, "digest": digest}
    assert cited("digest", records.get).remark == "（转引自 digest：转述，不是原话）"
    here = {**first, "custom": {"casekit": {"file": "sources/first.md"}}}
    assert "请引 first" in cited("digest", {**records, "first": here}.get).remark


def test_a_reference_to_a_retelling_is_that_of_its_originals_wherever_it_is_asked(tmp_path: Path) -> None:
    from casekit.cite import cited_entries
    from casekit.export import References
    from casekit.jupyter.kernel.references import reference_list
    from casekit.jupyter.service.basket import prepare
    from casekit.jupyter.service.cells import Item

    bench = _bench(tmp_path, digest=RETOLD, first=SAID)
    bench.edit("first", {"title": "三十家门店"})
    bench.edit("digest", {"title": "我们的摘要"})
    records = {record.id: record.to_json() for record in bench.catalogue}
    start = RETOLD.index("王店长")
    item = Item("digest", start, start + 10)
    told = [
        bench.reference("digest"),
        cited_entries(["digest"], records.get, "apa")[0].text,
        References(["digest"], records).text("digest"),
        reference_list(bench, ["digest"]).entries[0][1],
        str(prepare(bench, [item], "markdown", "", "gbt7714-2025").content),
        str(prepare(bench, [item], "notebook", "", "gbt7714-2025").content),
    ]
    for one in told:
        assert "三十家门店" in one
        assert "digest" in one
        assert "不是原话" in one
    assert "我们的摘要" not in told[3]
    assert "我们的摘要" not in cited_entries(["digest"], records.get, "bibtex")[0].text
    assert cited_entries(["first"], records.get, "gbt7714-2025")[0].text == bench.reference("first")
