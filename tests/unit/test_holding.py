"""A statement held to the words it rests on; retellings held to their originals sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import make_workspace

from casekit.errors import SourceError
from casekit.evidence import evidence_at
from casekit.workbench import Workbench
from casekit.workbench.corpus.links import Link, links_path, load_links, save_links, told_sentences

ORIGINAL = """晨露茶饮的会员

晨露茶饮2019年3月的会员超过200万。据说，店员用企业微信之后业绩最高提升30%。晨露茶饮计划2020年新开50家门店。

晨露茶饮的活跃会员占12%，松果书店没有公布。
"""
RETELLING = """# 摘要：晨露茶饮

## 故事

晨露茶饮2019年有超过200万会员。据说店员业绩最高提升30%。它计划2020年开50家新店。利润没有写。

## 讨论题

三万个会员意味着什么？
"""
TRUE = [
    "晨露茶饮2019年3月的会员超过200万。",
    "据说，店员业绩最高提升30%。",
    "晨露茶饮计划2020年新开50家门店。",
    "活跃会员占12%。",
]
CHANGED = [
    ("晨露茶饮2019年3月的会员超过300万。", "number"),
    ("晨露茶饮2019年3月的会员有200万。", "qualifier"),
    ("晨露茶饮2018年3月的会员超过200万。", "time"),
    ("沃尔玛2019年3月的会员超过200万。", "who"),
    ("据说，店员业绩平均提升30%。", "qualifier"),
    ("据说，店员业绩最高提升30个百分点。", "unit"),
    ("店员业绩最高提升30%。", "certainty"),
    ("据说活跃会员占12%。", "certainty"),
    ("晨露茶饮2020年新开了50家门店。", "kind"),
    ("晨露茶饮的目标是活跃会员占12%。", "kind"),
    ("活跃会员占21%。", "number"),
]


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    (tmp_path / "in").mkdir()
    for name, text in (("original", ORIGINAL), ("digest", RETELLING)):
        (tmp_path / "in" / f"{name}.md").write_text(text, "utf8")
    bench.add(sorted((tmp_path / "in").iterdir()))
    bench.edit("digest", {"retells": ["original"]})
    return bench


def _problems(bench: Workbench, statement: str) -> list[str]:
    """What the sentences that a statement is made from do not bear of it."""
    from casekit.evidence import verify
    from casekit.workbench.knowledge.resting import Ground

    doc = bench.doc("original")
    key = (
        "活跃会员"
        if "活跃会员" in statement
        else "50家"
        if "2020" in statement
        else "200万"
        if "3月" in statement
        else "30%"
    )
    (span,) = [one for one in told_sentences(doc) if key in one.slice(doc.text)]
    ground = Ground(bench.held)
    verdicts = verify([evidence_at(doc, span.start, span.end)], ground.docs)
    return [one.field for one in ground.unborne(statement, verdicts)]


@pytest.mark.parametrize("statement", TRUE)
def test_a_true_statement_is_silent(bench: Workbench, statement: str) -> None:
    assert _problems(bench, statement) == []


@pytest.mark.parametrize(("statement", "field"), CHANGED)
def test_what_the_evidence_does_not_bear_is_said(bench: Workbench, statement: str, field: str) -> None:
    assert field in _problems(bench, statement)


def _link(bench: Workbench, changes: dict[str, str] | None = None) -> None:
    """Each sentence of the digest on the sentence of the original with the same figure."""
    doc, original = bench.doc("digest"), bench.doc("original")
    links = []
    for span in told_sentences(doc):
        text = span.slice(doc.text)
        key = next((k for k in ("200万", "30%", "50家") if k in text), None)
        on = [s for s in told_sentences(original) if key and (changes or {}).get(key, key) in s.slice(original.text)]
        links.append(
            Link(evidence_at(doc, span.start, span.end), tuple(evidence_at(original, s.start, s.end) for s in on))
        )
    save_links(bench.workspace, "digest", links)


def test_each_sentence_of_a_retelling_is_held_to_its_original(bench: Workbench) -> None:
    _link(bench)
    found = bench.linked("digest")
    assert [one.status for one in found.sentences] == ["holds", "holds", "holds", "none"]
    assert found.share == 0.75
    assert found.sentences[1].evidence[0].quote == "据说，店员用企业微信之后业绩最高提升30%。"
    assert [one.source for one in bench.check_corpus()] == ["digest"]
    start = RETELLING.index("据说店员")
    quoted = bench.quote("digest", start, start + 6)
    assert [bench.text(p.source, p.start, p.end) for p in quoted.rests_on] == [
        "据说，店员用企业微信之后业绩最高提升30%。"
    ]
    assert bench.quote("original", 10, 30).rests_on == ()


def test_a_sentence_on_other_words_differs_and_lost_or_absent_originals_are_told(bench: Workbench) -> None:
    _link(bench, {"200万": "12%"})
    first = bench.linked("digest").sentences[0]
    assert first.status == "differs"
    assert "number" in {one.field for one in first.problems}
    links = load_links(bench.workspace, "digest")
    gone = Link(
        links[0].sentence, (type(links[0].rests_on[0])(links[0].rests_on[0].address, "fp1:9:0123456789abcdef"),)
    )
    save_links(bench.workspace, "digest", [gone, *links[1:]])
    assert bench.linked("digest").sentences[0].status == "lost"
    bench.remove(["original"])
    assert {one.status for one in bench.linked("digest").sentences} == {"not-imported", "none"}


def test_a_file_of_links_that_cannot_be_read_is_named(bench: Workbench) -> None:
    path = links_path(bench.workspace, "digest")
    path.parent.mkdir()
    path.write_text("sentences:\n  - start: 3\n", "utf8")
    with pytest.raises(SourceError, match=r"digest\.yaml.*sentences\[0\]"):
        bench.linked("digest")
    path.write_text("- 1\n", "utf8")
    with pytest.raises(SourceError, match=r"digest\.yaml"):
        bench.linked("digest")


def test_links_survive_being_written_and_read(bench: Workbench) -> None:
    _link(bench)
    links = load_links(bench.workspace, "digest")
    assert len(links) == 4
    save_links(bench.workspace, "digest", links)
    assert load_links(bench.workspace, "digest") == links


def test_a_card_that_says_something_else_than_its_evidence_differs(bench: Workbench) -> None:
    doc = bench.doc("original")
    at = next(one for one in told_sentences(doc) if "200万" in one.slice(doc.text))
    mark = evidence_at(doc, at.start, at.end)
    line = f"{{source: original, start: {mark.start}, end: {mark.end}, fingerprint: '{mark.fingerprint}'}}"
    rows = [
        ("晨露茶饮的会员超过200万。", "超过200万", "achieved"),
        ("晨露茶饮的会员超过300万。", "超过200万", "achieved"),
        ("晨露茶饮的会员超过200万。", "超过300万", "achieved"),
        ("晨露茶饮的会员超过200万。", "超过200万", "target"),
    ]
    results = "\n".join(
        f"  - text: {text}\n    metric: 会员\n    figure: {figure}\n    kind: {kind}\n    certainty: stated\n"
        f"    evidence:\n      - {line}"
        for text, figure, kind in rows
    )
    (bench.workspace.root / "casebook" / "chenlu.yaml").write_text(
        f"id: chenlu\nname: {{zh-Hans: 晨露茶饮, zh-Hant: 晨露茶飲, en: Morning Dew Tea}}\nkind: company\nresults:\n{results}\n",
        "utf8",
    )
    found = bench.cases.check()
    assert [one.status for one in found] == ["ok", "differs", "differs", "differs"]
    assert [[problem.field for problem in one.problems] for one in found] == [[], ["number"], ["number"], ["kind"]]
    assert "300万" in found[1].message
