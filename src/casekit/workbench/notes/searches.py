"""Searches kept for later, in notebooks/notes/searches.yaml."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.workbench.notes.files import SEARCHES_NAME, NoteFile, locked, read_file, writable, write_file
from casekit.workbench.notes.records import ID, UnknownNoteError

__all__ = ["SavedSearch", "SavedSearches"]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept for later: a name, the query, the panel's filters, and how it was looked for.

    `mode` is one of `MODES`, `way` one of `WAYS` (of exact places), `near` how many characters apart near words may be.
    """

    id: str
    name: str
    query: str
    filters: Mapping[str, Any]
    mode: str = "passages"
    way: str = "phrase"
    near: int = 10


MODES: Final = ("passages", "ask", "find")
WAYS: Final = ("phrase", "logic", "near", "regex")
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
        self,
        name: str,
        query: str,
        filters: Mapping[str, Any] | None = None,
        *,
        mode: str = "passages",
        way: str = "phrase",
        near: int = 10,
        search_id: str | None = None,
    ) -> SavedSearch:
        """Keep a search for later.

        Raises:
            SettingError: If name and query are empty, the id cannot be one, or there is no such mode or way.
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
        if mode not in MODES or way not in WAYS or near < 1:
            raise SettingError(
                say(
                    f"没有这种找法：{mode}、{way}、{near}；可用 {'、'.join(MODES)}，{'、'.join(WAYS)}，相距 1 字以上",
                    f"no such way to look: {mode}, {way}, {near}; use {', '.join(MODES)}, {', '.join(WAYS)}, 1 or more apart",
                )
            )
        if mode != "find":
            way, near = WAYS[0], 10
        made = search_id or f"s-{secrets.token_hex(4)}"
        saved = SavedSearch(made, name or query, query, _plain(dict(filters or {})), mode, way, near)
        with locked(self.folder):
            file = read_file(self.folder / SEARCHES_NAME, "searches")
            others = [item for n, item in enumerate(file.items, 1) if _id_of(item, n) != saved.id]
            item: dict[str, Any] = {
                "id": saved.id,
                "name": saved.name,
                "query": saved.query,
                "filters": dict(saved.filters),
            }
            item |= {"mode": mode} if mode != MODES[0] else {}
            item |= {"way": way, "near": near} if mode == "find" else {}
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
    mode, way, near = item.get("mode", MODES[0]), item.get("way", WAYS[0]), item.get("near", 10)
    if mode not in MODES or way not in WAYS or type(near) is not int or near < 1:
        raise SourceError(
            say(
                f"读不懂 {file.path.name} 第 {number} 条：mode、way 或 near",
                f"cannot read {file.path.name}, item {number}: mode, way or near",
            )
        )
    return SavedSearch(_id_of(item, number), name or query, query, _plain(filters), mode, way, near)


def _plain(value: Any, depth: int = 0) -> Any:
    """A value with nothing but what JSON and YAML both have: people may write dates or fractions by hand."""
    if isinstance(value, bool | int | None):
        return value
    if isinstance(value, dict) and depth < _DEEPEST:
        return {writable(str(name)): _plain(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list | tuple) and depth < _DEEPEST:
        return [_plain(one, depth + 1) for one in value]
    return writable(str(value))
