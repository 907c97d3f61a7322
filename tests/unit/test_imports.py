"""The house has no circle and no import that runs upward, those for types and those inside functions included."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import grimp
import networkx as nx
import pytest

# Whose files may know the workbench: the doors, the telling of the verbs, and the workbench's own face.
DOORS = ("casekit.cli", "casekit.jupyter", "casekit.mcp", "casekit.serve", "casekit.verbs", "casekit.__main__")


@cache
def imports() -> nx.DiGraph[str]:
    """An arrow from each module to every module that it imports, wherever in its file it does."""
    graph = grimp.build_graph("casekit", cache_dir=None, exclude_type_checking_imports=False)
    arrows: nx.DiGraph[str] = nx.DiGraph()
    arrows.add_nodes_from(graph.modules)
    for module in graph.modules:
        arrows.add_edges_from((module, other) for other in graph.find_modules_directly_imported_by(module))
    return arrows


def circles(arrows: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The groups of modules that reach each other."""
    groups = nx.strongly_connected_components(nx.DiGraph(list(arrows)))
    return sorted(sorted(group) for group in groups if len(group) > 1)


def test_the_imports_are_seen_wherever_they_stand() -> None:
    arrows = imports().edges
    assert len(arrows) > 1000
    assert ("casekit.workbench.bench", "casekit.workbench.held") in arrows  # at the top
    assert ("casekit.workbench.bench", "casekit.workbench.cases") in arrows  # for types, and in a function
    assert ("casekit.workbench.bench", "casekit.workbench.verifying") in arrows  # in a function only


def test_a_circle_is_found() -> None:
    assert circles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")]) == [["a", "b", "c"]]
    assert circles([("a", "b"), ("a", "c"), ("b", "c")]) == []


def test_no_module_reaches_itself() -> None:
    assert circles(imports().edges) == []


@pytest.mark.parametrize(
    "room", ["corpus", "knowledge", "notes", "panel", "keeping", "tidying", "browsing", "held", "stamps"]
)
def test_no_part_of_the_workbench_knows_the_workbench(room: str) -> None:
    """A part takes what it needs of what is held; who knows the whole could call anything."""
    inside = f"casekit.workbench.{room}"
    known = {"casekit.workbench", "casekit.workbench.bench"}
    told = [
        (module, other)
        for module, other in imports().edges
        if (module == inside or module.startswith(f"{inside}.")) and other in known
    ]
    assert told == []


def test_only_doors_know_the_workbench() -> None:
    known = {"casekit.workbench", "casekit.workbench.bench"}
    others = {module for module, other in imports().edges if other in known and not module.startswith(DOORS)}
    assert others <= {*known, "casekit"}  # `casekit.open` names what it opens


def test_nobody_imports_the_face_of_the_package() -> None:
    """`casekit/__init__.py` forwards to the doors, so whoever imported it would stand above them."""
    assert [module for module, other in imports().edges if other == "casekit"] == []
