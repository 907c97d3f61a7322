"""What a build has to do: sources that are new, changed or gone, and layers whose makers changed since the last one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casekit.asjson import to_json
from casekit.catalogue import Record
from casekit.index import Generation
from casekit.index.layers import Outdated, outdated
from casekit.language import say
from casekit.store import Override
from casekit.workbench.corpus.standing import Standing

__all__ = ["Plan", "Redone", "plan_build"]

_CLEANING = frozenset(("text", "body"))
_CUTTING = _CLEANING | {"folding", "passages"}
_FINDING = ("mentions", "facts", "relations")


@dataclass(frozen=True, slots=True)
class Redone:
    """A layer that a build made anew because its makers changed.

    `because` names the parts that changed (rooms of the program, data files, settings). Of the `sources` that were looked at,
    `changed` came out differently: only these were written.
    """

    layer: str
    because: tuple[str, ...]
    sources: int
    changed: int

    def told(self) -> str:
        """In words, one line."""
        what = Outdated(self.layer, self.because).told()
        return say(
            f"重做{what}：{self.sources} 个来源，{self.changed} 个与以前不同",
            f"made anew: {what}; {self.sources} sources, {self.changed} came out differently",
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to do.

    `todo` are sources whose file, record or rulings are new, `same` those as they were, `gone` ids to take out; `keys` are
    the sources' keys now. `older` are the layers whose makers changed.
    """

    todo: tuple[Record, ...]
    same: tuple[Record, ...]
    gone: tuple[str, ...]
    keys: Mapping[str, str]
    older: tuple[Outdated, ...]

    @property
    def stale(self) -> frozenset[str]:
        """Names of the layers whose makers changed."""
        return frozenset(one.layer for one in self.older) - {
            "families"
        }  # kept beside the index, with a key of their own

    @property
    def nothing(self) -> bool:
        """Whether the index is as it would be made now."""
        return not (self.todo or self.gone or self.stale)

    @property
    def cleans(self) -> bool:
        """Whether sources are read and cleaned again though they are the same."""
        return bool(self.stale & _CLEANING)

    @property
    def cuts(self) -> bool:
        """Whether sources are cut into passages again though they are the same."""
        return bool(self.stale & _CUTTING)

    @property
    def finds(self) -> tuple[str, ...]:
        """The kinds of records that are looked for again though the sources are the same."""
        return tuple(name for name in _FINDING if name in self.stale)

    def redone(self, changed: Mapping[str, int], *, sources: int, looked_at: Mapping[str, int]) -> tuple[Redone, ...]:
        """What became of the layers.

        Args:
            changed: In how many sources each came out differently.
            sources: How many there are.
            looked_at: How many were looked at, for the layers of which that is not all.
        """
        return tuple(
            Redone(one.layer, one.because, looked_at.get(one.layer, sources), changed.get(one.layer, 0))
            for one in self.older
            if one.layer in self.stale
        )


def plan_build(
    records: Sequence[Record],
    rulings: Mapping[str, Sequence[Override]],
    previous: Generation | None,
    made: Mapping[str, Mapping[str, str]],
    standing: Standing | None = None,
) -> Plan:
    """What there is to do.

    Args:
        records: The records of all sources whose text is here.
        rulings: The rulings on sources by id.
        previous: The index as it is; None where it cannot be built upon.
        made: What the layers would be made with now (`made_with`).
        standing: Which sources retell others; how one may be used is part of what is built of it.
    """
    voices = standing.voices if standing is not None else {}
    keys = {
        record.id: _key_of(record, rulings.get(record.id, ()), voices[record.id].key if record.id in voices else "")
        for record in records
    }
    have = previous.records.keys() if previous is not None else {}
    return Plan(
        todo=tuple(record for record in records if have.get(record.id) != keys[record.id]),
        same=tuple(record for record in records if have.get(record.id) == keys[record.id]),
        gone=tuple(source_id for source_id in have if source_id not in keys),
        keys=keys,
        older=outdated(previous.manifest.layers, made) if previous is not None else (),
    )


def _key_of(record: Record, rulings: Sequence[Override], voice: str = "") -> str:
    """Names everything that is particular to a source: bytes, metadata, rulings and how it may be used."""
    parts = [
        record.sha256,
        record.file or "",
        json.dumps(to_json(record.metadata), sort_keys=True),
        json.dumps([[o.action, o.span.start, o.span.end] for o in rulings if o.is_about(record.sha256)]),
        *((voice,) if voice else ()),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
