"""A project written as a .qdpx file."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from casekit.exchange.refi.records import NAME_CHARS, QdaCode, QdaProject, QdaSelection, guid_of

__all__ = ["Positions", "write_qdpx"]

_NS: Final = "urn:QDA-XML:project:1.0"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHEN: Final = (2000, 1, 1, 0, 0, 0)  # the same project is the same file

Positions = Literal["code-points", "utf-16"]


def write_qdpx(project: QdaProject, *, positions: Positions = "code-points") -> bytes:
    """The project as a .qdpx file; the same project is the same bytes.

    Args:
        project: Its texts have line feeds alone (`lf_text`).
        positions: What they count: code points, as the standard says, or UTF-16 code units, as NVivo reads them.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _pack(archive, "project.qde", "".join(_lines(project, positions)))
        for text in project.texts:
            _pack(archive, f"Sources/{text.guid}.txt", text.text)
    return packed.getvalue()


def _pack(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode("utf8", "replace"))


def _lines(project: QdaProject, positions: Positions) -> Iterator[str]:
    coders = sorted({one.coder for text in project.texts for s in text.selections for one in s.codings})
    users = {name: guid_of("user", name) for name in coders}
    notes: dict[str, str] = {one.guid: one.memo for one in project.codes if one.memo}
    notes |= {one.guid: one.memo for text in project.texts for s in text.selections for one in s.codings if one.memo}
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f"<Project xmlns={_a(_NS)} name={_a(project.name)} origin={_a(project.origin)}>\n"
    yield "<Users>\n"
    for name, guid in users.items():
        yield f"<User guid={_a(guid)} name={_a(name)}/>\n"
    yield "</Users>\n<CodeBook><Codes>\n"
    yield from _codes(project.codes, "")
    yield "</Codes></CodeBook>\n<Sources>\n"
    for text in project.texts:
        yield f"<TextSource guid={_a(text.guid)} name={_a(text.name)} plainTextPath={_a(f'internal://{text.guid}.txt')}>\n"
        units = _positions(text.text, positions)
        for one in text.selections:
            at = f"startPosition={_a(str(units(one.start)))} endPosition={_a(str(units(one.end)))}"
            yield f"<PlainTextSelection guid={_a(one.guid)} name={_a(_shown(text.text, one))} {at}>\n"
            for coding in one.codings:
                when = f" creationDateTime={_a(coding.created)}" if coding.created else ""
                yield f"<Coding guid={_a(coding.guid)} creatingUser={_a(users[coding.coder])}{when}>"
                yield f"<CodeRef targetGUID={_a(coding.code)}/>{_note_ref(coding.guid, notes)}</Coding>\n"
            yield "</PlainTextSelection>\n"
        yield "</TextSource>\n"
    yield "</Sources>\n"
    if notes:
        yield "<Notes>\n"
        for guid, memo in notes.items():
            told = f"<PlainTextContent>{_t(memo)}</PlainTextContent>"
            yield f"<Note guid={_a(guid_of('note', guid))} name={_a(memo[:NAME_CHARS])}>{told}</Note>\n"
        yield "</Notes>\n"
    yield "</Project>\n"


def _codes(codes: Sequence[QdaCode], parent: str) -> Iterator[str]:
    for one in codes:
        if one.parent != parent:
            continue
        colour = f" color={_a(one.colour)}" if one.colour else ""
        yield f'<Code guid={_a(one.guid)} name={_a(one.name)} isCodable="true"{colour}>'
        if one.definition:
            yield f"<Description>{_t(one.definition)}</Description>"
        yield _note_ref(one.guid, {one.guid: one.memo} if one.memo else {})
        yield from _codes(codes, one.guid)
        yield "</Code>\n"


def _note_ref(guid: str, notes: Mapping[str, str]) -> str:
    return f"<NoteRef targetGUID={_a(guid_of('note', guid))}/>" if guid in notes else ""


def _shown(text: str, one: QdaSelection) -> str:
    """The first words of a selection, by which whoever reads it can tell whether he counts as we do."""
    piece = " ".join(text[one.start : one.end].split())
    return piece if len(piece) <= NAME_CHARS else piece[: NAME_CHARS - 1] + "…"


def _positions(text: str, positions: Positions) -> Callable[[int], int]:
    wide = [i for i, c in enumerate(text) if ord(c) > 0xFFFF] if positions == "utf-16" else []
    return lambda at: at + bisect_left(wide, at)


def _a(value: str) -> str:
    return quoteattr(_NO_XML.sub("", value))


def _t(value: str) -> str:
    return escape(_NO_XML.sub("", value))
