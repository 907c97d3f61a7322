"""Reference files beside the texts: a Zotero export (CSL-JSON, Better BibTeX JSON, RDF or BibTeX) gives the metadata of the files it lies next to."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.encoding import decode_text
from casekit.readers.fields import iso_date
from casekit.readers.zotero import Exported, is_rdf, is_zotero_json, json_items, rdf_items
from casekit.types import Metadata

__all__ = ["SIDECAR_SUFFIXES", "SidecarRecord", "match_record", "read_sidecar"]

SIDECAR_SUFFIXES = frozenset({".json", ".bib", ".bibtex", ".rdf"})
_MAX_BYTES = 24 * 2**20


@dataclass(frozen=True, slots=True)
class SidecarRecord:
    """One reference: `csl` is it in CSL-JSON, `files` the attached files' names as the export gives them (often none)."""

    id: str
    metadata: Metadata
    csl: Mapping[str, Any]
    files: tuple[str, ...] = ()


def read_sidecar(path: Path) -> tuple[SidecarRecord, ...]:
    """The references of a CSL-JSON, Better BibTeX JSON, Zotero RDF or BibTeX file.

    Raises:
        SourceError: If the file is missing, too large, or none of these.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else None
    except OSError as error:
        raise SourceError(
            say(f"{path}：读不出来（{error.strerror}）", f"{path}: cannot be read ({error.strerror})")
        ) from error
    if data is None:
        raise SourceError(say(f"{path.name}：文献文件太大", f"{path.name}: the reference file is too large"))
    text = decode_text(data, name=path.name).text
    if text.lstrip().startswith(("[", "{")):
        return tuple(_from_csl(text, path.name))
    if is_rdf(text):
        return tuple(_exported(rdf_items(text, path.name)))
    if re.search(r"@\w+\s*\{", text):
        return tuple(_from_bibtex(text))
    raise SourceError(
        say(
            f"{path.name}：不是 CSL-JSON、Zotero RDF 或 BibTeX 文献文件",
            f"{path.name}: neither CSL-JSON nor Zotero RDF nor BibTeX",
        )
    )


def match_record(records: Sequence[SidecarRecord], path: PurePath, *, title: str | None = None) -> SidecarRecord | None:
    """The one record that belongs to a file, None if none or several do.

    By the attachment's name first, then by the record's id as the file's stem, then by title: equal to `title`, or standing in the
    file's name (Zotero names files "author - year - title").
    """
    by_file = [r for r in records if any(PurePath(f.replace("\\", "/")).name == path.name for f in r.files)]
    by_id = [r for r in records if r.id == path.stem]
    by_title = [r for r in records if title and _bare(r.metadata.title) and _bare(r.metadata.title) == _bare(title)]
    stem = _bare(path.stem)
    # ten letters: a shorter title may stand in another file's name by chance; Zotero shortens long ones, so either may be the longer
    named = [
        r
        for r in records
        if len(t := _bare(r.metadata.title)) >= 4
        and (t == stem or (len(t) >= 10 and (t in stem or (len(stem) >= 10 and stem in t))))
    ]
    for found in (by_file, by_id, by_title, named):
        if len(found) == 1:
            return found[0]
    return None


def _bare(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "")).lower()


def _from_csl(text: str, name: str) -> Iterator[SidecarRecord]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SourceError(say(f"{name}：JSON 有错（{error}）", f"{name}: broken JSON ({error})")) from error
    if is_zotero_json(data):
        yield from _exported(json_items(data))
        return
    items = data.get("items", data.get("references", [data])) if isinstance(data, dict) else data
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and ("title" in item or "type" in item):
            files = [a.get("path") or a.get("title") or "" for a in item.get("attachments", []) if isinstance(a, dict)]
            yield SidecarRecord(str(item.get("id", "")), _csl_metadata(item), item, tuple(f for f in files if f))


def _exported(items: Iterable[Exported]) -> Iterator[SidecarRecord]:
    for one in items:
        yield SidecarRecord(str(one.csl.get("id", "")), _csl_metadata(one.csl), one.csl, one.files)


def _csl_metadata(item: Mapping[str, Any]) -> Metadata:
    date = _csl_date(item.get("issued"))
    return Metadata(
        title=_string(item.get("title")),
        authors=tuple(_csl_names(item.get("author") or ())),
        publisher=_string(item.get("container-title")) or _string(item.get("publisher")),
        date=date,
        date_certainty="stated" if date else "unknown",
        language=_string(item.get("language")),
        url=_string(item.get("URL")),
    )


def _string(value: object) -> str | None:
    return (
        " ".join(re.sub(r"</?(?:i|b|sup|sub|span)[^<>]*>", "", value).split()) or None
        if isinstance(value, str)
        else None
    )


def _csl_names(names: Iterable[Any]) -> Iterator[str]:
    for one in names:
        if not isinstance(one, dict):
            continue
        family, given = str(one.get("family") or ""), str(one.get("given") or "")
        if one.get("literal"):
            yield str(one["literal"])
        elif re.search(r"[\u3400-\u9fff]", family + given):
            yield family + given
        elif family or given:
            yield f"{given} {family}".strip()


def _csl_date(issued: object) -> str | None:
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        try:
            year, *rest = (int(part) for part in parts[0][:3])
        except (TypeError, ValueError):
            return None
        return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
    shown = issued.get("raw") or issued.get("literal")
    return iso_date(str(shown)) if shown else None


_TYPES = {
    "article": "article-journal", "book": "book", "inproceedings": "paper-conference", "conference": "paper-conference", "incollection": "chapter",
    "inbook": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report", "online": "webpage", "electronic": "webpage",
    "misc": "document", "newspaper": "article-newspaper",
}  # fmt: skip


def _from_bibtex(text: str) -> Iterator[SidecarRecord]:
    for kind, key, fields in _entries(text):
        authors = [_person(one) for one in re.split(r"\s+and\s+", fields.get("author", "")) if one.strip()]
        date = iso_date(fields.get("date", "")) or _year_month(fields)
        container = fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle")
        item: dict[str, Any] = {"id": key, "type": _TYPES.get(kind, "document")}
        item |= {k: v for k, v in (("title", fields.get("title")), ("container-title", container), ("publisher", fields.get("publisher")),
                                   ("URL", fields.get("url")), ("DOI", fields.get("doi")), ("language", fields.get("langid") or fields.get("language")),
                                   ("volume", fields.get("volume")), ("issue", fields.get("number")), ("page", fields.get("pages"))) if v}  # fmt: skip
        if authors:
            item["author"] = authors
        if date:
            item["issued"] = {"date-parts": [[int(part) for part in date.split("-")]]}
        files = tuple(_attachments(fields.get("file", "")))
        yield SidecarRecord(key, _csl_metadata(item), item, files)


def _person(shown: str) -> dict[str, str]:
    shown = shown.strip()
    if shown.startswith("{") or re.search(r"[\u3400-\u9fff]", shown):
        family, _, given = shown.partition(",")
        return (
            {"family": family.strip("{} "), "given": given.strip("{} ")} if given else {"literal": shown.strip("{} ")}
        )
    if "," in shown:
        family, given = shown.split(",", 1)
        return {"family": family.strip(), "given": given.strip()}
    given, _, family = shown.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": shown}


def _year_month(fields: Mapping[str, str]) -> str | None:
    year = re.search(r"(?:19|20)\d\d", fields.get("year", "") or fields.get("date", ""))
    if not year:
        return None
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    month = fields.get("month", "").strip().lower()
    number = int(month) if month.isdigit() else next((i for i, m in enumerate(months, 1) if month.startswith(m)), 0)
    return f"{year.group()}-{number:02d}" if 1 <= number <= 12 else year.group()


def _attachments(field: str) -> Iterator[str]:
    """Names from "Title:path:mimetype;…" (Zotero, JabRef) or plain paths."""
    for one in re.split(r"(?<!\\);", field):
        pieces = re.split(r"(?<!\\):", one)
        path = pieces[1] if len(pieces) >= 3 else pieces[0]
        path = re.sub(r"\\(.)", r"\1", path).strip()
        if path:
            yield path


def _entries(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(kind, key, fields) of each BibTeX entry; nested braces are balanced, TeX braces removed, "#" joins are not done."""
    for found in re.finditer(r"@(\w+)\s*\{\s*([^,\s{}]+)\s*,", text):
        kind = found[1].lower()
        if kind in ("comment", "string", "preamble"):
            continue
        at, fields = found.end(), {}
        while field := re.compile(r"\s*,?\s*([\w-]+)\s*=\s*").match(text, at):
            value, at = _value(text, field.end())
            fields[field[1].lower()] = value
        yield kind, found[2], fields


def _value(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] not in ("{", '"'):
        bare = re.compile(r"[^,}\s]*").match(text, at)
        return (bare.group(), bare.end()) if bare else ("", at + 1)
    quoted = text[at] == '"'
    depth, i = 0, at
    while i < len(text):
        char = text[i]
        if char == "\\":
            i += 2
            continue
        depth += (char == "{") - (char == "}")
        if (quoted and char == '"' and i > at and depth == 0) or (not quoted and depth == 0):
            break
        i += 1
    raw = text[at + 1 : i]
    return " ".join(re.sub(r"\\([&%$#_{}])", r"\1", re.sub(r"(?<!\\)[{}]", "", raw)).split()), i + 1
