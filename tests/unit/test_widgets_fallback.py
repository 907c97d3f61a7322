"""The widgets as plain HTML: complete, harmless whatever the texts hold, and what exported notebooks show."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import lxml.html
import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from tests.unit.widgets_sample import HOSTILE, make_sample

from casekit import language
from casekit.jupyter.lab.exporting import offline_html
from casekit.jupyter.widgets import chart, matrix, network, search_box, timeline
from casekit.jupyter.widgets.base import Widget, bundle
from casekit.jupyter.widgets.fallback import chart_html, matrix_html, network_html, search_html, timeline_html
from casekit.pictured import live_output, picture_output
from casekit.workbench import Workbench

_v4: Any = nbformat.v4  # declares no types
_exporter: Any = HTMLExporter  # nor does traitlets
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
DRAW: dict[str, Callable[[Any], str]] = {
    "network": network_html,
    "matrix": matrix_html,
    "timeline": timeline_html,
    "chart": chart_html,
    "search": search_html,
}
# What each must say: something that stands in its data alone.
SAYS = {"network": "白鹿书店", "matrix": "45家", "timeline": "超过800万元", "chart": "150家", "search": "茶话日"}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return Workbench.open(make_sample(tmp_path_factory.mktemp("widgets")))


@pytest.fixture(scope="module")
def made(bench: Workbench) -> dict[str, Widget]:
    return {
        "network": network(wb=bench),
        "matrix": matrix([], by="metrics", wb=bench),
        "timeline": timeline(wb=bench),
        "chart": chart("门店", wb=bench),
        "search": search_box(query="茶话日", wb=bench),
    }


# What programs read, not people: it is made by us, never by a text.
_CODES = {"id", "type", "kind", "shape", "colour", "state", "polarity", "lanes", "open", "certainty", "focus"}


def poisoned(data: Any) -> Any:
    """The same data with something hostile behind every text that people read."""
    if isinstance(data, dict):
        codes = _CODES | ({"subject", "object"} if "polarity" in data else set())  # a link's ends are ids
        return {key: value if key in codes else poisoned(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [poisoned(value) for value in data]
    return data + HOSTILE if isinstance(data, str) and data else data


def harmless(page: str) -> lxml.html.HtmlElement:
    """The page parsed, after making sure that it runs nothing and loads nothing."""
    tree = lxml.html.fromstring(page)
    for element in tree.iter():
        assert element.tag not in (
            "script",
            "img",
            "iframe",
            "link",
            "object",
            "embed",
            "style",
            "form",
            "foreignobject",
        )
        for name, value in ((str(key), str(value)) for key, value in element.attrib.items()):
            assert not name.startswith("on"), name
            assert name not in ("src", "href", "xlink:href", "srcdoc", "action", "data"), name
            assert "url(" not in value
            assert "javascript:" not in value
    return tree


@pytest.mark.parametrize("name", list(DRAW))
def test_a_fallback_is_complete_and_loads_nothing(made: dict[str, Widget], name: str) -> None:
    tree = harmless(made[name].fallback())
    text = tree.text_content()
    assert SAYS[name] in text
    if name in ("network", "timeline", "chart"):
        (picture, *_) = tree.xpath("//svg")
        assert SAYS[name] in picture.text_content()  # readable without the table, too
        assert tree.xpath("//table//td")


@pytest.mark.parametrize("name", list(DRAW))
def test_hostile_texts_stay_texts(made: dict[str, Widget], name: str) -> None:
    data = made[name].data if name != "search" else made[name]._latest
    tree = harmless(DRAW[name](poisoned(copy.deepcopy(dict(data)))))
    assert "<script>alert(1)</script>" in tree.text_content()


@pytest.mark.parametrize("name", list(DRAW))
def test_empty_widgets_say_so_in_one_line(name: str) -> None:
    empty: dict[str, dict[str, Any]] = {
        "network": {"nodes": [], "edges": [], "types": [], "all_nodes": 0, "all_edges": 0, "focus": ""},
        "matrix": {"title": "比较", "rows": [], "columns": [], "cells": []},
        "timeline": {"title": "时间", "lanes": "metric", "kinds": [], "figures": [], "left_out": 0},
        "chart": {"title": "数据", "groups": [], "kinds": []},
        "search": {"query": "", "message": "", "hits": []},
    }
    text = harmless(DRAW[name](empty[name])).text_content()
    assert 4 < len(text) < 60


def test_fallbacks_speak_english_where_that_is_wanted(bench: Workbench) -> None:
    language.use("en")
    shown = network(wb=bench)
    text = harmless(shown.fallback()).text_content()
    assert "uses tool" in text
    assert "denied" in text
    assert "Greenstalk Tea" in text
    assert shown.language == "en"


def test_invisible_and_broken_characters_do_not_get_in(made: dict[str, Widget]) -> None:
    data = copy.deepcopy(dict(made["network"].data))
    data["nodes"][0]["name"] = "甲\u202e乙\x00\ud800丙\u2028"
    page = network_html(data)
    page.encode("utf8")
    assert "甲乙丙" in page


def test_a_large_network_is_saved_small(made: dict[str, Widget]) -> None:
    nodes = [
        {**made["network"].data["nodes"][0], "id": f"n{i}", "name": f"名称{i}", "x": i, "y": i} for i in range(500)
    ]
    edge = made["network"].data["edges"][0]
    edges = [{**edge, "id": f"e{i}", "subject": f"n{i % 500}", "object": f"n{(i * 7) % 500}"} for i in range(2000)]
    page = network_html({**made["network"].data, "nodes": nodes, "edges": edges})
    assert len(page) < 250_000
    assert "另有 1850 条关系没有列出" in page


# ---- notebooks -------------------------------------------------------------------------------------------------------
def notebook(made: dict[str, Widget], *, state: bool) -> Any:
    """A notebook as it is saved after running: with the widgets' states, or without."""
    saved = _v4.new_notebook()
    for name, widget in made.items():
        both = (picture_output(widget.fallback(), repr(widget)), live_output(widget.model_id))
        outputs = [_v4.new_output("display_data", data) for data in both]
        saved.cells.append(_v4.new_code_cell(name, outputs=outputs))
    if state:
        states = {
            widget.model_id: {
                "model_name": "AnyModel",
                "model_module": "anywidget",
                "model_module_version": "~0.9.*",
                "state": {"_esm": "export default {}"},
            }
            for widget in made.values()
        }
        saved.metadata["widgets"] = {STATE: {"version_major": 2, "version_minor": 0, "state": states}}
    return saved


