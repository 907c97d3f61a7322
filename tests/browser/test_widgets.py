"""The widgets in JupyterLab: what is clicked reaches Python, pictures are saved, large networks stay responsive."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from tests.browser.driving import (
    ARTEFACTS,
    Lab,
    Page,
    Watched,
    awaited,
    axe,
    crowded,
    has_tofu,
    open_lab,
    open_notebook,
    outputs,
    run_all,
    save,
    screenshot,
)

_format: Any = nbformat  # declares no types
ALL = [
    "from casekit.jupyter import chart, matrix, network, search_box, timeline, wb\n"
    "net = network(around='沃尔玛', hops=2, wb=wb)\nnet",
    "table = matrix(['沃尔玛', '步步高'], by='metrics', wb=wb)\ntable",
    "when = timeline(wb=wb)\nwhen",
    "metric = chart('门店', wb=wb)\nmetric",
    "box = search_box(query='会员', wb=wb)\nbox",
]
BIG = """
import random
from casekit.graph import build_graph
from casekit.jupyter import network, wb
from casekit.types import Address, Relation
from casekit.workbench.knowledge.network import Network
place = wb.relation_rows()[0]["evidence"][0]
evidence = (Address(place["source"], place["start"], place["end"]),)
choose, links = random.Random(7), set()
while len(links) < 2000:  # a few have many links, as in real networks
    a, b = int(500 * choose.random() ** 2), choose.randrange(500)
    if a != b:
        links.add((a, b))
kinds = ["uses_tool", "applies_tactic", "partner_of", "invested_by"]
relations = [Relation(f"名称{a}", f"n{a}", kinds[(a + b) % 4], f"名称{b}", f"n{b}", None, "asserted", "test", evidence)
             for a, b in sorted(links)]
graph = build_graph(relations)
types = ["company", "product", "tactic", "person", "org", "framework"]
for i, key in enumerate(sorted(graph)):
    graph.nodes[key]["type"] = types[i % 6]
class Large(Network):
    graph = graph
large = Large(wb.held)
type(wb).network = property(lambda wb, network=large: network)
print(len(graph), graph.number_of_edges())
"""


def opened(page: Page, lab: Lab, name: str, cells: list[str], *, dark: bool = False) -> None:
    """A notebook of these cells, run."""
    book = _format.v4.new_notebook()
    book.cells = [_format.v4.new_code_cell(cell) for cell in cells]
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    folder = lab.folder / "notebooks"
    folder.mkdir(exist_ok=True)
    _format.write(book, folder / f"{name}.ipynb")
    open_lab(page, lab)
    if dark:
        page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
        page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    open_notebook(page, f"notebooks/{name}.ipynb")
    run_all(page)


def python(page: Page, code: str) -> str:
    """What the notebook's kernel prints for a line of code."""
    return str(
        awaited(
            page,
            """async code => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const asked = kernel.requestExecute({code, store_history: false});
                let said = '';
                asked.onIOPub = message => {
                    if (message.header.msg_type === 'stream') said += message.content.text;
                    if (message.header.msg_type === 'error') said += message.content.evalue;
                };
                await asked.done;
                return said.trim();
            }""",
            code,
        )
    )


def drawn(page: Page) -> Any:
    """The network's frame, when it has been drawn."""
    page.locator(".ck-canvas[data-drawn]").wait_for()
    return page.locator(".ck-frame.ck-network")


def press_node(page: Page, name: str) -> None:
    """Click a node with the mouse where it is drawn."""
    place = page.locator(".ck-canvas")
    place.scroll_into_view_if_needed()
    spot = page.evaluate(
        """name => {
            const cy = document.querySelector('.ck-canvas').casekit;
            return cy.nodes().filter(node => node.data('name') === name)[0].renderedPosition();
        }""",
        name,
    )
    place.click(position=spot)


