"""What screens say of a claim of a board: the figure, whose it is, how sure it is, and how many originals are behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casekit.claims import claim_label, whose
from casekit.language import say

if TYPE_CHECKING:
    from casekit.types import Fact
    from casekit.workbench.knowledge.board import Claim
    from casekit.workbench.knowledge.bonds import Bond

__all__ = ["bond_how_told", "bond_told", "figure_told", "how_told", "originals_told", "whose_told"]


def figure_told(fact: Fact) -> str:
    """The figure's own characters with its qualifier."""
    return fact.text if not fact.qualifier or fact.qualifier in fact.text else f"{fact.qualifier} {fact.text}"


def whose_told(fact: Fact) -> str:
    """Of whom it is, and what it measures."""
    return " · ".join(part for part in (whose(fact.subject, assigned=fact.assigned), fact.metric) if part)


def how_told(claim: Claim) -> str:
    """Kind, certainty and whose word, with what is to be known of the source."""
    label = claim_label(claim.fact.kind, claim.fact.certainty, say("、", ", ").join(claim.by))
    return say("；", "; ").join(part for part in (label, claim.remark) if part)


def bond_told(one: Bond) -> str:
    """Who, what, with whom or what, and in which role."""
    from casekit.graph.layout import relation_name

    made = one.relation
    role = say(f"（{made.object_text}）", f" ({made.object_text})") if made.object and made.object_text else ""
    return f"{made.subject} — {relation_name(made.relation)} — {made.object or made.object_text or ''}{role}"


def bond_how_told(one: Bond) -> str:
    """How it is told, with what is to be known of the source."""
    from casekit.graph.layout import polarity_name

    label = polarity_name(one.relation.polarity, one.relation.relation)
    return say("；", "; ").join(part for part in (label, one.remark) if part)


def originals_told(claim: Claim | Bond) -> str:
    """How many originals say so; that only a retelling does, where none does."""
    n = len(claim.originals)
    if not n:
        return say("只有转述", "retold only")
    return say(f"{n} 篇原文", f"originals: {n}")
