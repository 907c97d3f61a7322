"""The catalogue out to a reference manager and back, without loss.

Reference managers drop what they don't know (Zotero: `custom` and foreign fields, ids), and keep what stands in a note
("Extra"). So every exported record says there what only casekit knows, a line each: "casekit.sha256: …". What comes
back is compared with what would have gone out: only what differs was changed by a person, and only that is taken in.

References:
    https://www.zotero.org/support/kb/item_types_and_fields (the Extra field).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from casekit.catalogue import Catalogue, Record, check_item, metadata_of_csl
from casekit.cite import format_entries, read_records
from casekit.cite.bibtex import parse_bibtex
from casekit.cite.dates import csl_date, parse_date
from casekit.cite.ris import parse_ris
from casekit.errors import CasekitError, SettingError, SourceError
from casekit.fold import fold_text, match_key
from casekit.ids import free_id, readable_id
from casekit.language import say
from casekit.store import Store
from casekit.workbench.corpus.editing import changes_between
from casekit.writing import write_atomically

__all__ = ["Imported", "export_catalogue", "import_catalogue", "shareable"]

_STYLES: Final = {".json": "csl-json", ".csljson": "csl-json", ".bib": "bibtex", ".ris": "ris"}
# What casekit adds to a record, in the order of the note's lines; `_LOCAL` belongs to one workspace only.
_OWN: Final = (
    *("sha256", "title_folded", "publisher", "republished_from", "posted_by", "date", "date_certainty"),
    *("script", "source_kind", "interest", "rank", "retells"),
)
_LOCAL: Final = ("file", "layer", "chars", "added")
# The last line: some formats join lines, so it also ends the value before it.
_END: Final = "v"
_LINE = re.compile(r"[ \t]*\bcasekit\.(\w+):[ \t]*(.*?)[ \t]*(?=\bcasekit\.\w+:|\n|$)")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by ids; `refused` pairs what could not be taken with the reason."""

    updated: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


# ---- out -----------------------------------------------------------------------------------------------------------
def export_catalogue(catalogue: Catalogue, path: Path, ids: Sequence[str] = ()) -> int:
    """Write records as CSL-JSON (.json), BibTeX (.bib) or RIS (.ris); returns how many.

    Args:
        ids: Only these sources (all if none is named).
    Raises:
        UnknownSourceError: If an id is unknown.
        SettingError: If the file's ending is none of these.
        SourceError: If there is nothing to write, or the file cannot be written.
    """
    style = _style(path)
    records = [catalogue[source_id] for source_id in dict.fromkeys(ids)] if ids else list(catalogue)
    if not records:
        raise SourceError(say("目录是空的，没有可导出的题录", "the catalogue is empty: nothing to export"))
    try:
        write_atomically(path, _written([shareable(record) for record in records], style))
    except OSError as error:
        raise SourceError(
            say(f"无法写入 {path}：{error.strerror or error}", f"cannot write {path}: {error.strerror or error}")
        ) from error
    return len(records)


def _style(path: Path) -> str:
    style = _STYLES.get(path.suffix.lower())
    if style is None:
        raise SettingError(
            say(
                f"{path} 的后缀应为 .json（CSL-JSON）、.bib（BibTeX）或 .ris",
                f"{path}: wanted the ending .json (CSL-JSON), .bib (BibTeX) or .ris",
            )
        )
    return style


def _written(items: Sequence[Mapping[str, Any]], style: str) -> str:
    if style == "csl-json":
        return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
    return "\n".join(reference.text for reference in format_entries(items, style))


def shareable(record: Record) -> dict[str, Any]:
    """The CSL-JSON item for others: no local file, and in its note what only casekit knows."""
    item = record.to_json()
    custom = dict(item["custom"])
    own = {name: value for name, value in custom["casekit"].items() if name not in _LOCAL}
    said = {"id": record.id, "type": item["type"], **{n: own[n] for n in _OWN if own.get(n)}, _END: "1"}
    lines = [f"casekit.{name}: {' '.join(str(value).split())}" for name, value in said.items()]
    note = _split_note(str(item.get("note") or ""))[0]
    item["note"] = "\n".join([*([note] if note else []), *lines])
    item["custom"] = {**custom, "casekit": own}
    return item


