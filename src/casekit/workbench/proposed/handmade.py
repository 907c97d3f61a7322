"""Accepted proposals as hand-made relations, and these taken out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casekit.language import say
from casekit.types import Address, Evidence
from casekit.workbench.knowledge.handmade import add_relation, canonical_name, remove_relations
from casekit.workbench.knowledge.relationfile import HandRelation, load_relations, relations_path
from casekit.workbench.proposed.ground import Place

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Entry", "add", "remove"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A relation to be; of achieved `object` is the figure. `note` is what is said of it beside who proposed it."""

    subject: str
    relation: str
    object: str
    polarity: str = "asserted"
    text: str | None = None
    note: str | None = None


def add(held: Held, entry: Entry, place: Place, by: str) -> None:
    """Write it, unless it is there already: the work may have been stopped before it was marked as accepted.

    Raises:
        SettingError: If it cannot be written.
    """
    if _there(held, entry, place.evidence) is not None:
        return
    told = say(f"{by} 提议", f"proposed by {by}")
    note = f"{entry.note}；{told}" if entry.note else told
    at = str(Address.of(place.doc.id, place.span))
    ends = entry.subject, entry.relation, entry.object
    add_relation(held, *ends, [at], polarity=entry.polarity, text=entry.text, note=note)


def remove(held: Held, entry: Entry, evidence: Evidence) -> bool:
    """Take it out; False where it is not there any more."""
    found = _there(held, entry, evidence)
    if found is None:
        return False
    remove_relations(held, [found.number])
    return True


def _there(held: Held, entry: Entry, evidence: Evidence) -> HandRelation | None:
    achieved = entry.relation == "achieved"
    wanted = (
        canonical_name(held, entry.subject),
        entry.relation,
        None if achieved else canonical_name(held, entry.object),
        entry.object if achieved else entry.text,
        entry.polarity,
    )
    for one in load_relations(relations_path(held.workspace.corpus)):
        mine = (one.subject, one.relation, one.object, one.text, one.polarity)
        if mine == wanted and evidence in one.evidence:
            return one
    return None
