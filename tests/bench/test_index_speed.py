"""Guards at 5,000 passages: a query hardly grows with the corpus, and an article more or less writes what it brings.

Beside txtai, with 15,000 and 100,000: `python -m tests.bench.bench_peers`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bench.measuring import increments_ms, query_ms, workspace_of

from casekit import index

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("large")


def test_a_query_among_ten_times_as_many_passages_costs_less_than_twice_as_much(folder: Path) -> None:
    few = query_ms(workspace_of(folder / "few", 500).search, 60)
    many = query_ms(workspace_of(folder / "many", 5000).search, 60)
    told = f"query: {few.p50:.1f} ms of CPU among 500 passages, {many.p50:.1f} among 5,000"
    print(f"\n{told}")
    assert many.p50 < 2 * few.p50, told


def test_an_article_more_or_less_writes_what_it_brings(folder: Path) -> None:
    bench = workspace_of(folder / "grown", 5000)
    before = index.current(bench.workspace)
    assert before is not None
    files = {path.stat().st_ino: path.stat().st_size for path in before.folder.rglob("*") if path.is_file()}
    increments_ms(bench, 1)
    after = index.current(bench.workspace)
    assert after is not None
    stats = [path.stat() for path in after.folder.rglob("*") if path.is_file()]
    written = sum(stat.st_size for stat in stats if stat.st_ino not in files)
    told = f"{written:,} of {sum(files.values()):,} bytes were written"
    print(f"\n{told}")
    assert written < 0.1 * sum(files.values()), told
