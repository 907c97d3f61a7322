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
        "（島嶼社記者羅敏南投十二日電）",
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
        ("南湖研究 2023年11期", (), "南湖研究", "2023"),
        (
            "2023-12-18 01:19罗小敏何以川\n南湖研究 2023年11期\n关键词：书店\n\n罗小敏，何 以 川",
            ("罗小敏", "何以川"),
            "南湖研究",
            "2023-12-18",
        ),
        ("2022年07月05日 08:11:30　南湖财经网　字号：T | T\n分享到：", (), "南湖财经网", "2022-07-05"),
        ("2022 09/ 16 18:01:56\n来源:南湖网", (), "南湖网", "2022-09-16"),
        (
            "原创 罗敏 南湖观察 2023年11月2日 20:15 江苏",
            ("罗敏",),
            "南湖观察",
            "2023-11-02",
        ),  # where it was posted from
        ("来源:南湖网 原创稿", (), "南湖网", None),
        ("南湖周刊\n罗敏", ("罗敏",), "南湖周刊", None),
        ("來源:南湖  作者:南湖整理", (), "南湖", None),  # the house itself wrote it: nobody
        (
            "引用格式:罗敏,何川.河湾书店夜里也开门[J].南湖研究,2021(1):3-10.",
            ("罗敏", "何川"),
            "南湖研究",
            "2021",
        ),
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
        (
            "■延伸閱讀\n\n另一家書店\n\n【記者】罗敏\n\n【作者】 罗敏;何川\n\n【來源】 南湖號\n\n分享到:",
            ("罗敏", "何川"),
            "南湖號",
            None,
        ),
        (
            "—— 融媒体矩阵 ——\n百家号\n微博\n抖音\n企鹅号\n头条",
            (),
            None,
            None,
        ),  # where else it writes, not where this stands
        ("本文转载自合作伙伴《南湖观察》，未经授权，不得转载", (), None, None),  # what it was taken from
    ],
)
def test_fields_below_the_text(tail: str, authors: tuple[str, ...], publisher: str | None, date: str | None) -> None:
    found = clean_text(f"{TITLE}\n\n{BODY}\n\n{tail}\n").metadata
    assert (found.title, found.authors, found.publisher, found.date) == (TITLE, authors, publisher, date)


@pytest.mark.parametrize("head", ["图为河湾书店的灯。受访者供图", "明报专讯", "封面故事", "03版：产经"])
def test_captions_openings_and_sections_are_no_titles(head: str) -> None:
    assert read(head + "\n").title is None


@pytest.mark.parametrize(
    "head",
    ["河湾集团董事长罗敏", "2025-11-13", "索引号：HW-2023-00417　　发布机构：河湾县书报局\n发文日期：2023年06月21日"],
)
def test_a_caption_of_a_person_a_date_and_an_offices_labels_are_no_titles(head: str) -> None:
    assert read(head + "\n").title is None


def test_whom_it_talks_to_may_be_a_title() -> None:
    assert read("对话河湾书店董事长罗敏\n").title == "对话河湾书店董事长罗敏"


def test_a_name_that_ends_in_the_word_for_writing() -> None:
    assert read(f"{TITLE}\n\n記者羅允文／南投報導\n").authors == ("羅允文",)
    assert read(f"{TITLE}\n\n記者 羅允文\n").authors == ("羅允文",)


@pytest.mark.parametrize(
    ("opening", "publisher", "date"),
    [
        ("據南湖社臺北1月3日電 ", "南湖社", None),
        ("澄江2023年5月16日电 /南湖稿件网/ -- ", "南湖稿件网", "2023-05-16"),
        ("[南湖今日新聞] ", "南湖今日新聞", None),
        ("【体育新闻】", None, None),
        ("《南湖通訊社4日專訊》", "南湖通訊社", None),
    ],
)
def test_openings_that_name_the_house(opening: str, publisher: str | None, date: str | None) -> None:
    found = clean_text(f"{TITLE}\n\n{opening}{BODY}").metadata
    assert (found.publisher, found.date) == (publisher, date)


