"""Pinyin without brackets between and behind Han characters. All sentences are invented."""

from __future__ import annotations

import pytest

from casekit.clean import clean_text
from casekit.types import Metadata

# Readings as the dictionaries print them (现代汉语词典).
ANNOTATED = "会员zi料jì入系统\n\n这家店dian重视顾gu问的作zuo用，顾客都觉得有效xiao\n果，而且数据ju 很多。"
CLEAN = "这家店重视顾问的作用，顾客都觉得有效\n果，而且数据 很多。"
TRADITIONAL = "這家店dian重視顧gu問的作zuo用，顧客都覺得有效xiao\n果，而且數據ju 很多。"


def kept(text: str) -> str:
    return "".join(span.slice(text) for span in clean_text(text).kept)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(ANNOTATED.split("\n\n")[1], CLEAN), (TRADITIONAL, "這家店重視顧問的作用，顧客都覺得有效\n果，而且數據 很多。")],
)
def test_toneless_pinyin_goes_where_it_is_a_habit(text: str, expected: str) -> None:
    opening = "店长每天早上七点到店。\n"
    assert "".join(kept(opening + text).split()) == "".join((opening + expected).split())


def test_toned_pinyin_at_a_line_end_goes() -> None:
    text = "顾问每周回访三次，会员因此愿意续费，这是店里的经济jì\n账，算得很细。"
    assert "jì" not in kept(text)


def test_headings_and_titles_are_free_of_it() -> None:
    title = "顾gu问与会员的经济jì"
    body = ANNOTATED.split("\n\n")[1].replace("\n", "")
    text = f"{title}\n\n{body}\n\n会员的作zuo用\n\n{body}{body}\n"
    cleaned = clean_text(text, declared=Metadata(title=title))
    assert cleaned.metadata.title == "顾问与会员的经济"
    heading = cleaned.headings[0].span
    seen = "".join(text[max(s.start, heading.start) : min(s.end, heading.end)] for s in cleaned.kept)
    assert seen == "会员的作用"


def test_two_syllables_are_no_habit_but_a_doubt() -> None:
    text = "这家店dian重视顾gu问，会员每周来三次，续费的人比去年多。"
    cleaned = clean_text(text)
    assert kept(text) == text
    assert [one.span.slice(text) for one in cleaned.doubts] == ["dian", "gu"]


@pytest.mark.parametrize(
    "phrase",
    ["热爱ai技术", "在app里", "用vivo手机", "AI推荐", "APP推送", "姓li的店长", "元宝bao元宝bao元宝bao", "店wang.com"],
)
def test_words_and_brands_stay(phrase: str) -> None:
    assert phrase in kept(f"店长说，{phrase}很常见，会员每周来三次，续费的人比去年多。")


@pytest.mark.parametrize("phrase", ["热爱ai技术", "在app里", "用vivo手机", "姓li的店长", "小李li说"])
def test_words_and_brands_stay_in_an_annotated_text(phrase: str) -> None:
    assert phrase in kept(f"{ANNOTATED}店长说，{phrase}很常见，会员每周来三次。")
