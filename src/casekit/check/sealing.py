"""Digests written into the writer's marks of a draft, so that they hold for the words as they stand now."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from casekit.check.marks import needed
from casekit.check.records import Draft, Finding
from casekit.errors import SourceError
from casekit.language import say
from casekit.writing import write_atomically

__all__ = ["seal"]


def seal(path: Path | str, draft: Draft, findings: Sequence[Finding]) -> int:
    """Write the digests of what is open where they stand into marks that have none; gives how many marks were sealed.

    Nothing but the marks changes. A mark that has a digest already is left alone: its words have changed since, and the
    writer says anew whether they are right, by taking the old digest out.

    Raises:
        SourceError: If the file has changed since it was read, or cannot be written.
    """
    path = Path(path)
    written = {}
    for mark in draft.marks:
        digests = needed(draft, findings, mark) if not mark.digests else []
        if digests:
            written[mark.seat] = "".join(f" #{one}" for one in digests)
    if not written:
        return 0
    data = path.read_bytes()
    if draft.format == "docx":
        data = _sealed_word(data, {str(seat): more for seat, more in written.items()})
    elif draft.format == "ipynb":
        data = _sealed_notebook(data, draft, written, path)
    else:
        data = _sealed_text(data, draft, written, path)
    try:
        write_atomically(path, data)
    except OSError as error:
        raise SourceError(
            say(f"{path}：写不进去（{error.strerror}）", f"{path}: cannot be written ({error.strerror})")
        ) from error
    return len(written)


def _inserted(text: str, written: Mapping[int, str]) -> str:
    for at in sorted(written, reverse=True):
        text = text[:at] + written[at] + text[at:]
    return text


def _changed(path: Path) -> SourceError:
    return SourceError(
        say(f"{path}：读过以后文件有变，没有改动它", f"{path}: the file has changed since it was read; left as it is")
    )


def _sealed_text(data: bytes, draft: Draft, written: Mapping[int | str, str], path: Path) -> bytes:
    from casekit.readers.encoding import decode_text

    decoded = decode_text(data, name=path.name)
    if decoded.text != draft.text:
        raise _changed(path)
    own = {seat: more for seat, more in written.items() if isinstance(seat, int)}
    bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return bom + _inserted(decoded.text, own).encode(decoded.encoding.removesuffix("-sig"))


def _sealed_notebook(data: bytes, draft: Draft, written: Mapping[int | str, str], path: Path) -> bytes:
    book = json.loads(data.decode("utf-8-sig"))
    cells = book["cells"] if "cells" in book else [c for sheet in book["worksheets"] for c in sheet.get("cells", ())]
    begins = {place.number: place.start for place in draft.places}
    for number, begin in begins.items():
        cell = cells[number - 1]
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        if not draft.text.startswith(text, begin):
            raise _changed(path)
        own = {
            seat - begin: more
            for seat, more in written.items()
            if isinstance(seat, int) and begin <= seat <= begin + len(text)
        }
        if own:
            whole = _inserted(text, own)
            cell["source"] = whole if isinstance(source, str) else whole.splitlines(keepends=True)
        for seat, more in written.items():
            if isinstance(seat, str) and seat.startswith(f"tag:{number}:"):
                cell["metadata"]["tags"][int(seat.rsplit(":", 1)[-1])] += more
    # as Jupyter itself writes notebooks
    return (json.dumps(book, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _sealed_word(data: bytes, written: Mapping[str, str]) -> bytes:
    """The file with digests behind the last text of comments and notes; every other part is copied as it is."""
    from lxml import etree

    from casekit.check.wordruns import W
    from casekit.readers.container import parse_xml

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            part = before.read(entry)
            kind = entry.filename.removeprefix("word/").removesuffix("s.xml")
            own = {seat.rpartition(":")[2]: more for seat, more in written.items() if seat.startswith(f"{kind}:")}
            if own:
                root = parse_xml(part, name=entry.filename)
                for note in root:
                    texts = list(note.iter(f"{W}t"))
                    more = own.get(note.get(f"{W}id") or "")
                    if more and texts:
                        texts[-1].text = (texts[-1].text or "").rstrip() + more
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            after.writestr(entry, part)
    return out.getvalue()