def test_a_day_in_the_opening_words_settles_which_figure_is_the_month() -> None:
    told = clean_text(f"{TITLE}\n04/03/2026 16:38\n\n《南湖通讯社4日专讯》{BODY}").metadata
    assert (told.date, read(f"{TITLE}\n04/03/2026 16:38\n").date) == ("2026-03-04", "2026")


def test_reporters_with_their_posts_behind_the_last_sentence() -> None:
    cleaned = clean_text(f"{TITLE}\n\n{BODY}(全媒体记者罗敏通讯员何以川)\n您需要登录后才可以评论, 登录| 注册\n")
    assert cleaned.metadata.authors == ("罗敏", "何以川")
    assert [cut.rule for cut in cleaned.cuts] == ["title", "byline", "comments"]


def test_the_part_of_a_title_that_ends_a_breadcrumb_speaks_for_it() -> None:
    crumbs = f"您当前位置:河湾考试 > 河湾书店 > {TITLE[:14]}"
    found = read(
        f"河湾书店\n\n{crumbs}\n\n{TITLE}\n\n2023-02-15 来源:南湖网\n", f"【导读】河湾书店发布:{TITLE}。\n\n{BODY}"
    )
    assert (found.title, found.publisher) == (TITLE, "南湖网")


def test_a_paper_whose_name_opens_the_page_publishes_it() -> None:
    found = clean_text(f"南湖书业新闻网\n南湖书报官方网站\n{BODY}\n").metadata
    assert (found.title, found.publisher) == (None, "南湖书业新闻网")


def test_numbered_terms_of_use_go_and_numbered_statements_stay() -> None:
    notes = "声明:\n1、凡本网注明“南湖网”的稿件,如需转载应注明来源。\n2、部分内容转自其他媒体,并不代表本网赞同其观点和对其真实性负责。"
    cleaned = clean_text(f"{TITLE}\n\n{BODY}\n(新媒体责编:lin)\n{notes}\n")
    assert [cut.rule for cut in cleaned.cuts] == ["title", "byline", "disclaimer"]
    said = "1、该书店不承担运费造成的责任，这是合同写明的。"
    assert any(
        said in span.slice(f"{TITLE}\n\n{BODY}\n{said}\n{BODY}")
        for span in clean_text(f"{TITLE}\n\n{BODY}\n{said}\n{BODY}").kept
    )


def test_a_row_of_links_a_third_of_which_are_known_and_titles_of_pictures_go() -> None:
    row = "南湖报社概况 | 关于南湖网 | 报网动态 | 联系我们 | 法律声明 | 南湖邮箱 | 网站地图"
    cleaned = clean_text(f"{TITLE}\n\n{BODY}\n\n{TITLE}\n\n{BODY}\n{row}\n")
    assert [cut.rule for cut in cleaned.cuts] == ["title", "title", "legal"]


def test_what_stands_beside_a_month_is_as_likely_a_column_as_a_paper() -> None:
    found = read(f"南湖专题 2023年10月\n\n{TITLE}\n\n整理、撰文:罗敏\n")
    assert (found.title, found.authors, found.publisher, found.date) == (TITLE, ("罗敏",), None, "2023-10")


def test_a_text_taken_from_another_house_names_that_and_no_publisher() -> None:
    found = clean_text(f"{TITLE}\n\n{BODY}\n\n本文转载自合作伙伴《南湖观察》，未经授权，不得转载\n").metadata
    assert (found.publisher, found.republished_from) == (None, "南湖观察")


def test_the_pages_today_is_not_the_day_of_publication() -> None:
    found = read(f"2024年10月23日 星期三\n\n{TITLE}\n\n发布时间:2016-02-26 08:50:17  来源:南湖网\n")
    assert (found.title, found.publisher, found.date) == (TITLE, "南湖网", "2016-02-26")


def test_a_date_with_the_hour_before_the_first_sentence_needs_no_blank() -> None:
    assert clean_text(f"{TITLE}\n2019年04月22日 09:58昨天，{BODY}").metadata.date == "2019-04-22"
    assert clean_text(f"{TITLE}\n2019年04月22日昨天的{BODY}").metadata.date is None


