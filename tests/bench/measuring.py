"""What an index costs: queries, one article more or less, opening, and bytes; CPU time, since others may use the machine."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.corpora import Text, built, queries, texts, vectors_of

from casekit import index
from casekit.fold import match_key
from casekit.index import Manifest, PassageRow, SourceRow
from casekit.types import Cleaned, Metadata, Span
from casekit.workbench import Workbench

__all__ = ["Costs", "Pairs", "cpu_ms", "increments_ms", "opening_s", "paired", "query_ms", "size_of"]


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds of CPU at the median and at the 95th percentile."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """The costs of two engines, and the median of the ratios query by query: of CPU time, and of time as it passes.

    Pairs hold while the machine's speed drifts, since others use it.
    """

    own: Costs
    other: Costs
    cpu_ratio: float
    wall_ratio: float


def cpu_ms(work: Callable[..., object], *given: object) -> float:
    """The CPU time of some work, in ms."""
    began = time.process_time()
    work(*given)
    return 1000 * (time.process_time() - began)


def query_ms(ask: Callable[[str], object], number: int = 200) -> Costs:
    """What a warm query costs: every one is asked once, after twenty others."""
    asked = queries(number + 20)
    for query in asked[:20]:
        ask(query)
    return _costs(cpu_ms(ask, query) for query in asked[20:])


def paired(ask: Callable[[str], object], other: Callable[[str], object], number: int = 200) -> Pairs:
    """What warm queries cost two engines, each query asked of the one and then of the other, after twenty others."""
    asked = queries(number + 20)
    for query in asked[:20]:
        ask(query)
        other(query)
    cpu: list[tuple[float, float]] = []
    wall: list[tuple[float, float]] = []
    for query in asked[20:]:
        spent = []
        for one in (ask, other):
            began = time.perf_counter()
            spent.append((cpu_ms(one, query), 1000 * (time.perf_counter() - began)))
        cpu.append((spent[0][0], spent[1][0]))
        wall.append((spent[0][1], spent[1][1]))
    return Pairs(_costs(a for a, _ in cpu), _costs(b for _, b in cpu), _ratio(cpu), _ratio(wall))


def _costs(spent: Iterable[float]) -> Costs:
    rising = sorted(spent)
    return Costs(statistics.median(rising), rising[int(0.95 * len(rising))])


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return statistics.median(own / other for own, other in pairs)


def size_of(folder: Path) -> int:
    """Bytes of the current generation."""
    current = folder / "index" / (folder / "index" / "CURRENT").read_text("utf8").strip()
    return sum(path.stat().st_size for path in current.rglob("*") if path.is_file())


def increments_ms(bench: Workbench, times: int = 5) -> tuple[float, float]:
    """What the index spends on one article more, and on one less, with passages and vectors given; medians."""
    more = {f"more{number}": next(texts(10, seed=1000 + number)) for number in range(times)}
    added = [cpu_ms(_put, bench, name, text) for name, text in more.items()]
    removed = [cpu_ms(_drop, bench, name) for name in more]
    return statistics.median(added), statistics.median(removed)


def _put(bench: Workbench, name: str, text: Text) -> None:
    generation = index.current(bench.workspace)
    assert generation is not None
    draft = index.begin(bench.workspace, generation)
    body = "\n".join(text.paragraphs)
    cleaned = Cleaned((Span(0, len(body)),), (), (), (), Metadata(title=text.title))
    rows = []
    for paragraph in text.paragraphs:
        at = body.index(paragraph)
        folded = f"{text.title}\n{paragraph}"
        rows.append(
            PassageRow(0, name, at, at + len(paragraph), text.title, (), paragraph, folded, "zh-Hans", f"{name}:{at}")
        )
    rows = draft.add_source(SourceRow(name, "0" * 64, "", "zh-Hans", body, match_key(body), cleaned), rows)
    draft.add_vectors("zh-Hans", [row.pid for row in rows], vectors_of(len(rows), seed=len(body)))
    _commit(draft, generation.manifest)


def _drop(bench: Workbench, name: str) -> None:
    generation = index.current(bench.workspace)
    assert generation is not None
    draft = index.begin(bench.workspace, generation)
    draft.remove_sources([name])
    _commit(draft, generation.manifest)


def _commit(draft: index.Draft, before: Manifest) -> None:
    draft.commit(lambda name: Manifest(name, before.model, layers=before.layers, settings=before.settings)).close()


_OPEN = """
import time
from tests.bench.corpora import load_free
from casekit.workbench import Workbench
import casekit.search, casekit.vectors, faiss, jieba
load_free("").encode_queries([""])  # vectors cost nothing
began = time.process_time()
Workbench({folder!r}, load=load_free).search("会员有多少")
print(time.process_time() - began)
"""


def opening_s(folder: Path) -> float:
    """CPU seconds from opening a workspace to its first answer, in a process that has its libraries loaded."""
    code = _OPEN.format(folder=str(folder))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def workspace_of(folder: Path, passages: int) -> Workbench:
    """A workspace of so many passages, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    return built(folder, passages)
