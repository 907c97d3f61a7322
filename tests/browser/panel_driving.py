"""Driving the side panel: its search box, its hits, and the notebook beside it."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.driving import TIMEOUT_S, Lab, Page, awaited, open_lab, open_notebook

__all__ = [
    "PANEL",
    "cells",
    "focus_search",
    "new_notebook",
    "open_facet",
    "open_panel",
    "search",
    "theme",
    "toast",
    "wait_for_cells",
]

PANEL = "#casekit-panel"


def open_panel(page: Page, lab: Lab, notebook: str = "") -> None:
    """JupyterLab with a notebook (if one is named) and the focus in the panel's search box, by its shortcut."""
    open_lab(page, lab)
    if notebook:
        open_notebook(page, notebook)
    focus_search(page)
    page.locator(f"{PANEL} .casekit-Start-size, {PANEL} .casekit-State").first.wait_for()


def focus_search(page: Page, *, timeout_s: float = TIMEOUT_S) -> None:
    """Press the shortcut until the search box has the focus: Lab reads its shortcuts a moment after it has started."""
    focused = page.locator(f"{PANEL} .casekit-SearchBox-input:focus")
    until, presses = time.monotonic() + timeout_s, 0
    while time.monotonic() < until:
        page.keyboard.press("Control+Alt+k")
        presses += 1
        for _ in range(10):
            page.wait_for_timeout(50)
            if focused.count():
                if presses > 1:
                    page.wait_for_timeout(500)  # an earlier press may still be under way
                return
    raise AssertionError("the shortcut does not bring the search box")


def search(page: Page, text: str) -> Any:
    """Type a query and wait for its hits; returns the locator of all hits."""
    page.locator(f"{PANEL} .casekit-SearchBox-input").fill("")
    page.locator(f"{PANEL} .casekit-Start").wait_for()
    page.locator(f"{PANEL} .casekit-SearchBox-input").press_sequentially(text, delay=20)
    hits = page.locator(f"{PANEL} .casekit-Hit")
    hits.first.wait_for()
    page.wait_for_load_state("networkidle")  # the last letter's answer is there too
    return hits


def open_facet(page: Page, label: str) -> None:
    """Unfold a facet; clicked again where an answer came between and drew it anew."""
    facet = page.locator(f"{PANEL} .casekit-Facet", has_text=label)
    for _ in range(20):
        facet.wait_for()
        if facet.get_attribute("aria-expanded") == "true":
            return
        facet.click()
        page.wait_for_timeout(200)
    raise AssertionError(f"{label} does not unfold")


def new_notebook(lab: Lab, *sources: str) -> str:
    """A notebook of Markdown cells in the workspace; returns its path from Lab's root."""
    folder = lab.folder / "notebooks"
    folder.mkdir(exist_ok=True)
    name = f"试-{uuid.uuid4().hex[:6]}.ipynb"
    made = [
        {"cell_type": "markdown", "id": f"c{i}", "metadata": {}, "source": source} for i, source in enumerate(sources)
    ]
    content = {
        "cells": made,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    Path(folder / name).write_text(json.dumps(content), "utf8")
    return f"notebooks/{name}"


def cells(page: Page, path: str) -> list[dict[str, Any]]:
    """The cells of an open notebook as nbformat has them, and whether each is rendered (None for code)."""
    found: list[dict[str, Any]] = page.evaluate(
        """path => {
            for (const widget of window.jupyterapp.shell.widgets('main'))
                if (widget.context?.path === path && widget.content?.widgets)
                    return widget.content.widgets.map(c => ({...c.model.sharedModel.toJSON(), rendered: c.rendered ?? null}));
            return [];
        }""",
        path,
    )
    return found


def wait_for_cells(page: Page, path: str, count: int) -> list[dict[str, Any]]:
    """The cells of an open notebook once there are that many."""
    page.wait_for_function(
        """([path, count]) => {
            for (const widget of window.jupyterapp.shell.widgets('main'))
                if (widget.context?.path === path && widget.content?.widgets) return widget.content.widgets.length === count;
            return false;
        }""",
        arg=[path, count],
    )
    return cells(page, path)


def toast(page: Page, text: str) -> Any:
    """A message that has come up; returns its locator."""
    found = page.locator(".Toastify__toast", has_text=text).last
    found.wait_for()
    return found


@contextmanager
def theme(page: Page, name: str) -> Iterator[None]:
    """JupyterLab's "light" or "dark" theme within the block; light afterwards, for Lab remembers it."""
    _choose_theme(page, name)
    try:
        yield
    finally:
        _choose_theme(page, "light")


def _choose_theme(page: Page, name: str) -> None:
    awaited(
        page,
        """async name => {
            await window.jupyterapp.commands.execute('apputils:change-theme', {theme: `JupyterLab ${name}`});
            return true;
        }""",
        name.capitalize(),
    )
    page.wait_for_function(f"() => document.body.dataset.jpThemeLight === '{str(name == 'light').lower()}'")
    page.wait_for_timeout(500)  # the style sheet comes a moment after the attribute
