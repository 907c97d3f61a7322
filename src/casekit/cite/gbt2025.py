"""Entries in GB/T 7714-2025, the edition in force since 2026-07-01.

References:
    GB/T 7714-2025 信息与文献 参考文献著录规则, clauses 7 (details) and 8.2-8.15 (order by kind of source); full-width
    commas, colons and parentheses, names without capitals, access dates only for web pages, data sets and preprints.
"""

from __future__ import annotations

from casekit.cite import gbt_parts as parts
from casekit.cite.dates import Date
from casekit.cite.entry import Entry
from casekit.cite.gbt_parts import Manner
from casekit.cite.text import close, glue, strip_stops

__all__ = ["reference", "type_code"]

_CODES = {
    "article": "PP", "article-journal": "J", "article-magazine": "J", "article-newspaper": "N", "book": "M",
    "chapter": "M", "classic": "M", "collection": "A", "dataset": "DS", "entry-dictionary": "M",
    "entry-encyclopedia": "M", "manuscript": "A", "map": "CM", "paper-conference": "C", "patent": "P",
    "periodical": "J", "personal_communication": "A", "post": "EB", "post-weblog": "EB", "report": "R",
    "software": "CP", "standard": "S", "thesis": "D", "webpage": "EB",
}  # fmt: skip
_BOOKS = {"book", "classic", "map", "patent", "report"}
_PUBLISHED = {*parts.CHAPTERS, "book", "classic", "map", "paper-conference", "periodical", "thesis"}
# kinds dated to the day: what is filed, granted, printed daily or issued without a publisher
_DATED = {"article-newspaper", "patent", "report", *parts.RECORDS}


def type_code(e: Entry) -> str:
    """The type code with the carrier: M, J/OL, PP/OL …"""
    code = _CODES.get(e.type)
    if code is None:
        code = "A" if e.has("archive") else "EB" if e.has("CSTR", "DOI", "URL") else "Z"
    return "/".join(part for part in (code, parts.carrier(e)) if part)


def reference(e: Entry, m: Manner) -> str:
    """The whole entry, closed with a full stop."""
    title = _title(e, m)
    items = [parts.lead(e, m)]
    if e.type in parts.PERIODICAL_PARTS:  # 8.5
        items += [title, parts.translators(e, m), _serial(e, m)]
    elif e.type in parts.WEB:  # 8.11
        items += [title, parts.interviewers(e, m), _web(e, m)]
    elif e.type in parts.AUDIOVISUAL and not e.has("archive"):
        part = glue([title, parts.translators(e, m)], ". ")
        items += [glue([part, e["container-title"]], "//"), _performed(e, m)]
    elif e.type in parts.CHAPTERS or e.has("container-title"):  # 8.3
        part = glue([title, parts.translators(e, m)], ". ")
        items += [glue([part, _host(e, m)], "//"), parts.edition(e), _publication(e, m)]
    elif e.type == "periodical":  # 8.4
        items += [title, parts.issue(e, m), _publication(e, m)]
    elif e.type == "paper-conference":  # 8.6
        items += [glue([title, _conference(e, m)], "//")]
    elif e.type == "standard":  # 8.9: the number leads, body and year are part of it
        items += [glue([e["number"], title], "\u2003")]
    elif e.type in ("article", "dataset"):  # 8.14, 8.15
        items += [title, _version(e), e["publisher"] + _creation(e, m)]
    elif e.type in _BOOKS or e.has("publisher"):  # 8.2, 8.7, 8.10
        dimensions = e["dimensions"] if e.type == "map" else ""
        items += [title, parts.translators(e, m), parts.edition(e), _publication(e, m), dimensions]
    elif e.type in parts.RECORDS or e.has("archive"):  # 8.12
        items += [title, _publication(e, m)]
    elif e.has("CSTR", "DOI", "URL"):
        items += [title, _version(e), _creation(e, m)]
    else:
        items += [title, parts.translators(e, m), parts.edition(e), _publication(e, m)]
    return close(glue([*items, parts.access(e, cstr=True), parts.republication(e, m)], ". "))


