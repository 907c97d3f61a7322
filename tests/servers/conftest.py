"""A real Milvus server for the tests of this folder, in a network namespace of its own: it listens on all interfaces."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_READY_S = 90  # after kill -9 it may take 40 s


class RealMilvus:
    """The server of the package `milvus` in a folder; it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        from milvus import MilvusServer, _initialize_data_files

        self._folder = folder
        made = MilvusServer(wait_for_started=False)
        made.set_base_dir(str(folder))
        made.config.resolve()
        made.listen_port = self.port = 19530
        _initialize_data_files(str(folder))
        self._program = made.get_milvus_executable_path()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            **os.environ,
            "DEPLOY_MODE": "STANDALONE",
            "MILVUS_RUN_DIR": str(self._folder / "run"),
            "LD_LIBRARY_PATH": str(Path(self._program).parent),
        }
        with (self._folder / "told.log").open("ab") as told:
            self._process = subprocess.Popen(
                [self._program, "run", "standalone"], cwd=self._folder, env=environment, stdout=told, stderr=told
            )
        self._wait()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    stop = kill

    @property
    def url(self) -> str:
        return f"milvus://127.0.0.1:{self.port}"

    def _wait(self) -> None:
        from pymilvus import MilvusClient

        until = time.monotonic() + _READY_S
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    client = MilvusClient(f"http://127.0.0.1:{self.port}", timeout=5)
                client.list_collections()
                client.close()
                return
            except Exception:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealMilvus]:
    if importlib.util.find_spec("milvus") is None:
        pytest.skip("the server (package milvus) is not installed here; see tests/servers/README.md")
    if {name for _, name in socket.if_nameindex()} - {"lo"}:
        pytest.skip("the server listens on all interfaces: run it in a network namespace (make servers)")
    server = RealMilvus(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.stop()
