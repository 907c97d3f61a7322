"""Where an application is served, and until when: the port is taken before anybody is told of it."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import SettingError
from casekit.hosting.gate import App
from casekit.hosts import is_this_machine
from casekit.language import say

if TYPE_CHECKING:
    import uvicorn

__all__ = ["TOKEN_NAME", "Hosted", "plan", "run"]

TOKEN_NAME: Final = "CASEKIT_TOKEN"
"""The token may be set in this variable of the environment; else it is made anew at each start."""
_LEAST_TOKEN: Final = 16  # characters; fewer can be guessed
_GRACE_S: Final = 10  # how long answers that are under way may take after the server was told to end
_MOST_AT_ONCE: Final = 256  # connections; more are told to come later


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Hosted:
    """Where an application will be served: the socket is bound, and nobody answers yet.

    Whoever lets it go without serving lets the port go, too.
    """

    bound: socket.socket
    host: str
    port: int
    token: str
    path: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}{self.path}"

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which it may be called; empty where others may name it as they like."""
        if not is_this_machine(self.host):
            return frozenset()
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))


def plan(*, port: int | None = None, host: str = "127.0.0.1", path: str = "") -> Hosted:
    """A place to serve at: on this machine unless another address of it is named.

    Raises:
        SettingError: If the port or address cannot be had, or the token that was set is none.
    """
    token = os.environ.get(TOKEN_NAME) or secrets.token_urlsafe(24)
    if len(token) < _LEAST_TOKEN or not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", token):
        raise SettingError(
            say(
                f"{TOKEN_NAME} 至少 {_LEAST_TOKEN} 个字符，只用英文字母、数字和 . _ ~ + / = -",
                f"{TOKEN_NAME} needs {_LEAST_TOKEN} characters or more: letters, digits and . _ ~ + / = -",
            )
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port or 0))
    except (OSError, OverflowError) as error:
        bound.close()
        raise SettingError(
            say(
                f"{host} 的端口 {port or 0} 用不了：{error}；换一个 --port",
                f"port {port or 0} of {host} cannot be used: {error}; try another --port",
            )
        ) from error
    hosted = Hosted(bound, host, bound.getsockname()[1], token, path)
    weakref.finalize(hosted, bound.close)
    return hosted


def run(app: App, hosted: Hosted, *, ready: Callable[[], None] | None = None) -> None:
    """Serve until the process is told to end (Ctrl-C, SIGTERM); answers under way are finished first."""
    server = _server(_config_of(app), ready)
    try:
        server.run(sockets=[hosted.bound])
    finally:
        hosted.bound.close()


def _config_of(app: App) -> uvicorn.Config:
    import uvicorn

    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=30,
        ws="none",
        lifespan="auto",
    )


def _server(config: uvicorn.Config, ready: Callable[[], None] | None) -> uvicorn.Server:
    import uvicorn

    class Server(uvicorn.Server):
        """Uvicorn's server that ends quietly: being told to end is no failure."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if ready is not None and self.started:
                ready()

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            told: tuple[signal.Signals, ...] = (signal.SIGINT, signal.SIGTERM)
            before: dict[signal.Signals, Any] = {one: signal.signal(one, self.handle_exit) for one in told}
            try:
                yield
            finally:
                for one, handler in before.items():
                    signal.signal(one, handler)

    return Server(config)
