"""How far each source was read, in notebooks/notes/reading.yaml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from casekit.errors import SettingError
from casekit.language import say
from casekit.workbench.notes.files import READING_NAME, locked, read_file, write_file

__all__ = ["Bookmarks"]

_MOST: Final = 1000


class Bookmarks:
    """The places where the sources of a workspace were last read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def places(self) -> dict[str, int]:
        """Source id to the code point at the top of the reader, the one read last at the end.

        Raises:
            SourceError: If the file cannot be read.
        """
        items = read_file(self.folder / READING_NAME, "reading").items
        return {str(one["source"]): int(one["start"]) for one in items if _is_place(one)}

    def put(self, source: str, start: int) -> dict[str, int]:
        """Remember a place; returns all of them.

        Raises:
            SettingError: If it is no place.
            SourceError: If the file cannot be read.
            BusyError: If another process holds it.
        """
        if not source or start < 0:
            raise SettingError(say(f"{source}:{start} 不是位置", f"{source}:{start} is no place"))
        with locked(self.folder):
            file = read_file(self.folder / READING_NAME, "reading")
            old = [dict(one) for one in file.items if one.get("source") != source]
            new = [*old, {"source": source, "start": start}][-_MOST:]
            if new != [dict(one) for one in file.items]:
                write_file(replace(file, items=tuple(new)), "reading")
        return {str(one["source"]): int(one["start"]) for one in new if _is_place(one)}


def _is_place(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("start"), int) and bool(item.get("source"))
