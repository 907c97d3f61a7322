"""Cases comparable to a described client: shared facets and shared words, and why each was found."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from casekit.casebook.labels import facet_label
from casekit.casebook.records import FACETS, LINKED_FACETS, SECTIONS, Case
from casekit.errors import SettingError
from casekit.fold import fold_text
from casekit.language import say
from casekit.lexicon import Lexicon
from casekit.segment import Segmenter

__all__ = ["Similar", "card_text", "described_by", "similar_cards"]

# A choice, made on no data: with so few cards nothing can be calibrated.
FACET_WEIGHT = 0.5
MEANING_WEIGHT = 0.35
# By how much a card's cosine passes the median of all cards before it is fully alike: with the default model a description of a
# chain store or of a clothes brand has its own kind .03 to .05 above the median, one of a furnace's repair nothing above .015.
# From `_ALONE` of that on meaning alone makes a case similar. Read off the twenty cards that come with casekit.
_APART, _ALONE = 0.045, 0.5
_MOST = 0.5  # a word that more than this share of the cards have tells no case from another
_NAMED_FACETS = ("industry", "place", *LINKED_FACETS)
"""The facets that a description can name; the others are told in sentences and count by their words."""
_PIECES = re.compile(r"[\s（）()、，,；;：:。]+")


@dataclass(frozen=True, slots=True)
class Similar:
    """A comparable case; `score` in [0, 1], higher is nearer; `facets` and `words` tell what is shared, `meaning` in [0, 1] how near
    the two are in meaning (0 without a model)."""

    case: Case
    score: float
    facets: tuple[str, ...]
    words: tuple[str, ...]
    meaning: float = 0.0

    def why(self) -> str:
        """What is shared, in words."""
        parts = [*self.facets]
        if self.words:
            parts.append(say("共同的词：", "shared words: ") + "、".join(self.words[:8]))
        if self.meaning >= _ALONE:
            parts.append(say("意思相近", "alike in meaning"))
        return "；".join(parts)


def similar_cards(
    description: str | Mapping[str, str | Sequence[str]],
    cards: Sequence[Case],
    *,
    lexicon: Lexicon | None = None,
    meaning: Mapping[str, float] | None = None,
    k: int = 5,
) -> list[Similar]:
    """The cases nearest to a client, best first; cases that share nothing are left out.

    The score is half the facets' part and half the words' part; with `meaning`, that takes the half and the words what is left
    of it. Facets: the values of the card that the description names,
    each weighted by its rarity in the casebook, as a share of all values that it names anywhere. Words: the share of the
    description's content words that the card has, each weighted by its rarity (inverse document frequency, Spärck
    Jones 1972); a word that most cards have says nothing. Meaning: how near the description's vector is to the card's.

    Args:
        description: Free text in any script, or facets ("industry", "tools", …) with a value or values each.
        cards: The casebook.
        lexicon: Gives the other names of tools, tactics and frameworks (without it only their name on the card counts).
        meaning: Card id to the cosine of its vector and the description's, in [-1, 1]; None without a model.
        k: How many at most.
    Raises:
        SettingError: If the description is empty or names an unknown facet.
    """
    wanted = _wanted(description)
    text = fold_text("\n".join(value for _, value in wanted))
    if not text.strip():
        raise SettingError(say("请先描述客户的情况", "describe the client first"))
    spoken = _entities_in(text, lexicon) if lexicon else None
    values = {card.id: _facet_values(card) for card in cards}
    holders = Counter(key for own in values.values() for key in own)
    named = {key for own in values.values() for key, forms in own.items() if _names(key, forms, wanted, text, spoken)}
    weight = {key: math.log((1 + len(cards)) / holders[key]) for key in named}
    most = sum(weight.values())
    words = Segmenter(lexicon.names() if lexicon else ())
    mine = set(_terms(text, words))
    bags = {card.id: set(_terms(card_text(card), words)) for card in cards}
    spread = Counter(term for bag in bags.values() for term in bag)
    idf = {term: math.log((1 + len(cards)) / max(1, spread[term])) for term in mine}
    idf = {term: value if spread[term] <= max(1, len(cards) * _MOST) else 0.0 for term, value in idf.items()}
    all_words = sum(idf.values())
    usual = median_low(meaning.values()) if meaning else 0.0
    found = []
    for card in cards:
        shared = [key for key in values[card.id] if key in named]
        common = sorted((t for t in mine & bags[card.id] if idf[t]), key=lambda term: (-idf[term], term))
        facet_part = sum(weight[key] for key in shared) / most if most else 0.0
        word_part = sum(idf[term] for term in common) / all_words if all_words else 0.0
        score = FACET_WEIGHT * facet_part + (1 - FACET_WEIGHT) * word_part
        near = 0.0
        if meaning is not None:
            near = min(1.0, max(0.0, (meaning.get(card.id, usual) - usual) / _APART))
            score = FACET_WEIGHT * facet_part + MEANING_WEIGHT * near + (1 - FACET_WEIGHT - MEANING_WEIGHT) * word_part
        if shared or common or near >= _ALONE:
            told = tuple(f"{facet_label(name)}：{values[card.id][name, key][0]}" for name, key in shared)
            found.append(Similar(card, round(score, 4), told, tuple(common[:12]), round(near, 3)))
    return sorted(found, key=lambda one: (-one.score, one.case.id))[:k]


def described_by(card: Case) -> dict[str, list[str]]:
    """What a card says of its firm, as a description to look for others by: trade, tools, tactics and frameworks."""
    facets = ("industry", *LINKED_FACETS)
    return {name: [one.text for one in card.facets.get(name)] for name in facets if card.facets.get(name)}


def _wanted(description: str | Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
    """(facet or "", text) of everything that was described."""
    if isinstance(description, str):
        return [("", description)]
    wanted = []
    for name, value in description.items():
        if name not in (*FACETS, "text"):
            known = ", ".join((*FACETS, "text"))
            raise SettingError(say(f"没有要点 {name!r}；可用：{known}", f"no facet {name!r}; known: {known}"))
        wanted += [("" if name == "text" else name, one) for one in ([value] if isinstance(value, str) else value)]
    return wanted


def _facet_values(card: Case) -> dict[tuple[str, str], tuple[str, ...]]:
    """Facet and key to the value as written and, folded, the forms by which a description may name it."""
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for name in _NAMED_FACETS:
        for value in card.facets.get(name):
            folded = fold_text(value.text)
            pieces = () if name in LINKED_FACETS else _PIECES.split(folded)
            forms = dict.fromkeys((folded, *(piece for piece in pieces if len(piece) > 1)))
            out[name, value.entity or folded] = (value.text, *forms)
    return out


def _names(
    key: tuple[str, str],
    forms: tuple[str, ...],
    wanted: Sequence[tuple[str, str]],
    text: str,
    spoken: frozenset[str] | None,
) -> bool:
    facet, value = key
    if facet in LINKED_FACETS and spoken is not None and value in spoken:
        return True
    if facet in LINKED_FACETS and spoken is not None and not any(name == facet for name, _ in wanted):
        return False  # the lexicon knows where a name is part of a longer one (个人微信 is not 微信)
    if any(len(form) > 1 and form in text for form in forms[1:]):
        return True
    # free facets are short phrases: the client's 超市 meets the card's 连锁超市
    folded = [fold_text(told) for name, told in wanted if name == facet]
    return any(told and told in form for told in folded for form in forms[1:])


def _entities_in(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The ids of the entities that a folded text names, longest names first, without those that are ordinary words too."""
    found: set[str] = set()
    at = 0
    while at < len(text):
        for length in lexicon.heads.get(text[at : at + 2], ()):
            key = text[at : at + length]
            ids = lexicon.by_key.get(key)
            if ids and len(key) == length:
                found.update(i for i in ids if key not in lexicon.ambiguous_keys.get(i, ()))
                at += length - 1
                break
        at += 1
    return frozenset(found)


def card_text(card: Case) -> str:
    """All that a card says of its firm, for comparing."""
    parts = [card.name.zh_hans, card.name.en, *card.aliases, card.summary_zh or "", card.summary_en or ""]
    parts += [value.text for name in FACETS for value in card.facets.get(name)]
    parts += [one.text for name in SECTIONS[:4] for one in card.section(name)]
    return "\n".join(parts)


def _terms(text: str, words: Segmenter) -> list[str]:
    """The content words of a text, folded: whole words, so that a name meets no part of another word (步步高, 一步步)."""
    found = words.words(text)
    return [word for word in found if (len(word) > 1 if not word.isascii() else len(word) > 2 or not word.isalpha())]
