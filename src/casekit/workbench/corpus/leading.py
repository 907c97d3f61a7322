"""Words first: what is new can be searched by its words while the model still reads it for its meaning.

A build that would keep many new sources waiting for the model makes an index without their vectors, names and figures
current first, and goes on from it. Where it is stopped, the next one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from casekit.catalogue import Record
from casekit.index import Generation, Manifest
from casekit.workbench.corpus.planning import Plan
from casekit.workspace import Settings

__all__ = ["FOLLOWING", "leading", "new_sources", "takes_long"]

FOLLOWING: Final = "following"
"""Key of a source of which only the words are in the index: never that of a record, so that the build goes on with it."""
# Characters of new sources from which words go first: some 800 passages, a minute of the default model on two cores. What it
# costs is reading and cleaning them twice, about a twentieth of that.
_MANY_CHARS: Final = 200_000
_CHEAP: Final = ("none", "hashing")  # models that keep nobody waiting


def new_sources(plan: Plan, previous: Generation | None) -> list[Record]:
    """The sources that the index does not have in any form; none where it is to be made by other rules."""
    if plan.stale:
        return []
    have = previous.records.keys() if previous is not None else {}
    return [record for record in plan.todo if record.id not in have]


def takes_long(new: Sequence[Record], settings: Settings) -> bool:
    """Whether the model would keep new sources waiting for longer than it takes to read them."""
    return not settings.model.startswith(_CHEAP) and sum(record.chars or 0 for record in new) >= _MANY_CHARS


def leading(
    name: str, before: Manifest | None, first: Manifest, *, sources: int, passages: int, following: int
) -> Manifest:
    """The manifest of an index with the words of what is new.

    Args:
        name: Of the generation.
        before: That of the index that it is made from: its vectors stay, with their model.
        first: What a first index is made with.
        sources: How many sources there are.
        passages: How many passages.
        following: How many of them are new.
    """
    upon = before if before is not None else first
    following += upon.following
    return replace(upon, generation=name, sources=sources, passages=passages, files={}, following=following)
