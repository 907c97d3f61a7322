"""The judges of small cases: lenient where they are told to be, and no further. All sentences are our own."""

from __future__ import annotations

from typing import Any

import pytest
from tests.small_cases import judge_cvs, judge_figures, judge_heads, judge_relations, summary

SHOP = "海底捞去年关闭门店26家。"


def figure(**fields: Any) -> dict[str, Any]:
    return {"input": SHOP, "figures": [{"text": "26家", **fields}]}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"value_min": 26, "value_max": 26, "unit": "家", "subject": "海底捞|永辉", "metric": "门店"}, 0),
        ({"unit": "个|家"}, 0),
        ({"unit": "%"}, 1),
        ({"value_min": 27}, 1),
        ({"subject": "永辉"}, 1),
        ({"subject": "NONE"}, 1),
        ({"date_iso": "NONE"}, 0),
        ({"date_iso": "2021"}, 1),
        ({"not": "a figure"}, 1),
        ({"not": "a count of people"}, 0),
    ],
)
def test_a_figure_is_judged_field_by_field(fields: dict[str, Any], wrong: int) -> None:
    (judged,) = judge_figures([figure(**fields)])
    assert len(judged.failures) == wrong, judged.failures


def test_a_wrong_subject_is_counted_and_a_missing_figure_is_not_one() -> None:
    total = summary(judge_figures([figure(subject="永辉"), {"input": "门口有一棵树。", "figures": [{"text": "树"}]}]))
    assert (total["subject_wrong"], total["right"], total["cases"]) == (1, 0, 2)


def test_where_no_figure_is_listed_none_may_come_out() -> None:
    judged = judge_figures([{"input": SHOP, "figures": []}, {"input": "门口有树。", "figures": []}])
    assert [bool(one.failures) for one in judged] == [True, False]


def test_relations_need_their_polarity_and_traps_stay_in() -> None:
    said = {"input": "海底捞用企业微信管理会员。", "relations": [], "must_not": []}
    asserted = {**said, "relations": [["海底捞", "uses_tool", "企业微信|钉钉", "asserted"]]}
    negated = {**said, "relations": [["海底捞", "uses_tool", "企业微信", "negated"]]}
    trap = {**said, "must_not": [["海底捞", "uses_tool", "企业微信"]]}
    assert [bool(one.failures) for one in judge_relations([asserted, negated, trap])] == [False, True, True]


def test_heads_want_null_where_nothing_is_said() -> None:
    text = (
        "一家店的早晨\n作者：周远航\n\n店长每天早上先看订单，再决定当天的陈列，这个习惯已经有三年。顾客并不知道这些。"
    )
    good = {"title": "一家店的早晨", "authors": ["周远航"], "date": None}
    judged = judge_heads([{"input": text, "expect": good}, {"input": text, "expect": {"authors": [], "date": "2021"}}])
    assert [(one.counts["fields_right"], one.counts["fields"]) for one in judged] == [(3, 3), (0, 2)]


def test_names_of_a_cv_are_whole_and_a_former_post_is_no_present_one() -> None:
    text = "海底捞总经理张勇说，门店还会增加。"
    case = {"input": text, "people": ["张勇"], "organisations": ["海底"], "posts": []}
    posts = {**case, "organisations": ["海底捞"], "posts": [["张勇", "总经理", "海底捞", True]]}
    first, second = judge_cvs([case, posts])
    assert (first.counts["organisations_found"], first.counts["organisations_invented"]) == (0, 1)
    assert (second.counts["people_found"], second.counts["posts_found"]) == (1, 0)
