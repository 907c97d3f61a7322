"""What a notebook cites is read from its cells."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.jupyter.kernel.citations import Citation, collect_citations
from casekit.workshop.markup import md


def _cell(source: object, kind: str = "markdown", **casekit: Any) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": {"casekit": casekit} if casekit else {}}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("门店的说法见 [@chenlu]。", ["chenlu"]),
        ("[@chenlu; @松果, 12]", ["chenlu", "松果"]),
        ("见 [参看 @chenlu, 第 3 段]", ["chenlu"]),
        ("[@{harbour note}]", ["harbour note"]),
        ("[@v1.2.]", ["v1.2"]),
        ("[@chenlu:12-30]", ["chenlu"]),
        ("写信给 someone@example.org", []),
        ("[someone@example.org]", []),
        ("`[@chenlu]` 是写法", []),
        ("```\n[@chenlu]\n```\n后面 [@lanjing]", ["lanjing"]),
        ("~~~\n[@chenlu]", []),
        (r"\[@chenlu]", []),
        (r"[\@chenlu]", []),
        ("[@chenlu](https://example.org)", []),
        ("<!-- [@chenlu] -->", []),
        ("[@chenlu][@lanjing]", ["chenlu"]),  # a link with a reference, as CommonMark reads it
    ],
)
def test_markdown_cites_by_id_outside_of_code_and_links(text: str, sources: list[str]) -> None:
    assert [one.source for one in collect_citations([_cell(text)])] == sources


def test_text_of_a_source_never_cites() -> None:
    assert collect_citations([_cell(md("有人写道 [@chenlu] 和 [@lanjing; @songguo]"))]) == []


def test_metadata_of_cards_comes_before_what_the_text_says() -> None:
    cell = _cell("[@lanjing]", citations=[{"source": "chenlu", "start": 3, "end": 9, "fingerprint": "fp1:4:00"}])
    assert collect_citations([cell]) == [Citation("chenlu", 3, 9, "fp1:4:00"), Citation("lanjing")]


@pytest.mark.parametrize(
    "rows",
    ["chenlu", [1], [{"source": 5}], [{"source": ""}], [{"start": 1, "end": 2}], {"source": "chenlu"}, None],
)
def test_metadata_that_is_none_of_ours_is_passed_over(rows: Any) -> None:
    assert collect_citations([_cell("", citations=rows)]) == []


def test_a_range_that_is_no_range_cites_the_whole_source() -> None:
    cell = _cell("", citations=[{"source": "chenlu", "start": True, "end": -4, "fingerprint": "x"}])
    assert collect_citations([cell]) == [Citation("chenlu")]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('from casekit.jupyter import wb\nwb.quote("chenlu", 3, 9)', [Citation("chenlu", 3, 9)]),
        ('x = wb.quote(source_id="chenlu", start=3, end=9, style="apa")', [Citation("chenlu", 3, 9)]),
        ("%casekit quote chenlu 3 9", [Citation("chenlu", 3, 9)]),
        ("q = %casekit quote chenlu:3-9 --script zh-Hant", [Citation("chenlu", 3, 9)]),
        ('%casekit quote --style apa "bob\'s note" 3 9', [Citation("bob's note", 3, 9)]),
        (f"%casekit quote chenlu 3 {'9' * 5000}", []),
        ('wb.quote("b", 1, 2); wb.quote("a", 1, 2)', [Citation("b", 1, 2), Citation("a", 1, 2)]),
        ('%matplotlib inline\nwb.quote("chenlu", 3, 9)', [Citation("chenlu", 3, 9)]),
        ("wb.quote(hit.passage.source, 1, 2)", []),
        ("print(\"wb.quote('chenlu', 3, 9)\")", []),
        ('# wb.quote("chenlu", 3, 9)', []),
        ('%%casekit check\nwb.quote("chenlu", 3, 9)', []),
        ("this is no python [", []),
        ('wb.quote("chenlu", -3, 9)', []),
    ],
)
def test_code_cites_by_literal_addresses(code: str, found: list[Citation]) -> None:
    assert collect_citations([_cell(code, "code")]) == found


def test_what_is_too_large_for_an_address_is_part_of_the_id() -> None:
    name = f"chenlu:3-{'9' * 5000}"
    assert collect_citations([_cell(f"[@{name}]")]) == [Citation(name)]


def test_each_citation_counts_once_in_the_order_of_the_notebook() -> None:
    cells = [
        _cell("[@lanjing]"),
        _cell(["wb.quote(", '"chenlu", 1, 4)\n'], "code"),
        _cell("[@lanjing] 和 [@chenlu]"),
        _cell("[@songguo]", "raw"),
    ]
    assert collect_citations(cells) == [Citation("lanjing"), Citation("chenlu", 1, 4), Citation("chenlu")]


def test_an_earlier_list_of_references_cites_nothing() -> None:
    cell = {"cell_type": "markdown", "source": "[@chenlu]", "metadata": {"casekit": {"kind": "references"}}}
    assert collect_citations([cell]) == []


@pytest.mark.parametrize("cell", [{}, {"cell_type": "markdown"}, {"cell_type": "code", "source": 7}, {"metadata": []}])
def test_broken_cells_cite_nothing(cell: dict[str, Any]) -> None:
    assert collect_citations([cell]) == []


# ---- addresses ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("[@零售:543-585]", Citation("零售", 543, 585)),
        ("[@{零售 一}:543-585]", Citation("零售 一", 543, 585)),
        ("[@{零售:543-585}]", Citation("零售", 543, 585)),
        ("[@零售 一:543-585]", Citation("零售 一", 543, 585)),
        ("[见 @零售 一:543-585; @门店]", Citation("零售 一", 543, 585)),
        ("[@零售，变革:5-9]", Citation("零售，变革", 5, 9)),
        ("[@{零售 一}]", Citation("零售 一")),
        ("[@零售, 第 3 页]", Citation("零售")),
        ("[@零售 第 3 页]", Citation("零售")),
        ("[@零售:543-585, 一:5-9]", Citation("零售", 543, 585)),
        ("[@零售:9-5]", Citation("零售:9-5")),
    ],
)
def test_an_address_cites_its_source_whatever_the_id_holds(text: str, cited: Citation) -> None:
    assert collect_citations([{"cell_type": "markdown", "source": text}])[0] == cited
