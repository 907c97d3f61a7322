"""In a real JupyterLab: names complete at Tab, errors are one line, bars leave one line, displays pass axe in both themes."""

from __future__ import annotations

from typing import Any

import nbformat
from tests.browser.driving import (
    Lab,
    Page,
    Watched,
    awaited,
    axe,
    open_lab,
    open_notebook,
    outputs,
    screenshot,
)

from casekit.jupyter.kernel.display.parts import address, framed, head

_SHOWN = [
    'wb.search("沃尔玛的扫码购", k=2)',
    "%casekit quote case-walmart 758 924",
    'wb.facts(entity="步步高")',
    'wb.cases.compare(["沃尔玛", "步步高"])',
    'wb.network.neighbours("步步高")',
    'wb.cases.get("沃尔玛")',
    'wb.show("case-walmart")',
    "references()",
    "%%casekit check\\n迪信通有1800家零售门店,分布在25个省市。\\n\\n我们建议先在12家门店试点。",
]


def _notebook(lab: Lab, name: str, *sources: str) -> str:
    make: Any = nbformat.v4
    cells = [make.new_code_cell(source.replace("\\n", "\n")) for source in sources]
    folder = lab.folder / "notebooks"
    folder.mkdir(exist_ok=True)
    # without a kernel's name JupyterLab asks for one
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(make.new_notebook(cells=cells, metadata=kernel), folder / name)  # type: ignore[no-untyped-call]
    return f"notebooks/{name}"


def _run(page: Page, number: int) -> list[dict[str, Any]]:
    """Run one code cell and wait for its end; its outputs."""
    awaited(
        page,
        """async number => {
            const panel = window.jupyterapp.shell.currentWidget;
            panel.content.activeCellIndex = number;
            await window.jupyterapp.commands.execute('notebook:run-cell');
            return true;
        }""",
        number,
    )
    found: list[dict[str, Any]] = page.evaluate(
        "n => window.jupyterapp.shell.currentWidget.content.widgets[n].model.outputs.toJSON()", number
    )
    return found


_TYPED = [
    ("%casekit facts --entity 步步", "步步高"),
    ("%casekit facts --entity 企業微", "企业微信"),
    ("%casekit facts --entity Walm", "Walmart"),
    ("%casekit sea", "search"),
    ("x = %casekit show case-w", "case-walmart"),
    ("%casekit search 会员 --comp", "--company"),
]


def test_tab_offers_verbs_options_ids_and_names(page: Page, lab: Lab) -> None:
    open_lab(page, lab)
    open_notebook(page, _notebook(lab, "tab.ipynb", "from casekit.jupyter import wb", *("" for _ in _TYPED)))
    _run(page, 0)
    for number, (typed, offered) in enumerate(_TYPED, 1):
        _completes(page, number, typed, offered)


def _completes(page: Page, number: int, typed: str, offered: str) -> None:
    """Typing, Tab and, where several are listed, choosing it, puts `offered` into the cell."""
    page.locator(".jp-Notebook .jp-CodeCell").nth(number).locator(".cm-content").click()
    page.keyboard.insert_text(typed)
    page.keyboard.press("Tab")
    source = f"() => window.jupyterapp.shell.currentWidget.content.widgets[{number}].model.sharedModel.source"
    listed = page.locator(".jp-Completer-item")
    wanted = typed.rsplit(" ", 1)[0] + " " + offered
    for _ in range(40):  # a single candidate is put in at once, several are listed
        if page.evaluate(source) == wanted or listed.first.is_visible():
            break
        page.wait_for_timeout(250)
    if page.evaluate(source) != wanted:
        names = [text.strip() for text in listed.locator(".jp-Completer-match").all_inner_texts()]
        assert offered in names, (typed, names)
        for _ in range(names.index(offered)):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_function(f"wanted => ({source})() === wanted", arg=wanted)


def test_an_error_is_one_line_and_a_build_leaves_one(page: Page, lab: Lab) -> None:
    open_lab(page, lab)
    (lab.folder / "一行.txt").write_text("店长把货架挪近了窗口。下午来的客人多了，坐下来的也多了。\n", "utf8")
    path = _notebook(
        lab,
        "lines.ipynb",
        "from casekit.jupyter import wb\nadded = wb.add([wb.workspace.root / '一行.txt'])",
        "wb.show('nichts')",
        "r = wb.build()",
        "gone = wb.remove(['一行']) and wb.build()",  # other tests of this workspace count what it holds
    )
    open_notebook(page, path)
    _run(page, 0)
    (error,) = _run(page, 1)
    assert error["output_type"] == "error"
    shown = page.locator(".jp-Notebook .jp-CodeCell").nth(1).locator(".jp-OutputArea-output").inner_text().strip()
    assert shown.startswith("casekit: ")
    assert len(shown.splitlines()) == 1
    (built,) = _run(page, 2)
    assert "新增 1" in "".join(built["data"]["text/plain"])
    assert page.locator(".jp-Notebook .jp-CodeCell").nth(2).locator("progress").count() == 0
    (gone,) = _run(page, 3)
    assert "移除 1" in "".join(gone["data"]["text/plain"])


def test_displays_are_readable_in_both_themes(page: Page, lab: Lab, watched: Watched) -> None:
    open_lab(page, lab)
    path = _notebook(lab, "shown.ipynb", "from casekit.jupyter import references, wb", *_SHOWN)
    open_notebook(page, path)
    for number in range(len(_SHOWN) + 1):
        _run(page, number)
    assert [one for one in outputs(page) if one["output_type"] == "error"] == []
    listed = "".join(_run(page, _SHOWN.index("references()") + 1)[0]["data"]["text/html"])
    assert 'data-source="case-walmart"' in listed, "what the open notebook quotes"
    assert "shown.ipynb" in listed
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        awaited(
            page,
            """async theme => {
                await window.jupyterapp.commands.execute('apputils:change-theme', {theme});
                return true;
            }""",
            theme,
        )
        page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light", arg=str("Light" in theme).lower()
        )
        page.wait_for_timeout(300)  # the colours change over
        assert axe(page, ".casekit-out") == []
        for number in (1, 3, 4, 6, len(_SHOWN)):
            cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
            cell.scroll_into_view_if_needed()
            screenshot(page, f"kernel-{theme.split()[1].lower()}-{number}", of=cell)
    assert watched.errors == []


def test_a_mark_of_direction_in_a_title_does_not_turn_the_address_beside_it(bare_page: Page) -> None:
    bare_page.set_content(framed(head("标题\u202eabc", address("src", 12, 34))))
    lefts = bare_page.evaluate(
        """() => [0, 1, 2, 3].map(i => {
            const range = document.createRange();
            const text = document.querySelector('code').firstChild;
            range.setStart(text, i);
            range.setEnd(text, i + 1);
            return range.getBoundingClientRect().left;
        })"""
    )
    assert lefts == sorted(lefts)
