"""What keeps a corpus in order: families, versions, metadata, exchange with reference managers, sharing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from casekit.catalogue import Record
from casekit.workbench.held import OnHeld
from casekit.workspace import Workspace

if TYPE_CHECKING:
    from casekit.families import Family
    from casekit.workbench.corpus.backing import Backup
    from casekit.workbench.corpus.carrying import Carried
    from casekit.workbench.corpus.editing import Changes
    from casekit.workbench.corpus.families import Retold
    from casekit.workbench.corpus.packing import Packed
    from casekit.workbench.corpus.purging import Purged
    from casekit.workbench.corpus.sharing import Imported
    from casekit.workbench.corpus.versions import Difference, Version

__all__ = ["Tidying"]


class Tidying(OnHeld):
    """The verbs of a workbench that keep the corpus in order."""

    # ---- copies of one article ------------------------------------------------------------------------------------
    def families(self) -> dict[str, str]:
        """Source id → id of the article's copy that stands for all of them (itself, for most sources).

        Example:
            >>> compare_facts(facts, family=wb.families())   # doctest: +SKIP
        """
        shown = {member: family.id for family in self.family_groups() for member in family.members}
        return {record.id: shown.get(record.id, record.id) for record in self.held.catalogue}

    def family_groups(self) -> list[Family]:
        """Sources that are copies or excerpts of one article, a group each, in the catalogue's order."""
        from casekit.workbench.corpus.families import Relatives

        return Relatives(self.held.workspace, self.held.catalogue, self.held.store).families()

    def retold(self) -> list[Retold]:
        """Sources that share so much with another that they may retell it, and are not said to."""
        from casekit.workbench.corpus.families import Relatives

        return Relatives(self.held.workspace, self.held.catalogue, self.held.store).retold()

    # ---- versions -------------------------------------------------------------------------------------------------
    def versions(self, source_id: str) -> list[Version]:
        """The states of a source: those in the trash, oldest first, then the one in use."""
        from casekit.workbench.corpus.versions import versions

        return versions(self.held.workspace, self.held.catalogue, source_id)

    def diff(self, source_id: str, old: int | None = None, new: int | None = None) -> Difference:
        """What differs between two versions of a source, sentence by sentence (default: the last two)."""
        from casekit.workbench.corpus.versions import diff

        return diff(self.held.workspace, self.held.catalogue, self.held.store, source_id, old, new)

    def restore(self, source_id: str, *, version: int | None = None) -> tuple[Record, Carried | None]:
        """Take a removed source back out of the trash, or make an older version the one in use.

        Returns:
            Its record, and what became of the evidence in case cards that points to it.
        """
        from casekit.workbench.corpus.carrying import carry_over
        from casekit.workbench.corpus.versions import restore

        with self.held.changing():
            record, _ = restore(self.held.workspace, self.held.catalogue, self.held.store, source_id, version)
            if record.file is None:
                return record, None
            carried = carry_over(self.held.workspace, self.held.catalogue, self.held.store, [source_id], {})
        return record, carried[0] if carried else None

    def purge(self, ids: Sequence[str] = (), *, trash: bool = False) -> Purged:
        """Delete sources for good, with all their versions, or all that lies in the trash; the index is to be built anew."""
        from casekit.workbench.corpus.purging import purge

        self.held.close()
        with self.held.changing():
            return purge(self.held.workspace, self.held.catalogue, self.held.store, ids, trash=trash)

    # ---- metadata -------------------------------------------------------------------------------------------------
    def edit(
        self, source_id: str, values: Mapping[str, str | Sequence[str]] | None = None, *, clear: Sequence[str] = ()
    ) -> tuple[Record, Changes]:
        """Change a source's metadata by hand; see `casekit.workbench.corpus.editing.FIELDS` for the names."""
        from casekit.workbench.corpus.editing import edit

        with self.held.changing():
            return edit(self.held.catalogue, self.held.store, source_id, values or {}, clear)

    def undo_edit(self, source_id: str) -> Changes | None:
        """Take the latest `edit` or import of a source's metadata back; None if there is none."""
        from casekit.workbench.corpus.editing import undo_edit

        with self.held.changing():
            return undo_edit(self.held.catalogue, self.held.store, source_id)

    # ---- exchange and sharing -------------------------------------------------------------------------------------
    def export_catalogue(self, path: str | Path, ids: Sequence[str] = ()) -> int:
        """Write the catalogue (or these sources' records) for a reference manager; returns how many."""
        from casekit.workbench.corpus.sharing import export_catalogue

        return export_catalogue(self.held.catalogue, Path(path), ids)

    def import_catalogue(self, path: str | Path) -> Imported:
        """Take in what a reference manager wrote: changed metadata, and records of works not imported here."""
        from casekit.workbench.corpus.sharing import import_catalogue

        with self.held.changing():
            return import_catalogue(self.held.catalogue, self.held.store, Path(path))

    def back_up(self, path: str | Path) -> Backup:
        """Write all that people made in the workspace into one zip file, read back before it is said to be there."""
        from casekit.workbench.corpus.backing import back_up

        return back_up(self.held.workspace, Path(path))

    @staticmethod
    def check_backup(path: str | Path) -> Backup:
        """Hold every file of a backup to what the backup says of it."""
        from casekit.workbench.corpus.backing import check_backup

        return check_backup(Path(path))

    @staticmethod
    def from_backup(path: str | Path, folder: str | Path) -> Workspace:
        """Make the workspace of a backup, in a folder that is new or empty."""
        from casekit.workbench.corpus.backing import from_backup

        return from_backup(Path(path), Path(folder))

    def pack(self, path: str | Path, *, sources: bool = True) -> Packed:
        """Write the workspace into one zip file; without `sources`, no text that is not our own goes with it."""
        from casekit.workbench.corpus.packing import pack

        return pack(self.held.workspace, self.held.catalogue, self.held.store, Path(path), sources=sources)

    @staticmethod
    def unpack(path: str | Path, folder: str | Path) -> Workspace:
        """Make a workspace of a pack, in a folder that is new or empty."""
        from casekit.workbench.corpus.packing import unpack

        return unpack(Path(path), Path(folder))