def test_the_network_is_clicked_read_and_saved(page: Page, lab: Lab, watched: Watched, tmp_path: Path) -> None:
    opened(page, lab, "widgets-network", ALL[:1])
    frame = drawn(page)
    assert has_tofu(page, ".ck-network") == []

    # a click on a node: the list beside it, and Python
    press_node(page, "沃尔玛")
    frame.locator(".ck-side h3", has_text="沃尔玛").wait_for()
    page.wait_for_timeout(300)
    assert python(page, "print(net.selected, list(net.selection()['name']))") == "['walmart'] ['沃尔玛']"

    # a link of the list: its sentences with their addresses, and Python
    frame.locator(".ck-link").first.click()
    frame.locator(".ck-sentences blockquote").first.wait_for()
    quote = frame.locator(".ck-sentences blockquote").first.inner_text()
    source, _, span = frame.locator(".ck-sentences code").first.inner_text().rpartition(":")
    start, end = span.split("-")
    assert len(quote) > 8
    assert python(page, f"print(wb.quote({source!r}, {start}, {end}).quote in {quote!r})") == "True"
    assert python(page, "print(net.edge['evidence'][0]['quote'])") == quote
    screenshot(page, "widget-network", of=frame)
    assert axe(page, ".ck-root") == []

    # the keyboard alone: search, pick, read the neighbours, expand
    field = frame.get_by_role("combobox")
    field.focus()
    page.keyboard.type("步步")
    frame.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    frame.locator(".ck-side h3", has_text="步步高").wait_for()
    page.wait_for_timeout(300)
    assert python(page, "print(net.selected)") == "['bubugao']"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.ck-side') !== null")

    # Python chooses: the view follows
    python(page, "net.select('腾讯')")
    frame.locator(".ck-side h3", has_text="腾讯").wait_for()

    # filter by type
    before = page.evaluate("() => document.querySelector('.ck-canvas').casekit.nodes(':visible').length")
    frame.locator(".ck-chip[data-type=product]").click()
    after = page.evaluate("() => document.querySelector('.ck-canvas').casekit.nodes(':visible').length")
    assert 0 < after < before

    # pictures
    for label, head in (("存为 PNG", b"\x89PNG"), ("存为 SVG", b"<svg")):
        with page.expect_download() as caught:
            frame.get_by_role("button", name=label).click()
        path = tmp_path / caught.value.suggested_filename
        caught.value.save_as(path)
        assert path.read_bytes().startswith(head)
        assert path.stat().st_size > 3000
    texts = {e.text for e in ElementTree.parse(tmp_path / "casekit-network.svg").iter() if e.tag.endswith("}text")}
    assert {"沃尔玛", "步步高", "腾讯"} <= texts
    assert watched.errors == []


def test_expanding_shows_neighbours_and_keeps_the_others(page: Page, lab: Lab, watched: Watched) -> None:
    opened(
        page,
        lab,
        "widgets-expand",
        ["from casekit.jupyter import network, wb\nnet = network(around='迪信通', wb=wb)\nnet"],
    )
    frame = drawn(page)
    count = "() => document.querySelector('.ck-canvas').casekit.nodes().length"
    before = page.evaluate(count)
    shown = set(python(page, "print(*[r['name'] for r in net.data['nodes']])").split())
    hub = python(page, "print(max(net.data['nodes'], key=lambda r: r['links'])['name'])")
    assert hub in shown
    press_node(page, hub)
    frame.locator(".ck-expand").click()
    page.wait_for_function(f"before => ({count})() > before", arg=before)
    frame.locator(".ck-status", has_text="新显示").wait_for()
    assert int(python(page, "print(len(net.data['nodes']))")) == page.evaluate(count)
    assert watched.errors == []


