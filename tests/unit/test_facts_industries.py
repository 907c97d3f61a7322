"""Figures of other industries: whom they are of, what they measure, of what time; expected values read off the sentences."""

from __future__ import annotations

import pytest

from casekit.clean import clean_text
from casekit.facts import find_facts
from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Doc, Fact, Source

LEXICON = load_lexicon()


def facts(text: str) -> dict[str, Fact]:
    whole = f"以下内容是课堂讨论用的读书笔记。\n\n{text}\n"
    cleaned = clean_text(whole)
    doc = Doc(Source("a", "0" * 64, whole, cleaned.metadata), cleaned)
    return {fact.text: fact for fact in find_facts(doc, find_mentions(doc, LEXICON))}


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        # whom a figure describes stands behind it
        ("原本打算裁员8000人的岚溪银行最终只裁了3500人。", "8000人", "岚溪银行"),
        ("原本打算裁员8000人的岚溪银行最终只裁了3500人。", "3500人", "岚溪银行"),
        # what another firm made together with it is neither one's
        ("岚溪汽车与华为合作的问界M9累计交付15万辆。", "15万辆", None),
        # a technology that anybody uses is part of what the firm has
        ("中国移动5G套餐客户净增1.79亿户。", "1.79亿户", "中国移动"),
        # the same one's at another time
        ("岚溪银行净息差为1.9%，略高于上季的1.8%。", "1.8%", "岚溪银行"),
        # the bank, not its service
        ("岚溪银行手机银行月活用户达1120万户。", "1120万户", "岚溪银行"),
        # 新工厂 and 封测厂 are nobody's names
        ("岚溪光伏董事长周晏清说，新工厂用工从1200人减到430人。", "430人", None),
        # who tells it is not whom it is about
        ("《南湖日报》称，去年关闭了26家门店。", "26家", None),
    ],
)
def test_whom_a_figure_is_of(text: str, figure: str, subject: str | None) -> None:
    assert facts(text)[figure].subject == subject


@pytest.mark.parametrize(
    ("text", "figure", "metric"),
    [
        ("中国平安代理人数量由140万人缩减到36万人。", "36万人", "代理人数量"),
        ("岚溪银行客户数达5.16亿户位列第二名。", "5.16亿户", "客户数"),
        ("岚溪酒店在营酒店9394家。", "9394家", "在营酒店"),
        ("加盟店平均回本周期约18个月。", "18个月", "加盟店平均回本周期"),
        ("客户投诉48小时办结率达到99%。", "99%", "办结率"),
        ("岚溪光伏将硅片厚度从150微米减薄至130微米。", "130微米", "硅片厚度"),
        ("岚溪银行不良率2.45%，比招商银行高0.7个百分点。", "0.7个百分点", "不良率"),
        ("Maersk's ocean revenue fell 48% in 2023.", "48%", "ocean revenue"),
        ("| 单位:亿元 | 2022年 | 2023年 |\n|---|---|---|\n| 格力研发投入 | 31.9 | 37.8 |", "37.8", "研发投入"),
    ],
)
def test_what_a_figure_measures(text: str, figure: str, metric: str) -> None:
    assert facts(text)[figure].metric == metric


def test_a_time_that_figures_are_measured_by_is_not_theirs() -> None:
    found = facts("携程机票预订量恢复到2019年同期的八成，自助解决率75%。")
    assert found["八成"].date_iso is None
    assert found["75%"].date_iso is None


def test_a_text_without_a_dateline_has_no_present_but_by_an_event_whose_day_is_known() -> None:
    years = "岚溪银行2016年成立，2018年上市，2021年扩张。" * 80
    assert facts(years + "去年营收为3亿元。")["3亿元"].date_iso is None
    event = "去年2月17日，东数西算工程启动。岚溪数据今年的营收为3亿元。"
    assert facts(event)["3亿元"].date_iso == "2023"
    other_day = "去年3月17日，东数西算工程启动。岚溪数据今年的营收为3亿元。"
    assert facts(other_day)["3亿元"].date_iso is None


@pytest.mark.parametrize(
    ("text", "figure", "kind"),
    [
        ("该行未能完成15%的净利增长指标。", "15%", "target"),
        ("岚溪建筑新签合同额完成年度目标的102%。", "102%", "achieved"),
        ("调研显示，七成受访者计划增加投入。", "七成", "survey"),
        ("明年行业增速将回落至5%左右。", "5%", "estimate"),
        ("岚溪教育出国考试准备业务增长2%。", "2%", "achieved"),
    ],
)
def test_what_sort_of_statement_a_figure_is(text: str, figure: str, kind: str) -> None:
    assert facts(text)[figure].kind == kind
