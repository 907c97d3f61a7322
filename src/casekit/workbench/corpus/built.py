"""What a build tells: how far it is, and at its end what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casekit.workbench.corpus.planning import Redone

__all__ = ["BuildReport", "Progress"]

Progress = Callable[[str, int, int], None]
"""Told of work done: a stage's code name, how much is done, how much there is."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Counts are of sources, but for `passages`; `failed` pairs ids with one-line reasons. `layers` are those made anew because
    the program, its data or the workspace's own lists changed since the last build.
    """

    generation: str
    sources: int
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    encoded: int
    reused: int
    seconds: float
    seconds_encoding: float
    failed: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    layers: tuple[Redone, ...] = ()
