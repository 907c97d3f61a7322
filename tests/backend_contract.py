"""The contract of backends as tests: a class inherits `BackendContract` and says how one is opened.

`BruteBackend` is the oracle: whatever a backend answers is held to it, ids exactly and scores within rounding.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from casekit.backends import EVERYTHING, Backend, Description, Found, Row, Where, hybrid, slots_of, weights_of
from casekit.backends.brute import BruteBackend
from casekit.errors import BackendError, NotBuiltError, SettingError
from casekit.types import Floats1d

__all__ = ["BackendContract", "rows_of"]

DIM = 16
AVERAGE = 12.0
CLOSE = 1e-4  # float32 sums in another order
_WORDS = ("会员", "门店", "扫码", "数字化", "导购", "直播", "供应链", "app", "2020年", "三成")


def unit(rng: np.random.Generator) -> Floats1d:
    vector = rng.normal(size=DIM)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def rows_of(n: int, *, seed: int = 1) -> list[Row]:
    """Invented passages of four sources, one in seven without a vector, ids without order."""
    rng = np.random.default_rng(seed)
    ids = rng.permutation(2**62 - 1 - np.arange(n) * 1_000_003)
    rows = []
    for number in range(n):
        text = "".join(rng.choice(_WORDS, size=rng.integers(2, 9)))
        rows.append(
            Row(
                id=int(ids[number]),
                source=("甲", 'b "b"', "c\\d", "戊 己")[number % 4],
                start=10 * number,
                end=10 * number + 9,
                script=("zh-Hans", "zh-Hant")[number % 3 == 0],
                role=("", "result")[number % 2],
                text=text,
                digest=f"{number:08x}",
                vector=None if number % 7 == 6 else unit(rng),
                words=weights_of(text, AVERAGE),
            )
        )
    return rows


def array(*ids: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(ids, dtype=np.int64)


def same(found: Found, wanted: Found) -> None:
    """The same scores at every rank; the same ids, but for those whose scores are equal within rounding."""
    assert found.ids.dtype == np.int64
    assert found.scores.dtype == np.float32
    assert len(found) == len(wanted)
    assert np.allclose(found.scores, wanted.scores, atol=CLOSE)
    for a, b, score in zip(found.ids.tolist(), wanted.ids.tolist(), wanted.scores.tolist(), strict=True):
        assert a == b or np.isclose(wanted.scores, score, atol=CLOSE).sum() > 1


class BackendContract:
    """What every backend promises."""

    def open(self) -> Backend:
        raise NotImplementedError

    @pytest.fixture
    def backend(self) -> Iterator[Backend]:
        backend = self.open()
        backend.drop()
        yield backend
        backend.drop()
        backend.close()

    @pytest.fixture
    def filled(self, backend: Backend) -> Backend:
        backend.begin(Description(DIM, "m", AVERAGE))
        backend.upsert(rows_of(60))
        return backend

    @pytest.fixture
    def oracle(self) -> BruteBackend:
        oracle = BruteBackend()
        oracle.begin(Description(DIM, "m", AVERAGE))
        oracle.upsert(rows_of(60))
        return oracle

    def filters(self) -> list[Where]:
        ids = array(*(row.id for row in rows_of(60)[5:25]), 4)
        return [
            EVERYTHING,
            Where(sources=('b "b"',)),
            Where(sources=("甲", "c\\d"), roles=("result", "")),
            Where(scripts=("zh-Hant",)),
            Where(ids=ids),
            Where(ids=array()),
            Where(sources=("甲", "戊 己"), ids=ids),
            Where(sources=("谁",)),
        ]

    def test_nothing_is_there_before_the_first_row(self, backend: Backend) -> None:
        assert backend.describe() is None
        with pytest.raises(NotBuiltError, match="push"):
            backend.count()
        with pytest.raises(NotBuiltError):
            backend.upsert(rows_of(1))

    def test_what_rows_have_in_common_is_settled_once(self, backend: Backend) -> None:
        backend.begin(Description(DIM, "m", AVERAGE))
        backend.begin(Description(DIM, "m", 99.0))
        assert backend.describe() == Description(DIM, "m", AVERAGE)
        assert backend.count() == 0
        with pytest.raises(SettingError):
            backend.begin(Description(DIM, "another", AVERAGE))
        with pytest.raises(SettingError):
            backend.begin(Description(DIM + 1, "m", AVERAGE))

    def test_rows_come_back_as_they_were_written(self, filled: Backend) -> None:
        wanted = rows_of(60)
        found = filled.rows(array(*(row.id for row in wanted), 3))
        assert found.keys() == {row.id for row in wanted}
        for row in wanted:
            one = found[row.id]
            assert (one.source, one.start, one.end, one.script, one.role) == (
                *(row.source, row.start, row.end, row.script, row.role),
            )
            assert (one.text, one.digest) == (row.text, row.digest)
            assert (one.vector is None) == (row.vector is None)
            if row.vector is not None and one.vector is not None:
                assert np.allclose(one.vector, row.vector, atol=CLOSE)
            if "words" not in filled.cannot:
                assert one.words.keys() == row.words.keys()
                assert np.allclose([one.words[s] for s in row.words], list(row.words.values()), atol=CLOSE)

    def test_writing_twice_is_writing_once(self, filled: Backend) -> None:
        rows = rows_of(60)
        filled.upsert(rows[:30])
        filled.upsert(rows)
        assert filled.count() == 60
        assert filled.digests() == {row.id: (row.digest, row.source) for row in rows}

    def test_a_row_is_replaced_by_its_id(self, filled: Backend, oracle: BruteBackend) -> None:
        old, other = rows_of(60)[3], rows_of(1, seed=9)[0]
        new = Row(old.id, old.source, 7, 8, "zh-Hans", "story", "新", "new", other.vector, {7: 2.0})
        for backend in (filled, oracle):
            backend.upsert([new])
        assert filled.count() == 60
        assert filled.rows(array(old.id))[old.id].text == "新"
        assert other.vector is not None
        same(filled.dense(other.vector, "zh-Hans", 5), oracle.dense(other.vector, "zh-Hans", 5))
        assert filled.dense(other.vector, "zh-Hans", 1).ids.tolist() == [old.id]

    def test_what_was_deleted_is_found_by_nothing(self, filled: Backend, oracle: BruteBackend) -> None:
        gone = array(*(row.id for row in rows_of(60)[10:30]), 12345)
        for backend in (filled, oracle):
            backend.delete(gone)
        assert filled.count() == 40
        assert not filled.rows(gone)
        assert filled.digests() == oracle.digests()
        vector = unit(np.random.default_rng(5))
        same(filled.dense(vector, "zh-Hans", 60), oracle.dense(vector, "zh-Hans", 60))

    def test_it_counts_what_a_filter_leaves(self, filled: Backend, oracle: BruteBackend) -> None:
        assert [filled.count(where) for where in self.filters()] == [oracle.count(where) for where in self.filters()]

    def test_meaning_agrees_with_the_oracle(self, filled: Backend, oracle: BruteBackend) -> None:
        rng = np.random.default_rng(3)
        for where in self.filters():
            for script in ("zh-Hans", "zh-Hant"):
                vector = unit(rng)
                same(filled.dense(vector, script, 7, where), oracle.dense(vector, script, 7, where))

    def test_words_agree_with_the_oracle(self, filled: Backend, oracle: BruteBackend) -> None:
        for number, where in enumerate(self.filters()):
            weights = slots_of({"会员": 2.0, "数字": 1.5, "app": 3.0, "没有": 1.0, "店": 0.1 * number})
            if "words" in filled.cannot:
                with pytest.raises(BackendError, match=filled.cannot["words"]):
                    filled.words(weights, 7, where)
            else:
                same(filled.words(weights, 7, where), oracle.words(weights, 7, where))
                assert not len(filled.words(slots_of({"没有这个": 1.0}), 7, where))

    def test_both_together_agree_with_the_oracle(self, filled: Backend, oracle: BruteBackend) -> None:
        vector, weights = unit(np.random.default_rng(4)), slots_of({"会员": 2.0, "直播": 1.0, "app": 3.0})
        for where in self.filters():
            if "words" in filled.cannot:
                with pytest.raises(BackendError):
                    hybrid(filled, vector, "zh-Hans", weights, 5, where)
            else:
                found = hybrid(filled, vector, "zh-Hans", weights, 5, where)
                same(found, hybrid(oracle, vector, "zh-Hans", weights, 5, where))

    def test_bad_rows_change_nothing(self, filled: Backend) -> None:
        good = rows_of(61)[60]
        short = Row(5, "x", 0, 1, "zh-Hans", "", "x", "x", np.ones(DIM + 1, np.float32))
        for bad in (short, Row(-1, "x", 0, 1, "zh-Hans", "", "x", "x"), good):
            with pytest.raises(SettingError):
                filled.upsert([good, bad])
        assert filled.count() == 60
        with pytest.raises(SettingError):
            filled.dense(unit(np.random.default_rng(1)), "zh-Hans", 0)

    def test_all_goes_at_once(self, filled: Backend) -> None:
        filled.drop()
        assert filled.describe() is None
        filled.begin(Description(DIM + 1, "other"))
        assert filled.count() == 0
