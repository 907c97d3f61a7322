"""What people ruled of a build's records, where their words stand now: rejected ones are withheld, subjects given are put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from casekit.evidence import Verdict, verify
from casekit.fold import fold_text
from casekit.index import Records, SourceRow
from casekit.lexicon import Lexicon, stable_id
from casekit.relations import SYMMETRIC
from casekit.types import Address, Doc, Evidence, Fact, Relation, Source, Span
from casekit.workbench.corpus.rejectfile import load_rejections, rejections_path
from casekit.workbench.corpus.subjectfile import load_given, subjects_path

__all__ = ["Claim", "Withheld", "looked_up", "moved", "named", "whole", "withheld_by"]


class _Ruling(Protocol):
    @property
    def evidence(self) -> Evidence: ...


class FigureRuling(_Ruling, Protocol):
    """What a person ruled of a figure: of the sentence `evidence`, at `span` when that stood there, with these characters."""

    @property
    def span(self) -> Span: ...
    @property
    def text(self) -> str: ...


Ruling = TypeVar("Ruling", bound=_Ruling)


@dataclass(frozen=True, slots=True)
class Claim:
    """A rejected relation at the place where its sentence stands now; `ends` are the ids and folded words of both."""

    place: Address
    relation: str
    subject: frozenset[str]
    object: frozenset[str]
    text: str

    def is_of(self, one: Relation) -> bool:
        """Whether a relation is the one that was rejected, wherever it is said."""
        if one.relation != self.relation or (one.object is None and fold_text(one.object_text or "") != self.text):
            return False
        ends = [_keys(one.subject, one.subject_id), _keys(one.object, one.object_id)]
        if one.object is None:
            return bool(ends[0] & self.subject)
        both = bool(ends[0] & self.subject and ends[1] & self.object)
        return both or (one.relation in SYMMETRIC and bool(ends[1] & self.subject and ends[0] & self.object))


@dataclass(frozen=True, slots=True)
class Withheld:
    """What readers of records do not get to see, and what they see otherwise.

    `facts` are addresses of figures with the characters that stand there, `subjects` names and ids by the like.
    """

    facts: frozenset[tuple[Address, str]]
    claims: tuple[Claim, ...]
    subjects: Mapping[tuple[Address, str], tuple[str, str]]

    def fact(self, one: Fact) -> Fact | None:
        """A figure with the subject that a person gave it, if one did; None where it was rejected."""
        key = one.address, fold_text(one.text)
        if key in self.facts:
            return None
        given = self.subjects.get(key)
        return one if given is None else replace(one, subject=given[0], subject_entity=given[1], assigned=True)

    def relation(self, one: Relation) -> Relation | None:
        """A relation without the places at which it was rejected; None where none is left."""
        kept = tuple(place for place in one.evidence if not self._at(one, place))
        if len(kept) == len(one.evidence):
            return one
        return replace(one, evidence=kept) if kept else None

    def _at(self, one: Relation, place: Address) -> bool:
        if any(claim.place == place and claim.is_of(one) for claim in self.claims):
            return True
        figure = fold_text(one.object_text or "") if one.relation == "achieved" else ""
        return bool(figure) and any(text == figure and place.contains(at) for at, text in self.facts)


def withheld_by(records: Records, lexicon: Callable[[], Lexicon], corpus: Path) -> Withheld | None:
    """What people ruled of a build, at the places where its words stand now; None where nothing is.

    Raises:
        SettingError: If the file of rejections or of subjects is damaged.
    """
    facts: set[tuple[Address, str]] = set()
    claims = []

    @cache
    def texts(source: str) -> str:
        row = records.source(source)
        return row.text if row is not None else ""

    for one, verdict in looked_up(load_rejections(rejections_path(corpus)), records):
        if verdict.found is None:
            continue
        if one.kind == "fact":
            facts.add((moved(one, verdict.found, texts(one.evidence.source)), fold_text(one.text)))
        else:
            ends = (named(one.subject, lexicon()), named(one.object, lexicon()))
            claims.append(Claim(verdict.found, one.relation or "", *ends, fold_text(one.text)))
    subjects: dict[tuple[Address, str], tuple[str, str]] = {}
    for given, verdict in looked_up(load_given(subjects_path(corpus)), records):
        if verdict.found is not None:
            entity = lexicon().lookup(given.subject)
            at = moved(given, verdict.found, texts(given.evidence.source))
            name = (given.subject, stable_id(given.subject)) if entity is None else (entity.name, entity.id)
            subjects[at, fold_text(given.text)] = name
    return Withheld(frozenset(facts), tuple(claims), subjects) if facts or claims or subjects else None


def moved(one: FigureRuling, found: Address, text: str) -> Address:
    """Where a figure stands now that its sentence was found again: its own characters there, nearest to where they should be.

    A sentence is found by its letters and digits, so its borders may have shifted by what stands between these.
    """
    expected = one.span.start + found.start - one.evidence.start
    size = one.span.end - one.span.start
    starts = []
    at = text.find(one.text, max(0, found.start - size)) if one.text else -1
    while 0 <= at <= found.end:
        starts.append(at)
        at = text.find(one.text, at + 1)
    start = min(starts, key=lambda start: abs(start - expected), default=expected)
    return Address(one.evidence.source, start, start + size)


def looked_up(rulings: Sequence[Ruling], records: Records) -> list[tuple[Ruling, Verdict]]:
    """What became of the sentences that the records ruled on were read from."""
    rows = {source: records.source(source) for source in {one.evidence.source for one in rulings}}
    docs = {source: whole(row) for source, row in rows.items() if row is not None}
    return list(zip(rulings, verify((one.evidence for one in rulings), docs), strict=True))


def _keys(name: str | None, entity: str | None) -> frozenset[str]:
    return frozenset(one for one in (entity, fold_text(name) if name else None) if one)


def named(name: str | None, lexicon: Lexicon) -> frozenset[str]:
    """What a name written in the file means by now: names are accepted and merged after a rejection, too."""
    if name is None:
        return frozenset()
    entity = lexicon.entities.get(name) or lexicon.lookup(name)
    return _keys(entity.name, entity.id) | {fold_text(name)} if entity is not None else _keys(name, stable_id(name))


def whole(row: SourceRow) -> Doc:
    """A source with all of its text for a body: figures of a headline stand in none."""
    cleaned = replace(row.cleaned, kept=(Span(0, len(row.text)),), cuts=(), doubts=())
    return Doc(Source(row.id, row.sha256, row.text, row.cleaned.metadata), cleaned)
