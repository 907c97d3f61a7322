"""Found figures and relations that people reject, and take back: kept by address and words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casekit.errors import SettingError
from casekit.evidence import Verdict, evidence_at
from casekit.fold import fold_text
from casekit.index import SourceRow
from casekit.language import say
from casekit.segment import split_sentences
from casekit.types import Address, Fact, Relation, Span
from casekit.workbench.corpus.rejectfile import (
    RejectedKind,
    Rejection,
    load_rejections,
    rejections_path,
    save_rejections,
)
from casekit.workbench.corpus.withheld import Claim, looked_up, moved, named, whole

if TYPE_CHECKING:
    from casekit.workbench.held import Built, Held

__all__ = [
    "figure_at",
    "list_rejected",
    "reject_facts",
    "reject_relations",
    "sentence_of",
    "take_back_facts",
    "take_back_relations",
]


# ---- figures --------------------------------------------------------------------------------------------------------
def reject_facts(held: Held, places: Sequence[str], *, note: str | None = None) -> list[Rejection]:
    """Reject the figures at these addresses.

    Raises:
        SettingError: If at one of them no figure was found; then nothing is written.
        NotBuiltError: If there is no index.
    """
    built = held.built()
    found = []
    for place in (Address.parse(one) for one in places):
        row, fact = built.source(place.source), figure_at(built, place)
        sentence = sentence_of(row, place.span)
        evidence = evidence_at(whole(row), sentence.start, sentence.end)
        found.append(Rejection("fact", evidence, place.span, fact.text, fact.subject, note=note))
    return _keep(held, found)


def figure_at(built: Built, place: Address) -> Fact:
    """The figure that was found at an address.

    Raises:
        SettingError: If none was; the message names those nearby.
    """
    built.source(place.source)
    facts = built.records.facts(place.source)
    for fact in facts:
        if fact.address == place:
            return fact
    raise SettingError(_no_figure(place, facts))


def _no_figure(place: Address, facts: Sequence[Fact]) -> str:
    near = [fact for fact in facts if fact.span.overlaps(place.span)][:5]
    listed = "、".join(f"{fact.address}（{fact.text}）" for fact in near)
    if near:
        return say(f"{place} 不是一个数字的地址；这里有 {listed}", f"{place} is no figure's address; here are {listed}")
    return say(
        f"{place} 处没有找到过数字；casekit facts --source {place.source} 列出地址",
        f"no figure was found at {place}; casekit facts --source {place.source} lists addresses",
    )


def take_back_facts(held: Held, places: Sequence[str]) -> list[Rejection]:
    """Let rejected figures count again; the addresses are those where they stand now, or those in the file.

    Raises:
        SettingError: If none is rejected at one of them; then nothing is written.
    """
    built = held.built()
    rejected = [pair for pair in looked_up(_rejections(held), built.records) if pair[0].kind == "fact"]
    gone = []
    for place in (Address.parse(one) for one in places):
        row = built.records.source(place.source)
        text = row.text if row is not None else ""
        here = [one for one, verdict in rejected if place in _places_of(one, verdict, text)]
        if not here:
            raise SettingError(
                say(f"{place} 处没有否决过数字；见 casekit fact rejected", f"no figure is rejected at {place}; see casekit fact rejected")
            )  # fmt: skip
        gone += here
    return _forget(held, gone)


def _places_of(one: Rejection, verdict: Verdict, text: str) -> tuple[Address, ...]:
    written = Address.of(one.evidence.source, one.span)
    if verdict.found is None:
        return (written,)
    return (written, moved(one, verdict.found, text))


# ---- relations ------------------------------------------------------------------------------------------------------
def reject_relations(
    held: Held, subject: str, relation: str, object: str, places: Sequence[str] = (), *, note: str | None = None
) -> list[Rejection]:
    """Reject what the sources say of two things, everywhere or at some places.

    Raises:
        SettingError: If no such relation was found (there); then nothing is written.
        NotBuiltError: If there is no index.
    """
    built = held.built()
    nowhere = Address("", 0, 1)
    wanted = Claim(nowhere, relation, _meant(subject, built), _meant(object, built), fold_text(object))
    said = [one for one in built.records.relations() if wanted.is_of(one)]
    only = [Address.parse(one) for one in places]
    evidence = [(one, at) for one in said for at in one.evidence if not only or any(at.overlaps(p) for p in only)]
    if not evidence:
        raise SettingError(_no_relation(held, f"{subject} {relation} {object}", [*said]))
    found = []
    for one, at in evidence:
        words = {"subject": one.subject, "relation": one.relation, "object": one.object, "note": note}
        sentence = evidence_at(whole(built.source(at.source)), at.start, at.end)
        found.append(Rejection("relation", sentence, at.span, one.object_text or "", **words))
    return _keep(held, found)


def _no_relation(held: Held, told: str, said: Sequence[Relation]) -> str:
    if said:
        places = "、".join(str(at) for one in said for at in one.evidence)
        return say(f"“{told}”不在那里；它在 {places}", f"{told!r} is not there; it is at {places}")
    from casekit.workbench.knowledge.relationfile import load_relations, relations_path

    own = load_relations(relations_path(held.workspace.corpus))
    by_hand = next((one for one in own if told == f"{one.subject} {one.relation} {one.object or one.text}"), None)
    if by_hand is not None:
        return say(
            f"“{told}”是手工添加的，用 casekit relation remove {by_hand.number} 删除",
            f"{told!r} was added by hand: casekit relation remove {by_hand.number}",
        )
    return say(
        f"没有找到过“{told}”；casekit relations 列出找到的关系", f"{told!r} was not found; see casekit relations"
    )


def take_back_relations(held: Held, subject: str, relation: str, object: str) -> list[Rejection]:
    """Let a rejected relation count again.

    Raises:
        SettingError: If no such relation is rejected.
    """
    lexicon = held.lexicon
    ends = [named(one, lexicon) for one in (subject, object)]
    gone = [
        one
        for one in _rejections(held)
        if one.kind == "relation"
        and one.relation == relation
        and named(one.subject, lexicon) & ends[0]
        and (named(one.object, lexicon) & ends[1] or (one.object is None and fold_text(one.text) == fold_text(object)))
    ]
    if not gone:
        raise SettingError(
            say(
                f"没有否决过“{subject} {relation} {object}”；见 casekit relation rejected",
                f"{subject!r} {relation} {object!r} is not rejected; see casekit relation rejected",
            )
        )
    return _forget(held, gone)


def _meant(name: str, built: Built) -> frozenset[str]:
    """The ids and words that a name given by a person may mean in the records."""
    wanted = fold_text(name)
    ids = {one.entity for one in built.records.mentions() if wanted in (fold_text(one.name), fold_text(one.text))}
    return named(name, built.lexicon) | {name, *ids}


# ---- the file -------------------------------------------------------------------------------------------------------
def list_rejected(held: Held, kind: RejectedKind) -> list[tuple[Rejection, Verdict]]:
    """What is rejected, with what became of the sentence that it was read from.

    Raises:
        SettingError: If the file is damaged.
        NotBuiltError: If there is no index.
    """
    return [pair for pair in looked_up(_rejections(held), held.built().records) if pair[0].kind == kind]


def _rejections(held: Held) -> list[Rejection]:
    return load_rejections(rejections_path(held.workspace.corpus))


def _keep(held: Held, found: Sequence[Rejection]) -> list[Rejection]:
    path = rejections_path(held.workspace.corpus)
    with held.workspace.locked():
        old = load_rejections(path)
        new = [one for one in dict.fromkeys(found) if one not in old]
        save_rejections(path, [*old, *new])
        held.store.log_all([_event("reject", one) for one in new])
    return list(found)


def _forget(held: Held, gone: Iterable[Rejection]) -> list[Rejection]:
    path, taken = rejections_path(held.workspace.corpus), list(dict.fromkeys(gone))
    with held.workspace.locked():
        save_rejections(path, [one for one in load_rejections(path) if one not in taken])
        held.store.log_all([_event("unreject", one) for one in taken])
    return taken


def _event(event: str, one: Rejection) -> tuple[str, str, dict[str, object]]:
    return event, one.evidence.source, {"start": one.span.start, "end": one.span.end, "kind": one.kind}


def sentence_of(row: SourceRow, span: Span) -> Span:
    """The sentence in which a range starts; the range itself where none does (a headline)."""
    sentences = split_sentences(row.text, row.cleaned.kept)
    at = bisect_right(sentences, span.start, key=lambda one: one.start) - 1
    inside = at >= 0 and span.start < sentences[at].end
    return Span(sentences[at].start, max(span.end, sentences[at].end)) if inside else span
