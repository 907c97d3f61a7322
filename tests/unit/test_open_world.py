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
    # names of which nothing but the grammar around them tells: a brand's last character, one of its shops, a word for others
    ("引入无人叉车后，迅捷达的单票分拣成本降至0.29元。", [("0.29元", {"subject": "迅捷达", "metric": "分拣成本"})]),
    ("靠着外卖平台，嗨茶手记一家店一天能卖300杯。", [("300杯", {"subject": "嗨茶手记"})]),
    ("青禾乳业的毛利率为34%，高于同行朔野乳业的29%。", [("29%", {"subject": "朔野乳业", "metric": "毛利率"})]),
    (
        "手工具厂巨冈工业去年营收18亿3,000万元。",
        [("18亿3,000万元", {"subject": "巨冈工业", "value_min": 1_830_000_000})],
    ),
    # what the sentence said at its head, or by two measures before
    ("论储能装机量，屹能股份以2.4吉瓦时居第二。", [("2.4吉瓦时", {"subject": "屹能股份", "metric": "装机量"})]),
    (
        "江海银行不良贷款率为1.12%，拨备覆盖率达到386%，分别较年初下降0.05个百分点和上升12个百分点。",
        [("0.05个百分点", {"metric": "不良贷款率"}), ("12个百分点", {"metric": "拨备覆盖率"})],
    ),
    ("云帆软件服务的客户中，年费在百万元以上的有63家。", [("63家", {"metric": "客户", "subject": "云帆软件"})]),
    ("晶岚能源把度电成本压到0.21元，比三年前低了近四分之一。", [("四分之一", {"metric": "度电成本"})]),
    # a sum that is paid, a verb that says what money it is, and who speaks behind the quotation
    ("嘉禾乳业以5.8亿元收购了青原牧场。", [("5.8亿元", {"subject": "嘉禾乳业", "metric": "收购"})]),
    ("“我们去年亏了三千多万。”棠溪烘焙创始人林见鹿说。", [("三千多万", {"subject": "棠溪烘焙", "unit": "元"})]),
    # still to come
    ("凌川精工第三座工厂达产后年产能为40万台。", [("40万台", {"metric": "产能", "certainty": "expected"})]),
    (
        "江畔数控提出，到2035年把海外收入占比提到40%，而眼下这个比例是17%。",
        [
            ("40%", {"kind": "target"}),
            ("17%", {"metric": "海外收入占比", "certainty": "stated", "subject": "江畔数控"}),
        ],
    ),
    ("| 厂区 | 112年 | 113年 |\n|---|---|---|\n| 桃园厂 | 82% | 88% |", [("88%", {"date_iso": "2024"})]),
    # characters that stand in names more than in words, and what the firm deals in
    ("锦瑟旗袍用了十七年把年销售做到2.6亿元。", [("2.6亿元", {"subject": "锦瑟旗袍", "metric": "销售"})]),
    ("凛川滑雪场上一雪季入园23.4万人次。", [("23.4万人次", {"subject": "凛川滑雪场", "metric": "入园"})]),
    # years and figures side by side; no 年减 in 2023年减亏
    (
        "颐禾生物2021年至2023年的研发投入分别为0.8亿元、1.1亿元和1.4亿元。",
        [("0.8亿元", {"date_iso": "2021"}), ("1.1亿元", {"date_iso": "2022"}), ("1.4亿元", {"date_iso": "2023"})],
    ),
    ("沐野露营2022年亏损1800万元，2023年减亏至600万元。", [("600万元", {"date_iso": "2023", "metric": "亏损"})]),
    (
        "表1 望舒影院分季度票房\n\n季度\t票房（万元）\t场次\n一季度\t1,260\t3,410\n二季度\t980\t3,260",
        [("1,260", {"subject": "望舒影院", "unit": "元"}), ("3,260", {"subject": "望舒影院", "unit": "None|场"})],
    ),
    ("项目总投资2.6亿元，由凤鸣水务出资60%。", [("60%", {"subject": "凤鸣水务"})]),
    ("国内露营装备市场去年约为290亿元。", [("290亿元", {"metric": "市场", "subject": "NONE"})]),
    ("云杉幼儿园学费每月2680元，比同区平均水平高出15%。", [("15%", {"metric": "学费"})]),
    ("永盛纸器第二季毛利率28.6%，季增1.2个百分点。", [("1.2个百分点", {"subject": "永盛", "metric": "毛利率"})]),
    ("绒果童装卖了2.3万套。", [("2.3万套", {"subject": "绒果童装", "metric": "卖"})]),
    (
        "| （万元） | 直营店 | 加盟店 |\n|---|---|---|\n| 单店投资 | 120 | 65 |\n| 年营业额 | 480 | 260 |",
        [("120", {"value_min": 1_200_000, "metric": "投资"}), ("260", {"value_min": 2_600_000, "metric": "营业额"})],
    ),
    # English
    (
        "About 60% of Linden Housing's tenants pay by app.",
        [("60%", {"subject": "Linden Housing", "metric": "tenants"})],
    ),
    (
        "Harrow Vale Ceramics said its scrap rate fell from 6.8% in 2019 to 4.1% in 2022.",
        [("6.8%", {"subject": "Harrow Vale", "date_iso": "2019"}), ("4.1%", {"date_iso": "2022"})],
    ),
    (
        "The new app has brought Kettle Lane Bakery 85,000 members.",
        [("85,000", {"subject": "Kettle Lane", "unit": "人"})],
    ),
    ("Solvane missed its 2022 goal of 300 stations.", [("300", {"subject": "Solvane", "date_iso": "2022"})]),
    (
        "Margins at Brightmoor Foods and Alder Mills came to 31% and 27% respectively.",
        [("31%", {"subject": "Brightmoor"}), ("27%", {"subject": "Alder Mills"})],
    ),
]
# where nobody's name stands, nobody is named
NOBODY = [
    ("冷萃液的毛利在55%上下。", "55%"),
    ("传统瓶装葡萄酒贸易中约40%的运输成本来自玻璃瓶。", "40%"),
    ("林见鹿创办了棠溪烘焙。林见鹿每天六点起床。覆盖1000多个城市。", "1000多个"),
    ("私域用户的复购率达到38%。", "38%"),
    ("听一位离职店长说，一家店一天也就卖五十杯。", "五十杯"),
    ("县城的一家店去年卖出3000件羽绒服。", "3000件"),
    ("做康复机器人的公司去年融资3亿元。", "3亿元"),
    ("新产线的良率升到98%。", "98%"),
    ("Management cut its forecast to 5% growth.", "5%"),
    ("Analysts at Corvel Securities expect growth of 4% next year.", "4%"),
]

