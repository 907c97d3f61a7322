"""Words of a phrase that says what is measured: where they end, and which of them are nouns.

Words of the list of measures are never cut; verbs, times and the words of `measure-borders` are no nouns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casekit.cues import CuePattern, Cues, CueWords, from_cues
from casekit.facts.measures import measure_named, measures
from casekit.facts.turning import TURNS
from casekit.segment import Segmenter
from casekit.segment.tags import is_function_word, is_verb

__all__ = ["COUNTED_TIME", "MODIFIER", "WORD", "is_called", "is_deed", "is_noun", "word_ranges"]

WORD: Final = CueWords("measure-borders/word", "measure-stops", "measure-openings", "measure-endings")
_DEEDS: Final = CueWords("measure-borders/deeds")
_NOUNS: Final = CueWords("measure-borders/whole")
MODIFIER: Final = CuePattern(
    "%{measure-modifiers/against}|%{measure-modifiers/per}|%{measure-modifiers/sum}|(?<![a-z])%{measure-modifiers/en}(?![a-z])"
)
_PARTING: Final = re.compile("其中?|[该的了]")
_RESULTS: Final = frozenset("到至了于")
COUNTED_TIME: Final = frozenset("一二两三四五六七八九十几数每半")
_STANDS: Final = re.compile("在|为|是|达|有|超|约|近|不|已|仅|只")


def _read_words(cues: Cues) -> Segmenter:
    named = (word for one in measures() for word in (one.name, *one.aliases) if not word.isascii())
    return Segmenter([*named, *cues.words("measure-borders/whole")])


_words: Final = from_cues(_read_words)


def is_noun(word: str) -> bool:
    """Whether a word can end the phrase: no verb, no word of grammar or of time, no number."""
    if word in _NOUNS.now():
        return True
    if (
        word[0] in COUNTED_TIME
        or word in WORD.now()
        or not any(c.isalpha() for c in word)
        or MODIFIER.fullmatch(word)
        or TURNS.fullmatch(word)
    ):
        return False
    if (taken := MODIFIER.match(word)) is not None and TURNS.fullmatch(word, taken.end()):
        return False  # 同比增加, one word of the dictionary's
    if word[-1] in _RESULTS and measure_named(word) is None:
        return False  # 开到, 致力于
    return not (is_function_word(word) or is_deed(word)) and (len(word) > 1 or word in "店人货员")


def is_deed(word: str) -> bool:
    """Whether a word is a verb, with what comes of it perhaps: 缩减到, 爬坡至."""
    if word in _NOUNS.now():
        return False  # 出货, 在管: measures, whatever the dictionary says
    return word in _DEEDS.now() or is_verb(word) or (len(word) > 2 and word[-1] in _RESULTS and is_verb(word[:-1]))


def word_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of text[start:end]; 其, 该, 的 and 了 are never part of another one."""
    out: list[tuple[int, int]] = []
    at = start
    for m in (*_PARTING.finditer(text, start, end), None):
        stop = m.start() if m is not None else end
        out += [(at + a, at + b) for a, b in _words().ranges(text[at:stop])]
        if m is not None:
            out.append(m.span())
            at = m.end()
    return out


def is_called(text: str, words: Sequence[tuple[int, int]]) -> bool:
    """Whether a verb stands where only a noun can: 处理的推理请求在10⁸次以上."""
    (a, b), before = words[-1], words[-2:-1]
    if not before or b - a < len("请求") or _STANDS.match(text, b) is None or not is_verb(text[a:b]):
        return False
    if text[a:b] in WORD.now() or TURNS.fullmatch(text, a, b) is not None:
        return False
    first = before[0]
    if text[slice(*first)] != "的" and first[1] - first[0] > 1:
        first = words[-3] if len(words) > 2 else first
    return text[slice(*first)] == "的"
