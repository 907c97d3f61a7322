"""The list of references of a notebook."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from casekit.errors import CasekitError, SettingError
from casekit.jupyter.kernel import quoted
from casekit.jupyter.kernel.bench import NotebookBench
from casekit.jupyter.kernel.citations import Citation
from casekit.jupyter.kernel.references import reference_list, references
from casekit.workbench import Workbench


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoted, "_quoted", {})
    monkeypatch.setattr(quoted, "_cell", "")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def _notebook(path: Path, *cells: dict[str, Any]) -> Path:
    told = [{"metadata": {}, "id": f"c{i}", **cell} for i, cell in enumerate(cells)]
    path.write_text(json.dumps({"cells": told, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf8")
    return path


def _ids(found: Any) -> list[str]:
    return [name for name, _ in found.entries]


def test_each_source_once_in_the_order_of_first_citation(bench: Workbench) -> None:
    found = reference_list(bench, [Citation("lanjing"), Citation("chenlu", 1, 2), Citation("lanjing", 3, 4)])
    assert _ids(found) == ["lanjing", "chenlu"]
    assert found.to_markdown().index("\\[1\\]") < found.to_markdown().index("\\[2\\]")
    assert found.message() == ""


def test_the_printed_reference_is_the_workbench_s(bench: Workbench) -> None:
    found = reference_list(bench, ["chenlu"])
    assert found.entries == (("chenlu", bench.reference("chenlu")),)


def test_apa_sorts_by_its_own_rule_and_has_no_numbers(bench: Workbench) -> None:
    one, other = (reference_list(bench, order, style="apa") for order in (["lanjing", "chenlu"], ["chenlu", "lanjing"]))
    assert _ids(one) == _ids(other)
    assert "[1]" not in one._repr_html_()


def test_unknown_ids_are_named_in_one_line(bench: Workbench) -> None:
    found = reference_list(bench, ["chenlu", "没有这篇", "nor-this"])
    assert _ids(found) == ["chenlu"]
    assert found.unknown == ("没有这篇", "nor-this")
    assert "没有这篇" in found.message()
    assert "\n" not in found.message()
    assert "nor-this" in found._repr_html_()
    assert "nor-this" in found.to_markdown()


def test_a_style_that_does_not_exist_is_refused_even_for_an_empty_list(bench: Workbench) -> None:
    with pytest.raises(SettingError):
        reference_list(bench, [], style="chicago-1897")


def test_data_formats_stand_in_a_fence(bench: Workbench) -> None:
    text = reference_list(bench, ["chenlu"], style="bibtex").to_markdown()
    assert "```\n@" in text


def test_the_cell_is_markdown_that_says_what_it_is(bench: Workbench) -> None:
    cell = reference_list(bench, ["chenlu"]).cell()
    assert cell["cell_type"] == "markdown"
    assert cell["metadata"] == {"casekit": {"kind": "references", "style": "gbt7714-2025", "sources": ["chenlu"]}}


def test_references_are_escaped(root: Path) -> None:
    bench = NotebookBench(root)
    bench.edit("chenlu", {"title": "<img src=x onerror=alert(1)> $x$"})
    found = reference_list(bench, ["chenlu"])
    assert "<img" not in found._repr_html_()
    assert "<img" not in found.to_markdown()


def test_the_saved_notebook_is_read(root: Path) -> None:
    path = _notebook(
        root / "n.ipynb",
        {"cell_type": "markdown", "source": "[@songguo]"},
        {"cell_type": "code", "source": 'wb.quote("chenlu", 12, 20)'},
    )
    found = references(notebook=path, wb=Workbench.open(root))
    assert _ids(found) == ["songguo", "chenlu"]


def test_the_open_notebook_is_found_and_computed_quotations_stand_in_their_place(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _notebook(
        root / "n.ipynb",
        {"cell_type": "code", "source": "wb.quote(*place)"},
        {"cell_type": "markdown", "source": "[@songguo]"},
    )
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    bench = NotebookBench(root)
    quoted.cell_begins(SimpleNamespace(cell_id="c0"))
    bench.quote("chenlu", 12, 20)
    assert _ids(references(wb=bench)) == ["chenlu", "songguo"]


def test_what_a_cell_quoted_before_its_last_run_no_longer_counts(root: Path) -> None:
    bench = NotebookBench(root)
    quoted.cell_begins(SimpleNamespace(cell_id="c0"))
    bench.quote("chenlu", 12, 20)
    quoted.cell_begins(SimpleNamespace(cell_id="c0"))
    bench.quote("lanjing", 12, 20)
    assert _ids(references(wb=bench)) == ["lanjing"]


def test_quotations_of_cells_that_were_deleted_and_saved_no_longer_count(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = NotebookBench(root)
    quoted.cell_begins(SimpleNamespace(cell_id="gone"))
    bench.quote("chenlu", 12, 20)
    path = _notebook(root / "n.ipynb", {"cell_type": "markdown", "source": "[@songguo]"})
    later = time.time() + 5
    os.utime(path, (later, later))
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert _ids(references(wb=bench)) == ["songguo"]
    os.utime(path, (1, 1))  # saved before the quotation was made: the cell is only not saved yet
    assert _ids(references(wb=bench)) == ["songguo", "chenlu"]


def test_a_file_that_is_no_notebook_is_refused_in_one_line(root: Path) -> None:
    bad = root / "n.ipynb"
    bad.write_text("no json", "utf8")
    with pytest.raises(CasekitError, match=r"n\.ipynb"):
        references(notebook=bad, wb=Workbench.open(root))


def test_a_notebook_without_citations_says_so(root: Path) -> None:
    path = _notebook(root / "n.ipynb", {"cell_type": "markdown", "source": "没有"})
    found = references(notebook=path, wb=Workbench.open(root))
    assert len(found) == 0
    assert "还没有引用" in found.message()
