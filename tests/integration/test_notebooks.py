"""The notebooks that ship: in two like copies, without outputs, and green from top to bottom with no network at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import jupytext  # type: ignore[import-untyped]  # has no annotations
import nbformat
import pytest
from jupytext.cli import jupytext as jupytext_command  # type: ignore[import-untyped]
from lxml import html as lxml_html
from nbclient import NotebookClient
from tests.browser.driving import no_browser
from tests.notebook_runs import IN_LAB, ran_clean_and_shows_itself, without_network

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("[0-9]*.ipynb"))
# Where there is a browser, tests/browser/test_notebooks_in_browser.py runs the others in JupyterLab and asks the same of them.
RUN_HERE = [path for path in NOTEBOOKS if no_browser() or path.name not in IN_LAB]

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
def test_bringing_the_copies_in_line_changes_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (path, path.with_suffix(".py"), FOLDER / "jupytext.toml"):
        shutil.copy(one, tmp_path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    monkeypatch.chdir(tmp_path)
    assert jupytext_command(["--sync", path.name]) == 0
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a kernel that cannot reach the network."""
    return {
        **os.environ,
        **without_network(tmp_path),
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


if RUN_HERE:

    @pytest.mark.model
    @pytest.mark.parametrize("path", RUN_HERE, ids=lambda p: p.stem)
    def test_runs_from_top_to_bottom_and_still_shows_itself_as_a_page(
        path: Path, example: Path, surroundings: dict[str, str], tmp_path: Path
    ) -> None:
        from casekit.jupyter.lab.exporting import offline_html

        root = Path(shutil.copytree(example, tmp_path / "ws"))
        (root / "notebooks").mkdir(exist_ok=True)
        notebook = _run(Path(shutil.copy(path, root / "notebooks")), surroundings)
        ran_clean_and_shows_itself(notebook, offline_html(notebook), surroundings)


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
