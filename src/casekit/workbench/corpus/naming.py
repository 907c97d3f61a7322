"""Which id a file gets: its name where that can be one, else the nearest name that can, which no other file has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from casekit.catalogue import Record
from casekit.ids import check_id, free_id, is_id, readable_id

__all__ = ["Naming", "name_of"]


def name_of(path: Path, folder: Path | None, id_from: Literal["stem", "path"]) -> str:
    """What a file calls itself: its stem, or its path within the folder it was found through."""
    if id_from == "path" and folder is not None:
        return "__".join(path.relative_to(folder).with_suffix("").parts)
    return path.stem


class Naming:
    """The ids of the files of one batch.

    A name that is an id is the id. Of another name every run of blanks, brackets, punctuation and the like becomes `-`
    (`readable_id`); where a source or another file of the batch has that id, a number is put behind it. The record keeps the
    file's name, so that the same file, or a new version of it, gets the same id again. Ids that a catalogue of an older
    version holds stay as they are.

    Args:
        records: The records of the catalogue.
        names: What the files of the batch call themselves: an id that is one's own name is not given to another.
    """

    def __init__(self, records: Iterable[Record], names: Iterable[str]) -> None:
        known = list(records)
        self._by_name = {record.name: record.id for record in known if record.name is not None}
        self._held = {record.id for record in known if record.file is not None or record.name is not None}
        self._own = {record.id for record in known if record.name is None}
        self._reserved = {name for name in names if is_id(name)}

    def id_of(self, name: str) -> str:
        """The id of the file that calls itself `name`.

        Raises:
            SettingError: If no letter or digit of the name can stand in an id.
        """
        if name in self._by_name:
            return self._by_name[name]
        if name in self._own or (is_id(name) and name not in self._held):
            return name
        wanted = readable_id(name) or check_id(name)
        free = free_id(wanted, lambda one: one in self._held or one in self._reserved)
        self._by_name[name] = free
        self._held.add(free)
        return free
