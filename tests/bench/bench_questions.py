"""How questions about real articles fare: what is found, what is refused, and whether the sentence that answers is named.

    python tests/bench/bench_questions.py WORKSPACE QUESTIONS [--wrong] [--group KEY] [--json]

WORKSPACE is a built workspace that holds the articles, each under its file's stem. QUESTIONS is JSON Lines: `question`, `kind`
(answerable, unanswerable, paraphrase) and, where something answers, `article` (its file) and `sentence` (what answers, as it
stands there). A hit is right where its passage covers the sentence, or half of it; the sentence named is right where it
overlaps that one. Printed for each kind: how many were refused, hit@1 and hit@5, and of the first hits that are right how many
name the right sentence; for what nothing answers, how much was refused, by reason.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casekit.search.answerability import score_of
from casekit.types import Span
from casekit.workbench import Workbench

_SPACE = re.compile(r"\s+")
_K = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question: the rank of the first hit that is right (0: none), whether its sentence is the one."""

    row: dict[str, Any]
    rank: int
    sentence: bool
    reason: str
    missing: tuple[str, ...]
    score: float
    support: Any
    best: str


def place_of(text: str, sentence: str) -> Span | None:
    """Where a sentence stands in a text, white space apart; None where it does not."""
    pattern = r"\s*".join(map(re.escape, _SPACE.sub("", sentence)))
    found = re.search(pattern, text)
    return Span(found.start(), found.end()) if found else None


def asked(bench: Workbench, row: dict[str, Any]) -> Asked:
    """One question, asked."""
    answer = bench.searcher.search(row["question"], _K)
    source = Path(row.get("article") or "").stem
    place = place_of(bench.text(source), row["sentence"]) if row.get("sentence") else None
    if row.get("sentence") and place is None:
        print(f"{row.get('id')}: the sentence is not in {source}", file=sys.stderr)
    rank, right = 0, False
    for hit in answer.hits:
        span = hit.passage.span
        if place is None:
            break
        if hit.passage.source == source and overlap(span, place) * 2 >= place.end - place.start:
            rank = hit.rank
            right = hit.sentence is not None and overlap(hit.sentence, place) > 0
            break
    evidence = answer.evidence
    first = answer.hits[0] if answer.hits else None
    best = (
        bench.text(first.passage.source)[first.sentence.start : first.sentence.end] if first and first.sentence else ""
    )
    return Asked(
        row, rank, right, evidence.reason, evidence.missing, score_of(evidence.support), evidence.support, best
    )


def overlap(a: Span, b: Span) -> int:
    """How many characters two ranges share."""
    return min(a.end, b.end) - max(a.start, b.start)


def summed(rows: list[Asked]) -> dict[str, Any]:
    """The figures of some questions of one kind."""
    n = len(rows)
    out: dict[str, Any] = {"n": n, "refused": round(sum(bool(one.reason) for one in rows) / n, 3)}
    if any(one.row.get("sentence") for one in rows):
        first = [one for one in rows if one.rank == 1]
        out["hit@1"] = round(len(first) / n, 3)
        out["hit@5"] = round(sum(1 <= one.rank <= 5 for one in rows) / n, 3)
        out["sentence"] = round(sum(one.sentence for one in first) / max(1, len(first)), 3)
    out["reasons"] = dict(Counter(one.reason for one in rows if one.reason))
    return out


def is_wrong(one: Asked) -> bool:
    """Whether a question fared otherwise than it should."""
    return (
        not one.reason if one.row["kind"] == "unanswerable" else bool(one.reason) or one.rank != 1 or not one.sentence
    )


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace")
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print what fared otherwise than it should")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    bench = Workbench.open(given.workspace)
    rows = [json.loads(line) for path in given.questions for line in path.read_text("utf8").split("\n") if line.strip()]
    kinds: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        kinds[row["kind"]].append(asked(bench, row))
    if given.wrong:
        for kind, found in kinds.items():
            for one in filter(is_wrong, found):
                s = one.support
                told = (
                    f"asked {s.asked:.2f} about {s.about:.2f} value {s.value:.1f} names {s.names:.2f} head {s.head:.2f}"
                )
                print(f"{kind:12} rank {one.rank} {one.reason or '-':7} {one.score:6.2f} {told} {one.row['question']}")
                print(
                    f"{'':12} missing {one.missing}; best: {one.best.strip()[:110]!r}; wanted {(one.row.get('sentence') or '')[:110]!r}"
                )
    table = {kind: summed(found) for kind, found in kinds.items()}
    if given.json:
        print(json.dumps(table, ensure_ascii=False))
    else:
        for kind, figures in table.items():
            print(f"{kind:14}", figures)


if __name__ == "__main__":
    main()
