"""What single backends do of their own: which one is chosen, when IVF trains, what the oracle computes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from casekit.errors import IndexDamagedError, SettingError
from casekit.types import Floats2d
from casekit.vectors import Backend, choose_index, file_sha256, known_schemes, open_index, register_backend
from casekit.vectors import registry as registry_module
from casekit.vectors.brute import BruteIndex
from casekit.vectors.exact import ExactIndex
from casekit.vectors.ivf import IvfIndex
from casekit.vectors.library import load_faiss, threads_for


def rows_of(n: int, dim: int = 16, *, seed: int = 3) -> Floats2d:
    rows = np.random.default_rng(seed).normal(size=(n, dim))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_the_oracle_gives_what_plain_arithmetic_gives() -> None:
    # (1, 0), (0.6, 0.8), (0, 1) against (0.8, 0.6): products 0.8, 0.96, 0.6, by hand
    index = BruteIndex(2)
    index.add(np.array([5, 6, 7]), np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32))
    scores, ids = index.search(np.array([[0.8, 0.6]], dtype=np.float32), 3)
    assert ids.tolist() == [[6, 5, 7]]
    np.testing.assert_allclose(scores, [[0.96, 0.8, 0.6]], atol=1e-6)


def test_a_small_corpus_gets_exact_search_and_a_large_one_cells() -> None:
    assert isinstance(choose_index(10, 8), ExactIndex)
    assert isinstance(choose_index(registry_module.EXACT_UP_TO, 8), ExactIndex)
    assert isinstance(choose_index(registry_module.EXACT_UP_TO + 1, 8), IvfIndex)


@pytest.mark.parametrize("url", ["faiss", "faiss:nonsense", "brute:1", "milvus://localhost:19530", "", ":"])
def test_a_backend_that_is_not_there_is_refused_by_name(url: str) -> None:
    with pytest.raises(SettingError, match="faiss:"):
        choose_index(10, 8, url=url)


def test_a_backend_can_be_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "_BACKENDS", dict(registry_module._BACKENDS))
    seen: list[tuple[str, int, int]] = []

    def create(rest: str, n: int, dim: int) -> BruteIndex:
        seen.append((rest, n, dim))
        return BruteIndex(dim)

    register_backend("toy", Backend(create, {}))
    choose_index(7, 8, url="toy://host:1/x")
    assert seen == [("//host:1/x", 7, 8)]
    assert known_schemes() == ("faiss", "brute", "toy")


def test_ivf_is_exact_until_it_is_trained() -> None:
    index = IvfIndex(16, expected=2000)
    rows = rows_of(1999)
    index.add(np.arange(1999), rows)
    assert index.cells == 0
    np.testing.assert_array_equal(index.reconstruct(np.arange(5)), rows[:5])
    index.add(np.array([1999]), rows_of(1, seed=4))
    # 4 sqrt(2000) = 179, the nearest power of two is 128; 2000 // 39 = 51 cells can be trained
    assert index.cells == 51
    assert len(index) == 2000


def test_ivf_trains_anew_when_it_has_grown_fourfold() -> None:
    rows = rows_of(8000)
    index = IvfIndex(16)
    index.add(np.arange(2000), rows[:2000])
    before = index.cells
    index.add(np.arange(2000, 7999), rows[2000:7999])
    assert index.cells == before
    index.add(np.array([7999]), rows[7999:])
    assert index.cells == 205  # 8000 // 39; 4 sqrt(8000) = 358 would round to 256
    _, ids = index.search(rows[::50], 1)
    assert (ids[:, 0] == np.arange(0, 8000, 50)).mean() >= 0.99  # rows were compressed twice


def test_a_damaged_file_is_reported_whatever_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.index"
    with pytest.raises(IndexDamagedError, match=r"x\.index"):
        open_index(path)
    path.mkdir()
    with pytest.raises(IndexDamagedError):
        open_index(path)
    other = tmp_path / "y.index"
    other.write_bytes(b"not an index" * 100)
    with pytest.raises(IndexDamagedError):
        open_index(other)


def test_file_sha256_is_the_hash_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    # FIPS 180-2, appendix B.1
    assert file_sha256(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(("queries", "threads"), [(1, 1), (63, 1), (64, 3)])
def test_few_queries_use_one_thread_and_give_the_others_back(queries: int, threads: int) -> None:
    faiss = load_faiss()
    usual = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(3)
    try:
        with threads_for(queries):
            assert faiss.omp_get_max_threads() == threads
        assert faiss.omp_get_max_threads() == 3
    finally:
        faiss.omp_set_num_threads(usual)


def test_importing_the_package_does_not_import_faiss() -> None:
    code = "import sys, casekit.vectors; sys.exit('faiss' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