def test_every_widget_tells_python_what_is_chosen(page: Page, lab: Lab, watched: Watched) -> None:
    opened(page, lab, "widgets-all", ALL)
    table = page.locator(".ck-frame", has=page.locator(".ck-matrix"))
    cell = table.locator(".ck-cell:has(small)").first
    cell.focus()
    page.keyboard.press("Enter")
    table.locator(".ck-below h3").wait_for()
    assert python(page, "print(len(table.selected), table.selection().iloc[0]['state'])") == "1 reported"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.className") == "ck-cell"
    rows = table.locator("tbody tr").count()
    table.locator(".ck-hide").first.click()
    assert table.locator("tbody tr").count() == rows - 1
    table.get_by_label("比较什么").select_option("tools")
    table.locator("h3", has_text="工具").first.wait_for()
    screenshot(page, "widget-matrix", of=table)

    for name, variable in (("timeline", "when"), ("chart", "metric")):
        frame = page.locator(f".ck-frame.ck-{name}")
        frame.scroll_into_view_if_needed()
        mark = frame.locator(".ck-mark").first
        mark.wait_for()
        mark.focus()
        page.keyboard.press("Enter")
        frame.locator(".ck-sentences").wait_for()
        chosen = mark.get_attribute("data-id")
        assert python(page, f"print({variable}.selected)") == f"['{chosen}']"
        assert python(page, f"print(len({variable}.selection()))") == "1"
        page.keyboard.press("ArrowRight")
        screenshot(page, f"widget-{name}", of=frame)
    when = page.locator(".ck-frame.ck-timeline")
    before = when.locator(".ck-tick").all_inner_texts()
    when.get_by_role("button", name="放大").click()
    assert when.locator(".ck-tick").all_inner_texts() != before

    box = page.locator(".ck-frame.ck-search")
    box.scroll_into_view_if_needed()
    field = box.locator("input")
    field.fill("")
    field.press_sequentially("會員", delay=40)
    box.locator(".ck-hit mark").first.wait_for()
    page.wait_for_timeout(400)
    assert python(page, "print(box.query)") == "會員"
    box.locator(".ck-hit").first.click()
    box.locator(".ck-detail blockquote").first.wait_for()
    assert python(page, "print(len(box.quotes()), len(box.selection()))") == "1 1"
    screenshot(page, "widget-search", of=box)
    assert axe(page, ".ck-root") == []
    assert watched.errors == []


def test_texts_are_texts_whatever_they_hold(page: Page, lab: Lab, watched: Watched) -> None:
    opened(page, lab, "widgets-hostile", ALL)
    bad = "<img src=x onerror=window.hacked=1><script>window.hacked=2</script>"
    poison = f"""
def poisoned(data):
    codes = {{"id", "type", "kind", "shape", "colour", "state", "polarity", "lanes", "open", "certainty", "focus", "language"}}
    if isinstance(data, dict):
        ends = {{"subject", "object"}} if "polarity" in data else set()
        return {{k: v if k in codes | ends else poisoned(v) for k, v in data.items()}}
    if isinstance(data, (list, tuple)):
        return [poisoned(v) for v in data]
    return data + {bad!r} if isinstance(data, str) and data else data
for one in (net, table, when, metric, box):
    one.data = poisoned(one.data)
"""
    drawn(page)
    assert python(page, poison) == ""
    page.locator(".ck-frame .ck-hit", has_text="<script>").first.wait_for()
    for name in ("network", "timeline", "chart", "search"):
        assert "<img" in page.locator(f".ck-frame.ck-{name}").first.text_content(), name
    assert page.locator(".ck-root img, .ck-root script").count() == 0
    assert page.evaluate("() => window.hacked") is None
    assert watched.errors == []


def test_saved_and_exported_notebooks_show_everything_with_no_kernel_and_no_network(
    page: Page, bare_page: Page, lab: Lab, tmp_path: Path
) -> None:
    from casekit.jupyter.lab.exporting import offline_html

    opened(page, lab, "widgets-saved", ALL)
    save(page)
    path = lab.folder / "notebooks" / "widgets-saved.ipynb"
    saved: Any = _format.read(path, as_version=4)
    assert "widgets" not in saved.metadata  # no widget state, in which every widget would keep its whole script
    assert path.stat().st_size < 800_000
    exported = tmp_path / "saved.html"
    exported.write_text(offline_html(saved), "utf8")
    bare_page.goto(exported.as_uri(), wait_until="load")
    fallbacks = bare_page.locator(".casekit-fallback")
    assert fallbacks.count() == len(ALL)
    for i in range(len(ALL)):
        one = fallbacks.nth(i)
        assert one.is_visible()
        size = one.bounding_box()
        assert size["width"] > 300
        assert size["height"] > 60
        one.scroll_into_view_if_needed()
        screenshot(bare_page, f"widget-fallback-{i + 1}")
    assert has_tofu(bare_page, ".casekit-fallback") == []


