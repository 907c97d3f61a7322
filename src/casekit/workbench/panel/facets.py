"""What the passages that a query finds are about, counted: companies, tools, tactics, people, frameworks, kinds, keywords, years."""

from __future__ import annotations

import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from casekit.casebook.labels import certainty_label, kind_label
from casekit.language import current, say
from casekit.types import Fact, Hit, Mention

if TYPE_CHECKING:
    from casekit.catalogue import Record
    from casekit.index import Generation
    from casekit.lexicon import Lexicon
    from casekit.workbench.held import Built

__all__ = ["Chosen", "Facet", "FacetValue", "FactReader", "HitFacts", "count_facets", "entity_label"]

_FACETS = (
    ("company", ("公司与机构", "Companies and bodies"), ("company", "brand", "org")),
    ("tool", ("工具", "Tools"), ("product",)),
    ("tactic", ("打法", "Tactics"), ("tactic",)),
    ("person", ("人物", "People"), ("person",)),
    ("framework", ("框架", "Frameworks"), ("framework",)),
)
_FACET_OF = {kind: facet for facet, _, kinds in _FACETS for kind in kinds}
# Longer lists are no help to choose from; what is chosen always stays.
_MOST_VALUES = 40
_Place = tuple[str, int, int]
_Counts: TypeAlias = tuple[Counter[str], Counter[str]]
_MOST_KNOWN = 20_000  # passages whose facts are remembered, a few hundred bytes each


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: what to filter by, what people read, how many passages have it, whether it is filtered by.

    `count` is that of originals; `retold` counts the passages of retellings that stand in for theirs.
    """

    value: str
    label: str
    count: int
    chosen: bool
    retold: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, most frequent first."""

    facet: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class HitFacts:
    """What a passage is about: entity ids by facet, its figures' kinds with how sure they are in order, years and keywords of its source.

    `told` is whether its source is no original.
    """

    entities: dict[str, tuple[str, ...]] = field(default_factory=dict)
    claims: tuple[tuple[str, str], ...] = ()
    years: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    told: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters in force: entity ids, kinds of figures, how sure they are, years, keywords."""

    entities: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    certainties: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()


def entity_label(entity: str, lexicon: Lexicon, found: str) -> str:
    """What people call an entity: its name in the language in force, or the name that was found."""
    known = lexicon.entities.get(entity)
    if known is None:
        return found or entity
    return (known.name_en or known.name) if current() == "en" else known.name


class FactReader:
    """Reads what passages are about, once for each build and passage: the same ones come back with every letter typed."""

    def __init__(self) -> None:
        self._known: weakref.WeakKeyDictionary[Generation, dict[_Place, HitFacts]] = weakref.WeakKeyDictionary()
        self._gate = threading.Lock()
        self._years: dict[str, tuple[Record, tuple[str, ...]]] = {}
        self.names: dict[str, str] = {}
        """The name of every entity met, as the corpus has it."""

    def read(self, built: Built, hits: Sequence[Hit]) -> list[HitFacts]:
        """What each hit in a build is about, from the passages' own records alone."""
        with self._gate:
            known = self._known.setdefault(built.generation, {})
        if len(known) > _MOST_KNOWN:
            known.clear()
        found = []
        aside = built.standing.not_originals
        for hit in hits:
            at = (hit.passage.source, hit.passage.span.start, hit.passage.span.end)
            facts = known.get(at)
            if facts is None:
                facts = known[at] = self._read(built, at)
            source = hit.passage.source
            record = built.catalogue.get(source)
            keywords = record.keywords if record is not None else ()
            found.append(replace(facts, years=self._years_of(built, source), keywords=keywords, told=source in aside))
        return found

    def _years_of(self, built: Built, source: str) -> tuple[str, ...]:
        record = built.catalogue.get(source)
        if record is None:
            return ()
        held = self._years.get(source)
        if held is None or held[0] is not record:  # somebody may have changed its date since
            held = self._years[source] = (record, _years(record.metadata.date))
        return held[1]

    def _read(self, built: Built, at: _Place) -> HitFacts:
        records = built.records
        entities: dict[str, list[str]] = {}
        for kind, entity, name in records.fields_within(Mention, *at, "type", "entity", "name"):
            facet = _FACET_OF.get(kind)
            if facet is not None and entity not in entities.setdefault(facet, []):
                entities[facet].append(entity)
                self.names.setdefault(entity, name)
        # Nearly every passage has a date, so dates tell nothing apart.
        figures = records.fields_within(Fact, *at, "kind", "certainty")
        claims = dict.fromkeys((kind, sure) for kind, sure in figures if kind != "date")
        return HitFacts({facet: tuple(ids) for facet, ids in entities.items()}, tuple(claims))


