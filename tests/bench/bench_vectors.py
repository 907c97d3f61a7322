"""Exact search against IVF, by size: where the one should give way to the other (`registry.EXACT_UP_TO`).

`python tests/bench/bench_vectors.py [ROWS …]` prints the table; `pytest -m bench tests/bench/bench_vectors.py` times one
query each with pytest-benchmark. Rows are synthetic, made to look like sentence vectors: a common direction (unrelated
texts have cosine 0.75 or so), topics, and noise of few effective dimensions.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from casekit.types import Floats2d
from casekit.vectors import VectorIndex, choose_index, open_index

DIM, K, QUERIES = 384, 10, 100
URLS = ("faiss:flat", "faiss:ivf")


class Benchmark(Protocol):
    def __call__(self, function: object, *args: object) -> object: ...


def sentence_like_rows(n: int, *, seed: int = 1) -> Floats2d:
    """Unit rows: the last `QUERIES` are near neighbours of others, as questions are of their answers."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=DIM).astype(np.float32)
    common /= np.linalg.norm(common)
    spread = rng.normal(size=(96, DIM)).astype(np.float32) * (np.arange(1, 97, dtype=np.float32) ** -0.3)[:, None]
    topics = rng.normal(size=(max(2, n // 100), 96)).astype(np.float32)
    rows = np.empty((n + QUERIES, DIM), dtype=np.float32)
    for first in range(0, n, 20_000):
        last = min(n, first + 20_000)
        inside = topics[rng.integers(len(topics), size=last - first)]
        inside = inside + 0.7 * rng.normal(size=inside.shape).astype(np.float32)
        around = inside @ spread
        around /= np.linalg.norm(around, axis=1, keepdims=True)
        rows[first:last] = 1.75 * common + around  # 1.75^2 / (1.75^2 + 1) = 0.75
    asked = rng.integers(n, size=QUERIES)
    rows[n:] = rows[asked] + 0.4 * rng.normal(size=(QUERIES, DIM)).astype(np.float32) / np.sqrt(DIM)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def measure(url: str, rows: Floats2d, queries: Floats2d, truth: list[list[int]]) -> tuple[list[list[int]], str]:
    """The neighbours found, and a line of the table."""
    n = len(rows)
    index = choose_index(n, DIM, url=url)
    started = time.perf_counter()
    index.add(np.arange(n), rows)
    build_s = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.index"
        index.save(path)
        megabytes = path.stat().st_size / 1e6
        started = time.perf_counter()
        index = open_index(path)
        open_ms = 1e3 * (time.perf_counter() - started)
    times, found = [], []
    for query in queries:
        started = time.perf_counter()
        _, ids = index.search(query[None], K)
        times.append(1e3 * (time.perf_counter() - started))
        found.append(ids[0].tolist())
    recall = float(np.mean([len(set(a) & set(b)) / K for a, b in zip(found, truth or found, strict=True)]))
    p50, p95 = np.percentile(times, [50, 95])
    line = f"{n:>9} {url:<11} {build_s:>7.1f} {megabytes:>7.0f} {open_ms:>7.0f} {p50:>7.2f} {p95:>7.2f} {recall:>7.3f}"
    return found, line


def main(sizes: list[int]) -> None:
    print(
        f"{'rows':>9} {'backend':<11} {'build s':>7} {'MB':>7} {'open ms':>7} {'p50 ms':>7} {'p95 ms':>7} {'R@10':>7}"
    )
    for n in sizes:
        rows = sentence_like_rows(n)
        truth: list[list[int]] = []
        for url in URLS:
            found, line = measure(url, rows[:n], rows[n:], truth)
            truth = truth or found
            print(line, flush=True)


@pytest.mark.bench
@pytest.mark.parametrize("url", URLS)
def test_one_query_among_50_000(url: str, benchmark: Benchmark) -> None:
    rows = sentence_like_rows(50_000)
    index: VectorIndex = choose_index(50_000, DIM, url=url)
    index.add(np.arange(50_000), rows[:50_000])
    benchmark(lambda: index.search(rows[-1:], K))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 50_000, 100_000, 200_000])
