"""Whom a figure is about, by the grammar of its sentence; where that does not tell, nobody. Firms are invented but the tools."""

from __future__ import annotations

import pytest

from casekit.facts import find_figures
from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Cleaned, Doc, Metadata, Source, Span


def subjects(text: str) -> dict[str, str | None]:
    """Each figure's subject, by the lexicon that comes with casekit."""
    doc = Doc(Source("a", "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    return {f.text: f.subject for f in find_figures(text, find_mentions(doc, load_lexicon())) if f.kind != "date"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # tools, channels and sales days are not what a firm's figures are about
        ("夕阳百货接入微信支付后，客单价为120元。", {"120元": "夕阳百货"}),
        ("小红书上的夕阳百货账号有20万粉丝，门店数增至320家。", {"20万": "夕阳百货", "320家": "夕阳百货"}),
        ("抖音直播间里，夕阳百货的单场销售额为500万元。", {"500万元": "夕阳百货"}),
        ("夕阳百货双11销售额为3亿元。", {"3亿元": "夕阳百货"}),
        ("盒马小程序GMV突破8亿元，退货率压到6%以下。", {"8亿元": "盒马", "6%": "盒马"}),
        ("在企业微信的帮助下，禾岫茶集的社群复购率达到38%。", {"38%": "禾岫茶集"}),
        ("夕阳百货上线了小程序。一年之后，复购率达到58%。", {"58%": "夕阳百货"}),
        # kinds of firms are nobody
        ("夕阳百货去年亏损。李明认为，区域乳企的数字化投入要占到营收的2%。", {"2%": None}),
        # those who serve, invest or report
        ("腾讯云为永辉超市搭建的中台上线后，缺货率下降了17%。", {"17%": "永辉"}),
        ("高瓴合伙人表示，盒马的库存周转保持在20天，净现金119亿元。", {"119亿元": "盒马"}),
        # set against somebody, one each, one of two
        ("盒马的生鲜损耗率只有3%，远低于大润发的8%。", {"3%": "盒马", "8%": "大润发"}),
        ("盒马、永辉超市和大润发的毛利率分别为18%、22%和25%。", {"18%": "盒马", "22%": "永辉", "25%": "大润发"}),
        ("盒马与大润发都在南方开店。前者有400家门店，后者的客单价为78元。", {"400家": "盒马", "78元": "大润发"}),
        ("腾讯云协助深圳地铁上线乘车码，日均过闸量超过400万人次。", {"400万人次": None}),
        ("艾瑞数据显示，国内即时零售市场规模约为5000亿元。", {"5000亿元": None}),
        # a part of its doings in a row; by how much it is ahead of somebody
        ("盒马客单价86元，全球市占率1.2%，复购率28%。", {"86元": "盒马", "1.2%": "盒马", "28%": "盒马"}),
        ("盒马的市场份额为22.9%，领先永辉超市6个百分点。", {"22.9%": "盒马", "6个百分点": "盒马"}),
        # words that point back
        ("盒马去年关店60家。该公司同时新开12家仓储店。", {"60家": "盒马", "12家": "盒马"}),
        ("盒马上半年客流回升。其外送业务收入5.8亿元。", {"5.8亿元": "盒马"}),
        # somebody else is spoken of: nobody
        ("盒马的门店很多。消费者的满意度达到92%。", {"92%": None}),
        ("盒马的门店很多。超过一百家使用企业微信的公司实现了增长，复购率为30%。", {"一百家": None, "30%": None}),
        ("盒马也来了。全国便利店门店数达到32万家。", {"32万家": None}),
    ],
)
def test_the_subject_is_whom_the_clause_speaks_of(text: str, expected: dict[str, str | None]) -> None:
    found = subjects(text)
    assert {figure: found[figure] for figure in expected} == expected


def test_nothing_is_carried_into_another_paragraph_but_the_title_and_the_heading() -> None:
    assert subjects("一周观察\n\n盒马去年关店60家。\n\n客单价为78元。")["78元"] is None
    assert subjects("盒马的账本\n\n去年开始改变。\n\n客单价为78元。")["78元"] == "盒马"


def test_a_paragraph_that_opens_with_a_pronoun_goes_on() -> None:
    text = "一周观察\n\n盒马去年关店60家。店长周敏说，生意好了。\n\n她补充说，目标是开到30家。"
    assert subjects(text)["30家"] == "盒马"


