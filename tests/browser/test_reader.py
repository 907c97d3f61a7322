"""The reader: the whole text, cuts and marks, the passage, selections with code-point addresses, both scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import Lab, Page, axe, has_tofu, screenshot
from tests.browser.panel_driving import (
    focus_search,
    new_notebook,
    open_panel,
    search,
    theme,
    toast,
    wait_for_cells,
)
from tests.commands import run_here
from tests.samples import set_model

# Traditional characters, one beyond the basic plane (𠮷) and an emoji: UTF-16 counts those twice.
_TEXT = """𠮷田超市的會員計畫

𠮷田超市在三家門店試行會員計畫😀,導購用企業微信聯繫顧客。到2019年底,會員達到12萬人,比年初多了一倍。

店長說,會員日的客單價提高了8%;明年的目標是20萬人。

<b>這一行</b>像是標記,其實只是文字。

試行的結果要到春天才看得出來,總部打算先看復購。
"""
_CUT = "像是標記"


def _casekit(folder: Path, *words: object) -> None:
    ran = run_here(*words, cwd=folder)
    assert ran.code == 0, ran.err


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace with one article, a few characters of which are cut by hand; its folder and the article's id."""
    root = tmp_path_factory.mktemp("reader") / "讀本"
    root.mkdir()
    _casekit(root, "init", ".")
    set_model(root, "hashing")
    (root / "ji-tian.txt").write_text(_TEXT, "utf8")
    _casekit(root, "add", "ji-tian.txt")
    start = _TEXT.index(_CUT)  # Python counts code points
    _casekit(root, "cut", "ji-tian", start, start + len(_CUT))
    _casekit(root, "build")
    return root, "ji-tian"


@pytest.fixture(scope="module")
def reading(article: tuple[Path, str], start_lab: Callable[..., Lab]) -> Iterator[Lab]:
    """JupyterLab in that workspace."""
    lab = start_lab(article[0])
    yield lab
    lab.server.stop()


def _open_reader(page: Page, lab: Lab, notebook: str = "") -> Any:
    """The reader at the passage of the first hit; returns its locator."""
    open_panel(page, lab, notebook)
    search(page, "會員計畫").first.dblclick()
    reader = page.locator(".casekit-Reader")
    reader.locator(".casekit-Target").first.wait_for()
    return reader


def _select(page: Page, text: str) -> tuple[int, int]:
    """Select a text in the reader, from character to character as a mouse does; its address by Python's count."""
    page.evaluate(
        """text => {
            const root = document.querySelector('.casekit-Text');
            const nodes = [];
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            let whole = '';
            while (walker.nextNode()) { nodes.push([walker.currentNode, whole.length]); whole += walker.currentNode.data; }
            const at = whole.indexOf(text);
            if (at < 0) throw new Error('not in the text: ' + text);
            const place = offset => {
                const [node, from] = nodes.findLast(([, from]) => from <= offset);
                return [node, offset - from];
            };
            const [last, before] = place(at + text.length - 1);
            getSelection().setBaseAndExtent(...place(at), last, before + 1);
        }""",
        text,
    )
    page.locator(".casekit-Bar").wait_for()
    start = _TEXT.index(text)
    return start, start + len(text)


def test_it_opens_at_the_passage_and_shows_where_it_comes_from(page: Page, reading: Lab) -> None:
    reader = _open_reader(page, reading)
    found = reader.locator(".casekit-Target").first
    box, frame = found.bounding_box(), reader.bounding_box()
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]
    assert reader.locator(".casekit-Reader-metadata dt").count() > 1
    assert "字" in reader.locator(".casekit-Reader-metadata").inner_text()
    assert reader.locator(".casekit-Reader-reference").inner_text() != ""
    shown = page.evaluate("() => document.querySelector('.casekit-Text').textContent")
    assert shown.replace("\n", "").startswith(_TEXT.replace("\n", "")[:40])
    assert "<b>這一行</b>" in shown  # markup in a source is text
    assert page.locator(".casekit-Text b").count() == 0
    assert has_tofu(page, ".casekit-Text", "會員計畫導購企業微信聯繫") == []


