"""Notes as records, and as the items of a YAML file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.workbench.notes.files import NoteFile, writable

__all__ = ["ID", "Note", "Placed", "State", "UnknownNoteError", "checked_note", "item_of", "notes_of", "now"]

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_EDGES = " \t\n"  # taken off a note; odd breaks (U+0085, U+2028) and full-width blanks stay as they were written
_LONGEST = 20_000  # characters of a note: ten pages; more is a document of its own
_LONGEST_TAG, _MOST_TAGS = 60, 50
State = Literal["ok", "moved", "lost"]


class UnknownNoteError(SourceError, KeyError):
    """An id that no note or saved search has."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as its file has it. `begins` are the first characters of the passage, for the eye; times are ISO 8601, UTC."""

    id: str
    source: str
    start: int
    end: int
    fingerprint: str
    text: str
    tags: tuple[str, ...] = ()
    created: str = ""
    updated: str = ""
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A note with the place its words have now; where they are lost, start and end are the old ones."""

    note: Note
    state: State
    start: int
    end: int
    quote: str
    title: str

    @property
    def tags(self) -> tuple[str, ...]:
        """The note's tags."""
        return self.note.tags


def notes_of(file: NoteFile) -> list[Note]:
    """The notes that a file holds.

    Raises:
        SourceError: If one cannot be read; the line names file and item.
    """
    source = file.fields.get("source")
    notes: list[Note] = []
    unnamed: Counter[str] = Counter()
    for number, item in enumerate(file.items, 1):
        where = say(f"读不懂 {file.path.name} 第 {number} 条", f"cannot read {file.path.name}, item {number}")
        start, end, of = item.get("start"), item.get("end"), item.get("source", source)
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            raise SourceError(
                say(f"{where}：start、end 应是前小后大的整数", f"{where}: start and end must be integers")
            )
        if not isinstance(of, str) or not of:
            raise SourceError(say(f"{where}：没有写 source", f"{where}: no source"))
        tags = item.get("tags") or []
        if not isinstance(tags, list | str):
            raise SourceError(say(f"{where}：tags 应是列表", f"{where}: tags must be a list"))
        told = {
            name: "" if item.get(name) is None else str(item.get(name)) for name in ("text", "begins", "fingerprint")
        }
        notes.append(
            Note(
                id=str(item.get("id") or _own_id(file, start, end, unnamed)),
                source=of,
                start=start,
                end=end,
                fingerprint=told["fingerprint"],
                text=told["text"].strip(_EDGES),
                tags=tuple(str(tag) for tag in ([tags] if isinstance(tags, str) else tags)),
                created=_time_of(item.get("created")),
                updated=_time_of(item.get("updated")),
                begins=told["begins"],
            )
        )
    return notes


def _own_id(file: NoteFile, start: int, end: int, unnamed: Counter[str]) -> str:
    """The id of a note that has none, since people who write by hand need not invent one; others may come and go."""
    name = f"{file.path.stem}-{start}-{end}"
    unnamed[name] += 1
    return name if unnamed[name] == 1 else f"{name}-{unnamed[name]}"


def item_of(note: Note, before: Mapping[str, Any]) -> dict[str, Any]:
    """The note as its file holds it; fields that casekit does not know stay."""
    own: dict[str, Any] = {
        "id": note.id,
        "start": note.start,
        "end": note.end,
        "begins": writable(note.begins),
        "text": note.text,
        "tags": list(note.tags),
        "created": note.created,
        "updated": note.updated,
        "fingerprint": note.fingerprint,
    }
    return {**own, **{name: value for name, value in before.items() if name not in own}}


def _time_of(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)


def now() -> str:
    """The time, ISO 8601 in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def checked_note(text: str, tags: Sequence[str]) -> tuple[str, list[str]]:
    """Text and tags as they are kept.

    Raises:
        SettingError: If both are empty or one is too long.
    """
    text = writable(text).strip(_EDGES)
    kept = list(dict.fromkeys(tag for tag in (" ".join(writable(tag).split()) for tag in tags) if tag))
    if not text.strip() and not kept:
        raise SettingError(say("笔记是空的：写点内容或加个标签", "the note is empty: write something or add a tag"))
    if len(text) > _LONGEST or len(kept) > _MOST_TAGS or any(len(tag) > _LONGEST_TAG for tag in kept):
        raise SettingError(
            say(
                f"笔记至多 {_LONGEST} 字、{_MOST_TAGS} 个标签，每个标签至多 {_LONGEST_TAG} 字",
                f"at most {_LONGEST} characters and {_MOST_TAGS} tags of {_LONGEST_TAG} characters",
            )
        )
    return text, kept
