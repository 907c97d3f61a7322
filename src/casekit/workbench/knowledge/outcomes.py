"""What came of a tactic or tool: the figures of those that apply it, and how near to it each figure stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from casekit.cues import CuePattern, CueWords
from casekit.relations.results import is_result
from casekit.segment import split_sentences
from casekit.types import Address, Fact, Mention, Relation, Span

__all__ = ["NEARNESS", "Body", "Figure", "Nearness", "Outcome", "outcomes_of"]

Nearness = Literal["sentence", "paragraph", "company"]
NEARNESS: Final[tuple[Nearness, ...]] = ("sentence", "paragraph", "company")
_KINDS: Final = frozenset({"achieved", "target", "estimate"})
_FIRM: Final = ("asserted", "hearsay", "planned")

_SIZES = CueWords("result-signs/size")
_SHARES = CueWords("units/share", "units/points", "units/multiple")
_OF_MANY = CuePattern("%{result-signs/of-many}")

Body = tuple[str, Sequence[Span]]
"""A source's text and its kept ranges."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of somebody who applies the thing asked for.

    `nearness` says what ties the two: they stand in one sentence, in one paragraph, or the source merely tells both of
    the same company. None of them proves that one came of the other.
    """

    fact: Fact
    nearness: Nearness
    sentence: Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """Somebody who uses or applies a thing, the places that say so, and his figures, the nearest first.

    `through` names what he applies where it is not the thing itself: tactics that it supports, parts that it has.
    """

    company: str
    company_id: str
    relation: str
    polarity: str
    evidence: tuple[Address, ...]
    figures: tuple[Figure, ...]
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Laid:
    """A source's text and sentences, each with the number of its paragraph."""

    text: str
    spans: Sequence[Span]
    starts: Sequence[int]
    paragraphs: Sequence[int]

    def at(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)


def outcomes_of(
    thing: str,
    relations: Iterable[Relation],
    mentions: Iterable[Mention],
    facts: Iterable[Fact],
    body: Callable[[str], Body | None],
    *,
    close: Collection[str] = (),
    family: Mapping[str, str] | None = None,
    aside: Collection[str] = (),
) -> list[Outcome]:
    """Who uses or applies `thing`, with achieved, aimed-at, estimated and rumoured figures.

    Args:
        thing: Entity id of a tool, tactic or framework.
        relations: Merged relations.
        mentions: All mentions.
        facts: All figures; sizes, surveys, dates, what was put in, prices and falls are no outcomes.
        body: Gives a source's text and kept ranges.
        close: Ids of tactics that are known to hold the thing, besides those that a relation says so of.
        family: Source id to the article it is a copy of: a re-print's figures are not told twice.
        aside: Sources that are no originals: their figures do not count.
    Returns:
        Companies with the nearest and most figures first; those of whom no original reports a figure come last.
    """
    everything = list(relations)
    things = {thing, *close, *_close_to(thing, everything)}
    users = _users(things, everything)
    named: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for mention in mentions:
        if mention.entity in things:
            named[mention.source, mention.entity].append(mention.span)
    by_source: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind in _KINDS:
            by_source[fact.source].append(fact)
    laid = {source: _lay(body(source)) for source in by_source}
    out = []
    for company, own in users.items():
        evidence = tuple(sorted({e for r in own for e in r.evidence}))
        applied = {r.object_id or r.object or "": r.object or "" for r in own}
        found: list[Figure] = []
        for source, some in by_source.items():
            stated = [place.span for place in evidence if place.source == source]
            near = [span for key in applied for span in named[source, key]]
            found += _figures(company, frozenset(applied), some, stated, near, laid[source])
        firmest = min(own, key=lambda r: _FIRM.index(r.polarity))
        figures = tuple(_once(found, family or {}))
        through = tuple(sorted({name for key, name in applied.items() if key != thing}))
        out.append(Outcome(firmest.subject, company, firmest.relation, firmest.polarity, evidence, figures, through))
    return sorted(out, key=lambda outcome: _order(outcome, aside))


