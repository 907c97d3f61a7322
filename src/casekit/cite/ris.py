"""RIS out and in, the tagged format of reference managers and library databases.

References:
    RIS format specification (Research Information Systems, 2001; tags as reference managers use them today).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from casekit.cite.dates import Date, csl_date, parse_date
from casekit.cite.entry import Entry, read_entry, up_to_date
from casekit.cite.names import parse_names
from casekit.cite.names_text import divided_list, ris_name, written_for_ris
from casekit.cite.noted import DATE_VARIABLES, NAME_VARIABLES, lines_of, taken_from_note
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
    "A1": "AU", "T1": "TI", "CT": "TI", "BT": "T2", "JA": "J2", "J1": "J2", "ED": "A2", "Y1": "PY", "N2": "AB",
    "L1": "L1", "PP": "CY",
}  # fmt: skip
_SMALL_WORDS = {"of", "the", "and", "for", "in", "on", "a", "de", "la"}
# what RIS has no tag for goes into the note as "key: value" lines, which reference managers read back
_NOTED = (
    "type", *(name for name in NAME_VARIABLES if name not in {role for _, role in _NAMES}), *DATE_VARIABLES,
    "medium", "event-title", "event-place", "archive", "archive_location", "archive-place", "authority", "scale",
    "version", "dimensions", "status", "CSTR", "PMID", "PMCID", "number-of-pages", "volume-title", "title-short", "ISBN",
    "ISSN", "references", "section",
)  # fmt: skip
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")


def write_ris(record: Mapping[str, object]) -> str:
    """The record as RIS; what RIS has no tag for is left out.

    Raises:
        SourceError: If the record is no CSL-JSON item.
    """
    record = up_to_date(record)
    entry = read_entry(record)
    lines = [("TY", _TYPES.get(entry.type, "GEN"))]
    if entry.id:
        lines.append(("ID", entry.id))
    for tag, role in _NAMES:
        lines += [(tag, written_for_ris(name)) for name in parse_names(record.get(role)) if not name.others]
    raw = {key: plain(record.get(key)) for _, key in _FIELDS if key not in _LONG}
    if entry.type in _ISBN_TYPES and (isbn := plain(record.get("ISBN"))):
        raw["ISSN"] = isbn
    noted = lines_of(record, _beyond_tags(entry, record))
    lines += [(tag, raw[key]) for tag, key in _FIELDS if raw.get(key)]
    lines += [(tag, line) for tag, key in _FIELDS if key in _LONG for line in plain_lines(record.get(key))]
    lines += [("N1", line) for line in [*noted, *_noted_dates(entry)]]
    lines += _pages(plain(record.get("page")))
    lines += _dates(entry)
    return "\n".join(f"{tag}  - {value}" for tag, value in [*lines, ("ER", "")]) + "\n"


def _beyond_tags(entry: Entry, record: Mapping[str, object]) -> list[str]:
    """The variables that a record has and RIS has no tag for."""
    told = {key for _, key in _FIELDS} | set(DATE_VARIABLES) | ({"ISBN"} if entry.type in _ISBN_TYPES else {"ISSN"})
    if _OF_RIS.get(_TYPES.get(entry.type, "GEN")) == entry.type:
        told.add("type")
    return [key for key in _NOTED if key not in told]


def _noted_dates(entry: Entry) -> list[str]:
    """Dates that RIS cannot hold: ranges beyond years, estimates, words, other dates than that of issue and access."""
    lines = []
    for name, date in entry.dates.items():
        start, end = date.start, date.end
        plain_day = start is not None and end is None and not date.circa and not start.circa
        if name not in ("issued", "accessed") or not plain_day or (start is not None and start.day and not start.month):
            lines.append(f"{{:{name}: {date.numeric()}{'~' if date.circa else ''}}}")
    return lines


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
        people = [name for line in tags.get(tag, ()) for one in divided_list(line) if (name := ris_name(one))]
        if people:
            item[role] = people
    for tag, key in _FIELDS:
        if tag in tags and key != "container-title":
            joined = "\n".join(tags[tag]) if key in _LONG else tags[tag][0]
            item["ISBN" if tag == "SN" and kind in _ISBN_TYPES else key] = joined
    item |= _container(tags, serial=kind.startswith("article-"))
    if "SP" in tags:
        item["page"] = "-".join([tags["SP"][0], *tags.get("EP", [])[:1]])
    dates = {"issued": _day(tags, "DA") or _day(tags, "PY"), "accessed": _day(tags, "Y2")}
    item |= {key: date for key, date in dates.items() if date}
    taken_from_note(item, _NOTED)
    for key in DATE_VARIABLES:
        if isinstance(item.get(key), str):
            item[key] = csl_date(parse_date(item[key]))
    return item


def _container(tags: Mapping[str, list[str]], *, serial: bool) -> dict[str, str]:
    """The serial or book: its full name whatever tag comes first (JF is the full name, JO may be either)."""
    named = [tags[tag][0] for tag in ("JF", "T2", "JO") if tag in tags]
    short = tags["J2"][0] if "J2" in tags else ""
    if not named:
        return {"container-title": short} if short and serial else {}
    full = named[0]
    for other in named[1:]:
        if _abbreviates(full, other):
            full, short = other, short or full
        elif _abbreviates(other, full):
            short = short or other
    return {"container-title": full, **({"container-title-short": short} if short and "J2" not in tags else {})}


def _abbreviates(short: str, full: str) -> bool:
    """Whether `short` is a shortened form of `full`: its initials (AMJ), or beginnings of its words (Acad. Manage. J.)."""
    if len(short) >= len(full):
        return False
    words = [word for word in re.findall(r"\w+", full.lower()) if word not in _SMALL_WORDS]
    pieces = [piece for piece in re.findall(r"\w+", short.lower()) if piece not in _SMALL_WORDS]
    if len(pieces) == 1 and pieces[0] in (
        "".join(word[0] for word in words),
        "".join(re.findall(r"\b\w", full.lower())),
    ):
        return True
    left = iter(words)
    return all(any(word[0] == piece[0] and _in_order(piece, word) for word in left) for piece in pieces)


def _in_order(piece: str, word: str) -> bool:
    """Whether the letters of `piece` stand in `word` in their order (Mgmt, Management)."""
    letters = iter(word)
    return all(letter in letters for letter in piece)


def _day(tags: Mapping[str, list[str]], tag: str) -> dict[str, object] | None:
    """A RIS date (YYYY/MM/DD/other) or a plain one as a CSL date."""
    text = tags.get(tag, [""])[0].strip()
    parts = [part for part in text.split("/")[:3] if part.strip()]
    if text.count("/") >= 2 or (parts and all(part.isdigit() and len(part) <= 2 for part in parts[1:])):
        text = "-".join(parts)
    return csl_date(parse_date(text))
