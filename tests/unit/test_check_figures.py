"""Figures of drafts against the figures of an invented article; expected verdicts are read off its sentences."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sampled import few
from tests.unit.check_samples import doc_of, figures_in, shelf

from casekit.check import Checker, CorpusSource, MemoryCorpus, text_draft
from casekit.check.statements import metric_likeness, qualified, same_unit, same_value
from casekit.facts import find_figures
from casekit.types import Doc

LEDGER = """河川百货的账本
2020年，河川百货的会员超过450万人，会员复购率达到38%，小程序销售额占比为12.5%。
目前，河川百货在九座城市拥有126家门店，平均客单价约240元。
河川百货预计明年营收突破36亿元，计划三年内新开80家门店。
据说星野商贸的冷链仓库投资了2.4亿元。
星野商贸去年的草莓损耗率下降了6个百分点。
秋实集团的线上订单同比增长47%，配送时间缩短到29分钟。
"""
BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(MemoryCorpus([doc_of("ledger", LEDGER, title="河川百货的账本")]))


@pytest.mark.parametrize(
    ("text", "figure", "status"),
    [
        # the same figure, in either script and in other words
        ("河川百货的会员超过450万人。", "450万人", "ok"),
        ("河川百貨的會員超過450萬人。", "450萬人", "ok"),
        ("河川百货会员复购率为38%。", "38%", "ok"),
        ("秋实集团线上订单同比增长47%。", "47%", "ok"),
        ("河川百货平均客单价约240元。", "240元", "ok"),
        # another value
        ("河川百货的会员超过540万人。", "540万人", "altered"),
        ("河川百货有162家门店。", "162家", "altered"),
        ("河川百货小程序销售额占比为1.25%。", "1.25%", "altered"),
        ("秋实集团配送时间缩短到39分钟。", "39分钟", "altered"),
        ("据说星野商贸的冷链仓库投资了4.2亿元。", "4.2亿元", "altered"),
        # the qualifier dropped or turned round
        ("河川百货的会员有450万人。", "450万人", "altered"),
        ("河川百货的会员接近450万人。", "450万人", "altered"),
        ("河川百货平均客单价240元。", "240元", "altered"),
        # another unit, another subject
        ("星野商贸的草莓损耗率下降了6%。", "6%", "altered"),
        ("秋实集团有126家门店。", "126家", "other-subject"),
        # an estimate, a target, a rumour told as facts; and told as what they are
        ("河川百货营收突破36亿元。", "36亿元", "kind-changed"),
        ("河川百货三年内新开了80家门店。", "80家", "kind-changed"),
        ("星野商贸的冷链仓库投资了2.4亿元。", "2.4亿元", "kind-changed"),
        ("河川百货明年营收将突破36亿元。", "36亿元", "ok"),
        ("河川百货计划三年内新开80家门店。", "80家", "ok"),
        ("有消息说，星野商贸的冷链仓库投资了2.4亿元。", "2.4亿元", "ok"),
        # the writer's own
        ("白鹿书店的会员有12万人。", "12万人", "unmatched"),
        ("我们访谈了31位店长。", "31位", "unmatched"),
        ("河川百货2019年的会员为300万人。", "300万人", "unproven"),  # another year
    ],
)
def test_figures_are_compared_with_those_of_the_same_subject_and_measure(
    checker: Checker, text: str, figure: str, status: str
) -> None:
    found = {f.text: f for f in figures_in(checker, text)}
    assert figure in found
    assert found[figure].status == status, found[figure].message
    assert found[figure].wrong == (status not in ("ok", "unmatched", "unproven"))


def test_a_finding_points_at_the_figure_in_the_source(checker: Checker) -> None:
    (finding,) = figures_in(checker, "河川百货有162家门店。")
    assert finding.source == "ledger"
    assert LEDGER[finding.source_start : finding.source_end] == "126家"
    assert finding.difference is not None
    assert "126家" in finding.difference


def test_the_article_itself_raises_no_alarm(checker: Checker) -> None:
    assert [f for f in figures_in(checker, LEDGER) if f.wrong] == []


def test_figures_inside_quotations_are_left_to_these(checker: Checker) -> None:
    findings = checker.check(text_draft("账本里写着：“目前，河川百货在九座城市拥有127家门店，平均客单价约240元。”"))
    assert [(f.kind, f.status) for f in findings] == [("quote", "altered")]


def test_figures_of_other_firms_raise_no_alarm(checker: Checker) -> None:
    own = "白鹿书店去年营收1200万元，会员复购率41%，开了三家门店。松林超市的线上订单同比增长52%。问卷回收率为87%。"
    assert {f.status for f in figures_in(checker, own)} == {"unmatched"}


@pytest.mark.slow
@pytest.mark.skipif(not (BENCH / "cmrc.jsonl").exists(), reason="../shared/bench is not here")
def test_unrelated_articles_raise_hardly_any_alarm() -> None:
    # Encyclopaedia articles against other ones: whatever is called wrong is a false alarm, but for a few that tell the
    # same kind of thing in the same words about things they do not name (descriptions of fishes).
    told = [json.loads(line) for line in (BENCH / "cmrc.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in told if row["kind"] == "doc"]

    def docs(chosen: slice) -> list[Doc]:
        return [doc_of(row["id"], row["text"], title=row["title"]) for row in rows[chosen]]

    checker = Checker(MemoryCorpus(docs(slice(None, None, few(36, 6)))))
    findings = [f for doc in docs(slice(1, None, few(48, 16))) for f in figures_in(checker, doc.text)]
    assert len(findings) > few(50, 100)
    assert sum(f.wrong for f in findings) <= round(len(findings) / 100)


def test_invented_shelf_and_its_own_figures() -> None:
    checker = Checker(shelf())
    (right,) = [f for f in figures_in(checker, "河川百货在九座城市开了120家店。") if f.text == "120家"]
    (wrong,) = [f for f in figures_in(checker, "河川百货的线上订单增长了5.3倍。") if f.text == "5.3倍"]
    assert (right.status, wrong.status) == ("ok", "altered")


# ---- the parts ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("超过400家店", "more"),
        ("400多家店", "more"),
        ("近400家店", "near"),
        ("约400家店", "about"),
        ("不到400家店", "most"),
        ("有400家店", ""),
    ],
)
def test_qualifiers_have_few_meanings(text: str, kind: str) -> None:
    (fact,) = find_figures(f"公司开了{text}。")
    assert qualified(fact) == kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("450万人", "4500000人", True),
        ("30%", "三成", True),
        ("3.5倍", "35倍", False),
        ("40家", "40多家", True),
        ("30%-40%", "30%-50%", False),
    ],
)
def test_values_are_compared_not_their_spelling(one: str, other: str, same: bool) -> None:
    a, b = (find_figures(f"公司增长了{text}。")[0] for text in (one, other))
    assert same_value(a, b) is same


def test_metrics_and_units() -> None:
    assert metric_likeness("会员复购率", "复购率") == 0.8
    assert metric_likeness("会员", "会员数") == 1.0
    assert metric_likeness("门店", "会员") == 0.0
    assert metric_likeness(None, "会员") == 0.0
    assert same_unit("家", "个")
    assert not same_unit("家", "人")


# ---- figures inside quotations -----------------------------------------------------------------------------------------
RETAIL = (
    """两家超市的账
