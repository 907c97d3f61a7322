"""Records of the index as rows, filters by what passages name, and retrieval scores."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.errors import SourceError
from casekit.language import say
from casekit.workbench.knowledge.naming import entity_id

if TYPE_CHECKING:
    from casekit.search import Answer
    from casekit.workbench.bench import Workbench

__all__ = ["entity_id", "evaluate", "facets", "passages_naming", "relation_rows", "rows_of"]


def rows_of(
    bench: Workbench, kind: str, *, source: str | None, entity: str | None, fields: Sequence[str]
) -> list[dict[str, Any]]:
    """Mentions or facts as JSON rows, filtered by source and by one of the `fields` naming the entity."""
    if source is not None:
        bench.catalogue[source]
    wanted = entity_id(entity, bench.lexicon, bench.generation) if entity is not None else None
    return [
        row
        for row in bench.generation.records.records(kind, source)
        if wanted is None or any(row.get(field) == wanted for field in fields)
    ]


def relation_rows(bench: Workbench, *, source: str | None, entity: str | None) -> list[dict[str, Any]]:
    """Relations as JSON rows, those of several sources merged, the hand-made ones that stand among them."""
    from casekit.relations import merge_relations
    from casekit.workbench.knowledge.handmade import standing_relations
    from casekit.workbench.knowledge.knowing import relation_of_json

    own = standing_relations(bench)
    if entity is not None:  # a name that only a hand-made relation has is a name, too
        named = {r.subject: r.subject_id for r in own} | {r.object: r.object_id for r in own if r.object}
        entity = named.get(entity) or entity_id(entity, bench.lexicon, bench.generation)
        own = [r for r in own if entity in (r.subject_id, r.object_id)]
    if source is not None:
        bench.catalogue[source]
        own = [replace(r, evidence=tuple(e for e in r.evidence if e[0] == source)) for r in own]
    rows = bench.generation.records.records("relation", source)
    found = [relation_of_json(row) for row in rows if entity is None or entity in (row["subject_id"], row["object_id"])]
    merged = merge_relations([*found, *(r for r in own if r.evidence)])
    return [
        {
            "subject": r.subject,
            "subject_id": r.subject_id,
            "relation": r.relation,
            "object": r.object,
            "object_id": r.object_id,
            "object_text": r.object_text,
            "polarity": r.polarity,
            "rule": r.rule,
            "evidence": [{"source": s, "start": span.start, "end": span.end} for s, span in r.evidence],
        }
        for r in merged
    ]


def passages_naming(bench: Workbench, names: Iterable[str]) -> set[int] | None:
    """Ids of passages that name every one of `names`; None when no name is given."""
    chosen: set[int] | None = None
    for name in names:
        wanted = entity_id(name, bench.lexicon, bench.generation)
        found = bench.generation.records.pids_naming(wanted)
        chosen = found if chosen is None else chosen & found
    return chosen


def facets(bench: Workbench, answer: Answer) -> dict[str, dict[str, int]]:
    """How many of the hits name each entity, by type, most frequent first."""
    counts: dict[str, Counter[str]] = {}
    for hit in answer.hits:
        seen = set()
        span = hit.passage.span
        for row in bench.generation.records.records_within("mention", hit.passage.source, span.start, span.end):
            seen.add((row["type"], row["name"]))
        for kind, name in seen:
            counts.setdefault(kind, Counter())[name] += 1
    return {kind: dict(counter.most_common()) for kind, counter in sorted(counts.items())}


def evaluate(bench: Workbench, path: Path, *, k: int) -> dict[str, float]:
    """Retrieval scores of labelled queries: a hit counts for its source.

    Returns:
        recall@k, nDCG@k (binary gains, Järvelin & Kekäläinen 2002), mean reciprocal rank, share of queries refused.

    Raises:
        SourceError: If the file cannot be read.
    """
    try:
        rows = [json.loads(line) for line in path.read_text("utf8").split("\n") if line.strip()]
        queries = [(str(row["query"]), {str(s) for s in row["rel"]}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(say(f"读不懂 {path}:{error}", f"cannot read {path}: {error}")) from error
    if not queries:
        raise SourceError(say(f"{path} 里没有查询", f"{path} holds no query"))
    totals: Mapping[str, list[float]] = {name: [] for name in ("recall", "ndcg", "mrr", "refused")}
    for query, relevant in queries:
        answer = bench.search(query, 3 * k)
        ranked = list(dict.fromkeys(hit.passage.source for hit in answer.hits))[:k]
        gains = [source in relevant for source in ranked]
        ideal = sum(1 / math.log2(i + 2) for i in range(min(k, len(relevant))))
        totals["recall"].append(sum(gains) / len(relevant) if relevant else 0.0)
        totals["ndcg"].append(sum(g / math.log2(i + 2) for i, g in enumerate(gains)) / ideal if ideal else 0.0)
        totals["mrr"].append(next((1 / (i + 1) for i, g in enumerate(gains) if g), 0.0))
        totals["refused"].append(float(not answer.answerable))
    n = len(queries)
    return {
        "queries": n,
        f"recall@{k}": round(sum(totals["recall"]) / n, 4),
        f"nDCG@{k}": round(sum(totals["ndcg"]) / n, 4),
        "MRR": round(sum(totals["mrr"]) / n, 4),
        "refused": round(sum(totals["refused"]) / n, 4),
    }
