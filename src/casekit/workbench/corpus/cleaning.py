"""Cleaning within bounds: a text of ordinary length is cleaned here, a very long one in the worker.

Cleaning takes time in proportion to the text (tests/hostile holds it to that), so that for an ordinary length nothing has to
be bounded; a very long one may be given up by its time or memory, and then that source is refused and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from casekit.asjson import blocks_of_json, blocks_to_json, from_json, to_json
from casekit.bounded import guarded, shared_worker
from casekit.clean import clean_text
from casekit.types import Block, Cleaned, Metadata

__all__ = ["clean_bounded", "clean_job"]

_HERE_CHARS = 1_000_000
"""A long book; ten seconds at most, whatever stands in it."""


def clean_bounded(
    text: str, blocks: Sequence[Block], declared: Metadata | None, *, name: str, workspace: Path
) -> Cleaned:
    """As `clean_text`, with the cues in force here; in the worker with those of the workspace at `workspace`.

    Raises:
        OutOfBoundsError: If it takes too much time or memory, or fails.
        CuesError: If a list of cues breaks the format.
    """
    if len(text) <= _HERE_CHARS:
        with guarded(name):
            return clean_text(text, blocks=blocks, declared=declared)
    options = {
        "workspace": str(workspace),
        "blocks": blocks_to_json(blocks),
        "declared": None if declared is None else to_json(declared),
    }
    found, _ = shared_worker().call(f"{__name__}:clean_job", options, text.encode("utf8", "surrogatepass"), name=name)
    return from_json(Cleaned, found)


def clean_job(options: Mapping[str, Any], data: bytes) -> tuple[Any, bytes]:
    """The worker's part of `clean_bounded`."""
    from casekit.cues import load_cues

    declared = None if options["declared"] is None else from_json(Metadata, options["declared"])
    cues = load_cues(Path(options["workspace"]))
    text = data.decode("utf8", "surrogatepass")
    return to_json(clean_text(text, blocks=blocks_of_json(options["blocks"]), declared=declared, cues=cues)), b""
