"""The contract over a real server, and what is left when it is killed in the middle of writing."""

from __future__ import annotations

import pytest
from tests.backend_contract import DIM, BackendContract, rows_of
from tests.servers.conftest import RealMilvus

from casekit.backends import Backend, Description, open_backend

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # sockets of the package milvus


class TestMilvusServer(BackendContract):
    @pytest.fixture(autouse=True)
    def _server(self, milvus: RealMilvus) -> None:
        self.url = f"{milvus.url}/contract"

    def open(self) -> Backend:
        return open_backend(self.url)


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(milvus: RealMilvus) -> None:
    url, rows = f"{milvus.url}/killed", rows_of(300)
    backend = open_backend(url)
    backend.drop()
    backend.begin(Description(DIM, "m", 12.0))
    for start in range(0, 200, 50):
        backend.upsert(rows[start : start + 50])
    milvus.kill()
    milvus.start()
    again = open_backend(url)
    assert again.digests().keys() == {row.id for row in rows[:200]}
    for start in range(0, 300, 50):
        again.upsert(rows[start : start + 50])
    assert again.count() == 300
    assert again.digests() == {row.id: (row.digest, row.source) for row in rows}
    again.drop()
