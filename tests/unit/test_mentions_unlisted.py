"""Names that no lexicon lists: several witnesses make one, a single weak sign does not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.mentions.judging import Signs, judge
from casekit.mentions.tagger import shared_tagger
from casekit.types import Cleaned, Doc, Metadata, Source, Span


def doc_of(text: str) -> Doc:
    cleaned = Cleaned((Span(0, len(text)),), (), (), (), Metadata())
    return Doc(Source("s", "", text, cleaned.metadata), cleaned)


def names(text: str, *, tagger: bool = True) -> set[tuple[str, str]]:
    return {(m.text, m.type) for m in find_mentions(doc_of(text), load_lexicon(), tagger=tagger) if m.unlisted}


FIRM = "禾朗坊去年开出第一百家门店。在禾朗坊内部，导购都用企业微信。禾朗坊宣布，明年再开五十家。"


def test_a_firm_of_invented_name_is_found_wherever_it_stands() -> None:
    found = [m for m in find_mentions(doc_of(FIRM), load_lexicon()) if m.unlisted]
    assert [(m.span.start, m.text, m.type) for m in found] == [
        (FIRM.index("禾朗坊"), "禾朗坊", "company"),
        (FIRM.index("禾朗坊内部"), "禾朗坊", "company"),
        (FIRM.index("禾朗坊宣布"), "禾朗坊", "company"),
    ]
    assert len({m.entity for m in found}) == 1


def test_without_the_tagger_one_witness_less_is_heard() -> None:
    assert ("禾朗坊", "company") not in names(FIRM, tagger=False)


def test_traditional_script_gives_the_same_names_in_its_own_characters() -> None:
    found = names("在禾朗軒內部，導購都用企業微信。禾朗軒宣布，明年再開五十家門店。禾朗軒的門店都在華東。")
    assert ("禾朗軒", "company") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("用友为恒砺重工部署了系统。", ("恒砺重工", "company")),  # 工部 is a word of the dictionary, and no border
        ("岚港航运由岑意安于2003年创办。", ("岑意安", "person")),
        ("顾清和曾任驰达物流总经理。", ("顾清和", "person")),
        ("麦禾食品旗下的谷小满去年销量增长72%。", ("谷小满", "company")),
        ("汇通城商行参股丰岳建材，持股5%。", ("汇通城商行", "company")),
        ("这个系统叫“排班通”，恒沛药业用它排班。", ("排班通", "product")),
        ("若丰岳建材接入钉钉，巡检会快些。", ("丰岳建材", "company")),
        ("Orla Foods and Tamsin Robotics both use Slack.", ("Orla Foods", "company")),
        ("东软医疗系统股份有限公司去年上市。东软医疗的收入为19亿元。", ("东软医疗", "company")),
    ],
)
def test_borders_of_names(text: str, expected: tuple[str, str]) -> None:
    assert expected in names(text)


@pytest.mark.parametrize(
    "text", ["新式茶饮品牌闭店最多，共有7家。", "三家知名美妆品牌出现关店潮。", "冷链物流去年增长很快。"]
)
def test_what_describes_is_no_name(text: str) -> None:
    assert not names(text)


def test_a_place_that_an_article_treats_as_a_firm_is_one() -> None:
    told = "松山公司副总裁说，松山内部早有打算。松山宣布，松山的门店再开十家。松山的员工都在学。"
    assert ("松山", "company") in names(told + "松山旗下有三个品牌，松山推出新品，松山的会员很多。")
    assert ("松山", "company") not in names(
        "松山下雨。松山有雾，松山的路不好走。松山很远，松山很高，松山很冷，松山很静，松山很美。"
    )


def test_a_listed_name_is_not_marked() -> None:
    assert [m.unlisted for m in find_mentions(doc_of("沃尔玛开店。"), load_lexicon())] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "2020年通过集团采购，成本下降了一成。",
        "三季度公司营收增长了5%。",
        "今年以来，线上的门店小程序带来了两成订单。",
        "零售行业的门店越来越多，零售行业宣布自己变了。",
        "人走，顾客和服务一起走；团队再去服务下一批。",
    ],
)
def test_one_weak_sign_makes_no_name(text: str) -> None:
    assert {kind for _, kind in names(text)} & {"company", "person", "org"} == set()


def test_a_name_ends_where_the_next_word_begins() -> None:
    text = "启澄的门店遍布西南。去年启澄净利润增长5%，启澄宣布扩张。"
    assert {name for name, _ in names(text)} == {"启澄"}


def test_a_row_of_known_firms_and_the_tagger_speak_for_the_stranger_among_them() -> None:
    assert ("池木坊", "company") in names("腾讯先后入股了沃尔玛、池木坊、永辉超市等企业。池木坊的门店最多。")


def test_one_witness_alone_is_not_enough() -> None:
    alone = judge(Signs("禾朗坊", count=1, whole=1))
    assert not alone.sure


def test_what_the_tagger_finds_in_a_sentence_does_not_depend_on_its_neighbours() -> None:
    tagger = shared_tagger()
    assert tagger is not None
    one = "汪若川是禾朗坊的创始人"
    alone = [(w.start, w.end, w.tag) for w in tagger.tag(one)]
    before = "一句别的话。" * 90
    among = [(w.start - len(before), w.end - len(before), w.tag) for w in tagger.tag(before + one + "。" + before)]
    assert [word for word in among if 0 <= word[0] < len(one)] == alone


def test_sentences_in_which_nobody_can_be_named_are_not_read() -> None:
    tagger = shared_tagger()
    assert tagger is not None
    plain = "去年门店的销售额增长了很多。"
    assert tagger.tag(plain) == []
    named = plain + "启澄的会员也多了。"
    assert min(word.start for word in tagger.tag(named)) == len(plain)
    known = "腾讯的收入增长了。"
    assert tagger.tag(known, [(0, 2)]) == []


def test_the_taggers_words_are_slices_of_the_text_even_where_sentences_are_long() -> None:
    tagger = shared_tagger()
    assert tagger is not None
    text = "汪若川、" * 60 + "x" * 300 + "\n启澄"
    words = tagger.tag(text)
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert "".join(text[w.start : w.end] for w in words) == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "person", "bodies"),
    [
        ("楼望舒：女，1970年出生，曾任江北省第二机床厂技术员、车间主任。", "楼望舒", {"江北省第二机床厂"}),
        ("监事常远山，2003年进入云岭纺织集团有限公司，任工会副主席。", "常远山", {"云岭纺织集团有限公司"}),
        ("总经理阿依努尔·买买提，毕业于江北农业大学，曾在云岭乳业任职。", "阿依努尔·买买提", {"江北农业大学"}),
        ("包永年，高级经济师，曾任曜石眼镜（深圳）有限公司总经济师。", "包永年", {"曜石眼镜（深圳）有限公司"}),
        ("历任中国工商银行江北分行信贷科科长，现任立诚会计师事务所合伙人陶静怡。", "陶静怡", {"立诚会计师事务所"}),
    ],
)
def test_careers_of_executives_name_people_and_bodies(text: str, person: str, bodies: set[str]) -> None:
    found = names(text)
    assert (person, "person") in found
    assert bodies <= {name for name, kind in found if kind in {"company", "org"}}


@pytest.mark.parametrize(
    "text",
    ["本公司副总经理曾在多家公司任职。", "他去年从大学毕业，在一家银行的分行布局业务。", "客厅的布局由设计院完成。"],
)
def test_a_body_that_nothing_proper_tells_from_others_has_no_name(text: str) -> None:
    assert names(text) == set()


def test_a_full_and_a_short_name_are_the_same_firm() -> None:
    text = "浙江远桥电机股份有限公司去年增长两成。远桥电机的工厂有两家，远桥还有三家门店。"
    found = [m for m in find_mentions(doc_of(text), load_lexicon()) if m.unlisted]
    assert [m.text for m in found] == ["浙江远桥电机股份有限公司", "远桥电机", "远桥"]
    assert len({m.entity for m in found}) == 1


def test_a_gloss_in_latin_letters_is_the_same_firm() -> None:
    text = "青禾收购了禾朗坊（Horan）的股份。Horan是机器人制造商。"
    found = {m.text: m.entity for m in find_mentions(doc_of(text), load_lexicon()) if m.unlisted}
    assert found["Horan"] == found["禾朗坊"]


def test_what_is_called_after_a_firm_is_another_name() -> None:
    text = "禾朗公司副总裁说，禾朗智慧零售将继续扩张。禾朗的门店有三百家。"
    assert ("禾朗智慧零售", "org") in names(text)


def test_english_sentences_name_firms_and_people_too() -> None:
    text = "John Smith, CEO of Acme Retail, spoke. Acme Retail opened 20 stores. The Company said more."
    assert names(text) == {("John Smith", "person"), ("Acme Retail", "company")}


def test_a_full_name_is_the_listed_firm_only_where_it_adds_no_more_than_its_form() -> None:
    text = "他曾任沃尔玛（中国）公司副总裁、沃尔玛江北分公司经理。"
    found = {m.text: m.entity for m in find_mentions(doc_of(text), load_lexicon())}
    assert found["沃尔玛（中国）公司"] == "walmart"
    assert found["沃尔玛江北分公司"] != "walmart"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云岫茶集子公司青川铝业今年扭亏。", {"云岫茶集", "青川铝业"}),
        ("云岫茶集与青川铝业共建联合实验室。", {"云岫茶集", "青川铝业"}),
        ("青川铝业脱胎于云岫茶集。", {"云岫茶集", "青川铝业"}),
        ("假设云岫茶集投资青川铝业。", {"云岫茶集", "青川铝业"}),
        ("拾味坊没有使用钉钉。", {"拾味坊"}),
        ("据传，美团已经收购了拾味坊。", {"拾味坊"}),
        ("云岫茶集与上百家出版社共享目录。", {"云岫茶集"}),
        ("云岫茶集任命周敏为首席执行官。", {"云岫茶集", "周敏"}),
        ("周敏重返云岫茶集。", {"云岫茶集", "周敏"}),
    ],
)
def test_names_end_where_grammar_begins(text: str, expected: set[str]) -> None:
    assert {name for name, _ in names(text)} == expected


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("苏泽制药与某研究所签署了协议。", "苏泽制药"),
        ("去年，蓝梧游戏的三款新作共带来流水21亿元。", "蓝梧游戏"),
        ("成立六年的鲸屿机器人去年卖出2.8万台扫地机。", "鲸屿机器人"),
        ("企业微信和霖川城投都说，霖川水务由霖川城投全资控股。", "霖川水务"),
        ("岷江重工收购了一家叉车厂。", "岷江重工"),  # a rare place, not an invented word
        ("如果樟木林业用上无人机，护林员就不必天天上山。", "樟木林业"),
        ("At Lumenfield Foods, churn dropped to 2.3% a month.", "Lumenfield Foods"),
        ("Harrowgate Dairy denied the report.", "Harrowgate Dairy"),
    ],
)
def test_form_and_grammar_together_make_a_firm_that_is_named_once(text: str, firm: str) -> None:
    assert (firm, "company") in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "经济型酒店去年开了三百家。",
        "线上食品的销售额涨了两成。",
        "总经理说，过去线上电商与门店各有团队。",
        "智能物流让成本降了一成。",
        "夜间护理由两个人负责。",
        "用上无人机之后，成本降了三成。",
        "Sales at stores open at least a year rose 3% in September, Retailers said.",
    ],
)
def test_kinds_of_firms_and_of_goods_are_no_firms(text: str) -> None:
    assert "company" not in {kind for _, kind in names(text)}


def test_a_former_post_and_an_adverb_are_no_part_of_a_name() -> None:
    found = names("前岷江重工总经理邵临风现任坤宜证券独立董事。念慈口腔创始人温如许曾任瑞峤医疗副总裁。")
    assert {"岷江重工", "邵临风", "温如许"} <= {name for name, _ in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("去年年会上，林书远首次系统讲述了做法。", "首次系统"),
        ("岚溪集团的新工厂投产了。", "新工厂"),
        ("会上介绍了全市电商平台的数据。", "全市电商平台"),
    ],
)
def test_kinds_and_adverbs_are_no_names(text: str, name: str) -> None:
    assert name not in {shown for shown, _ in names(text)}


def test_a_banks_service_is_not_its_name() -> None:
    assert ("岚溪银行", "company") in names("岚溪银行手机银行月活用户达1120万户，同比增长两成。")


def test_an_amount_is_no_part_of_a_name_nor_half_a_word_a_given_name() -> None:
    found = {name for name, _ in names("瑞芯达拟投资15亿元建设封测厂。瑞芯达的封测厂明年投产，瑞芯达说。")}
    assert not any("15亿" in name for name in found)
    found = {name for name, _ in names("云扫码已被启明里学校的班主任普遍采用。")}
    assert "普遍采" not in found


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("禾木咖啡有860家门店。创始人兼CEO许知行介绍，公司营收为12亿元。", "创始人兼"),
        ("澜溪医院在改流程。信息科主任沈默说，评审推迟了。", "信息科"),
        ("禾木咖啡换了系统。采购部经理周远说，账对得上了。", "采购部"),
    ],
)
def test_posts_and_departments_of_an_untold_house_are_no_names(text: str, none: str) -> None:
    found = {m.text for m in find_mentions(doc_of(text), load_lexicon())}
    assert not any(none in name for name in found)
    assert found & {"禾木咖啡", "澜溪医院"}
