"""What slides and spreadsheets of Office Open XML have in common: relations between parts, properties, legacy files refused.

References:
    ECMA-376 part 2 (Open Packaging Conventions), clause 6.5 (relationships) and clause 8 (core properties).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casekit.cues import CuePattern, CueWords, cue_form
from casekit.readers.container import parse_xml, read_part
from casekit.readers.fields import Claim

if TYPE_CHECKING:
    import zipfile


__all__ = ["Related", "core_claims", "main_part", "related_parts", "transitional"]

_TITLE_JUNK = CuePattern(
    r"\A(?:%{file-titles}|book\d*\Z|sheet\d*\Z|slide \d+)"
    r"|\.(?:pptx?|xlsx?|docx?|pdf|csv)\Z"
)
_NOBODY = CueWords("no-authors", "file-authors")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(drawingml|presentationml|spreadsheetml|officeDocument)/")
_YEARS = {b"drawingml": b"2006", b"presentationml": b"2006", b"spreadsheetml": b"2006", b"officeDocument": b"2006"}


@dataclass(frozen=True, slots=True)
class Related:
    """A part that another one speaks of: what it is to it (the last word of the relation's type), and its path."""

    kind: str
    path: str


def transitional(data: bytes) -> bytes:
    """A part in the name spaces of the transitional form, whichever it was saved in (strict ones differ in nothing else)."""
    return _STRICT.sub(
        lambda found: b"http://schemas.openxmlformats.org/" + found[1] + b"/" + _YEARS[found[1]] + b"/", data
    )


def related_parts(archive: zipfile.ZipFile, part: str, *, name: str) -> Mapping[str, Related]:
    """Relation id to what a part ("" for the package) is related to; links to outside are left out.

    Raises:
        SourceError: If the relations are damaged.
    """
    folder, base = posixpath.split(part)
    raw = read_part(archive, posixpath.join(folder, "_rels", f"{base}.rels"), name=name)
    found: dict[str, Related] = {}
    if raw is None:
        return found
    for relation in parse_xml(raw, name=name, recover=True):
        target = unquote(relation.get("Target") or "")
        if relation.get("TargetMode") == "External" or not target:
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        found[relation.get("Id") or ""] = Related(kind, path)
    return found


def main_part(archive: zipfile.ZipFile, usual: str, *, name: str) -> str:
    """The path of the main part, as the package says it, else the usual one."""
    related = related_parts(archive, "", name=name).values()
    return next((one.path for one in related if one.kind == "officeDocument"), usual)


def core_claims(archive: zipfile.ZipFile, *, name: str) -> Iterator[Claim]:
    """Title, authors and date from the file's properties.

    Raises:
        SourceError: If they are damaged.
    """
    raw = read_part(archive, "docProps/core.xml", name=name)
    if raw is None:
        return
    for field in parse_xml(raw, name=name, recover=True):
        tag = str(field.tag).rsplit("}", 1)[-1]
        value = " ".join((field.text or "").split())
        if tag == "title" and value and not _TITLE_JUNK.search(cue_form(value)):
            yield Claim("title", value, "properties", 60)
        elif tag == "creator" and value and cue_form(value) not in _NOBODY:
            for author in re.split(r"[;；,，、]\s*", value):
                yield Claim("author", author, "properties", 60)