def _close_to(thing: str, relations: Sequence[Relation]) -> set[str]:
    """Tactics that the thing makes work, and the parts that it has."""
    close = set()
    for r in relations:
        subject, other = r.subject_id or r.subject, r.object_id or r.object or ""
        if r.polarity != "negated" and thing in (subject, other):
            if r.relation == "supported_by" and other == thing:
                close.add(subject)
            elif (r.relation, thing) in (("has_part", subject), ("part_of", other)):
                close.add(other if subject == thing else subject)
    return close


def _users(things: Collection[str], relations: Iterable[Relation]) -> dict[str, list[Relation]]:
    users: dict[str, list[Relation]] = defaultdict(list)
    for r in relations:
        applied = r.relation in ("uses_tool", "applies_tactic") and (r.object_id or r.object) in things
        if applied and r.polarity != "negated":
            users[r.subject_id or r.subject].append(r)
    return users


def _lay(body: Body | None) -> _Laid:
    if body is None:
        return _Laid("", (), (), ())
    text, kept = body
    spans = split_sentences(text, kept)
    paragraphs = []
    number = 0
    for i, span in enumerate(spans):
        number += i > 0 and "\n" in text[spans[i - 1].end : span.start]
        paragraphs.append(number)
    return _Laid(text, spans, [span.start for span in spans], paragraphs)


def _figures(
    company: str,
    applied: Collection[str],
    facts: Sequence[Fact],
    evidence: Sequence[Span],
    named: Sequence[Span],
    laid: _Laid,
) -> list[Figure]:
    """The figures of one source that are this company's, or that the very sentence of the evidence states.

    A figure in that sentence whose subject is nobody (or what he applies) is told of whoever the sentence tells of.
    """
    if not laid.spans:
        return []
    stated = {laid.at(span.start) for span in evidence}
    near = stated | {laid.at(span.start) for span in named}
    paragraphs = {laid.paragraphs[i] for i in near}
    found = []
    for fact in facts:
        i = laid.at(fact.span.start)
        if fact.subject_entity != company and not (
            i in stated and (fact.subject_entity is None or fact.subject_entity in applied)
        ):
            continue
        if not is_result(laid.text, laid.spans[i], fact) or _is_size(fact):
            continue
        if fact.subject_entity != company and _OF_MANY.search(laid.spans[i].slice(laid.text)):
            continue
        nearness: Nearness = "sentence" if i in near else "paragraph" if laid.paragraphs[i] in paragraphs else "company"
        found.append(Figure(fact, nearness, laid.spans[i]))
    return found


def _is_size(fact: Fact) -> bool:
    """Whether a figure tells how large somebody is, and of no change."""
    sized = fact.measure in _SIZES or (fact.metric or "") in _SIZES
    return sized and fact.unit not in _SHARES and not fact.direction and not fact.change and fact.change_value is None


def _once(figures: Sequence[Figure], family: Mapping[str, str]) -> list[Figure]:
    """Each figure once an article, the nearest first."""
    seen = set()
    kept = []
    for figure in sorted(figures, key=lambda f: (NEARNESS.index(f.nearness), f.fact.source, f.fact.span)):
        fact = figure.fact
        open_ended = fact.value_min is None and fact.value_max is None
        values = (fact.text, None) if open_ended else (fact.value_min, fact.value_max)
        key = (family.get(fact.source, fact.source), fact.metric, fact.unit, fact.kind, fact.certainty, values)
        if key not in seen:
            seen.add(key)
            kept.append(figure)
    return kept


def _order(outcome: Outcome, aside: Collection[str]) -> tuple[int, int, int, str]:
    counted = [figure for figure in outcome.figures if figure.fact.source not in aside]
    nearest = NEARNESS.index(counted[0].nearness) if counted else len(NEARNESS)
    return nearest, -len(counted), -len(outcome.figures), outcome.company
