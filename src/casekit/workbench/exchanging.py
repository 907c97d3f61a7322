"""The side of a workbench that works with other programs: Excel, SQLite, Obsidian, annotators, Zotero."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from casekit.hosts import is_this_machine
from casekit.ids import readable_id
from casekit.language import say
from casekit.workbench.keeping import Keeping
from casekit.workbench.tidying import Tidying

if TYPE_CHECKING:
    from casekit.casebook import Matrix
    from casekit.exchange import Pulled
    from casekit.workbench.outside.report import Exchanged

__all__ = ["Exchanging"]


class Exchanging(Keeping, Tidying):
    """The verbs of a workbench that hand on and take in."""

    def save_tables(self, path: str | Path, matrices: Sequence[Matrix] = ()) -> Exchanged:
        """Sources, figures, relations, names and cases as an .xlsx workbook (addresses can be clicked) or an SQLite database.

        Args:
            path: The file; its ending says which.
            matrices: Comparisons that become sheets of the workbook.
        Raises:
            SettingError, NotBuiltError, MissingTablesError, SourceError: As `casekit.workbench.outside.tabled.save_all` says.
        """
        from casekit.workbench.outside.tabled import save_all

        return save_all(self.held, Path(path), matrices)

    def save_vault(self, folder: str | Path) -> Exchanged:
        """The corpus and the casebook as a Markdown vault (Obsidian); files changed there by hand are left alone.

        Raises:
            NotBuiltError: If there is no index.
            SourceError: If the folder cannot be written.
        """
        from casekit.workbench.outside.vaulting import save_vault

        return save_vault(self.held, Path(folder))

    # ---- annotations --------------------------------------------------------------------------------------------
    def annotations(self, sources: Iterable[str] = ()) -> list[dict[str, Any]]:
        """Your notes as W3C Web Annotations, those on these sources or all."""
        from casekit.workbench.notes.notebook import Notes
        from casekit.workbench.outside.annotating import annotations_of

        return annotations_of(self.held, Notes(self.held), sources)

    def export_annotations(self, path: str | Path, sources: Iterable[str] = ()) -> Exchanged:
        """Write them into a file, as one JSON list."""
        from casekit.workbench.notes.notebook import Notes
        from casekit.workbench.outside.annotating import export_annotations

        return export_annotations(self.held, Notes(self.held), Path(path), sources)

    def import_annotations(self, path: str | Path) -> Exchanged:
        """Take a JSON list (or page) of W3C Web Annotations as notes.

        Raises:
            SourceError: If the file is none.
            BusyError: If another process holds the notes.
        """
        from casekit.workbench.notes.notebook import Notes
        from casekit.workbench.outside.annotating import import_annotations

        return import_annotations(self.held, Notes(self.held), Path(path))

    # ---- codes --------------------------------------------------------------------------------------------------
    def export_codes(
        self,
        path: str | Path,
        sources: Sequence[str] = (),
        *,
        positions: Literal["code-points", "utf-16"] = "code-points",
    ) -> Exchanged:
        """Codebook, coded sources (or these) and codings as a REFI-QDA project (.qdpx) for MAXQDA, ATLAS.ti, NVivo, QualCoder …

        Args:
            path: The file.
            sources: Only these.
            positions: What positions count: code points, as the standard says; NVivo counts UTF-16 code units.
        Raises:
            UnknownSourceError: If there is no such source.
            SourceError: If the file cannot be written.
        """
        from casekit.workbench.coding import Codes
        from casekit.workbench.outside.qdpx import export_codes

        return export_codes(self.held, Codes(self.held), Path(path), sources, positions=positions)

    def import_codes(self, path: str | Path, *, coder: str = "") -> Exchanged:
        """Take codes and codings of a REFI-QDA project; texts are known again by what they say, other codings are refused by name.

        Raises:
            SourceError: If the file is no such project.
            BusyError: If another process holds the codes.
        """
        from casekit.workbench.coding import Codes
        from casekit.workbench.outside.qdpx import import_codes

        return import_codes(self.held, Codes(self.held), Path(path), coder=coder)

    # ---- Zotero -------------------------------------------------------------------------------------------------
    def pull_zotero(
        self,
        file: str | Path | None = None,
        *,
        url: str | None = None,
        collection: str = "",
        replace: bool = False,
        follow_links: bool = False,
    ) -> Exchanged:
        """Items of Zotero with their files, under their citation keys: from the program that runs here, or from an export.

        Items without a file on this machine become records of the catalogue.

        Args:
            file: A Better BibTeX JSON, CSL-JSON, RDF or BibTeX export; None asks Zotero itself.
            url: Where Zotero listens, if not at its usual place on this machine.
            collection: Only this collection.
            replace: Take files that have changed as new versions.
            follow_links: Take attachments that an export names outside of its own folder, and those of a Zotero elsewhere, too.
        Raises:
            SourceError: If Zotero does not answer or the export cannot be read.
        """
        from casekit.exchange import LOCAL_API, pull_items

        if file is not None:
            items = [one for one in _exported(Path(file)) if not collection or _is_in(one, collection)]
            return self._take_items(items, str(file), replace, Path(file).parent, follow_links)
        where = url or LOCAL_API
        items = pull_items(where, collection=collection)
        here = is_this_machine(
            urlsplit(where).hostname or ""
        )  # a stranger knows none of our files, and must not name one
        return self._take_items(items, where, replace, None, follow_links or here)

    def _take_items(
        self, items: Sequence[Pulled], where: str, replace: bool, folder: Path | None, anywhere: bool
    ) -> Exchanged:
        """Take the items; files outside of `folder` (None: any) are refused by name unless they may lie anywhere."""
        from casekit.workbench.corpus.intake import is_below
        from casekit.workbench.outside.report import Exchanged

        done, unchanged, refused = [], [], []
        bare = [dict(one.csl) for one in items if not one.files]
        with tempfile.TemporaryDirectory() as scratch:
            record = Path(scratch) / "record.json"
            for one in items:
                for number, path in enumerate(one.files, 1):
                    key = readable_id(str(one.csl["id"]))
                    name = key if number == 1 else f"{key}-{number}"
                    if not (anywhere or (folder is not None and is_below(path, folder))):
                        refused.append((name, _elsewhere(path)))
                        continue
                    record.write_text(json.dumps([{**one.csl, "id": name}], ensure_ascii=False), "utf8")
                    report = self.add([path], id=name, csl=record, replace=replace)
                    done += [added.record.id for added in report.added if added.status != "present"]
                    unchanged += [added.record.id for added in report.added if added.status == "present"]
                    refused += [(name, no.told()) for no in report.refused]
                    if report.skipped:
                        refused.append((name, say(f"不认识的文件 {path.name}", f"a file of another kind: {path.name}")))
            if bare:
                record.write_text(json.dumps(bare, ensure_ascii=False), "utf8")
                taken = self.import_catalogue(record)
                done += [*taken.added, *taken.updated]
                unchanged += taken.unchanged
                refused += taken.refused
        return Exchanged(where, tuple(done), tuple(unchanged), refused=tuple(refused))

    def push_zotero(self, ids: Sequence[str] = (), *, url: str | None = None) -> Exchanged:
        """Hand the records of these sources (all if none is named) to Zotero, which files them where you are in it.

        Raises:
            UnknownSourceError: If an id is unknown.
            SourceError: If there is nothing to send, or Zotero does not answer.
        """
        from casekit.exchange import LOCAL_API, push_records
        from casekit.workbench.outside.report import Exchanged

        where = url or LOCAL_API
        chosen = [self.held.catalogue[one].id for one in ids] or [record.id for record in self.held.catalogue]
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "records.bib"
            self.export_catalogue(path, chosen)
            taken = push_records(path.read_text("utf8"), where)
        missing = len(chosen) - taken
        refused = (
            [(where, say(f"{missing} 条没有收下", f"{missing} were not taken"))] if 0 < taken < len(chosen) else []
        )
        return Exchanged(where, tuple(chosen), refused=tuple(refused))


def _elsewhere(path: Path) -> str:
    return say(
        f"附件 {path} 不在导出文件的文件夹里，没有收录；确要收录请加 --follow-links",
        f"the attachment {path} lies outside of the export's folder, not taken; add --follow-links if you mean it",
    )


def _is_in(item: Pulled, collection: str) -> bool:
    """Whether an exported item lies in this collection (its name, or 外/内), or has this tag."""
    held = [name.strip() for name in str(item.csl.get("keyword") or "").split(",")]
    return any(collection in (name, name.rpartition("/")[2]) for name in held)


def _exported(path: Path) -> list[Pulled]:
    """The records of an export file with their files that are there."""
    from casekit.exchange import Pulled
    from casekit.readers import read_sidecar

    def found(name: str) -> Path | None:
        there = path.parent / name.replace("\\", "/")
        return there.resolve() if there.is_file() else None

    return [
        Pulled(one.csl, tuple(there for name in one.files if (there := found(name)) is not None))
        for one in read_sidecar(path)
    ]
