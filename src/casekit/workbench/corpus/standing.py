"""Which sources speak for themselves and which only retell: an original in the corpus silences the retellings of it.

A retelling (digest, case study, abstract) answers only where none of the sources that it retells has its text here. While it
does, it speaks with their dates, and its lists of sources, questions and unreported points are no passages of evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from casekit.catalogue import Record
from casekit.index import Records
from casekit.sections import ASIDE
from casekit.types import Metadata, Rank

__all__ = ["Standing", "Voice", "standing_of"]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a source may be used.

    `silenced` is a retelling of which an original is here; `anchor` is the date that a retelling's own words of time count
    from: that of the one original it retells, None where there is none or several. `outlets` are who published and wrote
    what it retells: a retelling names them as its sources, not as those it tells of.
    """

    rank: Rank = "original"
    silenced: bool = False
    anchor: str | None = None
    outlets: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names it, for what is built with it; "" for every source that is no retelling."""
        if self.rank != "retelling":
            return ""
        return "silenced" if self.silenced else " ".join(("retelling", self.anchor or "", *self.outlets))


_OWN = Voice()
_WEIGHTIEST: tuple[Rank, ...] = ("original", "retelling", "commentary")
_OF_ITSELF = ("vendor", "advertorial")
"""Kinds of sources whose publisher is whom they tell of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The voices of the sources: `voices` holds those that are no originals, `retold` the retellings of each original."""

    voices: Mapping[str, Voice]
    retold: Mapping[str, tuple[str, ...]]
    retells: Mapping[str, tuple[str, ...]]

    def of(self, source: str) -> Voice:
        """The voice of a source."""
        return self.voices.get(source, _OWN)

    @property
    def retellings(self) -> frozenset[str]:
        """Ids of all retellings."""
        return frozenset(source for source, voice in self.voices.items() if voice.rank == "retelling")

    @property
    def silenced(self) -> frozenset[str]:
        """Ids of the retellings of which an original is here."""
        return frozenset(source for source, voice in self.voices.items() if voice.silenced)

    @property
    def not_originals(self) -> frozenset[str]:
        """Ids of retellings and commentaries."""
        return frozenset(self.voices)

    def bearing(self, sources: Iterable[str]) -> Rank:
        """How far these sources together bear something out: as an original does, where one of them is one.

        What retellings alone say is a retelling, whatever their number; a commentary is no more.
        """
        ranks = {self.of(source).rank for source in sources}
        return next((rank for rank in _WEIGHTIEST if rank in ranks), "original")

    def hidden(self, records: Records) -> frozenset[int]:
        """Ids of the passages that answer nothing unless asked for: of silenced retellings all, of others the asides."""
        retellings = self.retellings
        aside = {pid for pid, source in records.pids_of_roles(ASIDE).items() if source in retellings}
        return frozenset(aside | records.pids_of_sources(sorted(self.silenced)))


def standing_of(records: Iterable[Record], here: Collection[str]) -> Standing:
    """The standing of all sources.

    Args:
        records: The records of the catalogue, with those of sources whose text is not here.
        here: Ids of the sources whose text is here.
    """
    known = {record.id: record for record in records}
    voices: dict[str, Voice] = {}
    retold: dict[str, list[str]] = {}
    retells: dict[str, tuple[str, ...]] = {}
    for record in known.values():
        if record.rank == "original":
            continue
        metadata = record.metadata
        origins = metadata.retells if metadata.rank == "retelling" else ()
        retells[record.id] = origins
        silenced = any(one in here and one != record.id for one in origins)
        told = [known[one].metadata for one in origins if one in known]
        anchor = told[0].date if len(origins) == len(told) == 1 else None
        voices[record.id] = Voice(metadata.rank, silenced, anchor, _outlets(told))
        if record.id in here:
            for origin in origins:
                retold.setdefault(origin, []).append(record.id)
    return Standing(voices, {origin: tuple(ids) for origin, ids in retold.items()}, retells)


def _outlets(originals: Iterable[Metadata]) -> tuple[str, ...]:
    """Who published and wrote these, each once, in order; not a firm that tells of itself."""
    named: set[str | None] = set()
    for one in originals:
        if one.source_kind not in _OF_ITSELF:
            named.update((*one.authors, one.publisher, one.republished_from, one.posted_by))
    return tuple(sorted(name for name in named if name))
