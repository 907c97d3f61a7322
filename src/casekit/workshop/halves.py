"""A case in two halves: A, the situation up to the decision, and B, what was done and what came of it.

Whoever reads A must not learn from it what was decided, so what a sentence of B also rests on is quoted in B only.
"""

from __future__ import annotations

from collections.abc import Iterator

from casekit.casebook.labels import person_name, role_text
from casekit.casebook.records import Case, Statement
from casekit.language import say
from casekit.types import Evidence
from casekit.workshop.material import Material, Pack, Ref

__all__ = ["decider", "outcome_refs", "outcome_statements", "people_refs", "situation_refs", "situation_statements"]


def _deeds(card: Case) -> list[Statement]:
    return [one for one in (*card.actions, *card.results) if one.basis == "source" and one.evidence]


def _overlap(a: Evidence, b: Evidence) -> bool:
    return a.source == b.source and a.span.overlaps(b.span)


def _gives_away(one: Statement, card: Case) -> bool:
    """Whether a sentence of the background tells the deed: it rests on the deed's own sentence, or on its tool or tactic."""
    for deed in _deeds(card):
        if any(_overlap(a, b) for a in one.evidence for b in deed.evidence):
            return True
        if deed in card.actions and set(one.about) & set(deed.about):
            return True
    return False


def situation_statements(material: Material, card: Case) -> Iterator[tuple[str, Statement]]:
    """Background and challenge, as far as they do not tell what was decided."""
    for owner, field, one in material.statements("background", "challenge"):
        if owner is card and (field.startswith("challenge") or not _gives_away(one, card)):
            yield field, one


def outcome_statements(material: Material, card: Case) -> Iterator[tuple[str, Statement]]:
    """What was done and what came of it, with what the background would have given away."""
    shown = {field for field, _ in situation_statements(material, card)}
    for owner, field, one in material.statements("background", "actions", "results"):
        if owner is card and field not in shown:
            yield field, one


def people_refs(pack: Pack, card: Case) -> list[tuple[str, str, tuple[Ref, ...]]]:
    """The people of a case with their roles at the time."""
    return [
        (person_name(one), role_text(one), pack.refs(card, f"people[{i}]", one.evidence))
        for i, one in enumerate(card.people)
        if one.role and one.evidence
    ]


def situation_refs(material: Material, pack: Pack, card: Case) -> tuple[tuple[Ref, ...], frozenset[str]]:
    """The evidence of A, and the marks of which the words are kept for B, since they tell the deed."""
    refs = [ref for field, one in situation_statements(material, card) for ref in pack.refs(card, field, one.evidence)]
    refs += [ref for _, _, found in people_refs(pack, card) for ref in found]
    deeds = [evidence for one in _deeds(card) for evidence in one.evidence]
    kept = frozenset(ref.mark for ref in refs if any(_overlap(ref.evidence, deed) for deed in deeds))
    return tuple(dict.fromkeys(refs)), kept


def outcome_refs(material: Material, pack: Pack, card: Case) -> tuple[Ref, ...]:
    """The evidence of B, with what A kept back."""
    a, kept = situation_refs(material, pack, card)
    own = [ref for field, one in outcome_statements(material, card) for ref in pack.refs(card, field, one.evidence)]
    shown = {ref.mark for ref in a} - kept
    return tuple(dict.fromkeys(ref for ref in (*(r for r in a if r.mark in kept), *own) if ref.mark not in shown))


def decider(card: Case) -> str:
    """Who decided, where a person's role names the case; else nothing."""
    names = {card.name.zh_hans, card.name.en, *card.aliases} - {""}
    for one in card.people:
        if one.role and any(name in one.role for name in names):
            name, role = person_name(one), role_text(one)
            return say(f"{name}（{role}）", f"{name} ({role})")
    return ""
