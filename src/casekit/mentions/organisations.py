"""Organisations and meetings that no lexicon lists: by their kind behind a known name, as the media that asks, as a team."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from casekit.cues import CuePattern
from casekit.mentions.article import Article
from casekit.mentions.companies import BOUND
from casekit.mentions.matcher import Matcher
from casekit.mentions.names import person_at
from casekit.mentions.places import places_of
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import is_ordinary

__all__ = ["find_organisations"]

_HAN = "\u3400-\u9fff"
_YEAR = re.compile("(?:(?<![\\d-])(?:19|20)\\d\\d(?![\\d年.-])|第[一二三四五六七八九十百\\d]{1,4}届)")
_MEETING = CuePattern(f"([{_HAN}a-z0-9+()·]{{0,18}}?)%{{organisation-kinds/meeting}}(?:pro)?")
_ORG = CuePattern(f"([{_HAN}]{{0,12}}?)%{{organisation-kinds/org}}")
# Verbs between a name and a meeting: 甲召开发布会 names no meeting.
_HELD = CuePattern("%{organisation-kinds/held}")
_PLACES = CuePattern("%{places/province}|%{places/city}|%{places/country}|%{places/wide}|%{places/school}")
# The people of a tool or the tool's own account speak: 某应用团队, 某应用官方.
_TEAM = CuePattern(r"%{organisation-kinds/team}|官方(?=%{organisation-kinds/official}|[,。]|的?数据|(?:19|20)\d\d年)")
_LABEL = re.compile(f"^([{_HAN}a-z0-9]{{2,8}}):", re.M)
_TOLD = re.compile(f"(?:告诉|接受了?|对)([{_HAN}a-z0-9]{{2,6}}?)(?=,|:|采访|专访|独家专访|记者|提到|表示|透露)")
_MEDIA = CuePattern(r"%{organisation-kinds/media}\Z")


def find_organisations(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    """Every place of every organisation or meeting that the article shows beyond doubt to be one."""
    yield from _by_kind(article, matcher, listed)
    bare = article.bare
    for item in listed:
        team = _TEAM.match(bare, item.end) if item.type == "product" else None
        if team is not None:
            yield make_found(article, matcher, item.start, team.end(), "org")
    for name, starts in sorted(places_of(_media(article, matcher), bare).items()):
        for start in starts:
            yield make_found(article, matcher, start, start + len(name), "org")


def _media(article: Article, matcher: Matcher) -> set[str]:
    bare = article.bare
    labels = Counter(m[1] for m in _LABEL.finditer(bare))
    people = [n for n in labels if labels[n] > 1 and person_at(n, 0, firm=True) == len(n)]
    # In a printed interview one label is a person and the other the paper that asks; three questions make one sure.
    names = {name for name, count in labels.items() if count > 2 and people and name not in people}
    told = Counter(m[1] for m in _TOLD.finditer(bare))
    names |= {name for name, count in told.items() if _MEDIA.search(name) or (count > 1 and len(name) > 2)}
    return {
        name
        for name in names
        if name not in matcher.forms
        and (not is_ordinary(name) or (name in labels and _MEDIA.search(name)))
        and not any(c in BOUND for c in name)
        and person_at(name, 0, firm=True) != len(name)
    }


def _by_kind(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    bare = article.bare
    starts = {f.start: f.end for f in listed if f.type in {"company", "brand", "org", "product"}}
    for match in _YEAR.finditer(bare):
        starts.setdefault(match.start(), match.end())
    for match in _PLACES.finditer(bare):
        starts.setdefault(match.start(), match.end())
    for start, end in sorted(starts.items()):
        dated = _YEAR.fullmatch(bare[start:end]) is not None
        meeting = _MEETING.match(bare, end)
        if meeting is not None and _is_name(meeting[1]) and (meeting[1] or not dated):
            yield make_found(article, matcher, start, meeting.end(), "event")
        org = None if dated else _ORG.match(bare, end)
        if org is not None and _is_name(org[1]):
            yield make_found(article, matcher, start, org.end(), "org")


def _is_name(middle: str) -> bool:
    return not any(c in BOUND for c in middle) and not _HELD.search(middle) and middle.count("(") == middle.count(")")
