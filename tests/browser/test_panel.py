"""The side panel: search, filters, insertion, basket, notes, keyboard, themes, states."""

from __future__ import annotations

import re
import socket
import statistics
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import (
    REPOSITORY,
    Browser,
    Lab,
    Page,
    Watched,
    awaited,
    axe,
    crowded,
    has_tofu,
    new_context,
    screenshot,
    start_server,
)
from tests.browser.panel_driving import (
    PANEL,
    cells,
    focus_search,
    new_notebook,
    open_facet,
    open_panel,
    search,
    theme,
    toast,
    wait_for_cells,
)


def _address(hit: Any) -> str:
    return str(hit.locator(".casekit-Hit-address").inner_text())


def _citation(cell: dict[str, Any]) -> str:
    """The one address that a cell's metadata cites."""
    (cited,) = cell["metadata"]["casekit"]["citations"]
    return f"{cited['source']}:{cited['start']}-{cited['end']}"


# ---- search ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["步步高的会员", "步步高的會員"], ids=["simplified", "traditional"])
def test_hits_in_either_script_with_marks_on_the_original_characters(page: Page, lab: Lab, query: str) -> None:
    open_panel(page, lab)
    hits = search(page, query)
    first = hits.first
    assert _address(first).startswith("case-bubugao:")
    marked = first.locator("mark").all_inner_texts()
    assert "会员" in marked  # the source is in simplified characters, whatever the query is in
    assert page.locator(f"{PANEL} [role=status]").first.inner_text().startswith("找到")
    assert has_tofu(page, f"{PANEL} .casekit-Hit-quote") == []
    first.hover()  # the buttons come beside what is written there, not upon it
    why, buttons = (first.locator(one).bounding_box() for one in (".casekit-Why summary", ".casekit-Actions"))
    assert why["x"] + why["width"] <= buttons["x"]


def test_a_question_is_answered_and_a_wording_found_in_the_panel(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    page.locator(f"{PANEL} [data-choice=ask]").click()
    box = page.locator(f"{PANEL} .casekit-SearchBox-input")
    box.fill("步步高有多少会员")
    first = page.locator(f"{PANEL} .casekit-Hit").first
    first.locator(".casekit-Hit-reference").wait_for()
    assert first.locator(".casekit-Hit-quote").inner_text()
    screenshot(page, "panel-ask")
    page.locator(f"{PANEL} [data-choice=find]").click()
    page.locator(f"{PANEL} [data-choice=near]").click()
    box.fill("會員 數字化")
    found = page.locator(f"{PANEL} .casekit-Hit mark", has_text=re.compile("会员.{0,10}数字化"))
    found.first.wait_for()
    screenshot(page, "panel-find")
    page.locator(f"{PANEL} [data-choice=regex]").click()
    box.fill("(")
    page.locator(
        f"{PANEL} .casekit-Search-body .casekit-State"
    ).wait_for()  # a pattern that is none is told, not thrown
    assert axe(page, PANEL) == []


def test_nothing_is_asked_for_in_the_middle_of_a_composition(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/casekit/api/search" in request.url else None)
    keyboard = page.context.new_cdp_session(page)
    for written in ("h", "hu", "hui", "huiy", "huiyuan"):  # what an input method shows before the choice
        keyboard.send(
            "Input.imeSetComposition", {"text": written, "selectionStart": len(written), "selectionEnd": len(written)}
        )
        page.wait_for_timeout(120)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "会员"})
    page.locator(f"{PANEL} .casekit-Hit").first.wait_for()
    assert page.locator(f"{PANEL} .casekit-SearchBox-input").input_value() == "会员"
    for _ in range(100):  # the hits of an earlier search may stand there while the request is on its way
        if asked:
            break
        page.wait_for_timeout(100)
    assert len(asked) == 1
    keyboard.detach()


