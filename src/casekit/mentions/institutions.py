"""Firms and bodies under their full names (某省第二机床厂, 某某会计师事务所): by their ends, and something proper before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.cues import CuePattern, CueWords
from casekit.mentions.article import Article
from casekit.mentions.companies import listed_within
from casekit.mentions.matcher import Matcher
from casekit.mentions.record import Found, make_found
from casekit.mentions.tagger import Tagged
from casekit.mentions.words import is_ordinary, is_word
from casekit.types import EntityType

__all__ = ["find_institutions"]

_END = {
    "company": CuePattern(r"%{institution-forms/company}\Z"),
    "org": CuePattern(r"%{institution-forms/org}\Z"),
}
# What a full name adds to the listed one: a country in brackets, the legal form.
_FORM_ONLY = CuePattern("(?:\\([\u3400-\u9fff]{2,4}\\)|中国)?(?:%{company-forms}|公司|集团公司|集团|总公司)*")
_PLACE_LENGTH = 3  # 上海市, 深圳: where a firm is registered
_PROPER = CuePattern("%{institution-forms/proper}|%{places/province}|%{places/city}|%{places/country}")
_OUTSIDE = CueWords("institution-forms/outside")
_INSIDE = CueWords("institution-forms/inside")
_NAMED = frozenset({"LOC", "ORG", "PER", "nz"})
# Words of these kinds may be parts of a name: 第二|机床|厂, 新|材料|研究院.
_PARTS = frozenset({"LOC", "ORG", "PER", "nz", "nw", "n", "vn", "an", "a", "s", "f", "m", "b", "j"})
# A name holds no more words before its end than this, and one of these kinds only between others.
_MOST_PARTS = 9
_INNER = frozenset({"a", "m", "f"})
_LONGEST = 30
_COUNTS = re.compile(r"\d[\d.,]*\s?[^\d\s]")


def find_institutions(article: Article, matcher: Matcher, words: list[Tagged], listed: list[Found]) -> Iterator[Found]:
    """Every place of every firm or body under a full name, the longest reading of each."""
    bare = article.bare
    named = {i for item in listed if item.type in {"company", "brand", "org"} for i in range(item.start, item.end)}
    last = 0
    words = [_cut(bare, word) for word in words]
    for index, word in enumerate(words):
        kind = _kind(bare, word)
        if kind is None or word.start < last:
            continue
        first = _first(bare, words, index)
        stop, kind = _reach(bare, words, index, kind)
        start, end = words[first].start, words[stop].end
        if not _is_name(bare, words[first : stop + 1], named):
            continue
        last = end
        known = listed_within(bare[start:end], matcher) if kind == "company" else None
        if known is not None and _same_firm(bare[start:end], known):
            yield Found(start, end, known.type, known.entity, known.name)
        else:
            yield make_found(article, matcher, start, end, kind)


def _cut(bare: str, word: Tagged) -> Tagged:
    """A body's name without the beginning of its department that the tagger takes in (某市工业局审计|处)."""
    if word.tag != "ORG" or word.end - word.start < 6 or _kind(bare, word) is not None:
        return word
    for end in range(word.end - 1, word.end - 4, -1):
        shorter = Tagged(word.start, end, "ORG")
        if _kind(bare, shorter) is not None:
            return shorter
    return word


def _kind(bare: str, word: Tagged) -> EntityType | None:
    if word.tag not in _PARTS:
        return None
    text = bare[word.start : word.end]
    for kind, pattern in _END.items():
        match = pattern.search(text)
        # 布局 and 客厅 end in a character that ends names of bodies, and are words of their own.
        if match is not None and (match.start() != 1 or len(match[0]) > 1 or not is_word(text)):
            return "company" if kind == "company" else "org"
    return None


def _first(bare: str, words: list[Tagged], index: int) -> int:
    """The first word of the name that ends with words[index]."""
    first = index
    while first and index - first < _MOST_PARTS and _goes_on(bare, words, first - 1):
        first -= 1
        if words[index].end - words[first].start > _LONGEST:
            return first + 1
    while first < index and (words[first].tag in _INNER or bare[words[first].start : words[first].end] in _OUTSIDE):
        first += 1
    return first


def _goes_on(bare: str, words: list[Tagged], at: int) -> bool:
    word, following = words[at], words[at + 1]
    text = bare[word.start : word.end]
    if word.end != following.start:
        return False
    if text in "()" and at:
        # 某某(中国)有限公司: a place in brackets belongs to the name.
        inner = words[at - 1] if text == ")" else word
        return text == "(" or inner.tag in {"LOC", "ORG"}
    if word.tag == "v":
        return text in _INSIDE
    if word.tag == "m" and _COUNTS.search(text):
        return False  # 投资|15亿元|建设厂房: an amount is no part of a name, as a number is (第二机床厂)
    return word.tag in _PARTS and text not in _OUTSIDE


def _reach(bare: str, words: list[Tagged], index: int, kind: EntityType) -> tuple[int, EntityType]:
    """The last word of the name: 某某银行某市分行 goes on to its second end."""
    stop = index
    for at in range(index + 1, min(index + 4, len(words))):
        if words[at].start != words[at - 1].end or words[at].tag not in {"LOC", "ORG", "nz", "n", "vn", "m"}:
            break
        further = _kind(bare, words[at])
        if further is not None:
            stop, kind = at, further
    return stop, kind


def _is_name(bare: str, parts: list[Tagged], named: set[int]) -> bool:
    start, end = parts[0].start, parts[-1].end
    text = bare[start:end]
    if text in _OUTSIDE or not _balanced(text):
        return False
    alone = len(parts) == 1
    ends = [match.start() for pattern in _END.values() if (match := pattern.search(text)) is not None]
    stem = text[: min(ends)] if ends else text
    if len(stem) < 2 or (alone and is_word(text) and parts[0].tag not in _NAMED):
        return False
    proper = any(word.tag in _NAMED for word in parts) or _PROPER.search(stem) is not None
    return proper or any(i in named for i in range(start, end)) or not is_ordinary(stem)


def _same_firm(text: str, known: Found) -> bool:
    """Whether a full name says no more than the listed one (at known.start): a branch or another firm of a group has its own."""
    return _FORM_ONLY.fullmatch(text[known.end :]) is not None and len(text[: known.start]) <= _PLACE_LENGTH


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")")
