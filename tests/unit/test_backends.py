"""Backends by URL: the contract over those that need no server, and over what is sent to one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.backend_contract import BackendContract, rows_of
from tests.milvus_fake import FakeServer

from casekit.backends import Backend, Description, open_backend, slots_of, weights_of
from casekit.backends.brute import BruteBackend
from casekit.backends.exact import ExactBackend
from casekit.backends.milvus import MilvusBackend, lite, server
from casekit.errors import BackendError, SettingError


class TestBrute(BackendContract):
    def open(self) -> Backend:
        return BruteBackend()


class TestFaissInMemory(BackendContract):
    def open(self) -> Backend:
        return open_backend("faiss:")


class TestFaissInAFolder(BackendContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "copy"

    def open(self) -> Backend:
        return open_backend(f"faiss:{self.folder}")


class TestMilvusOnTheWire(BackendContract):
    def open(self) -> Backend:
        return server("//host:19530", connect=FakeServer("v2.5.4".removeprefix("v")).client)


class TestAnOldMilvusOnTheWire(BackendContract):
    def open(self) -> Backend:
        return server("//host:19530", connect=FakeServer("2.3.5").client)

    def test_it_names_what_it_cannot_do(self, backend: Backend) -> None:
        assert "2.3.5" in backend.cannot["words"]


def test_rows_in_a_folder_are_there_when_it_is_opened_again(tmp_path: Path) -> None:
    first = ExactBackend(tmp_path)
    first.begin(Description(16, "m", 12.0))
    first.upsert(rows_of(5))
    first.close()
    assert ExactBackend(tmp_path).count() == 5


def test_more_rows_than_one_answer_holds_are_all_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casekit.backends.milvus.MOST", 8)  # a server gives some thousands
    backend = server("//host", connect=FakeServer().client)
    backend.begin(Description(16, "m", 12.0))
    rows = rows_of(100)
    backend.upsert(rows)
    assert backend.digests().keys() == {row.id for row in rows}


def test_a_collection_of_somebody_else_is_not_touched() -> None:
    there = FakeServer()
    client = there.client("")
    client.create_collection("casekit", schema=client.create_schema(auto_id=False, enable_dynamic_field=False, description="mine"), consistency_level="Strong")  # fmt: skip
    backend = server("//host", connect=there.client)
    for touch in (backend.describe, backend.drop, lambda: backend.begin(Description(2))):
        with pytest.raises(SettingError, match="casekit"):
            touch()
    assert client.has_collection("casekit")


def test_a_server_that_is_gone_is_one_line() -> None:
    there = FakeServer()
    backend = server("//host:1234", connect=there.client)
    backend.begin(Description(16, "m", 12.0))
    there.dies_after = 0
    with pytest.raises(BackendError, match=r"milvus://host:1234.*connection lost"):
        backend.upsert(rows_of(1))


def test_a_collection_that_was_begun_by_halves_is_made_ready() -> None:
    there = FakeServer()
    first = server("//host", connect=there.client)
    first.begin(Description(16, "m", 12.0))
    there.collections["casekit"] |= {"indexes": [], "loaded": False}
    again = server("//host", connect=there.client)
    again.begin(Description(16, "m", 12.0))
    assert again.count() == 0


@pytest.mark.parametrize(
    "url", ["", "redis:x", "milvus", "milvus:host:1", "milvus://", "milvus://a b", "milvus://u:p@h"]
)
def test_what_is_no_url_is_one_line(url: str) -> None:
    with pytest.raises(SettingError, match="milvus"):
        open_backend(url)


@pytest.mark.parametrize("rest", ["", "x.sqlite", "/nowhere/at/all/x.db"])
def test_a_file_of_milvus_ends_in_db_and_lies_in_a_folder(rest: str) -> None:
    with pytest.raises(SettingError):
        lite(rest)


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(BackendError, match=r"casekit\[milvus\]"):
        open_backend("milvus://host")


def test_the_token_is_no_part_of_the_url(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def connect(where: str) -> object:
        asked.append(where)
        return FakeServer().client(where)

    backend = MilvusBackend("milvus://h", "n", "http://h:19530", connect=connect)
    assert (backend.url, asked) == ("milvus://h", ["http://h:19530"])


def test_terms_of_one_kind_have_slots_of_their_own() -> None:
    singles = [chr(one) for first, last in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for one in range(first, last, 97)]
    terms = [*singles, *(a + b for a in singles[::9] for b in singles[::11]), "app", "#2000", "𠀀", "𠀀𠀁"]
    slots = slots_of(dict.fromkeys(terms, 1.0))
    assert len(slots) == len(terms)
    assert 0 < min(slots) < max(slots) < 2**32 - 1


def test_weights_are_those_of_bm25() -> None:
    # K1 0.6, B 0.4: 会 twice among 5 terms (会, 会, 员 and the pairs 会会, 会员) where 5 are usual: 2 * 1.6 / (2 + 0.6)
    weights = weights_of("会会员", 5.0)
    assert weights[next(iter(slots_of({"会": 1.0})))] == pytest.approx(2 * 1.6 / 2.6)