def test_older_requests_are_dropped_and_only_the_newest_answer_is_shown(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    search(page, "步步高")  # the names are read: from here on the server is warm

    def late(route: Any) -> None:
        page.wait_for_timeout(1000)
        route.continue_()

    page.route("**/casekit/api/search?*q=%E7%BB%AB%E8%87%B4&*", late)  # 绫致
    box = page.locator(f"{PANEL} .casekit-SearchBox-input")
    box.fill("绫致")
    page.wait_for_timeout(200)
    box.fill("沃尔玛")
    page.wait_for_function(
        """() => document.querySelector('#casekit-panel .casekit-Hit mark')?.textContent === '沃尔玛'"""
    )
    page.wait_for_timeout(1500)
    assert page.locator(f"{PANEL} .casekit-Hit mark").first.inner_text() == "沃尔玛"


def test_a_question_that_the_corpus_does_not_answer_is_said_to_be_one(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    search(page, "番茄炒蛋要放多少盐？")
    told = page.locator(f"{PANEL} .casekit-Honest")
    told.wait_for()
    assert "语料里没有答案" in told.inner_text()
    below = page.locator(f"{PANEL} .casekit-Hit").first.bounding_box()
    assert told.bounding_box()["y"] < below["y"]


def test_a_facet_narrows_the_hits_and_its_chip_widens_them_again(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    search(page, "会员")
    before = page.locator(f"{PANEL} .casekit-Count").inner_text()
    open_facet(page, "公司与机构")
    value = page.locator(f"{PANEL} .casekit-Value", has_text="沃尔玛").first
    count = value.locator(".casekit-Value-count").inner_text()  # the originals are not here: retellings stand in
    assert re.fullmatch(r"转述 [1-9]\d*", count)
    assert count in value.get_attribute("aria-label")
    assert "转述" in page.locator(f"{PANEL} .casekit-Hit-told").first.inner_text()
    value.click()
    chip = page.locator(f"{PANEL} .casekit-Chip", has_text="沃尔玛")
    chip.wait_for()
    page.wait_for_load_state("networkidle")
    page.locator(f"{PANEL} .casekit-Value[aria-pressed=true]", has_text="沃尔玛").wait_for()  # the answer has come
    texts = page.locator(f"{PANEL} .casekit-Hit-quote").all_inner_texts()
    assert texts
    assert [text for text in texts if "沃尔玛" not in text] == []
    assert page.evaluate("() => document.activeElement.dataset.focus ?? ''").startswith("company:")  # the focus stays
    chip.click()
    chip.wait_for(state="detached")
    page.wait_for_function(
        "before => document.querySelector('#casekit-panel .casekit-Count').textContent === before", arg=before
    )


def test_why_and_similar_passages(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    first = search(page, "步步高的会员").first
    address = _address(first)
    first.locator("summary").click()
    assert first.locator(".casekit-Why dd").first.inner_text() != ""
    first.focus()
    page.keyboard.press("s")
    page.locator(f"{PANEL} .casekit-Likeness").wait_for()
    page.wait_for_load_state("networkidle")
    similar = page.locator(f"{PANEL} .casekit-Hit-address").all_inner_texts()
    assert similar
    assert address not in similar
    page.locator(f"{PANEL} .casekit-Likeness button").click()
    page.locator(f"{PANEL} .casekit-Likeness").wait_for(state="detached")
    assert _address(page.locator(f"{PANEL} .casekit-Hit").first) == address


_STOPWATCH = """() => {
    // from the input event to the frame after the hits were put in
    window.__times = [];
    let since = null;
    const body = document.querySelector('#casekit-panel .casekit-Search-body');
    document.querySelector('#casekit-panel .casekit-SearchBox-input')
        .addEventListener('input', () => { since = performance.now(); }, true);
    new MutationObserver(changes => {
        if (since === null || !changes.some(c => [...c.addedNodes].some(n => ['LI', 'OL'].includes(n.nodeName)))) return;
        const began = since;
        since = null;
        requestAnimationFrame(() => {
            const next = new MessageChannel();
            next.port1.onmessage = () => window.__times.push(performance.now() - began);
            next.port2.postMessage(0);
        });
    }).observe(body, {childList: true, subtree: true});
}"""


def test_from_the_key_stroke_to_the_first_hits(page: Page, lab: Lab) -> None:
    """Median at most 150 ms, in the best of three rounds: other work on the machine only ever adds.

    Measured with 1,000 articles on a machine with two cores and a load of 3: median 131 ms, 95 % within 160 ms.
    """
    open_panel(page, lab)
    search(page, "步步高的会员")
    page.evaluate(_STOPWATCH)
    box = page.locator(f"{PANEL} .casekit-SearchBox-input")
    medians = []
    for words in (("门店数字化", "导购的业绩"), ("企业微信", "扫码购用户"), ("三通工程", "支付即会员")):
        page.evaluate("() => { window.__times.length = 0; }")
        for word in words:
            box.fill("")
            page.locator(f"{PANEL} .casekit-Start").wait_for()
            for letter in word:
                seen = page.evaluate("() => window.__times.length")
                box.press_sequentially(letter)
                page.wait_for_function("seen => window.__times.length > seen", arg=seen)
        medians.append(statistics.median(page.evaluate("() => window.__times")))
    assert min(medians) <= 150 * crowded(), medians


# ---- into the notebook -----------------------------------------------------------------------------------------------
def test_card_quotation_and_code_go_below_the_active_cell(page: Page, lab: Lab) -> None:
    path = new_notebook(lab, "甲", "乙")
    open_panel(page, lab, path)
    first = search(page, "步步高的会员").first
    address = _address(first)
    first.focus()
    page.keyboard.press("i")
    wait_for_cells(page, path, 3)
    page.keyboard.press("q")
    wait_for_cells(page, path, 4)
    page.keyboard.press("c")
    found = wait_for_cells(page, path, 5)
    assert [cell["source"] for cell in (found[0], found[-1])] == ["甲", "乙"]
    card, quotation, code = found[1:4]
    assert [cell["metadata"]["casekit"]["kind"] for cell in (card, quotation)] == ["card", "quote"]
    assert {_citation(cell) for cell in (card, quotation, code)} == {address}
    assert card["rendered"] is True
    source, _, span = address.rpartition(":")
    start, end = span.split("-")
    assert code["cell_type"] == "code"
    assert code["source"] == f'from casekit.jupyter import wb\nwb.quote("{source}", {start}, {end})'
    assert code["outputs"] == []
    assert page.evaluate("() => document.activeElement.matches('.casekit-Hit')")  # one goes on where one was
    screenshot(page, "panel_inserted")


def test_without_a_notebook_one_is_offered(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    first = search(page, "步步高的会员").first
    address = _address(first)
    first.focus()
    page.keyboard.press("i")
    page.locator(".jp-Dialog", has_text="没有打开的笔记本").wait_for()
    page.locator(".jp-Dialog button", has_text="新建并插入").click()
    page.locator(".jp-NotebookPanel .jp-MarkdownCell").first.wait_for()
    path = page.evaluate("() => window.jupyterapp.shell.currentWidget.context.path")
    assert path.startswith("notebooks/")
    assert _citation(cells(page, path)[0]) == address
    (lab.folder / path).unlink()


def _drag(page: Page, source: Any, target: Any) -> None:
    source.scroll_into_view_if_needed()
    start, end = source.bounding_box(), target.bounding_box()
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 6, steps=4)
    page.locator(".casekit-DragImage").wait_for()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    page.wait_for_timeout(100)
    page.mouse.up()


def test_a_hit_dragged_onto_a_notebook_becomes_a_cited_cell(page: Page, lab: Lab) -> None:
    path = new_notebook(lab, "甲", "乙")
    open_panel(page, lab, path)
    second = search(page, "步步高的会员").nth(1)
    address = _address(second)
    _drag(page, second.locator(".casekit-Hit-quote"), page.locator(".jp-NotebookPanel .jp-Cell", has_text="乙"))
    found = wait_for_cells(page, path, 3)
    assert _citation(found[1]) == address
    assert found[1]["rendered"] is True
    assert [found[0]["source"], found[2]["source"]] == ["甲", "乙"]
    toast(page, "已插入")
    script = "() => { const c = window.jupyterapp.shell.currentWidget.content; return [c.activeCellIndex, c.selectedCells.length]; }"
    assert page.evaluate(script) == [1, 1]  # the cell above is not chosen with it, to be deleted by the next key


def test_dropped_onto_a_cell_that_is_being_written_it_stays_a_cell_of_its_own(page: Page, lab: Lab) -> None:
    path = new_notebook(lab, "甲", "乙")
    open_panel(page, lab, path)
    first = search(page, "步步高的会员").first
    page.locator(".jp-NotebookPanel .jp-Cell", has_text="乙").dblclick()  # its editor takes any dropped text
    editor = page.locator(".jp-NotebookPanel .jp-Cell.jp-mod-active .cm-content")
    editor.wait_for()
    _drag(page, first.locator(".casekit-Hit-quote"), editor)
    found = wait_for_cells(page, path, 3)
    assert sorted(cell["source"] for cell in found if "casekit" not in cell["metadata"]) == sorted(["甲", "乙"])


def test_references_are_collected_and_updated_in_place(page: Page, lab: Lab) -> None:
    path = new_notebook(lab, "甲")
    open_panel(page, lab, path)
    hits = search(page, "会员")
    hits.first.focus()
    page.keyboard.press("i")
    wait_for_cells(page, path, 2)
    button = page.locator('.jp-NotebookPanel-toolbar [data-command="casekit:update-references"]')
    button.click()
    found = wait_for_cells(page, path, 3)
    assert found[-1]["metadata"]["casekit"]["kind"] == "references"
    before = found[-1]["source"]
    # a passage of another source: the list grows, in the same place
    page.locator(f"{PANEL} .casekit-SearchBox-input").fill("")
    other = search(page, "三通工程 通绩效")
    mine = _citation(found[1]).rpartition(":")[0]
    index = next(i for i in range(other.count()) if not _address(other.nth(i)).startswith(f"{mine}:"))
    other.nth(index).focus()
    page.keyboard.press("q")
    wait_for_cells(page, path, 4)
    button.click()
    page.wait_for_function(
        """([path, before]) => {
            for (const widget of window.jupyterapp.shell.widgets('main'))
                if (widget.context?.path === path)
                    return widget.content.widgets.some(c =>
                        c.model.sharedModel.getMetadata().casekit?.kind === 'references'
                        && c.model.sharedModel.getSource() !== before);
        }""",
        arg=[path, before],
    )
    found = cells(page, path)
    lists = [cell for cell in found if cell["metadata"].get("casekit", {}).get("kind") == "references"]
    assert len(lists) == 1
    assert "2" in lists[0]["source"]


# ---- basket ----------------------------------------------------------------------------------------------------------
def test_the_basket_is_kept_reordered_undone_and_made_into_a_notebook(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    hits = search(page, "步步高的会员")
    addresses = [_address(hits.nth(i)) for i in range(3)]
    hits.first.focus()
    for _ in range(3):
        page.keyboard.press("b")
        page.keyboard.press("ArrowDown")
    tab = page.locator("#casekit-tab-basket")
    tab.click()
    items = page.locator(f"{PANEL} .casekit-BasketItem .casekit-Hit-address")
    assert items.all_inner_texts() == addresses

    page.locator(f"{PANEL} .casekit-BasketItem").nth(2).locator('[data-move="up"]').click()
    assert items.all_inner_texts() == [addresses[0], addresses[2], addresses[1]]
    page.locator(f"{PANEL} .casekit-BasketItem").first.focus()
    page.keyboard.press("Delete")
    assert items.all_inner_texts() == [addresses[2], addresses[1]]
    page.keyboard.press("Control+z")
    page.wait_for_function("() => document.querySelectorAll('.casekit-BasketItem').length === 3")
    assert items.all_inner_texts() == [addresses[0], addresses[2], addresses[1]]
    screenshot(page, "panel_basket")

    page.wait_for_timeout(1500)  # the browser's state is written in its own time
    page.reload(wait_until="domcontentloaded")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    focus_search(page)
    tab.click()
    page.wait_for_function("() => document.querySelectorAll('.casekit-BasketItem').length === 3")
    assert items.all_inner_texts() == [addresses[0], addresses[2], addresses[1]]

    page.locator(f"{PANEL} .casekit-Maker input").fill("会员 摘录")
    page.locator(f"{PANEL} .casekit-Maker .casekit-mod-main").click()
    made = page.locator(f"{PANEL} .casekit-Made")
    made.wait_for()
    page.locator(".jp-NotebookPanel .jp-MarkdownCell").first.wait_for()
    path = page.evaluate("() => window.jupyterapp.shell.currentWidget.context.path")
    assert path in made.inner_text()
    cited = [_citation(cell) for cell in cells(page, path) if cell["metadata"].get("casekit", {}).get("kind") == "card"]
    assert cited == [addresses[0], addresses[2], addresses[1]]


NOTES = "#casekit-view-notes"  # what lists codes looks alike, and stays in the page once it was opened


# ---- notes -----------------------------------------------------------------------------------------------------------
def test_a_note_is_written_found_edited_deleted_and_brought_back(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    first = search(page, "步步高的会员").first
    first.focus()
    page.keyboard.press("n")
    page.locator(".casekit-NoteForm textarea").fill("口径要核对:只算 <b>存量</b>")
    page.locator(".casekit-NoteForm-tags").fill("口径,#会员")
    page.locator(".jp-Dialog button", has_text="保存").click()
    toast(page, "笔记已保存")

    page.locator("#casekit-tab-notes").click()
    note = page.locator(f"{NOTES} .casekit-Note")
    note.wait_for()
    assert "个人笔记" in page.locator(f"{NOTES} .casekit-Notes-banner").inner_text()
    assert note.locator(".casekit-Note-text").inner_text() == "口径要核对:只算 <b>存量</b>"  # text, never markup
    assert sorted(note.locator(".casekit-Badge").all_inner_texts()) == ["#会员", "#口径"]
    screenshot(page, "panel_notes")

    page.locator(f"{NOTES} .casekit-Notes-search").fill("没有这样的词")
    note.wait_for(state="detached")
    page.locator(f"{NOTES} .casekit-Notes-search").fill("核对")
    note.wait_for()
    page.locator(f"{NOTES} .casekit-Value", has_text="#口径").click()
    page.locator(f"{NOTES} .casekit-Value[aria-pressed=true]", has_text="#口径").wait_for()
    assert note.count() == 1

    note.locator("button[aria-label=编辑]").click()
    page.locator(".casekit-NoteForm textarea").fill("已核对")
    page.locator(".jp-Dialog button", has_text="保存").click()
    page.locator(f"{NOTES} .casekit-Notes-search").fill("")
    page.locator(f"{NOTES} .casekit-Note-text", has_text="已核对").wait_for()

    note.locator("button[aria-label=删除]").click()
    note.wait_for(state="detached")
    toast(page, "笔记已删除").locator("button", has_text="撤销").click()
    page.locator(f"{NOTES} .casekit-Note-text", has_text="已核对").wait_for()
    note.locator("button[aria-label=删除]").click()
    note.wait_for(state="detached")


# ---- codes -----------------------------------------------------------------------------------------------------------
def test_a_passage_is_coded_listed_by_code_and_taken_off(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    search(page, "步步高的会员").first.focus()
    page.keyboard.press("k")
    page.locator(".casekit-NoteForm input[name=code]").fill("会员 <b>运营</b>")
    page.locator(".casekit-NoteForm textarea").fill("只算存量")
    page.locator(".jp-Dialog button", has_text="保存").click()
    toast(page, "已编码")

    page.locator("#casekit-tab-codes").click()
    coded = page.locator(f"{PANEL} .casekit-Codes .casekit-Note")
    coded.wait_for()
    assert coded.locator(".casekit-Badge").first.inner_text() == "会员 <b>运营</b>"  # text, never markup
    assert coded.locator(".casekit-Note-text").inner_text() == "只算存量"
    assert axe(page, PANEL) == []
    screenshot(page, "panel_codes")
    page.locator(f"{PANEL} .casekit-Codes .casekit-Value", has_text="运营").click()
    page.locator(f"{PANEL} .casekit-Codes .casekit-Value[aria-pressed=true]", has_text="运营").wait_for()
    assert coded.count() == 1

    coded.locator("button[aria-label=取消编码]").click()
    coded.wait_for(state="detached")
    toast(page, "已取消编码").locator("button", has_text="撤销").click()
    coded.wait_for()

    # the codebook itself: a code made under it, changed, merged, deleted and brought back
    book, tools = page.locator(f"{PANEL} .casekit-Codes-book"), page.locator(f"{PANEL} .casekit-Codes-tools")
    tools.get_by_label("新编码").click()
    form = page.locator(".jp-Dialog .casekit-NoteForm")
    form.locator("input[name=name]").fill("招募")
    form.locator("textarea[name=definition]").fill("怎样拉来新会员")
    assert axe(page, ".jp-Dialog") == []
    page.locator(".jp-Dialog button", has_text="保存").click()
    book.locator(".casekit-Value", has_text="招募").click()
    assert tools.locator(".casekit-Codes-definition").inner_text() == "怎样拉来新会员"
    assert axe(page, PANEL) == []
    screenshot(page, "panel_codebook")
    tools.locator("button[aria-label^=改编码]").click()
    form.locator("input[name=name]").fill("拉新")
    form.locator("select[name=under]").select_option(label="最上层")
    page.locator(".jp-Dialog button", has_text="保存").click()
    book.locator(".casekit-Value-label", has_text=re.compile("^拉新$")).wait_for()
    tools.get_by_label("并入另一个编码").click()
    page.locator(".jp-Dialog button", has_text="保存").click()
    book.locator(".casekit-Value", has_text="拉新").wait_for(state="detached")
    tools.locator("button[aria-label^=收回]").click()
    book.locator(".casekit-Value", has_text="拉新").wait_for()
    book.locator(".casekit-Value", has_text="运营").click()
    tools.locator("button[aria-label^=删去]").click()
    coded.wait_for(state="detached")
    toast(page, "删去").locator("button", has_text="撤销").click()
    coded.wait_for()

    # the reader marks it, in the code's colour, and leads back to the code
    page.locator("#casekit-tab-search").click()
    page.locator("#casekit-tab-codes").click()
    coded.locator(".casekit-Link").click()
    sign = page.locator(".casekit-Reader .casekit-CodeSign")
    sign.wait_for()
    assert page.locator(".casekit-Reader .casekit-Mark-code").count()
    screenshot(page, "reader_codes")
    sign.click()
    book.locator(".casekit-Value[aria-pressed=true]", has_text="运营").wait_for()
    coded.locator("button[aria-label=取消编码]").click()
    coded.wait_for(state="detached")
    sign.wait_for(state="detached")


def test_names_are_reviewed_in_bulk_with_their_sentences_one_click_away(page: Page, lab: Lab) -> None:
    """What the server answers is given here (its own tests ask it): the bundled workspace need not have a name to decide on."""
    at = {"source": "case-bubugao", "start": 134, "end": 140, "text": "禾朗軒", "left": "在", "right": "内部"}
    one = {
        "type": "company",
        "why": "witnesses",
        "count": 3,
        "sources": 1,
        "figures": 2,
        "relations": 1,
        "contexts": [at],
    }
    rows = [{**one, "name": "禾朗轩", "text": "禾朗軒"}, {**one, "name": "汪若川", "text": "汪若川", "type": "person"}]
    asked: list[dict[str, Any]] = []
    page.route(
        "**/casekit/api/verbs/lexicon/review**", lambda route: route.fulfill(json=[] if len(asked) == 1 else rows)
    )

    def decided(route: Any) -> None:
        said = route.request.post_data_json
        asked.append(said)
        route.fulfill(
            json=[{"name": name, "verdict": said["verdict"], "type": None, "into": None} for name in said["names"]]
        )

    page.route("**/casekit/api/decide**", decided)
    bare = {**at, "start": 150, "end": 153, "text": "12%", "near": ["禾朗軒"]}
    ruled: list[dict[str, Any]] = []

    def rule(route: Any) -> None:
        ruled.append(route.request.post_data_json)
        route.fulfill(json=[])

    page.route("**/casekit/api/verbs/fact/open**", lambda route: route.fulfill(json=[] if len(ruled) == 1 else [bare]))
    page.route("**/casekit/api/figures**", rule)
    open_panel(page, lab)
    page.locator("#casekit-tab-review").click()
    items = page.locator(f"{PANEL} .casekit-Review-item")
    items.first.wait_for()
    assert "禾朗軒" in items.first.inner_text()
    assert "2 个数字，1 条关系" in items.first.inner_text()
    items.first.locator("summary").click()
    assert items.first.locator("details li").inner_text() == "在禾朗軒内部"
    page.locator(f"{PANEL} .casekit-Review-head label input").check()
    page.locator(f"{PANEL} .casekit-Review-head button", has_text="拒绝").click()
    items.first.wait_for(state="detached")
    toast(page, "裁定了 2 个名称").locator("button", has_text="撤销").click()
    items.first.wait_for()
    assert [(each["verdict"], each["names"]) for each in asked] == [
        ("reject", ["禾朗轩", "汪若川"]),
        ("undo", ["禾朗轩", "汪若川"]),
    ]
    figures = page.locator(f"{PANEL} .casekit-Review-figures")
    whose = figures.locator("input")
    assert whose.get_attribute("aria-label") == "12% 是谁的"
    whose.fill("禾朗軒")
    whose.press("Enter")
    figures.wait_for(state="detached")
    toast(page, "12% 是 禾朗軒 的").locator("button", has_text="撤销").click()
    figures.wait_for()
    assert [(one["act"], one["places"], one["subject"]) for one in ruled] == [
        ("assign", ["case-bubugao:150-153"], "禾朗軒"),
        ("unassign", ["case-bubugao:150-153"], ""),
    ]
    assert axe(page, PANEL) == []
    screenshot(page, "panel-review")
    for route in ("verbs/fact/open", "figures"):
        page.unroute(f"**/casekit/api/{route}**")
    page.unroute("**/casekit/api/verbs/lexicon/review**")
    page.unroute("**/casekit/api/decide**")


def test_a_search_is_saved_and_opened_again_with_its_filters(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    search(page, "会员")
    open_facet(page, "公司与机构")
    page.locator(f"{PANEL} .casekit-Value", has_text="沃尔玛").first.click()
    page.locator(f"{PANEL} .casekit-Chip", has_text="沃尔玛").wait_for()
    page.locator(f"{PANEL} .casekit-SearchBox-save").click()
    page.locator(".jp-Dialog input").fill("沃尔玛的会员")
    page.locator(".jp-Dialog button", has_text="保存").click()
    toast(page, "已保存检索")
    page.locator(f"{PANEL} .casekit-Chip", has_text="沃尔玛").click()
    page.locator(f"{PANEL} .casekit-SearchBox-clear").click()
    page.locator(f"{PANEL} .casekit-Saved-open", has_text="沃尔玛的会员").click()
    page.locator(f"{PANEL} .casekit-Chip", has_text="沃尔玛").wait_for()
    assert page.locator(f"{PANEL} .casekit-SearchBox-input").input_value() == "会员"
    page.locator(f"{PANEL} .casekit-Chip", has_text="沃尔玛").click()
    page.locator(f"{PANEL} .casekit-SearchBox-clear").click()
    page.locator(f"{PANEL} .casekit-Saved li button").last.click()
    page.locator(f"{PANEL} .casekit-Saved").wait_for(state="detached")


def test_a_saved_search_opens_in_the_mode_and_way_it_was_saved_in(page: Page, lab: Lab) -> None:
    open_panel(page, lab)
    for choice in ("find", "near"):
        page.locator(f'{PANEL} .casekit-Mode[data-choice="{choice}"]').click()
    apart = page.locator(f'{PANEL} [data-choice="apart"]')
    apart.fill("90")
    apart.press("Enter")
    page.locator(f"{PANEL} .casekit-SearchBox-input").fill("会员 沃尔玛")
    page.locator(f"{PANEL} .casekit-SearchBox-save").click()
    page.locator(".jp-Dialog input").fill("沃尔玛旁边的会员")
    page.locator(".jp-Dialog button", has_text="保存").click()
    toast(page, "已保存检索")
    page.locator(f'{PANEL} .casekit-Mode[data-choice="passages"]').click()
    page.locator(f"{PANEL} .casekit-SearchBox-clear").click()
    page.locator(f"{PANEL} .casekit-Saved-open", has_text="沃尔玛旁边的会员").click()
    page.locator(f'{PANEL} .casekit-Mode[data-choice="near"][aria-pressed="true"]').wait_for()
    assert apart.input_value() == "90"
    page.locator(f'{PANEL} .casekit-Mode[data-choice="passages"]').click()
    page.locator(f"{PANEL} .casekit-SearchBox-clear").click()
    page.locator(f"{PANEL} .casekit-Saved li button").last.click()


# ---- keyboard, themes, language --------------------------------------------------------------------------------------
def test_the_keyboard_alone_is_enough(page: Page, lab: Lab) -> None:
    path = new_notebook(lab, "甲")
    open_panel(page, lab, path)
    page.keyboard.type("步步高的会员", delay=20)
    page.keyboard.press("ArrowDown")  # even before the hits are there
    page.locator(f"{PANEL} .casekit-Hit:focus").wait_for()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.activeElement.dataset.index === '1'")
    assert page.locator(f"{PANEL} .casekit-Hit[tabindex='0']").count() == 1  # one stop for Tab
    page.keyboard.press("End")
    last = page.locator(f"{PANEL} .casekit-Hit").count() - 1
    page.wait_for_function("last => document.activeElement.dataset.index === String(last)", arg=last)
    page.keyboard.press("Home")
    address = _address(page.locator(f"{PANEL} .casekit-Hit").first)
    page.keyboard.press("i")
    found = wait_for_cells(page, path, 2)
    assert _citation(found[1]) == address
    page.keyboard.press("Enter")
    page.locator(".casekit-Reader .casekit-Block.casekit-mod-target:focus").wait_for()
    grounds = page.locator(
        ".casekit-Reader .casekit-Ground"
    )  # the case study's way to its originals, which are not here
    assert grounds.count() > 10
    assert "原文未导入" in grounds.first.get_attribute("aria-label")
    page.keyboard.press("q")
    found = wait_for_cells(page, path, 3)
    assert _citation(found[2]) == address
    page.keyboard.press("Escape")
    page.locator(f"{PANEL} .casekit-SearchBox-input:focus").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(f"{PANEL} .casekit-SearchBox-input").input_value() == ""


def test_the_commands_are_in_the_palette_and_in_the_context_menu(page: Page, lab: Lab) -> None:
    open_panel(page, lab, new_notebook(lab, "甲"))
    first = search(page, "步步高的会员").first
    first.click(button="right")
    menu = page.locator(".lm-Menu.jp-ThemedContainer, .lm-Menu").last
    menu.wait_for()
    labels = menu.locator(".lm-Menu-itemLabel").all_inner_texts()
    for wanted in ("插入证据卡片", "插入引文和出处", "插入代码单元", "放进篮子", "写笔记", "在阅读页打开"):
        assert wanted in labels
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Shift+c")
    page.locator(".lm-CommandPalette-input").fill("更新参考文献")
    page.locator(".lm-CommandPalette-itemLabel", has_text="更新参考文献").wait_for()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_accessible_in_either_theme(page: Page, lab: Lab, name: str) -> None:
    open_panel(page, lab)
    with theme(page, name):
        _check_every_tab(page, name)


def _check_every_tab(page: Page, name: str) -> None:
    assert axe(page, PANEL) == []
    search(page, "沃尔玛的会员").first.focus()
    open_facet(page, "公司与机构")
    page.locator(f"{PANEL} .casekit-Hit summary").first.click()
    page.locator(f"{PANEL} .casekit-Hit").nth(1).focus()
    assert axe(page, PANEL) == []
    screenshot(page, f"panel_{name}")
    page.keyboard.press("b")
    page.locator("#casekit-tab-basket .casekit-Facet-count").wait_for()
    page.locator("#casekit-tab-basket").click()
    assert axe(page, PANEL) == []
    page.locator("#casekit-tab-notes").click()
    page.locator(f"{PANEL} .casekit-Notes-banner").wait_for()
    assert axe(page, PANEL) == []


# ---- states ----------------------------------------------------------------------------------------------------------
_PLAIN_LAB = """
import sys
from jupyterlab.labapp import LabApp
app = LabApp.initialize_server(argv=sys.argv[1:])
app.io_loop.add_callback(lambda: print("ready", flush=True))
app.start()
"""


def _plain_lab(folder: Path, extensions: Path, home: dict[str, str], *, service: bool) -> Lab:
    """JupyterLab as anybody starts it, with the panel installed and the server's part on or off."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    on = str(service).lower()
    arguments = [
        "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1", f"--ServerApp.root_dir={folder}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=t", "--LabApp.expose_app_in_browser=True",
        f"--LabApp.extra_labextensions_path={extensions}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        f"--LabApp.workspaces_dir={folder / 'layouts'}", f"--LabApp.user_settings_dir={folder / 'settings'}",
        f"--ServerApp.jpserver_extensions=casekit.jupyter.service={on.capitalize()}",
    ]  # fmt: skip
    server = start_server([sys.executable, "-c", _PLAIN_LAB, *arguments], cwd=folder, env={**home, "CASEKIT_LANG": ""})
    return Lab(f"http://127.0.0.1:{port}/", "t", folder, server)


@pytest.fixture(scope="module")
def extensions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that JupyterLab loads the panel from."""
    root = tmp_path_factory.mktemp("extensions")
    (root / "@casekit").mkdir()
    (root / "@casekit" / "lab").symlink_to(REPOSITORY / "src" / "casekit" / "jupyter" / "labextension")
    return root


@pytest.fixture
def stranger(
    chromium: Browser, tmp_path: Path, extensions: Path, jupyter_home: dict[str, str], request: pytest.FixtureRequest
) -> Iterator[tuple[Page, Watched]]:
    """The panel in a JupyterLab that has no workspace; the parameter says whether the server's part is on."""
    folder = tmp_path / "empty"
    folder.mkdir()
    lab = _plain_lab(folder, extensions, jupyter_home, service=request.param)
    context, watched = new_context(chromium)
    page = context.new_page()
    try:
        open_panel_anyhow(page, lab)
        yield page, watched
    finally:
        context.close()
        lab.server.stop()
    assert watched.outside == []


def open_panel_anyhow(page: Page, lab: Lab) -> None:
    """JupyterLab with the panel in front, whatever state it is in."""
    page.goto(lab.url("lab"), wait_until="domcontentloaded")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.wait_for_function("() => window.jupyterapp?.commands.hasCommand('casekit:focus-search')")
    awaited(
        page,
        """async () => {
            await window.jupyterapp.restored;
            await window.jupyterapp.commands.execute('casekit:focus-search');
            return true;
        }""",
    )
    page.locator(f"{PANEL} .casekit-State").first.wait_for()


@pytest.mark.parametrize("stranger", [False], indirect=True, ids=["service off"])
def test_without_the_server_extension_the_panel_says_what_to_do(stranger: tuple[Page, Watched]) -> None:
    page, watched = stranger
    told = page.locator(f"{PANEL} .casekit-State").first.inner_text()
    assert "casekit lab" in told
    assert "重试" in told
    page.locator(f"{PANEL} .casekit-State button", has_text="重试").first.click()
    page.locator(f"{PANEL} .casekit-State").first.wait_for()
    assert watched.errors == []
    assert axe(page, PANEL) == []
    screenshot(page, "panel_no_service")


@pytest.mark.parametrize("stranger", [True], indirect=True, ids=["no workspace"])
def test_without_a_workspace_the_panel_says_what_to_do(stranger: tuple[Page, Watched]) -> None:
    page, watched = stranger
    told = page.locator(f"{PANEL} .casekit-State").first.inner_text()
    assert "casekit init" in told
    assert watched.errors == []
    assert axe(page, PANEL) == []


def test_the_built_panel_names_no_other_machine() -> None:
    built = REPOSITORY / "src" / "casekit" / "jupyter" / "labextension"
    for path in built.rglob("*.js"):
        text = path.read_text("utf8")
        addresses = {part.split('"')[0].split("'")[0] for part in text.split("//")[1:] if part[:1].isalpha()}
        assert {one.split("/")[0] for one in addresses if "." in one.split("/")[0]} <= {"www.w3.org"}, path


def test_lab_serves_the_panel_as_it_is_built(lab: Lab) -> None:
    import json

    described = json.loads((REPOSITORY / "src/casekit/jupyter/labextension/package.json").read_text("utf8"))
    entry = described["jupyterlab"]["_build"]["load"]
    address = f"{lab.base_url}lab/extensions/@casekit/lab/{entry}?token={lab.token}"
    with urllib.request.urlopen(address, timeout=300) as answer:
        served = answer.read()
    assert served == (REPOSITORY / "src/casekit/jupyter/labextension" / entry).read_bytes()
