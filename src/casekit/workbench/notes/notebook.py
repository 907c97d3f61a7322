"""Personal notes, tags and saved searches: what a reader thinks of a passage, kept beside the corpus and never in it.

A note has an address and the fingerprint of the words it is about, so that it finds its place in a new version of its
source, or says that the place is lost. Notes are plain YAML files in notebooks/notes/ (see `notes_files`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from casekit.errors import CasekitError, SettingError
from casekit.fold import fingerprint, fold_text
from casekit.language import say
from casekit.passages import quote_of
from casekit.workbench.corpus.documents import check_span
from casekit.workbench.notes.files import (
    NoteFile,
    file_for,
    locked,
    note_files,
    read_file,
    stamp,
    write_file,
)
from casekit.workbench.notes.placing import Marked, Places, beginning
from casekit.workbench.notes.records import (
    ID,
    Note,
    Placed,
    UnknownNoteError,
    checked_note,
    item_of,
    notes_of,
    now,
)
from casekit.workbench.notes.searches import SavedSearch, SavedSearches

if TYPE_CHECKING:
    from casekit.workbench.held import Built, Held

__all__ = ["Note", "Notes", "Placed", "SavedSearch"]

_MOST_REMOVED = 100  # deleted notes that can be brought back


@dataclass(frozen=True, slots=True)
class _Removed:
    """A deleted note, and its file as it was before."""

    note: Note
    file: NoteFile
    number: int


@dataclass(frozen=True, slots=True)
class _Read:
    """The files as they were read: their stamp, the notes in order, what could not be read, the notes of each source."""

    stamp: object = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[str, ...] = ()
    by_source: Mapping[str, Sequence[Note]] = field(default_factory=dict)


class Notes:
    """The notes of a workspace; any number of threads may ask and write."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self.folder = held.workspace.root / "notebooks" / "notes"
        self.searches = SavedSearches(self.folder)
        self._read = _Read()
        self._places = Places(held)
        self._removed: dict[str, _Removed] = {}

    # ---- reading ------------------------------------------------------------------------------------------------
    def all(self) -> list[Note]:
        """Every note of the files that can be read, by source and address; `problems` names the others."""
        return list(self._now().notes)

    def problems(self) -> list[str]:
        """One line for each file that cannot be read."""
        return list(self._now().problems)

    def find(self, query: str = "", *, tag: str = "", source: str = "") -> list[Placed]:
        """Notes whose text or tags hold every word of `query`, in either script, with the places they have now."""
        wanted = fold_text(query).split()
        found = []
        for note in self.all():
            if (source and note.source != source) or (tag and fold_text(tag) not in map(fold_text, note.tags)):
                continue
            held = fold_text("\n".join((note.text, *note.tags)))
            if all(word in held for word in wanted):
                found.append(self.placed(note))
        return found

    def tags(self) -> dict[str, int]:
        """How many notes have each tag, most frequent first."""
        counts: dict[str, int] = {}
        for note in self.all():
            for tag in note.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def of(self, source: str) -> list[Placed]:
        """The notes on a source."""
        return [self.placed(note) for note in self._now().by_source.get(source, ())]

    def overlapping(self, places: Iterable[tuple[str, int, int]]) -> list[list[Placed]]:
        """For each (source, start, end) the notes whose passage shares a character with it."""
        by_source = self._now().by_source
        found = []
        for source, start, end in places:
            placed = [self.placed(note) for note in by_source.get(source, ())]
            found.append([one for one in placed if one.state != "lost" and one.start < end and start < one.end])
        return found

    def passages(self, built: Built) -> set[int]:
        """Ids of the passages of a build that a note is about."""
        records = built.records
        placed = (self.placed(note) for note in self.all())
        found: set[int] = set()
        for one in placed:
            if one.state != "lost":
                found |= records.pids_overlapping(one.note.source, one.start, one.end)
        return found

    def placed(self, note: Note) -> Placed:
        """The note with the place that its words have now."""
        at = self._places.of(Marked(note.source, note.start, note.end, note.fingerprint, note.begins))
        return Placed(note, at.state, at.start, at.end, at.quote, at.title)

    def _now(self) -> _Read:
        """The notes as their files are now."""
        seen, read = stamp(self.folder), self._read
        if seen == read.stamp:
            return read
        notes: list[Note] = []
        problems: list[str] = []
        for path in note_files(self.folder):
            try:
                notes += notes_of(read_file(path, "notes"))
            except CasekitError as error:
                problems.append(str(error))
        notes.sort(key=lambda n: (n.source, n.start, n.end, n.created, n.id))
        by_source: dict[str, list[Note]] = {}
        for note in notes:
            by_source.setdefault(note.source, []).append(note)
        read = self._read = _Read(seen, tuple(notes), tuple(problems), by_source)
        return read

    # ---- changing -----------------------------------------------------------------------------------------------
    def add(
        self, source: str, start: int, end: int, text: str, tags: Sequence[str] = (), *, note_id: str | None = None
    ) -> Placed:
        """Write a note on a passage; `note_id` brings a deleted one back under its own id.

        What was deleted here and comes back unchanged is as it was: its time, its words, its place in its file.

        Raises:
            UnknownSourceError: If the source is unknown.
            SettingError: If the address is none, the note is empty, or the id is taken or cannot be one.
            SourceError: If the source or the file of its notes cannot be read.
            BusyError: If another process holds the notes.
        """
        removed = self._removed.get(note_id or "")
        if removed is not None and (source, text, (*tags,)) == (
            removed.note.source,
            removed.note.text,
            removed.note.tags,
        ):
            return self._bring_back(removed)
        doc = self._held.documents[source]
        span = check_span(source, doc.text, start, end)
        quote = quote_of(doc.text, span, doc.cleaned.kept) or span.slice(doc.text)
        text, tags = checked_note(text, tags)
        if note_id is not None and not ID.fullmatch(note_id):
            raise SettingError(say(f"{note_id!r} 不能作笔记编号", f"{note_id!r} cannot be the id of a note"))
        at = now()
        note = Note(
            id=note_id or f"{at[:10].replace('-', '')}-{secrets.token_hex(4)}",
            source=source,
            start=start,
            end=end,
            fingerprint=fingerprint(quote),
            text=text,
            tags=tuple(tags),
            created=at,
            updated=at,
            begins=beginning(quote),
        )
        with locked(self.folder):
            file = self._file_of(source)
            if any(other.id == note.id for other in self.all()):
                raise _taken(note.id)
            write_file(replace(file, items=(*file.items, item_of(note, {}))), "notes")
        return self.placed(note)

    def take(self, note: Note) -> None:
        """Write a note with the id and the times that it has; the caller holds the lock and has looked that the id is free."""
        file = self._file_of(note.source)
        write_file(replace(file, items=(*file.items, item_of(note, {}))), "notes")

    def change(self, note_id: str, *, text: str | None = None, tags: Sequence[str] | None = None) -> Placed:
        """Give a note another text or other tags; where its passage has moved, the new address is written, too.

        Raises:
            UnknownNoteError: If there is no such note (its file may be one that cannot be read).
            SettingError: If the note would be empty.
            BusyError: If another process holds the notes.
        """
        with locked(self.folder):
            note, file, number = self._written(note_id)
            new_text, new_tags = checked_note(note.text if text is None else text, note.tags if tags is None else tags)
            placed = self.placed(note)
            note = replace(note, text=new_text, tags=tuple(new_tags), updated=now())
            if placed.state == "moved":
                note = replace(note, start=placed.start, end=placed.end)
            items = [*file.items]
            items[number] = item_of(note, items[number])
            write_file(replace(file, items=tuple(items)), "notes")
        return self.placed(note)

    def remove(self, note_id: str) -> Note:
        """Delete a note; returns it, so that it can be brought back.

        Raises:
            UnknownNoteError: If there is no such note (its file may be one that cannot be read).
            BusyError: If another process holds the notes.
        """
        with locked(self.folder):
            note, file, number = self._written(note_id)
            write_file(replace(file, items=(*file.items[:number], *file.items[number + 1 :])), "notes")
        self._removed.pop(note_id, None)
        self._removed[note_id] = _Removed(note, file, number)
        if len(self._removed) > _MOST_REMOVED:
            del self._removed[next(iter(self._removed))]
        return note

    def _bring_back(self, removed: _Removed) -> Placed:
        """Undo a `remove`."""
        with locked(self.folder):
            at = removed.number
            item = removed.file.items[at]
            if removed.note in self.all():  # somebody has put it back by hand
                raise _taken(removed.note.id)
            file = read_file(removed.file.path, "notes")
            if not file.items:  # the file went with its last note
                file = replace(removed.file, items=())
            write_file(replace(file, items=(*file.items[:at], item, *file.items[at:])), "notes")
        del self._removed[removed.note.id]
        return self.placed(removed.note)

    def _file_of(self, source: str) -> NoteFile:
        """The file that holds the notes on a source, or a new one."""
        broken: CasekitError | None = None
        for path in note_files(self.folder):
            of = path.stem
            try:
                file = read_file(path, "notes")
                of = file.fields.get("source", of)
                notes_of(file)
            except CasekitError as error:
                if of == source:
                    broken = error
                continue
            if file.fields.get("source") == source:
                return file
        if broken is not None:  # a second file beside the broken one would split the notes in two
            raise broken
        new = read_file(file_for(self.folder, source), "notes")
        return replace(new, fields={"source": source})

    def _written(self, note_id: str) -> tuple[Note, NoteFile, int]:
        for path in note_files(self.folder):
            try:
                file = read_file(path, "notes")
                notes = notes_of(file)
            except CasekitError:
                continue
            for number, note in enumerate(notes):
                if note.id == note_id:
                    return note, file, number
        told = say(f"没有编号为 {note_id!r} 的笔记", f"no note with id {note_id!r}")
        raise UnknownNoteError("；".join([told, *self.problems()]))


def _taken(note_id: str) -> SettingError:
    return SettingError(say(f"已有编号为 {note_id} 的笔记", f"there is a note with id {note_id} already"))
