"""Passages: where they may end, what they hold, and what they never do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import kept_spans, raw_texts

from casekit.errors import SettingError
from casekit.passages import quote_of, split_passages
from casekit.types import Cleaned, Heading, Metadata, Passage, Span

SENTENCE = "门店里的导购把新来的顾客加进会员群里，再送一张优惠券。"  # 27 characters


def body(text: str, headings: tuple[str, ...] = (), kept: tuple[Span, ...] | None = None) -> Cleaned:
    """All of the text kept, with headings where the given lines stand ("##x" for level 2)."""
    found = []
    for mark in headings:
        line = mark.lstrip("#")
        start = text.index(line)
        found.append(Heading(Span(start, start + len(line)), max(1, len(mark) - len(line))))
    return Cleaned(kept or (Span(0, len(text)),), (), (), tuple(found), Metadata())


def slices(text: str, cleaned: Cleaned, **options: int) -> list[str]:
    return [passage.span.slice(text) for passage in split_passages("s", text, cleaned, **options)]


def test_short_paragraphs_share_a_passage() -> None:
    text = "\n".join([SENTENCE] * 7)  # 189 characters
    assert slices(text, body(text)) == [text]


def test_a_long_paragraph_ends_at_sentences() -> None:
    text = SENTENCE * 22  # 594 characters: three passages of seven or eight sentences
    assert sorted(len(piece) // len(SENTENCE) for piece in slices(text, body(text))) == [7, 7, 8]


def test_no_passage_reaches_across_a_heading() -> None:
    text = f"开头\n{SENTENCE}\n第一节\n{SENTENCE}\n小节\n{SENTENCE}\n第二节\n{SENTENCE}"
    passages = split_passages("s", text, body(text, ("第一节", "##小节", "第二节")))
    assert [p.heading for p in passages] == [(), ("第一节",), ("第一节", "小节"), ("第二节",)]
    assert [p.span.slice(text) for p in passages] == [f"开头\n{SENTENCE}", SENTENCE, SENTENCE, SENTENCE]


def test_headings_without_body_give_no_passage_but_a_path() -> None:
    text = f"章\n节\n{SENTENCE}"
    assert split_passages("s", text, body(text, ("章", "##节"))) == [Passage("s", Span(4, 31), ("章", "节"))]


def test_heading_path_is_quoted_without_what_was_cut() -> None:
    text = f"實(shí)驗\n{SENTENCE}"
    kept = (Span(0, 1), Span(6, len(text)))
    cleaned = Cleaned(kept, (), (), (Heading(Span(0, 7)),), Metadata())
    assert [p.heading for p in split_passages("s", text, cleaned)] == [("實驗",)]


def test_length_counts_kept_characters_only() -> None:
    unit = "門(mén)店裡的導(dǎo)購把新來的顧客加進群裡。"
    text = unit * 10  # 18 kept characters each: 180, while the raw text has 310
    kept = tuple(
        Span(at + a, at + b) for at in range(0, len(text), len(unit)) for a, b in ((0, 1), (6, 10), (15, len(unit)))
    )
    assert slices(text, body(text, kept=kept)) == [text]


def test_a_very_long_sentence_ends_at_clauses() -> None:
    text = "导购把顾客加进群里，" * 50 + "生意好了。"
    pieces = slices(text, body(text))
    assert "".join(pieces) == text
    assert all(piece.endswith(("，", "。")) for piece in pieces)
    assert all(100 <= len(piece) <= 300 for piece in pieces)


def test_text_without_any_mark_is_still_cut() -> None:
    text = "一" * 2000
    pieces = slices(text, body(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= 300 for piece in pieces)


def test_a_sentence_around_a_long_cut_is_parted_at_the_cut() -> None:
    text = "门店里的" + "广告" * 400 + "导购很忙。"
    kept = (Span(0, 4), Span(804, 809))
    assert slices(text, body(text, kept=kept)) == ["门店里的", "导购很忙。"]


def test_a_question_stays_with_its_answer() -> None:
    # Four turns of 80 to 130 characters: by length alone two passages would be cut at the second question's end.
    answer = "林店长：" + SENTENCE * 4
    text = "\n".join(["访客：" + SENTENCE * 2 + "是这样吗？", answer, "访客：" + SENTENCE * 2 + "为什么？", answer])
    pieces = slices(text, body(text))
    assert [piece[:2] for piece in pieces] == ["访客", "访客"]


def test_an_asker_is_known_even_where_a_turn_does_not_ask() -> None:
    ask, tell, answer = "访客：生意好吗？", "访客：" + SENTENCE * 2, "林店长：" + SENTENCE * 3
    text = "\n".join([ask, answer, tell, answer, ask, answer, tell, answer])
    for piece in slices(text, body(text)):
        assert piece.startswith("访客")


def test_a_caption_is_not_glued_to_what_a_speaker_says() -> None:
    text = "访客：生意好吗？\n林店长：还行。\n图：店内一角\n访客：人多吗？\n林店长：多。"
    assert slices(text, body(text)) == [
        "访客：生意好吗？\n林店长：还行。",
        "图：店内一角",
        "访客：人多吗？\n林店长：多。",
    ]


@pytest.mark.parametrize("size_chars", [0, -1, 19, 351])
def test_a_size_outside_its_range_is_refused(size_chars: int) -> None:
    with pytest.raises(SettingError, match=str(size_chars)):
        split_passages("s", "文", body("文"), size_chars=size_chars)


@pytest.mark.parametrize(
    ("text", "kept", "quote"),
    [
        ("實(shí)話", [(0, 1), (6, 7)], "實話"),
        ("甲 \n\n　乙", [(0, 6)], "甲\n乙"),
        ("甲\n廣告\n乙", [(0, 1), (5, 6)], "甲\n乙"),
        ("  甲乙 ", [(0, 5)], "甲乙"),
        ("甲乙", [], ""),
    ],
)
def test_quote_leaves_out_what_was_cut(text: str, kept: list[tuple[int, int]], quote: str) -> None:
    assert quote_of(text, Span(0, len(text)), [Span(*pair) for pair in kept]) == quote


@st.composite
def cleaned_texts(draw: st.DrawFn) -> tuple[str, Cleaned]:
    text = draw(raw_texts(max_pieces=60))
    kept = [Span(*pair) for pair in draw(kept_spans(len(text)))]
    headings = []
    for span in kept:
        if draw(st.booleans()):
            start = draw(st.integers(span.start, span.end - 1))
            end = draw(st.integers(start + 1, min(span.end, start + 10)))
            headings.append(Heading(Span(start, end), draw(st.integers(1, 6))))
    return text, Cleaned(tuple(kept), (), (), tuple(headings), Metadata())


@given(cleaned_texts(), st.sampled_from([20, 60, 200]))
def test_passages_hold_every_kept_character_once(pair: tuple[str, Cleaned], size_chars: int) -> None:
    text, cleaned = pair
    passages = split_passages("s", text, cleaned, size_chars=size_chars)
    kept = {i for span in cleaned.kept for i in range(span.start, span.end)}
    inside_headings = {i for h in cleaned.headings for i in range(h.span.start, h.span.end)}
    wanted = {i for i in kept - inside_headings if not text[i].isspace()}
    for passage in passages:
        assert 0 < len(passage.span) <= 600
        assert {passage.span.start, passage.span.end - 1} <= wanted
        assert not set(range(passage.span.start, passage.span.end)) & inside_headings
    assert all(a.span.end <= b.span.start for a, b in pairwise(passages))
    assert wanted <= {i for p in passages for i in range(p.span.start, p.span.end)}
    assert passages == split_passages("s", text, cleaned, size_chars=size_chars)


@given(raw_texts(max_pieces=60))
def test_every_passage_is_a_slice_whose_quote_is_its_kept_text(text: str) -> None:
    cleaned = body(text) if text else body(text, kept=())
    for passage in split_passages("s", text, cleaned):
        quote = quote_of(text, passage.span, cleaned.kept)
        assert "".join(quote.split()) == "".join(passage.span.slice(text).split())
