"""The first hour: from an empty workspace to a cited passage of one's own file, without a terminal; two tabs, one basket."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import Browser, Lab, Page, awaited, axe, crowded, has_tofu, new_context, open_lab, screenshot
from tests.browser.panel_driving import PANEL, theme
from tests.samples import TEXTS

from casekit.workbench import Workbench

START = ".casekit-StartPage"
CLICKS = 12
SECONDS = 120


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, start_lab: Callable[..., Lab], playwright: Any) -> Iterator[Lab]:
    root = tmp_path_factory.mktemp("first") / "新工作区"
    Workbench.init(root)
    lab = start_lab(root)
    yield lab
    lab.server.stop()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "晨露茶饮.txt"
    path.write_text(TEXTS["chenlu"], "utf8")
    return path


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[Any]:
    made, watched = new_context(chromium)
    yield made
    assert watched.outside == []
    made.close()


def test_from_nothing_to_a_cited_passage_of_an_own_file(context: Any, fresh: Lab, own: Path) -> None:
    page = context.new_page()
    open_lab(page, fresh, start=True)
    began, clicks = time.monotonic(), 0
    page.locator(START).get_by_text("这里还没有文章").wait_for()
    page.locator(PANEL).get_by_text("语料还是空的", exact=True).first.wait_for(state="attached")
    screenshot(page, "start-empty")
    with page.expect_file_chooser() as chooser:
        page.locator(f"{START} .casekit-Add-choose").click()
        clicks += 1
    chooser.value.set_files(str(own))
    page.locator(f"{START} .casekit-Receipts li").first.wait_for()
    assert "晨露茶饮的会员改造" in page.locator(f"{START} .casekit-Receipts li").first.inner_text()
    page.locator(f"{START} .casekit-Example").first.wait_for()
    screenshot(page, "start-built")
    page.locator(f"{START} .casekit-Card", has_text="新笔记本").click()
    clicks += 1
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    page.locator(".lm-TabBar-tabLabel", has_text="开始").last.click()
    clicks += 1
    page.locator(f"{START} .casekit-Example").first.click()
    clicks += 1
    hit = page.locator(f"{PANEL} .casekit-Hit").first
    hit.wait_for()
    assert "晨露茶饮" in hit.inner_text()
    page.locator(".lm-TabBar-tabLabel", has_text=".ipynb").last.click()
    clicks += 1
    hit.hover()
    hit.locator(".casekit-Actions button").nth(1).click()
    clicks += 1
    page.locator(".jp-NotebookPanel .jp-MarkdownCell", has_text="晨露茶饮").first.wait_for()
    took = time.monotonic() - began
    assert clicks <= CLICKS
    assert took < SECONDS * crowded(), took
    cited = awaited(
        page,
        "() => window.jupyterapp.shell.currentWidget.content.widgets.map(c => c.model.sharedModel.getMetadata('casekit'))"
        ".filter(Boolean)",
    )
    assert any(one.get("citations") for one in cited)
    page.close()


def _fill(folder: Path, tmp_path: Path) -> Workbench:
    """The workspace with an article in its index, whichever test comes first."""
    bench = Workbench.open(folder)
    if not bench.imported():
        path = tmp_path / "晨露茶饮.txt"
        path.write_text(TEXTS["chenlu"], "utf8")
        bench.add([path])
        bench.build()
    return bench


def test_two_tabs_have_one_basket(context: Any, fresh: Lab, tmp_path: Path) -> None:
    bench = _fill(fresh.folder, tmp_path)
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        open_lab(page, fresh, start=True)
    bench.basket.clear()
    one.locator(START).wait_for()
    one.locator(f"{START} .casekit-Example").first.click()
    hit = one.locator(f"{PANEL} .casekit-Hit").first
    hit.wait_for()
    hit.hover()
    hit.locator(".casekit-Actions button").nth(3).click()
    one.locator("#casekit-tab-basket", has_text="1").wait_for()
    other.bring_to_front()
    other.locator("#casekit-tab-basket", has_text="1").wait_for(state="attached", timeout=30_000)
    for page in (one, other):
        page.close()


def test_the_start_page_fits_in_either_theme(context: Any, fresh: Lab, tmp_path: Path) -> None:
    _fill(fresh.folder, tmp_path)
    page: Page = context.new_page()
    open_lab(page, fresh, start=True)
    page.locator(START).wait_for()
    save = page.locator(f"{START} .casekit-Settings button[type=submit]")
    save.wait_for(state="attached")
    assert save.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"  # it looks like a button
    for look in ("light", "dark"):
        with theme(page, look):
            for width in (900, 1280, 1920):
                page.set_viewport_size({"width": width, "height": 900})
                page.locator(f"{START} h2").first.wait_for()
                screenshot(page, f"start-{width}-{look}")
                assert has_tofu(page, START) == [], (width, look)
                assert awaited(page, _OVERFLOWING, START) == [], (width, look)
                assert axe(page, START) == [], (width, look)
    page.close()


# What is wider than the place that it stands in, or stands outside of the page.
_OVERFLOWING = """selector => {
    const page = document.querySelector(selector), right = page.getBoundingClientRect().right;
    return Array.from(page.querySelectorAll('*')).filter(e => e.getBoundingClientRect().right > right + 1).map(e => e.className || e.tagName);
}"""


def test_a_folder_is_dropped_and_a_link_is_added(context: Any, fresh: Lab, tmp_path: Path) -> None:
    """The browser's own drop, of a folder with a folder in it; a link to this machine is fetched only where that is allowed."""
    folder = tmp_path / "一夹子"
    (folder / "里面").mkdir(parents=True)
    (folder / "甲.txt").write_text("青苔书店的夜班\n\n青苔书店夜里十点以后只留一名店员，读者自己扫码付款。\n", "utf8")
    (folder / "里面" / "乙.md").write_text(
        "# 白鹭面馆的叫号\n\n白鹭面馆把叫号搬到手机上，等位的人可以先逛街。\n", "utf8"
    )
    page = context.new_page()
    open_lab(page, fresh, start=True)
    zone = page.locator(f"{START} .casekit-Add")
    zone.wait_for()
    zone.scroll_into_view_if_needed()
    box = zone.bounding_box()
    assert box is not None
    session = context.new_cdp_session(page)
    dragged = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 12}
        session.send("Input.dispatchDragEvent", {"type": kind, **at, "data": dragged})
    receipts = page.locator(f"{START} .casekit-Receipts li")
    for title in ("青苔书店的夜班", "白鹭面馆的叫号"):
        receipts.filter(has_text=title).first.wait_for()
    zone.locator("input[type=url]").fill("http://127.0.0.1:9/nobody.html")
    zone.locator("form button[type=submit]").click()
    refused = receipts.filter(has_text="127.0.0.1").first
    refused.wait_for()
    assert refused.get_attribute("data-bad") is not None
    assert not page.locator(f"{START} .casekit-Add progress").is_visible()
    page.close()
