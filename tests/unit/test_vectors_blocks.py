"""Rows in blocks answer as one exact index does, in whatever steps they came and went; cells find nearly all of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import examples
from tests.unit.test_vectors_contract import DIM, rows_of

from casekit.errors import IndexDamagedError, SettingError
from casekit.types import Floats2d
from casekit.vectors import BlockedDraft, BlockedIndex, Ids, blocks
from casekit.vectors.brute import BruteIndex


def grown(folder: Path, *steps: tuple[Ids, Ids]) -> Path | None:
    """The folder after steps, each adding the rows of some ids and removing others; None where nothing is left."""
    before: Path | None = None
    for number, (added, gone) in enumerate(steps):
        draft = BlockedDraft(folder / str(number), previous=before)
        if len(added):
            draft.add(added, ROWS[added])
        if len(gone):
            assert (draft.remove(gone) == ROWS[gone]).all()
        before = folder / str(number) if draft.commit() else None
    return before


ROWS = rows_of(400)
QUERIES = rows_of(3, seed=8)


def ids(*numbers: int) -> Ids:
    return np.array(numbers, dtype=np.int64)


@settings(deadline=None, max_examples=examples(40))
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
    st.integers(1, 30),
    st.booleans(),
)
def test_blocks_answer_as_one_exact_index(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], chance: object, k: int, filtered: bool
) -> None:
    import random

    assert isinstance(chance, random.Random)
    steps, at = [], 0
    left: list[int] = []
    for size in sizes:
        gone = chance.sample(left, chance.randint(0, len(left) // 2))
        steps.append((np.arange(at, at + size), ids(*sorted(gone))))
        left = [one for one in left if one not in gone] + list(range(at, at + size))
        at += size
    folder = grown(tmp_path_factory.mktemp("v"), *steps)
    assert folder is not None
    index = BlockedIndex(folder)
    oracle = BruteIndex(DIM)
    oracle.add(ids(*left), ROWS[left])
    allowed = ids(*chance.sample(range(at), at // 2)) if filtered else None
    scores, found = index.search(QUERIES, k, allowed=allowed)
    true_scores, true = oracle.search(QUERIES, k, allowed=allowed)
    assert found.tolist() == true.tolist()
    np.testing.assert_allclose(scores, true_scores, atol=1e-5)
    assert index.ids().tolist() == sorted(left)
    assert len(index) == len(left)
    assert (index.reconstruct(ids(*left)) == ROWS[left]).all()


def test_a_filter_of_many_is_a_filter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_FEW", 3)
    folder = grown(tmp_path, (np.arange(200), ids()), (np.arange(200, 300), ids(7, 9)))
    assert folder is not None
    oracle = BruteIndex(DIM)
    oracle.add(np.arange(300), ROWS[:300])
    allowed = np.setdiff1d(np.arange(0, 300, 3), ids(7, 9))
    _, found = BlockedIndex(folder).search(QUERIES, 20, allowed=np.append(allowed, 9))
    assert found.tolist() == oracle.search(QUERIES, 20, allowed=allowed)[1].tolist()


def many_rows(n: int, *, seed: int) -> Floats2d:
    """Unit rows of two kinds, one of them in groups of ten near to each other; all have a direction in common, as texts have."""
    rng = np.random.default_rng(seed)
    centres = np.repeat(rng.standard_normal((n // 20 + 1, 64)), 10, axis=0)[: n // 2]
    rows = rng.standard_normal((n, 64)) + 2 * np.random.default_rng(0).standard_normal(64)
    rows[: n // 2] += 3 * (centres - 0.7 * rows[: n // 2])
    rows = rng.permutation(rows, axis=0)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_half_bytes_propose_what_is_nearest_in_a_large_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_FEW", 100)
    rows, queries = many_rows(6000, seed=1), many_rows(60, seed=2)
    draft = BlockedDraft(tmp_path / "0")
    draft.add(np.arange(6000), rows)
    draft.commit()
    index = BlockedIndex(tmp_path / "0")
    oracle = BruteIndex(64)
    oracle.add(np.arange(6000), rows)
    for allowed in (None, np.arange(0, 6000, 3), np.arange(100, 5000)):
        for k, least in ((10, 1.0), (100, 0.98)):
            scores, found = index.search(queries, k, allowed=allowed)
            true_scores, true = oracle.search(queries, k, allowed=allowed)
            recall = np.mean([len(set(a) & set(b)) / k for a, b in zip(found.tolist(), true.tolist(), strict=True)])
            assert recall >= least, (k, recall)
            np.testing.assert_allclose(scores, true_scores, atol=0.01)


def test_a_large_block_that_grew_and_shrank_answers_as_one_made_at_once(tmp_path: Path) -> None:
    rows, queries = many_rows(7000, seed=3), many_rows(40, seed=4)
    draft = BlockedDraft(tmp_path / "0")
    draft.add(np.arange(6000), rows[:6000])
    draft.commit()
    draft = BlockedDraft(tmp_path / "1", previous=tmp_path / "0")
    draft.add(np.arange(6000, 7000), rows[6000:])
    draft.remove(np.arange(0, 6000, 7))
    draft.commit()
    left = np.setdiff1d(np.arange(7000), np.arange(0, 6000, 7))
    draft = BlockedDraft(tmp_path / "once")
    draft.add(left, rows[left])
    draft.commit()
    grown, once = BlockedIndex(tmp_path / "1"), BlockedIndex(tmp_path / "once")
    for k in (1, 10):
        scores, found = grown.search(queries, k)
        true_scores, true = once.search(queries, k)
        assert found.tolist() == true.tolist()
        np.testing.assert_allclose(scores, true_scores, atol=1e-6)


def test_cells_propose_and_exact_rows_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "EXACT_UP_TO", 1000)
    rows = rows_of(4000)
    draft = BlockedDraft(tmp_path / "0")
    draft.add(np.arange(3800), rows[:3800])
    draft.commit()
    draft = BlockedDraft(tmp_path / "1", previous=tmp_path / "0")
    draft.add(np.arange(3800, 4000), rows[3800:])
    draft.remove(np.arange(0, 3800, 50))
    draft.commit()
    assert (tmp_path / "0" / "cells.faiss").read_bytes() == (tmp_path / "1" / "cells.faiss").read_bytes()
    index = BlockedIndex(tmp_path / "1")
    assert index.kind == "cells"
    oracle = BruteIndex(DIM)
    left = np.setdiff1d(np.arange(4000), np.arange(0, 3800, 50))
    oracle.add(left, rows[left])
    queries = rows_of(30, seed=8)
    scores, found = index.search(queries, 10)
    _, true = oracle.search(queries, 10)
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found.tolist(), true.tolist(), strict=True)])
    assert recall >= 0.85  # as for the cells alone (test_vectors_contract.py)
    assert not np.isin(found, np.arange(0, 3800, 50)).any()
    for query, line, numbers in zip(queries, scores, found, strict=True):
        np.testing.assert_allclose(line, rows[numbers] @ query, atol=1e-6)  # exact, not as compressed
    assert (index.search(rows[3800:3810], 1)[1][:, 0] == np.arange(3800, 3810)).all()  # what came since is found, too
    draft = BlockedDraft(tmp_path / "2", previous=tmp_path / "1")
    draft.remove(np.arange(1, 3000, 2))
    draft.commit()
    assert (tmp_path / "2" / "cells.faiss").read_bytes() != (tmp_path / "1" / "cells.faiss").read_bytes()


def test_one_more_row_writes_what_it_brings(tmp_path: Path) -> None:
    rows = rows_of(3000)
    draft = BlockedDraft(tmp_path / "0")
    draft.add(np.arange(2900), rows[:2900])
    draft.commit()
    (large,) = (tmp_path / "0").iterdir()
    for step in (1, 2, 3):
        before = tmp_path / str(step - 1)
        draft = BlockedDraft(tmp_path / str(step), previous=before, link=lambda one, two: two.hardlink_to(one))
        draft.add(ids(2899 + step), rows[2899 + step : 2900 + step])
        draft.remove(ids(step))
        draft.commit()
        assert (tmp_path / str(step) / large.name).samefile(large)
        others = [path for path in (tmp_path / str(step)).iterdir() if path.name != large.name]
        assert sum(path.stat().st_size for path in others) < 1000
    assert len(BlockedIndex(tmp_path / "3")) == 2900


def test_ids_are_never_taken_twice_nor_taken_out_twice(tmp_path: Path) -> None:
    grown(tmp_path, (np.arange(5), ids()))
    draft = BlockedDraft(tmp_path / "n", previous=tmp_path / "0")
    with pytest.raises(SettingError, match="4"):
        draft.add(ids(4), ROWS[:1])
    with pytest.raises(SettingError, match="77"):
        draft.remove(ids(1, 77))
    with pytest.raises(SettingError, match="77"):
        BlockedIndex(tmp_path / "0").reconstruct(ids(77))
    fresh = BlockedDraft(tmp_path / "m")
    with pytest.raises(SettingError, match="1"):
        fresh.remove(ids(1))
    fresh.add(ids(1, 2, 3), ROWS[1:4])
    assert (fresh.remove(ids(2)) == ROWS[2:3]).all()
    assert fresh.commit()
    assert BlockedIndex(tmp_path / "m").ids().tolist() == [1, 3]


def test_where_the_last_row_goes_the_folder_goes(tmp_path: Path) -> None:
    assert grown(tmp_path, (ids(1, 2), ids()), (ids(), ids(1, 2))) is None
    assert not (tmp_path / "1").exists()


@pytest.mark.parametrize("content", [b"", b"no rows", b"CKROWS\x00\x01" + b"\xff" * 40])
def test_a_file_that_holds_no_rows_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError):
        BlockedIndex(tmp_path)
    (tmp_path / "block-000001.bin").write_bytes(content)
    with pytest.raises(IndexDamagedError):
        BlockedIndex(tmp_path)
