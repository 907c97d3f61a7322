"""What every vector index promises; `BruteIndex` is the oracle, and is itself checked against plain arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import examples

from casekit.errors import IndexDamagedError, SettingError
from casekit.types import Floats2d
from casekit.vectors import Ids, VectorIndex, choose_index, file_sha256, open_index
from casekit.vectors.brute import BruteIndex

BACKENDS = ["brute:", "faiss:flat", "faiss:ivf"]
DIM = 24
EXACT = 1e-5  # float32 sums in another order
COMPRESSED = 0.01  # SQ8 over [-1, 1]: half a step of 2/255 a number, mostly cancelling out over the row


def rows_of(n: int, *, seed: int = 7, dim: int = DIM) -> Floats2d:
    """Unit rows in clusters, as texts about the same things are."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(max(1, n // 40), dim))
    rows = centres[rng.integers(len(centres), size=n)] + 0.6 * rng.normal(size=(n, dim))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


def ids_of(n: int, *, seed: int = 7) -> Ids:
    """Ids without order and with gaps."""
    return np.random.default_rng(seed).permutation(10 * n)[:n].astype(np.int64)


def filled(url: str, n: int = 2000) -> tuple[VectorIndex, Ids, Floats2d]:
    index = choose_index(n, DIM, url=url)
    ids, rows = ids_of(n), rows_of(n)
    index.add(ids, rows)
    return index, ids, rows


def tolerance(url: str) -> float:
    return COMPRESSED if url == "faiss:ivf" else EXACT


@pytest.mark.parametrize("url", BACKENDS)
def test_search_agrees_with_the_oracle(url: str) -> None:
    index, ids, rows = filled(url)
    oracle = BruteIndex(DIM)
    oracle.add(ids, rows)
    queries = rows_of(50, seed=8)
    scores, found = index.search(queries, 10)
    true_scores, true = oracle.search(queries, 10)
    assert scores.dtype == np.float32
    assert found.dtype == np.int64
    if url == "faiss:ivf":
        recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found.tolist(), true.tolist(), strict=True)])
        assert recall >= 0.85  # clustered rows, a quarter of the cells looked at; 0.97 when written
    else:
        assert (found == true).all()
        np.testing.assert_allclose(scores, true_scores, atol=EXACT)


@pytest.mark.parametrize("url", BACKENDS)
def test_a_score_is_the_cosine_of_query_and_row(url: str) -> None:
    index, ids, rows = filled(url)
    queries = rows_of(5, seed=9)
    scores, found = index.search(queries, 3)
    by_id = {int(i): row for i, row in zip(ids, rows, strict=True)}
    for query, line, numbers in zip(queries, scores, found, strict=True):
        expected = [float(np.dot(query, by_id[int(i)])) for i in numbers]  # plain arithmetic, no index
        np.testing.assert_allclose(line, expected, atol=tolerance(url))
        assert list(line) == sorted(line, reverse=True)


@pytest.mark.parametrize("url", BACKENDS)
def test_a_row_finds_itself_first(url: str) -> None:
    index, ids, rows = filled(url)
    _, found = index.search(rows[:100], 1)
    assert (found[:, 0] == ids[:100]).all()


@pytest.mark.parametrize("url", BACKENDS)
def test_equal_rows_come_in_the_order_of_their_ids(url: str) -> None:
    index = choose_index(3, DIM, url=url)
    row = rows_of(1)
    index.add(np.array([30, 10, 20]), np.repeat(row, 3, axis=0))
    _, found = index.search(row, 3)
    assert found.tolist() == [[10, 20, 30]]


@pytest.mark.parametrize("url", BACKENDS)
def test_an_id_is_never_taken_twice(url: str) -> None:
    index, ids, rows = filled(url)
    with pytest.raises(SettingError, match=str(ids[3])):
        index.add(np.array([999_999, ids[3]]), rows[:2])
    with pytest.raises(SettingError, match="999999"):
        index.add(np.array([999_999, 999_999]), rows[:2])
    assert len(index) == len(ids)
    assert 999_999 not in index.ids()


@pytest.mark.parametrize("url", BACKENDS)
@pytest.mark.parametrize(
    ("ids", "rows"),
    [
        ([-1], rows_of(1)),
        ([1], rows_of(1) * 2),
        ([1], np.full((1, DIM), np.nan, dtype=np.float32)),
        ([1], np.zeros((1, DIM), dtype=np.float32)),
        ([1], rows_of(1, dim=DIM + 1)),
        ([1, 2], rows_of(1)),
    ],
    ids=["negative id", "not unit", "NaN", "zero", "dimension", "count"],
)
def test_rows_that_cannot_be_compared_are_refused(url: str, ids: list[int], rows: Floats2d) -> None:
    index = choose_index(1, DIM, url=url)
    with pytest.raises(SettingError):
        index.add(np.array(ids), rows)
    assert len(index) == 0


