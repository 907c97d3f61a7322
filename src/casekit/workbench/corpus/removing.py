"""Taking sources out of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casekit.catalogue import Catalogue
from casekit.store import Store, Trash

__all__ = ["remove_sources"]


def remove_sources(catalogue: Catalogue, store: Store, source_ids: Sequence[str]) -> list[Path]:
    """Move sources to the trash and out of the catalogue; returns the folders they went to.

    Raises:
        UnknownSourceError: If an id is unknown; then nothing is removed.
        WorkspaceError: If the trash or the catalogue cannot be written; then nothing is removed.
    """
    records = [catalogue[source_id] for source_id in dict.fromkeys(source_ids)]
    folders: list[Path] = []
    try:
        folders = Trash(store).put_all([(record.id, record.file, record.to_json()) for record in records])
        catalogue.drop(record.id for record in records)
    except BaseException:
        Trash(store).drop(folders)
        raise
    store.drop_overrides([record.id for record in records])
    for record in records:
        store.erase(record.file)
    told = zip(records, folders, strict=True)
    store.log_all([("removed", record.id, {"trash": folder.name}) for record, folder in told])
    return folders
