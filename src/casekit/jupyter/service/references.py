"""The cell that lists what a notebook cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casekit.jupyter.kernel.citations import collect_citations
from casekit.language import say
from casekit.workshop.markup import md

if TYPE_CHECKING:
    from casekit.workbench.bench import Workbench

__all__ = ["cited_in", "reference_cell", "reference_markdown"]


def cited_in(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    """Ids of the sources that the cells of a notebook cite, in the order of their first use."""
    return list(dict.fromkeys(citation.source for citation in collect_citations(cells)))


def reference_markdown(bench: Workbench, sources: Sequence[str], style: str) -> str:
    """The list of references of these sources, a heading first.

    Raises:
        SettingError: If the style prints no list.
    """
    from casekit.export import References

    records = {record.id: record.to_json() for record in bench.catalogue}
    listed = References(sources, records, style).entries().entries
    lines = [md(f"{entry.mark} {entry.text}".strip()) for entry in listed]
    empty = say("（还没有引用任何来源）", "(nothing is cited yet)")
    return "\n\n".join([f"## {say('参考文献', 'References')}", *(lines or [empty])])


def reference_cell(bench: Workbench, sources: Sequence[str], style: str) -> dict[str, Any]:
    """The cell with the list of references, how many there are, and what is amiss with them ("" for nothing).

    Raises:
        SettingError: If the style prints no list.
    """
    text = reference_markdown(bench, sources, style)
    unknown = [source for source in sources if source not in bench.catalogue]
    message = ""
    if unknown:
        told = "、".join(unknown)
        message = say(f"目录里没有：{told}", f"not in the catalogue: {told}")
    elif not sources:
        message = say("笔记本里还没有引用", "the notebook cites nothing yet")
    own = {"kind": "references", "style": style, "citations": []}
    cell = {"cell_type": "markdown", "source": text, "metadata": {"casekit": own}}
    return {"cell": cell, "count": len(sources), "message": message}
