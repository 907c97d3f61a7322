"""The gate before every route of the page: nothing is answered without the token.

Voilà's own token protects its notebooks and kernels, but neither its static files nor the socket of preheated kernels. Here
one check comes before every handler, whatever it inherits from. Who comes with the token in the address gets a cookie and is
sent on without it, so that the token does not stay in the address bar.
"""

from __future__ import annotations

import hmac
import inspect
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tornado.web import Finish, HTTPError, RequestHandler

__all__ = ["Gate", "guarded"]

_HOSTS = ("127.0.0.1", "localhost")


class Gate:
    """One server's token and the cookie that stands for it."""

    def __init__(self, token: str, port: int) -> None:
        self._token = token
        self._cookie = secrets.token_hex(32)
        self.cookie_name = f"casekit-page-{port}"  # cookies of one host are shared by its ports

    def admits(self, handler: RequestHandler) -> bool:
        """Whether a request may pass: from this machine by name, with the token or the cookie."""
        if handler.request.host_name not in _HOSTS:  # a foreign name that was made to lead here
            return False
        named = [
            *handler.get_query_arguments("token"),
            handler.request.headers.get("Authorization", "").removeprefix("token "),
        ]
        if any(_same(one, self._token) for one in named):
            return True
        return _same(handler.get_cookie(self.cookie_name, "") or "", self._cookie)

    def send_on(self, handler: RequestHandler) -> None:
        """Give the cookie to who came with the token in the address of a page, and take the token out of the address."""
        request = handler.request
        if request.method != "GET" or not handler.get_query_arguments("token") or "Upgrade" in request.headers:
            return
        rest = [(name, value) for name, value in parse_qsl(request.query, keep_blank_values=True) if name != "token"]
        handler.set_cookie(self.cookie_name, self._cookie, httponly=True, samesite="Lax", path="/")
        path = "/" + request.path.lstrip("/\\")  # never //host
        handler.redirect(path + (f"?{urlencode(rest)}" if rest else ""))
        raise Finish


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf8", "surrogatepass"), other.encode("utf8"))


def guarded(handler: type[RequestHandler], gate: Gate) -> type[RequestHandler]:
    """A handler class that asks the gate before anything else is done."""

    async def prepare(self: RequestHandler) -> None:
        if not gate.admits(self):
            raise HTTPError(403, reason="Forbidden")
        gate.send_on(self)
        made: Any = handler.prepare(self)
        if inspect.isawaitable(made):
            await made

    def write_error(self: RequestHandler, status_code: int, **rest: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(_SAID.get(status_code, str(status_code)) + "\n")

    members: Mapping[str, Any] = {"prepare": prepare, "write_error": write_error, "__module__": handler.__module__}
    return type(f"Guarded{handler.__name__}", (handler,), dict(members))


_SAID = {
    403: "请用 casekit page 给出的完整网址打开 / Please open the whole address that casekit page printed",
    404: "没有这一页 / There is no such page",
}
