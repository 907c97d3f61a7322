"""The record that the finders pass on, and how one is made from a place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from casekit.lexicon import stable_id
from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher
from casekit.types import EntityType

__all__ = ["Found", "make_found"]


@dataclass(frozen=True, slots=True)
class Found:
    """A name at bare[start:end]; `outer` asks for the quotation marks around it, too."""

    start: int
    end: int
    type: EntityType
    entity: str
    name: str
    outer: bool = False


def make_found(article: Article, matcher: Matcher, start: int, end: int, kind: EntityType) -> Found:
    """The name at bare[start:end] as a listed entity of that type, or as a new one with an id made of the name."""
    forms = [f for f in matcher.forms.get(article.bare[start:end], ()) if f.entity.type == kind]
    if forms:
        return Found(start, end, kind, forms[0].entity.id, forms[0].entity.name)
    shown = article.simplified(start, end)
    return Found(start, end, kind, stable_id(shown), shown)
