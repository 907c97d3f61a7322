"""A question answered with sentences of the corpus: the value with how it is said, and who else says the same or another.

Nothing is written here: every answer is a sentence at its address, and what is told of it beside was found in that sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from casekit.facts import unit_is
from casekit.passages import quote_of
from casekit.search import Answer, Evidence
from casekit.segment import split_sentences
from casekit.types import Address, Fact, Hit, Rank, Span

if TYPE_CHECKING:
    from casekit.search.question import Question
    from casekit.workbench.held import Built

__all__ = ["CaseSaying", "Reply", "Saying", "answered"]

_SENTENCES: Final = 3  # of one source, for an open question
_NEAR: Final = 3  # hits among which the first with a figure of the right kind is the answer


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that answers: `quote` are its kept characters, `fact` the figure in it that was asked for, where one was.

    `says` tells how it stands to the first answer: "first", "same" value, "other" value, or "" where values are not compared.
    `standing` is the rank of its source.
    """

    address: Address
    quote: str
    passage: Span
    standing: Rank = "original"
    locator: str = ""
    fact: Fact | None = None
    says: Literal["first", "same", "other", ""] = ""


@dataclass(frozen=True, slots=True)
class CaseSaying:
    """The best sentences of one source, the first of them best."""

    source: str
    title: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the corpus says to a question.

    `sayings` answer a question for one fact: the first is the answer, the others are further originals that say the same or
    another value. `cases` answer an open question, source by source. Where `answerable` is False both hold what is nearest,
    and `evidence` says why.
    """

    query: str
    answerable: bool
    factual: bool
    sayings: tuple[Saying, ...] = ()
    cases: tuple[CaseSaying, ...] = ()
    expansion: tuple[str, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)
    meant: tuple[str, ...] = ()


def answered(built: Built, answer: Answer, k: int) -> Reply:
    """The reply that the hits of a search make, at most `k` sayings or sources."""
    question = built.searcher.question(answer.query)
    sayings = [one for hit in answer.hits if (one := _saying(built, hit, question)) is not None]
    if question.factual:
        sayings = _with_voices(built, sayings, question)[:k]
        told = answer.expansion, answer.evidence, answer.meant
        return Reply(answer.query, answer.answerable, True, tuple(sayings), (), *told)
    cases: dict[str, list[Saying]] = {}
    for one in sayings:
        held = cases.setdefault(one.address.source, [])
        if len(held) < _SENTENCES and all(one.address != other.address for other in held):
            held.append(one)
    found = tuple(CaseSaying(source, _title(built, source), tuple(mine)) for source, mine in list(cases.items())[:k])
    told = answer.expansion, answer.evidence, answer.meant
    return Reply(answer.query, answer.answerable, False, (), found, *told)


def _title(built: Built, source: str) -> str:
    record = built.catalogue.get(source)
    return (record.metadata.title if record is not None else None) or source


def _saying(built: Built, hit: Hit, question: Question) -> Saying | None:
    if hit.sentence is None:
        return None
    source = hit.passage.source
    facts = built.records.found_within(Fact, source, hit.sentence.start, hit.sentence.end)
    return Saying(
        Address.of(source, hit.sentence),
        _quoted(built, source, hit.sentence),
        hit.passage.span,
        hit.standing,
        hit.locator,
        _asked_for(facts, question),
    )


def _quoted(built: Built, source: str, span: Span) -> str:
    row = built.records.source(source)
    return quote_of(row.text, span, row.cleaned.kept) if row is not None else ""


def _asked_for(facts: Iterable[Fact], question: Question) -> Fact | None:
    """The figure of a sentence that a question asks for; None where none is, or none is of the kind."""
    if question.form not in ("money", "amount", "duration", "share", "date"):
        return None
    ranked = [(score, fact) for fact in facts if (score := _fits(fact, question)) > 0]
    return max(ranked, key=lambda pair: (pair[0], -pair[1].span.start))[1] if ranked else None


def _fits(fact: Fact, question: Question) -> float:
    """How well a figure is what is asked for: 0 where it is of another kind."""
    if (fact.kind == "date") != (question.form == "date"):
        return 0.0
    if question.form == "money" and not unit_is(fact.unit, "money"):
        return 0.0
    if question.form == "share" and not unit_is(fact.unit, "share", "points"):
        return 0.0
    score = 1.0
    if question.unit and fact.unit is not None:
        score += 2.0 if fact.unit == question.unit else -0.5
    if question.form == "amount" and unit_is(fact.unit, "share", "points") and not question.unit:
        score -= 0.5
    metric = fact.metric or ""
    if question.measure is not None:
        score += 2.0 * (fact.measure == question.measure.name)
    words = {word.text for word in question.words}
    score += sum(word in metric or word in (fact.text or "") for word in words)
    score += sum(any(other in metric for other in word.same) for word in question.words if word.same)
    return max(score, 0.1)


def _with_voices(built: Built, sayings: Sequence[Saying], question: Question) -> list[Saying]:
    """The sayings of one fact: the first, then what says the same or another value of the same thing; each sentence once."""
    if not sayings:
        return []
    # a figure of the right kind a little further down answers sooner than a sentence without one
    at = next((i for i, one in enumerate(sayings[:_NEAR]) if one.fact is not None), 0)
    first, rest = sayings[at], [*sayings[:at], *sayings[at + 1 :]]
    fact = first.fact
    if fact is None:
        return [first, *(one for one in rest if one.fact is None)]
    found = {first.address: _placed(first, "first")}
    for one in rest:
        if one.fact is not None and _same_thing(one.fact, fact):
            found.setdefault(one.address, _placed(one, "same" if _same_value(one.fact, fact) else "other"))
    silenced = built.standing.silenced
    for other in built.records.facts() if fact.subject_entity else ():
        if other.source in silenced or not _same_thing(other, fact):
            continue
        if any(a.source == other.source and a.start <= other.span.start < a.end for a in found):
            continue
        saying = _of_fact(built, other)
        found.setdefault(saying.address, _placed(saying, "same" if _same_value(other, fact) else "other"))
    return list(found.values())


def _of_fact(built: Built, fact: Fact) -> Saying:
    """The sentence in which a figure stands."""
    row = built.records.source(fact.source)
    spans = split_sentences(row.text, row.cleaned.kept) if row is not None else []
    span = next((one for one in spans if one.start <= fact.span.start < one.end), fact.span)
    return Saying(
        Address.of(fact.source, span),
        _quoted(built, fact.source, span),
        span,
        built.standing.of(fact.source).rank,
        built.told_place(fact.source, span),
        fact,
    )


def _placed(saying: Saying, says: Literal["first", "same", "other", ""]) -> Saying:
    return replace(saying, says=says)


def _same_thing(one: Fact, other: Fact) -> bool:
    """Whether two figures are of the same subject and measure, and no change of it."""
    if one.subject_entity is None or one.subject_entity != other.subject_entity or one.change != other.change:
        return False
    measured = (one.measure, other.measure) if one.measure or other.measure else (one.metric, other.metric)
    return measured[0] is not None and measured[0] == measured[1] and one.unit == other.unit


def _same_value(one: Fact, other: Fact) -> bool:
    return (one.value_min, one.value_max, one.date_iso) == (other.value_min, other.value_max, other.date_iso) or (
        one.value_min is not None and one.value_min == other.value_min and one.value_max == other.value_max
    )
