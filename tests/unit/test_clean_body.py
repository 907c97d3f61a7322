"""What must stay: plain documents whole, sentences about page furniture, and the article's own odd lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casekit.clean import clean_text
from casekit.fold import to_traditional

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"

OPENING = "梧桐书店开在大学城的转角，已经有十一年。店主说，最难的不是卖书，而是让人愿意走进来坐一会儿。"
CLOSING = "今年春天，书店又添了二十张椅子。店主打算再撑三年，然后把钥匙交给现在的店长。"


def kept(text: str) -> str:
    return "".join(span.slice(text) for span in clean_text(text).kept)


def article(*middle: str, title: str = "转角书店的十一年") -> str:
    return "\n\n".join((title, OPENING, *middle, CLOSING))


ABOUT_FURNITURE = [
    "很多公众号开头写着“点击上方蓝字关注我们”，结尾又请人“长按二维码”，读者早已视而不见。",
    "编辑在文末加上责任编辑的名字，是这家报社坚持了四十年的规矩。",
    "免责声明通常写明“本文不代表本站观点”，但法院在判决时很少采信这句话。",
    "论坛里的积分、精华和楼主这些叫法，后来都被社群运营的人借了过去。",
    "她在评论区回复了每一条留言，点赞最多的那条只有四个字。",
    "首页改版以后，新闻、财经和体育三个频道的点击量分别下降了一成。",
    "转载请注明出处的提醒并没有用，三天之内就有六十多个网站复制了这篇文章。",
    "开奖直播和时时彩的广告曾经占据这家小站的所有位置，站长为此道歉。",
    "网站底部的版权所有和备案号，常常是判断一家店是否正规的第一步。",
    "关注、收藏、分享这三个动作，店主最看重的是收藏。",
    "By the way, the sign reads “Share this”, and nobody does.",
    "他把“相关推荐”改成了“店员在读”，点开的人反而多了。",
    "我们建了一个读书群，每周三晚上在群里讨论，欢迎附近的居民加入。",
    "作者：这个称呼他并不喜欢，他说自己只是一个把别人的书摆好的人。",
    "2019年3月5日，书店第一次装上了收银系统，此前一直手写账本。",
]


@pytest.mark.parametrize("sentence", ABOUT_FURNITURE)
@pytest.mark.parametrize("script", ["hans", "hant"])
def test_sentence_about_furniture_stays_inside_the_body(sentence: str, script: str) -> None:
    text = article(sentence)
    text = to_traditional(text, taiwan=False) if script == "hant" else text
    start = text.index("\n\n") + 2
    assert kept(text) == text[start:]


@pytest.mark.parametrize("sentence", ABOUT_FURNITURE)
def test_sentence_about_furniture_stays_at_the_end(sentence: str) -> None:
    text = "\n\n".join(("转角书店的十一年", OPENING, CLOSING, sentence))
    assert kept(text).endswith(sentence)


@pytest.mark.parametrize("sentence", ABOUT_FURNITURE)
def test_sentence_about_furniture_stays_at_the_beginning(sentence: str) -> None:
    text = "\n\n".join(("转角书店的十一年", sentence, OPENING, CLOSING))
    assert sentence in kept(text)


@pytest.mark.parametrize("heading", ["评论", "推荐阅读", "观察", "公司", "最新", "目录", "关注", "相关阅读", "排行"])
def test_section_under_a_heading_that_is_also_an_interface_word_stays(heading: str) -> None:
    text = article(heading, "书店的墙上贴满了读者写的话。店主每个月换一批，换下来的都收在一个铁盒里。", CLOSING)
    assert OPENING in kept(text)
    assert kept(text).endswith(CLOSING)
    assert heading in kept(text)


def test_list_that_ends_an_article_stays() -> None:
    items = "- 每周三晚上读书会\n- 每月第一个周六换书\n- 暑假办三场讲座"
    text = f"转角书店的十一年\n\n{OPENING}\n\n今年的安排：\n\n{items}\n"
    assert kept(text).endswith("暑假办三场讲座")


def test_dialogue_stays_and_gives_no_heading_and_no_author() -> None:
    turns = ["问：书店靠什么活下来？", "答：靠房东没有涨租。", "记者：如果涨了呢？", "店主：那就搬到楼上去。"]
    text = article(*turns)
    assert all(turn in kept(text) for turn in turns)
    assert clean_text(text).headings == ()
    assert clean_text(text).metadata.authors == ()


def test_text_without_any_sentence_keeps_its_lines() -> None:
    poem = "梧桐落了\n椅子空着\n灯还亮着\n有人翻到最后一页"
    text = f"转角\n\n{poem}"
    assert poem in "".join(span.slice(text) for span in clean_text(text).kept)


@pytest.mark.parametrize("place", ["head", "tail"])
def test_chronicle_stays(place: str) -> None:
    events = "2015年3月5日 第一家店开业\n2016年5月1日 上线小程序\n2018年9月30日 第三十家店"
    parts = (events, OPENING, CLOSING) if place == "head" else (OPENING, CLOSING, events)
    text = "\n\n".join(("转角书店的十一年", *parts))
    assert events in kept(text)


def test_source_of_a_chart_neither_ends_the_body_nor_gives_an_origin() -> None:
    text = article(
        "图1 每年卖出的书", "来源：书店账本", "从图上看，第七年以后卖书的钱不再增长，咖啡和座位补上了这一块。"
    )
    assert kept(text) == text[text.index("\n\n") + 2 :]
    assert clean_text(text).metadata.republished_from is None


def test_announcement_of_an_event_stays() -> None:
    notice = "主题：夏天读什么\n时间：周三晚上八点\n地点：二楼"
    assert notice in kept(article(notice))
    assert notice in kept("\n\n".join(("转角书店的十一年", notice, OPENING, CLOSING)))


def test_list_of_references_stays() -> None:
    notes = (
        "参考文献\n[1] 罗敏. 书店的座位[J]. 南湖学报, 2019(3): 12-18.\n[2] 何川. 一平方米的生意[M]. 南湖出版社, 2020."
    )
    assert kept(article(notes)).count("南湖") == 2
    assert kept("\n\n".join(("转角书店的十一年", OPENING, CLOSING, notes))).endswith("2020.")


def test_subtitle_below_the_title_stays_and_is_no_author() -> None:
    text = "\n\n".join(("转角书店的十一年", "——一张椅子能坐多久", OPENING, CLOSING))
    assert "——一张椅子能坐多久" in kept(text)
    assert clean_text(text).metadata.authors == ()


def test_section_of_a_markdown_document_stays_even_if_it_lists_further_reading() -> None:
    text = f"# 转角书店\n\n{OPENING}\n\n{CLOSING}\n\n## 相关阅读\n\n- 一平方米的生意\n- 座位的学问\n"
    cleaned = clean_text(text)
    assert kept(text).endswith("- 座位的学问")
    assert [d.span.slice(text) for d in cleaned.doubts] == ["## 相关阅读"]


def test_links_that_a_clipped_page_ends_with_go() -> None:
    text = (
        f"# 转角书店\n\n{OPENING}\n\n{CLOSING}\n\n## 相关阅读\n\n- [一平方米的生意](a.html)\n- [座位的学问](b.html)\n"
    )
    assert kept(text).endswith(CLOSING)


def test_table_and_code_of_a_document_stay() -> None:
    text = f"# 转角书店\n\n{OPENING}\n\n| 年 | 本 |\n|---|---|\n| 2019 | 3021 |\n\n```\nvar x = document.write('a');\n```\n\n{CLOSING}\n"
    body = kept(text)
    assert "| 2019 | 3021 |" in body
    assert "document.write" in body


def test_genuine_parentheses_stay() -> None:
    text = article("店长（林小满）在二楼（原来的仓库）放了一架钢琴（Kawai），每晚八点（周日除外）有人弹。")
    assert "（林小满）在二楼（原来的仓库）放了一架钢琴（Kawai），每晚八点（周日除外）" in kept(text)


def test_empty_and_blank_texts_have_no_body() -> None:
    for text in ("", " \n\n\t", "\ufeff"):
        cleaned = clean_text(text)
        assert cleaned.kept == ()
        assert cleaned.metadata.title is None
        assert cleaned.metadata.script is None


@pytest.mark.parametrize("name", ["cmrc.jsonl", "drcd_dev.jsonl"])
def test_encyclopaedia_passages_are_kept_whole(name: str) -> None:
    path = BENCH / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    docs = [row for row in rows if row["kind"] == "doc" and row["title"].strip()][::7]
    for doc in docs:
        text = f"# {doc['title']}\n\n{doc['text']}\n"
        cleaned = clean_text(text)
        # Zero-width characters are the one kind of noise that these passages hold.
        wrong = [c for c in cleaned.cuts if c.rule not in ("title", "markup", "invisible")]
        assert not wrong, (doc["id"], wrong)
        assert cleaned.metadata.title == " ".join(doc["title"].split())
        assert cleaned.metadata.authors == ()
        assert cleaned.metadata.date is None
        assert cleaned.metadata.publisher is None
