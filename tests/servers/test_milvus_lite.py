"""The contract over Milvus' library for one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.backend_contract import BackendContract

from casekit.backends import Backend, open_backend

pytest.importorskip("milvus_lite", reason="milvus-lite is not installed here; see tests/servers/README.md")


class TestMilvusLite(BackendContract):
    @pytest.fixture(autouse=True)
    def _file(self, tmp_path: Path) -> None:
        self.url = f"milvus+lite:{tmp_path / 'passages.db'}"

    def open(self) -> Backend:
        return open_backend(self.url)
