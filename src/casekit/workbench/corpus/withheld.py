"""What readers of a build do not get to see: the figures and relations that people rejected, where their words stand now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casekit.evidence import Verdict, verify
from casekit.fold import fold_text
from casekit.index import Records, SourceRow
from casekit.lexicon import Lexicon, stable_id
from casekit.relations import SYMMETRIC
from casekit.types import Address, Doc, Fact, Relation, Source, Span
from casekit.workbench.corpus.rejectfile import Rejection, load_rejections, rejections_path

__all__ = ["Claim", "Withheld", "looked_up", "named", "whole", "withheld_by"]


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
    """What readers of records do not get to see: `facts` are addresses, with the characters that stand there."""

    facts: frozenset[tuple[Address, str]]
    claims: tuple[Claim, ...]

    def fact(self, one: Fact) -> bool:
        """Whether a figure was rejected."""
        return (one.address, fold_text(one.text)) in self.facts

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
    """What of a build people rejected, at the places where its words stand now; None where nothing is.

    Raises:
        SettingError: If the file of rejections is damaged.
    """
    facts: set[tuple[Address, str]] = set()
    claims = []
    for one, verdict in looked_up(load_rejections(rejections_path(corpus)), records):
        if verdict.found is None:
            continue
        if one.kind == "fact":
            shift = verdict.found.start - one.evidence.start
            at = Address(one.evidence.source, one.span.start + shift, one.span.end + shift)
            facts.add((at, fold_text(one.text)))
        else:
            ends = (named(one.subject, lexicon()), named(one.object, lexicon()))
            claims.append(Claim(verdict.found, one.relation or "", *ends, fold_text(one.text)))
    return Withheld(frozenset(facts), tuple(claims)) if facts or claims else None


def looked_up(rejections: Sequence[Rejection], records: Records) -> list[tuple[Rejection, Verdict]]:
    """What became of the sentences that rejected records were read from."""
    rows = {source: records.source(source) for source in {one.evidence.source for one in rejections}}
    docs = {source: whole(row) for source, row in rows.items() if row is not None}
    return list(zip(rejections, verify((one.evidence for one in rejections), docs), strict=True))


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
