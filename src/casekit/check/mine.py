"""A figure of the draft, read once: its sentence, the names it may be of, its claim, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casekit.check.coverage import Claim
from casekit.check.manner import Manner
from casekit.check.names import Said
from casekit.check.statements import Statement
from casekit.types import Fact

__all__ = ["Mine", "owner_of"]


@dataclass(frozen=True, slots=True)
class Mine:
    """A figure of the draft with what was read of it once: its names, its claim, how it is told."""

    statement: Statement
    names: tuple[Said, ...]
    others: tuple[Said, ...]
    """The other names of its sentence."""
    owner: Said | None
    claim: Claim
    plain: Claim
    """The claim in one wording (`equals`)."""
    whole: Claim
    """What the whole sentence says."""
    manner: Manner

    @property
    def fact(self) -> Fact:
        """The figure."""
        return self.statement.fact


def owner_of(fact: Fact, names: Sequence[Said]) -> Said | None:
    """The name whose figure it is: the one that was taken for its subject, else the first party, else any name."""
    own = next((n for n in names if n.entity and n.entity == fact.subject_entity), None)
    return own or next((n for n in names if n.party), None) or (names[0] if names else None)
