"""What the name of a firm looks like by itself: a stem that is no common word, and the trade that ends it (鹭洲|啤酒, 岚翼|航空).

经济型酒店, 线上平台 are kinds of firms, not names. One decision for names (mentions) and for whom a figure is about (facts).
"""

from __future__ import annotations

import re
from typing import Final

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.segment.dictionary import weights

__all__ = ["KIND_OF_FIRM", "TRADES", "is_firm_stem", "is_kind", "trade_at_end"]

TRADES: Final = CueWords("trades/end", "trades/more", "clause-words/trades")
"""What ends the names of firms and of institutions."""
_OF_FIRMS: Final = CueWords("trades/end", "trades/more")
_ONLY_FIRMS: Final = CueWords("clause-words/only-firms")
_MODIFIES: Final = CueLetters("clause-words/modifies")
_OF_KINDS: Final = CuePattern("%{clause-words/kind-marks}$")
_LEAST: Final = 2  # characters that a stem has at least
# Log weight in jieba's dictionary. A stem below it is no common word (夕阳 is below, 职业 and 手机 above; chosen by reading
# stems of both kinds).
_UNCOMMON: Final = -11.8
# What goes before 超市, 品牌 … to make a kind of company, not one.
KIND_OF_FIRM: Final = re.compile(
    r"(?:社区|手机|网上|电话|移动|直销|核心|整车|职业|会员制?|连锁|传统|大型|中型|小型|中小|线下|线上|国内|国际|本土|本地|中国|全国|全球|外资|民营|国有|零售|生鲜|互联网|新式|新型|新|老牌|老|头部|龙头|区域|县城|乡镇|城市|高端|"
    r"无人|智能|折扣|仓储|综合|精品|跨境|社交|上市|创业|科技|服装|食品|饮料|母婴|美妆|快时尚|国货|国产|奢侈|家族|中央|地方|商业|数字|未来|美好|健康|品质|校园|写字楼|私人|私立|公立|三甲)*"
)


def trade_at_end(text: str) -> str:
    """The longest trade that ends a string and leaves a stem before it; "" where there is none."""
    trades = _OF_FIRMS.now()
    for at in range(_LEAST, len(text) - 1):
        if text[at:] in trades:
            return text[at:]
    return ""


def is_kind(stem: str) -> bool:
    """Whether what stands before a trade tells a kind of firms (经济型, 线上)."""
    return KIND_OF_FIRM.fullmatch(stem) is not None or _OF_KINDS.search(stem) is not None


def is_firm_stem(stem: str, trade: str) -> bool:
    """Whether a string (folded) before a trade makes the two a name: no kind of firm, no common word."""
    if len(stem) < _LEAST or stem[0] in _MODIFIES or is_kind(stem):
        return False
    return trade in _ONLY_FIRMS or weights().get(stem, -99.0) < _UNCOMMON
