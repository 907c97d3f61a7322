"""What stands before an application: the token, the name it is called by, and how much a request may bring.

References:
    RFC 6750, The OAuth 2.0 Authorization Framework: Bearer Token Usage, section 2.1 (the header) and 3 (401).
    DNS rebinding: a page in a browser may reach 127.0.0.1 under a name of its own, but not with our names in Host.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

from casekit.language import say

__all__ = ["MOST_BYTES", "App", "Gate", "Receive", "Scope", "Send", "answer"]

MOST_BYTES: Final = 2_000_000
"""The largest body of a request: a long draft has some hundred kilobytes."""

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class _TooMuchError(Exception):
    """A body above the bound."""


class Gate:
    """An application behind a token.

    Args:
        app: What answers those who have it.
        token: What `Authorization: Bearer …` must say.
        hosts: Names with their port by which the server may be called; empty for any.
        most_bytes: The largest body.
    """

    def __init__(
        self, app: App, token: str, *, hosts: frozenset[str] = frozenset(), most_bytes: int = MOST_BYTES
    ) -> None:
        self._app = app
        self._wanted = f"Bearer {token}".encode()
        self._hosts = hosts
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what may come."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.lower(): value for name, value in scope.get("headers", ())}
        if (refusal := self._refusal(headers)) is not None:
            await answer(send, *refusal)
            return
        started = False

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, self._counted(receive), sent)
        except _TooMuchError:
            if not started:
                await answer(send, *self._too_much())

    def _refusal(self, headers: dict[bytes, bytes]) -> tuple[int, str, str] | None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._hosts and host not in self._hosts:
            return 421, "wrong-host", say("不是用这个名字叫的", "it is not called by that name")
        if not hmac.compare_digest(headers.get(b"authorization", b""), self._wanted):
            told = say("要令牌：Authorization: Bearer …", "a token is needed: Authorization: Bearer …")
            return 401, "no-token", told
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 12:
            return 400, "bad-request", say("Content-Length 不是数", "Content-Length is no number")
        return self._too_much() if int(length) > self._most_bytes else None

    def _too_much(self) -> tuple[int, str, str]:
        kb = self._most_bytes // 1000
        return 413, "too-much", say(f"请求超过 {kb} KB", f"the request is above {kb} KB")

    def _counted(self, receive: Receive) -> Receive:
        size = 0

        async def counted() -> MutableMapping[str, Any]:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._most_bytes:
                raise _TooMuchError
            return message

        return counted


async def answer(send: Send, status: int, code: str, message: str) -> None:
    """Send an error in the agreed form: one line and its code, as JSON."""
    body = json.dumps({"message": message, "code": code}, ensure_ascii=False).encode("utf8", "replace")
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
