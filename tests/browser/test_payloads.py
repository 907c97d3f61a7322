"""Nothing in a corpus runs: sixty payloads in texts, titles, notes and drafts, through site, graph, reports, displays, panel and reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.driving import Browser, Lab, Page, new_context
from tests.browser.panel_driving import open_panel, search
from tests.browser.payloads import PAYLOADS
from tests.commands import run_here
from tests.samples import set_model

_RAN = "() => Boolean(window.casekitRan)"
_PER_FILE = 12


def _casekit(root: Path, *words: str, codes: tuple[int, ...] = (0,)) -> None:
    ran = run_here(*words, cwd=root)
    assert ran.code in codes, (words, ran.err[-400:])


def _sentences(payloads: tuple[str, ...]) -> str:
    return "\n\n".join(
        f"步步高第{n}家门店用企业微信联系顾客，店长说“标记{payload}还在”，会员达到{n + 11}万人。"
        for n, payload in enumerate(payloads)
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built workspace whose texts, titles and draft hold every payload."""
    root = tmp_path_factory.mktemp("payloads") / "语料"
    root.mkdir()
    _casekit(root, "init", ".")
    set_model(root, "hashing")
    for number, at in enumerate(range(0, len(PAYLOADS), _PER_FILE)):
        part = PAYLOADS[at : at + _PER_FILE]
        (root / f"t{number}.txt").write_text(f"门店会员的第{number}篇\n\n{_sentences(part)}\n", "utf8")
    _casekit(root, "add", *(path.name for path in root.glob("t*.txt")))
    _casekit(root, "catalogue", "export", "rows.json")
    rows = json.loads((root / "rows.json").read_text("utf8"))
    for row, payload in zip(rows, PAYLOADS, strict=False):
        row.update(title=f"题{payload}", author=[{"literal": f"作者{payload}"}], keyword=payload.replace(",", " "))
        row["container-title"], row["publisher"] = payload, payload
    (root / "rows.json").write_text(json.dumps(rows, ensure_ascii=False), "utf8")
    _casekit(root, "catalogue", "import", "rows.json")
    _casekit(root, "build")
    _casekit(root, "case", "new", "步步高")
    return root


def _written(root: Path) -> list[Path]:
    """Every page that a command writes about such a corpus."""
    (root / "draft.md").write_text(_sentences(PAYLOADS[:20]) + "\n\n标记“" + "”“".join(PAYLOADS[20:]) + "”。\n", "utf8")
    _casekit(root, "site", "build", "-o", "site")
    _casekit(root, "graph", "-o", "graph.html")
    _casekit(root, "check", "draft.md", "--html", "check.html", codes=(0, 1))
    return [*sorted((root / "site").rglob("*.html")), root / "graph.html", root / "check.html"]


def _displays(root: Path) -> str:
    """What a notebook shows of such a corpus, in one page."""
    code = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
import casekit
shell = InteractiveShell.instance()
shell.run_line_magic("load_ext", "casekit.jupyter")
wb = casekit.open(".")
found = wb.search("门店会员", 30)
hit = found.hits[0].passage
things = [found, wb.find("标记"), wb.kwic("标记"), wb.facts(), wb.quote(hit.source, hit.span.start, hit.span.end), wb.reference(hit.source)]
out = []
for one in things:
    data, _ = shell.display_formatter.format(one)
    out.append(data.get("text/html", ""))
print("<!doctype html><meta charset=utf-8>" + "<hr>".join(out))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-800:]
    assert "标记" in done.stdout
    return done.stdout


@pytest.fixture
def visited(chromium: Browser) -> Iterator[tuple[Page, Callable[[], None]]]:
    """A page, and the claim that nothing ran in any of its frames, no dialog opened and nothing was asked of elsewhere."""
    context, watched = new_context(chromium)
    page = context.new_page()
    dialogs: list[str] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)

    def nothing_ran() -> None:
        page.wait_for_timeout(120)
        assert [frame.url for frame in page.frames if frame.evaluate(_RAN)] == []
        assert dialogs == []
        assert watched.outside == []

    yield page, nothing_ran
    context.close()


def test_there_are_sixty_and_they_would_run(visited: tuple[Page, Callable[[], None]]) -> None:
    page, _ = visited
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 60
    ran = 0
    for payload in PAYLOADS:
        page.goto("about:blank")
        page.set_content(f"<body>{payload}", wait_until="domcontentloaded")
        page.wait_for_timeout(20)
        ran += any(frame.evaluate(_RAN) for frame in page.frames)
    assert ran > 25  # the others need another place: an attribute, a template, a link that is followed


def test_no_page_that_is_written_runs_anything(hostile: Path, visited: tuple[Page, Callable[[], None]]) -> None:
    page, nothing_ran = visited
    pages = _written(hostile)
    assert len(pages) > 6
    for path in pages:
        page.goto(path.as_uri())
        nothing_ran()


def test_no_display_of_a_notebook_runs_anything(hostile: Path, visited: tuple[Page, Callable[[], None]]) -> None:
    page, nothing_ran = visited
    shown = hostile / "displays.html"
    shown.write_text(_displays(hostile), "utf8")
    page.goto(shown.as_uri())
    assert "标记" in page.inner_text("body")
    nothing_ran()


def test_panel_and_reader_run_nothing(
    hostile: Path, start_lab: Callable[..., Lab], visited: tuple[Page, Callable[[], None]]
) -> None:
    page, nothing_ran = visited
    lab = start_lab(hostile)
    try:
        open_panel(page, lab)
        hits: Any = search(page, "门店会员联系顾客")
        assert hits.count() > 3
        nothing_ran()
        hits.first.dblclick()
        page.locator(".casekit-Reader .casekit-Target").first.wait_for()
        nothing_ran()
    finally:
        lab.server.stop()
