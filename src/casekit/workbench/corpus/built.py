"""What a build tells: how far it is, and at its end what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from casekit.workbench.corpus.planning import Redone

__all__ = ["BuildReport", "Progress", "Tally"]

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


@dataclass(slots=True)
class Tally:
    """What the steps of a build find and count, for one another and for the report.

    Attributes:
        added: Ids of new sources.
        changed: Ids of sources that are built differently now.
        cleaned: Ids of all sources whose body is new or another.
        failed: Ids of sources that could not be read or understood, each with its reason.
        looked_at: Of how many sources a layer was made anew, where it was not all.
        differing: Of the sources that are the same, for how many a layer came out differently.
    """

    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    cleaned: set[str] = field(default_factory=set)
    failed: list[tuple[str, str]] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)
    differing: Counter[str] = field(default_factory=Counter)
