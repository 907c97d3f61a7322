"""Guards at 5,000 passages: a query hardly grows with the corpus, and an article more or less writes what it brings.

Beside txtai where it is installed; with 15,000 and 100,000: `python -m tests.bench.bench_peers`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bench.corpora import DIM
from tests.bench.measuring import increments_ms, opening_s, paired, query_ms, size_of, workspace_of

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


def test_an_index_takes_little_more_than_its_texts_and_vectors(folder: Path) -> None:
    workspace_of(folder / "sized", 5000).close()
    texts = sum(path.stat().st_size for path in (folder / "sized" / "corpus").rglob("*") if path.is_file())
    rows = 5000 * (220 * 3 + DIM * 4)
    told = f"{size_of(folder / 'sized'):,} bytes of index for {rows:,} of passages and vectors ({texts:,} in corpus/)"
    print(f"\n{told}")
    assert size_of(folder / "sized") < 3.2 * rows, told


def test_opening_hardly_grows_with_the_corpus(folder: Path) -> None:
    """What is read at the first answer is what the question needs: of the dictionary, of the catalogue, of the index."""
    for number in (500, 5000):
        workspace_of(folder / f"opened{number}", number).close()
    few, many = (min(opening_s(folder / f"opened{number}") for _ in range(3)) for number in (500, 5000))
    told = f"opening and the first answer: {few:.2f} s of CPU with 500 passages, {many:.2f} with 5,000"
    print(f"\n{told}")
    assert many < few + 0.3, told
    assert many < 1.5, told


def test_queries_and_bytes_beside_txtai(folder: Path) -> None:
    pytest.importorskip("txtai", reason="the peer is installed by `make bench`")
    from tests.bench.peers import Peer

    bench = workspace_of(folder / "beside", 5000)
    peer = Peer(5000)
    asked = paired(bench.search, peer.search, 60)
    bytes_ratio = size_of(folder / "beside") / peer.save(folder / "peer")
    told = f"a query takes {asked.cpu_ratio:.2f} times txtai's CPU time, {asked.wall_ratio:.2f} times as long; bytes {bytes_ratio:.2f}"
    print(f"\n{told}")
    assert asked.cpu_ratio < 1.6, told
    assert bytes_ratio < 1.3, told
