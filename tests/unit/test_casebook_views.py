"""Comparison, lenses, similar cases, drafts, evidence cards and whole cards on invented companies."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from casekit.casebook import (
    Case,
    Facet,
    Facets,
    Names,
    Person,
    Statement,
    card_html,
    card_markdown,
    card_yaml,
    compare_cards,
    evidence_card,
    framework_parts,
    lens,
    new_card,
    read_card,
    similar_cards,
    verify_card,
)
from casekit.errors import SettingError
from casekit.evidence import evidence_at
from casekit.fold import fold_text, match_key, to_traditional
from casekit.lexicon import Lexicon
from casekit.types import (
    Address,
    Cleaned,
    Doc,
    Entity,
    Evidence,
    Fact,
    Hit,
    Mention,
    Metadata,
    Passage,
    Relation,
    Source,
    Span,
)

TEXT = (
    "海角便利店的总经理张小满说,公司从2018年开始使用云扫码。"
    "到2019年底,海角便利的云扫码用户超过50万。"
    "据说店员的业绩最高提升了两成。"
    "同街的山前超市也有50万会员。"
)
SENTENCES = [TEXT[: TEXT.index("到2019")], TEXT[TEXT.index("到2019") : TEXT.index("据说")]]


def doc_of(text: str = TEXT, source: str = "a") -> Doc:
    return Doc(
        Source(source, "ab" * 32, text),
        Cleaned((Span(0, len(text)),), (), (), (), Metadata(title="海角便利的<账本>")),
    )


DOC = doc_of()
LEXICON = Lexicon(
    [
        Entity("haijiao", "company", "海角便利", None, "Haijiao", ("海角便利店",)),
        Entity("cloud-scan", "product", "云扫码", None, "Cloud Scan", ("云扫",)),
        Entity("qian", "company", "山前超市"),
        Entity("two-links", "framework", "两通", None, "Two Links"),
        Entity("link-goods", "framework", "通货", relations=(("part_of", "two-links"),)),
        Entity("link-people", "framework", "通人", relations=(("part_of", "two-links"),)),
        Entity("lonely", "framework", "孤独框架"),
    ]
)


def at(words: str, text: str = TEXT, doc: Doc = DOC) -> Evidence:
    start = text.index(words)
    return evidence_at(doc, start, start + len(words))


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


HAIJIAO = Case(
    "haijiao",
    Names("海角便利", "海角便利", "Haijiao"),
    entity="haijiao",
    summary_zh="便利店用云扫码。",
    facets=Facets(
        industry=(Facet("便利店", basis="background"),),
        tools=(Facet("云扫码", "cloud-scan", evidence=(at(SENTENCES[0]),)),),
    ),
    actions=(Statement("从2018年起用上云扫码。", (at(SENTENCES[0]),), about=("cloud-scan", "link-goods")),),
    results=(
        Statement(
            "云扫码用户多于50万。",
            (at(SENTENCES[1]),),
            by="某记者",
            metric="用户数",
            figure="超过50万",
            period="2019年底",
            kind="achieved",
            certainty="stated",
        ),
        Statement(
            "据说业绩最高升两成。",
            (at("据说店员的业绩最高提升了两成。"),),
            metric="业绩提升",
            figure="最高两成",
            kind="achieved",
            certainty="hearsay",
        ),
    ),
    people=(Person("张小满", "总经理", evidence=(at(SENTENCES[0]),)), Person("李某", None, basis="background")),
)
QIAN = Case(
    "qian",
    Names("山前|超市", "山前|超市", "Qian & Sons"),
    entity="qian",
    facets=Facets(industry=(Facet("生鲜超市", evidence=(at("同街的山前超市也有50万会员。"),)),)),
    background=(
        Statement(
            "有50万会员。",
            (at("同街的山前超市也有50万会员。"),),
            metric="会员数",
            figure="50万",
            kind="size",
            certainty="stated",
        ),
    ),
)
CARDS = [HAIJIAO, QIAN]


# --- comparison ---


def test_facets_side_by_side_say_what_is_background_and_what_is_not_reported() -> None:
    matrix = compare_cards(CARDS, by="facets")
    assert matrix.columns == ("海角便利", "山前|超市")
    assert matrix.cell("industry", "haijiao").text == "便利店【背景知识】"
    assert matrix.cell("industry", "haijiao").state == "background"
    assert matrix.cell("行业", "山前|超市").state == "reported"
    assert matrix.cell("tools", "qian").text == "未报道"
    assert matrix.cell("tools", "qian").state == "not-reported"
    assert matrix.cell("tools", "haijiao").evidence == (at(SENTENCES[0]),)


def test_figures_side_by_side_keep_kind_certainty_and_evidence() -> None:
    matrix = compare_cards(CARDS, by="metrics")
    assert set(matrix.rows) == {"用户数", "业绩提升", "会员数"}
    assert matrix.cell("用户数", "haijiao").text == "超过50万（已实现·明说；2019年底；某记者）"
    assert "据说达到" in matrix.cell("业绩提升", "haijiao").text
    assert matrix.cell("用户数", "qian").state == "not-reported"
    assert matrix.cell("会员数", "qian").evidence == (at("同街的山前超市也有50万会员。"),)


def test_tools_side_by_side_tell_what_the_case_did_with_them() -> None:
    matrix = compare_cards(CARDS, by="tools")
    assert matrix.row_ids == ("cloud-scan",)
    assert matrix.cell("cloud-scan", "haijiao").text == "从2018年起用上云扫码。"


def test_a_matrix_as_table_markdown_and_html_holds_the_same_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = compare_cards(CARDS, by="facets")
    frame = matrix.to_dataframe()
    assert frame.shape == (2, 2)
    assert len(matrix.blank) == 6
    assert not set(matrix.blank) & set(matrix.rows)
    assert frame.loc["工具", "山前|超市"] == "未报道"
    assert frame.attrs["evidence"]["tools/haijiao"] == [f"a:0-{len(SENTENCES[0])}"]
    lines = matrix.to_markdown().splitlines()
    assert len(lines) == 6
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines[:4]} == {4}
    assert all(name in lines[5] for name in matrix.blank)
    table = ElementTree.fromstring(matrix.to_html())
    assert len(table.findall("./tbody/tr")) == 2
    assert len(table.findall("./tbody/tr/td")) == 4
    assert "、".join(matrix.blank) in str(table.findall("./tfoot/tr/td")[0].text)
    monkeypatch.setenv("CASEKIT_LANG", "en")
    english = compare_cards(CARDS, by="facets")
    assert english.columns == ("Haijiao", "Qian & Sons")
    assert english.cell("Tools", "qian").text == "not reported"
    assert ElementTree.fromstring(english.to_html()).findall("./thead/tr/th")[1].text == "Qian & Sons"


@pytest.mark.parametrize(("cards", "by"), [(CARDS, "colours"), ([], "facets")])
def test_comparing_by_something_unknown_or_nothing_is_refused(cards: list[Case], by: str) -> None:
    with pytest.raises(SettingError):
        compare_cards(cards, by=by)  # type: ignore[arg-type]


# --- lenses ---


def test_a_lens_shows_parts_with_evidence_and_leaves_the_others_blank() -> None:
    whole, parts = framework_parts("两通", LEXICON)
    assert [part.id for part in parts] == ["link-goods", "link-people"]
    view = lens(whole, parts, CARDS)
    assert view.row_ids == ("two-links", "link-goods", "link-people")
    assert view.cell("link-goods", "haijiao").state == "reported"
    assert view.cell("link-goods", "haijiao").evidence == (at(SENTENCES[0]),)
    for row, column in (("link-people", "haijiao"), ("link-goods", "qian"), ("two-links", "qian")):
        assert view.cell(row, column).state == "not-reported"
        assert view.cell(row, column).text == "无依据"


def test_relations_and_mentions_of_the_corpus_count_as_evidence_unless_negated() -> None:
    whole, parts = framework_parts("two-links", LEXICON)
    span = place("据说店员的业绩最高提升了两成。")
    relation = Relation(
        "山前超市", "qian", "applies_tactic", "通人", "link-people", None, "asserted", "r", (Address.of("a", span),)
    )
    view = lens(whole, parts, CARDS, relations=[relation])
    assert view.cell("link-people", "qian").state == "reported"
    assert [(e.source, e.span) for e in view.cell("link-people", "qian").evidence] == [("a", span)]
    denied = lens(whole, parts, CARDS, relations=[replace(relation, polarity="negated")])
    assert denied.cell("link-people", "qian").state == "not-reported"
    inside = Mention("a", place("店员"), "店员", "framework", "link-people", "通人")
    assert lens(whole, parts, CARDS, mentions=[inside]).cell("link-people", "haijiao").state == "reported"
    elsewhere = replace(inside, source="b")
    assert lens(whole, parts, CARDS, mentions=[elsewhere]).cell("link-people", "haijiao").state == "not-reported"


def test_parts_may_come_from_relations_of_the_corpus() -> None:
    part = Relation("孤独框架", "lonely", "has_part", "通人", "link-people", None, "asserted", "r", ())
    assert [p.id for p in framework_parts("孤独框架", LEXICON, [part])[1]] == ["link-people"]
    with pytest.raises(SettingError, match="two-links"):
        framework_parts("孤独框架", LEXICON)
    with pytest.raises(SettingError):
        framework_parts("没有的框架", LEXICON)


# --- similar cases ---


def test_the_case_with_the_same_tool_comes_first_whatever_the_script_or_name_of_the_tool() -> None:
    for told in ("我们想用云扫码", to_traditional("我们想用云扫码"), "we consider Cloud Scan"):
        found = similar_cards(told, CARDS, lexicon=LEXICON)
        assert found[0].case.id == "haijiao"
        assert "云扫码" in found[0].why()
        assert 0 < found[0].score <= 1


def test_a_name_inside_a_longer_name_is_not_named() -> None:
    wider = Lexicon([*LEXICON.entities.values(), Entity("scan-cabinet", "product", "云扫码货柜")])
    assert similar_cards("我们有云扫码货柜", CARDS, lexicon=wider) == []
    assert similar_cards("我们有云扫码货柜", CARDS, lexicon=LEXICON)[0].facets == ("工具：云扫码",)


def test_a_described_industry_meets_a_wider_name_of_it() -> None:
    [first, *_] = similar_cards({"industry": "超市"}, CARDS)
    assert first.case.id == "qian"
    assert first.facets == ("行业：生鲜超市",)


def test_a_part_of_a_word_is_nothing_shared() -> None:
    assert all("海角" not in one.words and "海角" not in one.why() for one in similar_cards("上海角落里的书店", CARDS))
    card = replace(CARDS[0], summary_zh="一步步改造会员体系")
    assert similar_cards("步步高升", [card]) == []
    assert "会员" in similar_cards("会员", [card])[0].words


def test_what_shares_nothing_is_no_similar_case_and_no_description_is_refused() -> None:
    assert similar_cards("zzz", CARDS) == []
    assert len(similar_cards("便利店 超市 会员 用户", CARDS, k=1)) == 1
    for wrong in ("", "  ", {"colour": "red"}):
        with pytest.raises(SettingError):
            similar_cards(wrong, CARDS)


# --- drafts ---

FACTS = [
    Fact("a", place("2018年"), "2018年", "海角便利", "haijiao", "开始使用云扫码的时间", date_iso="2018", kind="date"),
    Fact(
        "a",
        place("50万"),
        "50万",
        "海角便利",
        "haijiao",
        "用户数",
        500_000,
        None,
        "人",
        "超过",
        "2019年底",
        "2019",
        "achieved",
    ),
    Fact(
        "a",
        place("两成"),
        "两成",
        "海角便利店员",
        None,
        "业绩提升",
        20,
        20,
        "%",
        "最高",
        kind="achieved",
        certainty="hearsay",
    ),
    Fact(
        "a",
        Span(TEXT.rindex("50万"), TEXT.rindex("50万") + 3),
        "50万",
        "山前超市",
        "qian",
        "会员数",
        500_000,
        500_000,
        "人",
        kind="size",
    ),
    Fact("gone", Span(0, 3), "7家", "海角便利", "haijiao", "门店数", 7, 7, "家", kind="size"),
]
RELATIONS = [
    Relation(
        "海角便利",
        "haijiao",
        "uses_tool",
        "云扫码",
        "cloud-scan",
        None,
        "asserted",
        "r",
        (Address.of("a", place("云扫码")),),
    ),
    Relation(
        "海角便利",
        "haijiao",
        "applies_tactic",
        "通人",
        "link-people",
        None,
        "planned",
        "r",
        (Address.of("a", place("云扫码")),),
    ),
    Relation(
        "张小满", None, "role_at", "海角便利", "haijiao", "总经理", "asserted", "r", (Address.of("a", place("张小满")),)
    ),
    Relation(
        "山前超市",
        "qian",
        "uses_tool",
        "云扫码",
        "cloud-scan",
        None,
        "asserted",
        "r",
        (Address.of("a", place("山前超市")),),
    ),
]
HITS = [
    Hit(1, 0.9, Passage("a", Span(0, len(TEXT))), TEXT, TEXT, {}),
    Hit(2, 0.1, Passage("b", Span(0, 5)), "别的文章", "别的文章", {}),
]


def drafted() -> Case:
    return new_card(
        "海角便利店", HITS, FACTS, RELATIONS, docs={"a": DOC, "b": doc_of("别的文章而已。", "b")}, lexicon=LEXICON
    )


def test_a_draft_takes_the_companys_own_figures_with_kind_and_certainty() -> None:
    card = drafted()
    assert (card.id, card.entity, card.status, card.name.zh_hans, card.name.en) == (
        "haijiao",
        "haijiao",
        "draft",
        "海角便利",
        "Haijiao",
    )
    assert [(r.metric, r.figure, r.kind, r.certainty) for r in card.results] == [
        ("用户数", "超过50万", "achieved", "stated"),
        ("业绩提升", "最高两成", "achieved", "hearsay"),
    ]
    assert [f.text for f in card.facets.year] == ["2018", "2019"]


def test_figures_of_others_become_questions_never_results() -> None:
    card = drafted()
    assert len(card.open_questions) == 1
    assert "山前超市" in card.open_questions[0].text
    assert not any("会员" in (one.metric or "") for one in (*card.background, *card.results))


def test_relations_give_tools_people_and_actions_with_their_polarity() -> None:
    card = drafted()
    assert [(f.text, f.entity) for f in card.facets.tools] == [("云扫码", "cloud-scan")]
    assert card.facets.tactics == card.facets.frameworks == ()  # only planned
    done = [replace(one, polarity="asserted") for one in RELATIONS]
    card = new_card("海角便利", HITS, FACTS, done, docs={"a": DOC}, lexicon=LEXICON)
    assert [f.entity for f in card.facets.frameworks] == ["link-people"]  # the lexicon calls it a framework
    card = drafted()
    assert [(p.name, p.role) for p in card.people] == [("张小满", "总经理")]
    assert [one.text for one in card.actions] == ["使用云扫码", "采用通人（计划）"]


def test_all_evidence_of_a_draft_stands_and_no_sentence_is_copied() -> None:
    card = drafted()
    verdicts = verify_card(card, {"a": DOC})
    assert verdicts
    assert {v.status for v in verdicts} == {"ok"}
    written = match_key("\n".join(getattr(item, "text", "") for _, item in card.backed()))
    assert all(match_key(sentence) not in written for sentence in SENTENCES)
    # evidence is whole sentences: a bare figure could not be found again
    assert min(int(e.fingerprint.split(":")[1]) for _, e in card.evidence()) >= 12


def test_a_draft_is_a_valid_card_and_may_carry_the_sentences_as_comments() -> None:
    import yaml

    card = drafted()
    plain, told = card_yaml(card), card_yaml(card, docs={"a": DOC})
    assert read_card(yaml.safe_load(plain)) == read_card(yaml.safe_load(told)) == card
    assert SENTENCES[1] not in plain
    assert f"# {SENTENCES[1]}" in told


def test_a_draft_of_an_unknown_name_still_works_and_says_what_is_missing() -> None:
    card = new_card("無名小店", docs={})
    assert (card.name.zh_hans, card.name.zh_hant, card.entity) == ("无名小店", "無名小店", None)
    assert re.fullmatch(r"[0-9a-z][0-9a-z_-]*", card.id)
    assert card.limits
    assert new_card("海角便利", docs={}, lexicon=LEXICON, card_id="mine").id == "mine"
    for wrong in ("", " "):
        with pytest.raises(SettingError):
            new_card(wrong, docs={})
    with pytest.raises(SettingError):
        new_card("某", docs={}, card_id="某")


# --- evidence cards ---


def test_an_evidence_card_shows_quote_context_address_hash_reference_names_and_figures() -> None:
    record = {"id": "a", "type": "webpage", "title": "海角便利的账本", "URL": "https://example.org/a"}
    mentions = [Mention("a", place("云扫码用户"), "云扫码", "product", "cloud-scan", "云扫码")]
    card = evidence_card(at(SENTENCES[1]), DOC, record=record, mentions=mentions, facts=FACTS, context_chars=10)
    assert card.quote == SENTENCES[1]
    assert TEXT[: card.start].endswith(card.before)
    assert TEXT[card.end :].startswith(card.after)
    assert card.sha256 == "ab" * 32
    assert card.entities == ("云扫码",)
    assert card.figures == ("50万（海角便利·用户数；已实现·明说）",)
    assert "海角便利的账本" in card.reference
    assert card.folded == fold_text(SENTENCES[1])
    assert card.converted == to_traditional(SENTENCES[1], taiwan=False)
    for shown in (card.to_markdown(), html.unescape(card.to_html())):
        for piece in (SENTENCES[1], card.address, card.sha256, card.reference, card.converted, "云扫码"):
            assert piece in shown
    ElementTree.fromstring(card.to_html())


def test_an_evidence_card_follows_moved_words_and_shows_no_quote_for_lost_ones() -> None:
    evidence = at(SENTENCES[1])
    moved = evidence_card(evidence, doc_of("新的导语。" + TEXT))
    assert (moved.status, moved.start, moved.quote) == ("moved", evidence.start + 5, SENTENCES[1])
    lost = evidence_card(evidence, doc_of("别的内容。"))
    assert (lost.status, lost.quote) == ("gone", None)
    assert lost.message in lost.to_markdown()
    other = evidence_card(evidence, doc_of(source="b"))
    assert (other.status, other.quote) == ("not-imported", None)


def test_markup_in_a_source_is_shown_as_text() -> None:
    text = "价签上写着<script>alert(1)</script>和“满减”两个字样。"
    doc = doc_of(text)
    shown = evidence_card(evidence_at(doc, 0, len(text)), doc).to_html()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


# --- whole cards ---


def test_a_whole_card_shows_statements_labels_and_with_sources_the_original_words() -> None:
    plain, told = card_markdown(HAIJIAO), card_markdown(HAIJIAO, {"a": DOC})
    for shown in (plain, told, card_html(HAIJIAO)):
        for piece in (
            "海角便利",
            "从2018年起用上云扫码。",
            "超过50万（已实现·明说；2019年底；某记者）",
            "据说达到",
            "李某：职务不详",
        ):
            assert piece in shown
    assert SENTENCES[1] not in plain
    assert f"> {SENTENCES[1]} [a:{at(SENTENCES[1]).start}-{at(SENTENCES[1]).end}]" in told
    ElementTree.fromstring(card_html(QIAN, {"a": DOC}))


def test_a_whole_card_says_what_became_of_lost_evidence() -> None:
    shown = card_markdown(HAIJIAO, {"a": doc_of("别的内容。")})
    assert shown.count("正文里也没有相同的文字") == len(
        [e for name, e in HAIJIAO.evidence() if not name.startswith("facets")]
    )


def test_a_card_in_english_has_english_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "en")
    shown = card_markdown(HAIJIAO)
    for piece in ("# Haijiao", "## Results", "said to be achieved", "role unknown", "[background]"):
        assert piece in shown


def test_rows_of_figures_are_measures_whatever_they_are_called() -> None:
    def card(name: str, metric: str, figure: str) -> Case:
        stated = Statement(
            f"{metric}：{figure}", metric=metric, figure=figure, period="2022年", kind="achieved", basis="ours"
        )
        only = Statement("校区：42个", metric="校区", figure="42个", basis="ours")
        return Case(name, Names(name, name, name), "company", results=(stated, *([only] if name == "甲" else ())))

    matrix = compare_cards([card("甲", "营业收入", "1亿元"), card("乙", "营收", "2亿元")], by="metrics")
    assert matrix.rows == ("营收", "校区")  # what two firms share comes first
    assert [cell.text.partition("（")[0] for cell in matrix.cells[0]] == ["1亿元", "2亿元"]
    assert "2022年" in matrix.cells[0][0].text


def test_meaning_finds_a_case_that_shares_no_word_and_says_so() -> None:
    near, *others = CARDS
    meaning = {near.id: 0.91, **{card.id: 0.86 for card in others}}
    [first, *_] = similar_cards("zzz", CARDS, meaning=meaning)
    assert first.case.id == near.id
    assert first.meaning == 1.0
    assert "意思相近" in first.why()
    level = {card.id: 0.86 for card in CARDS}
    assert similar_cards("zzz", CARDS, meaning=level) == []


def test_rows_that_more_cases_share_come_first_and_blank_ones_are_folded() -> None:
    def card(name: str, **facets: str) -> Case:
        return Case(
            name, Names(name, name, name), facets=Facets(**{key: (Facet(text),) for key, text in facets.items()})
        )

    cards = [
        card("甲", industry="茶饮", year="2020"),
        card("乙", year="2021", place="北京"),
        card("丙", year="2022", place="上海"),
    ]
    matrix = compare_cards(cards)
    assert matrix.row_ids == ("year", "place", "industry")
    assert "工具" in matrix.blank
    assert len(matrix.blank) == 5
    assert matrix.blank_told().startswith("各案例都未报道")
    assert compare_cards(cards, "tools").rows == ()
