"""Shared Hypothesis strategies: text as messy as real pages."""

from __future__ import annotations

import os

from hypothesis import strategies as st
from tests.sampled import few

__all__ = ["examples", "kept_spans", "raw_texts"]

_FUZZ_TIMES = 50  # `make fuzz` tries so many times as many examples as a run of the tests


def examples(number: int) -> int:
    """How many examples to try of a property that needs more, or fewer, than the profile's: a third of them in `make test`."""
    if os.environ.get("CASEKIT_HYPOTHESIS") == "fuzz":
        return number * _FUZZ_TIMES
    return few(max(number // 3, 5), number)


_WORDS = st.sampled_from(
    [
        *[
            "零售商在小程序上卖饮料",
            "顾客扫码领取优惠券。",
            "门店里有五百名导购员，",
            "著名作家所著的书",
            "乾隆年间的老字号",
            "皇后在后面理发",
        ],
        *[
            "網際網路讓數位轉型成真",
            "資訊業者隨著市場改變",
            "「小程式」與『軟體』",
            "臺灣的行銷人員著手規畫",
            "麵包裡的雞蛋",
            "憑藉瞭解，復甦",
        ],
        *["Jack & Jones", "O2O", "iPhone", "No. 1", "3.14", "https://example.com/a?b=1。", "U盘", "QR码", "Ａｐｐ"],
        *["聯(lián)商", "實(shí)現(xiàn)", "奶(nǎi)茶", "(xī)", "zhuǎn"],
        *[
            "。",
            "！”",
            "？』",
            "……",
            "——",
            "，",
            "\n",
            "\r\n",
            "\n\n",
            "　　",
            " ",
            "\t",
            "；",
            "：",
            "、",
            "（",
            "）",
            "“",
            "”",
            "…",
        ],
        *[
            "👨‍👩‍👧",
            "❤️",
            "🇨🇳",
            "👍🏽",
            "𠮷野家",
            "𫗦",
            "㍿",
            "㎡",
            "½",
            "ﬁ",
            "②",
            "Å",
            "e\u0301",
            "が",
            "ｶﾞ",
            "한",
            "\u1112\u1161\u11ab",
        ],
        *[
            "\ufeff",
            "\u200b",
            "\u00ad",
            "İ",
            "ß",
            "Σ",
            "ς",
            "ﬃ",
            "¨",
            "´",
            "\u0301",
            "豈",
            "⼀",
            "🈚",
            "①②",
            "％",
            "＆",
        ],
    ]
)
_CHARACTERS = st.characters(codec="utf-8")
_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


def raw_texts(*, max_pieces: int = 12) -> st.SearchStrategy[str]:
    """Text of both scripts with full width, emoji, rare and astral characters, pinyin noise and any other code point."""
    piece = st.one_of(_WORDS, _WORDS, _WORDS, _CHARACTERS, st.text(_HAN, max_size=4))
    return st.lists(piece, max_size=max_pieces).map("".join)


@st.composite
def kept_spans(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """Sorted, disjoint, non-empty ranges (start, end) inside a text of `length` code points."""
    borders = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return [(a, b) for a, b in zip(borders[::2], borders[1::2], strict=False) if a < b]
