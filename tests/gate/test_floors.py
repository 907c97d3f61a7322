"""The quality gate: a build is scored against hand-made truth and two public question sets, through the command line.

The commands run in this process: one that starts cold reads its tables and patterns anew, which takes longer than what it is asked.

Floors stand in floors.json beside a hash of the data they were measured on. Lowering one is a decision to be made in
the open: edit the file and say why in the commit. Encoding the thousand articles of a public set takes minutes: at every run a
fixed sample is asked, a hundred questions about every sixteenth article; `CASEKIT_GATE=full` (`make bench`) asks three hundred
about all of them. The sample is easier, so its floors are higher.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.commands import run_here

HERE = Path(__file__).parent
SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((HERE / "floors.json").read_text("utf8"))
_QUESTIONS, _EVERY = 100, 16  # of the sample: so many questions, every so-many-th article

pytestmark = [
    pytest.mark.gate,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled data (../shared) is not here"),
]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def _command_line(score: ModuleType, workspace: Path) -> Any:
    """score.py's command line over a new workspace."""

    class Here(score.Cli):  # type: ignore[misc, name-defined]  # a module that is loaded by its path
        def run(self, *words: str) -> str:
            ran = run_here(*words, cwd=workspace.parent)
            if ran.code not in (0, 1):
                raise score.Failed(f"casekit {' '.join(words)[:160]} ended with {ran.code}: {ran.err.strip()[-600:]}")
            return ran.out

    cli = Here("casekit", workspace)
    cli.run("init", str(workspace))
    return cli


def _same_data(name: str) -> None:
    for relative, sha256 in FLOORS[name]["data"].items():
        found = hashlib.sha256((SHARED / relative).read_bytes()).hexdigest()
        assert found == sha256, f"{relative} is not the data these floors were measured on: measure again, then pin"


@pytest.fixture(scope="module")
def articles(score: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Any:
    cli = _command_line(score, tmp_path_factory.mktemp("gate") / "ws")
    cli("add", *map(str, sorted((SHARED / "sources").glob("*.txt"))), "--json")
    cli("build", "--json")
    return cli


def _hold(name: str, figures: dict[str, float]) -> None:
    low = {key: (figures[key], floor) for key, floor in FLOORS[name]["floors"].items() if figures[key] < floor}
    print(f"\n{name}: {figures}")
    assert not low, f"below the floor (measured, floor): {low}"


def test_cleaning_finds_the_body_and_the_metadata(score: ModuleType, articles: Any) -> None:
    _same_data("clean")
    texts = {f.stem: f.read_bytes().decode("utf8") for f in (SHARED / "sources").glob("*.txt")}
    out = score.score_clean(articles, SHARED / "gold", texts)
    each = [value for key, value in out.items() if key != "all"]
    figures = {
        "F_worst": min(value["F"] for value in each),
        "injected_removed": -float(sum(value["noise_left"] for value in each)),
        "metadata": out["all"]["metadata"],
    }
    _hold("clean", figures)


def test_search_answers_the_labelled_questions(score: ModuleType, articles: Any) -> None:
    _same_data("search")
    out = score.score_search(articles, SHARED / "gold")
    refusal = out["refusal"]
    answerable = out["all"]["n"]
    figures = {
        "hit@1": out["all"]["hit@1"],
        "hit@5": out["all"]["hit@5"],
        "nDCG@10": out["all"]["nDCG@10"],
        "english_hit@5": out["script en"]["hit@5"],
        "traditional_hit@5": out["script zh-Hant"]["hit@5"],
        "refused": refusal["refused"] / max(1, refusal["unanswerable"]),
        "answerable_kept": 1 - refusal["answerable_refused"] / answerable,
    }
    _hold("search", figures)


@pytest.mark.parametrize("name", ["cmrc", "drcd_dev"])
def test_question_sets_in_both_scripts(score: ModuleType, name: str, tmp_path: Path) -> None:
    _same_data(name)
    path = SHARED / "bench" / f"{name}.jsonl"
    limit, full = 300, os.environ.get("CASEKIT_GATE") == "full"
    if not full:
        path, limit = _sample(score, path, tmp_path), _QUESTIONS
    cli = _command_line(score, tmp_path / "ws")
    own = score.score_bench(cli, path, tmp_path / "docs", limit)
    other = _other_script(score, cli, path, limit, to="s2t" if name == "cmrc" else "t2s")
    figures = {
        "nDCG@10": own["nDCG@10"],
        "answerable_kept": 1 - own["refused"],
        "other_script_gain": other["nDCG@10"] - own["nDCG@10"],
        "other_script_kept": 1 - other["refused"],
    }
    _hold(name if full else f"{name}_sample", figures)


def _sample(score: ModuleType, path: Path, folder: Path) -> Path:
    """Every so-many-th document, and questions that these answer, spread over them."""
    rows = score.jsonl(path)
    documents = [row for row in rows if row["kind"] == "doc"][::_EVERY]
    held = {row["id"] for row in documents}
    queries = [row for row in rows if row["kind"] == "query" and held.issuperset(row["rel"])]
    queries = queries[:: len(queries) // _QUESTIONS][:_QUESTIONS]
    sample = folder / path.name
    sample.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (*documents, *queries)), "utf8")
    return sample


def _other_script(score: ModuleType, cli: Any, path: Path, limit: int, *, to: str) -> dict[str, float]:
    """score.py's bench figures for the same questions put into the other script, character by character."""
    import opencc

    convert = opencc.OpenCC(to).convert
    queries = [row for row in score.jsonl(path) if row["kind"] == "query"]
    queries = queries[:: max(1, len(queries) // limit)][:limit]
    right = {q["id"]: set(q["rel"]) for q in queries}
    answers = cli.batch([{"id": q["id"], "text": convert(q["text"])} for q in queries], 30)
    gain = 0.0
    for answer in answers:
        ranked = list(dict.fromkeys(hit["source"] for hit in answer["hits"]))[:10]
        rank = next((i for i, source in enumerate(ranked) if source in right[answer["id"]]), None)
        gain += 0.0 if rank is None else 1 / math.log2(rank + 2)
    refused = sum(not answer["answerable"] for answer in answers)
    return {"nDCG@10": gain / len(queries), "refused": refused / len(queries)}
