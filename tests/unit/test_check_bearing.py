"""What must agree word by word before a figure is confirmed: a scope, a restriction or a sureness that differs never is."""

from __future__ import annotations

import pytest
from tests.unit.check_samples import doc_of, figures_in

from casekit.check import Checker, MemoryCorpus
from casekit.check.senses import contrast

HARBOUR = "澜沧乳业2023年海外门店净增48家，年末达到312家，其中直营店占六成。"
COST = "据云栖资本的研究员估算，泊岸物流去年的单票成本约2.3元，比同行低一成。"
PROFIT = "除去一次性补贴，望江机电的净利润只有2600万元。"
CARDS = "嘉禾银行行长说，信用卡不良率最高时到过2.9%，如今回落到1.4%。"
MARGIN = "如果原料价格不变，盛田食品有望在三年内把毛利率提到40%。"
DRIVERS = "到去年年底，平台上活跃的司机有8.6万名，注册的有21万名。"
RUMOUR = "報導稱，鶴田電機可能裁減三百名員工，公司發言人否認了這一說法。"
HANDOVER = "2021年底，与软件公司磨合过整年的晴岚医院可以独立完成交接。"
COACHING = "在家电行业，店员讲得清楚能把成交率提升10%-30%。"
SHOPS_OWN = "2020年，松果小程序的成交额同比增长115%，品牌商自营松果小程序的成交额同比增长210%。"
REGIONS = "华东区贡献了集团四成的订单，华南区只有一成五。"


def statuses(source: str, text: str, figure: str) -> set[str]:
    checker = Checker(MemoryCorpus([doc_of("s", source)]))
    return {one.status for one in figures_in(checker, text) if one.text.endswith(figure)}


@pytest.mark.parametrize(
    ("source", "text", "figure"),
    [
        (HARBOUR, "澜沧乳业2023年末门店达到312家。", "312家"),  # 海外 is left out
        (HARBOUR, "澜沧乳业2023年末海外直营店达到312家。", "312家"),  # a word of another clause
        (HARBOUR, "澜沧乳业2023年净增海外门店312家。", "312家"),  # the verb of another figure
        (COST, "泊岸物流承诺单票成本约2.3元。", "2.3元"),
        (COST, "泊岸物流的单票成本为2.3元。", "2.3元"),
        (PROFIT, "望江机电的净利润为2600万元。", "2600万元"),
        (PROFIT, "望江机电的一次性补贴为2600万元。", "2600万元"),
        (CARDS, "嘉禾银行不良率最高到过2.9%。", "2.9%"),
        (CARDS, "嘉禾银行信用卡不良率为2.9%。", "2.9%"),
        (MARGIN, "盛田食品有望在一年内把毛利率提到40%。", "40%"),
        (MARGIN, "盛田食品将在三年内把毛利率提到40%。", "40%"),
        (DRIVERS, "到去年年底，平台上注册的司机有8.6万名。", "8.6万名"),
        (DRIVERS, "平台上的司机有8.6万名。", "8.6万名"),
        (RUMOUR, "鶴田電機將裁減三百名員工。", "三百名"),
        (REGIONS, "华南区贡献了集团四成的订单。", "四成"),
        (SHOPS_OWN, "整个松果小程序的成交额同比增长210%。", "210%"),  # whose those are is left out of the name
    ],
)
def test_what_a_sentence_does_not_bear_is_not_confirmed(source: str, text: str, figure: str) -> None:
    found = statuses(source, text, figure)
    assert found
    assert "ok" not in found


@pytest.mark.parametrize(
    ("source", "text", "figure"),
    [
        (HARBOUR, "澜沧乳业2023年末海外门店达到312家。", "312家"),
        (PROFIT, "除去一次性补贴，望江机电的净利润只有2600万元。", "2600万元"),
        (CARDS, "嘉禾银行信用卡不良率最高时到过2.9%。", "2.9%"),
        (MARGIN, "如果原料价格不变，盛田食品有望3年内把毛利率提到40%。", "40%"),
        (DRIVERS, "到去年年底，平台上活跃的司机有8.6万名。", "8.6万名"),
    ],
)
def test_what_it_does_bear_is_confirmed(source: str, text: str, figure: str) -> None:
    assert statuses(source, text, figure) == {"ok"}


def test_the_message_names_the_words_that_stand_between() -> None:
    checker = Checker(MemoryCorpus([doc_of("s", DRIVERS)]))
    (left_out,) = (one for one in figures_in(checker, "平台上的司机有8.6万名。") if one.text == "8.6万名")
    assert "活跃" in left_out.message
    (added,) = (one for one in figures_in(checker, "平台上活跃的熟练司机有8.6万名。") if one.text == "8.6万名")
    assert "熟练" in added.message


@pytest.mark.parametrize(
    ("source", "text", "figure", "status"),
    [
        (DRIVERS, "到去年年底，平台上注册的司机有8.6万名。", "8.6万名", "other-measure"),
        (HARBOUR, "澜沧乳业2023年末国内门店达到312家。", "312家", "other-measure"),
        (COST, "据估算，泊岸物流去年的单票收入约2.3元。", "2.3元", "other-measure"),
        (CARDS, "嘉禾银行房贷不良率最高到过2.9%。", "2.9%", "other-measure"),
        (REGIONS, "华北区贡献了集团四成的订单。", "四成", "other-measure"),
    ],
)
def test_words_that_exclude_each_other_are_an_alarm(source: str, text: str, figure: str, status: str) -> None:
    assert statuses(source, text, figure) == {status}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("线上线下会员", "线上会员"),  # both sides
        ("注册司机", "注册并活跃的司机"),
        ("住院量", "门诊量、住院量"),
        ("门店", "海外门店"),  # nothing is said against it
    ],
)
def test_where_a_clause_holds_both_sides_nothing_contrasts(mine: str, theirs: str) -> None:
    assert contrast(mine, theirs) is None