def test_a_firms_name_above_its_page_and_a_label_are_no_titles() -> None:
    found = read(f"河湾控股有限公司\n\n市场及行业新闻\n\n  返回列表\n{TITLE}\n")
    assert found.title == TITLE
    assert read("品牌推荐\n").title is None
    assert read("河湾书店有限公司\n", f"河湾书店有限公司从五月起夜里也开门。{BODY}").title == "河湾书店有限公司"


def test_reporters_without_brackets_behind_the_last_sentence_go_and_are_read() -> None:
    cleaned = clean_text(f"{TITLE}\n\n{BODY} 南湖日报全媒体记者 罗敏 通讯员 何川 摄影报道\n")
    assert (cleaned.metadata.authors, cleaned.metadata.publisher) == (("罗敏", "何川"), "南湖日报")
    assert [cut.rule for cut in cleaned.cuts] == ["title", "byline"]


def test_an_address_as_source_names_nobody() -> None:
    found = clean_text(
        f"{TITLE}\n\n{BODY}\n责任编辑:lin\n文章来源:http://news.example.com/2019/0422/1.shtml\n"
    ).metadata
    assert (found.publisher, found.republished_from) == (None, None)


@pytest.mark.parametrize(
    "page",
    [
        "{title}\n\n{body}\n\n评论\n小林 2021-03-05 10:00\n写得好，赞一个。\n",
        "{title}\n\n小林 2021-03-05 10:00 回复\n{body}\n",
        "{title}\n3条评论\n\n{body}\n\n爱书人\n2021-03-05 10:00\n好店，支持。\n回复 赞\n",
        "{title}\n最新评论：爱书人 2021-03-05 好店\n{body}\n",
        "{title}\n\n{body}\n\n留言\n\n爱书人\n\n2021年3月5日\n\n好店。\n",
        "{title}\n\n{body}\n\n上一篇：城北书店关门了 2021-03-05\n下一篇：无\n",
    ],
)
def test_the_day_of_a_comment_or_of_another_article_is_not_the_articles(page: str) -> None:
    lead = BODY.split("\n\n")[0]
    found = clean_text(page.format(title=TITLE, body=lead)).metadata
    assert (found.title, found.date, found.authors) == (TITLE, None, ())


def test_a_name_behind_a_box_above_the_text_signs_it() -> None:
    found = clean_text(f"2026-02-09\n书店有自己的节奏，夜里也是一样。（资料照）\n\n■罗敏之\n\n{BODY}\n").metadata
    assert (found.title, found.authors, found.date) == (None, ("罗敏之",), "2026-02-09")


def test_an_editor_in_training_who_reports_is_no_title() -> None:
    found = read("2025-11-09\n實習編輯羅敏之／台北報導\n", BODY_HANT)
    assert (found.title, found.authors, found.date) == (None, ("羅敏之",), "2025-11-09")


# ---- what pages say around an article -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "notice",
    [
        "为达最佳浏览效果，建议使用 Chrome、Firefox 浏览器。",
        "Your browser does not support JavaScript! Please enable JavaScript!",
        "抱歉，我们并不支持你正使用的浏览器。",
        "打开微信，点击底部的“发现”，\n使用“扫一扫”即可将网页分享至朋友圈。",
        "You are using software which is blocking our advertisements (adblocker).",
    ],
)
def test_sentences_to_a_browser_open_no_article(notice: str) -> None:
    found = clean_text(f"{notice}\n\n{TITLE}\n\n2021-03-05 晨报 罗敏\n\n{BODY}\n")
    assert found.metadata.title == TITLE
    assert (found.metadata.date, found.metadata.publisher, found.metadata.authors) == ("2021-03-05", "晨报", ("罗敏",))


