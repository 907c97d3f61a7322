"""Boards and briefs: figures by how sure they are, and nothing in a brief that the checker would not pass."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from tests.samples import Cli, make_workspace, write_texts
from tests.unit.verbs_table import RETAIL
from tests.unit.workshop_sample import DOCS, card_a, card_b

from casekit.casebook import save_card
from casekit.claims import FOOTINGS
from casekit.errors import SettingError
from casekit.export import render, to_markdown
from casekit.workbench import Workbench

# Another industry, and another way of writing: hospitals, energy, a bank; targets, hearsay, changes, shares, both scripts.
OTHERS = {
    "hospital": (
        "康宁医院的线上门诊\n\n康宁医院2022年的线上门诊量达到12万人次，同比增长35%。院长陈默说，药房的平均等候时间由42分钟缩短至15分钟。\n\n"
        "医院计划2025年把床位增加到1800张。据说它的预约系统一天能接待3000人，院方没有证实。\n"
    ),
    "wind": (
        "北风能源的海上風電\n\n北风能源在2023年新增裝機容量80萬千瓦，較上年下降12%。公司預計2026年總裝機達到500萬千瓦。\n\n"
        "財務總監周岚表示,毛利率保持在21%左右。有傳聞稱一個風場虧損了2億元。\n"
    ),
    "bank": (
        "江湾银行的手机银行\n\n江湾银行手机银行用户突破900万户，其中月活用户约310万户。根据江湾银行的年报，不良贷款率为1.2%。\n\n"
        "行长助理林夏称，客户投诉减少了三成。银行提出，三年内把线上业务占比提升到65%至70%。\n"
    ),
}
QUESTIONS = (
    "康宁医院的线上门诊量有多少",
    "药房的等候时间缩短了多少",
    "北风能源的裝機容量有多少",
    "江湾银行的手机银行有多少用户",
    "江湾银行的不良贷款率是多少",
    "江湾银行怎样做线上业务",
    "北风能源计划做到多少",
    "How many beds does the hospital plan",
    "火星基地有多少人",
)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    root = tmp_path_factory.mktemp("others") / "ws"
    bench = Workbench(make_workspace(root))
    bench.add(write_texts(root / "in", OTHERS))
    bench.build()
    return bench


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    root = tmp_path_factory.mktemp("cases") / "ws"
    bench = Workbench(make_workspace(root))
    bench.add(write_texts(root / "in", {name: doc.text for name, doc in DOCS.items()} | {"retail": RETAIL}))
    bench.build()
    for card in (card_a(), card_b()):
        save_card(card, root / "casebook" / f"{card.id}.yaml")
    return bench


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_brief_holds_nothing_that_the_checker_would_not_pass(others: Workbench, question: str) -> None:
    brief = others.brief(question)
    text = brief.to_markdown()
    _, findings = others.check_text(text)
    assert not [one for one in findings if one.wrong], text
    assert not brief.withheld, "every figure and quotation of these texts passes as it is told"
    assert question in text
    quoted = [line for line in text.splitlines() if line.startswith("> ") and not line.startswith("> ——")]
    assert len(quoted) == len(set(quoted)), "a sentence of several figures is quoted once"


def test_a_sentence_of_several_figures_stands_once_or_not_at_all(others: Workbench) -> None:
    from casekit.workbench.briefing import _Making

    board = others.brief("江湾银行的手机银行有多少用户").board
    told = board.claims[0]
    twin = replace(told, fact=replace(told.fact, metric="月活用户"))
    later = replace(told, fact=replace(told.fact, metric="明年用户"), footing="planned")
    assert later.footing in FOOTINGS
    records = {record.id: record.to_json() for record in others.catalogue}
    making = _Making(board, [told, twin, later], [], [], records, "gbt7714-2025")
    text = to_markdown(making.document((), ()))
    assert text.count("> 江湾银行手机银行用户突破900万户") == 1
    above, below = text.split("> 江湾银行手机银行用户突破900万户")
    assert "**江湾银行 · 月活用户；" in above
    assert "**江湾银行 · 明年用户；" in below
    assert "原句见上" in below
    assert "只给位置" not in text
    bare = to_markdown(making.document(making.places(), ()))
    assert bare.count("只给位置") == 1
    assert bare.count("见原文") == len(making.places())


def test_a_brief_of_a_case_a_tactic_and_a_basket_passes_too(cases: Workbench) -> None:
    from casekit.address import Address
    from casekit.workbench.notes.basket import Chosen

    cases.basket.add([Chosen("haijiao-1", 0, len(DOCS["haijiao-1"].text)), Chosen("retail", 11, 24)])
    places = [one.address for one in cases.basket.items()]
    assert places[1] == Address("retail", 11, 24)
    for brief in (cases.brief(case="海角便利"), cases.brief(tactic="企业微信"), cases.brief(places=places)):
        _, findings = cases.check_text(brief.to_markdown())
        assert not [one for one in findings if one.wrong]
    told = cases.brief(case="海角便利").to_markdown()
    assert "未报道" in told
    assert "60万" in told
    assert "据说达到" in told


def test_what_would_not_pass_is_told_by_its_address(others: Workbench) -> None:
    from dataclasses import replace

    from casekit.workbench import briefing
    from casekit.workbench.knowledge.board import Board

    board = others.board("江湾银行的不良贷款率是多少")
    assert board.claims
    bent = tuple(replace(one, quote=one.quote.replace("1.2%", "1.9%")) for one in board.claims)
    brief = briefing.written(others.held, Board(board.about, bent))
    assert "1.9%" not in brief.to_markdown()
    assert brief.withheld
    assert not [one for one in brief.findings if one.wrong]


def test_boards_tell_the_footings_apart(others: Workbench) -> None:
    facts = [fact for fact in others.held.built().records.facts() if fact.kind != "date"]
    everything = others.board(places=[fact.address for fact in facts])
    told = {one.fact.text: (one.footing, one.by) for one in everything.claims}
    assert told["21%"] == ("claimed", ("周岚",))
    assert told["500萬千瓦"][0] == "planned"
    assert told["2億元"][0] == "hearsay"
    assert told["900万户"][0] == "proven"
    assert [one.fact.text for one in others.board("北风能源的裝機容量有多少").claims]
    nothing = others.board("火星基地有多少人")
    assert not nothing.answerable
    assert not nothing.claims
    with pytest.raises(SettingError):
        others.board("")
    with pytest.raises(SettingError):
        others.board("会员", case="海角便利")


def test_a_brief_is_written_as_word_powerpoint_and_markdown(others: Workbench, cli: Cli, tmp_path: Path) -> None:
    import docx
    from pptx import Presentation

    root = others.workspace.root
    for name in ("简报.docx", "简报.pptx", "简报.md"):
        ran = cli("brief", "江湾银行的手机银行有多少用户", "-o", str(tmp_path / name), cwd=root, lang="zh")
        assert ran.code == 0, ran.err
        assert "0 处有问题" in ran.err
    deck = Presentation(str(tmp_path / "简报.pptx"))
    shown = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    cells = [
        cell.text
        for slide in deck.slides
        for s in slide.shapes
        if s.has_table
        for row in s.table.rows
        for cell in row.cells
    ]
    assert any("参考文献" in text for text in shown)
    assert any("900万" in text for text in cells)
    word = docx.Document(str(tmp_path / "简报.docx"))
    assert any("900万" in cell.text for table in word.tables for row in table.rows for cell in row.cells)
    for slide in deck.slides:  # what is drawn stays on its slide
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
    document = others.brief("江湾银行的手机银行有多少用户").document
    assert render(document, "pptx") == render(document, "pptx")


def test_long_documents_are_broken_onto_further_slides() -> None:
    from pptx import Presentation

    from casekit.export.document import Document, Grid, Heading, Paragraph, runs

    long = "很长的一段话。" * 300
    rows = tuple((f"行{i}", "值" * 60) for i in range(60))
    made = Document("题", (Heading(1, "节"), Paragraph(runs(long)), Grid("表", ("甲", "乙"), rows)))
    deck = Presentation(BytesIO(render(made, "pptx")))
    texts = [s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame]
    assert long == "".join(
        text for text in texts if text.startswith("很长") or text.startswith("一段") or "很长的" in text
    )
    told = [
        cell.text
        for slide in deck.slides
        for s in slide.shapes
        if s.has_table
        for row in list(s.table.rows)[1:]
        for cell in row.cells
    ]
    assert told == [cell for row in rows for cell in row]
    assert max(len(s.table.rows) for slide in deck.slides for s in slide.shapes if s.has_table) <= 21


def test_relations_stand_on_the_board_with_their_sentence_and_footing(cases: Workbench) -> None:
    from dataclasses import replace

    from casekit.workbench.knowledge.bonds import bonds_of, relations_with
    from casekit.workbench.knowledge.told import bond_told

    board = cases.board(tactic="扫码购")
    used = next(one for one in board.bonds if one.relation.subject == "沃尔玛")
    assert (used.relation.relation, used.footing, used.originals) == ("uses_tool", "proven", ("retail",))
    assert "沃尔玛" in used.quote
    assert not [one for one in board.bonds if one.relation.relation == "achieved"], "figures are claims of their own"
    text = cases.brief(tactic="扫码购").to_markdown()
    assert f"{bond_told(used)}；" in text
    assert used.quote.strip() in text.replace("\\", "")
    assert not [one for one in cases.check_text(text)[1] if one.wrong]
    network, built = cases.network, cases.held.built()
    assert used.relation in relations_with(network, [network.node("扫码购")])
    told = {
        polarity: bonds_of(built, network, [replace(used.relation, polarity=polarity)])[0].footing
        for polarity in ("asserted", "negated", "planned", "hearsay")
    }
    assert told == {"asserted": "proven", "negated": "proven", "planned": "planned", "hearsay": "hearsay"}