def test_pieces_tell_their_addresses_in_code_points(page: Page, reading: Lab) -> None:
    _open_reader(page, reading)
    pieces = page.evaluate(
        """() => [...document.querySelectorAll('.casekit-Text [data-start]')]
            .map(p => [Number(p.dataset.start), Number(p.dataset.end), p.textContent])"""
    )
    assert "".join(text for _, _, text in pieces) == _TEXT
    assert [text for start, end, text in pieces if text != _TEXT[start:end]] == []


def test_a_cut_is_greyed_and_tells_its_reason_on_hover_and_focus(page: Page, reading: Lab) -> None:
    reader = _open_reader(page, reading)
    cut = reader.locator(".casekit-Cut", has_text=_CUT)
    cut.focus()
    tip = reader.locator(".casekit-Tip")
    tip.wait_for()
    assert tip.inner_text().startswith("已剔除")
    assert cut.get_attribute("aria-label") == tip.inner_text()
    page.keyboard.press("Tab")
    page.mouse.move(5, 5)
    tip.wait_for(state="hidden")
    cut.hover()
    tip.wait_for()
    entry = reader.locator(".casekit-LegendEntry", has_text="剔除处")
    entry.click()
    cut.wait_for(state="hidden")
    assert entry.get_attribute("aria-pressed") == "false"
    entry.click()
    cut.wait_for()


def test_the_legend_shows_and_hides_what_was_found(page: Page, reading: Lab) -> None:
    page.emulate_media(reduced_motion="reduce")  # the passage glows for a second else
    reader = _open_reader(page, reading)
    figure = reader.locator(".casekit-Mark-figure", has_text="12萬").first
    ground = "node => getComputedStyle(node).backgroundColor"
    coloured = figure.evaluate(ground)
    entry = reader.locator(".casekit-LegendEntry", has_text="数字")
    entry.click()
    assert figure.evaluate(ground) != coloured
    entry.click()
    assert figure.evaluate(ground) == coloured


@pytest.mark.parametrize(
    "text",
    ["超市在三家門店", "𠮷田超市在三家門店", "會員計畫😀,導購", "12萬人,比年初多了一倍。\n\n店長說"],
    ids=["after", "rare", "emoji", "blocks"],
)
def test_what_is_selected_is_quoted_from_its_address(page: Page, reading: Lab, text: str) -> None:
    path = new_notebook(reading, "甲")
    _open_reader(page, reading, path)
    start, end = _select(page, text)
    assert page.locator(".casekit-Bar-address").inner_text() == f"ji-tian:{start}-{end}"
    page.locator(".casekit-Bar button[aria-label=插入引文和出处]").click()
    found = wait_for_cells(page, path, 2)
    (cited,) = found[1]["metadata"]["casekit"]["citations"]
    assert (cited["source"], cited["start"], cited["end"]) == ("ji-tian", start, end)


def test_a_selection_can_be_dragged_onto_a_notebook(page: Page, reading: Lab) -> None:
    path = new_notebook(reading, "甲")
    _open_reader(page, reading, path)
    start, end = _select(page, "會員日的客單價提高了8%")
    place = page.evaluate(
        "() => { const r = getSelection().getRangeAt(0).getBoundingClientRect(); return [r.x + r.width / 2, r.y + 8]; }"
    )
    target = page.locator(".jp-NotebookPanel .jp-Cell").first.bounding_box()
    page.mouse.move(*place)
    page.mouse.down()
    page.mouse.move(place[0] + 14, place[1] + 4, steps=5)
    page.locator(".casekit-DragImage").wait_for()
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] / 2, steps=8)
    page.wait_for_timeout(100)
    page.mouse.up()
    found = wait_for_cells(page, path, 2)
    cited = [cell["metadata"]["casekit"]["citations"][0] for cell in found if "casekit" in cell["metadata"]]
    assert [(one["start"], one["end"]) for one in cited] == [(start, end)]


