"""The notebooks that ship: in two like copies, without outputs, and green from top to bottom with no network at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jupytext  # type: ignore[import-untyped]  # has no annotations
import nbformat
import pytest
from lxml import html as lxml_html
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("[0-9]*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"

# A kernel that reaches out fails, and leaves word of it: imported by every Python that finds it on its path.
GUARD = """
import os, socket
_real = socket.socket.connect
def connect(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "localhost", "::1"):
        with open(os.environ["CASEKIT_TEST_REACHED"], "a", encoding="utf8") as log:
            log.write(f"{address}\\n")
        raise OSError(f"refused by the test: {address}")
    return _real(self, address)
socket.socket.connect = connect
"""

pytestmark = [
    # zmq and tornado under nbclient, none of it ours
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def _read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no annotations


def test_there_are_notebooks() -> None:
    numbers = [path.name.partition("_")[0] for path in NOTEBOOKS]
    assert numbers[:5] == ["1", "2", "3", "4", "5"]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_both_copies_say_the_same(path: Path) -> None:
    stored = _read(path)
    pair = path.with_suffix(".py")
    paired: Any = jupytext.read(pair)
    assert [(c.cell_type, c.source) for c in stored.cells] == [(c.cell_type, c.source) for c in paired.cells], (
        f"run: jupytext --sync {path.relative_to(ROOT)}"
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_outputs_are_stored_and_cells_keep_their_ids(path: Path) -> None:
    stored = _read(path)
    nbformat.validate(stored)
    ids = [cell.id for cell in stored.cells]
    assert len(set(ids)) == len(ids)
    assert stored.nbformat_minor >= 5
    for cell in stored.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert "widgets" not in stored.metadata


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_bringing_the_copies_in_line_changes_nothing(path: Path, tmp_path: Path) -> None:
    for one in (path, path.with_suffix(".py"), FOLDER / "jupytext.toml"):
        shutil.copy(one, tmp_path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    subprocess.run(
        [sys.executable, "-m", "jupytext", "--sync", path.name],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a kernel that cannot reach the network."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, "utf8")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(tmp_path / "guard"), os.environ.get("PYTHONPATH", "")))),
        "CASEKIT_TEST_REACHED": str(tmp_path / "reached"),
        "HF_HUB_OFFLINE": "1",
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "CASEKIT_LANG": "",
    }


def _run(path: Path, environment: dict[str, str]) -> Any:
    """The notebook with its outputs.

    Raises:
        CellExecutionError: At the first cell that fails.
    """
    notebook = _read(path)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env={**environment, "JPY_SESSION_NAME": str(path)})
    return notebook


def _outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def _text_of(html: str) -> str:
    whole: Any = lxml_html.document_fromstring(html)
    return _without_white_space(whole.text_content())


def _without_white_space(text: str) -> str:
    return "".join(text.split())


@pytest.mark.model
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_runs_from_top_to_bottom_and_still_shows_itself_as_a_page(
    path: Path, example: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    from casekit.jupyter.lab.exporting import offline_html

    root = Path(shutil.copytree(example, tmp_path / "ws"))
    (root / "notebooks").mkdir(exist_ok=True)
    notebook = _run(Path(shutil.copy(path, root / "notebooks")), surroundings)

    outputs = _outputs(notebook)
    assert [o for o in outputs if o.output_type == "error"] == []
    assert [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"] == []
    assert not (tmp_path / "reached").exists(), (tmp_path / "reached").read_text("utf8")
    # a build reports once, not once a tick
    assert all(len(cell.outputs) <= 6 for cell in notebook.cells if cell.cell_type == "code")

    widgets = [o for o in outputs if WIDGET in o.get("data", {})]
    page = offline_html(notebook)
    told = _text_of(page)
    for widget in widgets:
        fallback = widget.data.get("text/html", "")
        assert fallback, f"a widget without a fallback: {widget.data.get('text/plain')}"
        assert _text_of(fallback)
        assert _text_of(fallback) in told
    if "casekit.jupyter import" in path.read_text("utf8") and any(
        name in path.read_text("utf8")
        for name in ("search_box(", "matrix(", "timeline(", "chart(", "network(", "wizard(")
    ):
        assert widgets
    for element in lxml_html.fromstring(page).iter("script", "link", "img", "iframe", "source", "video", "audio"):
        address = element.get("src") or element.get("href") or ""
        assert not address.startswith(("http:", "https:", "//")), address


@pytest.mark.model
def test_the_list_of_references_finds_what_the_notebook_cites(
    example: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    root = Path(shutil.copytree(example, tmp_path / "ws"))
    (root / "notebooks").mkdir(exist_ok=True)
    made: Any = nbformat.v4
    cells = [
        made.new_markdown_cell("见 [@case-weiquan] 和 [@gibt-es-nicht]。"),
        made.new_code_cell(
            "from casekit.jupyter import references, wb\nhit = wb.search('扫码购', k=1).hits[0]\n"
            "q = wb.quote(hit.passage.source, hit.passage.span.start, hit.passage.span.end)\nhit.passage.source"
        ),
        made.new_code_cell("references()"),
    ]
    path = root / "notebooks" / "meins.ipynb"
    nbformat.write(made.new_notebook(cells=cells), path)  # type: ignore[no-untyped-call]
    notebook = _run(path, surroundings)
    quoted = notebook.cells[1].outputs[0].data["text/plain"].strip("'")
    shown = notebook.cells[2].outputs[0].data
    page: Any = lxml_html.fragment_fromstring(shown["text/html"], create_parent="div")
    assert [item.get("data-source") for item in page.iter("li")] == ["case-weiquan", quoted]
    assert "gibt-es-nicht" in page.text_content()
    assert "\\[1\\]" in shown["text/markdown"]
