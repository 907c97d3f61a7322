"""`casekit page`: search and network for people without JupyterLab, behind a token."""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.browser.driving import Lab, Page, axe, has_tofu, screenshot, start_server

pytest.importorskip("voila", reason="the extra `page` is not installed")


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
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
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


def test_the_page_shows_search_and_network_and_no_code(page: Page, served: Lab) -> None:
    _open(page, served)
    assert served.token not in page.url
    assert "案例检索与关系网络" in page.title()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("main h1").count() == 1
    assert page.locator(".jp-InputArea:visible, .jp-CodeMirrorEditor:visible").count() == 0
    assert "import" not in page.locator("main").inner_text()
    assert has_tofu(page, "h1") == []
    page.wait_for_timeout(3000)
    screenshot(page, "page")
    assert axe(page) == []
