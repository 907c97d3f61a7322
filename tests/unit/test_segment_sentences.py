"""Sentences: where they end and where they do not, in Chinese and English."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import kept_spans, raw_texts

from casekit.segment import split_sentences
from casekit.types import Span

# Each text with its sentences parted by "|" (our own sentences; the expected borders follow split_sentences's docstring).
CASES = [
    "店开了。|人来了！|为什么？",
    "他问：“好吗？”|她说：“好。”|然后走了。",
    "“好吗？”他问。|“好！”",
    "「開了嗎？」店長問。|「開了。」",
    "“你来了。|坐吧。”|他倒了茶。",
    "真的吗？！|对！！！|我想……|也许吧。",
    "增长3.14倍，即1.5%。|完。",
    "No. 1的店在城东。|版本是v2.0.1。",
    "见https://example.com/a.b?c=d。|再看www.example.com/e!。",
    "他（真的！）来了。|（他没走。）|好。",
    "《你会开店吗？》卖了三万册。|真多。",
    "1. 打开小程序。|2. 扫一扫。",
    "打开小程序.|扫一扫.|付款.",
    'Dr. Lin opened a shop. |"Really?" she asked. |He left. |U.S. sales rose by 3.5 percent. |Well... maybe.',
    "Sales rose (see Fig. 3). |Costs fell.",
    "They grew... |Then they closed.",
    "第一行没有句号\n|第二行也没有\n\n|第三行",
    "记者：生意好吗？\n|店长：还行。\n|记者：多好？",
    '他说:"走吧。"|大家走了。',
    "Yahoo!的网站很旧。|a!b是个式子。",
    "一｡|二．|三",
    "他在想“为什么？”的答案。",
    "甲\r\n|乙\u2028|丙",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_marked(case: str) -> None:
    text = case.replace("|", "")
    expected = [part.strip() for part in case.split("|")]
    assert [span.slice(text) for span in split_sentences(text)] == expected


def test_a_sentence_reaches_across_an_injection_and_leaves_out_its_edges() -> None:
    text = "實(shí)話。(xū)假話。"
    kept = [Span(0, 1), Span(6, 8), Span(12, 15)]
    assert [s.slice(text) for s in split_sentences(text, kept)] == ["實(shí)話。", "假話。"]


def test_no_text_has_no_sentences() -> None:
    assert split_sentences("") == []
    assert split_sentences(" \n\u3000") == []
    assert split_sentences("文", []) == []


@given(st.data(), raw_texts())
def test_sentences_hold_every_kept_character_once(data: st.DataObject, text: str) -> None:
    kept = [Span(*pair) for pair in data.draw(kept_spans(len(text)))]
    inside = {i for span in kept for i in range(span.start, span.end)}
    sentences = split_sentences(text, kept)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    for sentence in sentences:
        assert sentence.start in inside
        assert sentence.end - 1 in inside
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
    covered = {i for sentence in sentences for i in range(sentence.start, sentence.end)}
    assert {i for i in inside if not text[i].isspace()} <= covered