def test_five_hundred_nodes_are_drawn_and_moved_without_freezing(page: Page, lab: Lab, watched: Watched) -> None:
    opened(page, lab, "widgets-large", [BIG, "large = network(wb=wb)\nlarge"])
    assert outputs(page)[0]["text"].split() == ["500", "2000"]
    drawn(page)
    page.wait_for_timeout(500)
    # from running the cell (the layout is made in Python) to the frame that shows it; the best of some runs, since other
    # work on the machine can only add to it
    runs = [
        awaited(
            page,
            """async () => {
                const panel = window.jupyterapp.shell.currentWidget;
                panel.content.activeCellIndex = 1;
                document.querySelectorAll('.ck-canvas').forEach(one => one.removeAttribute('data-drawn'));
                const began = performance.now();
                window.jupyterapp.commands.execute('notebook:run-cell');
                while (!document.querySelector('.ck-canvas[data-drawn]')) await new Promise(go => setTimeout(go, 5));
                await new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)));
                return performance.now() - began;
            }""",
        )
        for _ in range(2)
    ]
    page.locator(".ck-canvas").scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    box = page.locator(".ck-canvas").bounding_box()
    watch_frames(page)
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for i in range(40):
        page.mouse.move(box["x"] + 40 + 4 * i, box["y"] + 40 + 2 * i)
    page.mouse.up()
    for i in range(12):
        page.mouse.wheel(0, -120 if i < 6 else 120)
        page.wait_for_timeout(30)
    moving = frames(page)
    watch_frames(page)
    began = time.monotonic()
    page.get_by_role("button", name="重新排布").click()
    page.locator(".ck-status", has_text="已排布").wait_for()
    arranging = frames(page)
    told: dict[str, Any] = {
        "first drawing ms": runs,
        "pan and zoom ms": moving,
        "arranging": [time.monotonic() - began, arranging],
    }
    screenshot(page, "widget-large", of=page.locator(".ck-frame.ck-network"))
    told["processes a core"] = crowded()
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    (ARTEFACTS / "widget-large.json").write_text(json.dumps(told, indent=1), "utf8")
    assert min(runs) < 2000 * crowded(), told
    assert moving["median"] < 50 * crowded(), told  # 20 frames a second are the least that feels like moving
    assert arranging["median"] < 50 * crowded(), told  # the page goes on while a worker arranges
    assert watched.errors == []


def watch_frames(page: Page) -> None:
    """Begin to note how long frames take."""
    page.evaluate(
        """() => {
            window.frameTimes = [];
            window.watching = true;
            let last = performance.now();
            const next = () => {
                const now = performance.now();
                window.frameTimes.push(now - last);
                last = now;
                if (window.watching) requestAnimationFrame(next);
            };
            requestAnimationFrame(next);
        }"""
    )


def frames(page: Page) -> dict[str, float]:
    """Stop noting; median and 95th percentile of the frames in milliseconds."""
    found: dict[str, float] = page.evaluate(
        """() => {
            window.watching = false;
            const times = window.frameTimes.sort((a, b) => a - b);
            return {frames: times.length, median: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)]};
        }"""
    )
    return found


@pytest.mark.parametrize("dark", [True])
def test_the_dark_theme_is_dark_and_readable(page: Page, lab: Lab, watched: Watched, dark: bool) -> None:
    opened(page, lab, "widgets-dark", ALL, dark=dark)
    frame = drawn(page)
    paper, ink = page.evaluate(
        """() => {
            const node = document.querySelector('.ck-canvas').casekit.nodes()[0];
            return [node.style('text-outline-color'), node.style('color')];
        }"""
    )
    light = [sum(int(x) for x in colour.removeprefix("rgb(").rstrip(")").split(",")) for colour in (paper, ink)]
    assert light[0] < 150 < 500 < light[1]
    screenshot(page, "widget-network-dark", of=frame)
    for name in ("timeline", "chart", "search"):
        one = page.locator(f".ck-frame.ck-{name}")
        one.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        screenshot(page, f"widget-{name}-dark", of=one)
    assert axe(page, ".ck-root") == []
    assert watched.errors == []
