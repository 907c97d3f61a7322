"""Retrieval scores of a labelled question set, in all and by group, and what fell against an earlier run."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import SourceError
from casekit.language import say

if TYPE_CHECKING:
    from casekit.search import Answer
    from casekit.types import Fact

__all__ = ["Labelled", "evaluate", "proposed", "read_questions"]

_GROUP: Final = ("group", "kind")
_FALLEN: Final = 0.005  # a score that is lower by this much has fallen


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the sources that answer it; none where nothing does."""

    query: str
    rel: frozenset[str]
    group: str = ""


def read_questions(path: Path) -> list[Labelled]:
    """The questions of a file: JSON Lines, CSV (by its ending) or YAML, with `query`, `rel` and, if wanted, `group` or `kind`.

    In CSV `rel` are ids parted by blanks. An empty `rel` means that nothing answers.

    Raises:
        SourceError: If it cannot be read, or holds no question.
    """
    try:
        text = path.read_text("utf-8-sig")
        found = [_labelled(row) for row in _rows(text, path.suffix.lower())]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(say(f"读不懂 {path}：{error}", f"cannot read {path}: {error}")) from error
    if not found:
        raise SourceError(say(f"{path} 里没有查询", f"{path} holds no query"))
    return found


def _rows(text: str, ending: str) -> Iterable[Mapping[str, Any]]:
    if ending == ".csv":
        return list(csv.DictReader(text.splitlines()))
    if ending in (".yaml", ".yml"):
        import yaml

        loaded = yaml.safe_load(text)
        return loaded if isinstance(loaded, list) else []
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def _labelled(row: Mapping[str, Any]) -> Labelled:
    rel = row["rel"] or ()
    ids = rel.split() if isinstance(rel, str) else [str(one) for one in rel]
    group = next((str(row[name]) for name in _GROUP if row.get(name)), "")
    return Labelled(str(row["query"]), frozenset(ids), group)


def evaluate(
    search: Callable[[str, int], Answer], path: Path, *, k: int, against: Path | None = None
) -> dict[str, Any]:
    """Retrieval scores of labelled queries: a hit counts for its source.

    Args:
        search: Answers a query with so many passages.
        path: The questions; see `read_questions`.
        k: How many sources of an answer count.
        against: What an earlier run printed with `--json`, for instance under other settings.

    Returns:
        recall@k, nDCG@k (binary gains, Järvelin & Kekäläinen 2002), mean reciprocal rank, share of queries refused; of questions
        that nothing answers, the share refused (`refused_unanswerable`). Where questions have groups, the same by group under
        `groups`; with `against`, under `fell` which figures of which group are lower than they were (higher, for refused).

    Raises:
        SourceError: If a file cannot be read.
    """
    queries = read_questions(path)
    scored = [(one, _scored(one, search(one.query, 3 * k), k)) for one in queries]
    out = _means(scored, k)
    groups = dict.fromkeys(one.group for one in queries if one.group)
    if groups:
        out["groups"] = {name: _means([pair for pair in scored if pair[0].group == name], k) for name in groups}
    if against is not None:
        out["fell"] = _fell(out, _earlier(against))
    return out


def _scored(one: Labelled, answer: Answer, k: int) -> dict[str, float]:
    ranked = list(dict.fromkeys(hit.passage.source for hit in answer.hits))[:k]
    gains = [source in one.rel for source in ranked]
    ideal = sum(1 / math.log2(i + 2) for i in range(min(k, len(one.rel))))
    return {
        "recall": sum(gains) / len(one.rel) if one.rel else 0.0,
        "ndcg": sum(g / math.log2(i + 2) for i, g in enumerate(gains)) / ideal if ideal else 0.0,
        "mrr": next((1 / (i + 1) for i, g in enumerate(gains) if g), 0.0),
        "refused": float(not answer.answerable),
    }


def _means(scored: Sequence[tuple[Labelled, Mapping[str, float]]], k: int) -> dict[str, Any]:
    answerable = [scores for one, scores in scored if one.rel]
    others = [scores for one, scores in scored if not one.rel]
    out: dict[str, Any] = {"queries": len(scored)}
    for name, key in ((f"recall@{k}", "recall"), (f"nDCG@{k}", "ndcg"), ("MRR", "mrr"), ("refused", "refused")):
        if answerable:
            out[name] = round(sum(scores[key] for scores in answerable) / len(answerable), 4)
    if others:
        out["refused_unanswerable"] = round(sum(scores["refused"] for scores in others) / len(others), 4)
    return out


def _earlier(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(say(f"读不懂 {path}：{error}", f"cannot read {path}: {error}")) from error
    if not isinstance(found, dict):
        raise SourceError(say(f"{path} 不是 eval --json 的结果", f"{path} is not what eval --json prints"))
    return found


def _fell(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Figures that are worse than they were, in all ("") and by group."""
    pairs = [("", now, before)]
    known = before.get("groups")
    for name, scores in now.get("groups", {}).items():
        if isinstance(known, dict) and isinstance(known.get(name), dict):
            pairs.append((name, scores, known[name]))
    out = []
    for group, new, old in pairs:
        for name, value in new.items():
            was = old.get(name)
            if name == "queries" or not isinstance(value, float | int) or not isinstance(was, float | int):
                continue
            worse = value - was if name == "refused" else was - value
            if worse > _FALLEN:
                out.append({"group": group, "figure": name, "was": was, "is": value})
    return out


# Letters of a measure's name that reads as a name: 公号粉丝, 存量会员; longer ones are whole phrases.
_SHORT = 6


def proposed(facts: Iterable[Fact], most: int, *, people: Container[str] = ()) -> list[dict[str, Any]]:
    """Questions that the figures of a corpus answer, as rows of a question file: one a subject and measure, to be read before use.

    First those of listed measures with short names that are no shares (of what, the question would have to say).
    Nothing is asked about `people`: whose figure it is where a person tells it is seldom that person. Nor of hearsay.
    """
    found: dict[tuple[str, str], set[str]] = {}
    last: dict[tuple[str, str], tuple[bool, bool, bool]] = {}
    for fact in facts:
        if fact.certainty == "hearsay" or fact.subject in people:
            continue
        if fact.subject and fact.metric and fact.kind != "date" and not fact.change:
            key = (fact.subject, fact.metric)
            found.setdefault(key, set()).add(fact.source)
            rank = (fact.measure is None, fact.unit == "%", len(fact.metric) > _SHORT)
            last[key] = min(rank, last.get(key, rank))
    rows = []
    for (subject, metric), sources in sorted(found.items(), key=lambda one: (last[one[0]], one[0]))[: max(0, most)]:
        query = say(f"{subject}的{metric}是多少", f"what is the {metric} of {subject}")
        rows.append({"query": query, "rel": sorted(sources), "group": "proposed"})
    return rows
