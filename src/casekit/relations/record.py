"""What the rules pass on."""

from __future__ import annotations

from dataclasses import dataclass

from casekit.reading import Name
from casekit.relations.stance import Polarity
from casekit.types import Span

__all__ = ["Claim", "Party"]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something that takes part in a relation; `letter` as in forms."""

    entity: str
    name: str
    letter: str

    @classmethod
    def of(cls, name: Name) -> Party:
        """The party that a mention names."""
        return cls(name.entity, name.name, name.letter)


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that states a relation; `text` is a role or a figure; `polarity` is None where it is asked or conditional."""

    subject: Party
    relation: str
    object: Party | None
    polarity: Polarity | None
    rule: str
    spans: tuple[Span, ...]
    text: str | None = None
