"""Frames, their types and addresses, and what becomes of them in CSV, Excel, Parquet and the network's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from tests.samples import make_workspace, write_texts
from tests.unit.verbs_table import RETAIL

import casekit
from casekit.address import Address
from casekit.errors import SettingError, SourceError, WorkspaceError
from casekit.tables import COLUMNS, ENDINGS, Sheet, flat_rows, frame_of, read_table, write_table, write_workbook
from casekit.workbench import Workbench


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "ws"
    bench = Workbench(make_workspace(folder, tagger=False))
    bench.add(write_texts(folder / "in", {"retail": RETAIL}))
    bench.build()
    return folder


# ---- import casekit ------------------------------------------------------------------------------------------------
def test_a_workspace_is_opened_by_its_folder_and_closed_behind_the_with(root: Path) -> None:
    with casekit.open(root) as wb:
        assert isinstance(wb, casekit.Workbench)
        assert wb.search("会员", k=1).hits


def test_where_there_is_no_workspace_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        casekit.open(tmp_path / "nowhere")


def test_unknown_names_of_the_package_are_unknown() -> None:
    with pytest.raises(AttributeError, match="nothing_here"):
        casekit.nothing_here  # noqa: B018


# ---- frames --------------------------------------------------------------------------------------------------------
def test_frames_have_their_columns_their_types_and_the_address_as_index(root: Path) -> None:
    wb = Workbench.open(root)
    for kind in ("facts", "mentions", "relations"):
        frame = getattr(wb, kind)()
        assert list(frame.columns) == list(COLUMNS[kind])
        assert frame.index.name == "address"
        assert all(Address.parse(one).source == "retail" for one in frame.index)
    facts = wb.facts()
    first = facts.iloc[0]
    assert facts.index[0] == f"{first['source']}:{first['start']}-{first['end']}"
    assert facts.dtypes[["start", "value_min"]].astype(str).tolist() == ["int64", "float64"]
    assert facts.loc[facts["text"] == "300万", "value_min"].tolist() == [3_000_000.0]
    assert wb.relations()["evidence"].str.contains("retail:").all()
    assert wb.mentions()["unlisted"].dtype == bool


def test_an_empty_frame_has_its_columns_and_types_too() -> None:
    assert list(frame_of("facts", []).columns) == list(COLUMNS["facts"])
    assert str(frame_of("facts", []).dtypes["start"]) == "int64"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", ["facts", "mentions", "relations"])
def test_what_is_written_is_what_is_read_back(root: Path, tmp_path: Path, kind: str, ending: str) -> None:
    frame = getattr(Workbench.open(root), kind)()
    path = write_table(frame, tmp_path / f"表{ending}")
    pd.testing.assert_frame_equal(read_table(path), frame, check_exact=True)


NASTY = ('=1+1', '甲,"乙"\n丙', "\u2028末", "\U00020000𠮷", "\x0b", "a\r\nb", "  前后  ", "-5%", "None", "NA", "_x4E00_", "007")  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_texts_come_back_character_by_character(tmp_path: Path, ending: str) -> None:
    row = {"source": "a", "start": 0, "end": 2, "type": "company", "entity": "e", "unlisted": False}
    frame = frame_of("mentions", [{**row, "text": text, "name": text} for text in NASTY])
    back = read_table(write_table(frame, tmp_path / f"x{ending}"))
    assert back["text"].tolist() == list(NASTY)
    assert back["name"].tolist() == list(NASTY)


def test_no_cell_of_a_workbook_is_a_formula_and_addresses_lead_somewhere(tmp_path: Path) -> None:
    import openpyxl

    sheet = Sheet("数字", ["address", "text"], [["a:1-2", "=HYPERLINK(1)"]], {"a:1-2": "#'出处'!A2"})
    path = write_workbook([sheet, Sheet("出处", ["address"], [["a:1-2"]])], tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    assert book["数字"]["B2"].data_type == "s"
    assert book["数字"]["A2"].hyperlink.location == "'出处'!A2"


def test_a_cell_that_excel_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="32767"):
        write_workbook([Sheet("x", ["a"], [["字" * 40_000]])], tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_other_endings_and_broken_files_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="xlsx"):
        write_table(frame_of("facts", []), tmp_path / "x.doc")
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    with pytest.raises(SourceError, match=r"x\.xlsx"):
        read_table(tmp_path / "x.xlsx")
    with pytest.raises(SourceError, match=r"y\.csv"):
        read_table(tmp_path / "y.csv")


def test_where_a_package_is_missing_the_line_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    frame = pd.DataFrame({"a": [1]})
    for package, ending, extra in (("openpyxl", ".xlsx", "excel"), ("pyarrow", ".parquet", "parquet")):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(ImportError, match=rf"casekit\[{extra}\]"):
            write_table(frame, tmp_path / f"x{ending}")


def test_rows_of_any_verb_become_cells() -> None:
    rows: list[dict[str, Any]] = [
        {
            "source": "a",
            "start": 1,
            "end": 2,
            "why": {"score": 0.5},
            "evidence": [{"source": "b", "start": 3, "end": 4}],
        },
        {"name": "甲", "deep": [[1, 2]]},
    ]
    columns, cells = flat_rows(rows)
    assert columns == ["address", "why.score", "evidence", "name", "deep"]
    assert cells == [["a:1-2", 0.5, "b:3-4", None, None], [None, None, None, "甲", "[[1, 2]]"]]


# ---- the network ---------------------------------------------------------------------------------------------------
def _told(graph: Any) -> tuple[Any, Any]:
    skip = ("id", "label")
    edges = [(a, b, {k: v for k, v in data.items() if k not in skip}) for a, b, data in graph.edges(data=True)]
    return (
        {n: {k: v for k, v in data.items() if k != "label"} for n, data in graph.nodes(data=True)},
        sorted(edges, key=lambda edge: (edge[0], edge[1], edge[2]["relation"], edge[2]["polarity"])),
    )


def test_the_network_goes_through_gexf_and_graphml_and_comes_back(root: Path, tmp_path: Path) -> None:
    graph = Workbench.open(root).graph
    assert graph.number_of_edges() > 3
    assert all(isinstance(v, str | int | float) for _, data in graph.nodes(data=True) for v in data.values())
    nx.write_gexf(graph, tmp_path / "net.gexf")
    nx.write_graphml(graph, tmp_path / "net.graphml")
    assert _told(nx.read_gexf(tmp_path / "net.gexf")) == _told(graph)
    assert _told(nx.read_graphml(tmp_path / "net.graphml")) == _told(graph)