RELATIONS = [
    ("松江第三人民医院引入了卫宁健康的电子病历系统。", ["松江第三人民医院", "uses_tool", "电子病历系统", "asserted"]),
    ("青禾实验学校尚未启用智慧课堂平台。", ["青禾实验学校", "uses_tool", "智慧课堂平台", "negated"]),
    ("由金蝶提供的云星空系统帮助鼎新水泥打通了产供销。", ["鼎新水泥", "uses_tool", "云星空系统", "asserted"]),
    ("Harbor Clinics plans to adopt Microsoft Teams next year.", ["Harbor Clinics", "uses_tool", "Teams", "planned"]),
    ("海順航運與長榮海運結束了為期五年的艙位互換合作。", ["海顺航运", "partner_of", "长荣海运", "negated"]),
    ("曾任美的集团副总裁的顾海涛,现为宏锐精密总经理。", ["顾海涛", "role_at", "美的集团", "negated"]),
    ("听松书局把库存管理搬到了有赞上。", ["听松书局", "uses_tool", "有赞", "asserted"]),
    ("禾记面馆创始人秦牧野把首席执行官的位子交给了贺兰舟。", ["贺兰舟", "role_at", "禾记面馆", "asserted"]),
    ("吴岱山自2019年起担任全安人寿首席风险官，2023年因个人原因辞任。", ["吴岱山", "role_at", "全安人寿", "negated"]),
    ("苏若溪，女，曾任瑞禾地产财务总监，现任恒岳精机独立董事。", ["苏若溪", "role_at", "恒岳精机", "asserted"]),
    ("晶岚能源技术总监兼研究院院长谢临风昨日表示，新电池已送样。", ["谢临风", "role_at", "晶岚能源", "asserted"]),
    ("砚池书店始终没有使用Salesforce。", ["砚池书店", "uses_tool", "Salesforce", "negated"]),
    ("骊城热力对SAP的使用始于去年。", ["骊城热力", "uses_tool", "SAP", "asserted"]),
    ("企业微信被枞岭农商行的客户经理们当作回访工具。", ["枞岭农商行", "uses_tool", "企业微信", "asserted"]),
    ("凌川精工的排产系统由睿工软件开发。", ["凌川精工", "uses_tool", "排产系统", "asserted"]),
    ("晶岚能源的股东中有宁德时代。", ["晶岚能源", "invested_by", "宁德时代", "asserted"]),
    ("做康复机器人的迈可步获得了临川创投的B轮投资。", ["迈可步", "invested_by", "临川创投", "asserted"]),
    ("韶光汽配与德国的贝伦公司合资成立了韶贝制动。", ["韶贝制动", "invested_by", "韶光汽配", "asserted"]),
    ("禾记面馆旗下拥有小禾茶饮和禾食堂两个品牌。", ["禾记面馆", "has_part", "禾食堂", "asserted"]),
    ("Tessel Robotics runs its plants on SAP and does not use Oracle.", ["Tessel", "uses_tool", "甲骨文", "negated"]),
    ("Aldous Rentals ended its partnership with JD.com.", ["Aldous", "partner_of", "京东", "negated"]),
    ("松江第三人民医院院长、骨科专家郑怀仁介绍了改革经过。", ["郑怀仁", "role_at", "松江第三人民医院", "asserted"]),
]

