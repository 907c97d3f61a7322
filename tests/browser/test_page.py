"""`casekit page`: search and network for people without JupyterLab, behind a token."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]  # comes with ipykernel
import pytest
from tests.browser.driving import (
    TIMEOUT_S,
    Browser,
    Lab,
    Page,
    Watched,
    axe,
    crowded,
    has_tofu,
    new_context,
    screenshot,
    start_server,
)

pytestmark = pytest.mark.skipif(find_spec("voila") is None, reason="the extra `page` is not installed")


@pytest.fixture(scope="module")
def served(bundled: Path, jupyter_home: dict[str, str]) -> Iterator[Lab]:
    """The page of the bundled workspace."""
    server = start_server(
        [sys.executable, "-m", "casekit", "page", "--no-browser", "--port", "0", "--json"],
        cwd=bundled,
        env={**jupyter_home, "CASEKIT_LANG": ""},
    )
    told = json.loads(server.first_line)
    yield Lab(told["url"].partition("?")[0], told["token"], bundled, server)
    assert server.stop() == 0


def _ask(served: Lab, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
    parts = urlsplit(served.base_url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=300)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf8", "replace"), answer.getheader("Set-Cookie") or ""
    finally:
        connection.close()


KERNEL = "00000000-0000-0000-0000-000000000000"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/?token=wrong", {}),
        ("GET", "/?token=", {}),
        ("GET", "/", {"Authorization": "token wrong"}),
        ("GET", "/", {"Cookie": "casekit-page=1"}),
        ("HEAD", "/", {}),
        ("POST", "/", {}),
        ("GET", "/voila/static/voila.js", {}),
        ("GET", "/voila/templates/casekit/static/theme-light.css", {}),
        ("GET", "/voila/labextensions/anywidget/package.json", {}),
        ("GET", "/voila/api/themes/x.css", {}),
        ("GET", f"/api/kernels/{KERNEL}", {}),
        ("DELETE", f"/api/kernels/{KERNEL}", {}),
        ("GET", f"/api/kernels/{KERNEL}/channels", UPGRADE),
        ("GET", f"/voila/query/{KERNEL}", UPGRADE),
        ("POST", f"/voila/api/shutdown/{KERNEL}", {}),
        ("GET", "/voila/files/page.ipynb", {}),
        ("GET", "/page.ipynb", {}),
        ("GET", "/login", {}),
        ("GET", "/api/contents", {}),
        ("GET", "/nothing/of/the/kind", {}),
    ],
)
def test_without_the_token_nothing_is_answered(served: Lab, method: str, path: str, headers: dict[str, str]) -> None:
    status, body, cookie = _ask(served, path, method, **headers)
    assert status == 403
    assert cookie == ""
    assert served.token not in body


def test_the_token_opens_the_page_and_leaves_the_address(served: Lab) -> None:
    status, _, cookie = _ask(served, f"/?token={served.token}")
    assert status == 302
    assert "HttpOnly" in cookie
    assert served.token not in cookie
    sent = cookie.partition(";")[0]
    assert _ask(served, "/voila/static/voila.js", Cookie=sent)[0] == 200
    assert _ask(served, "/voila/static/voila.js", Cookie=sent, Host="evil.example")[0] == 403
    assert _ask(served, f"/voila/static/voila.js?token={served.token}", Host="evil.example")[0] == 403


@pytest.mark.parametrize(
    "path",
    ["/page.ipynb", "/voila/files/page.ipynb", "/voila/render/page.ipynb", "/voila/tree", "/voila/files/../../etc/passwd",
     "/api/contents", "/voila/api/contents", "/api/kernelspecs", "/api/terminals", "/casekit.toml", "/login"],
)  # fmt: skip
def test_even_with_the_token_no_file_and_no_other_notebook_is_served(served: Lab, path: str) -> None:
    assert _ask(served, path, Authorization=f"token {served.token}")[0] == 404


def test_the_kernel_takes_no_code_from_the_page(served: Lab, tmp_path: Path) -> None:
    from tornado.httpclient import HTTPClientError, HTTPRequest
    from tornado.websocket import websocket_connect

    cookie = _ask(served, f"/?token={served.token}")[2].partition(";")[0]
    shown = _ask(served, "/", Cookie=cookie)[1]
    (kernel,) = set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", shown))
    address = f"ws{served.base_url.removeprefix('http')}api/kernels/{kernel}/channels?session_id=x"
    made = tmp_path / "made-by-the-page"

    def message(kind: str, **content: Any) -> str:
        header = {"msg_id": kind, "username": "", "session": "x", "msg_type": kind, "version": "5.3", "date": ""}
        parts = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        return json.dumps(parts)

    async def send() -> None:
        socket = await websocket_connect(HTTPRequest(address, headers={"Cookie": cookie}))
        code = f"open({str(made)!r}, 'w').close()"
        await socket.write_message(message("execute_request", code=code, silent=False))
        await socket.write_message(message("kernel_info_request"))
        answer = ""
        while '"kernel_info_reply"' not in answer:  # the kernel has seen what came before
            answer = str(await asyncio.wait_for(socket.read_message(), 30))
            assert '"execute_' not in answer
        socket.close()
        with pytest.raises(HTTPClientError, match="403"):
            await websocket_connect(HTTPRequest(address, headers={"Cookie": cookie, "Origin": "http://127.0.0.1:1"}))

    with ThreadPoolExecutor(1) as elsewhere:  # playwright's own loop runs in this thread
        elsewhere.submit(asyncio.run, send()).result(timeout=300)
    assert not made.exists()


def test_code_cannot_be_sent_in_by_the_address(served: Lab) -> None:
    sent = _ask(served, f"/?token={served.token}&template=base&theme=dark")[2]
    assert sent
    status, body, _ = _ask(served, "/?template=reveal&theme=dark", Cookie=sent.partition(";")[0])
    assert status == 200
    assert "reveal.js" not in body


def _open(page: Page, served: Lab) -> None:
    page.goto(f"{served.base_url}?token={served.token}", wait_until="domcontentloaded")
    page.locator("h1").wait_for()
    page.locator("#loading").wait_for(state="detached")


def test_the_page_searches_and_shows_the_network_and_no_code(page: Page, served: Lab, watched: Watched) -> None:
    """One visit, as each costs a kernel."""
    _open(page, served)
    page.locator(".ck-search input").wait_for()
    page.locator(".ck-canvas[data-drawn]").wait_for()
    _shows_no_code(page, served)
    _a_search_in_any_script_finds_the_passage_and_opens_its_reference(page)
    _a_click_in_the_network_lists_links_and_a_link_shows_its_sentences(page)
    assert watched.errors == []


def _shows_no_code(page: Page, served: Lab) -> None:
    assert served.token not in page.url
    assert "案例检索与关系网络" in page.title()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("main h1").count() == 1
    assert page.locator(".jp-InputArea:visible, .jp-CodeMirrorEditor:visible").count() == 0
    assert "import" not in page.locator("main").inner_text()
    for selector in ("h1", ".ck-search input"):
        assert has_tofu(page, selector) == []
    screenshot(page, "page")
    assert axe(page) == []


def _a_search_in_any_script_finds_the_passage_and_opens_its_reference(opened: Page) -> None:
    for query in ("扫码购有多少用户", "掃碼購有多少用戶", "How many users does Scan & Go have?"):
        opened.locator(".ck-search input").fill("")
        opened.locator(".ck-hit").first.wait_for(state="detached")  # what follows is found by the new query
        _finds_and_cites(opened, query)


def _finds_and_cites(opened: Page, query: str) -> None:
    opened.locator(".ck-search input").fill(query)
    first = opened.locator(".ck-hit").first
    first.wait_for()
    assert "扫码购" in first.inner_text() or "扫码购" in opened.locator(".ck-hits").inner_text()
    first.click()
    detail = opened.locator(".ck-search .ck-detail").first
    detail.locator(".ck-about").last.wait_for()
    assert len(detail.inner_text()) > 20
    if query.startswith("掃"):
        screenshot(opened, "page-search")
        assert axe(opened) == []


def _a_click_in_the_network_lists_links_and_a_link_shows_its_sentences(opened: Page) -> None:
    canvas = opened.locator(".ck-canvas")
    canvas.scroll_into_view_if_needed()
    node = canvas.evaluate(
        """place => {
            const node = place.casekit.nodes(':visible').max(one => one.degree()).ele;
            return {...node.renderedPosition(), name: node.data('name')};
        }"""
    )
    canvas.click(position={"x": node["x"], "y": node["y"]})
    side = opened.locator(".ck-side")
    side.locator("h3", has_text=node["name"]).wait_for()
    side.locator(".ck-link").first.click()
    side.locator("blockquote, .ck-sentence, q").first.wait_for()
    screenshot(opened, "page-network")
    assert axe(opened) == []


def test_the_page_is_dark_where_the_system_is(chromium: Browser, served: Lab) -> None:
    context, watched = new_context(chromium, color_scheme="dark")
    try:
        page = context.new_page()
        _open(page, served)
        colours = page.evaluate(
            "() => [getComputedStyle(document.body).backgroundColor, document.body.dataset.jpThemeLight]"
        )
        page.locator(".ck-canvas[data-drawn]").wait_for()
        screenshot(page, "page-dark")
        assert axe(page) == []
    finally:
        context.close()
    assert sum(int(part) for part in re.findall(r"\d+", colours[0])[:3]) < 200
    assert colours[1] == "false"
    assert watched.outside == []


def test_a_page_that_is_left_gives_its_kernel_back_and_the_next_visitor_is_served_at_once(
    page: Page, served: Lab
) -> None:
    """Pages are made ahead: a visit waits neither for a kernel nor for the corpus."""
    _until(page, lambda: _rests(page, served))  # the one made ahead warms up
    before = _kernels(served)
    began = time.monotonic()
    _open(page, served)
    assert (
        time.monotonic() - began < 8.0 * crowded()
    )  # 2–3 s on an idle machine; a cold kernel takes 10 s and more on a busy one
    _until(page, lambda: _kernels(served) == before + 1)
    page.goto("about:blank")
    _until(page, lambda: _kernels(served) == before)


def _rests(page: Page, served: Lab) -> bool:
    """Whether the server and its kernels have nothing to do for a second."""
    began = _cpu_s(served)
    page.wait_for_timeout(1000)
    return _cpu_s(served) - began < 0.1


def _cpu_s(served: Lab) -> float:
    server = psutil.Process(served.server.process.pid)
    spent = 0.0
    for one in (server, *server.children(recursive=True)):
        with contextlib.suppress(psutil.Error):  # it ended meanwhile
            spent += sum(one.cpu_times()[:2])
    return spent


def _kernels(served: Lab) -> int:
    processes = psutil.Process(served.server.process.pid).children(recursive=True)
    return sum("ipykernel_launcher" in " ".join(_command(one)) for one in processes)


def _command(process: Any) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:  # it ended meanwhile
        return []


def _until(page: Page, true: Callable[[], bool], timeout_s: float = TIMEOUT_S) -> None:
    until = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < until, "waited in vain"
        page.wait_for_timeout(200)
