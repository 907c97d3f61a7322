"""Figures in documents: addresses, context, and agreement between sources. All sentences are our own."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.strategies import examples
from tests.timing import growth, loops

from casekit.facts import compare_facts, find_facts, find_figures, parse_number
from casekit.facts.clock import speaking_time
from casekit.facts.numbers import read_han
from casekit.types import Cleaned, Doc, EntityType, Fact, Mention, Metadata, Source, Span


def make_doc(text: str, *, kept: tuple[Span, ...] | None = None, date: str | None = None) -> Doc:
    spans = (Span(0, len(text)),) if kept is None else kept
    return Doc(Source("s", "", text), Cleaned(spans, (), (), (), Metadata(date=date)))


def named(text: str, name: str, kind: EntityType = "company", *, canonical: str | None = None) -> list[Mention]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append(Mention("s", Span(at, at + len(name)), name, kind, f"id-{canonical or name}", canonical or name))
        at = text.find(name, at + 1)
    return found


# ---- addresses -----------------------------------------------------------------------------------------------------
NUMERALS = st.sampled_from(
    list("0123456789一二两三十百千万亿半多几数第个家年月日%-~至到.,、 ，年前点成倍折元去今翻上前约超的和")
)
ANY = st.one_of(
    st.characters(),
    NUMERALS,
    st.sampled_from(["去年", "2019年", "30%", "万亿", "us$", "q3", "聯(lián)商", "①", "½", "㎡"]),
)


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(ANY, max_size=60).map("".join))
@example("。" * 50 + "3")
@example("第十九大第三第四、五六七八九十百千万亿")
@example("２０２０年１－８月，超４亿")
def test_every_figure_is_a_slice_of_any_text(text: str) -> None:
    for f in find_figures(text, article_date="2020-05-04"):
        assert f.text == text[f.span.start : f.span.end] != ""
        assert f.value_min is None or f.value_max is None or f.value_min <= f.value_max


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(ANY, max_size=60).map("".join), st.lists(st.integers(0, 60), max_size=8))
def test_figures_lie_within_kept_text(text: str, bounds: list[int]) -> None:
    marks = sorted({min(b, len(text)) for b in bounds})
    kept = tuple(Span(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if a < b)
    for f in find_facts(make_doc(text, kept=kept)):
        assert f.text == text[f.span.start : f.span.end]
        assert any(k.start <= f.span.start < k.end for k in kept)
        assert any(k.start < f.span.end <= k.end for k in kept)


def test_cut_characters_inside_a_figure_do_not_part_it() -> None:
    text = "會員達到2000萬(wàn)人。"
    start = text.index("(")
    facts = find_facts(make_doc(text, kept=(Span(0, start), Span(start + 5, len(text)))))
    assert [(f.text, f.value_min, f.unit) for f in facts] == [("2000萬(wàn)人", 20000000, "人")]


def test_cut_text_holds_no_figures() -> None:
    text = "积分：67292\n门店有30家。"
    facts = find_facts(make_doc(text, kept=(Span(9, len(text)),)))
    assert [f.text for f in facts] == ["30家"]


def test_the_other_script_gives_the_same_values() -> None:
    simplified = "启明超市去年11月开了400多家门店，销售额突破8000亿元，占两成多，用了半年时间。"
    traditional = "啟明超市去年11月開了400多家門店，銷售額突破8000億元，佔兩成多，用了半年時間。"

    def values(text: str) -> list[tuple[object, ...]]:
        found = find_figures(text, article_date="2020-02-02")
        return [(f.span, f.value_min, f.value_max, f.unit, f.qualifier, f.date_iso, f.subject, f.metric) for f in found]

    assert values(simplified) == values(traditional)
    assert len(values(simplified)) == 5


def test_two_runs_give_the_same_records() -> None:
    text = "晨光集团2019年营收达到12.5亿元，预计2020年增长30%。" * 3
    assert find_figures(text) == find_figures(text)


# ---- context -------------------------------------------------------------------------------------------------------
def fact(text: str, figure: str, mentions: list[Mention] | None = None, date: str | None = None) -> Fact:
    found = [f for f in find_facts(make_doc(text, date=date), mentions or []) if f.text == figure]
    assert len(found) == 1, (figure, find_facts(make_doc(text, date=date), mentions or []))
    return found[0]


KINDS = [
    ("启明超市的会员已经达到800万人。", "800万人", "achieved", "stated"),
    ("启明超市计划三年内开出500家门店。", "500家", "target", "expected"),
    ("启明超市的目标是销售额达到50亿元。", "50亿元", "target", "expected"),
    ("销售额有望突破90亿元。", "90亿元", "estimate", "expected"),
    ("业内预计市场规模将达到2万亿元。", "2万亿元", "estimate", "expected"),
    ("问卷调查显示，62%的店员愿意使用。", "62%", "survey", "stated"),
    ("据说该店的业绩提升了30%。", "30%", "achieved", "hearsay"),
    ("有消息称，启明超市将裁员200人。", "200人", "estimate", "hearsay"),
    ("方案包括四个环节。", "四个", "size", "stated"),
    ("培训持续12个月。", "12个月", "size", "stated"),
    ("2019年3月，系统上线。", "2019年3月", "date", "stated"),
    ("原计划招募100人，最终已经招到160人。", "160人", "achieved", "stated"),
]


@pytest.mark.parametrize(("text", "figure", "kind", "certainty"), KINDS, ids=[k[0] for k in KINDS])
def test_kind_and_certainty_follow_the_words_around(text: str, figure: str, kind: str, certainty: str) -> None:
    found = fact(text, figure)
    assert (found.kind, found.certainty) == (kind, certainty)


QUALIFIERS = [
    ("门店超过300家。", "超过", 300, 300),
    ("门店约300家。", "约", 300, 300),
    ("门店近300家。", "近", 300, 300),
    ("门店不到300家。", "不到", 300, 300),
    ("门店至少300家。", "至少", 300, 300),
    ("最高提升30%。", "", 30, 30),
    ("业绩最高可达30%。", "", 30, 30),
    ("门店有300家左右。", "左右", 300, 300),
    ("门店有300多家。", "多", 300, None),
]


@pytest.mark.parametrize(("text", "word", "low", "high"), QUALIFIERS, ids=[q[0] for q in QUALIFIERS])
def test_qualifiers_are_told_and_do_not_move_the_value(text: str, word: str, low: int, high: int | None) -> None:
    (found,) = find_figures(text)
    assert word in found.qualifier
    assert (found.value_min, found.value_max) == (low, high)
    assert "超" not in found.text
    assert "约" not in found.text


def test_the_subject_is_the_name_before_the_figure_in_its_clause() -> None:
    text = "晨光集团与启明超市合作，启明超市的会员达到800万人，晨光集团的只有90万人。"
    names = sorted(named(text, "晨光集团") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "800万人", names).subject == "启明超市"
    assert fact(text, "90万人", names).subject_entity == "id-晨光集团"


def test_the_subject_is_carried_within_and_over_sentences() -> None:
    text = "启明超市去年扭亏，门店增至210家。单店面积为800平方米。"
    names = named(text, "启明超市")
    assert fact(text, "210家", names).subject == "启明超市"
    assert fact(text, "800平方米", names).subject == "启明超市"


def test_a_speaker_is_not_the_subject_of_what_he_says() -> None:
    text = "李青表示，启明超市的会员达到800万人。"
    names = sorted(named(text, "李青", "person") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "800万人", names).subject == "启明超市"


def test_we_is_the_company_of_the_speaker() -> None:
    text = "启明超市总经理李青来了。\n李青：我们相信长期主义，所以投资比例是15%。"
    names = sorted(named(text, "李青", "person") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "15%", names).subject == "启明超市"


def test_a_date_is_about_the_name_after_it() -> None:
    text = "2018年9月30日，启明超市宣布与晨光集团合并。"
    names = sorted(named(text, "晨光集团") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "2018年9月30日", names).subject == "启明超市"


def test_a_pronoun_takes_the_person_named_last() -> None:
    text = "李青还在开会。这位启明超市副总裁每月有90个会。"
    names = sorted(named(text, "李青", "person") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "90个", names).subject == "李青"


def test_without_mentions_the_subject_is_the_texts_own_words() -> None:
    assert fact("蓝鲸便利店去年新开了120家门店。", "120家").subject == "蓝鲸便利店"
    assert fact("霁月科技的营收达到3亿元。", "3亿元").subject == "霁月科技"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("甲的会员不是1000万，而是800万。", ["800万"]),
        ("增长的是35%，而非30%。", ["35%"]),
        ("会员并非大约500万。", []),
        ("会员不到500万。", ["500万"]),  # a bound, no denial
        ("这30%不是甲的。", ["30%"]),  # whose it is not
    ],
)
def test_a_number_that_is_denied_is_no_figure(text: str, left: list[str]) -> None:
    assert [fact.text for fact in find_figures(text)] == left


@pytest.mark.parametrize(
    ("text", "name", "subject"),
    [
        ("本店团队告诉某某财经，在2018年前后，这类功能越来越受关注。", "某某财经", None),
        ("王店长告知某某财经，晨露茶饮2018年开了店。", "某某财经", "晨露茶饮"),
        ("晨露茶饮的门店达到300家（来源：某某财经，2019年）。", "某某财经", None),
        ("晨露茶饮的门店达到300家（某某财经，2019年）。", "某某财经", None),
        ("晨露茶饮（某某财经的老读者，2019年上市）有300家门店。", "某某财经", "某某财经"),  # no credit: as before
    ],
)
def test_who_hears_it_and_where_it_was_read_is_nobodys_date(text: str, name: str, subject: str | None) -> None:
    mentions = sorted([*named(text, name), *named(text, "晨露茶饮")], key=lambda one: one.span.start)
    assert [fact.subject for fact in find_figures(text, mentions) if fact.kind == "date"] == [subject]


def test_a_number_inside_a_name_is_no_figure() -> None:
    text = "90度咖啡开了30家店。"
    assert [f.text for f in find_facts(make_doc(text), named(text, "90度咖啡", "brand"))] == ["30家"]


def test_a_year_in_the_name_of_an_event_dates_it() -> None:
    text = "在2017启明伙伴大会前，公司发了一封信。"
    found = fact(text, "2017", named(text, "2017启明伙伴大会", "event"))
    assert (found.date_iso, found.subject) == ("2017", "2017启明伙伴大会")


def test_the_period_of_a_figure_is_the_date_before_it() -> None:
    found = fact("2020年1-8月，日活超4亿，交易额增长115%。", "115%")
    assert (found.period, found.date_iso) == ("2020年1-8月", "2020-01/2020-08")


def test_the_year_of_founding_is_not_the_period() -> None:
    assert fact("自2012年成立以来，已有90家门店。", "90家").date_iso is None


def test_last_year_is_the_year_before_the_dateline() -> None:
    assert fact("去年销售额突破80亿元。", "80亿元", date="2021-01-19").date_iso == "2020"


def test_last_year_set_against_a_year_is_the_year_before_that() -> None:
    text = "去年销售额突破80亿元，2020年更有望达到100亿元。"
    assert fact(text, "80亿元", date="2021-01-19").date_iso == "2019"
    assert fact(text, "100亿元", date="2021-01-19").date_iso == "2020"


@pytest.mark.parametrize(
    ("text", "date", "year"),
    [
        ("今年门店翻番。", "2018-03-02", 2018),
        ("2016年预计开店百家。", "2018-11-02", 2016),  # awaited, long before the posting
        ("2017年预计增长8%，今年再看。", "2018-01-09", 2018),  # last year's results are still being counted
        ("到了2020年，业态成熟。去年还不行。", None, None),
        ("2018年前后开始转型，去年4月上线。", None, None),
        ("没有年份。", None, None),
    ],
)
def test_the_text_tells_when_it_was_written(text: str, date: str | None, year: int | None) -> None:
    assert speaking_time(text, date).year == year


def test_the_year_in_which_somebody_was_founded_is_no_anchor() -> None:
    assert fact("创立于1987年的蓝鲸便利店去年销售额为4亿元。", "4亿元").date_iso is None
    assert fact("1987年创立的蓝鲸便利店去年销售额为4亿元。", "4亿元").date_iso is None
    assert fact("创立于1987年的蓝鲸便利店去年销售额为4亿元。", "4亿元", date="2021-01-19").date_iso == "2020"
    assert fact("2019年蓝鲸便利店的销售额为3亿元，比去年多4亿元。", "3亿元").date_iso == "2019"


def test_metrics_are_the_words_beside_the_figure() -> None:
    assert fact("与22万个零售门店合作。", "22万个").metric == "零售门店"
    assert fact("小程序的日活跃用户超过4亿。", "4亿").metric == "日活跃用户"
    assert fact("商品交易GMV同比增长115%。", "115%").metric == "商品交易GMV"


def test_units_left_unsaid_are_told_by_the_words_beside() -> None:
    assert fact("公众号粉丝有2000万。", "2000万").unit == "人"
    assert fact("小程序交易总额突破8000亿。", "8000亿").unit == "元"
    assert fact("服务了2亿用户。", "2亿").unit == "人"
    assert fact("指数达到3万。", "3万").unit is None


def test_a_name_that_opens_a_later_clause_takes_over() -> None:
    text = "启明超市的营收增长18%，会员占65%；晨光集团换了系统，损耗率降至8%。"
    names = sorted(named(text, "晨光集团") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "65%", names).subject == "启明超市"
    assert fact(text, "8%", names).subject == "晨光集团"


def test_a_heading_names_the_subject_of_what_follows() -> None:
    text = "二、启明超市\n\n一开始有点像晨光集团。他们与22万个门店合作。"
    names = sorted(named(text, "晨光集团") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "22万个", names).subject == "启明超市"


def test_the_interviewer_is_not_the_subject_of_the_answer() -> None:
    text = "启明超市总经理李青来了。\n晨光周刊：怎么看加盟？\n李青：我们有30家加盟店。\n晨光周刊：为什么？\n李青：目前占比8%。"
    names = sorted(
        named(text, "李青", "person") + named(text, "启明超市") + named(text, "晨光周刊", "org"), key=lambda m: m.span
    )
    assert fact(text, "30家", names).subject == "启明超市"
    assert fact(text, "8%", names).subject == "启明超市"


def test_who_publishes_the_data_is_not_the_subject() -> None:
    text = "青禾咨询数据显示，启明超市的复购率提升2.7倍。"
    names = sorted(named(text, "青禾咨询") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "2.7倍", names).subject == "启明超市"


def test_what_is_invested_in_is_not_the_subject() -> None:
    text = "启明超市扭亏。此后又投资晨光集团，并在2018年初增持。"
    names = sorted(named(text, "晨光集团") + named(text, "启明超市"), key=lambda m: m.span)
    assert fact(text, "2018年初", names).subject == "启明超市"


def both(text: str, one: str, other: str, kind: EntityType = "company") -> list[Mention]:
    return sorted(named(text, one) + named(text, other, kind), key=lambda m: m.span)


def test_the_company_is_whom_the_text_is_about_not_its_partner() -> None:
    text = "启明超市与晨光集团合作。今年，公司的目标是把复购率提到50%。"
    assert fact(text, "50%", both(text, "启明超市", "晨光集团")).subject == "启明超市"


def test_a_tool_has_no_returns_and_no_costs() -> None:
    text = "启明超市在本地很有名气。\n\n云掌柜上线后，退货率只有2%。"
    assert fact(text, "2%", both(text, "启明超市", "云掌柜", "product")).subject == "启明超市"


def test_a_tool_keeps_its_own_users() -> None:
    text = "启明超市在本地很有名气。\n\n云掌柜的日活达到7万。"
    assert fact(text, "7万", both(text, "启明超市", "云掌柜", "product")).subject == "云掌柜"


def test_a_buyer_in_passing_does_not_take_over_the_story() -> None:
    text = "启明超市的账本\n\n晨光集团曾计划收购启明超市，最终没有成交。\n\n毛利率从32%提高到40%。"
    assert fact(text, "40%", both(text, "启明超市", "晨光集团")).subject == "启明超市"


def test_a_visitor_without_figures_does_not_take_over_the_paragraph() -> None:
    text = "启明超市是一家连锁店。晨光集团也来考察过。门店已有800家。"
    assert fact(text, "800家", both(text, "启明超市", "晨光集团")).subject == "启明超市"


def test_the_second_sum_of_a_sentence_is_of_what_the_first_is_of() -> None:
    found = fact("小程序的交易总额去年突破8000亿，今年有望破万亿。", "万亿", date="2020-03-01")
    assert (found.unit, found.metric, found.date_iso) == ("元", "交易总额", "2020")


def test_a_figure_does_not_cross_the_border_of_a_cell() -> None:
    for text in ("10836\t18元", "10836|18元", "| 10836 | 18元 |"):
        assert [(f.text, f.value_min) for f in find_figures(text)] == [("10836", 10836), ("18元", 18)]
    assert [f.text for f in find_figures("3家\t至5家")] == ["3家", "5家"]
    assert [f.text for f in find_figures("2019年\t3月")] == ["2019年", "3月"]


def test_cells_stay_apart_where_the_borders_were_cut() -> None:
    text = "| 10836 | 18元 |"
    facts = find_facts(make_doc(text, kept=(Span(2, 7), Span(10, 13))))
    assert [(f.text, f.metric) for f in facts] == [("10836", None), ("18元", None)]


METRICS = [
    ("蓝鲸便利店有6100家店，其中县城门店1480家。", "1480家", "县城门店"),
    ("今年新品平均降价22%。", "22%", "降价"),
    ("20款产品平均降价约22%。", "20款", "产品"),
    ("存货周转从67天增加到74天。", "67天", "存货周转"),
    ("存货周转从67天增加到74天。", "74天", "存货周转"),
    ("启明超市的店员数从2023年的120家增加到2024年的300家。", "300家", "店员数"),
    ("日均客流由800人次提升到1200人次。", "1200人次", "客流"),
    ("售价为¥35.6,或者US$5。", "US$5", "售价"),
    ("营收50亿元，同比下降14.7%；净利润3亿元，同比下降46.2%。", "14.7%", "营收"),
    ("营收50亿元，同比下降14.7%；净利润3亿元，同比下降46.2%。", "46.2%", "净利润"),
    ("2019年3月，公司搬进了一座带花园和食堂的新楼。", "2019年3月", None),
    ("2019年3月公司搬进了一座带花园和食堂的、离地铁不远的新楼。", "2019年3月", None),
]


@pytest.mark.parametrize(("text", "figure", "metric"), METRICS)
def test_metrics_are_whole_words_of_what_is_measured(text: str, figure: str, metric: str | None) -> None:
    assert fact(text, figure).metric == metric


def test_parts_of_a_whole_and_states_before_a_change_are_marked() -> None:
    assert fact("蓝鲸便利店有6100家店，其中县城门店1480家。", "1480家").qualifier == "其中"
    assert fact("门店由120家增至300家。", "120家").qualifier == "从"
    assert fact("门店由120家增至300家。", "300家").qualifier == ""


def test_before_a_holiday_is_a_bound_of_time() -> None:
    found = fact("2025年春节前，门店达300家。", "2025年春节")
    assert (found.kind, found.qualifier) == ("date", "前")


# ---- numbers -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百二十", 320), ("两万五", 25000), ("一千零八", 1008), ("三千五", 3500), ("十二", 12), ("二〇一九", 2019), ("廿八", 28),
        ("一亿两千万", 120000000), ("万亿", 10**12), ("十万", 100000), ("零", 0),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int) -> None:
    assert read_han(text) == value


@pytest.mark.parametrize("text", ["", "六七", "百十千", "一一百", "甲"])
def test_what_is_no_single_numeral_is_none(text: str) -> None:
    assert read_han(text) is None


@given(st.integers(1, 9999_9999_9999))
def test_numerals_written_out_read_back(n: int) -> None:
    assert read_han(write_han(n)) == n


def write_han(n: int) -> str:
    """The full Chinese numeral of n, by the schoolbook rules (an independent writer for the reader under test)."""
    digits = "零一二三四五六七八九"

    def below_10000(k: int) -> str:
        out, zero = "", False
        for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            d, k = divmod(k, size)
            if d:
                out += ("零" if zero and out else "") + digits[d] + name
                zero = False
            else:
                zero = True
        return out

    parts, out = [(10**8, "亿"), (10**4, "万"), (1, "")], ""
    for size, name in parts:
        k, n = divmod(n, size)
        if k:
            gap = out and k < 1000
            out += ("零" if gap else "") + below_10000(k) + name
    return out


def test_parse_number_reads_the_first_figure() -> None:
    found = parse_number("超过400多家")
    assert found is not None
    assert (found.value_min, found.value_max, found.unit) == (400, None, "家")
    assert parse_number("没有数字") is None
    bare = parse_number("三千五")
    assert bare is not None
    assert (bare.value_min, bare.unit) == (3500, None)


# ---- agreement -----------------------------------------------------------------------------------------------------
BASE = Fact(
    "a", Span(0, 4), "300家", "启明超市", "qm", "门店", 300, 300, "家", "", "2019年", "2019", "achieved", "stated"
)


def other(**change: object) -> Fact:
    return dataclasses.replace(BASE, source="b", **change)  # type: ignore[arg-type]  # field values of the record


def test_equal_figures_of_two_sources_agree() -> None:
    (group,) = compare_facts([BASE, other()])
    assert (group.verdict, group.independent, group.facts) == ("agree", 2, (BASE, other()))


def test_reprints_count_once() -> None:
    assert compare_facts([BASE, other()], family={"b": "a"}) == []


def test_same_period_and_different_value_conflict() -> None:
    (group,) = compare_facts([BASE, other(value_min=500, value_max=500)])
    assert (group.verdict, group.reasons) == ("conflict", ("value",))


def test_another_period_differs_in_scope() -> None:
    (group,) = compare_facts([BASE, other(value_min=500, value_max=500, date_iso="2020", period="2020年")])
    assert (group.verdict, group.reasons) == ("scope", ("period", "value"))


def test_an_unknown_period_is_no_conflict() -> None:
    a = dataclasses.replace(BASE, date_iso=None)
    (group,) = compare_facts([a, other(value_min=500, value_max=500, date_iso=None)])
    assert group.verdict == "scope"


def test_a_target_and_an_achievement_differ_in_scope() -> None:
    (group,) = compare_facts([BASE, other(value_min=500, value_max=500, kind="target")])
    assert (group.verdict, "kind" in group.reasons) == ("scope", True)


def test_more_than_300_agrees_with_320_and_not_with_900() -> None:
    above = dataclasses.replace(BASE, qualifier="超")
    assert compare_facts([above, other(value_min=320, value_max=320)])[0].verdict == "agree"
    assert compare_facts([above, other(value_min=900, value_max=900)])[0].verdict == "conflict"


def test_different_metrics_are_not_compared() -> None:
    assert compare_facts([BASE, other(metric="员工", value_min=9, value_max=9)]) == []


def test_a_modified_noun_is_a_part_and_no_contradiction() -> None:
    assert compare_facts([BASE, other(metric="县城门店", value_min=90, value_max=90)]) == []
    (group,) = compare_facts([BASE, other(metric="县城门店")])
    assert group.verdict == "agree"


def test_a_part_of_the_whole_and_a_state_before_a_change_differ_in_scope() -> None:
    for word in ("其中", "从"):
        (group,) = compare_facts([BASE, other(value_min=90, value_max=90, qualifier=word)])
        assert group.verdict == "scope"


def test_two_figures_side_by_side_in_one_text_are_both_meant() -> None:
    near = dataclasses.replace(BASE, span=Span(20, 24), value_min=90, value_max=90)
    far = dataclasses.replace(near, span=Span(900, 904))
    assert compare_facts([BASE, near]) == []
    assert compare_facts([BASE, far])[0].verdict == "conflict"


def test_changes_are_compared_with_their_direction_and_only_of_one_thing() -> None:
    def change(metric: str, value: float) -> Fact:
        return other(metric=metric, value_min=value, value_max=value, unit="%")

    fall = dataclasses.replace(change("营收同比", -14.7), source="a")
    assert compare_facts([fall, change("营收同比下降", 14.7)])[0].verdict == "agree"
    assert compare_facts([fall, change("营收同比增长", 14.7)])[0].verdict == "conflict"
    assert compare_facts([fall, change("净利润同比", -46.2)]) == []
    assert compare_facts([change("同比下降", 3), dataclasses.replace(change("同比下降", 9), source="a")]) == []


def test_many_figures_of_one_subject_are_compared_quickly() -> None:
    facts = [other(value_min=i, value_max=i, span=Span(i * 100, i * 100 + 4)) for i in range(600)]
    assert compare_facts(facts)[0].verdict == "conflict"
    assert loops(lambda: compare_facts(facts)) < 60  # 180,000 pairs; 12 measured


# ---- speed ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "piece", ["千", "1", "9,", "第", "2019年", "一", "30%", "万亿", "《", ".", "a1", "-3", "半年", "、三", "3家"]
)
def test_time_stays_linear_on_hostile_text(piece: str) -> None:
    figures = piece in (
        "2019年",
        "30%",
        "半年",
        "3家",
    )  # each a figure: slow enough to be timed at a third of the length
    text = piece * ((1_400 if figures else 4_000) // len(piece))
    assert growth(find_figures, text) < 32  # 1 to 12 measured; quadratic reading takes 64 times as long
