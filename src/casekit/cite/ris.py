"""RIS out and in, the tagged format of reference managers and library databases.

References:
    RIS format specification (Research Information Systems, 2001; tags as reference managers use them today).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from casekit.cite.dates import Date, csl_date, parse_date
from casekit.cite.entry import Entry, read_entry
from casekit.cite.names import parse_names
from casekit.cite.names_text import csl_name, inverted
from casekit.cite.text import plain, plain_lines
from casekit.errors import SourceError
from casekit.language import say

__all__ = ["parse_ris", "write_ris"]

_TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "classic": "CLSWK", "dataset": "DATA",
    "document": "GEN", "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "figure": "FIGURE",
    "graphic": "ART", "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT",
    "map": "MAP", "motion_picture": "MPCT", "paper-conference": "CPAPER", "patent": "PAT", "periodical": "JFULL",
    "personal_communication": "PCOMM", "post": "ICOMM", "post-weblog": "BLOG", "report": "RPRT", "software": "COMP",
    "song": "SOUND", "speech": "SLIDE", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
_OTHER_TYPES = {
    "CONF": "paper-conference", "EJOUR": "article-journal", "JFULL": "periodical", "EBOOK": "book", "ECHAP": "chapter",
    "WEB": "webpage", "EDBOOK": "book", "ABST": "article-journal", "INPR": "article-journal", "GOVDOC": "report",
    "UNPD": "manuscript", "MUSIC": "song", "ADVS": "motion_picture", "LEGAL": "legislation", "AGGR": "dataset",
    "SER": "book", "UNBILL": "bill", "PAMP": "document", "HEAR": "hearing", "SLIDE": "speech",
}  # fmt: skip
_OF_RIS = {**{code: kind for kind, code in _TYPES.items()}, **_OTHER_TYPES}
_NAMES = (("AU", "author"), ("A2", "editor"), ("A3", "collection-editor"), ("A4", "translator"))
_FIELDS = (
    ("TI", "title"), ("T2", "container-title"), ("T3", "collection-title"), ("J2", "container-title-short"),
    ("ST", "title-short"), ("VL", "volume"), ("IS", "issue"), ("PB", "publisher"), ("CY", "publisher-place"),
    ("ET", "edition"), ("M1", "number"), ("M3", "genre"), ("UR", "URL"), ("DO", "DOI"), ("SN", "ISSN"),
    ("LA", "language"), ("AB", "abstract"), ("N1", "note"), ("CN", "call-number"), ("DB", "source"), ("C3", "event-title"),
)  # fmt: skip
_LONG = {"abstract", "note"}  # several lines, one tag each
_ISBN_TYPES = {"book", "chapter", "paper-conference", "report", "classic", "entry-dictionary", "entry-encyclopedia"}
_ALIASES = {
    "A1": "AU", "T1": "TI", "CT": "TI", "BT": "T2", "JO": "T2", "JF": "T2", "JA": "J2", "ED": "A2", "Y1": "PY",
    "N2": "AB", "L1": "L1", "PP": "CY",
}  # fmt: skip
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")


def write_ris(record: Mapping[str, object]) -> str:
    """The record as RIS; what RIS has no tag for is left out.

    Raises:
        SourceError: If the record is no CSL-JSON item.
    """
    entry = read_entry(record)
    lines = [("TY", _TYPES.get(entry.type, "GEN"))]
    if entry.id:
        lines.append(("ID", entry.id))
    for tag, role in _NAMES:
        lines += [(tag, inverted(name)) for name in parse_names(record.get(role)) if not name.others]
    raw = {key: plain(record.get(key)) for _, key in _FIELDS if key not in _LONG}
    if entry.type in _ISBN_TYPES and (isbn := plain(record.get("ISBN"))):
        raw["ISSN"] = isbn
    lines += [(tag, raw[key]) for tag, key in _FIELDS if raw.get(key)]
    lines += [(tag, line) for tag, key in _FIELDS if key in _LONG for line in plain_lines(record.get(key))]
    lines += _pages(plain(record.get("page")))
    lines += _dates(entry)
    return "\n".join(f"{tag}  - {value}" for tag, value in [*lines, ("ER", "")]) + "\n"


def _pages(page: str) -> list[tuple[str, str]]:
    found = re.fullmatch(r"([^\s,–-]+)\s*[-–]\s*([^\s,–-]+)", page)
    if found:
        return [("SP", found[1]), ("EP", found[2])]
    return [("SP", page)] if page else []


def _dates(entry: Entry) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for name, tag in (("issued", "DA"), ("accessed", "Y2")):
        date: Date | None = entry.dates.get(name)
        if date is None:
            continue
        if name == "issued":
            lines.append(("PY", date.years()))
        if date.start is not None and date.end is None and (date.start.month or tag == "Y2"):
            day = date.start
            month, number = (f"{part:02d}" if part else "" for part in (day.month, day.day))
            lines.append((tag, f"{day.year}/{month}/{number}/"))
    return lines


def parse_ris(text: str, where: str) -> list[dict[str, object]]:
    """The records of a RIS file as CSL-JSON items.

    Args:
        text: The file's text.
        where: How messages name the file.
    Raises:
        SourceError: If the text holds no RIS record.
    """
    records: list[dict[str, object]] = []
    current: dict[str, list[str]] | None = None
    last = ""
    for line in text.splitlines():
        found = _LINE.fullmatch(line.strip("\ufeff"))
        if found is None:
            # a wrapped value goes on in the next line
            if current is not None and last and line.strip():
                current[last][-1] = f"{current[last][-1]} {line.strip()}".strip()
            continue
        tag, value = _ALIASES.get(found[1], found[1]), found[2].strip()
        if tag == "TY":
            if current:
                records.append(_item(current))
            current, last = {"TY": [value]}, ""
        elif tag == "ER":
            if current:
                records.append(_item(current))
            current, last = None, ""
        elif current is not None and value:
            current.setdefault(tag, []).append(value)
            last = tag
    if current:
        records.append(_item(current))
    if not records:
        raise SourceError(say(f"{where} 里没有 RIS 记录（TY  - …）", f"{where} holds no RIS record (TY  - …)"))
    for number, record in enumerate(records, 1):
        record.setdefault("id", f"ris-{number}")
    return records


def _item(tags: Mapping[str, list[str]]) -> dict[str, object]:
    kind = _OF_RIS.get(tags["TY"][0].upper(), "document")
    item: dict[str, object] = {"type": kind}
    if "ID" in tags:
        item["id"] = tags["ID"][0]
    for tag, role in _NAMES:
        if people := [name for text in tags.get(tag, ()) if (name := csl_name(text, words_divide=False))]:
            item[role] = people
    for tag, key in _FIELDS:
        if tag in tags:
            joined = "\n".join(tags[tag]) if key in _LONG else tags[tag][0]
            item["ISBN" if tag == "SN" and kind in _ISBN_TYPES else key] = joined
    if "SP" in tags:
        item["page"] = "-".join([tags["SP"][0], *tags.get("EP", [])[:1]])
    dates = {"issued": _day(tags, "DA") or _day(tags, "PY"), "accessed": _day(tags, "Y2")}
    return item | {key: date for key, date in dates.items() if date}


def _day(tags: Mapping[str, list[str]], tag: str) -> dict[str, object] | None:
    """A RIS date (YYYY/MM/DD/other) or a plain one as a CSL date."""
    text = tags.get(tag, [""])[0].strip()
    parts = [part for part in text.split("/")[:3] if part.strip()]
    if text.count("/") >= 2 or (parts and all(part.isdigit() and len(part) <= 2 for part in parts[1:])):
        text = "-".join(parts)
    return csl_date(parse_date(text))
