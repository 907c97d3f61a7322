"""The cell that lists what a notebook cites, as the panel asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casekit.jupyter.kernel.citations import collect_citations
from casekit.jupyter.kernel.references import reference_list

if TYPE_CHECKING:
    from casekit.workbench.bench import Workbench

__all__ = ["cited_in", "reference_cell"]


def cited_in(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    """Ids of the sources that the cells of a notebook cite, in the order of their first use."""
    return list(dict.fromkeys(citation.source for citation in collect_citations(cells)))


def reference_cell(bench: Workbench, sources: Sequence[str], style: str) -> dict[str, Any]:
    """The cell with the list of references, how many there are, and what is amiss with them ("" for nothing).

    Raises:
        SettingError: If there is no such style.
    """
    listed = reference_list(bench, sources, style=style)
    return {"cell": listed.cell(), "count": len(listed), "message": listed.message()}