def test_the_script_can_be_changed_and_says_so(page: Page, reading: Lab) -> None:
    reader = _open_reader(page, reading)
    assert reader.locator(".casekit-Reader-converted").count() == 0
    reader.locator(".casekit-Segment", has_text="简体").click()
    reader.locator(".casekit-Reader-converted").wait_for()
    shown = page.evaluate("() => document.querySelector('.casekit-Text').textContent")
    assert "会员" in shown
    assert "會員" not in shown
    pressed = reader.locator(".casekit-Segment[aria-pressed=true]").all_inner_texts()
    assert pressed == ["简体"]
    reader.locator(".casekit-Segment", has_text="原文").click()
    reader.locator(".casekit-Reader-converted").wait_for(state="detached")
    assert "會員" in page.evaluate("() => document.querySelector('.casekit-Text').textContent")


def test_a_note_on_a_selection_is_marked_in_the_text(page: Page, reading: Lab) -> None:
    reader = _open_reader(page, reading)
    _select(page, "明年的目標是20萬人")
    page.keyboard.press("n")
    page.locator(".casekit-NoteForm textarea").fill("目標,不是已經做到的")
    page.locator(".jp-Dialog button", has_text="保存").click()
    sign = reader.locator(".casekit-NoteSign")
    sign.wait_for()
    marked = reader.locator(".casekit-Mark-note").all_inner_texts()
    assert "".join(marked) == "明年的目標是20萬人"
    assert "目標,不是已經做到的" in (sign.get_attribute("aria-label") or "")
    sign.click()
    page.locator(".casekit-NoteForm textarea").wait_for()
    page.keyboard.press("Escape")
    page.locator("#casekit-tab-notes").click()
    page.locator("#casekit-view-notes .casekit-Note button[aria-label=删除]").click()
    sign.wait_for(state="detached")
    toast(page, "笔记已删除").locator("button", has_text="撤销").click()
    sign.wait_for()
    page.locator("#casekit-view-notes .casekit-Note button[aria-label=删除]").click()
    sign.wait_for(state="detached")


def test_paragraphs_are_walked_with_the_arrows(page: Page, reading: Lab) -> None:
    path = new_notebook(reading, "甲")
    reader = _open_reader(page, reading, path)
    reader.locator(".casekit-Block[tabindex='0']").focus()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    block = reader.locator(".casekit-Block:focus")
    assert "總部打算" in block.inner_text()
    page.keyboard.press("i")
    found = wait_for_cells(page, path, 2)
    (cited,) = found[1]["metadata"]["casekit"]["citations"]
    assert _TEXT[cited["start"] : cited["end"]].strip() == _TEXT[_TEXT.index("試行的結果") :].strip()


def test_an_open_reader_comes_back_with_the_page(page: Page, reading: Lab) -> None:
    _open_reader(page, reading)
    page.wait_for_timeout(2500)  # Lab writes its layout in its own time
    page.reload(wait_until="domcontentloaded")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.locator(".casekit-Reader .casekit-Target").first.wait_for()
    focus_search(page)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_accessible_in_either_theme(page: Page, reading: Lab, name: str) -> None:
    reader = _open_reader(page, reading)
    with theme(page, name):
        assert axe(page, ".casekit-Reader") == []
        _select(page, "客單價提高了8%")
        assert axe(page, ".casekit-Reader") == []
        screenshot(page, f"reader_{name}")
        page.evaluate("() => getSelection().removeAllRanges()")
        reader.locator(".casekit-Segment", has_text="简体").click()
        reader.locator(".casekit-Reader-converted").wait_for()
        assert axe(page, ".casekit-Reader") == []
