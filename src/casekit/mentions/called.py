"""Names that a text tells to be names: 一家叫“某某”的拉面馆, “某某”预约系统, 店长叫某某."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.cues import CuePattern
from casekit.firm_forms import is_kind
from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher
from casekit.mentions.names import person_at
from casekit.mentions.places import places_of
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import is_ordinary
from casekit.types import EntityType

__all__ = ["find_called"]

_CALLED = CuePattern(r"%{called/verbs} ?\Z")
_OWNED = CuePattern(r"%{called/owned}\Z")
_WINDOW = 24
_SECTIONS: tuple[tuple[EntityType, str], ...] = (("product", "products"), ("brand", "firms"))
_KINDS: tuple[tuple[EntityType, CuePattern, CuePattern, CuePattern, CuePattern], ...] = tuple(
    (
        kind,
        CuePattern(rf"[^\x00-\u33ff]{{0,5}}?%{{called/{section}}}"),
        CuePattern(rf"(?:%{{called/{section}}})%{{called/the-name}}?(?:%{{called/verbs}})\Z"),
        CuePattern(rf"%{{called/is}}[^,。;:!?()]{{0,16}}?%{{called/{section}}}(?=[,。;:!?)]|\Z)"),
        CuePattern(
            rf"(?:%{{line-up}}[^,。;:!?()]{{1,8}}?){{0,4}}%{{called/several}}[^,。;:!?()]{{0,6}}?%{{called/{section}}}"
        ),
    )
    for kind, section in _SECTIONS
)
_OF_KIND = CuePattern(r"%{called/of}[^\x00-\u33ff]{1,8}(?=[,。;:!?)]|\Z)")
_DESCRIBES = CuePattern(r"%{no-companies}\Z")
_SHOP = CuePattern(r"%{called/firms}\Z")
_PERSON = CuePattern("(?:%{called/people})%{called/verbs}(?P<name>[^\x00-\u33ff]{2,4})(?=[,。;:!?()]|\\Z)")
_SENTENCE = re.compile("[,。;:!?]")
_LONGEST = 8
_LEAST = 2


def find_called(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    """Every place of every name that the article says to be one; where the kind is not told, there is none."""
    bare = article.bare
    for match in _PERSON.finditer(bare):
        if person_at(match["name"], 0, firm=True) == len(match["name"]):
            # 叫高兴: an ordinary word is a name only where it is said to be one
            yield from _people(article, matcher, match.span("name"))
    covered = {(item.start, item.end) for item in listed}
    kinds: dict[str, EntityType] = {}
    for start, end in article.quotations():
        name = bare[start:end]
        if not _LEAST <= end - start <= _LONGEST or _SENTENCE.search(name) or (start, end) in covered:
            continue
        kind = _kind(bare, start, end)
        if kind is not None:
            kinds.setdefault(name, kind)
            yield make_found(article, matcher, start, end, kinds[name])
    for name, starts in sorted(places_of({n for n in kinds if not is_ordinary(n)}, bare).items()):
        for start in starts:
            if (start, start + len(name)) not in covered:
                yield make_found(article, matcher, start, start + len(name), kinds[name])


def _people(article: Article, matcher: Matcher, place: tuple[int, int]) -> Iterator[Found]:
    name = article.bare[slice(*place)]
    yield make_found(article, matcher, *place, "person")
    if not is_ordinary(name):
        for start in places_of({name}, article.bare).get(name, ()):
            if start != place[0]:
                yield make_found(article, matcher, start, start + len(name), "person")


def _kind(bare: str, start: int, end: int) -> EntityType | None:
    """Of what kind the words around say that bare[start:end], in quotation marks, is; None where they do not say it is a name."""
    before = bare[max(0, start - _WINDOW) : start]
    called = _CALLED.search(before) is not None
    owned = _OWNED.search(before) is not None
    ordinary = is_ordinary(bare[start:end])
    for kind, behind, of, tells, row in _KINDS:
        if of.search(before) is not None or row.match(bare, end) is not None:
            return kind
        if called and behind.match(bare, end) is not None:
            return kind
        if not ordinary and (tells.match(bare, end) is not None or (kind == "product" and behind.match(bare, end))):
            return kind
    if ordinary:
        return None
    if called and _OF_KIND.match(bare, end) is not None:
        return "product"  # 一套叫“某某”的雷达
    shop = _SHOP.search(bare, start + _LEAST, end)
    if shop is not None and (_DESCRIBES.search(bare, start, end) is not None or is_kind(bare[start : shop.start()])):
        shop = None  # “前浪品牌”, “社区书店”: of what kind, not which one
    return "brand" if owned or shop is not None else None
