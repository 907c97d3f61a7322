"""Tables of the network: who uses and applies what, and what is known of whom; every cell with its addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from casekit import graph as net
from casekit.casebook.labels import claim_label
from casekit.errors import SettingError
from casekit.graph import Graph
from casekit.types import Fact, Rank, Relation
from casekit.workbench.knowledge.naming import entity_id
from casekit.workbench.knowledge.retold import without_repeats
from casekit.workbench.knowledge.rows import facts_of
from casekit.workbench.knowledge.voices import marked

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.workbench.held import Built

__all__ = ["OTHERS", "cross_table", "metric_table"]

OTHERS: Final = frozenset({"product", "tactic", "framework", "person", "book", "report", "event"})
"""Kinds of names that use and apply nothing themselves."""


def cross_table(
    relations: Iterable[Relation], graph: Graph, relation: str, bearing: Callable[[Iterable[str]], Rank]
) -> DataFrame:
    """A row a subject, a column an object of a relation; see `Network.company_tools`."""
    nodes = graph.nodes
    chosen = [r for r in relations if r.relation == relation and nodes[r.subject_id or r.subject]["type"] not in OTHERS]
    table = net.cross_table(chosen, relation, lambda s: marked("", bearing(s))).replace("", net.not_reported())
    evidence: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for r in chosen:
        places = evidence.setdefault((r.subject, r.object or ""), [])
        places += [(place.source, place.start, place.end) for place in r.evidence]
    table.attrs["evidence"] = evidence
    return table


def metric_table(built: Built, subjects: Sequence[str] | None, metrics: Sequence[str] | None) -> DataFrame:
    """A row a subject, a column a metric; see `Network.metrics`."""
    facts = without_repeats(facts_of(built), built.standing.not_originals)
    rows = [_subject(name, facts, built) for name in subjects] if subjects is not None else None

    def told(fact: Fact) -> str:
        return marked(claim_label(fact.kind, fact.certainty), built.standing.of(fact.source).rank)

    table = net.metric_table(facts, rows, metrics, told)
    evidence: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for f in facts:
        if f.subject in table.index and f.metric in table.columns and f.kind != "date":
            evidence.setdefault((str(f.subject), str(f.metric)), []).append((f.source, f.span.start, f.span.end))
    table.attrs["evidence"] = evidence
    return table


def _subject(name: str, facts: Sequence[Fact], built: Built) -> str:
    """How figures call the subject that `name` means; the name itself where they never speak of it."""
    try:
        known = entity_id(name, built.lexicon, built.generation)
    except SettingError:
        return name
    return next((f.subject for f in facts if f.subject_entity == known and f.subject), name)
