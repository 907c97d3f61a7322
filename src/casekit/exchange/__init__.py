"""The way to and from other programs: W3C annotations, Obsidian vaults, Zotero, SQLite, REFI-QDA (its own room)."""

from __future__ import annotations

from casekit.exchange.annotations import Annotated, annotations_json, place_in, read_annotations
from casekit.exchange.database import Table, database_bytes
from casekit.exchange.vault import VaultCase, VaultName, VaultSource, Written, make_vault, write_vault
from casekit.exchange.zotero import LOCAL_API, Pulled, pull_items, push_records

__all__ = [
    "LOCAL_API",
    "Annotated",
    "Pulled",
    "Table",
    "VaultCase",
    "VaultName",
    "VaultSource",
    "Written",
    "annotations_json",
    "database_bytes",
    "make_vault",
    "place_in",
    "pull_items",
    "push_records",
    "read_annotations",
    "write_vault",
]
