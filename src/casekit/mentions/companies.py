"""Companies and brands that no lexicon lists: by legal form, role, founding, enumeration, or because they are called so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher, whole
from casekit.mentions.names import person_at
from casekit.mentions.offices import is_office
from casekit.mentions.places import Repeated, places_of
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import is_ordinary, is_word
from casekit.segment.dictionary import parts_of_speech, split_words, weights
from casekit.types import EntityType

__all__ = ["BOUND", "find_companies", "listed_within"]

_HAN = "\u3400-\u9fff"
BOUND = CueLetters("function-characters/both", "function-characters/name")
"""Characters that hardly any name holds; a name's left end is looked for behind them."""
_LEGAL = CuePattern("%{company-forms}")
_LEAD = CuePattern("%{company-settings/lead}")
_COUNTED = CuePattern("%{company-settings/counted}")
# 蒋某女士同时兼任甲股份有限公司: what stands before a verb of holding a post is somebody else.
_HELD = CuePattern("%{post-verbs}")
_ROLE = CuePattern("%{posts/leader}(?:兼?%{posts/leader})?")
_STARTS = "(?:(?<=[。!?;,:\n(《 ])|(?<![\\s\\S]))"
# Trades that end a company's short name: 某某科技, 某某便利.
_TRADE = CuePattern(r"%{trades/end}\Z")
_FOUNDED = CuePattern(f"{_STARTS}([{_HAN}]{{2,6}}|[a-z][a-z0-9&'.-]{{1,20}})(?=%{{company-settings/founded}})")
# 旗下有小禾茶饮和禾食堂两个品牌
_BRANDS_OF = CuePattern(
    r"%{company-settings/brands-of}(?P<row>[^,。;:!?()《》]{2,40}?)%{company-settings/brands-counted}"
)
_IN_ROW = re.compile("[^、和与及]{2,8}")
_CALLED = CuePattern(f"%{{trades/brand}}品牌([{_HAN}]{{2,6}}?)(?=[,。、;:(!?]|%{{company-settings/does}})")
_LISTED_BETWEEN = re.compile(f"([{_HAN}]{{2,6}}|[a-z][a-z0-9&'. -]{{1,20}})(?=[、,。;)]|等|和|以及|及|与)")
_LATIN_BRAND = CuePattern(
    "(?<![a-z0-9.@/])[a-z][a-z0-9&'.-]{1,20}(?: [a-z][a-z0-9&'.-]{1,14}){0,2}(?=%{company-settings/latin})"
)
_AFTER_BRAND_WORD = re.compile("(?:品牌|公司)(?=[a-z])")
_LATIN_WORD = re.compile("[a-z][a-z0-9&'.-]{1,20}")
_NOT_BRANDS = CueWords("latin-words")
_DEGREES = CueLetters("function-characters/degrees")
_COMMON_WORD = -10.0  # log weight in the dictionary
_DESCRIPTION = CuePattern(r"%{no-companies}\Z")


def find_companies(article: Article, matcher: Matcher, listed: list[Found]) -> list[Found]:
    """Every place of every company or brand that the article shows beyond doubt to be one."""
    found = list(_legal(article, matcher))
    names: dict[str, EntityType] = {}
    for start, end, kind, firm in (*_introduced(article), *_enumerated(article, listed)):
        name = article.bare[start:end]
        if name not in matcher.forms and _can_be_name(name, firm=firm) and listed_within(name, matcher) is None:
            names.setdefault(name, kind)
    for name, kind in _latin(article).items():
        if name not in matcher.forms:
            names.setdefault(name, kind)
    places = places_of(names, article.bare)
    for name, kind in sorted(names.items()):
        latin = name[0].isascii()
        alone = whole(name)
        for start in places.get(name, ()):
            if alone.match(article.bare, start) and (not latin or article.kept_text(start, start + 1).isupper()):
                found += [make_found(article, matcher, start, start + len(name), kind)]
    return found


def _can_be_name(name: str, *, firm: bool = False) -> bool:
    """Whether a string may be a company's name; with `firm` evidence it may also be made of ordinary words."""
    if name[0].isascii():
        return name not in _NOT_BRANDS and not any(w in _NOT_BRANDS for w in name.split())
    if any(c in BOUND for c in name) or _DESCRIPTION.search(name) or is_office(name):
        return False
    return not (is_word(name) if firm else is_ordinary(name) or _tells(name))


def _tells(name: str) -> bool:
    """Whether a string holds a common verb or adverb as a word of its own: 闭店最多, 出现关店潮."""
    if any(c in _DEGREES for c in name):
        return True
    said = (word for word in split_words(name, {}) if len(word) > 1)
    return any(parts_of_speech().get(w, "") in ("v", "d") and weights()[w] > _COMMON_WORD for w in said)


def _is_han(text: str) -> bool:
    return all("\u3400" <= c <= "\u9fff" for c in text)


