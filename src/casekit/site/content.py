"""What a site is made of: the casebook with its references, all records at hand, nothing read from disk later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casekit.casebook import Case
from casekit.export import Quotes, References, sources_of
from casekit.language import say
from casekit.lexicon import Lexicon
from casekit.types import Metadata

__all__ = ["SiteContent", "Study"]


@dataclass(frozen=True, slots=True)
class Study:
    """A longer text of ours that a card names: the source's id, its title, its Markdown."""

    id: str
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class SiteContent:
    """The casebook as it is published.

    `records` are CSL-JSON items and `metadata` what is known of a source, both by source id; `imported` are the ids whose
    original is in the workspace; `others` counts the sources that no card cites. `lexicon` gives frameworks their parts.
    """

    cards: tuple[Case, ...]
    quotes: Quotes
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    metadata: Mapping[str, Metadata] = field(default_factory=dict)
    imported: frozenset[str] = frozenset()
    others: int = 0
    studies: Mapping[str, Study] = field(default_factory=dict)
    lexicon: Lexicon | None = None
    title: str = ""
    style: str = "gbt7714-2025"

    @property
    def name(self) -> str:
        """The site's title."""
        return self.title or say("案例集", "Casebook")

    def references(self) -> References:
        """The references of all cards, numbered in the order of the cards."""
        return References(sources_of(self.cards), self.records, self.style)
