"""Names that an English sentence says what they are: its finance chief, Anna Li, …; Acme, a bakery chain from Leeds, …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.cues import CuePattern, CueWords
from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher
from casekit.mentions.places import places_of
from casekit.mentions.record import Found, make_found
from casekit.types import EntityType

__all__ = ["find_apposed"]

# A person's name in two or three words between commas behind whose post it is.
_PERSON = CuePattern(
    r"(?:\b(?:its|the company's|their)|'s)(?: [a-z-]+)?? (?:%{posts-english}|%{english-deeds/post}), "
    r"(?P<name>[a-z'-]+(?: [a-z]\.)? [a-z'-]+)(?=,)"
)
# A name of one or two words at the head of a sentence, and behind a comma of what kind the firm is, up to the next comma.
_FIRM = CuePattern(
    r"(?:^|(?<=[.!?] )|(?<=\n))(?P<name>[a-z][a-z0-9&'-]+(?: [a-z][a-z0-9&'-]+)?), an? (?:[a-z-]+ ){0,3}?"
    r"%{english-deeds/is-firm}(?: (?:from|in|based|of|with|that|which|for|founded|owned) [^,.;:!?]{1,60})?(?=,)",
    re.M,
)
_WORD = re.compile(r"[a-z0-9&'.-]+")
_NO_NAMES = CueWords("latin-words", "english-clauses/no-firms")


def find_apposed(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    """Every place of every name that an apposition tells to be a person's or a firm's; a listed name stays what it is."""
    taken = {i for item in listed for i in range(item.start, item.end)}
    kinds: dict[str, EntityType] = {}
    for kind, pattern in _KINDS:
        for match in pattern.finditer(article.bare):
            if match["name"] not in matcher.forms and _is_name(article, *match.span("name")):
                kinds.setdefault(match["name"], kind)
    for name, starts in sorted(places_of(kinds, article.bare).items()):
        for start in starts:
            end = start + len(name)
            if taken.isdisjoint(range(start, end)) and _is_name(article, start, end):
                yield make_found(article, matcher, start, end, kinds[name])


_KINDS: tuple[tuple[EntityType, CuePattern], ...] = (("person", _PERSON), ("company", _FIRM))


def _is_name(article: Article, start: int, end: int) -> bool:
    """Whether every word of bare[start:end] is whole, begins with a capital and is no everyday word."""
    bare = article.bare
    if bare[start - 1 : start].isalnum() or bare[end : end + 1].isalnum():
        return False
    words = list(_WORD.finditer(bare, start, end))
    return all(article.kept_text(w.start(), w.start() + 1).isupper() for w in words) and not any(
        w[0] in _NO_NAMES for w in words
    )