@pytest.mark.parametrize("url", BACKENDS)
def test_removed_rows_are_gone_and_the_others_stay(url: str) -> None:
    index, ids, rows = filled(url)
    index.remove(ids[:500])
    assert len(index) == 1500
    assert index.ids().tolist() == sorted(ids[500:].tolist())
    _, found = index.search(rows, 5)
    assert not np.isin(found, ids[:500]).any()
    assert (found[500:, 0] == ids[500:]).all()
    np.testing.assert_allclose(index.reconstruct(ids[500:510]), rows[500:510], atol=tolerance(url))


@pytest.mark.parametrize("url", BACKENDS)
def test_removing_an_unknown_id_removes_nothing(url: str) -> None:
    index, ids, _ = filled(url)
    with pytest.raises(SettingError, match="999999"):
        index.remove(np.array([ids[0], 999_999]))
    assert len(index) == len(ids)


@pytest.mark.parametrize("url", BACKENDS)
def test_a_removed_row_can_come_back(url: str) -> None:
    index, ids, rows = filled(url)
    index.remove(ids[:3])
    index.add(ids[:3], rows[:3])
    _, found = index.search(rows[:3], 1)
    assert found[:, 0].tolist() == ids[:3].tolist()


@pytest.mark.parametrize("url", BACKENDS)
@pytest.mark.parametrize("share", [0.01, 0.5, 1.0])
def test_a_filtered_search_is_a_search_of_the_allowed_rows(url: str, share: float) -> None:
    index, ids, rows = filled(url)
    allowed = ids[: int(share * len(ids))]
    oracle = BruteIndex(DIM)
    oracle.add(allowed, rows[: len(allowed)])
    queries = rows_of(20, seed=10)
    scores, found = index.search(queries, 5, allowed=np.append(allowed, 888_888))  # an id that is not there
    true_scores, _ = oracle.search(queries, 5)
    assert np.isin(found, allowed).all()
    np.testing.assert_allclose(scores, true_scores, atol=tolerance(url))


@pytest.mark.parametrize("url", BACKENDS)
def test_where_there_are_too_few_rows_the_rest_is_minus_one(url: str) -> None:
    index, ids, rows = filled(url)
    scores, found = index.search(rows[:2], 4, allowed=ids[:3])
    assert (found[:, :3] >= 0).all()
    assert (found[:, 3] == -1).all()
    assert np.isneginf(scores[:, 3]).all()
    _, nothing = index.search(rows[:2], 4, allowed=np.empty(0, dtype=np.int64))
    assert (nothing == -1).all()


@pytest.mark.parametrize("url", BACKENDS)
def test_as_many_rows_come_as_were_asked_for(url: str) -> None:
    index, ids, rows = filled(url)
    _, found = index.search(rows[:3], len(ids))
    for line in found:
        assert sorted(line.tolist()) == sorted(ids.tolist())


@pytest.mark.parametrize("url", BACKENDS)
def test_an_empty_index_answers_with_nothing(url: str, tmp_path: Path) -> None:
    index = choose_index(0, DIM, url=url)
    for empty in (index, _saved_and_opened(index, tmp_path)):
        scores, found = empty.search(rows_of(2), 3)
        assert found.tolist() == [[-1, -1, -1]] * 2
        assert np.isneginf(scores).all()
        assert len(empty) == 0
        assert empty.reconstruct(np.empty(0, dtype=np.int64)).shape == (0, DIM)
        empty.add(np.empty(0, dtype=np.int64), np.empty((0, DIM), dtype=np.float32))


@pytest.mark.parametrize("url", BACKENDS)
def test_no_query_gives_no_line(url: str) -> None:
    index, _, _ = filled(url)
    scores, found = index.search(np.empty((0, DIM), dtype=np.float32), 3)
    assert scores.shape == found.shape == (0, 3)


@pytest.mark.parametrize("url", BACKENDS)
def test_queries_of_another_shape_are_refused(url: str) -> None:
    index, _, rows = filled(url)
    with pytest.raises(SettingError):
        index.search(rows[0], 3)
    with pytest.raises(SettingError):
        index.search(rows[:1, :-1], 3)
    with pytest.raises(SettingError):
        index.search(rows[:1], 0)


