"""Cases comparable to a described client: shared facets and shared words, and why each was found."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casekit.casebook.labels import facet_label
from casekit.casebook.records import FACETS, LINKED_FACETS, SECTIONS, Case
from casekit.errors import SettingError
from casekit.fold import fold_text
from casekit.language import say
from casekit.lexicon import Lexicon
from casekit.lexicon.table import surfaces

__all__ = ["Similar", "similar_cards"]

# A shared tool or tactic says more about comparability than shared words, which also come from the manner of writing.
# A choice, made on no data: with so few cards none can be calibrated.
FACET_WEIGHT = 0.6
_RUN = re.compile(r"[0-9a-z]+(?:[&'.-][0-9a-z]+)*|[\u3400-\u9fff\U00020000-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class Similar:
    """A comparable case; `score` in [0, 1], higher is nearer; `facets` and `words` tell what is shared."""

    case: Case
    score: float
    facets: tuple[str, ...]
    words: tuple[str, ...]

    def why(self) -> str:
        """What is shared, in words."""
        parts = [*self.facets]
        if self.words:
            parts.append(say("共同的词：", "shared words: ") + "、".join(self.words[:8]))
        return "；".join(parts)


def similar_cards(
    description: str | Mapping[str, str | Sequence[str]],
    cards: Sequence[Case],
    *,
    lexicon: Lexicon | None = None,
    k: int = 5,
) -> list[Similar]:
    """The cases nearest to a client, best first; cases that share nothing are left out.

    The score is 0.6 times the facets' part (facet values of the card that the description names, weighted by how rare they
    are in the casebook, as a share of all such weights that any card could get) plus 0.4 times the words' part (cosine of
    idf-weighted character pairs and Latin words; Salton & Buckley 1988).

    Args:
        description: Free text in any script, or facets ("industry", "tools", …) with a value or values each.
        cards: The casebook.
        lexicon: Gives the other names of tools, tactics and frameworks (without it only their name on the card counts).
        k: How many at most.
    Raises:
        SettingError: If the description is empty or names an unknown facet.
    """
    wanted = _wanted(description)
    text = fold_text("\n".join(value for _, value in wanted))
    if not text.strip():
        raise SettingError(say("请先描述客户的情况", "describe the client first"))
    values = {card.id: _facet_values(card, lexicon) for card in cards}
    holders = Counter(key for own in values.values() for key in own)
    named = {key for own in values.values() for key, forms in own.items() if _names(key[0], forms, wanted, text)}
    weight = {key: math.log(1 + len(cards) / holders[key]) for key in named}
    most = sum(weight.values())
    mine = Counter(_terms(text))
    bags = {card.id: Counter(_terms(fold_text(_card_text(card)))) for card in cards}
    spread = Counter(term for bag in bags.values() for term in bag)
    idf = {term: math.log(1 + len(cards) / count) for term, count in spread.items()}
    found = []
    for card in cards:
        shared = [key for key in values[card.id] if key in named]
        bag = bags[card.id]
        common = sorted((term for term in mine if term in bag), key=lambda term: (-idf[term] * mine[term], term))
        facet_part = sum(weight[key] for key in shared) / most if most else 0.0
        score = FACET_WEIGHT * facet_part + (1 - FACET_WEIGHT) * _cosine(mine, bag, idf)
        if shared or common:
            told = tuple(f"{facet_label(name)}：{values[card.id][name, key][0]}" for name, key in shared)
            found.append(Similar(card, round(min(1.0, score), 4), told, tuple(common[:12])))
    return sorted(found, key=lambda one: (-one.score, one.case.id))[:k]


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


def _facet_values(card: Case, lexicon: Lexicon | None) -> dict[tuple[str, str], tuple[str, ...]]:
    """Facet and key to the forms by which a description may name the value, all folded but the first."""
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for name in FACETS:
        for value in card.facets.get(name):
            forms = [value.text]
            entity = lexicon.entities.get(value.entity) if lexicon and value.entity else None
            if entity is not None:
                forms += [form for form in surfaces(entity) if form not in entity.ambiguous]
            key = value.entity or fold_text(value.text)
            out[name, key] = (value.text, *dict.fromkeys(fold_text(form) for form in forms))
    return out


def _names(facet: str, forms: tuple[str, ...], wanted: Sequence[tuple[str, str]], text: str) -> bool:
    if any(len(form) > 1 and form in text for form in forms[1:]):
        return True
    if facet in LINKED_FACETS:
        return False
    # free facets are short phrases: the client's 超市 meets the card's 连锁超市
    return any(name == facet and any(fold_text(value) in form for form in forms[1:]) for name, value in wanted)


def _card_text(card: Case) -> str:
    parts = [card.name.zh_hans, card.name.en, *card.aliases, card.summary_zh or "", card.summary_en or ""]
    parts += [value.text for name in FACETS for value in card.facets.get(name)]
    parts += [one.text for name in SECTIONS[:4] for one in card.section(name)]
    return "\n".join(parts)


def _terms(folded: str) -> list[str]:
    terms: list[str] = []
    for run in _RUN.findall(folded):
        if run[0].isascii():
            terms.append(run)
        else:
            terms += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return terms


def _cosine(one: Counter[str], other: Counter[str], idf: Mapping[str, float]) -> float:
    def length(bag: Counter[str]) -> float:
        return math.sqrt(sum((n * idf.get(term, 0.0)) ** 2 for term, n in bag.items()))

    dot = sum(n * other[term] * idf[term] ** 2 for term, n in one.items() if term in other)
    return dot / (length(one) * length(other)) if dot else 0.0
