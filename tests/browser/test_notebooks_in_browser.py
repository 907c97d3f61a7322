"""Shipped notebooks run from top to bottom in JupyterLab, and their HTML shows everything with no network at all.

`make test` runs some here (tests/notebook_runs.py) and the others by their kernel alone, `make test-all` all of them.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
import pytest
from lxml import html
from tests.browser.driving import (
    ARTEFACTS,
    REPOSITORY,
    Lab,
    Page,
    Watched,
    awaited,
    has_tofu,
    open_lab,
    open_notebook,
    outputs,
    run_all,
    save,
    screenshot,
)
from tests.notebook_runs import IN_LAB, ran_clean_and_shows_itself

NOTEBOOKS = sorted(path.name for path in (REPOSITORY / "notebooks").glob("[0-9]*.ipynb"))
VIEW = "application/vnd.jupyter.widget-view+json"
# Something on the internet that a page would load; links that a reader may click are none of these.
_LOADS = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=\s*["'](?:https?:)?//[^"']+""", re.IGNORECASE)


def test_there_are_eight_notebooks() -> None:
    assert [name[:2] for name in NOTEBOOKS] == [f"{i}_" for i in range(1, 9)]


@pytest.mark.parametrize("name", IN_LAB)
def test_a_notebook_runs_and_its_html_shows_every_widget_offline(
    name: str, page: Page, lab: Lab, watched: Watched, surroundings: dict[str, str]
) -> None:
    open_lab(page, lab)
    open_notebook(page, f"notebooks/{name}")
    run_all(page)
    shown = outputs(page)
    _look_at_widgets(page, name)
    save(page)

    exported = page.context.request.get(lab.url(f"nbconvert/html/notebooks/{quote(name)}"), timeout=600_000)
    assert exported.ok, exported.text()[:500]
    text = exported.text()
    assert _LOADS.findall(text) == []
    saved: Any = nbformat.read(lab.folder / "notebooks" / name, as_version=4)  # type: ignore[no-untyped-call]
    ran_clean_and_shows_itself(saved, text, surroundings)
    path = ARTEFACTS / "html" / f"{Path(name).stem}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf8")

    _stop_kernel(page)
    alone = page.context.new_page()
    alone.goto(path.as_uri(), wait_until="load")
    body = _squeezed(alone.locator("body").inner_text())
    for output in _widgets(shown):
        for piece in _visible(output["data"]["text/html"]):
            assert piece in body, f"{piece!r} of a widget's fallback is not in the exported page"
    assert "Loading widget" not in body
    assert has_tofu(alone) == []
    screenshot(alone, f"html-{Path(name).stem}")
    assert watched.outside == []


def _widgets(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pictures of the widgets, each in the output before its widget's."""
    found = []
    for before, one in pairwise([{}, *shown]):
        if VIEW not in one.get("data", {}):
            continue
        assert "text/html" in one["data"], "a widget without a fallback vanishes from exported pages"
        if "casekit-nowidget" in "".join(one["data"]["text/html"]):
            assert 'class="casekit-saved"' in "".join(before["data"]["text/html"])
            assert "<script" not in "".join(before["data"]["text/html"])
            found.append(before)
    return found


def _look_at_widgets(page: Page, name: str) -> None:
    """Every widget is drawn in the notebook itself, none says that it failed; far cells are drawn when scrolled to."""
    cells = page.evaluate(
        """view => window.jupyterapp.shell.currentWidget.content.widgets
            .map((cell, i) => [i, cell.model.outputs?.toJSON().filter(one => one.data?.[view]).length ?? 0])
            .filter(([, count]) => count)""",
        VIEW,
    )
    for i, count in cells:
        awaited(
            page,
            "async i => { await window.jupyterapp.shell.currentWidget.content.scrollToItem(i, 'center'); return true; }",
            i,
        )
        cell = page.locator(f".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-windowed-list-index='{i}']")
        # what a progress bar leaves behind is a widget, too, that takes no room
        cell.locator(".jp-OutputArea .jupyter-widgets, .jp-OutputArea .lm-Widget .ck-frame").first.wait_for(
            state="attached"
        )
        assert "Error displaying widget" not in cell.inner_text()
        assert count
    assert page.get_by_text("Failed to load model").count() == 0
    screenshot(page, f"notebook-{Path(name).stem}")


def _visible(markup: str | list[str]) -> list[str]:
    """The first words of a fallback that a reader sees, three pieces at most."""
    tree = html.fragment_fromstring("".join(markup), create_parent="div")
    for hidden in tree.xpath("//style|//title|//desc|//details[not(@open)]"):
        hidden.drop_tree()
    pieces = [_squeezed(str(piece)) for piece in tree.xpath(".//text()[normalize-space()]")]
    return [piece for piece in pieces if len(piece) > 1][:3]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _stop_kernel(page: Page) -> None:
    """End the notebook's kernel, so that eight of them don't stay in memory; the page asks nothing of it any more."""
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def test_a_saved_notebook_shows_its_widgets_after_the_kernel_is_gone(page: Page, lab: Lab, watched: Watched) -> None:
    path = lab.folder / "notebooks" / "存过的.ipynb"
    source = "from casekit.jupyter import network\nnetwork(around='沃尔玛')"
    cell: dict[str, Any] = {"cell_type": "code", "id": "a", "metadata": {}, "source": source, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    made = {"cells": [{**cell, "execution_count": None}], "metadata": {"kernelspec": kernel}}
    path.write_text(json.dumps({**made, "nbformat": 4, "nbformat_minor": 5}), "utf8")
    open_lab(page, lab)
    open_notebook(page, "notebooks/存过的.ipynb")
    run_all(page)
    page.locator(".ck-canvas[data-drawn]").wait_for()
    assert page.locator(".casekit-saved").is_hidden()  # the widget itself is there
    save(page)
    _stop_kernel(page)
    assert path.stat().st_size < 200_000  # the widget's whole script is not saved with it

    open_lab(page, lab)
    open_notebook(page, "notebooks/存过的.ipynb")
    output = page.locator(".jp-OutputArea-output").first
    output.locator("svg").first.wait_for()
    assert output.is_visible()
    assert "Error displaying widget" not in output.inner_text()
    assert "沃尔玛" in output.inner_text()
    screenshot(page, "notebook-saved")
    assert watched.errors == []


def test_a_saved_notebook_shows_its_widgets_with_no_kernel_at_all(page: Page, lab: Lab, watched: Watched) -> None:
    """Made by hand, as a colleague without this kernel would get it; the reader says no to choosing another."""
    markup = "<table><tr><td>没有内核也看得见</td></tr></table>"
    data = {
        VIEW: {"model_id": "0" * 32, "version_major": 2, "version_minor": 0},
        "text/html": markup,
        "text/plain": "x",
    }
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": [output], "execution_count": 1}
    kernel = {"name": "somewhere-else", "display_name": "Elsewhere", "language": "elsewhere"}
    made = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / "notebooks" / "没有内核.ipynb").write_text(json.dumps(made), "utf8")
    open_lab(page, lab, "notebooks/没有内核.ipynb")
    page.locator(".jp-Dialog .jp-Dialog-button.jp-mod-reject").first.click()
    page.locator(".jp-OutputArea-output td", has_text="没有内核也看得见").wait_for()
    assert "widget" not in page.locator(".jp-OutputArea-output").first.inner_text()
    screenshot(page, "notebook-no-kernel")
    assert watched.errors == []
