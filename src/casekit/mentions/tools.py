"""Tools that no lexicon lists: a form that only a tool's name has, and the grammar of its use (引进了APS, 被甲用来……的“田管家”)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.cues import CuePattern, CueWords
from casekit.mentions.article import Article
from casekit.mentions.companies import BOUND
from casekit.mentions.matcher import Matcher
from casekit.mentions.places import places_of
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
_SURE_BEFORE = CuePattern(r"%{tool-frames/kind-sure}\Z")
_REACHED = CuePattern("%{tool-frames/reached}")
_GOES_ON = CuePattern("%{tool-frames/next}")
_LATIN = re.compile("(?<![a-z0-9.@/-])[a-z][a-z0-9+-]{1,15}(?![a-z0-9@/.-])")
_NO_NAMES = CueWords("latin-words")
_WINDOW = 16
# 引入了甲的电子病历系统: a system by what it is for, as the object of a use.
_SYSTEM = CuePattern("%{tool-frames/system}")
_VERB = CuePattern("%{tool-frames/uses}%{tool-frames/between}?|%{tool-frames/made}|%{tool-frames/builds}")
_OWN_SYSTEM = CuePattern(
    "(?:^|(?<=[\n。!?;,:、(]))[\u3400-\u9fffa-z]{2,8}的(?P<stem>[\u3400-\u9fff]{2,8}?)(?P<kind>%{tool-frames/system})(?=%{tool-frames/behind-own})"
)
_OWNED = re.compile("[\u3400-\u9fffa-z]{2,6}的")
_STEM = re.compile("[\u3400-\u9fffa-z0-9]{2,8}")
_ANY_SYSTEM = CuePattern("(?:%{tool-frames/any-system}|%{trades/kind-before})+")
_CALLED = CuePattern("%{tool-frames/called}")
# 系统取名叫快仓, 一款叫排班通的系统
_NAMED = (
    CuePattern(
        r"%{tool-frames/system}[^,。;:!?()]{0,4}?%{tool-frames/named}(?P<name>[\u3400-\u9fffa-z0-9]{2,6})(?=[,。;!?)]|\Z)"
    ),
    CuePattern(
        r"%{tool-frames/named}(?P<name>[\u3400-\u9fffa-z0-9]{2,6}?)\u7684[\u3400-\u9fff]{0,6}?%{tool-frames/system}"
    ),
)
# In English: adopted Vantage Cloud across …
_USES_EN = CuePattern(r"(?<![a-z])%{tool-frames/uses-en} (?:(?:the|its|a|an|new) )*")
_CAPITALS = re.compile(r"[a-z][a-z0-9+.'-]*(?: [a-z][a-z0-9+.'-]*){0,2}")
_CHOSEN_EN = CuePattern(
    r"(?<![a-z0-9-])(?P<name>[a-z][a-z0-9+.'-]+(?: [a-z][a-z0-9+.'-]+)?) (?:is|was|has been|had been)(?: [a-z]+)? %{english-deeds/used-by} "
)
# 用GIS、SCADA和“某某”三套系统看管网
_ROW = CuePattern("%{line-up}[^,。;:!?()]{1,24}?(?:%{called/several})?[^,。;:!?()]{0,4}?%{tool-frames/kind}")
_CALLED_EN = CuePattern("%{tool-frames/called-en} ")
# 用|驭风WMS|管仓库: a maker's or a product's own name before what systems are called in Latin letters
_BRANDED = CuePattern(r"(?P<stem>[^\x00-\u33ff]{2,4})%{tool-frames/acronyms}(?![a-z0-9])")
_STOPS_EN = CuePattern(r"\Z|[,.;:!?)\n]| %{tool-frames/next-en}(?![a-z])")


def find_tools(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    """Every place of every tool that the article shows somebody to use."""
    bare = article.bare
    taken = {i for item in listed for i in range(item.start, item.end)}
    named = (*_latin(article, taken), *_quoted(article, taken), *_named(bare, taken), *_branded(bare))
    names = {bare[start:end] for start, end in named}
    branded = {bare[start:end] for start, end in _branded(bare)}
    for name, starts in sorted(places_of(names - matcher.forms.keys(), bare).items()):
        for start in starts:
            end = start + len(name)
            if (name in branded or taken.isdisjoint(range(start, end))) and _bordered(bare, start, end):
                yield make_found(article, matcher, start, end, "product")
    for start, end in (
        *_systems(article, taken),
        *_own_systems(article, taken),
        *_english(article, matcher),
        *_chosen(article, matcher),
    ):
        yield make_found(article, matcher, start, end, "product")
    # 接入SAP系统: the firm's name stands for its system
    for item in listed:
        kind = _KIND.match(bare, item.end) if item.type in _FIRMS else None
        if kind is not None and _USED.search(bare[max(0, item.start - _WINDOW) : item.start]):
            yield make_found(article, matcher, item.start, kind.end(), "product")


def _named(bare: str, taken: set[int]) -> Iterator[tuple[int, int]]:
    """What a system is said to be called."""
    for pattern in _NAMED:
        for match in pattern.finditer(bare):
            start, end = match.span("name")
            if taken.isdisjoint(range(start, end)) and not is_ordinary(match["name"]):
                yield start, end


def _branded(bare: str) -> Iterator[tuple[int, int]]:
    """A name of its own before 系统's kind in Latin letters, as the object of a use: 用驭风WMS管仓库."""
    for match in _BRANDED.finditer(bare):
        for start in range(match.start(), match.end("stem") - 1):
            before = bare[max(0, start - _WINDOW) : start]
            used = _USED.search(before) is not None or _MEANS.search(before) is not None
            if used and not is_ordinary(bare[start : match.end("stem")]):
                yield start, match.end()
                break


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
        elif _MEANS.search(before) and (_WORKS.match(bare, end) or _ROW.match(bare, end)):
            yield start, end


