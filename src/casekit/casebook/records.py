"""What a case card holds: statements in our own words, each with the places that bear it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from casekit.errors import CasekitError
from casekit.types import Evidence

__all__ = [
    "FACETS",
    "LINKED_FACETS",
    "SECTIONS",
    "Backed",
    "Basis",
    "Case",
    "CaseError",
    "CaseKind",
    "CaseStatus",
    "Certainty",
    "Facet",
    "Facets",
    "FigureKind",
    "Names",
    "Person",
    "Problem",
    "Statement",
]

Basis = Literal["source", "background", "ours"]
FigureKind = Literal["achieved", "target", "estimate", "size", "survey"]
Certainty = Literal["stated", "hearsay", "expected"]
CaseKind = Literal["company", "brand", "solution", "group", "unnamed"]
CaseStatus = Literal["draft", "done"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a card: the file, the field (`results[2].kind`) and what is wrong, in words."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.message}" if self.field else f"{self.file}: {self.message}"


class CaseError(CasekitError, ValueError):
    """Cards that break the schema, or of which two share an id; `problems` lists everything found."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or two in our own words.

    `basis` is "source" (needs evidence), "background" (general knowledge that no source states) or "ours" (our own
    question, conclusion or observation that something is missing). `by` says whose statement it is, `about` holds the
    lexicon ids of the things that it bears on (parts of frameworks, tools, tactics). A statement with a figure names it
    as printed (`figure`), what it counts (`metric`), when (`period`), and its kind and certainty. What ends in `_en` is the
    same in English, for English editions; a blank is not translated.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    basis: Basis = "source"
    by: str | None = None
    about: tuple[str, ...] = ()
    metric: str | None = None
    figure: str | None = None
    period: str | None = None
    kind: FigureKind | None = None
    certainty: Certainty | None = None
    text_en: str | None = None
    by_en: str | None = None
    metric_en: str | None = None
    figure_en: str | None = None
    period_en: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which cards are sorted and compared; `entity` is a lexicon id for tools, tactics and frameworks.

    A value with a figure in it says its kind and certainty, as statements do.
    """

    text: str
    entity: str | None = None
    basis: Basis = "source"
    evidence: tuple[Evidence, ...] = ()
    kind: FigureKind | None = None
    certainty: Certainty | None = None
    text_en: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the case, with the role that the source gives for the time; None where it gives none."""

    name: str
    role: str | None = None
    entity: str | None = None
    period: str | None = None
    note: str | None = None
    basis: Basis = "source"
    evidence: tuple[Evidence, ...] = ()
    name_en: str | None = None
    role_en: str | None = None


Backed: TypeAlias = Statement | Facet | Person
"""Whatever carries evidence."""

FACETS: tuple[str, ...] = ("industry", "company_size", "year", "place", "decision", "tools", "tactics", "frameworks")
LINKED_FACETS: tuple[str, ...] = ("tools", "tactics", "frameworks")
"""The facets whose values should be lexicon entities."""
SECTIONS: tuple[str, ...] = ("background", "challenge", "actions", "results", "open_questions", "limits", "teaching")
"""The lists of statements, in the order in which they are read; people come after the results."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets; each a tuple, empty where nothing is known."""

    industry: tuple[Facet, ...] = ()
    company_size: tuple[Facet, ...] = ()
    year: tuple[Facet, ...] = ()
    place: tuple[Facet, ...] = ()
    decision: tuple[Facet, ...] = ()
    tools: tuple[Facet, ...] = ()
    tactics: tuple[Facet, ...] = ()
    frameworks: tuple[Facet, ...] = ()

    def get(self, name: str) -> tuple[Facet, ...]:
        """The values of the facet called `name` (one of `FACETS`)."""
        values: tuple[Facet, ...] = getattr(self, name)
        return values


@dataclass(frozen=True, slots=True)
class Names:
    """The case's name in simplified and traditional characters and in English."""

    zh_hans: str
    zh_hant: str
    en: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case card. `entity` is the lexicon id it is about, `study` the id of a longer text of ours in the corpus."""

    id: str
    name: Names
    kind: CaseKind = "company"
    status: CaseStatus = "done"
    entity: str | None = None
    aliases: tuple[str, ...] = ()
    summary_zh: str | None = None
    summary_en: str | None = None
    study: str | None = None
    note: str | None = None
    facets: Facets = field(default_factory=Facets)
    background: tuple[Statement, ...] = ()
    challenge: tuple[Statement, ...] = ()
    actions: tuple[Statement, ...] = ()
    results: tuple[Statement, ...] = ()
    people: tuple[Person, ...] = ()
    open_questions: tuple[Statement, ...] = ()
    limits: tuple[Statement, ...] = ()
    teaching: tuple[Statement, ...] = ()
    note_en: str | None = None

    def section(self, name: str) -> tuple[Statement, ...]:
        """The statements of the section called `name` (one of `SECTIONS`)."""
        statements: tuple[Statement, ...] = getattr(self, name)
        return statements

    def backed(self) -> Iterator[tuple[str, Backed]]:
        """Everything that can carry evidence, each with its field as error messages name it, in the card's order."""
        for name in FACETS:
            for i, facet in enumerate(self.facets.get(name)):
                yield f"facets.{name}[{i}]", facet
        for name in SECTIONS[:4]:
            for i, statement in enumerate(self.section(name)):
                yield f"{name}[{i}]", statement
        for i, person in enumerate(self.people):
            yield f"people[{i}]", person
        for name in SECTIONS[4:]:
            for i, statement in enumerate(self.section(name)):
                yield f"{name}[{i}]", statement

    def evidence(self) -> Iterator[tuple[str, Evidence]]:
        """Every piece of evidence with its field (`actions[0].evidence[1]`)."""
        for name, item in self.backed():
            for i, evidence in enumerate(item.evidence):
                yield f"{name}.evidence[{i}]", evidence

    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that the card rests on, in the order of their first use."""
        return tuple(dict.fromkeys(evidence.source for _, evidence in self.evidence()))