@pytest.mark.parametrize("state", [True, False])
def test_exported_notebooks_show_every_fallback(made: dict[str, Widget], state: bool) -> None:
    page = offline_html(notebook(made, state=state))
    tree = lxml.html.fromstring(page)
    shown: Any = tree.xpath("//div[contains(@class, 'casekit-fallback')]")
    assert len(shown) == len(made)
    assert "application/vnd.jupyter.widget-view" not in page


@pytest.mark.parametrize("state", [True, False])
def test_plain_nbconvert_shows_every_fallback(made: dict[str, Widget], state: bool) -> None:
    page, _ = _exporter().from_notebook_node(notebook(made, state=state))
    assert page.count('class="casekit-fallback"') == len(made)


def test_a_widget_is_shown_behind_its_picture(made: dict[str, Widget], monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    for widget in made.values():
        shown.clear()
        widget._ipython_display_()
        picture, live = shown
        assert widget.fallback() in picture["text/html"]
        assert len(picture["text/plain"]) < 60
        assert live[VIEW]["model_id"] == widget.model_id
        assert "text/plain" not in live  # a terminal prints one line


# ---- the bundle ------------------------------------------------------------------------------------------------------
def test_the_bundle_is_one_module_that_asks_nobody(made: dict[str, Widget]) -> None:
    script = bundle("widgets.js")
    assert not re.search(r"\bimport\s*[\"'{(]", script)  # nothing is loaded besides
    assert "fetch(" not in script
    assert len({widget._esm for widget in made.values()}) == 1
    assert "cytoscape" in bundle("THIRD-PARTY-LICENSES.txt")


def test_every_view_of_python_is_drawn_by_the_bundle(made: dict[str, Widget]) -> None:
    script = bundle("widgets.js")
    for widget in made.values():
        assert re.search(rf"\b{widget.widget}:\w+", script), widget.widget