@pytest.mark.parametrize("url", BACKENDS)
def test_rows_come_back_as_they_went_in(url: str) -> None:
    index, ids, rows = filled(url)
    back = index.reconstruct(ids[[5, 1, 5]])
    np.testing.assert_allclose(back, rows[[5, 1, 5]], atol=tolerance(url))
    with pytest.raises(SettingError, match="999999"):
        index.reconstruct(np.array([999_999]))


@pytest.mark.parametrize("url", BACKENDS)
def test_a_saved_index_answers_as_before_and_can_go_on(url: str, tmp_path: Path) -> None:
    index, ids, rows = filled(url)
    index.remove(ids[:7])
    opened = _saved_and_opened(index, tmp_path)
    assert opened.kind == index.kind
    assert opened.dim == DIM
    assert opened.ids().tolist() == index.ids().tolist()
    queries = rows_of(30, seed=11)
    for before, after in zip(index.search(queries, 10), opened.search(queries, 10), strict=True):
        np.testing.assert_array_equal(before, after)
    opened.add(ids[:7], rows[:7])
    opened.remove(ids[100:110])
    _, found = opened.search(rows[:7], 1)
    assert found[:, 0].tolist() == ids[:7].tolist()


@pytest.mark.parametrize("url", BACKENDS)
@pytest.mark.parametrize("where", [0.0, 0.3, 0.6, 0.999, 1.0])
def test_one_flipped_bit_is_noticed(url: str, where: float, tmp_path: Path) -> None:
    index, _, _ = filled(url, 1000)
    path = tmp_path / "rows.index"
    index.save(path)
    data = bytearray(path.read_bytes())
    data[int(where * (len(data) - 1))] ^= 0x10
    path.write_bytes(data)
    with pytest.raises(IndexDamagedError, match=r"rows\.index"):
        open_index(path)


@pytest.mark.parametrize("url", BACKENDS)
@pytest.mark.parametrize("left", [0.0, 0.001, 0.5, 0.9999])
def test_a_file_cut_short_is_noticed(url: str, left: float, tmp_path: Path) -> None:
    index, _, _ = filled(url, 1000)
    path = tmp_path / "rows.index"
    index.save(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(left * len(data))])
    with pytest.raises(IndexDamagedError):
        open_index(path)


@pytest.mark.parametrize("url", BACKENDS)
def test_the_same_rows_make_the_same_file(url: str, tmp_path: Path) -> None:
    hashes = set()
    for name in ("a", "b"):
        index, _, _ = filled(url, 1000)
        index.save(tmp_path / name)
        hashes.add(file_sha256(tmp_path / name))
    assert len(hashes) == 1


@pytest.mark.parametrize("url", BACKENDS)
def test_saving_replaces_the_old_file_and_leaves_no_other(url: str, tmp_path: Path) -> None:
    index, ids, _ = filled(url, 1000)
    path = tmp_path / "rows.index"
    index.save(path)
    index.remove(ids[:10])
    index.save(path)
    assert len(open_index(path)) == 990
    assert [p.name for p in tmp_path.iterdir()] == ["rows.index"]


@pytest.mark.parametrize("url", BACKENDS)
def test_where_nothing_can_be_written_an_oserror_says_so(url: str, tmp_path: Path) -> None:
    index, _, _ = filled(url, 100)
    with pytest.raises(OSError, match="nowhere"):
        index.save(tmp_path / "nowhere" / "rows.index")


@settings(max_examples=examples(25), deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("url", ["brute:", "faiss:flat"])
def test_any_history_of_adding_and_removing_ends_like_a_fresh_index(url: str, data: st.DataObject) -> None:
    pool = rows_of(60)
    index = choose_index(60, DIM, url=url)
    present: set[int] = set()
    for _ in range(data.draw(st.integers(1, 6))):
        new = data.draw(st.sets(st.integers(0, 59), max_size=20)) - present
        index.add(np.array(sorted(new), dtype=np.int64), pool[sorted(new)])
        present |= new
        gone = data.draw(st.sets(st.sampled_from(sorted(present)), max_size=10)) if present else set()
        index.remove(np.array(sorted(gone), dtype=np.int64))
        present -= gone
    fresh = BruteIndex(DIM)
    fresh.add(np.array(sorted(present), dtype=np.int64), pool[sorted(present)])
    queries = rows_of(4, seed=12)
    scores, ids = index.search(queries, 8)
    fresh_scores, fresh_ids = fresh.search(queries, 8)
    np.testing.assert_allclose(scores, fresh_scores, atol=EXACT)
    np.testing.assert_array_equal(ids, fresh_ids)
    assert index.ids().tolist() == sorted(present)


def _saved_and_opened(index: VectorIndex, folder: Path) -> VectorIndex:
    index.save(folder / "rows.index")
    return open_index(folder / "rows.index")
