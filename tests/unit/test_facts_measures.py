"""What figures measure, which way they moved, and numbers that are read whole or not at all. All sentences are our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casekit.facts import compare_facts, find_facts, find_figures
from casekit.facts.compound import read_compound
from casekit.facts.measures import MeasuresError, measure_named, measures, read_measures
from casekit.types import Cleaned, Cut, Doc, Fact, Heading, Metadata, Source, Span


def fact(text: str, figure: str, *, date: str | None = None) -> Fact:
    return next(f for f in find_figures(text, article_date=date) if f.text == figure)


# ---- numbers -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("新招导购3万4000人。", "3万4000人", 34_000),
        ("新开门店2千零30家。", "2千零30家", 2030),
        ("投入十亿3000万元。", "十亿3000万元", 1_030_000_000),
        ("会员数为13万2。", "13万2", 132_000),
        ("会员数达 9 , 200 万。", "9 , 200 万", 92_000_000),
        ("订单1.2×10^8单。", "1.2×10^8单", 120_000_000),
        ("订单10⁸单。", "10⁸单", 100_000_000),
        ("订单10<sup>6</sup>单。", "10<sup>6</sup>单", 1_000_000),  # as Markdown writes it
        ("营收12亿²元。", "12亿²元", 1_200_000_000),  # the mark of a note
        ("净利润为-1.5亿元。", "-1.5亿元", -150_000_000),
        ("净利润为负二点五亿元。", "负二点五亿元", -250_000_000),
        ("营收增速为负3%。", "负3%", -3),
        ("全场八五折。", "八五折", 8.5),
        ("协议为期3年零6个月。", "3年零6个月", 3.5),
        ("坪效5.2万元/平方米/年。", "5.2万元/平方米/年", 52_000),
    ],
)
def test_what_touches_a_number_belongs_to_it(text: str, figure: str, value: float) -> None:
    found = fact(text, figure)
    assert (found.value_min, found.value_max) == (value, value)


@pytest.mark.parametrize(
    "text", ["用了3万45000元。", "见表1所示。", "周三会员日。", "3.1 会员体系", "他三番五次上门。", "一来二去就熟了。"]
)
def test_what_is_no_number_or_no_whole_one_states_nothing(text: str) -> None:
    assert find_figures(text) == []


def test_a_dash_before_a_count_is_no_sign() -> None:
    assert fact("晨光百货-300家门店的生意", "300家").value_min == 300


def test_a_year_behind_an_amount_is_no_part_of_it() -> None:
    found = read_compound("500万2021年", 0)
    assert found is None or found.end == 4


def test_points_of_brokers_are_percentage_points() -> None:
    assert fact("毛利率提升3.5个点。", "3.5个点").unit == "个百分点"
    assert fact("净利率提升2.1pct。", "2.1pct").unit == "个百分点"


# ---- measures ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "figure", "metric", "measure", "modifier"),
    [
        ("线上营业收入同比增长11%。", "11%", "线上营业收入", "营收", "同比"),
        ("日均订单52.7万单。", "52.7万单", "订单", "订单", "日均"),
        ("累计注册会员1.02亿。", "1.02亿", "注册会员", "会员", "累计"),
        ("退货率压到6%以下。", "6%", "退货率", "退货率", ""),
        ("外卖占到两成半。", "两成半", "外卖", None, ""),
        ("以100亿美元估值融资。", "100亿美元", "估值", "估值", ""),
        ("人均拣货量提高了2.6倍。", "2.6倍", "人均拣货量", "拣货量", ""),
        ("单台空调下线时间缩短了四成，只需18秒。", "18秒", "单台空调下线时间", "处理时间", ""),
        ("样本为318家企业。", "318家", "样本", None, ""),
        ("一天最多打药500亩。", "500亩", "打药", None, ""),
    ],
)
def test_the_measure_is_named_apart_from_how_it_was_taken(
    text: str, figure: str, metric: str, measure: str | None, modifier: str
) -> None:
    found = fact(text, figure)
    assert (found.metric, found.measure, found.modifier) == (metric, measure, modifier)


@pytest.mark.parametrize(
    ("text", "figure", "metric"),
    [
        ("Revenue rose 12% to $3.4 billion, while net profit fell 21.6%.", "$3.4 billion", "Revenue"),
        ("The chain posted same-store sales down 14 percent.", "14 percent", "same-store sales"),
        ("It opened 4 stores in Q3 2024.", "4 stores", "stores"),
    ],
)
def test_english_sentences_name_their_measures(text: str, figure: str, metric: str) -> None:
    assert fact(text, figure).metric == metric


def test_a_scrap_is_no_measure() -> None:
    assert fact("比同期缩短了3%。", "3%").metric is None
    assert fact("It fell to 3% by then.", "3%").metric is None


def test_a_bare_number_has_the_unit_of_its_measure() -> None:
    assert fact("付费用户达310万。", "310万").unit == "人"
    assert fact("GMV突破8亿。", "8亿").unit == "元"


def test_the_list_of_measures_is_whole() -> None:
    assert len(measures()) >= 150
    assert measure_named("营业收入") is measure_named("revenue") is measure_named("营收")


@pytest.mark.parametrize(
    "line",
    [
        "营收\trevenue\tmoney\t元\tup\t-",
        "营收\trevenue\tmoon\t元\tup\t-\t-",
        "甲\ta\tmoney\t元\tup\t-\t-\n乙\ta\tmoney\t元\tup\t-\t-",
    ],
)
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(MeasuresError):
        read_measures(line)


# ---- changes -----------------------------------------------------------------------------------------------------------
def test_the_result_of_a_change_knows_both_ends() -> None:
    found = fact("库存周转天数由42天缩短至31天。", "31天")
    assert (found.value_from, found.direction, found.change) == (42, "down", "to")


def test_an_english_change_knows_both_ends_and_its_measure() -> None:
    found = fact("Tarn Robotics cut its assembly time from 40 minutes to 25 minutes.", "25 minutes")
    assert (found.metric, found.direction, found.value_from) == ("assembly time", "down", 40)


def test_basis_points_are_hundredths_of_points() -> None:
    found = fact("净息差收窄15个基点至2.03%。", "2.03%")
    assert found.value_from == pytest.approx(2.18)


def test_a_deed_alone_is_of_what_was_counted_before() -> None:
    assert fact("原定开通18条航线，实际开通12条。", "12条").metric == "航线"
    assert fact("原定年内投运30座分拨中心，实际投运22座。", "30座").metric == "分拨中心"


def test_what_is_counted_is_not_where() -> None:
    assert fact("Castell Group employs 9,800 people in 14 countries.", "9,800 people").metric != "countries"


def test_a_share_of_a_target_is_reached() -> None:
    assert fact("上半年收入占全年目标的46%。", "46%").kind == "achieved"


def test_a_sum_in_euros_has_the_year_behind_it() -> None:
    assert fact("Net interest income rose 8% to €2.1 billion in 2022.", "€2.1 billion").date_iso == "2022"


def test_a_change_and_its_result_are_no_range() -> None:
    text = "门店数同比减少20家至280家。"
    by, to = fact(text, "20家"), fact(text, "280家")
    assert (by.value_min, by.direction, by.change) == (20, "down", "by")
    assert (to.value_min, to.value_from, to.change_value, to.change_unit) == (280, 300, 20, "家")
    growth = fact("营收同比下降3.2%至151亿元。", "151亿元")
    assert (growth.change_value, growth.change_unit, growth.direction, growth.value_from) == (3.2, "%", "down", None)


def test_growth_far_from_the_figure_is_not_its_own() -> None:
    assert fact("在增长放缓的行业里营收3亿元。", "3亿元").direction == ""


# ---- times -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "figure", "iso"),
    [
        ("2022年报显示，上年末会员为8200万，本年末增至9200万。", "8200万", "2021-12"),
        ("2022年扭亏，净利润13亿元，上一年为亏损41亿元。", "41亿元", "2021"),
        ("2022年第三季度持平，H1净利润21亿元。", "21亿元", "2022-01/2022-06"),
        ("2024财年第三季度收入37亿元，财年截至6月30日。", "37亿元", "2024-01/2024-03"),
        ("民国110年营收120亿元。", "120亿元", "2021"),
        ("2023年亏损13亿元，较上年收窄51%。", "51%", "2023"),
        ("门店由2019年的120家增至300家。", "300家", None),
        ("2015年成立。去年销售额4亿元。", "4亿元", None),
        ("Revenue rose 12% to $3 billion in 2023.", "12%", "2023"),
    ],
)
def test_times_have_stated_anchors_or_none(text: str, figure: str, iso: str | None) -> None:
    assert fact(text, figure).date_iso == iso


def test_a_quarter_is_counted_from_the_date_of_the_article() -> None:
    assert fact("本季度营收3亿元。", "3亿元", date="2021-05-03").date_iso == "2021-04/2021-06"


# ---- kind ----------------------------------------------------------------------------------------------------------------
def test_what_was_planned_and_what_came_of_it() -> None:
    text = "原计划开店600家，实际只开了410家。"
    assert fact(text, "600家").kind == "target"
    assert (fact(text, "410家").kind, fact(text, "410家").certainty) == ("achieved", "stated")


def test_the_accuracy_of_forecasts_is_no_forecast() -> None:
    assert fact("预测误差缩小到62公里，准确率92.7%。", "92.7%").kind == "achieved"


# ---- tables ----------------------------------------------------------------------------------------------------------------
TABLE = "表1 主要财务数据（单位：万元）\n项目\t2021年\t2022年\n营业收入\t22,572\t25,803\n净利润\t(1,234)\t4,064\n门店数\t593\t629\n"


def test_a_caption_gives_the_sums_of_its_table_their_unit() -> None:
    assert (fact(TABLE, "22,572").value_min, fact(TABLE, "22,572").unit) == (225_720_000, "元")
    assert (fact(TABLE, "593").value_min, fact(TABLE, "593").unit) == (593, "家")


def test_brackets_in_a_table_are_a_sign() -> None:
    assert fact(TABLE, "1,234").value_min == -12_340_000


def test_rows_that_are_no_measures_are_whom_the_figures_are_about() -> None:
    text = "单位：万吨\n\n| 港口 | 2020年 | 2021年 |\n|---|---|---|\n| 东澜港 | 8,420 | 9,036 |\n| 屿山港 | 3,115 | 2,987 |\n"
    found = fact(text, "8,420")
    assert (found.value_min, found.unit, found.subject, found.date_iso) == (84_200_000, "吨", "东澜港", "2020")


# ---- headlines and comparing -------------------------------------------------------------------------------------------------
def test_headlines_state_figures_and_are_marked() -> None:
    text = "会员突破500万\n一、三年开店200家\n去年营收3亿元。\n"
    title, heading = text.index("\n"), text.index("\n去年")
    cleaned = Cleaned(
        (Span(title + 1, len(text)),),
        (Cut(Span(0, title), "title"),),
        (),
        (Heading(Span(title + 1, heading), 1),),
        Metadata(),
    )
    found = {f.text: f for f in find_facts(Doc(Source("s", "", text), cleaned))}
    assert {name: f.headline for name, f in found.items()} == {
        "500万": True,
        "三年": True,
        "200家": True,
        "3亿元": False,
    }
    assert all(f.text == text[f.span.start : f.span.end] for f in found.values())


def by_firm(text: str, source: str) -> list[Fact]:
    return [replace(f, subject="晨光百货", subject_entity="chenguang") for f in find_figures(text, source=source)]


def test_other_names_of_a_measure_are_compared_and_growth_is_no_level() -> None:
    facts = by_firm("2020年营业收入3亿元，同比增长30%。", "a") + by_firm("2020年营收5亿元，毛利率30%。", "b")
    assert [(one.verdict, one.unit) for one in compare_facts(facts)] == [("conflict", "元")]


def test_growth_since_another_time_is_no_contradiction() -> None:
    told = find_figures("盒马2022年营收31亿元，同比增长9%。"), find_figures("盒马2022年营收从2020年的20亿元增长57.5%。")
    both = [replace(f, source=name, subject="盒马") for name, facts in zip("ab", told, strict=True) for f in facts]
    growth = [f for f in both if f.unit == "%"]
    assert len(growth) == 2
    assert all(group.verdict != "conflict" for group in compare_facts(growth))


def test_a_rate_told_by_its_noun_is_counted_again() -> None:
    found = find_figures("门店由100家增至150家，增幅80%。")
    assert [a.reasons for a in compare_facts(replace(f, subject="盒马") for f in found)] == [("sum",)]


def test_growth_is_counted_again_from_its_two_ends() -> None:
    wrong = compare_facts(by_firm("会员从100万人增长到150万人，增长80%。", "a"))
    assert [(one.verdict, one.reasons) for one in wrong] == [("conflict", ("sum",))]
    assert compare_facts(by_firm("会员从100万人增长到150万人，增长50%。", "a")) == []


def test_what_was_missed_is_not_reached() -> None:
    found = fact("会员未达300万。", "300万")
    assert (found.qualifier, found.kind) == ("未达", "size")


def test_what_lies_ahead_of_the_article_is_expected() -> None:
    assert fact("2023年门店500家。", "500家", date="2021-05-03").certainty == "expected"


@pytest.mark.parametrize(
    "text", ["步道长1200米（最初两届为1235米）", "石高增至5万4千石，后来给同族6千石，石高为4万8千石"]
)
def test_a_count_of_one_character_before_is_is_read(text: str) -> None:
    assert len(find_figures(text)) > 1


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("禾朗坊营收和净利润分别为88亿元和7.4亿元。", ["营收", "净利润"]),
        ("禾朗坊的营收、净利润分别增长5%、3%。", ["营收", "净利润"]),
        ("禾朗坊的门店数、会员数和营收依次为300家、200万和5亿元。", ["门店数", "会员数", "营收"]),
        ("禾朗坊2021年、2022年的营收分别为88亿元、90亿元。", ["营收", "营收"]),
        ("禾朗坊的营收和净利润去年增长，门店分别在东区和西区开了3家、5家。", ["门店", "门店"]),
    ],
)
def test_measures_are_given_to_their_figures_in_order(text: str, metrics: list[str]) -> None:
    assert [f.metric for f in find_figures(text) if f.kind != "date"] == metrics