def _legal(article: Article, matcher: Matcher) -> Iterator[Found]:
    bare = article.bare
    for match in _LEGAL.finditer(bare):
        at = match.start()
        while at and match.start() - at < 12 and "\u3400" <= bare[at - 1] <= "\u9fff" and bare[at - 1] not in BOUND:
            at -= 1
        # 2020年通过集团: what a number counts is no part of a name.
        if at and bare[at - 1].isdigit():
            counted = _COUNTED.match(bare, at)
            at = counted.end() if counted else at
        # A quotation mark ends the name; adverbs and verbs in front of it are no part of it.
        last = bisect_left(article.shifts, match.start()) - 1
        at = max(at, article.shifts[last]) if last >= 0 else at
        while (lead := _LEAD.match(bare, at)) and lead.end() < match.start() - 1:
            at = lead.end()
        at = max((m.end() for m in _HELD.finditer(bare, at, match.start()) if m.end() < match.start() - 1), default=at)
        stem = bare[at : match.start()]
        # 2 to 4 characters before 集团; a legal form may have place and trade before it.
        if not 2 <= len(stem) <= (4 if match[0] == "集团" else 12) or is_ordinary(stem):
            continue
        known = listed_within(stem, matcher)
        if known is not None:
            yield Found(at, match.end(), known.type, known.entity, known.name)
        else:
            yield make_found(article, matcher, at, match.end(), "company")


def listed_within(stem: str, matcher: Matcher) -> Found | None:
    """The listed company that a full legal name holds (上海…份股份有限公司)."""
    for size in range(len(stem), 1, -1):
        for at in range(len(stem) - size + 1):
            for form in matcher.forms.get(stem[at : at + size], ()):
                if form.entity.type == "company" and not form.ambiguous:
                    return Found(at, at + size, "company", form.entity.id, form.entity.name)
    return None


def _introduced(article: Article) -> Iterator[tuple[int, int, EntityType, bool]]:
    bare = article.bare
    twice = Repeated(bare).stands_twice
    for match in _ROLE.finditer(bare):
        # 某某董事长某人: a name of 2 to 6 characters that starts a clause, before a leading role and a person.
        person = match.end() + (bare[match.end() : match.end() + 1] == " ")
        if person_at(bare, person) == person and not _TRADE.search(bare, match.start() - 6, match.start()):
            continue
        at = match.start()
        while at and match.start() - at < 7 and "\u3400" <= bare[at - 1] <= "\u9fff":
            at -= 1
        while at and bare[at - 1].isascii() and bare[at - 1].isalnum() and match.start() - at < 14:
            at -= 1
        name = bare[at : match.start()]
        starts_clause = at == 0 or bare[at - 1] in "。!?;,:、\n( "
        held = _HELD.match(bare, at)
        if held is not None and held.end() < match.start() - 1:
            at, name = held.end(), bare[held.end() : match.start()]  # 卸任|某某软件总裁后
        if 2 <= len(name) <= 14 and starts_clause and (_TRADE.search(name) or twice(name)):
            yield at, match.start(), "company", True
    for match in re.finditer("品牌", bare):
        # 某某品牌, twice in the article, once behind a border.
        for size in (4, 3, 2):
            name = bare[match.start() - size : match.start()]
            left = bare[match.start() - size - 1 : match.start() - size]
            if len(name) == size and (not left or not "\u3400" <= left <= "\u9fff" or left in BOUND) and _is_han(name):
                if twice(name):
                    yield match.start() - size, match.start(), "brand", False
                break
    for match in _BRANDS_OF.finditer(bare):
        for one in _IN_ROW.finditer(bare, *match.span("row")):
            yield one.start(), one.end(), "brand", True
    for match in _FOUNDED.finditer(bare):
        yield match.start(1), match.end(1), "company", True
    for match in _CALLED.finditer(bare):
        yield match.start(1), match.end(1), "brand", False


def _enumerated(article: Article, listed: list[Found]) -> Iterator[tuple[int, int, EntityType, bool]]:
    """甲、某、乙: what stands between two listed companies (brands, products) is one, too."""
    bare = article.bare
    starts = {f.start: f for f in listed if f.type in {"company", "brand", "product"}}
    for left in starts.values():
        at = left.end
        if bare[at : at + 1] != "、":
            continue
        match = _LISTED_BETWEEN.match(bare, at + 1)
        if match is None:
            continue
        right = starts.get(match.end() + 1)
        if bare[match.end()] == "、" and right is not None and right.type == left.type:
            yield match.start(1), match.end(1), left.type, False


def _latin(article: Article) -> dict[str, EntityType]:
    bare = article.bare
    names: dict[str, EntityType] = {}
    for match in _LATIN_BRAND.finditer(bare):
        names[match[0]] = "company" if bare.startswith(("集团", "公司"), match.end()) else "brand"
    for match in _AFTER_BRAND_WORD.finditer(bare):
        word = _LATIN_WORD.match(bare, match.end())
        if word:
            names.setdefault(word[0].rstrip(".'-"), "brand")
    return {name: kind for name, kind in names.items() if _can_be_name(name)}
