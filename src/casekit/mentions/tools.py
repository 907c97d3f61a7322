"""Tools that no lexicon lists: a form that only a tool's name has, and the grammar of its use (引进了APS, 被甲用来……的“田管家”)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.cues import CuePattern, CueWords
from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import is_ordinary
from casekit.types import EntityType

__all__ = ["find_tools"]

_FIRMS: frozenset[EntityType] = frozenset({"company", "brand"})
_USED = CuePattern(r"%{tool-frames/uses}%{tool-frames/between}?(?P<owner>[\u3400-\u9fffa-z]{2,6}的)?\Z")
_MEANS = CuePattern(r"%{tool-frames/means}\Z")
_WORKS = CuePattern("%{tool-frames/kind}?%{tool-frames/works}")
_KIND = CuePattern("%{tool-frames/kind}")
_KIND_BEFORE = CuePattern(r"%{tool-frames/kind}\Z")
_USED_AFTER = CuePattern("%{tool-frames/passive}[^,。;:!?()]{2,10}?%{tool-frames/used-as}")
_INSIDE = CuePattern("%{tool-frames/inside}")
_AT = CuePattern(r"%{tool-frames/at}\Z")
_MADE = CuePattern("%{tool-frames/kind-behind}")
_GOES_ON = CuePattern("%{tool-frames/next}")
_LATIN = re.compile("(?<![a-z0-9.@/-])[a-z][a-z0-9+-]{1,15}(?![a-z0-9@/.-])")
_NO_NAMES = CueWords("latin-words")
_WINDOW = 16


def find_tools(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    """Every place of every tool that the article shows somebody to use."""
    bare = article.bare
    taken = {i for item in listed for i in range(item.start, item.end)}
    names = {bare[start:end] for start, end in (*_latin(article, taken), *_quoted(article, taken))}
    for name in sorted(names - matcher.forms.keys()):
        for match in re.finditer(re.escape(name), bare):
            if taken.isdisjoint(range(*match.span())) and _bordered(bare, *match.span()):
                yield make_found(article, matcher, *match.span(), "product")
    # 接入SAP系统: the firm's name stands for its system
    for item in listed:
        kind = _KIND.match(bare, item.end) if item.type in _FIRMS else None
        if kind is not None and _USED.search(bare[max(0, item.start - _WINDOW) : item.start]):
            yield make_found(article, matcher, item.start, kind.end(), "product")


def _bordered(bare: str, start: int, end: int) -> bool:
    return not (bare[start].isascii() and (bare[start - 1 : start].isascii() and bare[start - 1 : start].isalnum()))


def _latin(article: Article, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Words in Latin letters of a Chinese sentence, written with capitals, as the object of a use."""
    bare = article.bare
    for match in _LATIN.finditer(bare):
        start, end = match.span()
        if match[0] in _NO_NAMES or not taken.isdisjoint(range(start, end)) or not _capital(article, start, end):
            continue
        before = bare[max(0, start - _WINDOW) : start]
        kind = _KIND.match(bare, end)
        used = _USED.search(before)
        if used is not None and (kind is not None or _ends(bare, end)):
            yield start, kind.end() if kind is not None and end - start < 5 else end
        elif _MEANS.search(before) and _WORKS.match(bare, end):
            yield start, end


def _ends(bare: str, end: int) -> bool:
    """Whether nothing goes on behind a word as if it were an attribute (引入B轮投资)."""
    return end >= len(bare) or not "\u3400" <= bare[end] <= "\u9fff" or _GOES_ON.match(bare, end) is not None


def _capital(article: Article, start: int, end: int) -> bool:
    return any(c.isupper() for c in article.kept_text(start, end))


def _quoted(article: Article, taken: set[int]) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks and is used, or is called a system right before or behind."""
    bare = article.bare
    for start, end in article.quotations():
        inner = bare[start:end]
        if not 2 <= end - start <= 8 or re.search("[,。;:!?、 ]", inner):
            continue
        if not taken.isdisjoint(range(start, end)):
            continue
        before = bare[max(0, start - _WINDOW) : start]
        called = _MADE.match(bare, end) is not None
        used = _USED.search(before) or (_AT.search(before) and _INSIDE.match(bare, end)) or _USED_AFTER.match(bare, end)
        if _KIND_BEFORE.search(before) or (used and called) or ((used or called) and not is_ordinary(inner)):
            yield start, end
