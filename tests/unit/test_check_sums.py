"""Sums of a draft counted again; what is expected was reckoned by hand, the sentences are invented."""

from __future__ import annotations

import pytest
from tests.unit.check_samples import doc_of, figures_in

from casekit.check import Checker, MemoryCorpus
from casekit.check.sums import recounted
from casekit.facts import find_figures

WRONG = [
    ("门店从2019年的100家增长到2020年的150家，增长了40%。", "[50%→40%]"),
    ("门店从100家增加到300家，增长了3倍。", "[2倍→3倍]"),
    ("会员由120万人增至200万人，翻了一番。", "[1.7倍→翻了一番]"),
    ("营收从10亿元到30亿元，翻了三番。", "[3倍→翻了三番]"),
    ("会员数翻倍，从50万增至80万。", "[1.6倍→翻倍]"),
    ("客单价增长了50%，从100元到120元。", "[20%→50%]"),
    ("2019年营收10亿元，2020年营收12亿元，增长30%。", "[20%→30%]"),
    ("營收從10億元增加到15億元，成長40%。", "[50%→40%]"),
    ("成本从50元降到40元，降低三成半。", "[20%→三成半]"),
    ("营收从12亿元增长到10亿元，增长20%。", "[17%→20%]"),
    ("门店从150家减少到100家，减少了60家。", "[50家→60家]"),
    ("共有200家门店，其中加盟店50家，占30%。", "[25%→30%]"),
    ("200家门店中有50家亏损，占比35%。", "[25%→35%]"),
    ("直营店120家、加盟店80家，共220家。", "[200家→220家]"),
    ("甲店30人，乙店25人，丙店15人，合计80人。", "[70人→80人]"),
    ("线上卖了30亿元，线下卖了20亿元，线上比线下多15亿元。", "[10亿元→15亿元]"),
    ("甲店30人，乙店25人，两者相差8人。", "[5人→8人]"),
    ("线上订单600单，是线下200单的2倍。", "[3倍→2倍]"),
    ("公司在25个县共有1500家店，平均每个县有90家。", "[60家→90家]"),
    ("公司有12家店、300名员工，平均每家店30人。", "[25人→30人]"),
    ("销售额中75%来自线上，其余35%来自门店。", "[25%→35%]"),
    ("全国共300家店，其中80家直营，其余230家是加盟店。", "[220家→230家]"),
    ("河川百货的200万会员加上星野商贸的100万会员，一家就握有400万会员。", "[300万→400万]"),
]
RIGHT = [
    "门店从2019年的100家增长到2020年的150家，增长了50%。",
    "门店从100家增加到300家，增长了2倍。",
    "会员由120万人增至240万人，翻了一番。",
    "营收从10亿元到80亿元，翻了三番。",
    "共有200家门店，其中加盟店50家，占25%。",
    "直营店120家、加盟店80家，共200家。",
    "线上卖了30亿元，线下卖了20亿元，线上比线下多10亿元。",
    "线上订单600单，是线下200单的3倍。",
    "公司有3个厂，共有员工1000人，平均每厂333人。",
    "公司在25个县共有1500家店，平均每个县有60家。",
    "公司在25个县共有1500家店，平均每家店有90人。",
    "200万会员加上100万会员，一家就握有300万会员。",
    "200万会员加上100万会员，另有400万会员还没有激活。",
    "销售额中75%来自线上，其余25%来自门店。",
    "销售额中75%来自线上，其余20%来自门店，5%来自批发。",  # what is left, told in two parts
    "约75%来自线上，其余30%来自门店。",
    "75%来自线上，另外20%是在夜里卖出的。",
    "毛利率从30%提高到35%，提高了5个百分点。",
    # rounded: 66 and 67 are two thirds, 1.2亿 may be 1.23亿
    "共300家，其中200家盈利，占66%。",
    "共300家，其中200家盈利，占67%。",
    "营收从1.2亿元增长到1.6亿元，增长28%。",
    "营收从12亿元下降到10亿元，降幅为17%。",
    # not exact
    "会员由120万人增至近240万人，翻了一番。",
    "营收从约10亿元增长到15亿元，增长60%。",
    "营收从10亿元增长到15亿元，增长超过40%。",
    "会员从100万涨到320万，增长两倍多。",
    # of something else
    "门店从100家增加到150家，利润增长20%。",
    "营收从10亿元增长到20亿元，年均增长26%。",
    "2019年营收10亿元，2020年利润2亿元，增长30%。",
    "2019年新开30家，2020年新开50家，共有120家门店。",
    "2019年新开30家，2020年新开50家，共120家门店。",
    "在杭州有30家店，在上海有20家店，全国共200家店。",
    "今年开店30家，关店10家，比去年多5家。",
    "线上30亿元，线下20亿元，其中会员贡献15亿元。",
]


@pytest.mark.parametrize(("text", "difference"), WRONG)
def test_a_sum_that_its_own_figures_contradict(text: str, difference: str) -> None:
    assert [one.difference for one in recounted(text, find_figures(text)) if not one.right] == [difference]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_rounded_inexact_or_of_something_else_is_left_alone(text: str) -> None:
    assert [one for one in recounted(text, find_figures(text)) if not one.right] == []


def test_what_the_draft_reckons_rightly_is_no_other_number_of_the_source() -> None:
    article = "河川百货的销售额75%来自线上，19%的销售额来自外地。"
    checker = Checker(MemoryCorpus([doc_of("ledger", article, title="河川百货的账本")]))
    found = figures_in(checker, "河川百货的销售额75%来自线上，其余25%来自别处。")
    assert [(f.text, f.status) for f in found] == [("75%", "ok"), ("25%", "unproven")]


def test_a_wrong_sum_is_wrong_whatever_the_corpus_has_and_silent_where_the_source_says_so() -> None:
    article = "山雀超市的门店从100家增加到300家，增长了3倍。"
    checker = Checker(MemoryCorpus([doc_of("ledger", article, title="山雀超市的账本")]))
    (found,) = [f for f in figures_in(checker, "我们问卷里，会员从200人增加到300人，增长了60%。") if f.text == "60%"]
    assert (found.status, found.wrong, found.source, found.difference) == ("wrong-sum", True, None, "[50%→60%]")
    assert found.message == "从200人到300人是增长50%，稿中是“60%”"
    assert found.sentence is not None
    (told,) = [f for f in figures_in(checker, article) if f.text == "3倍"]
    assert told.status == "ok"  # the source's own reckoning, told as it is