去年步步高的线上订单增长了三成，退货率升到两成，利润几乎没有变化。
员工说，门店一天要盘两次货，夜里还要补一次。仓库的灯总是最后才关。
"""
    + "街上的人来来往往，谁也没有注意到橱窗里换了新的价签。" * 20
    + """
沃尔玛在九座城市试过扫码购，排队的时间缩短了四成，但只有年轻人喜欢。"""
)


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("大润发的“线上订单增长了三成”。", True),
        ("大润发“退货率升到两成，利润几乎没有变化”，并不意外。", True),
        ("沃尔玛在这一年“线上订单增长了三成”。", True),
        ("步步高的“线上订单增长了三成”。", False),
        ("“线上订单增长了三成”，这是步步高的成绩。", False),
        ("沃尔玛“排队的时间缩短了四成，但只有年轻人喜欢”。", False),
        ("大润发的店长说：“线上订单增长了三成。”", False),  # a speaker; whom he speaks of is another question
        ("大润发想知道，为什么别家“线上订单增长了三成”。", False),
        ("与大润发相比，它“线上订单增长了三成”。", False),
        ("去年，它“线上订单增长了三成”，大润发没有。", False),
        ("大润发的年报里有“线上订单增长了三成”一句。", False),
    ],
)
def test_a_quoted_figure_told_of_another_company_is_reported(draft: str, told: bool) -> None:
    checker = Checker(MemoryCorpus([doc_of("retail", RETAIL, title="两家超市的账")]))
    found = checker.check(text_draft(draft))
    assert not [f for f in found if f.kind == "quote" and f.status == "altered"]
    wrong = [f for f in found if f.kind == "figure" and f.wrong]
    assert bool(wrong) is told
    for finding in wrong:
        assert draft[finding.start : finding.end] == finding.text
        assert "步步高" in finding.message


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("沃尔玛扫码购用户达到620万人。", "ok"),
        ("沃尔玛扫码购用户达到930万人。", "altered"),
        ("沃尔玛的扫码购已有930万用户。", "altered"),
        ("永辉超市的扫码购用户达到930万人。", "unproven"),  # the article speaks of another firm's
        ("永辉超市和扫码购用户达到930万人。", "unmatched"),
    ],
)
def test_an_article_on_a_firm_need_not_say_whose_tool_it_speaks_of(draft: str, status: str) -> None:
    told = "到年底，扫码购用户达到620万人，排队的人少了。"
    checker = Checker(MemoryCorpus([doc_of("year", told, title="沃尔玛在门店里的一年")]))
    assert [f.status for f in checker.check(text_draft(draft)) if f.kind == "figure"] == [status]


# ---- what a figure is told as ------------------------------------------------------------------------------------------
YEARS = """青榆书店的十年
青榆书店2019年的销售额为10亿元，2020年的销售额为12亿元。
青榆书店2019年关闭了15家门店，2020年新开了31家门店。
青榆书店2020年的会员数比上年增长35%，客单价下降8%。
青榆书店把送货准时率提高到了64%。
读者的到店次数最高可以提升27%。
青榆书店线上渠道占比仅为3.2%。
文具的销售占18%，图书的销售占71%。
"""


@pytest.fixture(scope="module")
def years() -> Checker:
    return Checker(MemoryCorpus([doc_of("years", YEARS, title="青榆书店的十年")]))


@pytest.mark.parametrize(
    ("text", "figure", "status"),
    [
        ("青榆书店2020年的销售额为12亿元。", "12亿元", "ok"),
        ("青榆书店2019年的销售额为12亿元。", "12亿元", "other-period"),
        ("青榆书店2019年的销售额为14亿元。", "14亿元", "altered"),
        ("青榆书店2020年关闭了31家门店。", "31家", "direction"),
        ("青榆书店2020年的会员数下降35%。", "35%", "direction"),
        ("青榆书店的送货准时率提高到64%。", "64%", "ok"),
        ("青榆书店的送货准时率提高了64%。", "64%", "kind-changed"),
        ("读者的到店次数提升了27%。", "27%", "kind-changed"),
        ("青榆书店线上渠道占比高达3.2%。", "3.2%", "altered"),
        ("沐岭书店的送货准时率提高到64%。", "64%", "other-subject"),
    ],
)
def test_time_direction_level_and_tone_must_agree(years: Checker, text: str, figure: str, status: str) -> None:
    (found,) = [f for f in figures_in(years, text) if f.text == figure]
    assert found.status == status, found.message


def test_a_figure_of_the_same_sentence_is_not_confirmed_for_another_measure(years: Checker) -> None:
    found = [f for f in figures_in(years, "青榆书店图书的销售占18%。") if f.text == "18%"]
    assert [f.status for f in found] != ["ok"]


def test_a_finding_holds_every_field_compared_and_both_sentences(years: Checker) -> None:
    (found,) = [f for f in figures_in(years, "青榆书店2019年的销售额为12亿元。") if f.text == "12亿元"]
    verdicts = {c.field: c.verdict for c in found.compared}
    assert verdicts["value"] == verdicts["subject"] == verdicts["measure"] == "same"
    assert verdicts["period"] == "differs"
    assert found.sentence == "青榆书店2019年的销售额为12亿元。"
    assert found.source_sentence == "青榆书店2019年的销售额为10亿元，2020年的销售额为12亿元。"


def test_what_is_not_verified_lists_what_the_corpus_says_of_the_subject(checker: Checker) -> None:
    (found,) = figures_in(checker, "秋实集团投入了700万元。")
    assert found.status == "unproven"
    assert "47%" in found.message
    assert "29分钟" in found.message
    assert "作者自己" not in found.message


def test_what_only_a_retelling_says_is_not_confirmed() -> None:
    class Retold(MemoryCorpus):
        def sources(self) -> list[CorpusSource]:
            return [replace(source, retelling=True) for source in super().sources()]

    (found,) = [
        f
        for f in figures_in(Checker(Retold([doc_of("years", YEARS)])), "青榆书店2020年的销售额为12亿元。")
        if f.text == "12亿元"
    ]
    assert found.status == "unproven"
    assert "转述" in found.message


def test_a_year_that_only_dates_a_figure_is_judged_with_it(years: Checker) -> None:
    found = figures_in(years, "青榆书店2019年的销售额为12亿元。")
    assert [(f.text, f.status) for f in found] == [("12亿元", "other-period")]


def test_what_follows_a_quotation_is_nobody() -> None:
    # 的模 goes on now so, now so in the corpus, as a name would; behind a closing mark it heads no clause
    text = (
        "江边的小店\n青禾超市今年有46家门店跑通了“两张桌子”模式。\n旧店的模样变了，新店的模式没变，别家的模具也还在。\n"
    )
    checker = Checker(MemoryCorpus([doc_of("shops", text, title="江边的小店")]))
    (found,) = [f for f in figures_in(checker, "青禾超市今年有46家门店跑通了“两张桌子”的模式。") if f.text == "46家"]
    assert found.status in ("ok", "unproven")


TAIWAN = "矽澄科技公布第三季財報，合併營收新台幣187.6億元，季減4.2%、年增12.9%，毛利率站上四成。"
ENGLISH = "Beacon Mutual's combined ratio worsened to 104% last year, while Thornbury Insurance kept its own at 93%."


@pytest.mark.parametrize(
    ("source", "draft", "figure", "status"),
    [
        # a firm whose name has a word that the mainland writes otherwise, in either script
        (TAIWAN, "矽澄科技第三季合併營收新台幣178.6億元。", "新台幣178.6億元", "altered"),
        (TAIWAN, "矽澄科技第三季合併營收新台幣187.6億元。", "新台幣187.6億元", "ok"),
        # compared with another time
        (TAIWAN, "矽澄科技合併營收季增12.9%。", "12.9%", "other-period"),
        # the sentence gives the draft's subject a figure of its own
        (ENGLISH, "Thornbury Insurance's combined ratio worsened to 104%.", "104%", "other-subject"),
        (ENGLISH, "Beacon Mutual's combined ratio worsened to 104%.", "104%", "ok"),
        # another rate of the field
        ("澄江银行拨备覆盖率升至312.5%。", "澄江银行资本充足率升至312.5%。", "312.5%", "other-measure"),
        # what holds of many, or is anybody's
        ("松林县是34个旱作县之一，实际种植三种谷物。", "白鹿县是34个旱作县之一，实际种植七种豆类。", "34个", None),
    ],
)
def test_whose_of_what_and_beside_which_time(source: str, draft: str, figure: str, status: str | None) -> None:
    checker = Checker(MemoryCorpus([doc_of("note", f"记录一则\n{source}", title="记录一则")]))
    (found,) = [f for f in figures_in(checker, draft) if f.text == figure]
    assert found.status == status if status else not found.wrong, found.message


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("他后来离开了沃尔玛，有58家门店。", "unmatched"),
        ("其中沃尔玛最快，有58家门店。", "altered"),
        ("去年沃尔玛扩张很快，有58家门店。", "altered"),
    ],
)
def test_who_is_only_named_in_an_earlier_clause_of_somebody_else_owns_no_figure(draft: str, status: str) -> None:
    checker = Checker(MemoryCorpus([doc_of("shops", "沃尔玛有126家门店。", title="门店")]))
    assert [f.status for f in figures_in(checker, draft)] == [status]


MOORING = """泊岸连锁的一年
泊岸连锁目前的日活超过630万。泊岸连锁的云仓小程序启用以后，35%的订单来自夜间。
2018年，泊岸连锁开启了会员体系改造计划。泊岸连锁的巡店工具覆盖率仅为13.4%。
据说泊岸连锁的店长最高可以拿到45%的提成。泊岸连锁把预测精准度提高到了47%。
"""


@pytest.fixture(scope="module")
def mooring() -> Checker:
    return Checker(MemoryCorpus([doc_of("mooring", MOORING, title="泊岸连锁的一年")]))


@pytest.mark.parametrize(
    ("text", "figure", "statuses"),
    [
        ("泊岸连锁目前的日活超过630万。", "630万", {"ok"}),
        # another kind of thing than the source counts; the wider word may be meant
        ("泊岸连锁目前的月活超过630万。", "630万", {"other-measure"}),
        ("泊岸连锁目前的门店超过630万。", "630万", {"other-measure"}),
        ("泊岸连锁目前的用户超过630万。", "630万", {"unproven", "ok"}),
        # words that say the same show what is meant, and do not confirm it
        ("泊岸连锁2017年启动会员体系改造计划。", "2017年", {"altered"}),
        ("泊岸连锁把预测准确度提高到了67%。", "67%", {"altered"}),
        ("泊岸连锁把预测准确度提高到了47%。", "47%", {"ok", "unproven"}),
        ("泊岸连锁把预测准确度升到了47%。", "47%", {"ok", "unproven"}),
        ("泊岸连锁把预测周转率提高到了47%。", "47%", {"other-measure"}),
        # bounds some way before the figure
        ("据说泊岸连锁的店长最高拿到45%的提成。", "45%", {"ok"}),
        ("据说泊岸连锁的店长至少拿到45%的提成。", "45%", {"altered"}),
        ("泊岸连锁的巡店工具覆盖率超过13.4%。", "13.4%", {"altered"}),
    ],
)
def test_another_kind_of_thing_another_bound_and_other_words(
    mooring: Checker, text: str, figure: str, statuses: set[str]
) -> None:
    assert {f.status for f in figures_in(mooring, text) if f.text == figure} <= statuses
    assert any(f.text == figure for f in figures_in(mooring, text))


def test_a_doubled_figure_is_no_sum_of_the_figure_itself() -> None:
    checker = Checker(
        MemoryCorpus([doc_of("a", "林下茶行2019年的存量会员里有超1000万人实现了数字化。", title="林下茶行的会员")])
    )
    (found,) = figures_in(checker, "林下茶行有超2000万存量会员实现数字化。")
    assert found.status == "altered"


def test_another_ordinal_confirms_no_date() -> None:
    checker = Checker(
        MemoryCorpus([doc_of("a", "沧浪重工2012年交付第一台起重机，2021年交付第九台。", title="沧浪重工")])
    )
    dates = [f for f in figures_in(checker, "沧浪重工2021年交付第一台起重机。") if f.text == "2021年"]
    assert all(f.status != "ok" for f in dates)


OTHERWISE = """澄湖优选的一年
过去一年，澄湖优选的小程序累计服务了2亿人。如今澄湖优选自助收银的用户已经达到2000万。
澄湖优选小程序的交易额同比增长115%。澄湖优选全国280家门店直接切换到新版本。
澄湖优选2017年大刀阔斧地开启了配送转型战略。2019年澄湖优选的交易额首次突破8000亿元。
平均每月110场培训，是澄湖优选给店长定下的量。烘焙业线下的裱花师群体有800万人。
澄湖优选做预测的准确率在40%到50%之间。
"""


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # a count of people told as one of visits, of versions, of shops
        ("澄湖优选的小程序一年累计服务了2亿次。", "altered"),
        ("澄湖优选自助收银推出了2000万次更新迭代。", "other-measure"),
        ("烘焙业线下的裱花店有800万家。", "altered"),
        # what it is now, told of what was added; another extent
        ("澄湖优选小程序的交易额只有上年同期的115%。", "kind-changed"),
        ("澄湖优选全球280家门店直接切换到新版本。", "other-measure"),
        # another year, though that year stands in another sentence of the same firm
        ("澄湖优选2019年启动配送转型战略。", "altered"),
        ("2019年，澄湖优选启动了配送转型战略。", "altered"),
        # money for people; when it is open for when it is closed
        ("澄湖优选自助收银的用户达到2000万元。", "altered"),
        # true, in other words
        ("澄湖优选交易额冲过了8000亿元。", None),
        ("澄湖优选每个月平均有110场培训。", None),
        ("澄湖优选预测的准确率在四成到五成之间。", "ok"),
        ("烘焙业的裱花师群体有800万人，这是不完全统计。", None),
        ("澄湖优选自助收银的用户规模达到2000万。", None),
    ],
)
def test_another_count_of_the_same_number_another_extent_and_true_twins(text: str, status: str | None) -> None:
    checker = Checker(MemoryCorpus([doc_of("year", OTHERWISE, title="澄湖优选的一年")]))
    found = [f for f in figures_in(checker, text) if f.status != "unmatched"]
    wrong = [f.status for f in found if f.wrong]
    assert wrong == ([] if status in (None, "ok") else [status]), [f.message for f in found]
    assert status != "ok" or "ok" in {f.status for f in found}


TELLERS = """会展周刊的报道
澄湖科技的副总裁罗一舟说，一个家居品牌主要靠小程序和公众号接待顾客，公众号的粉丝有3000万。
2022年，与澄湖科技磨合满6个季度的工厂可以独立上线，澄湖科技会把人撤走。
餐饮行业百强企业有83%在使用青果收银。
青果收银的订单72%来自会员群，21%在打烊之后发生。
讲得好的店员能提升绩效的12%-28%。"""


@pytest.mark.parametrize(
    ("draft", "statuses"),
    [
        # whoever only tells it does not own it
        ("罗一舟说，一个家居品牌公众号的粉丝有3000万。", {"ok"}),
        ("据罗一舟介绍，一个家居品牌公众号的粉丝有3000万。", {"ok"}),
        ("罗一舟说，南枝书店公众号的粉丝有3000万。", {"other-subject", "unproven"}),
        # what is yet to come, told as done, whichever of its numbers one looks at
        ("2022年，澄湖科技已经从磨合满6个季度的工厂把人撤走了。", {"kind-changed"}),
        ("磨合满6个季度的工厂预计2022年可以独立上线，澄湖科技会把人撤走。", {"unproven", "ok"}),
        # a share of another whole
        ("餐饮企业有83%在使用青果收银。", {"other-measure"}),
        ("餐饮百强企业里有83%在用青果收银。", {"ok", "unproven"}),
        ("我们只看餐饮百强。这些企业有83%在使用青果收银。", {"ok", "unproven"}),
        # from somewhere else, of which the sentence has another share
        ("青果收银的订单有72%来自打烊之后。", {"other-measure"}),
        ("青果收银的订单有72%来自会员群。", {"ok", "unproven"}),
        # a change told of what is changed
        ("讲得好的店员能把绩效提升12%-28%。", {"ok", "unproven"}),
        ("讲得好的店员绩效能达到12%-28%。", {"kind-changed", "unproven"}),
    ],
)
def test_wholes_origins_tellers_and_what_is_yet_to_come(draft: str, statuses: set[str]) -> None:
    checker = Checker(MemoryCorpus([doc_of("told", TELLERS, title="会展周刊的报道")]))
    found = {f.status for f in figures_in(checker, draft)}
    assert found
    assert found <= statuses
