"""Pages added by their address: fetched from a server on loopback, that one page, within bounds; looked at again on request."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from tests.samples import Cli, make_workspace

from casekit.errors import SourceError
from casekit.workbench import Workbench
from casekit.workbench.corpus.fetching import Fetched, fetch, is_link, is_public

ARTICLE = (
    "<html><head><meta charset='utf-8'><title>青禾超市的会员</title></head><body><nav>首页</nav><article><h1>青禾超市的会员</h1>"
    "<p>青禾超市去年新开了 {shops} 家门店，会员里回来再买的人越来越多，店员都看在眼里。</p>"
    "<p>店长说，明年还要再开一些，但不会为了数目而开，先把已有的店做好。</p></article><p>今日访问 {visits}</p></body></html>"
)


class Site:
    """What the server gives by path: status, headers, body; and which paths were asked for."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []

    def page(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (200, {"Content-Type": kind, **headers}, data)
        return self.url + path

    def redirect(self, path: str, to: str) -> str:
        self.pages[path] = (302, {"Location": to}, b"")
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the library calls
            made.asked.append(self.path)
            status, headers, body = made.pages.get(self.path, (404, {"Content-Type": "text/html"}, b"gone"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def _anywhere(address: object) -> bool:
    return True


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
    ],
)
def test_addresses_of_this_machine_and_of_private_networks_are_not_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_private_addresses_are_refused_before_anything_is_asked(site: Site) -> None:
    for link in (site.page("/a", "x"), site.url.replace("127.0.0.1", "localhost") + "/a", "http://[::1]:1/a"):
        with pytest.raises(SourceError, match="本机或内网"):
            fetch(link)
    assert site.asked == []


@pytest.mark.parametrize(
    "link", ["ftp://example.com/a", "file:///etc/passwd", "http://", "https://user:secret@example.com/"]
)
def test_only_web_addresses_are_fetched(link: str) -> None:
    with pytest.raises(SourceError):
        fetch(link, allowed=_anywhere)


def test_redirects_are_followed_and_each_is_checked_again(site: Site) -> None:
    page = site.page("/end.html", "<p>到了</p>")
    found = fetch(site.redirect("/start", "/end.html"), allowed=_anywhere)
    assert (found.url, found.suffix) == (page, ".html")
    elsewhere = site.redirect("/out", page.replace("127.0.0.1", "127.0.0.2"))
    with pytest.raises(SourceError, match=r"本机或内网（127\.0\.0\.2）"):
        fetch(elsewhere, allowed=lambda address: str(address) == "127.0.0.1")
    with pytest.raises(SourceError, match="只收 http"):
        fetch(site.redirect("/file", "file:///etc/passwd"), allowed=_anywhere)
    with pytest.raises(SourceError, match="跳转太多"):
        fetch(site.redirect("/loop", "/loop"), allowed=_anywhere)


def test_size_time_status_and_kind_have_bounds(site: Site) -> None:
    large = site.page("/large", "x" * 5000)
    with pytest.raises(SourceError, match="太大"):
        fetch(large, allowed=_anywhere, max_bytes=1000)
    with pytest.raises(SourceError, match="太慢"):
        fetch(large, allowed=_anywhere, max_seconds=-1)
    with pytest.raises(SourceError, match="404"):
        fetch(f"{site.url}/nothing", allowed=_anywhere)
    with pytest.raises(SourceError, match="video/mp4"):
        fetch(site.page("/film", b"x", "video/mp4"), allowed=_anywhere)


def test_a_compressed_page_counts_by_what_it_unpacks_to(site: Site) -> None:
    import gzip

    bomb = site.page("/bomb", gzip.compress(b" " * 3_000_000), **{"Content-Encoding": "gzip"})
    with pytest.raises(SourceError, match="太大"):
        fetch(bomb, allowed=_anywhere, max_bytes=1_000_000)


def test_a_page_calls_itself_by_host_and_path() -> None:
    assert Fetched("https://www.example.com/news/2021/a-b.html", b"", ".html").name == "example-com-a-b"
    assert Fetched("https://example.com/show?id=7", b"", ".html").name == "example-com-show-id-7"
    assert is_link("HTTPS://example.com")
    assert not is_link("文章.html")


def test_a_link_brings_that_page_only_with_address_and_day_of_access(site: Site, tmp_path: Path) -> None:
    bench = Workbench.init(tmp_path / "ws")
    link = site.page(
        "/news/a.html", ARTICLE.format(shops=320, visits=1) + "<img src='/x.png'><script src='/x.js'></script>"
    )
    report = bench.add([link, f"{site.url}/nothing"], allow_private=True)
    (added,) = report.added
    assert site.asked == ["/news/a.html", "/nothing"]
    assert added.record.file is not None
    assert added.record.file.endswith(".html")
    assert added.record.csl["URL"] == link
    (refused,) = report.refused
    assert "404" in refused.reason
    year, month, day = added.record.csl["accessed"]["date-parts"][0]
    assert f"[{year}-{month:02d}-{day:02d}]" in bench.reference(added.record.id)
    assert link in bench.reference(added.record.id)
    (again,) = bench.add([link], allow_private=True).refused
    assert f"casekit refresh {added.record.id}" in again.reason


def test_private_links_are_refused_unless_allowed(site: Site, tmp_path: Path) -> None:
    bench = Workbench.init(tmp_path / "ws")
    (refused,) = bench.add([site.page("/a.html", "x")]).refused
    assert "--allow-private" in refused.reason
    assert site.asked == []


def test_refresh_brings_a_version_where_the_article_changed_and_only_there(site: Site, tmp_path: Path) -> None:
    bench = Workbench.init(tmp_path / "ws")
    link = site.page("/a.html", ARTICLE.format(shops=320, visits=1))
    (added,) = bench.add([link], allow_private=True).added
    source = added.record.id
    assert [one.status for one in bench.refresh_links(allow_private=True)] == ["unchanged"]
    site.page("/a.html", ARTICLE.format(shops=320, visits=2))
    assert [one.status for one in bench.refresh_links(allow_private=True)] == ["unchanged"]
    assert "访问 1" in bench.text(source)
    site.page("/a.html", ARTICLE.format(shops=410, visits=3))
    assert [(one.id, one.status) for one in bench.refresh_links(allow_private=True)] == [(source, "changed")]
    assert "410 家" in bench.text(source)
    record = bench.catalogue[source]
    assert (record.csl["URL"], record.sha256 != added.record.sha256) == (link, True)
    assert [row["event"] for row in bench.store.history()] == ["added", "replaced"]
    del site.pages["/a.html"]
    (gone,) = bench.refresh_links([source], allow_private=True)
    assert gone.status == "failed"
    assert "404" in gone.reason
    assert "410 家" in bench.text(source)


@pytest.mark.parametrize("link", ["ftp://example.com/x", "http://127.0.0.1:1/a.html"])
def test_an_address_that_is_not_fetched_is_named_once_and_in_full(link: str, cli: Cli, tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws")
    ran = cli("add", link, "--workspace", str(root.root))
    assert ran.code == 2
    assert ran.err.splitlines()[0].count(link) == 1
    assert "读不到" not in ran.err