def _split_note(note: str) -> tuple[str, dict[str, str]]:
    """A note without casekit's lines, and what these say."""
    said: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        rest = ""
        if name == _END:
            _, _, rest = value.partition(" ")
        elif value:
            said[name] = value
        return rest

    left = _LINE.sub(take, note)
    return "\n".join(line for line in left.split("\n") if line.strip()).strip(), said


# ---- and back ------------------------------------------------------------------------------------------------------
def import_catalogue(catalogue: Catalogue, store: Store, path: Path) -> Imported:
    """Take in the records of a CSL-JSON, BibTeX or RIS file.

    A record belongs to a source by what its note says (id, then checksum), by its id, its address, or its title and year.
    What a person changed in it is taken in and logged, so that `undo_edit` takes it back; what the other program dropped
    stays. Records of no source become records without a file.

    Raises:
        SourceError: If the file cannot be read.
        WorkspaceError: If the catalogue cannot be written; then nothing has changed.
    """
    items = read_records(path)
    parsers: dict[str, Callable[[str, str], list[dict[str, object]]]] = {"bibtex": parse_bibtex, "ris": parse_ris}
    style = _format_of(path)
    new: dict[str, Record] = {}
    refused: list[tuple[str, str]] = []
    unchanged: list[str] = []
    for number, raw in enumerate(items, 1):
        label = str(raw.get("id") or raw.get("title") or f"#{number}")
        try:
            item, said = _taken(raw, f"{path.name} #{number}")
            known = _belongs_to(item, said, catalogue)
            if known is None:
                record = _fresh(item, said, {*new, *(r.id for r in catalogue)}, coarse=style in parsers)
            else:
                record = _updated(known, item, said, _gone_out(known, style, parsers))
            if record.id in new or record.id in unchanged:
                raise SourceError(
                    say(f"与前面的一条同属 {record.id}", f"belongs to {record.id}, like a record before it")
                )
            metadata_of_csl(record.csl, where=label)
        except CasekitError as error:
            refused.append((label, str(error)))
            continue
        if known is not None and not changes_between(known, record):
            unchanged.append(record.id)
        else:
            new[record.id] = record
    before = {source_id: catalogue.get(source_id) for source_id in new}
    if new:
        catalogue.put(new.values())
    for source_id, record in new.items():
        was = before[source_id]
        changes = {} if was is None else changes_between(was, record)
        store.log("imported", source_id, file=path.name, **({"changes": changes} if changes else {}))
    return Imported(
        updated=tuple(name for name in new if before[name] is not None),
        added=tuple(name for name in new if before[name] is None),
        unchanged=tuple(unchanged),
        refused=tuple(refused),
    )


def _format_of(path: Path) -> str:
    """By the first sign in the file, as `read_records` tells it."""
    start = path.read_bytes()[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:2]
    return "csl-json" if start[:1] in (b"[", b"{") else "ris" if start == b"TY" else _STYLES.get(path.suffix, "bibtex")


def _taken(raw: Mapping[str, object], where: str) -> tuple[dict[str, Any], dict[str, str]]:
    """An item in casekit's form, and what its note (or `custom`) says of casekit's own fields."""
    item: dict[str, Any] = {key: value for key, value in raw.items() if value not in (None, "", [], {})}
    note, said = _split_note(str(item.get("note") or ""))
    if "note" in item:
        item["note"] = note
    if (issued := csl_date(parse_date(item.get("issued")))) is not None:
        item["issued"] = issued
    else:
        item.pop("issued", None)
    check_item(item, where)
    custom = item.pop("custom", None) or {}
    own = {k: v for k, v in (custom.get("casekit") or {}).items() if isinstance(v, str) and v and k in _OWN}
    if others := {key: value for key, value in custom.items() if key != "casekit"}:
        item["custom"] = others
    return item, {**said, **own}


