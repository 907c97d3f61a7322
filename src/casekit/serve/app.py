"""The ASGI application: a request read, asked of one build in a thread, and answered as JSON."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from casekit.errors import BusyError, CasekitError, IndexDamagedError, NotBuiltError, UnknownSourceError, WorkspaceError
from casekit.hosting import Gate, run
from casekit.hosting.gate import App, Receive, Scope, Send, answer
from casekit.language import say
from casekit.serve.openapi import document
from casekit.serve.paths import PATHS, Path, asked_of
from casekit.verbs.asked import UsageError
from casekit.workbench import Workbench

if TYPE_CHECKING:
    from casekit.hosting import Hosted

__all__ = ["make_app", "serve"]

logger = logging.getLogger(__name__)

_SECONDS: Final = 30.0
"""The longest that a request may take, waiting for its turn included."""
_THREADS: Final = 8
_MOST_WAITING: Final = 128  # requests in hand; more are told to come later
_MOST_PARAMETERS: Final = 200
_CODES: Final[tuple[tuple[type[CasekitError], int, str], ...]] = (
    (BusyError, 409, "busy"),
    (NotBuiltError, 409, "not-built"),
    (IndexDamagedError, 409, "not-built"),
    (UnknownSourceError, 404, "not-found"),
    (WorkspaceError, 503, "internal"),
    (CasekitError, 400, "bad-request"),
)


class _Service:
    """A workbench behind paths."""

    def __init__(self, bench: Workbench, seconds: float) -> None:
        self._bench = bench
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="casekit-serve")
        self._in_hand = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        try:
            status, body, headers = await self._answered(scope, receive)
        except UsageError as error:
            await answer(send, 400, "bad-request", _line(error))
            return
        except CasekitError as error:
            status, code = next((status, code) for kind, status, code in _CODES if isinstance(error, kind))
            await answer(send, status, code, _line(error))
            return
        except TimeoutError:
            await answer(
                send, 503, "slow", say(f"{self._seconds:g} 秒内没有做完", f"not done within {self._seconds:g} seconds")
            )
            return
        headers = [(b"content-type", b"application/json; charset=utf-8"), (b"cache-control", b"no-store"), *headers]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin and end with the server; what is in hand is finished first."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._threads.shutdown(wait=False, cancel_futures=True)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answered(self, scope: Scope, receive: Receive) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
        """Status, body and headers of the answer.

        Raises:
            CasekitError: What cannot be answered.
            TimeoutError: If it takes too long.
        """
        path, method = scope["path"], scope["method"]
        if path in ("/openapi.json", "/"):
            return 200, _json(document()), []
        asked = PATHS.get(path)
        if asked is None:
            return (
                404,
                _error("not-found", say("没有这个路径；见 /openapi.json", "no such path; see /openapi.json")),
                [],
            )
        wanted = "POST" if asked.posted else "GET"
        if method != wanted:
            told = say(f"这里用 {wanted}", f"use {wanted} here")
            return 405, _error("bad-method", told), [(b"allow", wanted.encode())]
        if self._in_hand >= _MOST_WAITING:
            return 503, _error("busy", say("太忙，稍后再试", "too busy: try again")), [(b"retry-after", b"1")]
        self._in_hand += 1
        try:
            async with asyncio.timeout(self._seconds):
                given = _posted(await _body(receive)) if asked.posted else _query(scope)
                work = asyncio.get_running_loop().run_in_executor(self._threads, self._work, asked, given)
                generation, body = await work
        finally:
            self._in_hand -= 1
        return 200, body, [(b"x-casekit-generation", generation.encode())]

    def _work(self, path: Path, given: Mapping[str, Any]) -> tuple[str, bytes]:
        """The name of the build that was asked, and the answer; in a thread."""
        asked = asked_of(path, given)
        self._bench.refresh()  # a server outlives many changes of the workspace
        with self._bench.held.one_build() as generation:
            found = asked.act.do(self._bench, asked)
            data = asked.act.json(self._bench, asked, found)
            return generation, _json(list(data) if isinstance(data, Iterator) else data)


def make_app(bench: Workbench, *, seconds: float = _SECONDS) -> App:
    """The application without its gate: for servers and tests that have one of their own."""
    return _logged(_Service(bench, seconds))


def serve(bench: Workbench, hosted: Hosted, *, ready: Callable[[], None] | None = None) -> None:
    """Answer over HTTP until the process is told to end; what is in hand is finished first."""
    run(Gate(make_app(bench), hosted.token, hosts=hosted.hosts), hosted, ready=ready)


def _logged(app: App) -> App:
    """The application with what nobody foresaw told in one line, and its traceback in the log."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await app(scope, receive, sent)
        except Exception as error:
            if scope["type"] != "http" or type(error).__module__.startswith("casekit.hosting"):
                raise
            logger.exception("%s", scope.get("path"))
            if not begun:
                await answer(
                    send, 500, "internal", say("服务出错了，详情在日志里", "the server failed; its log tells more")
                )

    return run


# ---- requests -------------------------------------------------------------------------------------------------------
def _query(scope: Scope) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            scope["query_string"].decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MOST_PARAMETERS,
            errors="strict",
        )
    except ValueError as error:
        raise UsageError(say("参数读不懂", "the parameters cannot be read")) from error
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return given


async def _body(receive: Receive) -> bytes:
    pieces = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise UsageError(say("请求断了", "the request broke off"))
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)


def _posted(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf8") or "{}", parse_constant=_no_number)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise UsageError(say("请求的内容应是 JSON 对象", "the request's body must be a JSON object"))
    return data


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


# ---- answers --------------------------------------------------------------------------------------------------------
def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, default=_plain).encode("utf8", "replace")


def _plain(one: Any) -> Any:
    if is_dataclass(one) and not isinstance(one, type):
        return asdict(one)
    raise TypeError(type(one).__name__)


def _error(code: str, message: str) -> bytes:
    return _json({"message": message, "code": code})


def _line(error: CasekitError) -> str:
    return " ".join(str(error).split())
