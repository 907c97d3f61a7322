"""Searches kept for later, in notebooks/notes/searches.yaml."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.workbench.notes.files import SEARCHES_NAME, NoteFile, locked, read_file, writable, write_file
from casekit.workbench.notes.records import ID, UnknownNoteError

__all__ = ["SavedSearch", "SavedSearches"]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept for later: a name, the query, and the panel's filters."""

    id: str
    name: str
    query: str
    filters: Mapping[str, Any]


_LONGEST_NAME, _LONGEST_QUERY = 200, 2000
_DEEPEST = 4  # a filter is a list of values under a name


class SavedSearches:
    """The saved searches of a workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[SavedSearch]:
        """The saved searches in their file's order.

        Raises:
            SourceError: If the file cannot be read.
        """
        file = read_file(self.folder / SEARCHES_NAME, "searches")
        return [_search_of(item, number, file) for number, item in enumerate(file.items, 1)]

    def save(
        self, name: str, query: str, filters: Mapping[str, Any] | None = None, *, search_id: str | None = None
    ) -> SavedSearch:
        """Keep a search for later.

        Raises:
            SettingError: If name and query are empty, or the id cannot be one.
            SourceError: If the file cannot be read.
            BusyError: If another process holds it.
        """
        name, query = (" ".join(writable(part).split()) for part in (name, query))
        if not (name or query):
            raise SettingError(say("保存检索要有名称或查询", "a saved search needs a name or a query"))
        if len(name) > _LONGEST_NAME or len(query) > _LONGEST_QUERY:
            raise SettingError(
                say(
                    f"名称至多 {_LONGEST_NAME} 字，查询至多 {_LONGEST_QUERY} 字",
                    f"at most {_LONGEST_NAME} characters of name and {_LONGEST_QUERY} of query",
                )
            )
        if search_id is not None and not ID.fullmatch(search_id):
            raise SettingError(say(f"{search_id!r} 不能作编号", f"{search_id!r} cannot be an id"))
        saved = SavedSearch(search_id or f"s-{secrets.token_hex(4)}", name or query, query, _plain(dict(filters or {})))
        with locked(self.folder):
            file = read_file(self.folder / SEARCHES_NAME, "searches")
            others = [item for n, item in enumerate(file.items, 1) if _id_of(item, n) != saved.id]
            item = {"id": saved.id, "name": saved.name, "query": saved.query, "filters": dict(saved.filters)}
            write_file(replace(file, items=(*others, item)), "searches")
        return saved

    def remove(self, search_id: str) -> None:
        """Forget a saved search.

        Raises:
            UnknownNoteError: If there is none with this id.
            SourceError: If the file cannot be read.
            BusyError: If another process holds it.
        """
        with locked(self.folder):
            file = read_file(self.folder / SEARCHES_NAME, "searches")
            left = tuple(item for n, item in enumerate(file.items, 1) if _id_of(item, n) != search_id)
            if len(left) == len(file.items):
                raise UnknownNoteError(
                    say(f"没有编号为 {search_id!r} 的检索", f"no saved search with id {search_id!r}")
                )
            write_file(replace(file, items=left), "searches")


def _id_of(item: Mapping[str, Any], number: int) -> str:
    """The id of an item; people who write a search by hand need not invent one."""
    return str(item.get("id") or f"s-{number}")


def _search_of(item: Mapping[str, Any], number: int, file: NoteFile) -> SavedSearch:
    name, query, filters = str(item.get("name") or ""), str(item.get("query") or ""), item.get("filters") or {}
    if not isinstance(filters, dict):
        raise SourceError(
            say(
                f"读不懂 {file.path.name} 第 {number} 条：filters",
                f"cannot read {file.path.name}, item {number}: filters",
            )
        )
    return SavedSearch(_id_of(item, number), name or query, query, _plain(filters))


def _plain(value: Any, depth: int = 0) -> Any:
    """A value with nothing but what JSON and YAML both have: people may write dates or fractions by hand."""
    if isinstance(value, bool | int | None):
        return value
    if isinstance(value, dict) and depth < _DEEPEST:
        return {writable(str(name)): _plain(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list | tuple) and depth < _DEEPEST:
        return [_plain(one, depth + 1) for one in value]
    return writable(str(value))