def test_a_house_with_its_latin_name_and_one_that_only_its_notice_names_are_no_titles() -> None:
    head = f"河湾通讯社 RIVER BEND NEWS AGENCY\n\n{TITLE}\n\n记者：罗敏 新闻分类：生活 更新日期：2021-03-05 10:20:00\n"
    found = read(head)
    assert (found.title, found.authors, found.date) == (TITLE, ("罗敏",), "2021-03-05")
    notice = (
        "晨讯网所刊载内容之知识产权为晨讯传媒专属所有或持有。未经许可，禁止进行转载、摘编、复制及建立镜像等任何使用。"
    )
    found = read(f"晨讯传媒\n晨讯传媒\n\n{TITLE}\n\n文|罗敏\n2021年03月05日 07:52\n", f"{BODY}\n\n{notice}")
    assert (found.title, found.publisher, found.authors) == (TITLE, "晨讯网", ("罗敏",))


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("来稿作者：罗敏博士、何川博士", ("罗敏", "何川")),
        ("作者：爱上夜班的老罗", ("爱上夜班的老罗",)),
        ("—— by 每日河湾\n文 | 罗敏 何川", ("罗敏", "何川")),
        ("By Jane Roe, contributing writer", ("Jane Roe",)),
        ("By Jane Roe, The River Bend Times Company", ("Jane Roe",)),
        ("罗敏╱河湾智权报 编辑部", ("罗敏",)),
        ("文：?罗敏", ("罗敏",)),  # a sign that an encoding lost
        ("本文来自微信公众号:河湾日记(ID:riverbend),作者:罗敏,头图来自:视觉河湾", ("罗敏",)),
        ("河湾01／ 撰文／罗敏", ("罗敏",)),
        ("2021年03月05日 20:13\n罗敏\n罗敏\n\n河湾书店的联合创始人", ("罗敏",)),
        ("记者：你怎么看的", ()),
    ],
)
def test_titles_and_posts_behind_names_are_no_part_of_them(line: str, authors: tuple[str, ...]) -> None:
    assert read(f"{TITLE}\n\n{line}\n").authors == authors


def test_a_paper_behind_a_labelled_hour() -> None:
    assert read(f"{TITLE}\n\n时间：2021年03月05日 10:20:30 晨讯网\n").publisher == "晨讯网"
    assert read(f"{TITLE}\n\n时间：2021年03月05日 10:20:30 星期五\n").publisher is None


def test_what_opens_a_story() -> None:
    lead = f"新华社河湾3月5日电（记者 罗敏）{BODY}"
    days = "\n".join(f"  • 第2021-03-0{n}期" for n in (5, 4, 3, 2))
    found = clean_text(f"{TITLE}\n\n  •   {lead}\n\n  过往期刊\n\n{days}\n").metadata
    assert (found.publisher, found.authors, found.date) == ("新华社", ("罗敏",), None)
    slug = f"{TITLE[:9]}\n{TITLE[9:]}\n\n2021-03-05 来源: 新华社\n\n新华社河湾3月5日电 题：{TITLE}\n\n新华社记者罗敏\n"
    assert read(slug).title == TITLE
    assert read(f"{TITLE}\n", f"【河湾电视台】{BODY}").publisher == "河湾电视台"
    wire = "The bookshop at the bend of the river opens at night, and two shifts of clerks sell forty more books a day."
    assert (
        clean_text(f"Books at night\n\nRIVERTON, March 5 (Lantern) - {wire}\n\n{wire}\n").metadata.publisher
        == "Lantern"
    )


def test_who_printed_it_where_no_label_says_so() -> None:
    assert read(f"{TITLE}\n\n罗敏╱河湾智权报 编辑部\n").publisher == "河湾智权报"
    assert read(f"{TITLE}\n\n作者：罗敏\n发表于《河湾研究参考》\n").publisher == "河湾研究参考"
    glued = clean_text(f"河湾物流网2021-03-05\n{BODY}").metadata
    assert (glued.title, glued.publisher, glued.date) == (None, "河湾物流网", "2021-03-05")
    below = read(
        f"{TITLE}\n\n河湾财经RiverMag\n2021.03.05\n夜里开门，对书店未尝不是一件好事。\n\n文：罗敏\n\n来源：河湾财经RiverMag\n"
    )
    assert (below.publisher, below.authors) == ("河湾财经RiverMag", ("罗敏",))