SHOPS = "乌沙书店2021年卖出图书23.6万册，合格率为98.2%，平均每天接待顾客340人，最高时一天来了1260人。"
LINES = "乌沙书店2021年文具的收入下降了4%，图书收入达到6.37亿元，亏损1820万元，贷款余额48亿元，贷款户均7.6万元。"
CLINIC = "禾川市的竹溪医院设有732张病床，员工1350人。据悉，竹溪医院与明泽软件在谈一份4600万元的合同。"
LIKENED = "竹溪医院的小程序一年省下的时间，相当于多开了1500间诊室。"


@pytest.mark.parametrize(
    ("source", "text", "figure"),
    [
        (SHOPS, "2021年，乌沙书店共售出23.6万册图书。", "23.6万册"),  # other words for the same, in another order
        (SHOPS, "乌沙书店日均接待340名客人。", "340名"),
        (LINES, "乌沙书店2021年亏了1820万元。", "1820万元"),
        (CLINIC, "竹溪医院有732张病床。", "732张"),  # where it lies tells more of it, and narrows nothing
    ],
)
def test_equal_words_and_what_only_describes_confirm(source: str, text: str, figure: str) -> None:
    assert statuses(source, text, figure) == {"ok"}


@pytest.mark.parametrize(
    ("source", "text", "figure", "status"),
    [
        (SHOPS, "乌沙书店图书的不良率为98.2%。", "98.2%", "other-measure"),
        (SHOPS, "乌沙书店平均每天接待顾客超过340人。", "340人", "altered"),  # the source says just so many
        (LINES, "乌沙书店2021年文具收入达到6.37亿元。", "6.37亿元", "other-measure"),  # another figure's word
        (LINES, "乌沙书店2021年盈利1820万元。", "1820万元", "other-measure"),
        (LINES, "乌沙书店贷款余额48亿笔。", "48亿笔", "altered"),  # a sum is no count
        (CLINIC, "竹溪医院有1350张病床。", "1350张", "altered"),  # a count of staff
        (CLINIC, "竹溪医院与明泽软件签下一份4600万元的合同。", "4600万元", "kind-changed"),
        (LIKENED, "竹溪医院的小程序多开了1500间诊室。", "1500间", "kind-changed"),
    ],
)
def test_what_is_told_of_another_thing_or_otherwise_is_an_alarm(
    source: str, text: str, figure: str, status: str
) -> None:
    assert statuses(source, text, figure) == {status}


@pytest.mark.parametrize(
    ("source", "text", "figure"),
    [
        (CLINIC, "竹溪医院再开732张病床。", "732张"),  # new beds are not all there are
        ("云阶用电的高峰，今年最高负荷升到4860万千瓦。", "今年云阶用电的高峰达到4860万千瓦。", "4860万千瓦"),
        ("临江书店的最高一层有260平方米。", "临江书店有260平方米。", "260平方米"),
        (SHOPS, "乌沙书店图书业务的顾客每天340人。", "340人"),
        (SHOPS, "乌沙书店一天来了1260人。", "1260人"),  # the most of all days
        (
            "云杉超市在北岸的社区店日均客流为840人，周末平均每天接待1150人。",
            "云杉超市的社区店周末日均接待1150人。",
            "1150人",
        ),
    ],
)
def test_neither_is_called_right_or_wrong_where_nothing_is_proven(source: str, text: str, figure: str) -> None:
    assert statuses(source, text, figure) <= {"unproven", "unmatched"}


def test_the_measure_is_named_whatever_else_the_clause_holds() -> None:
    assert "other-measure" not in statuses(COACHING, "在家电行业，店员讲得清楚能提升10%-30%的成交率。", "10%-30%")


@pytest.mark.parametrize(
    ("source", "text", "confirmed"),
    [
        (HANDOVER, "晴岚医院2021年底可以独立完成交接。", True),
        (HANDOVER, "晴岚医院在2021年底独立完成了交接。", False),  # possible then, not done then
        (HANDOVER.replace("可以", "已经"), "晴岚医院在2021年底与软件公司独立完成了交接。", True),
        (HANDOVER.replace("可以", "已经"), "晴岚医院2021年底可以独立完成交接。", False),
    ],
)
def test_what_was_possible_on_a_day_was_not_done_on_it(source: str, text: str, confirmed: bool) -> None:
    assert ("ok" in statuses(source, text, "2021年底")) is confirmed


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("河川百货2014年战略入股星野商贸。", "ok"),
        ("星野商贸2014年战略入股河川百货。", None),  # the other way round
        ("河川百货出资3亿元入股星野商贸。", "ok"),
        ("星野商贸出资3亿元入股河川百货。", "unproven"),
        ("星野商贸和河川百货合办了12场年货节。", "ok"),
    ],
)
def test_who_did_it_to_whom_is_told_by_the_order(draft: str, told: str | None) -> None:
    text = "2014年，河川百货战略入股星野商贸。河川百货出资3亿元入股星野商贸。河川百货和星野商贸合办了12场年货节。"
    checker = Checker(MemoryCorpus([doc_of("stakes", f"两家公司\n{text}", title="两家公司")]))
    assert [f.status for f in figures_in(checker, draft)] == ([told] if told else []), [
        f.message for f in figures_in(checker, draft)
    ]
