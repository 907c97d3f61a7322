"""The evidence of cards: does it still stand where the card says?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casekit.casebook.records import FACETS, Case, Facets, Statement
from casekit.check.holding import Unborne
from casekit.evidence import Verdict, verify
from casekit.types import Doc, Evidence

__all__ = ["CardVerdict", "readdress_card", "verify_card", "verify_cards"]


@dataclass(frozen=True, slots=True)
class CardVerdict(Verdict):
    """What became of a piece of evidence of a card; `field` says which (`actions[0].evidence[1]`).

    Where the evidence stands and the statement says something else, the status is `differs` and `problems` says what.
    """

    card: str
    field: str
    problems: tuple[Unborne, ...] = ()


def verify_card(card: Case, docs: Mapping[str, Doc], *, elsewhere: bool = False) -> list[CardVerdict]:
    """One verdict for each piece of evidence of a card, in the card's order; arguments as in `casekit.evidence.verify`."""
    return verify_cards([card], docs, elsewhere=elsewhere)


def verify_cards(cards: Iterable[Case], docs: Mapping[str, Doc], *, elsewhere: bool = False) -> list[CardVerdict]:
    """`verify_card` of several cards, with each source folded once."""
    places = [(card.id, field, evidence) for card in cards for field, evidence in card.evidence()]
    verdicts = verify((evidence for _, _, evidence in places), docs, elsewhere=elsewhere)
    return [
        CardVerdict(v.evidence, v.status, v.found, v.places, v.quote, v.message, card, field)
        for v, (card, field, _) in zip(verdicts, places, strict=True)
    ]


def readdress_card(card: Case, verdicts: Sequence[CardVerdict]) -> Case:
    """The card with the new addresses of evidence that moved; everything else as it was.

    Args:
        card: The card.
        verdicts: Verdicts of `verify_card` on it (those of other cards are passed over).
    """
    moved = {v.evidence: v.found for v in verdicts if v.card == card.id and v.status == "moved" and v.found}

    def fresh(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(replace(one, address=moved.get(one, one.address)) for one in evidence)

    def section(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(replace(one, evidence=fresh(one.evidence)) for one in statements)

    facets = Facets(**{n: tuple(replace(f, evidence=fresh(f.evidence)) for f in card.facets.get(n)) for n in FACETS})
    people = tuple(replace(person, evidence=fresh(person.evidence)) for person in card.people)
    return replace(
        card,
        facets=facets,
        people=people,
        background=section(card.background),
        challenge=section(card.challenge),
        actions=section(card.actions),
        results=section(card.results),
        open_questions=section(card.open_questions),
        limits=section(card.limits),
        teaching=section(card.teaching),
    )
