"""Names in articles: a planted name must come back at its place. Articles here are invented; real names are used as names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.lexicon import Lexicon, load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Cleaned, Doc, Entity, Mention, Metadata, Source, Span


def doc_of(text: str, kept: tuple[Span, ...] | None = None) -> Doc:
    spans = kept if kept is not None else (Span(0, len(text)),)
    return Doc(Source("t", "0" * 64, text), Cleaned(spans, (), (), (), Metadata()))


def found(text: str, lexicon: Lexicon | None = None) -> list[tuple[str, str, str]]:
    return [(m.text, m.type, m.name) for m in find_mentions(doc_of(text), lexicon or load_lexicon())]


def names(text: str, lexicon: Lexicon | None = None) -> list[str]:
    return [text for text, _, _ in found(text, lexicon)]


def test_a_planted_name_is_found_at_its_place() -> None:
    text = "上周，沃尔玛又开了一家店。"
    assert find_mentions(doc_of(text), load_lexicon()) == [
        Mention("t", Span(3, 6), "沃尔玛", "company", "walmart", "沃尔玛")
    ]


@pytest.mark.parametrize("text", ["沃爾瑪開店", "沃尔玛开店", "ＷＡＬＭＡＲＴ开店", "walmart开店"])
def test_script_width_and_case_do_not_matter(text: str) -> None:
    assert [m.entity for m in find_mentions(doc_of(text), load_lexicon())] == ["walmart"]


def test_taiwan_vocabulary_is_understood() -> None:
    assert found("談到產業網際網路與數位化轉型") == [
        ("產業網際網路", "framework", "产业互联网"),
        ("數位化轉型", "tactic", "数字化转型"),
    ]


def test_injected_characters_are_inside_the_mention() -> None:
    text = "優(yōu)衣庫開店"
    (mention,) = find_mentions(doc_of(text, (Span(0, 1), Span(6, len(text)))), load_lexicon())
    assert (mention.span, mention.text, mention.name) == (Span(0, 8), "優(yōu)衣庫", "优衣库")


def test_what_the_cleaner_cut_is_not_searched() -> None:
    text = "相关阅读：沃尔玛。正文谈的是永辉超市。"
    assert [m.text for m in find_mentions(doc_of(text, (Span(9, len(text)),)), load_lexicon())] == ["永辉超市"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("他们用企业微信管理导购", ["企业微信"]),
        ("小程序商城的生意", ["小程序商城"]),
        ("腾讯智慧零售战略合作部成立", ["腾讯智慧零售战略合作部"]),
        ("企业有了自己的智慧零售战略合作部门", ["智慧零售战略合作部门"]),
    ],
)
def test_the_longest_name_wins(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


def test_the_department_of_a_retailer_is_not_that_of_tencent() -> None:
    ids = [
        m.entity
        for m in find_mentions(doc_of("双方各设智慧零售战略合作部门，智慧零售战略合作部负责协调"), load_lexicon())
    ]
    assert ids == ["retailer_dept", "tsr_dept"]


@pytest.mark.parametrize(
    "text",
    [
        "山上白雪皑皑，路很滑。",
        "他在店里转转，什么也没买。",
        "这是最美的一家店。",
        "苹果汁卖得很好。",
        "中国美食节开幕。",
        "北京东路的店关了。",
        "我们联想到去年的事。",
        "全新零售团队今天成立。",
        "零售的本质是连接。",
        "找到自己的超级连接之道。",
        "她说得到老师同意。",
        "step by step, only for you",
        "2019年3月1日至930号文件",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("白雪说，门店变了。", "白雪"),
        ("腾讯投资了二手平台转转。", "转转"),
        ("海尔、美的、格力都在降价。", "美的"),
        ("读完《超级连接》很有收获。", "《超级连接》"),
        ("苹果和华为同日发布手机。", "苹果"),
        ("他用“三通”工程打通会员。", "三通"),
    ],
)
def test_ambiguous_names_count_in_their_context(text: str, wanted: str) -> None:
    assert wanted in "".join(names(text))
    assert any(wanted in name for name in names(text))


def test_what_was_named_beyond_doubt_once_is_meant_again() -> None:
    assert names("白雪说，门店变了。\n后来白雪又来了一次。").count("白雪") == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("用AI选品", ["AI"]),
        ("用ai选品", []),
        ("上了CRM和SaaS", ["CRM", "SaaS"]),
        ("CRMX不是它", []),
        ("买Nike和nike", ["Nike", "nike"]),
        ("看www.nike.com的网页", []),
        ("用WeMall下单", ["WeMall"]),
    ],
)
def test_latin_names_keep_to_word_borders_and_capitals(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("完成「人的數位化」之后", "人的數位化"),
        ("线上的“人”的数字化才开始", "“人”的数字化"),
        ("做到线下数字化“人”，很难", "线下数字化“人”"),
        ("腾讯「930」变革以来", "「930」变革"),
    ],
)
def test_quotation_marks_inside_a_name_come_in_pairs(text: str, wanted: str) -> None:
    assert wanted in names(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "青禾优选董事长周明远表示，今年关店。青禾优选不缺钱。",
            [("青禾优选", "company"), ("周明远", "person"), ("青禾优选", "company")],
        ),
        ("记者赵小棠报道", [("赵小棠", "person")]),
        ("据《青禾零售白皮书》", [("《青禾零售白皮书》", "report")]),
        ("她写过《柜台后面》", [("《柜台后面》", "book")]),
        ("推出“千人计划”，效果一般", [("千人计划", "framework")]),
        ("摸索出“导购+社群+到店”的打法", [("导购+社群+到店", "tactic")]),
        ("青禾云帆科技有限公司成立", [("青禾云帆科技有限公司", "company")]),
        ("在2018青禾零售峰会上发言", [("2018青禾零售峰会", "event")]),
        ("中国柜台行业协会发布数据", [("中国柜台行业协会", "org")]),
        ("乔纳森·哈克曼来访，哈克曼很满意", [("乔纳森·哈克曼", "person"), ("哈克曼", "person")]),
        ("生鲜超市“青禾鲜”开业", [("青禾鲜", "brand")]),
        ("发出致供应商的一封公开信", [("致供应商的一封公开信", "report")]),
        ("从“人找货”到“货找人”，变了", [("从“人找货”到“货找人”", "framework")]),
        ("沃尔玛、青禾记、永辉都涨价", [("沃尔玛", "company"), ("青禾记", "company"), ("永辉", "company")]),
    ],
)
def test_unlisted_names_are_found_by_their_surroundings(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(name, kind) for name, kind, _ in found(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "公司董事长发表讲话",
        "互联网公司和头部企业",
        "大型集团",
        "“秘而不宣”的企业",
        "高层表示满意",
        "他问道：“好吗”",
        "2019年公司召开年会",
    ],
)
def test_descriptions_are_no_names(text: str) -> None:
    assert names(text) == []


def test_an_unlisted_name_has_the_same_id_everywhere() -> None:
    one = find_mentions(doc_of("总经理周明远说好。"), load_lexicon())
    two = find_mentions(doc_of("總經理周明遠說好。"), load_lexicon())
    assert [m.entity for m in one] == [m.entity for m in two] == ["周明远"]


@pytest.mark.parametrize(
    ("text", "alias", "entity"),
    [
        ("林璟骅（Davis）来了。后来Davis走了。", "Davis", "linjinghua"),
        ("可能Davis（林璟骅）也不知道。", "Davis", "linjinghua"),
        ("沃尔玛（以下简称“沃记”）开店。沃记很忙。", "沃记", "walmart"),
        ("沃尔玛去年增长。该公司今年又开店。", "该公司", "walmart"),
    ],
)
def test_second_names_are_followed(text: str, alias: str, entity: str) -> None:
    assert (alias, entity) in [(m.text, m.entity) for m in find_mentions(doc_of(text), load_lexicon())]


def test_the_company_is_left_alone_where_two_could_be_meant() -> None:
    assert "该公司" not in names("沃尔玛和永辉都在增长。该公司今年又开店。")


def test_an_interviewing_medium_is_an_organisation() -> None:
    text = "\n".join(
        [
            "柜台观察：为什么？",
            "周明远：因为人。",
            "柜台观察：怎么做？",
            "周明远：慢慢做。",
            "柜台观察：多久？",
            "周明远：三年。",
        ]
    )
    assert {(name, kind) for name, kind, _ in found(text)} == {("柜台观察", "org"), ("周明远", "person")}


def test_rejected_names_are_not_found_by_pattern() -> None:
    lexicon = Lexicon(load_lexicon().entities.values(), rejected=["千人计划"])
    assert names("推出“千人计划”，效果一般", lexicon) == []


def test_an_empty_lexicon_still_finds_patterns() -> None:
    assert names("总经理周明远说好", Lexicon([])) == ["周明远"]


def test_a_block_keeps_a_name_from_counting() -> None:
    lexicon = Lexicon([Entity("x", "company", "青禾", blocks=("青禾路",))])
    assert names("青禾在青禾路", lexicon) == ["青禾"]


PIECES = st.sampled_from(
    [
        "沃尔玛",
        "企業微信",
        "“",
        "”",
        "「",
        "」",
        "，",
        "。",
        "\n",
        "董事长",
        "王小明",
        "说",
        "《",
        "》",
        "品牌",
        "(",
        ")",
        "CEO",
        "AI",
        "+",
        "的",
        "2017",
        "大会",
        "公司",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join), st.data())
def test_every_mention_is_a_slice_of_its_source_and_none_overlap(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    gap = data.draw(st.integers(0, 3))
    kept = tuple(s for s in (Span(0, cut), Span(min(len(text), cut + gap), len(text))) if len(s))
    mentions = find_mentions(doc_of(text, kept), load_lexicon())
    for mention in mentions:
        assert mention.text == text[mention.span.start : mention.span.end] != ""
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
    assert mentions == find_mentions(doc_of(text, kept), load_lexicon())


def test_a_plain_group_of_another_messenger_is_none_of_wechats() -> None:
    assert "微信社群" not in {n for _, _, n in found("这家店在LINE社群里发优惠券。")}
    assert "微信社群" not in {n for _, _, n in found("Facebook社群有两万人。")}
    assert ("社群", "product", "微信社群") in found("店长每天在社群里发优惠券。")
    assert ("社群", "product", "微信社群") in found("顾客加了企业微信,社群里也很热闹。")


def test_companies_that_merged_stay_companies_of_their_own() -> None:
    entities = {m.entity for m in find_mentions(doc_of("零食很忙和赵一鸣零食合并为鸣鸣很忙。"), load_lexicon())}
    assert len(entities) == 3
