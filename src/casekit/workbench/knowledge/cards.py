"""Case cards held to their evidence: every number, name, time, kind and reserve of a statement against the words it cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casekit.casebook import CardVerdict, Case, Facet, Person, Statement
from casekit.check.holding import Declared, Unborne
from casekit.language import say
from casekit.workbench.knowledge.resting import Ground

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["held_to_evidence"]

_ASKING = ("teaching", "open_questions")
"""Sections whose statements are questions: they take up what others say."""
_SIZED = ("company_size", "year")
"""Facets that say something which could be wrong; the others are labels."""


def held_to_evidence(held: Held, cards: Sequence[Case], verdicts: Sequence[CardVerdict]) -> list[CardVerdict]:
    """The verdicts, those of a statement that says more or something else than its evidence with status `differs`."""
    ground = Ground(held)
    by_place = {(verdict.card, verdict.field): verdict for verdict in verdicts}
    found: dict[tuple[str, str], tuple[Unborne, ...]] = {}
    for card in cards:
        about = _about(ground, card)
        for name, text, declared, n in _statements(card):
            own = [by_place[card.id, f"{name}.evidence[{i}]"] for i in range(n)]
            problems = ground.unborne(text, own, about=about, declared=declared)
            if declared is None:  # a label is no statement: it has no stance
                problems = tuple(one for one in problems if one.field not in ("certainty", "kind"))
            if problems:
                found[card.id, f"{name}.evidence[0]"] = problems
    return [_with(verdict, found.get((verdict.card, verdict.field), ())) for verdict in verdicts]


def _with(verdict: CardVerdict, problems: Sequence[Unborne]) -> CardVerdict:
    if not problems:
        return verdict
    told = say("；", "; ").join(problem.message() for problem in problems)
    return replace(verdict, status="differs", message=told, problems=tuple(problems))


def _about(ground: Ground, card: Case) -> frozenset[str]:
    """Ids of what a card may name anywhere: the firm that it is about."""
    named = (card.name.zh_hans, card.name.zh_hant, card.name.en, *card.aliases)
    return ground.names_of("\n".join(named)) | ({card.entity} if card.entity else set())


def _statements(card: Case) -> Iterator[tuple[str, str, Declared | None, int]]:
    """Field, text, what is declared of its figure, and the number of pieces of evidence of all that can be held to it."""
    for name, item in card.backed():
        if item.basis != "source" or not item.evidence or name.startswith(_ASKING):
            continue
        n = len(item.evidence)
        if isinstance(item, Statement):
            declared = Declared(item.figure, item.kind, item.certainty, item.period, item.by)
            yield name, item.text, declared, n
        elif isinstance(item, Facet) and name.split(".")[1].split("[")[0] in _SIZED:
            yield name, item.text, None, n
        elif isinstance(item, Person):
            yield name, item.name, None, n
