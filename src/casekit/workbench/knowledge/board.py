"""What is told as fact, what somebody claims, what is planned and what is hearsay: figures side by side, with the originals behind each.

Nothing is added up or judged here: a figure stands where the words around it put it (`casekit.claims.footing_of`), and whose
word it is comes from its own paragraph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casekit.claims import FOOTINGS, Footing, footing_of
from casekit.fold import fold_text
from casekit.search import Evidence as Grounds
from casekit.types import Address, Fact, Relation
from casekit.workbench.knowledge.bonds import Bond, bonds_of, relations_at, relations_with
from casekit.workbench.knowledge.rows import facts_of

if TYPE_CHECKING:
    from casekit.casebook import Case
    from casekit.search import Answer
    from casekit.workbench.held import Built
    from casekit.workbench.knowledge.network import Network
    from casekit.workbench.knowledge.outcomes import Outcome

__all__ = [
    "Board",
    "Claim",
    "board_of",
    "facts_at",
    "facts_of_answer",
    "facts_of_card",
    "facts_of_outcomes",
    "relations_of_answer",
    "relations_of_card",
]

_OUTCOMES = frozenset({"sentence", "paragraph"})
"""How near a figure must stand to a tactic to be told beside it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure as its originals give it.

    Attributes:
        footing: Told as fact, claimed by somebody (also where only a retelling has it), planned, or hearsay.
        fact: The figure as the first of them says it.
        by: Whose word it is, where it is somebody's.
        remark: What is said of sources that have an interest; "" where they have none.
        sentence: Where it is said.
        quote: The kept characters of that sentence.
        originals: The originals that say so, copies of one article counted once.
        facts: It in all its places, `fact` first.
    """

    footing: Footing
    fact: Fact
    by: tuple[str, ...]
    remark: str
    sentence: Address
    quote: str
    originals: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Figures and relations about something, by how sure they are; `about` is what was asked for.

    Where `answerable` is False the corpus does not answer, and `grounds` says why.
    """

    about: str
    claims: tuple[Claim, ...]
    answerable: bool = True
    grounds: Grounds = field(default_factory=Grounds)
    bonds: tuple[Bond, ...] = ()

    def bonds_on(self, footing: Footing) -> tuple[Bond, ...]:
        """The relations on one footing."""
        return tuple(one for one in self.bonds if one.footing == footing)

    def on(self, footing: Footing) -> tuple[Claim, ...]:
        """The claims on one footing."""
        return tuple(one for one in self.claims if one.footing == footing)


# ---- which figures -----------------------------------------------------------------------------------------------------
def facts_of_answer(built: Built, answer: Answer) -> list[Fact]:
    """The figures that speak to a question.

    Those of its passages that are of what it names and measure what it asks for; where none is both, those in the sentences
    that answer it that are one of the two, and then any in these sentences.
    """
    question = built.searcher.question(answer.query)
    named = _named(built, answer.query)
    measure = question.measure.name if question.measure is not None else None
    tiers: tuple[dict[Fact, None], ...] = ({}, {}, {})
    for hit in answer.hits:
        at = hit.passage.source, hit.passage.span.start, hit.passage.span.end
        for fact in built.records.found_within(Fact, *at):
            answering = hit.sentence is not None and hit.sentence.overlaps(fact.span)
            meant, measured = fact.subject_entity in named, measure is not None and fact.measure == measure
            if (meant or not named) and (measured or measure is None) and (named or measure is not None):
                tiers[0].setdefault(fact)
            elif answering and (meant or measured):
                tiers[1].setdefault(fact)
            elif answering:
                tiers[2].setdefault(fact)
    return next((list(tier) for tier in tiers if tier), [])


def facts_of_card(built: Built, card: Case) -> list[Fact]:
    """The figures of whom a card is about, and those in the places that it rests on."""
    found = dict.fromkeys(facts_of(built, entity=card.entity)) if card.entity and _is_known(built, card.entity) else {}
    found |= dict.fromkeys(facts_at(built, (one.address for _, one in card.evidence())))
    return list(found)


def facts_at(built: Built, places: Iterable[Address]) -> list[Fact]:
    """The figures in some places; places of sources that are not built hold none."""
    found: dict[Fact, None] = {}
    for place in dict.fromkeys(places):
        if built.records.checksum(place.source) is not None:
            found |= dict.fromkeys(built.records.found_within(Fact, place.source, place.start, place.end))
    return list(found)


def facts_of_outcomes(outcomes: Iterable[Outcome]) -> list[Fact]:
    """The figures that stand near a tactic or tool: in the sentence that tells of it, or in its paragraph."""
    return list(dict.fromkeys(f.fact for o in outcomes for f in o.figures if f.nearness in _OUTCOMES))