def _belongs_to(item: Mapping[str, Any], said: Mapping[str, str], catalogue: Catalogue) -> Record | None:
    for name in (said.get("id"), str(item.get("id") or "")):
        if name and (record := catalogue.get(name)) is not None:
            return record
    if said.get("sha256"):
        found = [record for record in catalogue if record.sha256 == said["sha256"]]
        if len(found) == 1:
            return found[0]
    if said:
        return None  # a record of casekit's, of a source that is not here
    metadata = metadata_of_csl(item)
    title = match_key(metadata.title or "")
    same = [
        record
        for record in catalogue
        if (metadata.url and record.metadata.url == metadata.url)
        or (title and match_key(record.metadata.title or "") == title and _same_year(record, metadata.date))
    ]
    return same[0] if len(same) == 1 else None


def _same_year(record: Record, date: str | None) -> bool:
    ours = record.metadata.date
    return not ours or not date or ours[:4] == date[:4]


def _gone_out(
    record: Record, style: str, parsers: Mapping[str, Callable[[str, str], list[dict[str, object]]]]
) -> dict[str, Any]:
    """What a record would look like, had it gone out in a format and come back untouched."""
    item = shareable(record)
    if style in parsers:
        item = dict(parsers[style](_written([item], style), record.id)[0])
    return _taken(item, record.id)[0]


def _updated(known: Record, item: Mapping[str, Any], said: Mapping[str, str], sent: Mapping[str, Any]) -> Record:
    csl = dict(known.csl)
    edited = {
        key: value
        for key, value in item.items()
        if key not in ("id", "custom") and _plain(key, value) != _plain(key, sent.get(key)) and value != csl.get(key)
    }
    custom = dict(csl.get("custom") or {})
    own = dict(custom.get("casekit") or {})
    # the id, type and checksum are ours to say, the rest of the lines may have been edited where they stood
    own |= {n: said[n] for n in _OWN[1:] if n in said and said[n] != " ".join(str(own.get(n) or "").split())}
    csl |= edited
    if not csl.get("note"):
        csl.pop("note", None)
    if "title" in edited:
        own["title_folded"] = fold_text(str(edited["title"]))
    if "container-title" in edited or ("publisher" in edited and "container-title" not in csl):
        own["publisher"] = csl.get("container-title") or csl.get("publisher")
    if "issued" in edited:
        own["date"] = metadata_of_csl({"issued": edited["issued"]}).date
        own["date_certainty"] = "stated" if own["date"] else "unknown"
    return replace(known, csl={**csl, "custom": {**custom, "casekit": own}})


def _plain(key: str, value: object) -> object:
    """A value as far as it tells: names in one form, dates as dates, no mark-up, no white space."""
    if value is None:
        return None
    if key == "issued":
        return metadata_of_csl({"issued": value}).date
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return [match_key(name) for name in metadata_of_csl({"author": value}).authors]
    if isinstance(value, str):
        return " ".join(re.sub(r"</?(?:i|b|sup|sub|span)\b[^<>]*>", "", value).split())
    return value


def _fresh(item: Mapping[str, Any], said: Mapping[str, str], used: set[str], *, coarse: bool) -> Record:
    """A record of a work that is not in the corpus."""
    csl = {key: value for key, value in item.items() if not (key == "note" and not value)}
    if said.get("type") and (coarse or "type" not in csl):
        csl["type"] = said["type"]
    own = {name: said[name] for name in _OWN[1:] if name in said}
    printed = metadata_of_csl({"issued": item.get("issued")}).date
    if printed and printed != own.get("date", "").split("/")[0].split("T")[0]:
        own.pop("date", None)  # somebody corrected the date that is printed
    if "title" in csl and not own.get("title_folded"):
        own["title_folded"] = fold_text(str(csl["title"]))
    name = _id_for(said.get("id") or str(csl.get("id") or ""), str(csl.get("title") or ""), used)
    csl["id"] = name
    return Record(name, said.get("sha256", ""), None, csl={**csl, "custom": {**csl.get("custom", {}), "casekit": own}})


def _id_for(wanted: str, title: str, used: set[str]) -> str:
    for text in (PurePosixPath(wanted).name, title[:40]):
        name = readable_id(text)
        if name:
            return free_id(name, used.__contains__)
    raise SourceError(say("既没有编号也没有标题", "neither an id nor a title"))
