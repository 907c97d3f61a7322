"""One question to a server that speaks OpenAI's chat interface; whatever is wrong with it is told in one line, in time.

References:
    OpenAI API, Create chat completion: POST {base}/chat/completions with `model` and `messages`, answer in
    `choices[0].message.content`. llama.cpp, Ollama, vLLM and most hosted models take the same.
"""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from casekit.errors import CasekitError
from casekit.hosts import is_this_machine
from casekit.language import say

if TYPE_CHECKING:
    import httpx

__all__ = ["KEY_NAME", "Message", "Server", "ServerError", "complete"]

KEY_NAME: Final = "CASEKIT_LLM_KEY"
"""The key comes from this variable of the environment and from nowhere else."""
MOST_BYTES: Final = 1_000_000
"""An answer of a dozen sentences has some kilobytes."""
_CONNECT_S: Final = 5.0
_ANSWER_TOKENS: Final = 2000


class ServerError(CasekitError):
    """The model's server cannot be asked, or what it says is no answer."""


class Message(TypedDict):
    """One message of a chat."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Server:
    """Where a model is asked: the address as the user named it, the model's name, and how long an answer may take."""

    url: str
    model: str = "default"
    seconds: float = 60.0


def complete(server: Server, messages: Sequence[Message]) -> str:
    """What the model answers.

    Raises:
        ServerError: If the address is none, or nothing useful comes within the time and size allowed.
    """
    url = _endpoint(server.url)
    made: queue.Queue[str | CasekitError] = queue.Queue()

    def work() -> None:
        try:
            made.put(_asked(server, url, messages))
        except CasekitError as error:
            made.put(error)
        except Exception as error:  # noqa: BLE001 - whatever a server brings about is that server's failure
            made.put(_failed(server, type(error).__name__))

    # In a thread of its own: a server that dribbles, or a name that is never resolved, must not hold anybody up.
    threading.Thread(target=work, daemon=True).start()
    try:
        found = made.get(timeout=server.seconds + 1)
    except queue.Empty:
        raise _slow(server) from None
    if isinstance(found, CasekitError):
        raise found
    return found


def _endpoint(link: str) -> httpx.URL:
    """Where the question is sent: `…/chat/completions` below what the user named.

    Raises:
        ServerError: If that is no address.
    """
    import httpx

    try:
        url = httpx.URL(link.strip())
    except (httpx.InvalidURL, ValueError, TypeError):
        raise _no_address(link) from None
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise _no_address(link)
    path = url.path.rstrip("/") or "/v1"
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    if url.scheme == "http" and os.environ.get(KEY_NAME) and not is_this_machine(url.host):
        raise ServerError(
            say(
                f"{_shown(link)}：有钥匙（{KEY_NAME}）时只用 https，免得钥匙被人看到",
                f"{_shown(link)}: with a key ({KEY_NAME}) only https will do, or others can read it",
            )
        )
    return url.copy_with(path=path, fragment=None)


def _no_address(link: str) -> ServerError:
    return ServerError(
        say(
            f"{_shown(link)} 不是模型服务的网址；写成 http://127.0.0.1:8080/v1，里面不能有用户名或密码",
            f"{_shown(link)} is no address of a model's server; write http://127.0.0.1:8080/v1, without user name or password",
        )
    )


def _asked(server: Server, url: httpx.URL, messages: Sequence[Message]) -> str:
    import httpx

    ends = time.monotonic() + server.seconds
    headers = {"Accept": "application/json", "User-Agent": "casekit"}
    if key := os.environ.get(KEY_NAME):
        headers["Authorization"] = f"Bearer {key}"
    body = {
        "model": server.model,
        "messages": list(messages),
        "temperature": 0,
        "max_tokens": _ANSWER_TOKENS,
        "stream": False,
    }
    patience = httpx.Timeout(server.seconds, connect=min(_CONNECT_S, server.seconds))
    try:
        with (
            httpx.Client(trust_env=not is_this_machine(url.host), timeout=patience, follow_redirects=False) as client,
            client.stream("POST", url, json=body, headers=headers) as response,
        ):
            _ensure_good(server, response)
            return _content(server, _read(server, response, ends))
    except httpx.TimeoutException as error:
        raise (_unreachable(server) if isinstance(error, httpx.ConnectTimeout) else _slow(server)) from None
    except httpx.ConnectError:
        raise _unreachable(server) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise _failed(server, type(error).__name__) from None


def _ensure_good(server: Server, response: httpx.Response) -> None:
    """Refuse every answer but 200; nothing of what the server says of it is repeated."""
    status = response.status_code
    if status == 200:
        return
    if status in (401, 403):
        told = say(f"它要钥匙：设环境变量 {KEY_NAME}", f"it wants a key: set {KEY_NAME} in the environment")
    elif status == 404:
        told = say(
            "那里没有这个接口或模型；看看网址与 --model",
            "no such interface or model there: see the address and --model",
        )
    elif status == 429:
        told = say("它说太频繁了，过会儿再试", "it says that this is too often: try later")
    else:
        told = say("没有回答；看看服务的日志", "no answer: see the server's log")
    raise ServerError(
        say(f"{_shown(server.url)} 回了 {status}：{told}", f"{_shown(server.url)} returned {status}: {told}")
    )


def _read(server: Server, response: httpx.Response, ends: float) -> bytes:
    pieces, size = [], 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            kb = MOST_BYTES // 1000
            raise ServerError(
                say(
                    f"{_shown(server.url)} 的回答超过 {kb} KB，没有读",
                    f"{_shown(server.url)} answers with more than {kb} KB: not read",
                )
            )
        if time.monotonic() > ends:
            raise _slow(server)
    return b"".join(pieces)


def _content(server: Server, raw: bytes) -> str:
    try:
        data: Any = json.loads(raw.decode("utf8"))
        content = data["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str) or not content.strip():
        raise ServerError(
            say(
                f"{_shown(server.url)} 的回答不是 OpenAI 那样的 JSON；看看网址是不是模型服务",
                f"{_shown(server.url)} answers with no JSON as OpenAI's: is this the address of a model's server?",
            )
        )
    return content


def _slow(server: Server) -> ServerError:
    s = f"{server.seconds:g}"
    return ServerError(
        say(
            f"{_shown(server.url)} 在 {s} 秒内没有答完；可用 --seconds 多等，或换小一些的模型",
            f"{_shown(server.url)} did not answer within {s} seconds: wait longer with --seconds, or use a smaller model",
        )
    )


def _unreachable(server: Server) -> ServerError:
    return ServerError(
        say(
            f"{_shown(server.url)} 连不上；模型服务开着吗？",
            f"{_shown(server.url)}: no connection; is the model's server running?",
        )
    )


def _failed(server: Server, what: str) -> ServerError:
    return ServerError(say(f"{_shown(server.url)} 出错（{what}）", f"{_shown(server.url)} failed ({what})"))


def _shown(link: str) -> str:
    """An address for a message: on one line, without what may be a password."""
    text = " ".join(str(link).split())
    head, at, rest = text.rpartition("@")
    return (f"{head.partition('://')[0]}://…@{rest}" if at else text)[:200]
