"""How well passages are ranked on a public question set, in its own script and asked in the other.

    python tests/bench/bench_ranking.py WORKSPACE QUESTIONS [-n 500] [--meaning 0.4 0.5 0.6] [--sentence 0 0.1 0.2]

WORKSPACE is a built workspace whose sources are the documents of QUESTIONS, each under its id: JSON Lines such as
../shared/bench/cmrc.jsonl and drcd_dev.jsonl (kind doc: id, title, text; kind query: id, text, rel). Printed for each setting:
nDCG@10 and R@1 over sources, in either script, and how many questions were refused. --meaning and --sentence try other
weights than those of `casekit.search.fusion`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from casekit.fold import detect_script, to_simplified, to_traditional
from casekit.search import candidates, searcher
from casekit.search.fusion import MEANING_WEIGHT, SENTENCE_WEIGHT
from casekit.workbench import Workbench


def figures(bench: Workbench, rows: list[dict[str, Any]], other: bool) -> dict[str, float]:
    """nDCG@10, R@1 and the share refused."""
    gain = first = refused = 0.0
    for row in rows:
        query = row["text"]
        if other:
            query = to_simplified(query) if detect_script(query) == "zh-Hant" else to_traditional(query, taiwan=False)
        answer = bench.searcher.search(query, 30)
        ranked = list(dict.fromkeys(hit.passage.source for hit in answer.hits))[:10]
        rank = next((i for i, source in enumerate(ranked) if source in row["rel"]), None)
        if rank is not None:
            gain, first = gain + 1 / math.log2(rank + 2), first + (rank == 0)
        refused += not answer.answerable
    n = len(rows)
    return {"nDCG@10": round(gain / n, 4), "R@1": round(first / n, 4), "refused": round(refused / n, 4)}


def settings(given: argparse.Namespace) -> Iterator[tuple[str, dict[str, float]]]:
    """What is tried: a name, and the weights of meaning and sentence."""
    yield "as set", {}
    for weight in given.meaning:
        yield f"meaning {weight}", {"meaning": weight}
    for weight in given.sentence:
        yield f"sentence {weight}", {"sentence": weight}


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace")
    parser.add_argument("questions", type=Path)
    parser.add_argument("-n", type=int, default=500)
    parser.add_argument("--meaning", type=float, nargs="*", default=[])
    parser.add_argument("--sentence", type=float, nargs="*", default=[])
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.questions.read_text("utf8").split("\n") if line.strip()]
    rows = [row for row in rows if row.get("kind") == "query"]
    rows = rows[:: max(1, len(rows) // given.n)][: given.n]
    bench = Workbench.open(given.workspace)
    for name, weights in settings(given):
        with (
            patch.object(candidates, "MEANING_WEIGHT", weights.get("meaning", MEANING_WEIGHT)),
            patch.object(searcher, "SENTENCE_WEIGHT", weights.get("sentence", SENTENCE_WEIGHT)),
        ):
            print(f"{name:14} own {figures(bench, rows, False)} other {figures(bench, rows, True)}", flush=True)


if __name__ == "__main__":
    main()
