"""Entries in GB/T 7714-2015, the edition in force from 2015-12-01 to 2026-06-30.

References:
    GB/T 7714-2015 信息与文献 参考文献著录规则, clauses 4.1-4.6; half-width punctuation as journals set it.
"""

from __future__ import annotations

from casekit.cite import gbt_parts as parts
from casekit.cite.entry import Entry
from casekit.cite.gbt_parts import Manner
from casekit.cite.text import close, glue

__all__ = ["reference", "type_code"]

# table B.1 (文献类型和标识代码); a preprint counts as an electronic announcement, public documents as records (A)
_CODES = {
    "article": "EB", "article-journal": "J", "article-magazine": "J", "article-newspaper": "N", "bill": "A",
    "book": "M", "chapter": "M", "classic": "M", "collection": "A", "dataset": "DS", "entry-dictionary": "M",
    "entry-encyclopedia": "M", "hearing": "A", "legal_case": "A", "legislation": "A", "manuscript": "A", "map": "CM",
    "paper-conference": "C", "patent": "P", "periodical": "J", "personal_communication": "A", "post": "EB",
    "post-weblog": "EB", "regulation": "A", "report": "R", "software": "CP", "standard": "S", "thesis": "D",
    "treaty": "A", "webpage": "EB",
}  # fmt: skip
_BOOKLIKE = {"book", "chapter", "paper-conference", "periodical", "thesis"}
_ELECTRONIC = {"dataset", "software", *parts.WEB}


def type_code(e: Entry) -> str:
    """The type code with the carrier: M, J/OL, EB/OL …"""
    code = _CODES.get(e.type)
    if code is None:
        code = "A" if e.has("archive") else "Z"
    return "/".join(part for part in (code, parts.carrier(e)) if part)


def reference(e: Entry, m: Manner) -> str:
    """The whole entry, closed with a full stop."""
    items = [parts.lead(e, m)]
    if e.type == "periodical":
        serial = glue([parts.year(e, m), e["volume"]], m.comma) + m.bracket(e["issue"])
        items += [_title(e, m), serial, _publication(e, m)]
    elif e.type in parts.PERIODICAL_PARTS:
        items += [_title(e, m), parts.interviewers(e, m), _serial(e, m)]
    elif e.type == "patent":
        items += [_title(e, m), parts.full_date(e, m, e.dates.get("issued")) + _accessed(e)]
    elif e.type in _ELECTRONIC:
        items += [_title(e, m), parts.interviewers(e, m), _publication(e, m)]
    elif e.type in {*parts.CHAPTERS, "paper-conference"} or e.has("container-title"):
        part = glue([_title(e, m), parts.translators(e, m)], ". ")
        items += [glue([part, _host(e, m)], "//"), parts.edition(e), _publication(e, m)]
    else:
        items += [_title(e, m), parts.translators(e, m), parts.edition(e), _publication(e, m)]
    return close(glue([*items, parts.access(e, cstr=False), parts.republication(e, m)], ". "))


def _title(e: Entry, m: Manner) -> str:
    number = "" if e.type in ("article", "article-journal") else e["number"]
    if not number and e.type in parts.RECORDS:
        number = e["archive_location"]
    return f"{parts.whole_title(e, m, number)}[{type_code(e)}]"


def _serial(e: Entry, m: Manner) -> str:
    """Clause 4.4: title of the serial, year, volume(issue): pages; a newspaper's date (page)."""
    pages = parts.pages(e, m)
    if e.type == "article-newspaper":
        date = parts.full_date(e, m, e.dates.get("issued"))
        return glue([e["container-title"], date], m.comma) + m.bracket(pages) + _accessed(e)
    year = "" if m.system == "author-date" else parts.year(e, m)
    numbers = glue([e["container-title"], year, e["volume"]], m.comma) + m.bracket(e["issue"])
    # an article number stands where pages would (clause 8.5)
    return glue([numbers, pages or e["number"]], m.colon) + _accessed(e)


def _host(e: Entry, m: Manner) -> str:
    """Clause 4.2: the book that holds a part; a conference without proceedings gives its own name."""
    holders = parts.people(
        e, m, e.first_names("editor", "editorial-director", "collection-editor", "container-author", "compiler")
    )
    if e.has("container-title"):
        book = glue([e["container-title"], parts.volume(e, m)], m.colon)
    else:
        book = e["event-title"] if e.type == "paper-conference" else ""
    return glue([holders, book], ". ")


def _publication(e: Entry, m: Manner) -> str:
    """Clauses 8.4 and 8.5: place: publisher, year: pages[accessed]; (date)[accessed] for purely electronic sources."""
    pages = parts.pages(e, m)
    year = "" if m.system == "author-date" else parts.year(e, m)
    issued = e.dates.get("issued")
    dated = issued is not None and issued.has_day
    site = e.site or e["publisher"]
    if site and e.type in parts.WEB:
        # who published a page, the year, and the day of its last change: clause 4.6.2 has a place for each
        date = m.bracket(parts.full_date(e, m, issued)) if dated else ""
        return glue([glue([e["publisher-place"], site], m.colon), year], m.comma) + date + _accessed(e)
    if e.type in parts.AUDIOVISUAL:
        return _performed(e, m, year)
    published = e.has("archive", "archive-place", "publisher", "publisher-place") or bool(pages)
    if e.type in _BOOKLIKE or published:
        made = glue([parts.place_and_publisher(e, m), year], m.comma)
        return glue([made, pages], m.colon) + _accessed(e)
    if e.has("URL", "DOI"):
        date = m.bracket(parts.full_date(e, m, issued)) if dated else year if issued is not None else ""
        return date + _accessed(e)
    return year


def _performed(e: Entry, m: Manner, year: str) -> str:
    """What is heard or watched: place: occasion or publisher, the day, for what is online in parentheses, [accessed]."""
    issued = e.dates.get("event-date") if e.type == "speech" else None
    issued = issued or e.dates.get("issued")
    day = parts.full_date(e, m, issued) if issued is not None and issued.has_day else ""
    if not e.has("URL", "DOI"):
        return glue([parts.event(e, m), day or year], m.comma)
    where = parts.event(e, m)
    made = glue([where, year], m.comma) if where or not day else ""
    return made + m.bracket(day) + _accessed(e)


def _accessed(e: Entry) -> str:
    """The date of access in brackets, for online sources (clause 8.4.4)."""
    accessed = e.dates.get("accessed")
    return f"[{accessed.numeric()}]" if accessed is not None and e.has("URL", "DOI") else ""
