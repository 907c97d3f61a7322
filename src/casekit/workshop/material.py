"""What a workshop is made from: cards, their evidence with numbers, figures, the network, the cleaner's ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from casekit.casebook.labels import name_of, speaker_text, statement_text
from casekit.casebook.records import SECTIONS, Case, Statement
from casekit.cite import format_reference
from casekit.errors import SourceError
from casekit.language import say
from casekit.lexicon import Lexicon
from casekit.types import Address, Doc, Entity, Evidence, Fact, Mention, Relation, Span

__all__ = ["Material", "Pack", "Ref", "Shown", "case_name"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a piece of evidence: its place now, the words (None: the address alone), a remark."""

    span: Span
    quote: str | None = None
    remark: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """A numbered piece of evidence: E3, where it stands, and what may be shown of it."""

    mark: str
    case: str
    section: str
    evidence: Evidence
    shown: Shown

    def to_json(self) -> dict[str, Any]:
        """The citation as a cell's metadata and keys hold it."""
        return {"mark": self.mark, "case": self.case, **self.evidence.to_json()}


@dataclass(frozen=True, slots=True)
class Material:
    """The cases of a workshop and what surrounds them.

    Attributes:
        cards: The cases that are taught.
        lexicon: Names of tools and tactics, parts of frameworks.
        docs: The sources that are in the workspace.
        relations: Relations of the corpus.
        facts: Figures of the corpus.
        mentions: Mentions of the corpus.
        records: CSL-JSON records by source id.
        shown: What may be shown of each piece of evidence, by (card id, field).
        framework: The framework that is laid over the cases, with its parts.
        interests: Who speaks for whom, by source id, where the catalogue knows it.
    """

    cards: tuple[Case, ...]
    lexicon: Lexicon
    docs: Mapping[str, Doc] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    facts: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    shown: Mapping[tuple[str, str], Shown] = field(default_factory=dict)
    framework: tuple[Entity, tuple[Entity, ...]] | None = None
    interests: Mapping[str, str] = field(default_factory=dict)

    def name(self, entity: str) -> str:
        """What screens call an entity."""
        known = self.lexicon.entities.get(entity)
        return say(known.name, known.name_en or known.name) if known else entity

    def type_of(self, entity: str) -> str:
        """The entity's type, or nothing."""
        known = self.lexicon.entities.get(entity)
        return known.type if known else ""

    def statements(self, *sections: str) -> Iterator[tuple[Case, str, Statement]]:
        """Statements of the taught cases that rest on sources, with their card and field."""
        for card in self.cards:
            for section in sections:
                for i, one in enumerate(card.section(section)):
                    if one.basis == "source" and one.evidence:
                        yield card, f"{section}[{i}]", one


class Pack:
    """The evidence that a workshop cites, numbered in the order of its first use, and the list of its sources."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._refs: dict[Address, Ref] = {}
        self._sources: dict[str, int] = {}
        self._told: dict[str, dict[str, None]] = {}

    def refs(self, card: Case, name: str, evidence: Sequence[Evidence]) -> tuple[Ref, ...]:
        """The references of a statement; `name` is its field (`results[0]`)."""
        return tuple(self._ref(card, f"{name}.evidence[{i}]", one) for i, one in enumerate(evidence))

    def _ref(self, card: Case, field_: str, one: Evidence) -> Ref:
        key = one.address
        if key not in self._refs:
            shown = self._material.shown.get((card.id, field_), Shown(one.span))
            if shown.found:  # moved evidence is cited where it stands now
                one = replace(one, address=Address.of(one.source, shown.span))
            self._sources.setdefault(one.source, len(self._sources) + 1)
            self._refs[key] = Ref(f"E{len(self._refs) + 1}", card.id, field_.partition("[")[0], one, shown)
        self._told.setdefault(self._refs[key].mark, {})[_told(card, field_)] = None
        return self._refs[key]

    def told(self, ref: Ref) -> tuple[str, ...]:
        """What cards say on the strength of a piece of evidence, in our own words."""
        return tuple(text for text in self._told.get(ref.mark, ()) if text)

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._refs.values())

    def number(self, source: str) -> int:
        """The number of a source in the list of references, from 1."""
        return self._sources[source]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources in the order of the list."""
        return tuple(self._sources)

    def references(self, style: str = "gbt7714-2025") -> list[str]:
        """The printed references, in the order of their numbers; a source without a record is named by its id."""
        told = []
        for source in self._sources:
            record = self._material.records.get(source)
            try:
                entry = format_reference({**record, "id": source}, style) if record else source
            except SourceError:
                entry = source
            told.append(entry)
        return told


def _told(card: Case, field_: str) -> str:
    section, _, rest = field_.partition("[")
    if section not in SECTIONS:
        return ""
    one = card.section(section)[int(rest.partition("]")[0])]
    text, by = statement_text(one), speaker_text(one)
    return say(f"{text}（{by}）", f"{text} ({by})") if by else text


def case_name(card: Case) -> str:
    """The name of a case on screens."""
    return name_of(card.name)
