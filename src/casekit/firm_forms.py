"""What the name of a firm looks like by itself: a stem that is no common word, and the trade that ends it (鹭洲|啤酒, 岚翼|航空).

经济型酒店, 线上平台 are kinds of firms, not names. One decision for names (mentions) and for whom a figure is about (facts).
"""

from __future__ import annotations

from typing import Final

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.segment.dictionary import name_likeness, parts_of_speech, weights

__all__ = ["KIND_OF_FIRM", "TRADES", "ends_as_brand", "is_firm_stem", "is_kind", "is_likely_stem", "trade_at_end"]

TRADES: Final = CueWords("trades/end", "trades/more", "clause-words/trades")
"""What ends the names of firms and of institutions."""
_OF_FIRMS: Final = CueWords("trades/end", "trades/more")
_MARKS: Final = CueLetters("trades/marks")
_ONLY_FIRMS: Final = CueWords("clause-words/only-firms")
_MODIFIES: Final = CueLetters("clause-words/modifies")
_OF_KINDS: Final = CuePattern("%{clause-words/kind-marks}$")
_LEAST: Final = 2  # characters that a stem has at least
# Log weight in jieba's dictionary. A stem below it is no common word (夕阳 is below, 职业 and 手机 above; chosen by reading
# stems of both kinds).
_UNCOMMON: Final = -11.8
# Told by ninety invented stems and ninety new words: see `name_likeness`.
_LIKELY: Final = -1.5
_WORDLIKE: Final = (
    -3.5
)  # a rare word of the dictionary below it is one of things (瓶装|葡萄酒), no name (石榴, 渔歌 lie above)
_THINGS: Final = frozenset({"n", "vn", "an", "nz"})
# What goes before 超市, 品牌 … to make a kind of company, not one.
KIND_OF_FIRM: Final = CuePattern("(?:%{trades/kind-before})*")


def trade_at_end(text: str) -> str:
    """The longest trade that ends a string and leaves a stem before it; "" where there is none."""
    trades = _OF_FIRMS.now()
    for at in range(_LEAST, len(text) - 1):
        if text[at:] in trades:
            return text[at:]
    return ""


def ends_as_brand(text: str) -> bool:
    """Whether a string is two characters and one that ends names (砂砾记), and no word of the dictionary."""
    return len(text) == _LEAST + 1 and text[_LEAST] in _MARKS and text[0] not in _MODIFIES and text not in weights()


def is_likely_stem(stem: str) -> bool:
    """Whether two characters make no word and are those of names (锦瑟|旗袍, 沐野|露营)."""
    if len(stem) != _LEAST or stem in weights() or stem[0] in _MODIFIES or _OF_KINDS.search(stem) is not None:
        return False
    return name_likeness(stem) > _LIKELY


def is_thing_word(word: str) -> bool:
    """Whether a word names a thing that a firm may deal in: a noun of the dictionary of two characters or three."""
    return 2 <= len(word) <= 3 and parts_of_speech().get(word, "") in _THINGS


def is_kind(stem: str) -> bool:
    """Whether what stands before a trade tells a kind of firms (经济型, 线上, 过去线上)."""
    if stem in _OF_FIRMS or KIND_OF_FIRM.fullmatch(stem) is not None or _OF_KINDS.search(stem) is not None:
        return True  # 冷链|物流: two trades make no name
    common = (at for at in range(_LEAST, len(stem) - 1) if weights().get(stem[:at], -99.0) >= _UNCOMMON)
    return any(KIND_OF_FIRM.fullmatch(stem[at:]) is not None for at in common)


def is_firm_stem(stem: str, trade: str) -> bool:
    """Whether a string (folded) before a trade makes the two a name: no kind of firm, no common word."""
    if len(stem) < _LEAST or stem[0] in _MODIFIES or is_kind(stem):
        return False
    if trade in _ONLY_FIRMS:
        return True
    weight = weights().get(stem)
    return weight is None or (weight < _UNCOMMON and name_likeness(stem) > _WORDLIKE)