def test_both_are_two_firms_and_they_are_nobody_in_particular() -> None:
    assert subjects("盒马与大润发都在南方开店。双方的客单价为78元。")["78元"] == "盒马与大润发"
    assert subjects("盒马在南方开店。它们的客单价为78元。")["78元"] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a word that is no common one, before what firms deal in
        ("岚溪啤酒一晚卖出3.6万箱。", {"3.6万箱": "岚溪啤酒"}),
        ("砚湖博物馆接待观众287万人次，文创收入占到四成。", {"287万人次": "砚湖博物馆", "四成": "砚湖博物馆"}),
        ("在天猫旗舰店，岚溪啤酒的复购率为9%。", {"9%": "岚溪啤酒"}),
        ("岚溪啤酒的市场份额是31%，仅次于曜泉啤酒的36%。", {"31%": "岚溪啤酒", "36%": "曜泉啤酒"}),
        ("岚溪啤酒的增速为9%，高于全省平均水平的5%。", {"9%": "岚溪啤酒", "5%": None}),
        ("《南湖商报》记者从岚溪啤酒获悉，其上半年净利润为2.1亿元。", {"2.1亿元": "岚溪啤酒"}),
        ("岚溪银行（1.9亿）、曜泉银行（1.1亿）位列前两名。", {"1.9亿": "岚溪银行", "1.1亿": "曜泉银行"}),
        # kinds of firms, ordinary nouns and another one's turn
        ("盒马开了新店。经济型酒店的占比为44%。", {"44%": None}),
        ("盒马开了新店。小米空调5月销量为18万台。", {"18万台": None}),
        ("盒马亏掉了144亿，小岚也有20亿。", {"144亿": "盒马", "20亿": None}),
        ("盒马和禾岫茶集的毛利率分别为18%和22%。", {"18%": "盒马", "22%": "禾岫茶集"}),
        ("盒马的营收为20亿元。数据显示，采用会员体系的门店客单价提升40%。", {"40%": None}),
        ("盒马开了新店。由用友承建的系统上线后，库存周转天数由42天降至31天。", {"31天": "盒马"}),
        # since when a tool is in use; what is denied and what is hoped is no name
        ("盒马给系统取名叫快仓，快仓上线后缺货率降了3%。", {"3%": "盒马"}),
        ("北桥不卖咖啡，客单价却有45元。", {"45元": None}),
        ("她希望明年门店达到300家。", {"300家": None}),
        # a firm's brand; what a platform shows; who holds how much; several, and a stranger
        ("盒马旗下火锅品牌椒满堂门店达到260家。", {"260家": "椒满堂"}),
        ("瑞泊汽车旗下的高端品牌衡曜今年交付3.2万辆。", {"3.2万辆": "衡曜"}),
        ("盒马开了新店。大众点评显示，其上海门店客单价30元。", {"30元": "盒马"}),
        ("红杉资本持股10.5%、淡马锡持股8.2%、岚瑞投资持股3%。", {"10.5%": "红杉资本", "8.2%": "淡马锡"}),
        ("盒马持股10%，永辉超市持股8%。按照市值计算，身家超20亿元。", {"20亿元": None}),
        ("盒马开了新店。原材料成本是永辉超市的最大支出，占总成本的77%。", {"77%": None}),
        ("禾岫茶集昨日公布业绩。公司全年营收88亿元。", {"88亿元": "禾岫茶集"}),
        ("云麓医院院长沈砚秋说：“我们的四级手术占比已达38%。”", {"38%": "云麓医院"}),
    ],
)
def test_firms_that_no_list_has_and_those_who_are_none(text: str, expected: dict[str, str | None]) -> None:
    found = subjects(text)
    assert {figure: found[figure] for figure in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marlow Bank's bad-loan ratio fell to 1.9%.", {"1.9%": "Marlow Bank"}),
        ("Costco opened 4 stores. Its sales rose 9%.", {"4 stores": "好市多", "9%": "好市多"}),
        ("Total revenue at Costco rose by 4.9%.", {"4.9%": "好市多"}),
        ("Marlow Air cut costs by 4.5%, but its load factor trails the industry average of 83%.", {"4.5%": "Marlow Air", "83%": None}),
        ("Unlike Marlow Mutual, whose ratio worsened to 104%, Tarn Insurance kept its ratio at 93%.", {"104%": "Marlow Mutual", "93%": "Tarn Insurance"}),
        ('"We grew revenue 18%," said Mei Tan, finance chief of Marlow Seafood.', {"18%": "Marlow Seafood"}),
        ("Costco opened a store. Retailers grew 8.5% in the region.", {"8.5%": None}),
        ("Costco opened a store. Tarn Metrics had estimated a gain of 5.6%.", {"5.6%": None}),
        ("Tarn Logistics expects revenue of $900 million next year.", {"$900 million": "Tarn Logistics"}),
        ("Orla Foods, the Dublin-based snack maker, posted revenue of €88m.", {"€88m": "Orla Foods"}),
        ("Tarn Securities expects revenue of $900 million next year.", {"$900 million": None}),
    ],
)  # fmt: skip
def test_subjects_in_english(text: str, expected: dict[str, str | None]) -> None:
    found = subjects(text)
    assert {figure: found[figure] for figure in expected} == expected
