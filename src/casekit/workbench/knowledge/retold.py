"""What retellings alone say: kept with its mark, counted for nobody, and never a second voice beside an original."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from casekit.types import Address, Fact, Mention

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["together", "without_repeats"]

_AIMED = frozenset({"target", "estimate"})


def without_repeats(facts: Iterable[Fact], retellings: Collection[str]) -> list[Fact]:
    """The figures without those with which a retelling says again what an original, or another retelling, has said.

    Two figures say the same when they give the same thing of the same one: its subject, or the measure where nobody is
    named, with the same values in the same unit, both aimed at or neither.
    """
    chosen = list(facts)
    seen = {_said(fact) for fact in chosen if fact.source not in retellings}
    kept = []
    for fact in chosen:
        if fact.source in retellings:
            if _said(fact) in seen:
                continue
            seen.add(_said(fact))
        kept.append(fact)
    return kept


def _said(fact: Fact) -> tuple[object, ...]:
    whose = fact.subject_entity or fact.subject or ("", fact.metric)
    if fact.kind == "date":
        return whose, fact.date_iso or fact.text
    values = fact.value_min, fact.value_max
    told = (fact.text,) if values == (None, None) else values
    return whose, fact.unit, fact.kind in _AIMED, told


def together(
    mentions: Sequence[Mention], windows: Sequence[Address], *, retellings: Collection[str], least: int
) -> nx.Graph[str]:
    """Which names stand together in originals, and which do so in retellings alone: those have `standing` retelling.

    Args:
        mentions: All mentions.
        windows: How near: sentences or passages.
        retellings: The sources that are no originals.
        least: Leave out pairs that meet less often.
    """

    from casekit.graph import co_occurrence

    def met(*, told: bool) -> nx.Graph[str]:
        here = [one for one in windows if (one.source in retellings) == told]
        return co_occurrence(mentions, here, least=least)

    found, retold = met(told=False), met(told=True)
    for node, data in retold.nodes(data=True):
        if node not in found:
            found.add_node(node, **data)
    for one, other, data in retold.edges(data=True):
        if not found.has_edge(one, other):
            found.add_edge(one, other, **data, standing="retelling")
    return found