def test_the_house_that_leads_a_line_of_writers_and_an_account_beside_a_day() -> None:
    assert read(f"{TITLE}\n\n河湾01／ 撰文／罗敏\n").publisher == "河湾01"
    found = read(f"{TITLE}\n\n河湾日报评论  · 公众号  · 时评  · 2021-05-10 22:17\n")
    assert (found.publisher, found.date) == ("河湾日报评论", "2021-05-10")


def test_captions_without_brackets_above_a_title() -> None:
    caption = "3月5日，河湾书店的店员在灯下理书，护士们下班后走进门来，这家店从五月起夜里也开门。河湾社记者罗敏 摄"
    text = f"{caption}\n{TITLE}\n发布时间: 2021-03-05 08:57:07 | 来源: 河湾新闻网 | | 责任编辑: 何川\n\n{BODY}\n"
    found = clean_text(text).metadata
    assert (found.title, found.date, found.publisher, found.authors) == (TITLE, "2021-03-05", "河湾新闻网", ())


def test_writers_below_an_abstract_of_some_paragraphs() -> None:
    story = "河湾书店从五月起夜里也开门，店员分两班，最晚的一班到凌晨两点。店长说，一晚上能多卖四十本书。"
    abstract = "\n\n".join(f"{n}月的夜里，来的多是附近医院下夜班的护士。" for n in range(5, 9))
    text = f"{TITLE}\n\n{abstract}\n\n文 | 罗敏 何川\n\n编辑 | 周一帆\n\n" + f"{story}\n\n" * 4
    assert clean_text(text).metadata.authors == ("罗敏", "何川")


def test_lists_above_an_article_name_neither_its_title_nor_its_paper() -> None:
    links = f"当前位置：首页 » 生活 » {TITLE}\n扩展阅读\n旧收银机怎么处理 2024-11-25 19:46:42\n"
    found = read(f"{links}\n{TITLE}\n\n发布时间: 2021-03-05 11:47:37\n")
    assert (found.title, found.publisher, found.date) == (TITLE, None, "2021-03-05")
    menu = "首页 | | | 资讯中心 | | | 人物 | | | 政策法规 | | | 考试培训 | | | 会议展览 | | | 供求信息 | | | 河湾化工 | ||\n作者：罗敏\n"
    assert read(menu).title is None


def test_long_english_headlines_and_captions_above_the_text() -> None:
    title = "Bookshops by the river stay open late as more nurses drop in on their way home but the town's bakers fear that it will not last"
    deck = "• The shop's manager says that forty more books are sold on a night than before the clerks began to work in two shifts"
    photo = (
        "People walk past the bookshop at the bend of the river on a rainy evening in March. Photo: Lantern / Jane Roe"
    )
    story = (
        "One night in early March, a nurse found that the bookshop near her hospital was open. She walked in and took a book home.\n"
        * 3
    )
    assert clean_text(f"Advertisement\n{title}\n{deck}\nReading Time:5 minutes\n{story}").metadata.title == title
    assert clean_text(f"{photo}\n{title}\n\n{story}").metadata.title == title
    found = clean_text(
        f"Source:\nhttps://lantern.example/books/late-nights-by-the-river-bend\n{title}\n\n{story}"
    ).metadata
    assert found.title == title


# ---- comments above the article -------------------------------------------------------------------------------------
SAID = ("夜里开门真好，我下班正好路过。", "那店员什么时候睡觉呢？")


