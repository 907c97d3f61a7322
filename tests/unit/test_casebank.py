"""A case for a case bank: the parts that are asked for, and a lint that names what would be sent back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.unit.trades_sample import cards, material_of

from casekit.casebook import Facet, Facets, Statement
from casekit.casebook.records import Case
from casekit.workshop.casebank import ABSTRACT_CHARS, CaseFile, case_file


def made(card: Case | None = None) -> CaseFile:
    material = material_of(("qinghe",), None)
    return case_file(replace(material, cards=(card,)) if card else material)


WHOLE = replace(
    cards()["qinghe"],
    summary_zh="青禾医院2023年用导诊屏把分诊和叫号连起来；门诊量48万人次。",
    facets=Facets(
        industry=(Facet("医疗", basis="background"),),
        year=(Facet("2023年", basis="background"),),
        place=(Facet("中国", basis="background"),),
        decision=(Facet("用导诊屏", basis="background"),),
        tactics=cards()["qinghe"].facets.tactics,
    ),
    open_questions=(Statement("花了多少钱？", basis="ours"),),
    teaching=(Statement("分清目标与成绩。", basis="ours"),),
)


def test_case_and_note_have_the_parts_that_the_case_bank_asks_for() -> None:
    text = made(WHOLE).markdown
    wanted = (
        "真实性说明", "**摘要**", "**关键词**", "## 0 引言", "## 1 背景", "## 5 尾声", "/ Exhibit 1 ", "## 参考文献", "# 案例使用说明",
        "1 教学目的与用途", "2 启发思考题", "3 分析思路", "4 理论依据", "5 背景信息", "6 关键要点", "7 建议课堂计划",
    )  # fmt: skip
    places = [text.index(one) for one in wanted]
    assert places == sorted(places)
    assert "林知远（青禾医院院长）" in text.partition("## 1 背景")[0]
    assert text.startswith("# 青禾医院的选择")  # no verdict in the title
    # the target and the hearsay are told as such in the exhibit
    assert re.search(r"\| 门诊量目标 \| 60万人次 \| 2025年 \| [^|]*目标", text)
    assert re.search(r"\| 满意度提升 \| 最高15% \|  \| 据说", text)


def test_a_whole_card_passes_the_lint() -> None:
    assert made(WHOLE).flaws == ()


@pytest.mark.parametrize(
    ("changes", "kind", "where"),
    [
        ({"challenge": ()}, "decision", "challenge"),
        ({"people": ()}, "decision", "people"),
        ({"facets": Facets()}, "decision", "facets.place"),
        ({"teaching": ()}, "empty", "teaching"),
        ({"background": ()}, "empty", "background"),
        ({"summary_zh": "青禾医院门诊量翻番，达到99万人次。"}, "figures", "summary"),
        ({"summary_zh": "青禾医院用了导诊屏。" * 60}, "length", "summary"),
    ],
)
def test_what_is_missing_or_wrong_is_named(changes: dict[str, object], kind: str, where: str) -> None:
    flaws = made(replace(WHOLE, **changes)).flaws  # type: ignore[arg-type]  # fields by name
    assert any((one.kind, one.where) == (kind, where) for one in flaws), flaws


def test_words_of_judgement_and_figures_that_disagree_are_found() -> None:
    first, *rest = WHOLE.results
    judged = replace(first, text="医院大获成功，门诊量比前一年多。")
    twice = replace(first, figure="50万人次")
    flaws = made(replace(WHOLE, results=(judged, *rest, twice))).flaws
    assert {(one.kind, one.where) for one in flaws} == {
        ("judgement", "results[0]"),
        ("figures", f"results[{len(rest) + 1}]"),
    }
    # a named speaker's judgement is his own
    assert not [
        f for f in made(replace(WHOLE, results=(replace(judged, by="院长"), *rest))).flaws if f.kind == "judgement"
    ]


def test_a_point_within_a_figure_ends_no_sentence_of_an_abstract() -> None:
    told = "分诊台的屏幕换了新的。" * 26 + "等候的时间缩短了大约2.5小时。"  # the limit falls behind the point
    text = made(replace(WHOLE, summary_zh=told)).markdown
    assert "换了新的。" in text
    assert "缩短了大约2" not in text


def test_an_abstract_has_whole_sentences_and_no_more_than_the_limit() -> None:
    text = made(replace(WHOLE, summary_zh="青禾医院用了导诊屏。" * 60)).markdown
    abstract = re.search(r"\*\*摘要\*\* (.*)", text)[1]  # type: ignore[index]  # it is there
    assert len(abstract) <= ABSTRACT_CHARS
    assert abstract.endswith("。")


def test_what_the_card_does_not_hold_stays_blank() -> None:
    bare = made(Case("bare", WHOLE.name)).markdown
    assert bare.count("（待补）") >= 8
