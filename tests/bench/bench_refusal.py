"""How well a search knows what it cannot answer: pairs of an answerable question and the same without its passage.

    python tests/bench/bench_refusal.py WORKSPACE QUESTIONS [-n 400] [--fit] [--wrong] [--dump FILE]

WORKSPACE is a built workspace that holds the passages; QUESTIONS is JSON Lines: rows with `text` (or `query`) and `rel`, the ids
of the sources that answer, such as ../shared/bench/cmrc.jsonl and drcd_dev.jsonl (one source a passage) or
tests/questions/questions.jsonl. A row without `rel` is unanswerable as it stands. For every other, the sources that answer are
hidden, and the question is asked again: the rest of the corpus speaks of similar things, and does not answer (but for the few
that another passage happens to answer).

It prints how many of each kind are refused by form and by reason, and with --fit the logistic weights that part the two (ridge,
lambda 0.3, plain gradient descent) for `casekit.search.answerability`. Several runs with --dump are fitted together by
    python tests/bench/bench_refusal.py --together FILE FILE
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

FEATURES = ("asked", "about", "value", "names")


def asked(workspace: str, questions: str, n: int) -> list[dict[str, Any]]:
    """One row a question and a case: y (1 answerable), form, reason, the features."""
    from casekit.workbench import Workbench

    bench = Workbench.open(workspace)
    rows = [json.loads(line) for line in Path(questions).read_text("utf8").split("\n") if line.strip()]
    rows = [row for row in rows if row.get("kind") not in ("meta", "doc")]
    rows = rows[:: max(1, len(rows) // n)][:n]
    out = []
    for row in rows:
        query, rel = row.get("text") or row["query"], row.get("rel") or []
        cases = (
            [(1, frozenset()), (0, frozenset(bench.generation.records.pids_of_sources(rel)))]
            if rel
            else [(0, frozenset())]
        )
        for y, hidden in cases:
            evidence = bench.searcher.search(query, 1, hidden=hidden).evidence
            features = {name: float(getattr(evidence.support, name)) for name in FEATURES}
            told = {
                "form": evidence.form,
                "reason": evidence.reason,
                "names": list(evidence.about),
                "lacking": list(evidence.missing),
                "absent": list(evidence.absent),
            }
            out.append(
                {
                    "y": y,
                    "query": query,
                    **told,
                    "features": features,
                    "factual": evidence.factual,
                    "head": evidence.support.head,
                    "n": evidence.support.head,
                }
            )
    return out


def fitted(rows: list[dict[str, Any]], ridge: float = 0.3, rounds: int = 4000) -> np.ndarray:
    """Weights of the features, and the bias last."""
    x = np.array([[*(row["features"][name] for name in FEATURES), 1.0] for row in rows])
    y = np.array([row["y"] for row in rows], dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ weights))
        weights -= x.T @ (p - y) / len(y) + ridge * np.append(weights[:-1], 0) / len(y)
    return weights


def told(rows: list[dict[str, Any]]) -> None:
    """Print what was refused."""
    for y in (1, 0):
        mine = [row for row in rows if row["y"] == y]
        refused = [row for row in mine if row["reason"]]
        print(
            "answerable" if y else "unanswerable",
            f"refused {len(refused)} of {len(mine)}",
            dict(Counter(r["reason"] for r in refused)),
        )
        for factual in (True, False):
            part = [row for row in mine if row["factual"] == factual]
            print(f"   {'factual' if factual else 'open':8} {sum(bool(r['reason']) for r in part)} of {len(part)}")


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", nargs="?")
    parser.add_argument("questions", nargs="?")
    parser.add_argument("-n", type=int, default=400)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--dump", type=Path)
    parser.add_argument("--together", nargs="+", type=Path)
    given = parser.parse_args()
    if given.together:
        rows = [row for path in given.together for row in json.loads(path.read_text("utf8"))]
        given.fit = True
    else:
        rows = asked(given.workspace, given.questions, given.n)
    if given.dump:
        given.dump.write_text(json.dumps(rows, ensure_ascii=False), "utf8")
    told(rows)
    if given.wrong:
        for row in rows:
            if bool(row["reason"]) == bool(row["y"]):
                print(row)
    if given.fit:
        factual = [row for row in rows if row["factual"] and row["reason"] not in ("name", "post")]
        weights = fitted(factual)
        print({name: round(float(w), 2) for name, w in zip((*FEATURES, "bias"), weights, strict=True)})
        score = np.array([[*(row["features"][n] for n in FEATURES), 1.0] for row in factual]) @ weights
        y = np.array([row["y"] for row in factual])
        for least in (-2.0, -1.5, -1.0, -0.6, -0.3, 0.0):
            print(
                f"   at {least:5}: answerable refused {(score[y == 1] < least).mean():.3f}, unanswerable {(score[y == 0] < least).mean():.3f}"
            )


if __name__ == "__main__":
    main()
