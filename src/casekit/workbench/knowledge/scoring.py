"""Retrieval scores of a labelled question set."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from casekit.errors import SourceError
from casekit.language import say

if TYPE_CHECKING:
    from casekit.search import Answer

__all__ = ["evaluate"]


def evaluate(search: Callable[[str, int], Answer], path: Path, *, k: int) -> dict[str, float]:
    """Retrieval scores of labelled queries: a hit counts for its source.

    Args:
        search: Answers a query with so many passages.
        path: JSON Lines, `{"query", "rel": [source ids]}`.
        k: How many sources of an answer count.
    Returns:
        recall@k, nDCG@k (binary gains, Järvelin & Kekäläinen 2002), mean reciprocal rank, share of queries refused.

    Raises:
        SourceError: If the file cannot be read.
    """
    try:
        rows = [json.loads(line) for line in path.read_text("utf8").split("\n") if line.strip()]
        queries = [(str(row["query"]), {str(s) for s in row["rel"]}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(say(f"读不懂 {path}：{error}", f"cannot read {path}: {error}")) from error
    if not queries:
        raise SourceError(say(f"{path} 里没有查询", f"{path} holds no query"))
    totals: Mapping[str, list[float]] = {name: [] for name in ("recall", "ndcg", "mrr", "refused")}
    for query, relevant in queries:
        answer = search(query, 3 * k)
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
