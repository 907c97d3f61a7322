"""Web pages: the visible text layer, its blocks, its encoding and its metadata."""

from __future__ import annotations

import pytest

from casekit.errors import SourceError
from casekit.readers import ReadResult, read_bytes
from casekit.readers.fields import iso_date
from casekit.readers.pagemeta import strip_site


def page(body: str, head: str = "") -> ReadResult:
    return read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="p.html")


def lines(body: str) -> list[str]:
    return page(body).text.split("\n")


def test_blocks_make_lines_and_white_space_collapses() -> None:
    assert lines("<p> a \n b  c</p>text<div>d<b>e</b> <i>f</i></div><ul><li>g<li>h</ul>") == [
        "a b c",
        "text",
        "de f",
        "g",
        "h",
    ]


def test_source_line_breaks_between_wide_characters_vanish_as_in_browsers() -> None:
    assert lines("<p>第一行\n   第二行 and\nmore 中</p>") == ["第一行第二行 and more 中"]


def test_br_makes_a_line_of_its_own() -> None:
    result = page("<div>甲<br>乙<br><br>丙</div>")
    assert result.text == "甲\n乙\n丙"
    assert [b.span.slice(result.text) for b in result.blocks] == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a='见';</script>",
        "<style>p{}</style>",
        "<template><p>见</p></template>",
        "<noscript>见</noscript>",
        '<p style="display: none">见</p>',
        "<p hidden>见</p>",
        "<!-- 见 -->",
        "<dialog>见</dialog>",
        "<svg><title>见</title><path d='M0'/></svg>",
        "<select><option>见</option></select>",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(hidden: str) -> None:
    assert lines(f"<p>前面的文字</p>{hidden}尾<p>后面</p>") == ["前面的文字", "尾", "后面"]


def test_navigation_is_part_of_the_text_layer() -> None:
    assert lines('<nav><a href="/">首页</a></nav><p>正文</p><footer>版权</footer>') == ["首页", "正文", "版权"]


def test_an_article_that_a_script_would_reveal_is_shown() -> None:
    body = "很长的一段正文，等脚本来显示。" * 5
    assert lines(f'<p>题</p><div style="visibility:hidden"><p>{body}</p></div>')[1] == body
    assert lines(f'<p>题</p><div style="display:none"><p>{body}</p></div>')[1] == body


def test_data_tables_are_rows_and_layout_tables_are_lines() -> None:
    assert lines("<table><tr><th>月</th><th>额</th></tr><tr><td>一月</td><td><p>12</p></td></tr></table>") == [
        "月\t额",
        "一月\t12",
    ]
    long = "这一格里放的是整篇文章。" * 40
    assert lines(f"<table><tr><td><p>甲</p><p>{long}</p></td><td>侧栏</td></tr></table>") == ["甲", long, "侧栏"]


def test_kinds_levels_links_and_paths() -> None:
    result = page(
        '<div id="a" class="b c" role="main"><h2>题</h2><p>看<a href="/x">这里</a>吧</p><p>二</p><blockquote><p>引</p></blockquote>'
        "<figure><figcaption>图注</figcaption></figure><pre>x\n  y</pre></div>"
    )
    found = [(b.kind, b.level, b.link_chars, b.span.slice(result.text), b.tag_path[-1]) for b in result.blocks]
    assert found == [
        ("h", 2, 0, "题", "h2"),
        ("p", 0, 2, "看这里吧", "p"),
        ("p", 0, 0, "二", "p[2]"),
        ("quote", 0, 0, "引", "p"),
        ("caption", 0, 0, "图注", "figcaption"),
        ("pre", 0, 0, "x", "pre"),
        ("pre", 0, 0, "y", "pre"),
    ]
    assert result.blocks[0].tag_path == ("html", "body", "div#a.b.c@main", "h2")


def test_readings_over_characters_stand_in_parentheses() -> None:
    assert lines("<p><ruby>聯<rt>lián</rt></ruby>商<ruby>會<rp>(</rp><rt>huì</rt><rp>)</rp></ruby></p>") == [
        "聯(lián)商會(huì)"
    ]


def test_deeply_nested_pages_do_not_overflow() -> None:
    assert lines("<div>" * 200 + "深处的字" + "</div>" * 200) == ["深处的字"]