def _years(date: str | None) -> tuple[str, ...]:
    """The years that an ISO date or range ("2019-11/2020-02") touches."""
    if not date or not date[:4].isdigit():
        return ()
    first, last = int(date[:4]), date.split("/")[-1][:4]
    until = int(last) if last.isdigit() else first
    return tuple(str(year) for year in range(first, min(until, first + 100) + 1))


def count_facets(
    lexicon: Lexicon, found: Sequence[HitFacts], chosen: Chosen, names: dict[str, str]
) -> tuple[Facet, ...]:
    """The facets of these passages; what is chosen stays listed even where nothing has it any more.

    Args:
        lexicon: For the names of entities.
        found: What each passage is about.
        chosen: The filters in force.
        names: Name of each entity found, as a `FactReader` gathered them.
    """
    facets = []
    homes = {entity: facet for facts in found for facet, ids in facts.entities.items() for entity in ids}
    for entity in chosen.entities - homes.keys():
        known = lexicon.entities.get(entity)
        homes[entity] = _FACET_OF.get(known.type, "company") if known is not None else "company"
    for facet, label, _ in _FACETS:
        counts = _counted(found, partial(_entities_of, facet))
        mine = frozenset(entity for entity in chosen.entities if homes[entity] == facet)
        values = _values(
            counts, mine, {e: entity_label(e, lexicon, names.get(e, "")) for e in {*counts[0], *counts[1], *mine}}
        )
        facets.append(Facet(facet, say(*label), values))
    kinds = _counted(found, lambda facts: dict.fromkeys(kind for kind, _ in facts.claims))
    labels = {kind: kind_label(kind) for kind in {*kinds[0], *kinds[1], *chosen.kinds}}
    facets.append(Facet("kind", say("数据性质", "Kind of figure"), _values(kinds, chosen.kinds, labels)))
    sure = _counted(found, lambda facts: dict.fromkeys(certainty for _, certainty in facts.claims))
    labels = {one: certainty_label(one) for one in {*sure[0], *sure[1], *chosen.certainties}}
    facets.append(Facet("certainty", say("把握", "Certainty"), _values(sure, chosen.certainties, labels)))
    tags = _counted(found, lambda facts: facts.keywords)
    if tags[0] or tags[1] or chosen.keywords:
        labels = {word: word for word in {*tags[0], *tags[1], *chosen.keywords}}
        facets.append(Facet("keyword", say("标签", "Keywords"), _values(tags, chosen.keywords, labels)))
    years = _counted(found, lambda facts: facts.years)
    labels = {year: year for year in {*years[0], *years[1], *chosen.years}}
    by_year = sorted(_values(years, chosen.years, labels), key=lambda v: v.value)
    facets.append(Facet("year", say("年份", "Year"), tuple(reversed(by_year))))
    return tuple(facets)


def _entities_of(facet: str, facts: HitFacts) -> tuple[str, ...]:
    return facts.entities.get(facet, ())


def _counted(found: Iterable[HitFacts], of: Callable[[HitFacts], Iterable[str]]) -> _Counts:
    """How many passages have each value: of originals, and of those that only retell."""
    counts: _Counts = (Counter(), Counter())
    for facts in found:
        counts[facts.told].update(list(of(facts)))
    return counts


def _values(counts: _Counts, chosen: Iterable[str], labels: dict[str, str]) -> tuple[FacetValue, ...]:
    kept, (own, retold) = frozenset(chosen), counts
    ranked = sorted({*own, *retold, *kept}, key=lambda v: (v not in kept, -own[v], -retold[v], labels[v]))
    most = ranked[: max(_MOST_VALUES, len(kept))]
    return tuple(FacetValue(v, labels[v], own[v], v in kept, retold[v]) for v in most)
