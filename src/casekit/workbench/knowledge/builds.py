"""What two builds found differently: the current one and the one before it, which stays on disk for its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from casekit import graph as net
from casekit.errors import CasekitError
from casekit.graph import Changes, Graph
from casekit.index import FORMAT, Generation
from casekit.lexicon import Lexicon
from casekit.relations import merge_relations
from casekit.types import Rank

__all__ = ["BuildChanges", "build_changes", "previous_generation"]

Bearing: TypeAlias = Callable[[Iterable[str]], Rank]


@dataclass(frozen=True, slots=True)
class BuildChanges:
    """What two builds found differently; hand-made relations belong to no build and are left out.

    `before` is None where no earlier build is on disk: then nothing is compared.
    """

    before: str | None
    after: str
    changes: Changes | None
    old: Graph | None
    new: Graph


def build_changes(after: Generation, lexicon: Lexicon, bearing: Bearing | None = None) -> BuildChanges:
    """What the build `after` found that the one before it did not, and the other way round.

    `bearing` is the rank of what some sources bear out together, as `casekit.graph.build_graph` takes it.
    """
    new = _graph_of(after, lexicon, bearing)
    before = previous_generation(after)
    if before is None:
        return BuildChanges(None, after.manifest.generation, None, None, new)
    before.records.withheld = after.records.withheld  # what people rejected since is no change of the build
    try:
        old = _graph_of(before, lexicon, bearing)
    finally:
        before.close()
    return BuildChanges(before.manifest.generation, after.manifest.generation, net.changes(old, new), old, new)


def previous_generation(current: Generation) -> Generation | None:
    """The build before `current`, where it is still on disk, whole and of the same format; close it after use."""
    number = int(current.folder.name[4:])
    folders = current.folder.parent.glob("gen-*")
    older = {int(path.name[4:]): path for path in folders if path.name[4:].isdigit()}
    for found in sorted((n for n in older if n < number), reverse=True):
        try:
            generation = Generation(older[found])
        except (CasekitError, OSError):
            continue  # half deleted, or of a format that this version cannot read
        if generation.manifest.format == FORMAT:
            return generation
        generation.close()
    return None


def _graph_of(generation: Generation, lexicon: Lexicon, bearing: Bearing | None) -> Graph:
    rows = generation.records
    return net.build_graph(
        merge_relations(rows.relations()),
        rows.mentions(),
        rows.facts(),
        lexicon.entities,
        bearing,
    )
