"""Notes out as W3C annotations, and annotations in as notes, equal after a round trip."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.errors import CasekitError, SourceError
from casekit.exchange import Annotated, annotations_json, place_in, read_annotations
from casekit.fold import fingerprint
from casekit.language import say
from casekit.passages import quote_of
from casekit.tables import save_bytes
from casekit.workbench.notes.files import locked
from casekit.workbench.notes.placing import beginning
from casekit.workbench.notes.records import ID, Note, checked_note, now
from casekit.workbench.outside.report import Exchanged

if TYPE_CHECKING:
    from casekit.workbench.held import Held
    from casekit.workbench.notes.notebook import Notes

__all__ = ["annotations_of", "export_annotations", "import_annotations"]

_CONTEXT_CHARS = 32


# ---- out -----------------------------------------------------------------------------------------------------------
def annotations_of(held: Held, notes: Notes, sources: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The notes (on these sources; all where none is named) as annotations; a note whose words are lost has its old place."""
    wanted = {held.catalogue[source].id for source in sources}
    return annotations_json(
        _annotated(held, notes, note) for note in notes.all() if not wanted or note.source in wanted
    )


def export_annotations(held: Held, notes: Notes, path: Path, sources: Iterable[str] = ()) -> Exchanged:
    """Write them into a file as one JSON list."""
    made = annotations_of(held, notes, sources)
    save_bytes(path, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    return Exchanged(str(path), tuple(str(one["id"]).rpartition(":")[2] for one in made))


def _annotated(held: Held, notes: Notes, note: Note) -> Annotated:
    placed = notes.placed(note)
    record = held.catalogue.get(note.source)
    target = (record.metadata.url or f"urn:sha256:{record.sha256}") if record is not None else note.source
    common = {"text": note.text, "tags": note.tags, "created": note.created, "updated": note.updated}
    text = "" if placed.state == "lost" else held.documents[note.source].text
    start, end = placed.start, placed.end
    exact = text[start:end] if text else note.begins
    before, after = text[max(0, start - _CONTEXT_CHARS) : start], text[end : end + _CONTEXT_CHARS]
    return Annotated(note.id, note.source, target, start, end, exact, before, after, **common)  # type: ignore[arg-type]


# ---- in ------------------------------------------------------------------------------------------------------------
def import_annotations(held: Held, notes: Notes, path: Path) -> Exchanged:
    """Take annotations as notes; what is there already stays, what has no words here is refused by name.

    Raises:
        SourceError: If the file cannot be read or holds no list of annotations.
        BusyError: If another process holds the notes.
    """
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or say("不是 JSON", "no JSON")
        raise SourceError(say(f"读不了 {path}：{why}", f"cannot read {path}: {why}")) from error
    done, unchanged, refused = [], [], []
    with locked(notes.folder):
        known = {note.id: note for note in notes.all()}
        for number, one in enumerate(read_annotations(data), 1):
            name = say(f"第 {number} 条", f"number {number}")
            try:
                if isinstance(one, SourceError):
                    raise one
                note = _note(held, one, number)
                if note.id in known:
                    unchanged.append(note.id)
                    _same(known[note.id], note)
                    continue
                notes.take(note)
            except CasekitError as error:
                refused.append((name, str(error)))
                continue
            known[note.id] = note
            done.append(note.id)
    return Exchanged(str(path), tuple(done), tuple(unchanged), refused=tuple(refused))


def _same(old: Note, new: Note) -> None:
    """A note that is here under the same id stays; with other words that is said."""
    if (old.text, old.tags, old.source) != (new.text, new.tags, new.source):
        raise SourceError(
            say(
                f"已有编号 {old.id} 的另一条笔记，没有改动它",
                f"another note has the id {old.id} already; it stays as it is",
            )
        )


def _note(held: Held, one: Annotated, number: int) -> Note:
    source = _source(held, one)
    doc = held.documents[source]
    span = place_in(doc.text, one)
    if span is None:
        raise SourceError(
            say(
                f"{source} 里找不到唯一的一处“{one.exact[:20]}”",
                f"{source} has no single place with “{one.exact[:20]}”",
            )
        )
    quote = quote_of(doc.text, span, doc.cleaned.kept) or span.slice(doc.text)
    text, tags = checked_note(one.text, one.tags or (() if one.text else (say("高亮", "highlight"),)))
    at = now()
    note_id = one.id if ID.fullmatch(one.id) else f"{at[:10].replace('-', '')}-{fingerprint(quote)[-8:]}{number}"
    return Note(
        note_id, source, span.start, span.end, fingerprint(quote), text, tuple(tags), one.created or at, one.updated or at,
        beginning(quote),
    )  # fmt: skip


def _source(held: Held, one: Annotated) -> str:
    """The source that an annotation is about: by the id it names, its bytes, or its web address."""
    if one.source in held.catalogue:
        return one.source
    sha256 = one.target.removeprefix("urn:sha256:")
    for record in held.catalogue:
        if record.sha256 == sha256 or (record.metadata.url and record.metadata.url == one.target.partition("#")[0]):
            return record.id
    raise SourceError(
        say(
            f"语料里没有它所注的来源：{one.source or one.target}",
            f"its source is not in the corpus: {one.source or one.target}",
        )
    )
