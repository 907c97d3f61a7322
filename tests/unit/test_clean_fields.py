"""Dates in any order, labelled fields, names, and which of declared and shown metadata wins."""

from __future__ import annotations

import pytest

from casekit.clean import clean_text
from casekit.clean.dates import find_date, iso_date
from casekit.clean.fields import read_fields, source_names
from casekit.clean.lines import cue_form, split_lines
from casekit.clean.names import people
from casekit.clean.outlets import is_outlet_name
from casekit.types import Metadata

BODY = "青禾便利的店长每天早上先看订单，再决定当天的陈列，这个习惯已经有三年。顾客并不知道这些，他们只觉得东西总是在。"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-03-05 08:30", "2021-03-05"),
        ("2021/3/5", "2021-03-05"),
        ("2021.03.05", "2021-03-05"),
        ("2021年3月5日 星期五", "2021-03-05"),
        ("二〇二一年三月五日", "2021-03-05"),
        ("二零一九年十二月三十一日", "2019-12-31"),
        ("05.03.2021 22:28", "2021-03-05"),  # dots: day first (DIN 1355-1)
        ("25/3/2021", "2021-03-25"),  # no 25th month
        ("3/25/2021", "2021-03-25"),
        ("3/4/2021", "2021"),  # March or April: only the year is sure
        ("5/5/2021", "2021-05-05"),
        ("Mar 5, 2021", "2021-03-05"),
        ("5 March 2021", "2021-03-05"),
        ("March 2021", "2021-03"),
        ("2021年3月", "2021-03"),
        ("20210305", "2021-03-05"),
        ("2021-03-05T08:30:11+08:00", "2021-03-05"),
    ],
)
def test_dates_of_any_order(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written", ["2021-02-30", "ICP05000001", "浙B2-20210305", "1998-2021", "13800138000", "3.14", "2021", ""]
)
def test_what_is_no_date(written: str) -> None:
    assert iso_date(written) is None


def test_two_digit_year_is_read_but_not_for_sure() -> None:
    found = find_date("发布时间: 21-03-05 08:30")
    assert found is not None
    assert (found.iso, found.exact) == ("2021-03-05", False)
    assert clean_text(f"一家店的早晨\n发布时间: 21-03-05 08:30\n\n{BODY}").metadata.date_certainty == "inferred"


def fields(text: str) -> list[tuple[str, str]] | None:
    meta = read_fields(next(iter(split_lines(text))))
    return None if meta is None else [(f.kind, f.value) for f in meta.fields]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("作者:罗敏", [("author", "罗敏")]),
        ("文丨罗敏", [("author", "罗敏")]),
        ("文/罗敏 图/何川", [("author", "罗敏"), ("editor", "何川")]),
        ("作者 | 罗敏 编辑 | 何川 来源 | 南湖晚报", [("author", "罗敏"), ("editor", "何川"), ("source", "南湖晚报")]),
        ("監製丨何川", [("editor", "何川")]),
        ("[责任编辑:何川 NH021]", [("editor", "何川 NH021")]),
        ("2021-03-05 08:30:11字号:A-A+来源:南湖晚报", [("source", "南湖晚报")]),
        ("By Mary Lowe", [("author", "Mary Lowe")]),
        ("南湖晚报记者 罗敏", [("author", "罗敏"), ("source", "南湖晚报")]),
        ("〔記者羅敏/台北報導〕", [("author", "羅敏")]),
        ("记者:你什么时候决定涨价的?", None),
        ("作者:我不喜欢这个称呼。", None),
        ("店长:先看订单", None),
        ("他说来源:不明的货不要进", None),
    ],
)
def test_fields_of_a_line(line: str, found: list[tuple[str, str]] | None) -> None:
    assert fields(line) == found


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("罗敏、周一帆", ("罗敏", "周一帆")),
        ("罗 敏", ("罗敏",)),
        ("罗敏(南湖大学)", ("罗敏",)),
        ("Mary Lowe and Tom Hill", ("Mary Lowe", "Tom Hill")),
        ("佚名", ()),
        ("admin", ()),
        ("https://example.com/u/3", ()),
        ("小编", ()),
    ],
)
def test_names_of_an_author_field(value: str, names: tuple[str, ...]) -> None:
    assert people(value, cue_form(value)) == names


def test_source_field_parts_paper_and_author() -> None:
    assert source_names("南湖商业 罗敏", "南湖商业 罗敏") == ("南湖商业", ("罗敏",))
    assert source_names("公众号:早餐研究所", "公众号:早餐研究所") == ("早餐研究所", ())
    assert source_names("网络", "网络") == (None, ())


# ---- declared against shown --------------------------------------------------------------------------------------
def meta(head: str, declared: Metadata | None = None, tail: str = "") -> Metadata:
    return clean_text(f"{head}\n\n{BODY}\n\n{tail}", declared=declared).metadata


def test_declared_title_loses_its_site_and_takes_the_characters_of_the_page() -> None:
    found = meta("一家店的早晨", Metadata(title="一家店的早晨_财经_南湖网"))
    assert (found.title, found.publisher) == ("一家店的早晨", "南湖网")


