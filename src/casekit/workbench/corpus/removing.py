"""Taking sources out of the corpus."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from casekit.catalogue import Catalogue
from casekit.store import Store

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
        for record in records:
            folders.append(store.to_trash(record.id, record.file, record.to_json()))  # noqa: PERF401 - kept if one fails
        catalogue.drop(record.id for record in records)
    except BaseException:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    store.drop_overrides([record.id for record in records])
    for record, folder in zip(records, folders, strict=True):
        store.erase(record.file)
        store.log("removed", record.id, trash=folder.name)
    return folders