def _title(e: Entry, m: Manner) -> str:
    number = ""
    if e.type not in ("article", "article-journal", "standard"):
        # a patent is known by its application number
        number = (e["call-number"] if e.type == "patent" else "") or e["number"]
        if not number and (e.type in parts.RECORDS or e.has("archive")):
            number = e["archive_location"]
    title = parts.whole_title(e, m, number)
    if e.type == "map":
        title = glue([title, e["scale"]], ". ")
    return f"{title}[{type_code(e)}]"


def _date(e: Entry, m: Manner) -> str:
    """The year of publication, or the whole date where the kind of source is known by it."""
    issued = e.dates.get("issued")
    if issued is not None and e.type in _DATED and not (e.type == "report" and e.has("publisher")):
        return _beyond_year(e, m, issued)
    return "" if m.system == "author-date" else parts.year(e, m)


def _beyond_year(e: Entry, m: Manner, date: Date | None) -> str:
    """A whole date; where the year stands beside the author already, only a fuller one is worth printing."""
    known = date is not None and date.start is not None and date.start.month is not None
    return "" if m.system == "author-date" and not known else parts.full_date(e, m, date)


def _creation(e: Entry, m: Manner) -> str:
    """（created or modified）[accessed] (7.6)."""
    created = m.bracket(parts.full_date(e, m, e.dates.get("issued")))
    accessed = e.dates.get("accessed")
    return created + (f"[{accessed.numeric()}]" if accessed is not None else "")


def _performed(e: Entry, m: Manner) -> str:
    """What is heard or watched: place：occasion or publisher，date; online, as a page, （date）[accessed]."""
    date = (e.dates.get("event-date") if e.type == "speech" else None) or e.dates.get("issued")
    if not e.has("URL", "DOI", "CSTR"):
        return glue([parts.event(e, m), _beyond_year(e, m, date)], m.comma)
    accessed = e.dates.get("accessed")
    dated = m.bracket(parts.full_date(e, m, date)) + (f"[{accessed.numeric()}]" if accessed is not None else "")
    return parts.event(e, m) + dated


def _web(e: Entry, m: Manner) -> str:
    """8.11: dates alone; a page without an address names the site it stood on, or it could not be found again."""
    site = "" if e.has("URL", "DOI", "CSTR") or e.republication else e.site or e["container-title"] or e["publisher"]
    return site + _creation(e, m)


def _serial(e: Entry, m: Manner) -> str:
    """8.5: serial title without stops，year，volume（issue）：pages; the whole date where there is no volume or issue."""
    serial = strip_stops(e["container-title"])
    pages = parts.pages(e, m)
    if e.type == "article-newspaper":
        return glue([serial, _date(e, m)], m.comma) + m.bracket(pages)
    if e.has("volume", "issue"):
        date = "" if m.system == "author-date" or "issued" not in e.dates else parts.year(e, m)
    else:
        date = _beyond_year(e, m, e.dates.get("available-date") or e.dates.get("issued"))
    numbers = glue([serial, date, e["volume"]], m.comma) + m.bracket(e["issue"])
    return glue([numbers, pages or e["number"]], m.colon)


def _host(e: Entry, m: Manner) -> str:
    """8.3: the book that holds a part."""
    holders = e.first_names("container-author", "editor", "editorial-director", "compiler", "collection-editor")
    return glue([parts.people(e, m, holders), glue([e["container-title"], parts.volume(e, m)], m.colon)], ". ")


def _conference(e: Entry, m: Manner) -> str:
    """8.6: a conference without proceedings：name，year：pages."""
    date = "" if m.system == "author-date" else _date(e, m)
    return glue([glue([e["event-title"], date], m.comma), parts.pages(e, m)], m.colon)


def _version(e: Entry) -> str:
    version = e["version"]
    return f"V{version}" if version[:1].isdigit() else version


def _publication(e: Entry, m: Manner) -> str:
    """7.5 and 7.7: place：publisher，date：pages."""
    date = _date(e, m)
    if e.type in _PUBLISHED or e.has("publisher"):
        made = glue([parts.place_and_publisher(e, m), date], m.comma)
        return glue([made, parts.pages(e, m)], m.colon)
    if e.type in ("patent", "report"):
        return glue([date, parts.pages(e, m)], m.colon)
    return glue([glue([e["archive-place"], e["archive"]], m.colon), date], m.comma)