@pytest.mark.parametrize("wrong", ["首页", "无标题文档", "index", "https://example.com/a.html"])
def test_declared_title_that_is_none_loses(wrong: str) -> None:
    assert meta("一家店的早晨", Metadata(title=wrong)).title == "一家店的早晨"


@pytest.mark.parametrize("wrong", ["admin", "编辑", "南湖晚报号", "http://example.com/"])
def test_declared_author_that_is_none_loses(wrong: str) -> None:
    assert meta("一家店的早晨\n文/罗敏", Metadata(authors=(wrong,))).authors == ("罗敏",)


def test_declared_metadata_wins_where_it_can_be_true() -> None:
    said = Metadata(
        title="一家店的早晨", authors=("周一帆",), publisher="南湖网", date="2021-03-05", date_certainty="stated"
    )
    found = meta("一家店的早晨\n2021-03-08 来源:南湖晚报 作者:罗敏", said)
    assert (found.authors, found.publisher, found.date, found.republished_from) == (
        ("周一帆",),
        "南湖网",
        "2021-03-05",
        "南湖晚报",
    )


def test_what_is_not_said_stays_unknown() -> None:
    found = meta("一家店的早晨")
    assert found == Metadata(title="一家店的早晨", language="zh", script="zh-Hans")


def test_editors_are_no_authors() -> None:
    assert meta("一家店的早晨\n监制 | 何川\n编辑 | 周一帆\n校对 | 罗敏").authors == ()


def test_mark_of_a_later_day_is_an_upper_bound() -> None:
    found = meta("一家店的早晨", tail="2021-03-09 16:40被设为精华,积分加20\n快速回复 高级回复")
    assert (found.date, found.date_certainty) == ("2021-03-09", "upper-bound")


@pytest.mark.parametrize(
    ("text", "script", "language"),
    [
        (BODY, "zh-Hans", "zh"),
        ("青禾便利的店長每天早上先看訂單，再決定當天的陳列，這個習慣已經有三年。", "zh-Hant", "zh"),
        ("The manager reads yesterday's orders first, and then she decides what to put on the shelves.", "en", "en"),
    ],
)
def test_script_and_language_of_the_body(text: str, script: str, language: str) -> None:
    found = clean_text(text).metadata
    assert (found.script, found.language) == (script, language)


# ---- what can be the name of a paper or site ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("notice", "named"),
    [
        ("本文首发于去年夏天", None),
        ("本文首发于去年夏天，略有删改。", None),
        ("本文首发于2019年3月，有修改。", None),
        ("本文首发于三年前的一次分享。", None),
        ("（本文首发于全网）", None),
        ("本文來自去年底的內部分享", None),
        ("发布于 上海", None),
        ("首发：多家媒体", None),
        ("来源：去年夏天", None),
        ("This article was originally published in March 2019.", None),
        ("本文首发于河湾日报，作者：李雨。", "河湾日报"),
        ("本文首发于《今天》。", "今天"),
        ("本文首发于去年夏天，转载自公众号“河湾商业”，已获授权。", "河湾商业"),
        ("来源：每日河湾", "每日河湾"),
    ],
)
def test_a_time_a_place_or_an_adverb_is_no_publisher(notice: str, named: str | None) -> None:
    text = f"澄湖超市的会员改造\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n{notice}\n"
    found = clean_text(text).metadata
    assert {found.publisher, found.republished_from} - {None} == ({named} if named else set())


@pytest.mark.parametrize(
    "name",
    [
        "21世纪经济报道",
        "今日头条",
        "第一财经",
        "每日经济新闻",
        "36氪",
        "南方周末",
        "新周刊",
        "和讯网",
        "一点资讯",
        "为你读诗",
        "我们视频",
        "在人间",
        "今晚报",
        "春城晚报",
        "半月谈",
        "上海证券报",
        "中国新闻网",
        "十点读书",
        "三联生活周刊",
        "昨日重现",
        "国内动态清样",
        "全球化智库",
    ],
)
def test_names_with_times_and_places_in_them_are_names(name: str) -> None:
    assert is_outlet_name(name)
    assert is_outlet_name(cue_form(name))


@pytest.mark.parametrize("name", ["The Guardian", "Monday Morning Club", "Harvard Business Review", "Today's Paper"])
def test_english_names_are_names(name: str) -> None:
    assert is_outlet_name(cue_form(name))


@pytest.mark.parametrize(
    "value",
    [
        "去年",
        "三年前",
        "多年以前",
        "不久之前",
        "上周五",
        "昨晚",
        "第一时间",
        "公司成立十周年之际",
        "疫情期间",
        "网上",
        "今年年初",
        "本月",
        "十年前",
        "一家杂志",
        "笔者博客",
        "早在2015年",
        "90年代",
        "春节前夕",
        "两个月前我的公众号",
        "2020.3.15",
        "大前年冬天",
        "第三季度",
        "yesterday",
        "online",
    ],
)
def test_times_and_vague_words_are_no_names(value: str) -> None:
    assert not is_outlet_name(value)
