"""Kinds of figures that everyday business texts hold: scores, fractions, shares of a whole, names in quotation marks, durations.

Expected values are read off the sentences."""

from __future__ import annotations

import pytest
from tests.unit.test_facts_industries import facts


@pytest.mark.parametrize(
    ("text", "figure", "low", "high", "unit"),
    [
        ("云栖物业满意度得分93分，满分为100分。", "93分", 93, 93, "分"),
        ("他们用3分15秒完成换模。", "3分15秒", 3.25, 3.25, "分钟"),
        ("约有1/3的门店尚未盈利。", "1/3", 33.3333, 33.3333, "%"),
        ("人工成本占总成本的2/3以上。", "2/3", 66.6667, 66.6667, "%"),
        ("超过六成员工参加了培训。", "六成", 60, 60, "%"),
        ("岚溪物流 2 0 2 3 年营业收入 57 . 3 亿元 ，同比增长 9 . 1 % 。", "57 . 3 亿元", 5.73e9, 5.73e9, "元"),
        ("岚溪充电建成充电桩5万根。", "5万根", 50_000, 50_000, "根"),
    ],
)
def test_the_value(text: str, figure: str, low: float, high: float, unit: str) -> None:
    found = facts(text)[figure]
    assert (found.value_min, found.value_max, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text", ["合营公司按3分成，5分店同时开业，七分饱。", "见第1/3页，时间为5/6日，比例尺1/5000。", "八成员外地来的。"]
)
def test_no_figure(text: str) -> None:
    assert not [one for one in facts(text).values() if one.kind != "date"]


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        ("来自海外的收入占岚溪医疗营收的38%。", "38%", "岚溪医疗"),
        ("头部主播带来了岚溪家电六成的销量。", "六成", "岚溪家电"),
        ("蓝岸科技占峻川电子营收的21%，是其最大客户。", "21%", "蓝岸科技"),  # who has the share is named
        ("岚溪家电占国内市场的18%。", "18%", "岚溪家电"),
        ("新锐护肤品牌“渔歌子”单场成交额冲到4300万元。", "4300万元", "渔歌子"),
        ("万钧集团旗下的“快手刀”剃须刀去年卖出640万把。", "640万把", "快手刀"),
        ("“国潮”品牌数量增长三成。", "三成", None),  # a kind of brands
        ("他称公司“稳健”经营，营收增长20%。", "20%", None),
        ("对手晟禾同期卖出4.6万台。", "4.6万台", "晟禾"),
        ("对手同期卖出4.6万台。", "4.6万台", None),
        ("岚溪体育2023年年报显示，本年新增直营馆84座。", "84座", "岚溪体育"),
        ("成立六年的晟禾去年营收9亿元。", "9亿元", "晟禾"),
    ],
)
def test_whom_it_is_of(text: str, figure: str, subject: str | None) -> None:
    assert facts(text)[figure].subject == subject


@pytest.mark.parametrize(
    ("text", "figure", "metric"),
    [
        ("车辆空驶率从28%降到17%。", "17%", "车辆空驶率"),
        ("一线城市门店贡献了45%的收入。", "45%", "收入"),
        ("这家医院门诊量日均超过8000人次。", "8000人次", "门诊量"),
        ("毛利率由负转正，为4.6%。", "4.6%", "毛利率"),
        ("培训时长人均42小时。", "42小时", "培训时长"),
        ("该产线年产能可达12GWh。", "12GWh", "年产能"),
        ("兆丰汽配研发投入6.2亿元，其中2.5亿元投向电驱动。", "2.5亿元", "研发投入"),
        ("报名量较前一年翻番，达到12.4万人次。", "12.4万人次", "报名量"),
        ("酒店有一千三百多名管家，九成以上受过专业培训。", "九成", "管家"),
        # when something is done, or for how long, is no measure of it
        ("工厂在三年内把自动化率由40%提升到75%。", "三年", None),
        ("三年关店400家后开始盈利。", "三年", None),
        ("首批5000台在3分钟内售罄。", "3分钟", None),
        # who does it is not what is counted
        ("川西坝子火锅每天多卖出700单。", "700单", "卖出"),
        ("这家名为“青橘里”的民宿去年入住率72%。", "72%", "入住率"),
    ],
)
def test_what_it_measures(text: str, figure: str, metric: str | None) -> None:
    assert facts(text)[figure].metric == metric


