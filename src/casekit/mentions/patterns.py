"""Names that no lexicon lists but whose surroundings are proof enough.

Titles in 《…》, people with a role, speakers of an interview, quoted “X”模式 and “甲+乙”, companies with their legal form, brands called
so, meetings and organisations that begin with a year or a known name. An entity found so gets an id made of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.cues import CuePattern
from casekit.lexicon import name_key
from casekit.mentions.apposed import find_apposed
from casekit.mentions.article import Article
from casekit.mentions.called import find_called
from casekit.mentions.companies import find_companies
from casekit.mentions.matcher import Matcher
from casekit.mentions.organisations import find_organisations
from casekit.mentions.people import find_people
from casekit.mentions.places import places_of
from casekit.mentions.record import Found, make_found
from casekit.mentions.tools import find_tools
from casekit.mentions.words import in_dictionary, is_ordinary
from casekit.types import EntityType

__all__ = ["find_patterns"]

_TITLE = re.compile("《([^《》\n]{1,50})》")
_REPORT = CuePattern(r"%{work-kinds/report}|%{work-kinds/report-end}\Z")
_PAPER = CuePattern(r"%{work-kinds/paper}\Z")
_IDEAS: tuple[EntityType, ...] = ("tactic", "framework")
_IDEA_KINDS = {kind: f"(?:%{{idea-kinds/{kind}}}|%{{idea-kinds/{kind}-quoted}})" for kind in _IDEAS}
_IDEA_END = {kind: CuePattern(rf"{ends}\Z") for kind, ends in _IDEA_KINDS.items()}
_IDEA_NEXT = {kind: CuePattern(f"的?{ends}") for kind, ends in _IDEA_KINDS.items()}
_PRODUCT_NEXT = CuePattern("%{product-kinds/kind}|%{product-kinds/next}")
_PRODUCT_END = CuePattern(r"%{product-kinds/kind}\Z")
_BRAND_NEXT, _BRAND_BEFORE = CuePattern("%{beside-names/after-brand}"), CuePattern(r"%{beside-names/before-brand}\Z")
_SUM = re.compile("[^+,。;:!?()《》 ]{1,14}(?:\\+[^+,。;:!?()《》 ]{1,14}){1,4}")
# 致合作伙伴的一封信, 写给经销商的公开信: letters named without 《》.
_LETTER = CuePattern(r"%{letters/to}[^,。;:!?《》\n]{2,12}?的(?:%{letters/letter}|信(?=[中里,。]))")
# 从“甲”到“乙”: a change of thinking named by its two ends.
_FROM_TO = CuePattern("从[\u3400-\u9fffa-z0-9]{2,10}?%{letters/turn}[\u3400-\u9fffa-z0-9]{2,10}")
# 三个阶段, 四大支柱: numbered wholes.
_NUMBERED = CuePattern("(?<![第数])[两三四五六七八九十](?:大|个|条|重|种)%{idea-kinds/numbered}")


def find_patterns(article: Article, matcher: Matcher, listed: list[Found]) -> list[Found]:
    """Names by pattern; what the lexicon lists already (`listed`) keeps its entity."""
    found = [
        *_titles(article, matcher),
        *find_people(article, matcher, listed),
        *_quoted(article, matcher, listed),
        *find_companies(article, matcher, listed),
        *find_organisations(article, matcher, listed),
        *_phrases(article, matcher),
        *find_tools(article, matcher, listed),
        *find_called(article, matcher, listed),
        *find_apposed(article, matcher, listed),
    ]
    return [f for f in found if name_key(f.name) not in matcher.lexicon.rejected]


def _titles(article: Article, matcher: Matcher) -> Iterator[Found]:
    for match in _TITLE.finditer(article.bare):
        start, end = match.span()
        known = next(
            (
                f
                for f in matcher.forms.get(match[0], ()) or matcher.forms.get(match[1], ())
                if f.entity.type in {"book", "report", "org"}
            ),
            None,
        )
        if known is not None:
            yield Found(start, end, known.entity.type, known.entity.id, known.entity.name)
        elif _PAPER.search(match[1]):
            yield make_found(article, matcher, start, end, "org")
        else:
            yield make_found(article, matcher, start, end, "report" if _REPORT.search(match[1]) else "book")


def _quoted(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    bare = article.bare
    taken = {(f.start, f.end) for f in listed}
    introduced: dict[str, EntityType] = {}
    for start, end in article.quotations():
        if not 2 <= end - start <= 24 or (start, end) in taken:
            continue
        inner = bare[start:end]
        if _SUM.fullmatch(inner):
            parts = inner.split("+")
            named = [
                any(f.entity.type in {"product", "company", "brand"} for f in matcher.forms.get(p, ())) for p in parts
            ]
            if not all(named):
                yield make_found(article, matcher, start, end, "tactic")
            continue
        if re.search("[,。;:!?\n]", inner) or end - start > 12:
            continue
        for idea in _IDEAS:
            if _IDEA_END[idea].search(inner) or (end - start <= 10 and _IDEA_NEXT[idea].match(bare, end)):
                yield make_found(article, matcher, start, end, idea)
                break
        else:
            kind: EntityType | None = None
            if is_ordinary(inner) or in_dictionary(inner):
                continue
            if _PRODUCT_NEXT.match(bare, end) or _PRODUCT_END.search(inner):
                kind = "product"
            elif end - start <= 8 and (
                _BRAND_NEXT.match(bare, end) or _BRAND_BEFORE.search(bare[max(0, start - 4) : start])
            ):
                kind = "brand"
            if kind is None:
                continue
            yield make_found(article, matcher, start, end, kind)
            if len(inner) > 2 and inner not in matcher.forms:
                introduced.setdefault(inner, kind)
    places = places_of(introduced, bare)
    for inner, kind in introduced.items():  # once introduced in quotation marks, then without
        for start in places.get(inner, ()):
            yield make_found(article, matcher, start, start + len(inner), kind)


def _phrases(article: Article, matcher: Matcher) -> Iterator[Found]:
    bare = article.bare
    for match in _LETTER.finditer(bare):
        yield make_found(article, matcher, match.start(), match.end(), "report")
    by_start: dict[int, list[int]] = {}
    for first, last in article.quotations():
        by_start.setdefault(first, []).append(last)
    for match in _FROM_TO.finditer(bare):
        for last in by_start.get(match.start() + 1, ()):
            if last < match.end():
                near = (end for s in range(last + 1, last + 4) for end in by_start.get(s, ()) if end - s <= 10)
                second = next(near, None)
                if second is not None and _FROM_TO.match(bare, match.start(), second):
                    yield make_found(article, matcher, match.start(), second, "framework")
    for match in _NUMBERED.finditer(bare):
        if match[0] not in matcher.forms:
            yield make_found(article, matcher, match.start(), match.end(), "framework")
