"""Notebooks as HTML that needs no network: fallbacks instead of widgets, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest

from casekit import language
from casekit.jupyter.lab.exporting import DISPLAY_PRIORITY, offline_html

nbformat = pytest.importorskip("nbformat")

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def _notebook(data: dict[str, Any], *, markdown: str = "# 一个标题") -> Any:
    output = nbformat.v4.new_output("display_data", data=data)
    cells = [nbformat.v4.new_markdown_cell(markdown), nbformat.v4.new_code_cell("x", outputs=[output])]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata["widgets"] = {STATE: {"version_major": 2, "version_minor": 0, "state": {"m": {"秘": "密"}}}}
    return made


def test_a_widgets_fallback_is_shown_and_its_view_is_not() -> None:
    page = offline_html(_notebook({VIEW: {"model_id": "m"}, "text/html": "<p>图的文字</p>", "text/plain": "Widget()"}))
    assert "<p>图的文字</p>" in page
    assert "widget-view" not in page
    assert "Widget()" not in page


def test_states_of_widgets_do_not_get_into_the_page() -> None:
    page = offline_html(_notebook({"text/plain": "a"}))
    assert STATE not in page
    assert "密" not in page


def test_nothing_is_loaded_from_elsewhere_not_even_for_diagrams_and_formulas() -> None:
    markdown = "$$\\frac{a}{b}$$\n\n```mermaid\ngraph TD; A-->B\n```\n\n[一个链接](https://example.org/)"
    page = offline_html(_notebook({"application/javascript": "alert(1)", "text/plain": "alert"}, markdown=markdown))
    elsewhere = [address for address in re.findall(r"https?://[^\s\"'<>)]+", page) if "w3.org" not in address]
    assert {address for address in elsewhere if "example.org" not in address and "license" not in address.lower()} <= {
        address for address in elsewhere if _in_comment(page, address)
    }
    assert "alert(1)" not in page
    assert "<script" not in page
    assert "graph TD" in page
    assert "\\frac{a}{b}" in page


def _in_comment(page: str, address: str) -> bool:
    """Whether an address stands in comments only (nbconvert's style sheets name their sources)."""
    return address not in re.sub(r"/\*.*?\*/|<!--.*?-->", "", page, flags=re.DOTALL)


def test_the_page_says_its_language() -> None:
    assert '<html lang="zh">' in offline_html(_notebook({"text/plain": "a"}))
    language.use("en")
    assert '<html lang="en">' in offline_html(_notebook({"text/plain": "a"}))


def test_pictures_and_tables_are_shown_as_before() -> None:
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    assert pixel in offline_html(_notebook({"image/png": pixel, "text/plain": "<Figure>"}))
    assert "<table>" in offline_html(_notebook({"text/html": "<table></table>", "text/plain": "df"}))


def test_what_needs_a_host_of_scripts_is_never_chosen() -> None:
    assert not {VIEW, "application/javascript", "text/vnd.mermaid"} & set(DISPLAY_PRIORITY)
