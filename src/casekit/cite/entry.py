"""A CSL-JSON record made ready for printing: type, language, clean fields, names, dates, casekit's own fields.

References:
    CSL 1.0.2 data model (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables) and the
    "key: value" lines that reference managers keep in `note` for variables they have no field for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from casekit.cite.dates import Date, parse_date
from casekit.cite.foreign import is_translated, without_country
from casekit.cite.languages import language_of
from casekit.cite.names import Name, parse_names
from casekit.cite.noted import DATE_VARIABLES, NAME_VARIABLES, noted
from casekit.cite.text import curl_quotes, plain, plain_lines
from casekit.errors import SourceError
from casekit.language import say

__all__ = ["Entry", "Republication", "label_of", "read_entry", "up_to_date"]

# fields that are printed as they stand: quotation marks in them are part of an address or a number
_VERBATIM = {"URL", "DOI", "CSTR", "ISBN", "ISSN", "PMID", "PMCID", "number", "call-number", "page", "volume", "issue"}
# item types of reference managers that are not CSL types
_TYPE_NAMES = {
    "blogpost": "post-weblog", "booksection": "chapter", "bookpart": "chapter", "computerprogram": "software",
    "conferencepaper": "paper-conference", "encyclopediaarticle": "entry-encyclopedia", "forumpost": "post",
    "dictionaryentry": "entry-dictionary", "journalarticle": "article-journal", "journal": "article-journal",
    "magazinearticle": "article-magazine", "newspaperarticle": "article-newspaper", "news": "article-newspaper",
    "preprint": "article", "statute": "legislation", "case": "legal_case", "website": "webpage",
    "letter": "personal_communication", "email": "personal_communication", "audiorecording": "song",
    "videorecording": "motion_picture", "presentation": "speech", "artwork": "graphic", "misc": "document",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Republication:
    """Where an article first appeared and in which copy it was read."""

    origin: str
    copy: str
    posted_by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record ready to print; `fields` holds only non-empty text."""

    id: str
    type: str
    language: str
    """zh, zh-hant, ja, ko, ru, or anything else for languages printed with Western terms."""
    fields: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, Date]
    republication: Republication | None = None
    site: str = ""
    """The publisher of the copy as casekit's catalogue knows it ("" where the record is not a catalogue record)."""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def has(self, *names: str) -> bool:
        """Whether any of the variables is filled."""
        return any(name in self.fields or name in self.names or name in self.dates for name in names)

    def first_names(self, *roles: str) -> tuple[Name, ...]:
        """The names of the first role that is filled."""
        return next((self.names[role] for role in roles if role in self.names), ())

    @property
    def cjk(self) -> bool:
        """Whether the entry is printed with Chinese terms (等, 译, 版)."""
        return self.language in ("zh", "zh-hant", "ja", "ko")

    def with_date(self, name: str, date: Date) -> Entry:
        """The same entry with another date."""
        return replace(self, dates={**self.dates, name: date})


def label_of(record: object) -> str:
    """How messages name a record: its id, else its title, else its type."""
    if not isinstance(record, Mapping):
        return type(record).__name__
    for key in ("id", "citation-key", "title", "type"):
        if text := plain(record.get(key)):
            return text
    return "?"


def read_entry(record: object) -> Entry:
    """The record made ready.

    Raises:
        SourceError: If it is no mapping, or holds neither a title nor anything else that could name the work, not even
            an id: a source of the corpus that nothing is known of is printed as [题名不详].
    """
    if not isinstance(record, Mapping):
        kind = type(record).__name__
        raise SourceError(
            say(f"文献记录应是一条 CSL-JSON 对象，这里是 {kind}", f"a record must be one CSL-JSON object, found {kind}")
        )
    values: dict[str, object] = {str(key): value for key, value in record.items()}
    for key, value in noted(plain_lines(values.get("note"))).items():
        # a type or date in the note is there because the field cannot hold it, so it wins; other fields win over notes
        if key in ("type", *DATE_VARIABLES) or not values.get(key):
            values[key] = value
    names = {role: _typeset(found) for role in NAME_VARIABLES if (found := parse_names(values.get(role)))}
    dates = {name: date for name in DATE_VARIABLES if (date := parse_date(values.get(name)))}
    fields = _fields(values)
    own_id = plain(values.get("id")) or plain(values.get("citation-key"))
    if not (own_id or fields.get("title") or fields.get("container-title") or fields.get("URL") or names):
        label = label_of(record)
        raise SourceError(
            say(
                f"记录 {label!r} 没有题名、责任者、出处或网址，无法著录；请补 title",
                f"record {label!r} has no title, name, source or URL to cite; add a title",
            )
        )
    entry = Entry(
        id=own_id,
        type=_type(plain(values.get("type"))),
        language=_language(plain(values.get("language")), fields, names),
        fields=fields,
        names=names,
        dates=dates,
    )
    return _with_catalogue(entry, values.get("custom"))


