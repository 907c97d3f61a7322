"""The bundled casebook as a site in a real browser: no request leaves it, Chinese searches find their page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.driving import REPOSITORY, Page

from casekit.cli import main
from casekit.site import open_server

# Query and a page that must be among the first three: words, pieces of words, phrases, the other script, English, several
# words, a question. The pages were chosen by reading the cards.
QUERIES = (
    ("扫码购", "case-walmart.html"),
    ("企业微信", "case-dixintong.html"),
    ("会员制", "case-costco.html"),
    ("无人值守书店", "case-amazon.html"),
    ("三通工程", "case-bubugao.html"),
    ("一物一码", "case-xiangpiaopiao.html"),
    ("有明计划", "case-uniqlo.html"),
    ("拼团", "case-pinduoduo.html"),
    ("直播", "case-epidemic40.html"),
    ("积分", "case-tsutaya.html"),
    ("导购列表", "case-dixintong.html"),
    ("信任导购员", "case-wuxing.html"),
    ("高管原本认为这笔研究费白花", "case-wuxing.html"),
    ("结账时间和差错", "case-walmart.html"),
    ("掃碼購", "case-walmart.html"),
    ("香飄飄", "case-xiangpiaopiao.html"),
    ("Five Star Appliance", "case-wuxing.html"),
    ("ｗｅｍａｌｌ 朋友圈", "case-jackjones.html"),
    ("京东 三大痛点", "case-jingteng.html"),
    ("哪一家企业的导购离职以后由新人承接客户", "case-dixintong.html"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled casebook, built by the command."""
    made = tmp_path_factory.mktemp("site") / "out"
    assert main(["site", "build", "--workspace", str(REPOSITORY), "-o", str(made), "--lang", "zh"]) == 0
    return made


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """Where the site is served."""
    with open_server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.url
        server.shutdown()


def _hits(page: Page, query: str) -> list[str]:
    page.fill("header input[name=q]", query)
    page.press("header input[name=q]", "Enter")
    page.wait_for_selector("#told:not(:empty)")
    return [
        str(link).rpartition("/")[2] for link in page.eval_on_selector_all("#hits h2 a", "all => all.map(a => a.href)")
    ]


def test_no_page_asks_for_anything_elsewhere(bare_page: Page, url: str, folder: Path) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    bare_page.on("request", lambda request: asked.append(request.url))
    bare_page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    bare_page.on("pageerror", lambda error: complaints.append(str(error)))
    pages = sorted(path.name for path in folder.glob("*.html"))
    for name in pages:
        bare_page.goto(url + name, wait_until="load")
    bare_page.goto(f"{url}search.html?q=门店")
    bare_page.wait_for_selector("#hits article")
    assert len(pages) > 30
    assert len(asked) > len(pages)
    assert [one for one in asked if not one.startswith((url, "data:"))] == []
    assert complaints == []


def test_twenty_chinese_searches_find_their_page(bare_page: Page, url: str) -> None:
    lost = []
    for query, wanted in QUERIES:
        bare_page.goto(url + "index.html")
        found = _hits(bare_page, query)
        if wanted not in found[:3]:
            lost.append((query, wanted, found[:3]))
    assert lost == []
    assert len(QUERIES) == 20


def test_a_word_is_found_on_every_page_that_holds_it(bare_page: Page, url: str, folder: Path) -> None:
    from lxml import html

    texts = {p.name: html.parse(str(p)).xpath("string(//main)") for p in folder.glob("case-*.html")}
    for word in ("门店", "导购", "小程序", "会员"):
        bare_page.goto(url + "index.html")
        holding = {name for name, text in texts.items() if word in text}
        assert len(holding) >= 2
        assert holding <= set(_hits(bare_page, word)), word


def test_nothing_is_found_where_nothing_is(bare_page: Page, url: str) -> None:
    bare_page.goto(url + "index.html")
    assert _hits(bare_page, "航天发动机") == []
    assert "没有找到" in bare_page.inner_text("#told")


def test_search_and_network_work_from_a_folder_without_a_server(bare_page: Page, folder: Path) -> None:
    bare_page.goto((folder / "index.html").as_uri())
    assert "case-walmart.html" in _hits(bare_page, "扫码购")[:3]
    bare_page.goto((folder / "network.html").as_uri())
    frame = bare_page.frame_locator("iframe")
    frame.locator("svg, canvas").first.wait_for()


def test_a_query_with_markup_stays_text(bare_page: Page, url: str) -> None:
    bare_page.goto(url + "search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20%E9%97%A8%E5%BA%97")
    bare_page.wait_for_selector("#told:not(:empty)")
    assert bare_page.query_selector("main img") is None


def test_chosen_cases_stand_side_by_side(bare_page: Page, url: str) -> None:
    bare_page.goto(url + "compare-facets.html#cases=walmart,costco")
    bare_page.wait_for_selector("#choose[open]")
    shown = bare_page.eval_on_selector_all(
        "#matrix thead th", "all => all.filter(c => c.offsetWidth).map(c => c.dataset.case)"
    )
    assert shown == ["costco", "walmart"]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(bare_page: Page, url: str, width: int) -> None:
    bare_page.set_viewport_size({"width": width, "height": 800})
    for name in ("index.html", "case-walmart.html", "compare-metrics.html", "sources.html", "search.html?q=门店"):
        bare_page.goto(url + name)
        assert bare_page.evaluate("document.documentElement.scrollWidth") <= width, name
