"""Conversion between scripts for display and for queries, and which script a text is in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from casekit.fold.characters import table
from casekit.types import Script

__all__ = ["detect_script", "to_simplified", "to_traditional"]

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile("[A-Za-z]+")


@cache
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


def to_simplified(text: str) -> str:
    """The text in simplified characters, words untouched (OpenCC t2s); same length.

    Examples:
        >>> to_simplified("會員數位化")
        '会员数位化'
    """
    return str(_converter("t2s").convert(text))


def to_traditional(text: str, *, taiwan: bool = True) -> str:
    """The text in traditional characters, words untouched (OpenCC s2tw, or s2t where `taiwan` is false).

    Examples:
        >>> to_traditional("会员在这里面")
        '會員在這裡面'
    """
    return str(_converter("s2tw" if taiwan else "s2t").convert(text))


@cache
def _only_simplified() -> frozenset[str]:
    # Characters that arise by simplification and are no traditional characters themselves (not 后, 里, 面, 只 …): those
    # that Big5, the character set of Taiwan, lacks.
    return frozenset(c for c in table("characters.txt").values() if not _in_big5(c))


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def detect_script(text: str) -> Script:
    """Which script a text is written in, from the characters that exist in one script only.

    "en" where fewer than one in four words is Chinese (a Han character counts as two thirds of a word), "mixed" where both
    scripts hold at least a tenth of the telling characters, and "zh-Hans" where Chinese characters tell nothing.

    Examples:
        >>> detect_script("步步高的會員")
        'zh-Hant'
        >>> detect_script("步步高的会员")
        'zh-Hans'
        >>> detect_script("Walmart")
        'en'
    """
    han = len(_HAN.findall(text))
    latin = len(_LATIN_WORD.findall(text))
    if latin and han * 2 < latin:  # 1 part Chinese words (1.5 characters each) in 4: a choice, not a measurement
        return "en"
    traditional_table = table("characters.txt")
    counts = Counter(text)
    simplified = sum(n for c, n in counts.items() if c in _only_simplified())
    traditional = sum(n for c, n in counts.items() if ord(c) in traditional_table)
    if not simplified and not traditional:
        return "zh-Hans"
    share = traditional / (simplified + traditional)
    # A tenth: quotations and names put a few characters of the other script into most articles.
    return "zh-Hant" if share > 0.9 else "zh-Hans" if share < 0.1 else "mixed"
