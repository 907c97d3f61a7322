"""Is everything on disk what it should be?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.errors import CasekitError, IndexDamagedError, NotBuiltError
from casekit.index.generation import verify_files
from casekit.types import Address
from casekit.workbench.corpus.ageing import old_layers, old_texts

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["verify"]


def verify(held: Held) -> dict[str, Any]:
    """Check derived files against checksums, originals against the catalogue, and passages against their addresses.

    Also tells which layers are older than the program ("older") and which text layers earlier readers made ("old_texts").
    That is no fault: a build makes the former anew, and the latter hold until somebody asks for more.
    """
    problems: list[dict[str, str]] = []
    files = 0
    try:
        generation = held.built().generation
        files = len(generation.manifest.files)
        verify_files(generation)
        for row in generation.records.passages_of():
            text = generation.records.slice(row.source, row.start, row.end)
            if len(text) != row.end - row.start:
                problems.append({"where": str(Address(row.source, row.start, row.end)), "problem": "address"})
    except (IndexDamagedError, NotBuiltError) as error:
        problems.append({"where": str(held.workspace.index), "problem": str(error)})
    sources = 0
    for record in held.catalogue:
        if record.file is None:
            continue
        sources += 1
        try:
            held.documents[record.id]
        except CasekitError as error:
            problems.append({"where": record.id, "problem": str(error)})
    older = [{"layer": one.layer, "because": list(one.because)} for one in old_layers(held.workspace)]
    texts = list(old_texts(held.workspace, held.catalogue, held.store))
    return {"files": files, "sources": sources, "problems": problems, "older": older, "old_texts": texts}
