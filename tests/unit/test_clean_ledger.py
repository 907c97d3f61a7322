"""The ledger: sorted, disjoint, complete; overruled by hand; and quick on any text."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import examples
from tests.timing import growth

from casekit.clean import RULES, Override, apply_overrides, clean_text
from casekit.clean.ledger import kept_spans, settle
from casekit.clean.rules import cut
from casekit.errors import SettingError
from casekit.types import Block, Cleaned, Metadata, Span

PIECES = st.sampled_from(
    [
        *[
            "青禾便利在南湖区开店。",
            "店長每天看訂單,",
            "数(shù)据",
            "網(wǎng)點",
            "\u200b",
            "",
            "👨‍👩‍👧",
            "\ufeff",
            "?shù)\ue123",
        ],
        *[
            "\n",
            "\r\n",
            "\n\n",
            "　　",
            " ",
            "\t",
            "\u2028",
            "\x0b",
            "。",
            "!",
            "“",
            "”",
            "(",
            ")",
            "[",
            "】",
            ":",
            "|",
            "_",
        ],
        *[
            "相关阅读",
            "评论",
            "来源:南湖晚报 罗敏",
            "作者 | 罗敏",
            "2021-03-05 08:30",
            "首页 > 新闻 > 正文",
            "责任编辑:何川",
        ],
        *[
            "国产精品 | 在线观看 | 久久精品 | 成人影院",
            "点击上方蓝字关注我们",
            "©著作权归作者所有",
            "阅读 1,204评论 3 18",
        ],
        *[
            "# 标题",
            "## 小节",
            "一、背景",
            "1、做法",
            "- 条目",
            "  • 条目",
            "```",
            "|---|",
            "-----",
            "THREE",
            "ㄕㄨˋ",
            "3/4/2021",
        ],
        *["时时彩开奖直播,", ",却", "By Mary Lowe", "We use cookies.", "A b 1 ; c $ 2 % d 3 & e", "x" * 50, "7"],
    ]
)
VERBS: tuple[Literal["cut", "keep"], ...] = ("cut", "keep")
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


def check(text: str, cleaned: Cleaned) -> None:
    spans = sorted([*cleaned.kept, *(c.span for c in cleaned.cuts)])
    assert list(cleaned.kept) == sorted(cleaned.kept)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    assert all(not s.slice(text)[0].isspace() and not s.slice(text)[-1].isspace() for s in spans)
    assert all(c.rule in RULES for c in cleaned.cuts)
    kept = {i for s in cleaned.kept for i in range(s.start, s.end)}
    assert all(h.span.start in kept and h.span.end - 1 in kept and 1 <= h.level <= 6 for h in cleaned.headings)
    assert all(d.span.start < d.span.end <= len(text) for d in cleaned.doubts)


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
def test_kept_and_cuts_are_sorted_disjoint_and_complete(text: str) -> None:
    check(text, clean_text(text))


@settings(max_examples=examples(60), deadline=None)
@given(TEXTS, st.data())
def test_blocks_and_declared_metadata_change_nothing_of_that(text: str, data: st.DataObject) -> None:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            kind = data.draw(st.sampled_from(["p", "h", "li", "td"]))
            start = at + len(line) - len(line.lstrip())
            blocks.append(
                Block(Span(start, at + len(line.rstrip())), kind, 2 if kind == "h" else 0, 0, ("html", "body"))
            )
        at += len(line) + 1
    said = Metadata(
        title=data.draw(st.sampled_from(["", "标题_南湖网", "首页"])), authors=("admin",), date="2021-03-05"
    )
    check(text, clean_text(text, blocks=blocks, declared=said))


@settings(max_examples=examples(100), deadline=None)
@given(TEXTS)
def test_cleaning_is_deterministic(text: str) -> None:
    assert clean_text(text) == clean_text(text)


@settings(max_examples=examples(200), deadline=None)
@given(TEXTS.filter(bool), st.data())
def test_overrides_win_for_good(text: str, data: st.DataObject) -> None:
    overrides: list[Override] = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        overrides.append((data.draw(st.sampled_from(VERBS)), Span(start, data.draw(st.integers(start + 1, len(text))))))
    after = apply_overrides(clean_text(text), text, overrides)
    check(text, after)
    verb, span = overrides[-1]
    kept = {i for s in after.kept for i in range(s.start, s.end)}
    visible = [i for i in range(span.start, span.end) if not text[i].isspace()]
    assert all((i in kept) == (verb == "keep") for i in visible)


def test_cut_by_hand_is_recorded_as_such_and_can_be_kept_again() -> None:
    text = "店长每天看订单。这一句不要。顾客喜欢热的豆浆。"
    base = clean_text(text)
    span = Span(text.index("这一句"), text.index("顾客"))
    once = apply_overrides(base, text, [("cut", span)])
    assert [(c.rule, c.span) for c in once.cuts] == [("manual", span)]
    assert apply_overrides(base, text, [("cut", span), ("keep", span)]).cuts == ()
    assert apply_overrides(base, text, []) is base


def test_keep_takes_only_its_range_out_of_a_cut() -> None:
    text = "青禾便利的早晨\n\n店长每天看订单，先看缺货的。\n\n相关阅读\n一家书店的夜间生意\n卖豆浆的第二个十年\n"
    start = text.index("一家书店")
    span = Span(start, start + len("一家书店的夜间生意"))
    after = apply_overrides(clean_text(text), text, [("keep", span)])
    assert span in after.kept
    assert {c.span.slice(text) for c in after.cuts if c.rule == "related"} == {"相关阅读", "卖豆浆的第二个十年"}


@pytest.mark.parametrize("span", [Span(0, 99), Span(3, 3), Span(-1, 2)])
def test_override_outside_the_text_is_refused(span: Span) -> None:
    with pytest.raises(SettingError, match="0-8"):
        apply_overrides(clean_text("店长每天看订单。"), "店长每天看订单。", [("cut", span)])


def test_settle_gives_shared_characters_to_the_first_listed_and_joins_neighbours() -> None:
    text = "abc def ghi"
    settled = settle(text, [cut(2, 6, "spam"), cut(0, 11, "title"), cut(0, 2, "title")])
    assert [(c.rule, c.span.start, c.span.end) for c in settled] == [("title", 0, 2), ("spam", 2, 6), ("title", 6, 11)]
    joined = settle(text, [cut(0, 3, "spam"), cut(4, 7, "spam")])
    assert [c.span for c in joined] == [Span(0, 7)]
    assert kept_spans(text, joined) == (Span(8, 11),)


HOSTILE = {
    "one long line": "青禾便利在南湖区开店,店长每天看订单。" * 10_000,
    "brackets": "(" * 50_000,
    "half annotations": "數(shù" * 16_000,
    "spaces": "首页 " * 32_000,
    "bars": "| " * 50_000,
    "digits": "2021-" * 25_000,
    "short lines": "评论\n" * 10_000,
    "labels": "作者: 来源: " * 10_000,
    "letters": "a " * 50_000,
    "commas": "时时彩," * 16_000,
    "single characters": "店\n" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_a_rule_slow(name: str) -> None:
    """A text of 30,000 to 190,000 characters takes about eight times as long as an eighth of it (6.5 to 14 measured); quadratic would be 64."""
    text = HOSTILE[name]
    assert growth(clean_text, text) < 32
    cleaned = clean_text(text[: len(text) // 8])
    assert sum(map(len, cleaned.kept)) + sum(len(c.span) for c in cleaned.cuts) > 0
