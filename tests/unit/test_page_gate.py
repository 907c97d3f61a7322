"""The gate of the page: the token or its cookie, from this machine by its own name; nothing else passes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

pytest.importorskip("tornado")

from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from casekit.jupyter.lab.gate import Gate, guarded


class _Hello(RequestHandler):
    async def prepare(self) -> None:
        self.set_header("X-Prepared", "yes")

    def get(self) -> None:
        self.write("hello " + self.get_query_argument("q", ""))

    def post(self) -> None:
        self.write("posted")


def _ask(
    *asked: tuple[str, Mapping[str, str]], method: str = "GET", cookie_from: int | None = None
) -> list[HTTPResponse]:
    """Answers to requests in turn; `cookie_from` names the answer whose cookie the later ones bring."""

    async def run() -> list[HTTPResponse]:
        (socket,) = bind_sockets(0, "127.0.0.1")
        port = socket.getsockname()[1]
        server = HTTPServer(Application([(r"/.*", guarded(_Hello, Gate("k-secret", port)))]))
        server.add_socket(socket)
        client: Any = AsyncHTTPClient(force_instance=True)
        answers: list[HTTPResponse] = []
        try:
            for path, headers in asked:
                sent = dict(headers)
                if cookie_from is not None and len(answers) > cookie_from:
                    sent["Cookie"] = answers[cookie_from].headers["Set-Cookie"].partition(";")[0]
                answers.append(
                    await client.fetch(
                        f"http://127.0.0.1:{port}{path}",
                        headers=sent,
                        follow_redirects=False,
                        raise_error=False,
                        method=method,
                        body="" if method == "POST" else None,
                    )
                )
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()
        return answers

    return asyncio.run(run())


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=k-secre", "/?token=k-secret2", "/?token=K-SECRET", "/%00"])
def test_without_the_token_nothing_passes(path: str) -> None:
    (answer,) = _ask((path, {}))
    assert answer.code == 403
    assert b"hello" not in answer.body
    assert "Set-Cookie" not in answer.headers
    assert "casekit page" in answer.body.decode("utf8")


def test_the_token_in_the_address_becomes_a_cookie_and_leaves_the_address() -> None:
    first, second = _ask(("/a?q=1&token=k-secret", {}), ("/a?q=1", {}), cookie_from=0)
    assert first.code == 302
    assert first.headers["Location"] == "/a?q=1"
    for word in ("HttpOnly", "SameSite=Lax"):
        assert word in first.headers["Set-Cookie"]
    assert "k-secret" not in first.headers["Set-Cookie"]
    assert second.body == b"hello 1"
    assert second.headers["X-Prepared"] == "yes"


def test_the_way_on_never_leads_to_another_host() -> None:
    (answer,) = _ask(("//evil.example/a?token=k-secret", {}))
    assert answer.headers["Location"] == "/evil.example/a"


def test_a_program_may_bring_the_token_in_a_header() -> None:
    (answer,) = _ask(("/", {"Authorization": "token k-secret"}))
    assert answer.body == b"hello "
    (answer,) = _ask(("/?token=k-secret", {}), method="POST")
    assert answer.body == b"posted"


def test_a_name_that_was_made_to_lead_here_is_refused() -> None:
    answers = _ask(
        ("/?token=k-secret", {}),
        ("/", {"Host": "evil.example"}),
        ("/?token=k-secret", {"Host": "evil.example"}),
        cookie_from=0,
    )
    assert [one.code for one in answers] == [302, 403, 403]