def _typeset(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names with typographic apostrophes (O’Neil), without the country before them, Western ones in Chinese told."""
    curled = (
        replace(name, family=curl_quotes(name.family), given=curl_quotes(name.given), literal=curl_quotes(name.literal))
        for name in names
    )
    return tuple(replace(name, translated=is_translated(name)) for name in map(without_country, curled))


# CSL 1.0.2 names; older files have the first of each pair
_RENAMED: Final = (("event", "event-title"), ("archive-location", "archive_location"), ("shortTitle", "title-short"))


def up_to_date(record: Mapping[str, object]) -> Mapping[str, object]:
    """The record with the names of CSL 1.0.2 for its variables: `event` is `event-title` there."""
    return {**{new: record[old] for old, new in _RENAMED if old in record}, **record}


def _fields(values: Mapping[str, object]) -> dict[str, str]:
    skipped = {*NAME_VARIABLES, *DATE_VARIABLES, "id", "type", "language", "note", "custom", "abstract", "keyword"}
    fields: dict[str, str] = {}
    for key, value in values.items():
        if key in skipped or not (text := plain(value)):
            continue
        fields[key] = text if key in _VERBATIM else curl_quotes(text)
    for old, new in _RENAMED:
        if old in fields:
            fields.setdefault(new, fields[old])
    if doi := fields.get("DOI"):
        fields["DOI"] = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi, flags=re.IGNORECASE)
    if page := fields.get("page"):
        # 第5版: the word is no part of the number
        bare = re.fullmatch(r"第?\s*([A-Za-z]?\d[\d\s,，、‐‑–—~-]*)\s*版", page)
        fields["page"] = _pages(bare[1] if bare else page)
    return fields


def _pages(text: str) -> str:
    """Page ranges joined by a hyphen and written out (321–8 → 321-328; GB/T 7714-2015, 8.5)."""

    def full(found: re.Match[str]) -> str:
        first, last = found[1], found[2]
        if len(last) < len(first) and first.isdigit() and last.isdigit():
            last = first[: len(first) - len(last)] + last
        return f"{first}-{last}"

    return re.sub(r"(\d+)\s*[-‐‑–—−]{1,2}\s*(\d+)", full, text)


def _type(text: str) -> str:
    lowered = text.strip().lower()
    return _TYPE_NAMES.get(lowered.replace(" ", "").replace("_", "").replace("-", ""), lowered) or "document"


def _language(tag: str, fields: Mapping[str, str], names: Mapping[str, tuple[Name, ...]]) -> str:
    authors = "".join(name.literal or name.family for name in names.get("author", ()))
    return language_of(tag, [fields.get("title", ""), fields.get("container-title", ""), authors])


def _with_catalogue(entry: Entry, custom: object) -> Entry:
    """The entry with what casekit's catalogue adds in `custom.casekit`: origin, copy, and how sure the date is."""
    own = custom.get("casekit") if isinstance(custom, Mapping) else None
    if not isinstance(own, Mapping):
        return entry
    origin, posted_by = plain(own.get("republished_from")), plain(own.get("posted_by"))
    site = plain(own.get("publisher")) or entry["container-title"] or entry["publisher"]
    entry = replace(entry, site=site)
    if origin and origin != site:
        entry = replace(entry, republication=Republication(origin, site, posted_by))
    date = entry.dates.get("issued") or parse_date(own.get("date"))
    certainty = plain(own.get("date_certainty"))
    if date is not None and certainty in ("inferred", "upper-bound"):
        date = replace(date, circa=certainty == "inferred", latest=certainty == "upper-bound")
    return entry if date is None else entry.with_date("issued", date)
