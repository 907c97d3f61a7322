"""The sentence's own words for what a figure measures: a noun phrase cut at the borders of words, with no verb at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.facts.englishmeasure import EN_STOP, english_phrase
from casekit.facts.nouns import COUNTED_TIME, MODIFIER, WORD, is_called, is_noun, word_ranges
from casekit.facts.quantities import Figure
from casekit.facts.turning import TURNS
from casekit.segment.tags import is_function_word, is_verb

__all__ = ["BREAK", "HEADS", "leftwards", "own_phrase"]

HEADS: Final = re.compile(r"[率数量额价费值比度期店员商户群业店]$")
_LONGEST: Final = 16  # characters of a phrase; what is longer is a clause
_DOES: Final = CuePattern("%{measure-borders/deals}了?$")
_POINTER: Final = re.compile(r"(?:[该本]|[这那此][家所座间个名位])$")
_HEAD: Final = frozenset("率数量额价费值比度期数力馆站厂仓校院柜厅桩")
_ASIDE: Final = frozenset("在较比向跟")
BREAK: Final = re.compile(r"[,，。;；:：!?、()\[\]\"'《》|\n]")
_EDGE: Final = re.compile(rf"'s(?= )|{BREAK.pattern}")
_LEAD_VERBS: Final = CueWords("measure-borders/word")


def leftwards(text: str, floor: int, at: int, dates: Sequence[tuple[int, int]]) -> int:
    """Where the phrase begins that a measure at `at` ends: its modifiers up to a border (线上, 外送业务, IP产品)."""
    floor = max((floor, *(end for _, end in dates if end <= at)))
    floor = max(floor, at - _LONGEST + 4)
    while floor < at and text[floor].isascii() and text[floor].isalpha() and text[floor - 1 : floor].isalpha():
        floor += 1  # no half of a Latin word
    breaks = [m.end() for m in _EDGE.finditer(text, floor, at)]
    floor = breaks[-1] if breaks else floor
    first = at
    for a, b in reversed(word_ranges(text, floor, at)):
        word = text[a:b]
        if b != first and not (text[b:first] == " " and word.isascii()):
            break
        if (
            word in WORD.now()
            or (word.isascii() and word in EN_STOP.now())
            or is_function_word(word)
            or MODIFIER.fullmatch(word)
        ):
            break
        if word.isdigit() or TURNS.fullmatch(word) is not None:
            break
        if is_verb(word) and first == at and not HEADS.search(word) and word in _LEAD_VERBS.now():
            break
        first = a
    return _behind_pointed(text, floor, first, at)


def _behind_pointed(text: str, floor: int, first: int, at: int) -> int:
    """Where the phrase begins behind who is pointed at: (该医院)门诊量, (这家工厂)良率."""
    if first >= at or _POINTER.search(text, floor, first) is None:
        return first
    return next((b for _, b in word_ranges(text, first, at) if b <= at), first)


def own_phrase(
    text: str, start: int, stop: int, dates: Sequence[tuple[int, int]], figure: Figure, *, sure: bool = False
) -> tuple[int, int] | None:
    """The noun phrase that ends before the figure's verb, where no listed measure stands there; `sure` if it ends at `stop`."""
    if text[start:stop].isascii():
        return english_phrase(text, start, stop)
    floor, start = start, max((start, *(end for _, end in dates if end <= stop)))
    breaks = [m.end() for m in BREAK.finditer(text, start, stop)]
    start = breaks[-1] if breaks else start
    words = word_ranges(text, start, stop)
    whole, counted = len(words), figure.kind in ("count", "people", "noun")
    while words and not sure and not is_noun(text[slice(*words[-1])]):
        if is_called(text, words):
            break
        if len(words) > 1 and text[slice(*words[-1])] in _HEAD and words[-2][1] == words[-1][0]:
            break  # 拣货量, 单产率: a head with the word before it
        if (
            figure.kind == "time"
            and text[slice(*words[-1])] not in WORD.now()
            and TURNS.fullmatch(text, *words[-1]) is None
        ):
            return None
        words.pop()
    if not words:
        last = max((a for a, b in dates if b <= stop and b == start), default=None)
        if last is None or figure.kind == "time" or (counted and _DOES.search(text, start, stop) is not None):
            return None
        return own_phrase(text, floor, last, [d for d in dates if d[1] <= last], figure)  # 露营市场去年约为290亿元
    end = words[-1][1]
    if len(words) < whole and counted and _DOES.search(text, end, stop) is not None:
        return None  # 甲每天卖出700单: who does it is not what is counted
    first = words[-1][0]
    for a, b in reversed(words[:-1]):
        word = text[a:b]
        if b != first or word in WORD.now() or is_function_word(word) or word.isdigit() or MODIFIER.fullmatch(word):
            break
        if TURNS.fullmatch(word) is not None or word[0] in COUNTED_TIME:
            break
        first = a
    if text[first:end] == "人" and text[first - 1 : first] == "的" and first - 1 > start:
        first = next((a for a, b in reversed(words) if b == first - 1), first)  # 续卡的人不到三成
    if text[first] in _ASIDE:
        return None  # 比同区平均水平高出15%
    if text[first - 1 : first] in _ASIDE and first > start:
        return None  # 在天猫卖了1.8亿元, 较峰值减少六成: a place, what it is compared with
    return (first, end) if 2 <= end - first <= _LONGEST else None
