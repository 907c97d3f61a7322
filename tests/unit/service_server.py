"""A Jupyter server with casekit's extension in this process, on loopback, for tests."""

from __future__ import annotations

import asyncio
import http.client
import json
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from casekit.jupyter.service.desk import Desk

__all__ = ["TOKEN", "Reply", "Server", "serving"]

TOKEN = "for-the-test-only"
_START_S = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, its JSON and its headers."""

    status: int
    data: Any
    headers: dict[str, str]


@dataclass
class Server:
    """A running server: requests with its token, unless told otherwise."""

    port: int
    base: str
    desk: Desk
    log: list[logging.LogRecord] = field(default_factory=list)

    def ask(
        self,
        method: str,
        route: str,
        body: object = None,
        *,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
        **query: Any,
    ) -> Reply:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        pairs = [(k, v) for k, value in query.items() for v in (value if isinstance(value, list) else [value])]
        path = f"{self.base}casekit/api/{quote(route)}" + (f"?{urlencode(pairs)}" if pairs else "")
        sent = raw if raw is not None else None if body is None else json.dumps(body).encode()
        given = {"Authorization": f"token {TOKEN}"} if headers is None else headers
        try:
            connection.request(method, path, body=sent, headers=given)
            answer = connection.getresponse()
            text = answer.read()
            return Reply(answer.status, json.loads(text), {k.lower(): v for k, v in answer.getheaders()})
        finally:
            connection.close()

    def get(self, route: str, **query: Any) -> Any:
        """The JSON of a request that must succeed."""
        reply = self.ask("GET", route, **query)
        assert reply.status == 200, reply
        return reply.data

    def post(self, route: str, body: object) -> Any:
        """The JSON of a request that must succeed."""
        reply = self.ask("POST", route, body)
        assert reply.status in (200, 201), reply
        return reply.data


class _Kept(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__()
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@contextmanager
def serving(root: Path, home: Path, *, workspace: str = "", base: str = "/") -> Iterator[Server]:
    """A server whose root folder is `root`; `home` takes what Jupyter writes."""
    from jupyter_server.serverapp import ServerApp
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets
    from traitlets.config import Config

    class Quiet(ServerApp):
        def init_signal(self) -> None:
            """A thread cannot take signals."""

    config = Config()
    config.ServerApp.root_dir = str(root)
    config.ServerApp.base_url = base
    config.ServerApp.open_browser = False
    config.ServerApp.allow_root = True
    config.ServerApp.jpserver_extensions = {"casekit.jupyter.service": True}
    config.IdentityProvider.token = TOKEN
    if workspace:
        config.CasekitService.workspace = workspace
    ready = threading.Event()
    stop: list[Any] = []
    made: list[Server] = []
    failed: list[BaseException] = []

    async def run() -> None:
        app = Quiet(config=config)
        app.log.handlers = []
        app.log.propagate = False
        app.initialize(argv=[], new_httpserver=False)
        sockets = bind_sockets(0, "127.0.0.1")
        server = HTTPServer(app.web_app)
        server.add_sockets(sockets)
        made.append(Server(sockets[0].getsockname()[1], app.base_url, app.web_app.settings["casekit_desk"]))
        app.log.addHandler(_Kept(made[0].log))
        done = asyncio.Event()
        stop.append((asyncio.get_running_loop(), done))
        ready.set()
        await done.wait()
        server.stop()
        await server.close_all_connections()
        app.web_app.settings["casekit_desk"].close()
        ServerApp.clear_instance()

    def main() -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # jupyter_server's own deprecations
                asyncio.run(run())
        except BaseException as error:
            failed.append(error)
            ready.set()
            raise

    with _jupyter_at(home):
        thread = threading.Thread(target=main, name="server", daemon=True)
        thread.start()
        assert ready.wait(_START_S), "the server did not start"
        assert not failed, failed
        try:
            yield made[0]
        finally:
            loop, done = stop[0]
            loop.call_soon_threadsafe(done.set)
            thread.join(_START_S)


@contextmanager
def _jupyter_at(home: Path) -> Iterator[None]:
    """Jupyter's own files in `home`, and no configuration of this machine."""
    import os

    names = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    names |= {"JUPYTER_NO_CONFIG": "1", "JUPYTER_PLATFORM_DIRS": "0", "IPYTHONDIR": str(home / "ipython")}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
