"""Heads of pages, field by field: whatever else stands in the first lines, each field is read or stays empty."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.clean import clean_text
from casekit.types import Metadata

TITLE = "河湾书店夜里也开门，一晚上多卖四十本"
HANT = "河灣書店夜裡也開門，一晚上多賣四十本"
BODY = (
    "河湾书店从五月起夜里也开门，店员分两班，最晚的一班到凌晨两点。店长说，一晚上能多卖四十本书。\n\n"
    "来的多是附近医院下夜班的护士，她们先坐一会儿，再挑一本带走。\n\n"
    "书店打算把这个办法用到另外两家店，不过要等到秋天。"
)
BODY_HANT = (
    "河灣書店從五月起夜裡也開門，店員分兩班，最晚的一班到凌晨兩點。店長說，一晚上能多賣四十本書。\n\n"
    "來的多是附近醫院下夜班的護士，她們先坐一會兒，再挑一本帶走。"
)


def read(head: str, body: str = BODY) -> Metadata:
    return clean_text(f"{head}\n{body}\n").metadata


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("文|罗敏", ("罗敏",)),
        ("文|南湖研究院 罗敏", ("罗敏",)),  # where she works is no author
        ("撰文：罗敏+何川+周一帆", ("罗敏", "何川", "周一帆")),
        ("罗敏+何川", ("罗敏", "何川")),
        ("晨讯见习记者 罗敏", ("罗敏",)),
        ("作者：南城见习记者 罗敏", ("罗敏",)),
        ("本报记者 罗敏 通讯员 何川 文/图", ("罗敏", "何川")),
        ("罗 敏 1,2，何川 1，周一帆 2", ("罗敏", "何川", "周一帆")),
        ("罗敏¹ 何川²", ("罗敏", "何川")),
        ("本报记者罗敏", ("罗敏",)),
        ("书店有三件事：书、灯、椅子。\n\n文|南湖商学院 罗敏", ("罗敏",)),  # below a deck that is a sentence
        ("作者：访客", ()),
        ("作者：网易", ()),
        ("作者：南都见习记者", ()),
        ("责任编辑 何川", ()),
        ("罗敏 摄", ()),  # she took the picture
        ("编辑部 / 综合报道", ()),
    ],
)
def test_who_wrote_it(head: str, authors: tuple[str, ...]) -> None:
    found = read(f"{TITLE}\n\n{head}\n")
    assert (found.title, found.authors) == (TITLE, authors)


@pytest.mark.parametrize(
    "head",
    [
        "記者羅敏／台北報導",
        "記者 羅敏／綜合報導",
        "【晨訊／記者 羅敏／彰化報導】",
        "〔記者羅敏／台北報導〕",
        "文／記者羅敏",
        "晨報 編譯羅敏／綜合外電",
        "撰文：羅敏　攝影：何川",
        "河灣振道/記者 羅敏/河灣報導",
    ],
)
def test_bylines_of_taiwan_and_hong_kong(head: str) -> None:
    found = read(f"{HANT}\n\n{head}\n", BODY_HANT)
    assert (found.title, found.authors) == (HANT, ("羅敏",))


def test_an_agency_its_city_and_day_are_no_title() -> None:
    found = read("快訊\n\n晨報社／ 台北10日電\n", BODY_HANT)
    assert (found.title, found.publisher) == (None, "晨報社")


@pytest.mark.parametrize(
    "above",
    [
        "推荐标签：书店会谈 | 夜间论坛 | 直击海湾 | 建店十年",
        "此为临时链接，仅用于预览，将在短期内失效。",
        "快讯 │ 夜谈 │ 海湾",
    ],
)
def test_menus_and_notices_above_it_are_no_title(above: str) -> None:
    assert read(f"{above}\n\n{TITLE}\n\n2021-03-05 10:20\n").title == TITLE
    assert read(f"{TITLE}│晨讯网\n\n2021-03-05 10:20\n").title == TITLE


def test_a_reporter_in_brackets_before_the_first_sentence() -> None:
    assert read(f"{HANT}\n", f"【記者羅敏／台北報導】{BODY_HANT}").authors == ("羅敏",)
    assert read(f"{TITLE}\n", f"记者走访了三家店，店长都说夜里有人来。{BODY}").authors == ()


@pytest.mark.parametrize(
    ("line", "expect"),
    [
        ("2021-03-05 晨报 罗敏", {"date": "2021-03-05", "publisher": "晨报", "authors": ("罗敏",)}),
        ("访客 2021-03-05 17:03:46 632", {"date": "2021-03-05", "publisher": None, "authors": ()}),
        (
            "发布时间：2021-03-05 来源：晨讯 浏览量： 字号：【加大】【减小】 手机上观看",
            {"date": "2021-03-05", "publisher": "晨讯"},
        ),
        ("时间：2021-03-05来源：晨讯笔记浏览数：1次", {"date": "2021-03-05", "publisher": "晨讯笔记"}),
        ("更新时间：2021-04-01 发布时间：2021-03-05", {"date": "2021-03-05"}),
        ("2021-03-05 08:30 更新：2021-04-01", {"date": "2021-03-05"}),
        ("2小时前 晨讯", {"date": None}),
        (
            "更新日期:2021/03/05 09:25 记者罗敏、祈容、萧一帆",
            {"date": "2021-03-05", "authors": ("罗敏", "祈容", "萧一帆")},
        ),
        ("出品/晨讯 撰文/罗敏", {"publisher": "晨讯", "authors": ("罗敏",)}),
    ],
)
def test_one_field_that_cannot_be_read_takes_nothing_from_the_others(line: str, expect: dict[str, Any]) -> None:
    found = read(f"{TITLE}\n\n{line}\n")
    assert found.title == TITLE
    assert {name: getattr(found, name) for name in expect} == expect


@pytest.mark.parametrize(
    ("first", "date"),
    [
        ("2021-03-05 " + BODY, "2021-03-05"),
        ("2021-03-05 起" + BODY, None),  # that day belongs to the sentence
        ("2021年3月5日，" + BODY, None),
        (BODY + "\n\n2021-03-05", "2021-03-05"),
    ],
)
def test_a_date_before_the_first_sentence_or_alone_at_the_end(first: str, date: str | None) -> None:
    assert clean_text(first).metadata.date == date


@pytest.mark.parametrize(
    "above",
    [
        "欢迎访问晨讯零售网 | 网站首页\n当前位置：首页 > 资讯",
        "![图](https://pic.example/ab.png)",
        "IMG_20210305.jpg",
        "扫描二维码 上传二维码\n选择平台类型，避免链接被拦截\n选择允许访问的平台",
        "正在阅读：",
        "文档简介",
        "▲河湾书店的店长在门口。（图／河湾书店提供）",
        "晨讯零售网",
        f"{TITLE}_第1页\n{TITLE}_第2页\n已阅读2页，还剩8页未读 继续免费阅读",
        "- 产品\n- 解决方案\n- 案例\n- 关于",
    ],
)
def test_what_stands_above_the_title_is_no_title(above: str) -> None:
    assert read(f"{above}\n\n{TITLE}\n").title == TITLE


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("罗敏", ("罗敏",)),
        ("欢迎访问晨讯零售网", ()),
        ("▲河湾书店的店长在门口。（图／河湾书店提供）\n\n记者罗敏／南湖报道", ("罗敏",)),
        ("![图](https://pic.example/ab.png)", ()),
        ("首页 > 资讯", ()),
        ("文章简介：", ()),
    ],
)
def test_a_title_that_does_not_stand_there_stays_empty(head: str, authors: tuple[str, ...]) -> None:
    found = read(f"{head}\n")
    assert (found.title, found.authors) == (None, authors)


def test_a_name_that_the_text_is_about_may_be_its_title() -> None:
    assert read("罗敏", "罗敏是河湾书店的店长，从五月起夜里也开门。" + BODY).title == "罗敏"


@pytest.mark.parametrize(
    ("head", "authors", "date"),
    [
        ("date 2021-03-05 ▲河湾书店的店长在门口。（罗敏摄）\n", (), "2021-03-05"),
        ("罗敏 何川 周一帆\n[摘 要]夜里开门的书店多卖四十本，这个办法能用到别处。\n", ("罗敏", "何川", "周一帆"), None),
        ("□ 罗 敏1, 2 何 川\n(1.南湖大学 商学院, 南湖 211156; 2.河湾学院, 河湾 211167)\n", ("罗敏", "何川"), None),
        ("引言：夜里开门的道理\n", (), None),
        ("文|华商夜话 罗敏\n", ("罗敏",), None),
    ],
)
def test_a_text_without_a_title_may_name_its_authors_and_date(
    head: str, authors: tuple[str, ...], date: str | None
) -> None:
    found = read(head)
    assert (found.title, found.authors, found.date) == (None, authors, date)


def test_a_reporter_with_the_hour_behind_the_place() -> None:
    found = read(f"{HANT}\n\n記者羅敏/台中報導-2021-03-05 13:39:03\n", BODY_HANT)
    assert (found.title, found.authors, found.date) == (HANT, ("羅敏",), "2021-03-05")


def test_names_in_brackets_behind_the_last_sentence() -> None:
    assert read(f"{TITLE}\n", BODY + "（罗 敏 何川远）").authors == ("罗敏", "何川远")
    assert read(f"{TITLE}\n", BODY + "店长（罗敏）").authors == ()


def test_a_notice_with_labels_names_origin_and_author() -> None:
    found = read(f"{TITLE}\n本文来自微信公众号：窄巷（ID：zx-1），作者：罗敏，编辑：何川，头图来自：视觉\n")
    assert (found.title, found.authors, found.publisher) == (TITLE, ("罗敏",), "窄巷")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"移至主內容\n\n{TITLE}\n\n2020/10/23 12:00\n2,015次瀏覽 ・ 2次分享\n", TITLE),
        (f"{TITLE} [复制链接]\n", TITLE),
        (f"您的位置首页 >购物宝典 >\n\n{TITLE}\n", TITLE),
        (f"02.2026 主頁 > 生活雜貨 > {TITLE}\n", TITLE),
        (f"农讯月刊 > 封面故事\n{TITLE}\n", TITLE),
    ],
)
def test_paths_and_buttons_around_a_title(head: str, title: str) -> None:
    assert read(head).title == title


def test_a_paper_before_its_reporters_and_names_without_a_blank() -> None:
    found = read("河灣日報／ 記者羅敏華何川遠／台北報導\n", BODY_HANT)
    assert (found.title, found.authors, found.republished_from or found.publisher) == (
        None,
        ("羅敏華", "何川遠"),
        "河灣日報",
    )


def test_a_paper_of_research_has_names_with_footnotes_and_several_dates() -> None:
    found = read(
        f"{TITLE}\n\n——基于河湾的调查\n\n罗敏华1，何川远2，周 帆2\n\n1河湾大学经济学院，河湾\n\n"
        "收稿日期：2020年2月21日；录用日期：2020年3月14日；发布日期：2021年3月5日\n\n摘要\n"
    )
    assert (found.title, found.authors, found.date) == (TITLE, ("罗敏华", "何川远", "周帆"), "2021-03-05")


@pytest.mark.parametrize(
    ("head", "authors", "publisher", "date"),
    [
        ("本报讯（记者 罗敏 通讯员 何川）", ("罗敏", "何川"), None, None),
        ("南湖日报3月2日讯（记者罗敏）", ("罗敏",), "南湖日报", None),
        ("南湖社河湾2020年3月2日电（记者罗敏、何川）", ("罗敏", "何川"), "南湖社", "2020-03-02"),
        ("南湖網河灣3月2日電 記者羅敏報道：", ("羅敏",), "南湖網", None),
        ("【南湖報專訊】", (), "南湖報", None),
        ("（南湖週刊 2020/04/05）", (), "南湖週刊", "2020-04-05"),
        ("【農報／記者羅敏／嘉義報導】", ("羅敏",), "農報", None),
    ],
)
def test_the_words_that_open_a_story_tell_who_sent_it(
    head: str, authors: tuple[str, ...], publisher: str | None, date: str | None
) -> None:
    for text in (f"{TITLE}\n\n{head}{BODY}\n", f"{TITLE}\n{head}\n\n{BODY}\n"):
        found = clean_text(text).metadata
        assert (found.title, found.authors, found.publisher, found.date) == (TITLE, authors, publisher, date)


@pytest.mark.parametrize(
    ("head", "authors", "publisher", "date"),
    [
        ("2021-11-03 05:30 南湖新聞網 羅敏、何川", ("羅敏", "何川"), "南湖新聞網", "2021-11-03"),
        ("商報 / 文：羅敏 2020年4月5日", ("羅敏",), "商報", "2020-04-05"),
        ("南湖晚报首席记者 罗敏 实习生 何川", ("罗敏", "何川"), "南湖晚报", None),
        ("南湖新闻记者 | 罗敏\n南湖新闻编辑 | 何川", ("罗敏",), "南湖新闻", None),
        ("《南湖观察》2018年第7期 作者：罗敏 何川", ("罗敏", "何川"), "南湖观察", "2018"),
        ("2018.07.09 10:00\n南湖观察 罗敏\n扫码阅读手机版", ("罗敏",), "南湖观察", "2018-07-09"),
        ("2018-07-09 19:30\n南湖周报\n罗敏\n订阅", ("罗敏",), "南湖周报", "2018-07-09"),
        ("Original 罗敏 南湖观察 *Posted on* 2018-07-09", ("罗敏",), "南湖观察", "2018-07-09"),
        ("Text by 罗敏 Photo by 何川\nPosted on 5 April 2020", ("罗敏",), None, "2020-04-05"),
        ("更新：2021-09-09 10:00 发布：2020-03-02 09:00", (), None, "2020-03-02"),
        ("2021.05.17 | 新零售", (), None, "2021-05-17"),  # a section of the site, not its name
        ("罗敏 2021-05-17 10:11 IP属地：上海", ("罗敏",), None, "2021-05-17"),
        ("中華民國一百一十一年三月九日", (), None, "2022-03-09"),
        ("111.03.09\n農訊月刊 羅敏", ("羅敏",), "農訊月刊", "2022-03-09"),
        ("文章来源：南湖周报    录入：admin    点击数：21", (), "南湖周报", None),
        ("南湖周报·2023年第14期·封面报道", (), "南湖周报", "2023"),  # 封面 begins like a name
    ],
)
def test_fields_wherever_they_stand(
    head: str, authors: tuple[str, ...], publisher: str | None, date: str | None
) -> None:
    found = read(f"{TITLE}\n{head}\n")
    assert (found.title, found.authors, found.publisher, found.date) == (TITLE, authors, publisher, date)


@pytest.mark.parametrize(
    ("tail", "authors", "publisher", "date"),
    [
        ("（来源：南湖日报 责任编辑：何川）", (), "南湖日报", None),
        ("来源：南湖周报  作者：罗敏  2023年7月18日", ("罗敏",), "南湖周报", "2023-07-18"),
        ("罗敏\n二〇二三年七月十八日", ("罗敏",), None, "2023-07-18"),
        ("（本文作者系江大学商学院教授罗敏）", ("罗敏",), None, None),
        ("罗敏", ("罗敏",), None, None),
    ],
)
def test_fields_below_the_text(tail: str, authors: tuple[str, ...], publisher: str | None, date: str | None) -> None:
    found = clean_text(f"{TITLE}\n\n{BODY}\n\n{tail}\n").metadata
    assert (found.title, found.authors, found.publisher, found.date) == (TITLE, authors, publisher, date)


@pytest.mark.parametrize("head", ["图为河湾书店的灯。受访者供图", "明报专讯", "封面故事", "03版：产经"])
def test_captions_openings_and_sections_are_no_titles(head: str) -> None:
    assert read(head + "\n").title is None