TRAPS = [
    ("SAP的ERP系统已在远达重工全面上线。", ["SAP|思爱普", "uses_tool", "ERP|企业资源计划"]),
    ("如果捷达冷链使用飞书,沟通会更快。", ["捷达冷链", "uses_tool", "飞书", "asserted"]),
    ("不同于用钉钉管考勤的邻厂，嘉利玩具选了企业微信。", ["嘉利玩具", "uses_tool", "钉钉"]),
    ("分析师建议嘉禾乳业采用钉钉，但公司没有采纳。", ["嘉禾乳业", "uses_tool", "钉钉", "asserted"]),
    ("前鸿岭证券副总经理尤世杰如今赋闲在家。", ["尤世杰", "role_at", "鸿岭证券", "asserted"]),
    (
        "Had Dunmore Clinics bought Salesforce, costs would have halved.",
        ["Dunmore", "uses_tool", "Salesforce", "asserted"],
    ),
    ("捷达冷链使用社交平台。", ["捷达冷链", "uses_tool", "社交平台"]),
]


@pytest.mark.parametrize(("text", "wanted"), FIGURES)
def test_figures_of_firms_that_nobody_knows(text: str, wanted: list[tuple[str, dict[str, object]]]) -> None:
    case = {"input": text, "figures": [{"text": figure, **fields} for figure, fields in wanted]}
    assert judge_figures([case])[0].failures == ()


@pytest.mark.parametrize(("text", "figure"), NOBODY)
def test_a_figure_of_nobody_who_is_named_is_nobodys(text: str, figure: str) -> None:
    case = {"input": text, "figures": [{"text": figure, "subject": "NONE"}]}
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
