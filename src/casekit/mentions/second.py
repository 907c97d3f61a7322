"""Second names that an article itself introduces, and 该公司 where only one company can be meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from casekit.cues import CuePattern, CueWords
from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher, whole
from casekit.mentions.record import Found

__all__ = ["second_names"]

_HAN = "\u3400-\u9fff"
# 沃尔玛(以下简称甲), 甲公司(下称乙), 甲(简称乙)
_SHORT = re.compile(f"[(,](?:以下|下文|下)?(?:统一?)?(?:简称|称|称为)[:为]?([{_HAN}a-z0-9&.]{{2,12}})[),。;]")
# 林某(Davis) and 甲(BrandName): a Latin name in parentheses right behind; Davis(林某) right before.
_LATIN_AFTER = re.compile("\\(([a-z0-9][a-z0-9.&'-]{1,20}(?: [a-z][a-z0-9.&'-]{1,16}){0,2})\\)")
_LATIN_BEFORE = re.compile("(?<![a-z0-9])([a-z][a-z'-]{2,15}(?: [a-z][a-z'-]{1,15})?) ?\\(\\Z")
_NO_NAMES = CueWords("latin-words")
_THE_COMPANY = CuePattern("%{company-settings/the-company}")
_COMPANIES = frozenset({"company", "brand"})


def second_names(article: Article, matcher: Matcher, found: list[Found]) -> list[Found]:
    """Further places of what is named already: under a name given in parentheses, or as 该公司."""
    return [*_introduced(article, matcher, found), *_the_company(article, found)]


def _introduced(article: Article, matcher: Matcher, found: list[Found]) -> Iterator[Found]:
    bare = article.bare
    names: dict[str, Found] = {}
    for item in found:
        if item.type not in {"person", "company", "brand", "org", "product"}:
            continue
        after = _SHORT.match(bare, item.end)
        if after:
            names.setdefault(after[1], item)
        if item.type in {"person", "company", "brand"}:
            latin = _LATIN_AFTER.match(bare, item.end)
            if latin and _proper(article, latin.start(1), latin.end(1)):
                names.setdefault(latin[1], item)
        if item.type == "person":
            before = _LATIN_BEFORE.search(bare[max(0, item.start - 36) : item.start])
            if before and bare[item.end : item.end + 1] == ")":
                names.setdefault(before[1], item)
            if "·" in bare[item.start : item.end]:  # 杰夫·某某 is called 某某 afterwards
                names.setdefault(bare[item.start : item.end].rsplit("·", 1)[1], item)
    for name, item in sorted(names.items()):
        known = matcher.forms.get(name)
        if len(name) < 2 or name in _NO_NAMES or (known and not all(f.ambiguous for f in known)):
            continue
        for match in whole(name).finditer(bare):
            yield Found(match.start(), match.end(), item.type, item.entity, item.name)


def _proper(article: Article, start: int, end: int) -> bool:
    return article.kept_text(start, start + 1).isupper()


def _the_company(article: Article, found: list[Found]) -> Iterator[Found]:
    bare = article.bare
    ends = [m.start() for m in re.finditer("[。!?]", bare)]
    companies = [f for f in found if f.type in _COMPANIES]
    at, paragraph = 0, -1
    named: dict[str, Found] = {}
    for match in _THE_COMPANY.finditer(bare):
        first, _ = article.paragraph(match.start())
        if first != paragraph:
            paragraph, named = first, {}
        while at < len(companies) and companies[at].start < match.start():
            if companies[at].start >= first:
                named[companies[at].entity] = companies[at]
            at += 1
        # Certain: the paragraph has named one company so far, and named it in this sentence or the one before.
        if len(named) != 1:
            continue
        (last,) = named.values()
        if bisect_left(ends, match.start()) - bisect_left(ends, last.end) <= 1:
            yield Found(match.start(), match.end(), last.type, last.entity, last.name)