TEXT = "河湾超市的店长把旧货架全部换掉了，顾客说现在找东西容易得多。" * 3


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("gbk", "gb2312"),
        ("gbk", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8", "big5"),
        ("gb18030", ""),
        ("utf-8-sig", "gbk"),
        ("utf-16", "utf-8"),
        ("gbk", "nonsense"),
    ],
)
def test_a_wrong_meta_tag_is_survived(codec: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    source = f"<html><head>{meta}<title>换货架</title></head><body><p>{TEXT}</p></body></html>"
    result = read_bytes(source.encode(codec), name="p.html")
    assert result.text == TEXT
    assert result.metadata.title == "换货架"


@pytest.mark.parametrize(
    "cut", ["<p>正文的开头，还没有写完</p><div cla", "<p>正文的开头</p><script>var a = 1;", "<p>正文</p><!-- 注"]
)
def test_a_page_cut_inside_a_tag_is_refused(cut: str) -> None:
    with pytest.raises(SourceError, match="断"):
        read_bytes(f"<html><body>{cut}".encode(), name="p.html")


def test_a_page_without_end_is_a_warning() -> None:
    result = read_bytes(f"<html><body><p>{TEXT}</p>".encode(), name="p.html")
    assert result.warnings


def test_a_page_without_text_says_what_to_do() -> None:
    with pytest.raises(SourceError, match="另存为"):
        page('<div id="root"></div><script src="a.js"></script>')


def test_embedded_pictures_do_not_count() -> None:
    result = page(f'<p>{TEXT}</p><img src="data:image/png;base64,{"QUJD" * 4000}">')
    assert result.text == TEXT


def test_json_ld_wins_and_contradictions_are_said() -> None:
    head = (
        '<title>甲镇的书店_河湾网</title><meta property="og:title" content="甲镇的书店"><meta name="pubdate" content="2021-03-02">'
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"甲镇的书店",'
        '"datePublished":"2021-03-05T09:00:00+08:00","author":[{"name":"何雨"},{"name":"江一白"}],"publisher":{"name":"河湾网"}}]}</script>'
    )
    result = page(f"<h1>甲镇的书店</h1><p>{TEXT}</p>", head)
    meta = result.metadata
    assert (meta.title, meta.authors, meta.date, meta.publisher) == (
        "甲镇的书店",
        ("何雨", "江一白"),
        "2021-03-05",
        "河湾网",
    )
    assert any("2021-03-02" in warning and "2021-03-05" in warning for warning in result.warnings)


def test_utc_stamps_of_chinese_pages_are_days_in_china() -> None:
    head = '<meta property="article:published_time" content="2021-03-04T20:30:00Z">'
    assert page(f"<p>{TEXT}</p>", head).metadata.date == "2021-03-05"


def test_wechat_variables_give_metadata() -> None:
    head = """<script>var msg_title = '甲镇的书店'.html(false); var nickname = htmlDecode("河湾夜读"); var ct = "1614873600";</script>"""
    meta = page(
        f'<h1 id="activity-name">甲镇的书店</h1><div id="js_content" style="visibility:hidden"><p>{TEXT}</p></div>',
        head,
    ).metadata
    assert (meta.title, meta.publisher, meta.date) == ("甲镇的书店", "河湾夜读", "2021-03-05")


def test_bylines_beside_the_title() -> None:
    meta = page(
        f"<h1>甲镇的书店</h1><div>2021年3月5日 08:05 来源：河湾日报 作者：何雨</div><p>{TEXT}</p>",
        "<title>甲镇的书店</title>",
    ).metadata
    assert (meta.date, meta.authors, meta.republished_from) == ("2021-03-05", ("何雨",), "河湾日报")


def test_placeholders_are_no_authors() -> None:
    head = '<meta name="author" content="name, email@gmail.com"><meta property="article:author" content="admin">'
    assert page(f"<p>{TEXT}</p>", head).metadata.authors == ()


def test_a_comment_time_is_not_the_article_date() -> None:
    meta = page(
        f'<h1>书店</h1><p>{TEXT}</p><div class="comment-list"><div><time datetime="2022-01-01">1月1日</time>好</div></div>'
    ).metadata
    assert meta.date is None
    assert meta.date_certainty == "unknown"


@pytest.mark.parametrize(
    ("title", "sites", "kept"),
    [
        ("甲镇的书店_河湾新闻_河湾网", (), "甲镇的书店"),
        ("甲镇的书店|书店|阅读_河湾新闻", (), "甲镇的书店"),
        ("甲镇的书店 - 读者之家 - Powered by Discuz!", (), "甲镇的书店"),
        ("甲镇的书店-河湾网", (), "甲镇的书店"),
        ("甲镇的书店 为什么越开越多？", (), "甲镇的书店 为什么越开越多？"),
        ("深度｜甲镇的书店为什么越开越多", (), "深度｜甲镇的书店为什么越开越多"),
        ("甲镇-乙镇-丙镇：三家书店的账本", (), "甲镇-乙镇-丙镇：三家书店的账本"),
        ("A bookshop in a small town | The Harbour Ledger", ("The Harbour Ledger",), "A bookshop in a small town"),
    ],
)
def test_site_names_leave_titles(title: str, sites: tuple[str, ...], kept: str) -> None:
    assert strip_site(title, sites) == kept


@pytest.mark.parametrize(
    ("shown", "iso"),
    [
        ("2021-01-19 12:00", "2021-01-19"),
        ("2021年1月9日", "2021-01-09"),
        ("31.10.2017  22:28", "2017-10-31"),
        ("20210119", "2021-01-19"),
        ("2021/1/9", "2021-01-09"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("Jan 9, 2021", "2021-01-09"),
        ("9 January 2021", "2021-01-09"),
        ("2021年3月", "2021-03"),
        ("2021", "2021"),
        ("03/04/2021", "2021"),  # day and month cannot be told apart: the year is what is known
        ("25/04/2021", "2021-04-25"),
        ("2021-02-30", None),
        ("没有日期", None),
    ],
)
def test_dates(shown: str, iso: str | None) -> None:
    assert iso_date(shown) == iso
