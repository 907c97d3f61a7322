"""Who did what with what, on the footing on which it is told: the relations that stand beside a board's figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casekit.claims import FOOTINGS, Footing, footing_of
from casekit.types import Address, Relation

if TYPE_CHECKING:
    from casekit.workbench.held import Built
    from casekit.workbench.knowledge.network import Network

__all__ = ["Bond", "bonds_of", "relations_at", "relations_with"]

_SURE: Final[dict[str, str]] = {
    "asserted": "stated",
    "negated": "stated",
    "planned": "expected",
    "hearsay": "hearsay",
}
# Figures are claims of their own, and that a part belongs to a whole nobody doubts or plans.
_ASIDE: Final = frozenset({"achieved", "has_part", "part_of"})
# More than this nobody reads beside the figures; the network shows them all.
_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Bond:
    """A relation as its originals give it.

    Attributes:
        footing: Told as fact, told only by a source with an interest or by a retelling, planned, or hearsay.
        relation: The relation; `polarity` says whether it is denied.
        remark: What is said of sources that have an interest; "" where they have none.
        sentence: Where it is said first.
        quote: The kept characters of that sentence.
        originals: The originals that say so, copies of one article counted once.
    """

    footing: Footing
    relation: Relation
    remark: str
    sentence: Address
    quote: str
    originals: tuple[str, ...]


def relations_with(network: Network, entities: Iterable[str]) -> list[Relation]:
    """The relations in which any of these entities is one of the two."""
    wanted = set(entities)
    return [one for one in network.relations() if {one.subject_id, one.object_id} & wanted]


def relations_at(network: Network, places: Sequence[Address]) -> list[Relation]:
    """The relations that rest on any of these places."""
    return [
        one
        for one in network.relations()
        if any(a.source == b.source and a.span.overlaps(b.span) for a in one.evidence for b in places)
    ]


def bonds_of(built: Built, network: Network, relations: Iterable[Relation]) -> tuple[Bond, ...]:
    """These relations by their footing, those of most originals first."""
    found = [made for one in relations if one.relation not in _ASIDE for made in _bond(built, network, one)]
    order = sorted(dict.fromkeys(found), key=lambda one: (FOOTINGS.index(one.footing), -len(one.originals)))
    return tuple(order[:_MOST])


def _bond(built: Built, network: Network, one: Relation) -> Iterator[Bond]:
    aside = built.standing.not_originals
    places = [place for place in one.evidence if built.records.checksum(place.source) is not None]
    places.sort(key=lambda place: place.source in aside)  # stable: an original first
    if not places:
        return
    family = network.family()
    originals = dict.fromkeys(family.get(place.source, place.source) for place in places if place.source not in aside)
    told = {network.interest(place.source) for place in places if place.source not in aside}
    remark = min(told) if told and "" not in told else ""
    footing = footing_of("achieved", _SURE.get(one.polarity, "stated"), spoken=bool(remark) or not originals)
    sentence = network.sentence(places[0].source, places[0].span)
    at = Address.of(places[0].source, sentence)
    yield Bond(footing, one, remark, at, network.quote(at.source, sentence), tuple(originals))