def _systems(article: Article, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Systems named by what they are for (电子病历系统), right behind a verb of use or behind their maker."""
    bare = article.bare
    for kind in _SYSTEM.finditer(bare):
        if kind.start() in taken:
            continue
        first = max(0, kind.start() - _WINDOW)
        for verb in reversed(list(_VERB.finditer(bare, first, kind.start()))):
            owned = _OWNED.match(bare, verb.end(), kind.start())
            start = owned.end() if owned is not None else verb.end()
            start = max((i + 1 for i in range(start, kind.start()) if i in taken), default=start)
            start += bare[start : start + 1] == "的"
            stem = bare[start : kind.start()]
            if _is_purpose(stem):
                yield start, kind.end()
                break


def _own_systems(article: Article, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Systems named by what they are for behind their owner: 甲的排产系统由乙开发, 甲的病历平台上线后."""
    for match in _OWN_SYSTEM.finditer(article.bare):
        at = match.start("stem")
        if not any(i in taken for i in range(at, match.end("kind"))) and _is_purpose(match["stem"]):
            yield at, match.end("kind")


def _is_purpose(stem: str) -> bool:
    """Whether what stands before 系统 tells one system from others (电子病历), so that the two are what it is called."""
    if _STEM.fullmatch(stem) is None or any(c in BOUND for c in stem):
        return False
    return _ANY_SYSTEM.fullmatch(stem) is None and _CALLED.search(stem) is None


def _english(article: Article, matcher: Matcher) -> Iterator[tuple[int, int]]:
    """Up to three words in capitals as the object of an English verb of use; a listed name stays what it is."""
    bare = article.bare
    for match in (*_USES_EN.finditer(bare), *_CALLED_EN.finditer(bare)):
        run = _CAPITALS.match(bare, match.end())
        end = match.end()
        while run is not None and end < run.end():
            word = re.compile(r" ?[^ ]+").match(bare, end, run.end())
            at = end + (bare[end] == " ")
            if word is None or not article.kept_text(at, at + 1).isupper():
                break
            end = word.end()
        name = bare[match.end() : end].rstrip(".'-")
        end = match.end() + len(name)
        if len(name) > 2 and name not in matcher.forms and name not in _NO_NAMES and _STOPS_EN.match(bare, end):
            yield match.end(), end


def _chosen(article: Article, matcher: Matcher) -> Iterator[tuple[int, int]]:
    """Up to two words in capitals that an English clause says to be used by somebody (Acme was chosen by …)."""
    bare = article.bare
    for match in _CHOSEN_EN.finditer(bare):
        first, end = match.span("name")
        for at in (first, bare.rfind(" ", first, end) + 1):
            words = [at, *(i + 1 for i in range(at, end) if bare[i] == " ")]
            name = bare[at:end]
            if at >= first and all(article.kept_text(i, i + 1).isupper() for i in words):
                if name not in matcher.forms and name not in _NO_NAMES:
                    yield at, end
                break


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
        works = _MEANS.search(before) is not None and _WORKS.match(bare, end) is not None  # 用“骆驼”派车
        works = works or _SURE_BEFORE.search(before) is not None  # 数据库“砚台”
        works = works or (_AT.search(before) is not None and _REACHED.match(bare, end) is not None)  # 通过“探望”小程序
        if works or _KIND_BEFORE.search(before) or (used and called) or ((used or called) and not is_ordinary(inner)):
            yield start, end