def _named(built: Built, query: str) -> set[str]:
    """Entities that a query names, by any form that the corpus has of them."""
    folded = fold_text(query)
    subjects = {fact.subject_entity for fact in built.records.facts()}
    forms = ((entity, fold_text(form)) for entity, *names in _forms(built) for form in names)
    return {entity for entity, form in forms if entity in subjects and len(form) > 1 and form in folded}


def _forms(built: Built) -> Iterator[tuple[str, ...]]:
    for one in built.records.mentions():
        yield one.entity, one.name, one.text
    for entity in built.lexicon.entities.values():
        yield entity.id, entity.name, entity.name_en or "", *entity.aliases


def relations_of_answer(built: Built, network: Network, answer: Answer) -> list[Relation]:
    """The relations in the sentences that answer a question, and of whom it names those in its passages."""
    named = _named_anywhere(built, answer.query)
    sentences = [Address.of(hit.passage.source, hit.sentence) for hit in answer.hits if hit.sentence is not None]
    passages = [Address.of(hit.passage.source, hit.passage.span) for hit in answer.hits]
    found = dict.fromkeys(relations_at(network, sentences))
    near = relations_at(network, passages)
    found |= dict.fromkeys(one for one in near if {one.subject_id, one.object_id} & named)
    return [one for one in found if not named or {one.subject_id, one.object_id} & named]


def relations_of_card(network: Network, card: Case) -> list[Relation]:
    """The relations of whom a card is about, and those in the places that it rests on."""
    found = dict.fromkeys(relations_with(network, [card.entity])) if card.entity else {}
    return list(found | dict.fromkeys(relations_at(network, [one.address for _, one in card.evidence()])))


def _named_anywhere(built: Built, query: str) -> set[str]:
    folded = fold_text(query)
    forms = ((entity, fold_text(form)) for entity, *names in _forms(built) for form in names)
    return {entity for entity, form in forms if len(form) > 1 and form in folded}


def _is_known(built: Built, entity: str) -> bool:
    return any(fact.subject_entity == entity for fact in built.records.facts())


# ---- side by side ------------------------------------------------------------------------------------------------------
def board_of(
    built: Built, network: Network, about: str, facts: Iterable[Fact], relations: Iterable[Relation] = ()
) -> Board:
    """The board of these figures and relations: dates are none, and retellings say nothing that an original says."""
    from casekit.workbench.knowledge.retold import without_repeats

    aside = built.standing.not_originals
    chosen = [fact for fact in without_repeats(facts, aside) if fact.kind != "date"]
    claims = [_claim(network, group, aside) for group in _groups(chosen)]
    order = sorted(claims, key=lambda one: (FOOTINGS.index(one.footing), -len(one.originals)))
    return Board(about, tuple(order), bonds=bonds_of(built, network, relations))


def _groups(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Figures that say the same of the same thing, as sure; of different times only where one of them names none."""
    groups: list[list[Fact]] = []
    by_key: dict[tuple[object, ...], list[list[Fact]]] = {}
    for fact in facts:
        near = by_key.setdefault(_said(fact), [])
        group = next((one for one in near if _same_time(one, fact)), None)
        if group is None:
            group = []
            near.append(group)
            groups.append(group)
        group.append(fact)
    return groups


def _said(fact: Fact) -> tuple[object, ...]:
    values = (fact.value_min, fact.value_max) if fact.value_min is not None else (fact.text,)
    whose = fact.subject_entity or fact.subject or (fact.source, fact.span)
    what = fact.measure or fact.metric or (fact.source, fact.span)
    return whose, what, fact.unit, values, fact.kind, fact.certainty, fact.change, fact.direction


def _same_time(group: Sequence[Fact], fact: Fact) -> bool:
    times = {one.date_iso for one in group if one.date_iso}
    return not times or not fact.date_iso or fact.date_iso in times


def _claim(network: Network, facts: Sequence[Fact], aside: Collection[str]) -> Claim:
    ordered = sorted(facts, key=lambda fact: fact.source in aside)  # stable: an original first
    first = ordered[0]
    by = tuple(dict.fromkeys(name for fact in ordered if (name := network.said_by(fact))))
    family = network.family()
    originals = dict.fromkeys(family.get(f.source, f.source) for f in ordered if f.source not in aside)
    told = {network.interest(fact.source) for fact in ordered if fact.source not in aside}
    remark = next(iter(sorted(told)), "") if "" not in told and told else ""
    footing = footing_of(first.kind, first.certainty, spoken=bool(by or remark) or not originals)
    sentence = network.sentence(first.source, first.span)
    return Claim(
        footing,
        first,
        by,
        remark,
        Address.of(first.source, sentence),
        network.quote(first.source, sentence),
        tuple(originals),
        tuple(ordered),
    )
