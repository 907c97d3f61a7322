"""Other names for what a query names: aliases in both languages, translations, near-synonyms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from casekit.lexicon.glossary import english_words, stem
from casekit.lexicon.names import name_key, name_keys
from casekit.lexicon.table import Lexicon, surfaces
from casekit.types import Entity

__all__ = ["QueryExpansion", "expand_query"]

Words: TypeAlias = Callable[[str], Iterable[tuple[int, int]]]
_PARENTS = ("brand_of",)  # a question about a brand is also answered by what is said of its owner
_MAX_WORDS = 5  # longest glossary phrase; raise with the glossary
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class QueryExpansion:
    """What a query may also be called.

    `entities` are those named in the query, in order. `names` are their other names, and `terms` Chinese translations
    of English words: both as good as the query's own words. `near` are Chinese near-synonyms, for a lower weight.
    """

    query: str
    entities: tuple[Entity, ...] = ()
    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def extra(self) -> tuple[str, ...]:
        """Names and translations together, without repeats."""
        return tuple(dict.fromkeys((*self.names, *self.terms)))

    @property
    def dense_text(self) -> str:
        """The query followed by its entities' main names in the other language and by the translations.

        All aliases would drown the question in a short text; the main name is what texts use most.
        """
        key = name_key(self.query)
        main = [e.name if e.name_en and name_key(e.name) not in key else e.name_en for e in self.entities]
        return " ".join((self.query, *dict.fromkeys(n for n in main if n and name_key(n) not in key), *self.terms))


def _at_border(key: str, start: int, end: int) -> bool:
    def word(a: str, b: str) -> bool:
        return a.isascii() and a.isalnum() and b.isascii() and b.isalnum()

    return not (start and word(key[start - 1], key[start])) and not (end < len(key) and word(key[end - 1], key[end]))


def _counts(lexicon: Lexicon, entity: Entity, name: str, key: str, start: int, end: int) -> bool:
    for block in entity.blocks:
        at = key.find(name_key(block))
        while at >= 0:
            if at <= start and end <= at + len(name_key(block)):
                return False
            at = key.find(name_key(block), at + 1)
    if name not in lexicon.ambiguous_keys.get(entity.id, ()):
        return True
    return name == key or any(name_key(need) in key for need in entity.needs)


def _named(lexicon: Lexicon, key: str) -> list[tuple[int, int, Entity]]:
    found: list[tuple[int, int, Entity]] = []
    at = 0
    while at < len(key) - 1:
        step = 1
        for length in lexicon.heads.get(key[at : at + 2], ()):
            name = key[at : at + length]
            ids = lexicon.by_key.get(name, ())
            if len(name) < length or not ids or not _at_border(key, at, at + length):
                continue
            chosen = next(
                (lexicon.entities[i] for i in ids if _counts(lexicon, lexicon.entities[i], name, key, at, at + length)),
                None,
            )
            if chosen is not None:
                found.append((at, at + length, chosen))
                step = length
                break
        at += step
    return found


def _translated(lexicon: Lexicon, key: str, taken: list[tuple[int, int]]) -> list[str]:
    words = [w for w in english_words(key) if not any(s <= w[1] and w[2] <= e for s, e in taken)]
    stems = [stem(w) for w, _, _ in words]
    out: list[str] = []
    at = 0
    while at < len(stems):
        for size in range(min(_MAX_WORDS, len(stems) - at), 0, -1):
            terms = lexicon.glossary.english.get(" ".join(stems[at : at + size]))
            if terms:
                out += terms
                at += size
                break
        else:
            at += 1
    return out


def _worth_adding(names: list[str], key: str) -> list[str]:
    """Names of one entity that the query lacks; one that only lengthens another (腾讯集团, 腾讯) adds nothing to it."""
    folded = name_keys(names)
    held = [form for form in folded if form in key]
    out: list[str] = []
    for name, form in zip(names, folded, strict=True):
        if not any(h in form for h in held):
            out.append(name)
            held.append(form)
    return out


def _is_word(start: int, end: int, ranges: Iterable[tuple[int, int]]) -> bool:
    """Whether a name is no part of longer words.

    It is one where one word holds all of it and more (快手 in 快手菜), or where two words meet in it that both go on outside (立邦 in
    建立邦交). Where one end is a border and the other lies in a word that begins in the name, the cut was wrong, not the name:
    欧 | 尚有 in 欧尚有多少会员.
    """
    over = [(first, last) for first, last in ranges if first < end and last > start]
    before = [one for one in over if one[0] < start]
    after = [one for one in over if one[1] > end]
    if before and after:
        return False
    return not any(first <= start and last >= end for first, last in (*before, *after))


def _stands(word: str, key: str, places: frozenset[int] | None) -> bool:
    """Whether a word stands in a query as a word, or as the head or the tail of one (龙头 in 行业龙头, not 分店 in 十分店员)."""
    if places is None:
        return True
    at = key.find(word)
    while at >= 0:
        if at in places or at + len(word) in places:
            return True
        at = key.find(word, at + 1)
    return False


def expand_query(query: str, lexicon: Lexicon, *, words: Words | None = None) -> QueryExpansion:
    """The entities that `query` names and other words for what it says.

    Walmart gives 沃尔玛, 杰克琼斯 gives Jack & Jones and its owner 绫致, "shop assistants" gives 导购. Names that are also
    ordinary words count only beside one of their context words.

    Args:
        query: As it was asked.
        lexicon: What is known.
        words: Where the words of a folded text begin and end; given, a name or word counts only where it is no part of
            longer words (立邦 is none in 建立邦交).

    Examples:
        >>> from casekit.lexicon import load_lexicon
        >>> expansion = expand_query("步步高的会员", load_lexicon())
        >>> [entity.id for entity in expansion.entities]
        ['bubugao']
        >>> "Bubugao" in expansion.names
        True
    """
    key = name_key(query)
    ranges = tuple(words(key)) if words is not None else None
    places = None if ranges is None else frozenset(place for both in ranges for place in both)
    named = [one for one in _named(lexicon, key) if ranges is None or _is_word(one[0], one[1], ranges)]
    entities = tuple(dict.fromkeys(entity.id for _, _, entity in named))
    names: list[str] = []
    for entity_id in entities:
        entity = lexicon.entities[entity_id]
        owners = [lexicon.entities[i].name for kind, i in entity.relations if kind in _PARENTS and i in lexicon]
        names += _worth_adding([*surfaces(entity), *owners], key)
    terms = _translated(lexicon, key, [(s, e) for s, e, _ in named])
    near = [
        other
        for word, others in lexicon.glossary.near.items()
        if word in key and _stands(word, key, places)
        for other in others
        if other not in key
    ]
    return QueryExpansion(
        query=query,
        entities=tuple(lexicon.entities[i] for i in entities),
        names=tuple(dict.fromkeys(names)),
        terms=tuple(dict.fromkeys(t for t in terms if not _HAN.search(t) or t not in key)),
        near=tuple(dict.fromkeys(near)),
    )
