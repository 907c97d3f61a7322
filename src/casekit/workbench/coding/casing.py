"""Which passages belong to a case: those that its card's evidence stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casekit.casebook import Case, load_cards
from casekit.errors import CasekitError, SettingError
from casekit.evidence import verify
from casekit.language import say
from casekit.types import Address, Doc

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Cased", "cases_placed"]


@dataclass(frozen=True, slots=True)
class Cased:
    """A case card, where its evidence stands now, and the sources that it cites."""

    id: str
    name: str
    places: tuple[Address, ...]
    sources: tuple[str, ...]


def cases_placed(held: Held, refs: Sequence[str] = ()) -> list[Cased]:
    """The case cards of these ids or names (all where none is named).

    Raises:
        CaseError: If a card cannot be read.
        SettingError: If there is no such card.
    """
    cards = load_cards(held.workspace.root / "casebook")
    chosen = [_called(cards, ref) for ref in refs] if refs else cards
    docs: dict[str, Doc] = {}
    for source in {source for card in chosen for source in card.sources()}:
        try:
            docs[source] = held.documents[source]
        except CasekitError:
            continue  # not imported: its evidence has no place here
    return [_placed(card, docs) for card in chosen]


def _called(cards: Sequence[Case], ref: str) -> Case:
    for card in cards:
        if ref in (card.id, card.name.zh_hans, card.name.zh_hant, card.name.en, *card.aliases):
            return card
    raise SettingError(
        say(f"没有案例卡 {ref}；casekit case list 可见", f"there is no case card {ref}; see casekit case list")
    )


def _placed(card: Case, docs: dict[str, Doc]) -> Cased:
    verdicts = verify([evidence for _, evidence in card.evidence()], docs)
    places = sorted({one.found for one in verdicts if one.found is not None})
    return Cased(card.id, say(card.name.zh_hans, card.name.en), tuple(places), card.sources())