@pytest.mark.parametrize(
    ("text", "figure", "period"),
    [
        ("与去年同期相比，客流恢复了八成多。", "八成多", ""),
        ("我们去年把提成从2%提到3.5%。", "3.5%", "去年"),
        ("门店由去年的46家增加到312家。", "312家", ""),
    ],
)
def test_the_time_it_is_of(text: str, figure: str, period: str) -> None:
    assert facts(text)[figure].period == period


def test_a_guidance_is_no_result() -> None:
    found = facts("岚溪半导体给出的二季度毛利率指引为31%至33%。")["31%至33%"]
    assert (found.kind, found.certainty) == ("estimate", "expected")


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        # who spoke, or whose reckoning it is, is not whom the next clause is about
        ("张立林对记者表示，一般有两种方式；到期的比重高达70%。", "70%", None),
        ("对岚溪银行而言，到期的比重高达70%。", "70%", "岚溪银行"),
        ("去年岚溪超市销售额约107亿元（于东来口径146亿元）。", "146亿元", "岚溪超市"),
        # how many were just named
        ("岚溪汽车、晟禾汽车和鹭洲汽车等4家闯入前列。", "4家", None),
        # by how much one is ahead of another
        ("岚溪地产反超晟禾地产7亿元。", "7亿元", "岚溪地产"),
        # a kind of cars is no firm
        ("纯电动汽车销量达到59万辆。", "59万辆", None),
        # a firm by half its name
        ("保利发展去年营收90亿元。\n\n如今保利门店有300家，保利员工2000人。", "300家", "保利发展"),
        ("截至目前岚溪银行尚未发布年报，从三季报来看，营收是27亿元。", "27亿元", "岚溪银行"),
        ("岚溪药业披露年报。报告期内，公司实现营收18.74亿元。", "18.74亿元", "岚溪药业"),
        ("省农业厅分析，76万头母猪将产仔1460万头。", "76万头", None),
    ],
)
def test_who_else_is_named(text: str, figure: str, subject: str | None) -> None:
    assert facts(text)[figure].subject == subject


def test_a_measure_is_no_part_of_a_longer_word() -> None:
    found = facts("公司交易性金融资产同比增长107%，签约金额5349亿元，同比增加6.38%。")
    assert found["107%"].measure != "融资额"
    assert found["6.38%"].metric == "签约金额"


@pytest.mark.parametrize(
    ("text", "figure", "subject", "metric"),
    [
        ("Since moving billing to Stripe, the software firm Fennel has cut monthly churn from 3.8% to 2.1%.", "2.1%", "Fennel", "churn"),
        ("Solvane Appliances turns its inventory in 62.4 days, against 51 days at Haier.", "51 days", "海尔", "inventory"),
        ("Online orders make up 64 percent of Solvane Books' sales; the average basket is 23 euros.", "23 euros", "Solvane Books", "average basket"),
        ("Solvane Motor reported a net loss of $2 billion and employed 14,200 people at the end of June.", "14,200 people", "Solvane Motor", "people"),
        ("Solvane Logistics handled 1.4 million parcels in March 2024, up from 950,000 in March 2023.", "950,000", "Solvane Logistics", "parcels"),
        ("The clinic cut waiting time, and no-show rates fell by a third.", "a third", None, "no-show rates"),
    ],
)  # fmt: skip
def test_english_rows(text: str, figure: str, subject: str | None, metric: str) -> None:
    found = facts(text)[figure]
    assert (found.subject, found.metric) == (subject, metric)


def test_an_index_is_told_in_points_and_an_argument_is_not() -> None:
    found = facts("恒指报22343点，比前一日跌507点。我讲3点建议，下午3点开会，每天100点击量。")
    assert [one.text for one in found.values() if one.kind != "date"] == ["22343点", "507点"]


def test_with_what_a_figure_is_compared_is_not_what_it_measures() -> None:
    found = facts("美国新增职位22.8万个，远高于市场预期的13.5万个。")
    assert found["13.5万个"].metric == found["22.8万个"].metric
