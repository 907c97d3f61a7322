"""Sentences about firms that nobody knows: systems by their purpose, two firms pointed back to, Taiwan's years, heads with years."""

from __future__ import annotations

import pytest
from tests.small_cases import judge_cvs, judge_figures, judge_relations

FIGURES = [
    (
        "鼎新水泥收购了华岳水泥。前者产能2100万吨,后者产能640万吨。",
        [("2100万吨", {"subject": "鼎新水泥"}), ("640万吨", {"subject": "华岳水泥"})],
    ),
    (
        "恒裕銀行信用卡流通卡數從108年底的212萬張增加到110年底的305萬張。",
        [("212萬張", {"date_iso": "2019"}), ("305萬張", {"date_iso": "2021"})],
    ),
    (
        "单位：万元\n\n公司\t2022年营收\t2023年营收\n云帆软件\t18,600\t26,300\n青鹿科技\t9,450\t8,120",
        [
            ("18,600", {"value_min": 186_000_000, "subject": "云帆软件", "metric": "营收", "date_iso": "2022"}),
            ("8,120", {"value_min": 81_200_000, "subject": "青鹿科技", "metric": "营收", "date_iso": "2023"}),
        ],
    ),
    (
        "截至2022年末,临川农商行各项存款余额612.4亿元,较上年末增长8.7%。",
        [("8.7%", {"subject": "临川农商行", "date_iso": "2022"})],
    ),
    (
        "2023年双十一期间,捷达冷链单日最高处理订单420万单,是平日的3.5倍。",
        [("3.5倍", {"subject": "捷达冷链", "metric": "订单"})],
    ),
    (
        "金穗合作社2021年种植马铃薯1.8万亩,带动农户640户。",
        [("640户", {"subject": "金穗合作社"})],
    ),
    (
        "度电成本每千瓦时0.21元,曜能电力财务总监沈一帆透露,负债率仍有68%。",
        [("68%", {"subject": "曜能电力"})],
    ),
    (
        "Gross margin at Orchid Foods fell to 31.5% in Q3 2022, while Maple Dairy kept 36%.",
        [("31.5%", {"subject": "Orchid Foods", "date_iso": "2022-07"}), ("36%", {"subject": "Maple Dairy"})],
    ),
]

RELATIONS = [
    ("松江第三人民医院引入了卫宁健康的电子病历系统。", ["松江第三人民医院", "uses_tool", "电子病历系统", "asserted"]),
    ("青禾实验学校尚未启用智慧课堂平台。", ["青禾实验学校", "uses_tool", "智慧课堂平台", "negated"]),
    ("由金蝶提供的云星空系统帮助鼎新水泥打通了产供销。", ["鼎新水泥", "uses_tool", "云星空系统", "asserted"]),
    ("Harbor Clinics plans to adopt Microsoft Teams next year.", ["Harbor Clinics", "uses_tool", "Teams", "planned"]),
    ("海順航運與長榮海運結束了為期五年的艙位互換合作。", ["海顺航运", "partner_of", "长荣海运", "negated"]),
    ("曾任美的集团副总裁的顾海涛,现为宏锐精密总经理。", ["顾海涛", "role_at", "美的集团", "negated"]),
    ("松江第三人民医院院长、骨科专家郑怀仁介绍了改革经过。", ["郑怀仁", "role_at", "松江第三人民医院", "asserted"]),
]

TRAPS = [
    ("SAP的ERP系统已在远达重工全面上线。", ["SAP|思爱普", "uses_tool", "ERP|企业资源计划"]),
    ("如果捷达冷链使用飞书,沟通会更快。", ["捷达冷链", "uses_tool", "飞书", "asserted"]),
    ("捷达冷链使用社交平台。", ["捷达冷链", "uses_tool", "社交平台"]),
]


@pytest.mark.parametrize(("text", "wanted"), FIGURES)
def test_figures_of_firms_that_nobody_knows(text: str, wanted: list[tuple[str, dict[str, object]]]) -> None:
    case = {"input": text, "figures": [{"text": figure, **fields} for figure, fields in wanted]}
    assert judge_figures([case])[0].failures == ()


@pytest.mark.parametrize(("text", "wanted"), RELATIONS)
def test_relations_of_firms_that_nobody_knows(text: str, wanted: list[str]) -> None:
    assert judge_relations([{"input": text, "relations": [wanted], "must_not": []}])[0].failures == ()


@pytest.mark.parametrize(("text", "trap"), TRAPS)
def test_what_nobody_says_is_no_relation(text: str, trap: list[str]) -> None:
    assert judge_relations([{"input": text, "relations": [], "must_not": [trap]}])[0].failures == ()


def test_full_names_begin_behind_the_verb_of_a_post() -> None:
    case = {
        "input": "蒋文瑛女士同时兼任南方稀土股份有限公司独立董事,曾任中天会计师事务所合伙人。",
        "people": ["蒋文瑛"],
        "organisations": ["南方稀土股份有限公司", "中天会计师事务所"],
        "posts": [
            ["蒋文瑛", "独立董事", "南方稀土股份有限公司", False],
            ["蒋文瑛", "合伙人", "中天会计师事务所", True],
        ],
    }
    assert judge_cvs([case])[0].failures == ()