@pytest.mark.parametrize(
    "block",
    [
        f"网友评论（2）\n\n小河 2021-03-06 10:20 回复\n{SAID[0]}\n\n老周 2021-03-06 11:02 回复\n{SAID[1]}",
        f"热门评论\n小河：{SAID[0]}\n3分钟前 赞 12 回复\n老周：{SAID[1]}\n5分钟前 赞 3 回复",
        f"最新回复 (2)\n小河 2小时前\n{SAID[0]}\n回复 举报\n老周 1小时前\n{SAID[1]}\n回复 举报",
        f"小河 2021-03-06 10:20 回复\n{SAID[0]}\n老周 2021-03-06 11:02 举报\n{SAID[1]}",
        f"推 wu123: {SAID[0]} 03/05 10:20\n推 lee88: {SAID[1]} 03/05 10:21",
    ],
)
@pytest.mark.parametrize("byline", ["above", "below"])
def test_comments_above_an_article_are_told_as_comments(block: str, byline: str) -> None:
    parts = [block, "2021-03-05 晨报"]
    text = "\n\n".join([TITLE, *(parts if byline == "below" else reversed(parts)), BODY]) + "\n"
    found = clean_text(text)
    assert "".join(span.slice(text) for span in found.kept).strip() == BODY
    rules = {cut.rule for cut in found.cuts if any(said in cut.span.slice(text) for said in SAID)}
    assert rules == {"comments"}
    assert (found.metadata.title, found.metadata.date, found.metadata.publisher) == (TITLE, "2021-03-05", "晨报")


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{BODY}\n\n网友评论（1）\n\n小河 2021-03-06 10:20 回复\n{SAID[0]}\n",  # behind it, as ever
        f"{TITLE}\n\n评论\n\n{BODY}\n",  # a column of opinion
    ],
)
def test_an_article_is_no_comment_on_what_stands_behind_it(text: str) -> None:
    found = clean_text(text)
    assert BODY.split("\n")[0] in "".join(span.slice(text) for span in found.kept)


@pytest.mark.parametrize(
    "above",
    [
        "产业 要闻 文化 企业 理财 保险 消费 公司 区域 时评\n首页 > 财经频道 > 正文",
        "国产成人精品a有声小说,在线观看亚洲网站,91最新地址永久入口,欧美精品国产第一区二区",
        "Next Article in Journal\nA shop by the river",
    ],
)
def test_channels_spam_and_steps_of_a_journal_are_no_title(above: str) -> None:
    assert read(f"{above}\n\n{TITLE}\n\n2021-03-05 10:20\n").title == TITLE


def test_paths_with_strokes_and_long_english_ones_end_in_the_title() -> None:
    assert read(f"资讯 / 书店资讯 / {TITLE}\n").title == TITLE
    title = "How the bookshop at the bend of the river is reshaping nights and prices for nurses"
    story = (
        "The bookshop has opened at night since May, and two shifts of clerks sell forty more books a day than before.\n"
        * 3
    )
    assert clean_text(f"Home » Latest articles » {title}\n\n{title}\n\n{story}").metadata.title == title
    assert clean_text(f"Books at night: do they make a town better or worse?\n{story}").metadata.title is not None


def test_days_and_papers_of_lines_that_are_not_wholly_read() -> None:
    assert read(f"{TITLE}\n\n2021年03月05日08:43 | 来源:河湾网-《河湾日?报》\n小字号\n").date == "2021-03-05"
    assert read(f"{TITLE}\n\n2021年03月05日 08时53分   河湾日报记者\n").publisher == "河湾日报"
    line = "Submission received: 12 January 2021 / Accepted: 16 February 2021 / Published: 5 March 2021"
    assert read(f"{TITLE}\n\n{line}\n").date == "2021-03-05"


def test_one_writer_above_the_institute_and_gates_that_ask_for_an_age() -> None:
    head = f"{TITLE}\n\n2021-03-05 03:45\n书店研究 2021年8期\n关键词：书店夜班\n\n罗 敏\n\n(河湾大学 经济学院,河湾 510240)\n"
    assert read(head).authors == ("罗敏",)
    gate = "关闭此视窗 请至河湾官网下载\n未满18岁\n根据办法修正条文第六条，依内容分级规定于网站首页作标示。"
    found = read(f"{gate}\n首页 > 生活\n\n{TITLE}\n\n2021-03-05 05:30 记者罗敏／河湾报道\n")
    assert (found.title, found.date, found.authors) == (TITLE, "2021-03-05", ("罗敏",))
