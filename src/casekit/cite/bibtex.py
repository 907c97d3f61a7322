"""BibTeX out and in; BibLaTeX fields and entry types are read too, and written where BibTeX has none.

References:
    BibTeXing (O. Patashnik, 1988); the BibLaTeX manual, chapter 2 (entry types and fields).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from casekit.cite.dates import csl_date, parse_date
from casekit.cite.entry import Entry, read_entry, up_to_date
from casekit.cite.languages import TAGS_BY_NAME
from casekit.cite.names import Name, parse_names
from casekit.cite.names_text import csl_name, divided_list, extended_name, inverted
from casekit.cite.noted import DATE_VARIABLES, NAME_VARIABLES
from casekit.cite.text import is_cjk, plain, plain_lines
from casekit.errors import SourceError
from casekit.language import say

if TYPE_CHECKING:
    from bibtexparser.model import Entry as Block

__all__ = ["parse_bibtex", "write_bibtex"]

# entry type, and the entrysubtype that tells types apart which share one
_TYPES = {
    "article": ("online", "preprint"), "article-journal": ("article", ""), "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"), "book": ("book", ""), "chapter": ("incollection", ""),
    "classic": ("book", "classic"), "dataset": ("dataset", ""), "entry-dictionary": ("inreference", "dictionary"),
    "entry-encyclopedia": ("inreference", ""), "legal_case": ("jurisdiction", ""), "legislation": ("legislation", ""),
    "manuscript": ("unpublished", ""), "map": ("misc", "map"), "motion_picture": ("movie", ""),
    "paper-conference": ("inproceedings", ""), "patent": ("patent", ""), "periodical": ("periodical", ""),
    "personal_communication": ("letter", ""), "post": ("online", "post"), "post-weblog": ("online", "blog"),
    "report": ("techreport", ""), "software": ("software", ""), "song": ("audio", ""), "speech": ("misc", "speech"),
    "standard": ("standard", ""), "thesis": ("phdthesis", ""), "webpage": ("online", ""),
}  # fmt: skip
_OF_BIBTEX = {
    **{block: kind for kind, (block, subtype) in _TYPES.items() if not subtype},
    "booklet": "book", "collection": "book", "mvbook": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "conference": "paper-conference", "mastersthesis": "thesis", "thesis": "thesis", "report": "report",
    "manual": "report", "electronic": "webpage", "www": "webpage", "newspaper": "article-newspaper",
    "archive": "collection", "database": "dataset", "preprint": "article", "map": "map", "video": "motion_picture",
    "artwork": "graphic", "image": "graphic", "music": "song", "reference": "book", "letter": "personal_communication",
}  # fmt: skip
_SUBTYPES = {(block, subtype): kind for kind, (block, subtype) in _TYPES.items() if subtype}
_NAMES = (
    ("author", "author"), ("editor", "editor"), ("translator", "translator"), ("bookauthor", "container-author"),
    # fields of no BibTeX style: styles skip them, and they come back
    ("collectioneditor", "collection-editor"),
    *((name.replace("-", ""), name) for name in NAME_VARIABLES
      if name not in ("author", "editor", "translator", "container-author", "collection-editor")),
)  # fmt: skip
_FIELDS = (
    ("title", "title"), ("shorttitle", "title-short"), ("series", "collection-title"), ("volume", "volume"),
    ("edition", "edition"), ("address", "publisher-place"), ("pages", "page"), ("doi", "DOI"), ("url", "URL"),
    ("isbn", "ISBN"), ("issn", "ISSN"), ("abstract", "abstract"), ("keywords", "keyword"), ("note", "note"),
    ("version", "version"), ("eventtitle", "event-title"), ("venue", "event-place"), ("langid", "language"),
    ("medium", "medium"), ("shortjournal", "container-title-short"), ("pagetotal", "number-of-pages"),
    ("pmid", "PMID"), ("cstr", "CSTR"), ("library", "call-number"), ("pubstate", "status"), ("authority", "authority"),
    ("archive", "archive"), ("archivelocation", "archive_location"), ("scale", "scale"), ("dimensions", "dimensions"),
    ("volumetitle", "volume-title"), ("archiveplace", "archive-place"), ("section", "section"), ("pmcid", "PMCID"),
)  # fmt: skip
_OTHER_DATES = {
    name: name.replace("-", "").removesuffix("date") + "date"
    for name in DATE_VARIABLES
    if name not in ("issued", "accessed")
}  # eventdate, origdate as BibLaTeX has them; the others as they are called
_OTHER_DATES["original-date"] = "origdate"
_ALIASES = {
    "location": "address", "journaltitle": "journal", "language": "langid", "institution": "publisher",
    "organization": "publisher", "school": "publisher", "keyword": "keywords", "type": "genre", "issue": "issue",
    "holder": "holder", "website": "journal", "maintitle": "booktitle",
}  # fmt: skip
_VERBATIM = {"url", "doi"}
_LONG = {"abstract", "note"}  # line breaks in these are kept
_HOLDERS = {"thesis": "school", "report": "institution", "standard": "institution", "webpage": "organization"}
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
# pairs that TeX would set as one sign (-- '' `` ?` !`) are kept apart by empty braces
_LIGATURES = re.compile(r"(-(?=-)|'(?=')|[`?!](?=`))")
# the plain ASCII signs, which the LaTeX reader would turn into letter-height accents; private-use stand-ins meanwhile
_ACCENT_LOOKALIKES = ((r"\textasciicircum{}", "\ue05e"), (r"\textasciitilde{}", "\ue07e"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write_bibtex(record: Mapping[str, object]) -> str:
    """The record as one BibTeX entry; what BibTeX has no field for is left out.

    Raises:
        SourceError: If the record is no CSL-JSON item.
    """
    record = up_to_date(record)
    entry = read_entry(record)
    block, subtype = _TYPES.get(entry.type, ("misc", entry.type))
    fields: list[tuple[str, str]] = []
    for field, role in _NAMES:
        people = [_shown(name) for name in parse_names(record.get(role)) if not name.others]
        if people:
            fields.append((field, " and ".join(people)))
    for field, key in _FIELDS:
        lines = plain_lines(record.get(key)) if key in _LONG else [plain(record.get(key))]
        if value := "\n".join(_escape(field, line) for line in lines if line):
            fields.append((field, value))
    fields += [(field, _escape(field, value)) for field, value in _by_type(entry, record) if value]
    fields += _dates(entry)
    if subtype:
        fields.append(("entrysubtype", subtype))
    body = "".join(f"  {field} = {{{value}}},\n" for field, value in fields)
    return f"@{block}{{{_key(entry)},\n{body}}}\n"


def _by_type(entry: Entry, record: Mapping[str, object]) -> list[tuple[str, str]]:
    """Fields whose BibTeX name depends on the type."""
    container, publisher = plain(record.get("container-title")), plain(record.get("publisher"))
    number, issue = plain(record.get("number")), plain(record.get("issue"))
    serial = entry.type.startswith("article-") or entry.type in ("periodical", "webpage", "post", "post-weblog")
    named = [
        ("journal" if serial else "booktitle", container),
        (_HOLDERS.get(entry.type, "publisher"), publisher),
        ("type", plain(record.get("genre"))),
    ]
    if entry.type.startswith("article-") or entry.type == "periodical":
        return [*named, ("number", issue), ("eid", number)]
    return [*named, ("number", number), ("issue", issue)]


def _dates(entry: Entry) -> list[tuple[str, str]]:
    fields: list[tuple[str, str]] = []
    if issued := entry.dates.get("issued"):
        fields.append(("date", _escape("date", issued.numeric() + ("~" if issued.circa else ""))))
        if issued.start is not None:
            fields.append(("year", str(issued.start.year)))
    if accessed := entry.dates.get("accessed"):
        fields.append(("urldate", _escape("urldate", accessed.numeric())))
    for name, field in _OTHER_DATES.items():
        if date := entry.dates.get(name):
            fields.append((field, _escape(field, date.numeric())))
    return fields


def _shown(name: Name) -> str:
    """A name in the field; braces keep a body whole (commas, "and"), and a family name whose first word is in lower case."""
    escaped = _escape("author", inverted(name))
    if name.literal:
        return f"{{{escaped}}}" if re.search(r"[\s,=，、;；]", name.literal) else escaped
    if not name.non_dropping and " " in name.family and name.family[0].islower():
        return f"{{{_escape('author', name.family)}}}{escaped.removeprefix(_escape('author', name.family))}"
    return escaped


def _escape(field: str, text: str) -> str:
    if field in _VERBATIM:
        # braces cannot be escaped in an address; percent signs can stand for them
        return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return escaped if field == "pages" else _LIGATURES.sub(r"\1{}", escaped)


def _key(entry: Entry) -> str:
    return re.sub(r"[\s{}(),=\"#%'~\\]+", "_", entry.id) or "item"


def parse_bibtex(text: str, where: str) -> list[dict[str, object]]:
    """The entries of a BibTeX or BibLaTeX file as CSL-JSON items.

    Args:
        text: The file's text.
        where: How messages name the file.
    Raises:
        SourceError: If an entry cannot be parsed (the message gives its line) or the file has none.
    """
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock

    noisy = logging.getLogger("bibtexparser")
    before, noisy.disabled = noisy.disabled, True  # what fails is reported below, once, in the user's language
    try:
        library = parse_string(text)
    finally:
        noisy.disabled = before
    blocks: list[Block] = list(library.entries)
    for failed in library.failed_blocks:
        if isinstance(failed, DuplicateBlockKeyBlock) and failed.ignore_error_block is not None:
            blocks.append(failed.ignore_error_block)  # type: ignore[arg-type]  # the block that repeats a key
            continue
        line = (failed.start_line or 0) + 1
        raise SourceError(
            say(
                f"{where} 第 {line} 行起的条目不是有效的 BibTeX", f"{where}, line {line}: the entry is not valid BibTeX"
            )
        )
    if not blocks:
        raise SourceError(say(f"{where} 里没有 BibTeX 条目", f"{where} holds no BibTeX entry"))
    return [_item(block) for block in sorted(blocks, key=lambda block: block.start_line or 0)]


def _item(block: Block) -> dict[str, object]:
    kind = block.entry_type.lower()
    raw = _fields_of(block)
    subtype = raw.pop("entrysubtype", "").lower()
    item: dict[str, object] = {
        "id": block.key,
        "type": _kind(kind, subtype, raw),
    }
    for field, role in _NAMES:
        people = [name for name in map(_name, _divided(raw.get(field, ""))) if name]
        if people:
            item[role] = people
    for field, key in (*_FIELDS, ("publisher", "publisher"), ("genre", "genre"), ("issue", "issue")):
        if value := raw.get(field):
            lines = value.splitlines() if key in _LONG else [value]
            item[key] = value if field in _VERBATIM else "\n".join(map(_decode, lines))
    if container := raw.get("journal") or raw.get("booktitle"):
        item["container-title"] = _decode(container)
    _place_numbers(item, raw)
    item |= {name: date for name, date in (("issued", _issued(raw)), ("accessed", _day(raw.get("urldate")))) if date}
    item |= {name: date for name, field in _OTHER_DATES.items() if (date := _day(raw.get(field)))}
    if kind == "mastersthesis":
        item.setdefault("genre", "Master’s thesis")
    if isinstance(language := item.get("language"), str):
        name = language.strip().lower().removeprefix("lang")
        item["language"] = TAGS_BY_NAME.get(name, language)
    if isinstance(page := item.get("page"), str):
        item["page"] = re.sub(r"\s*(?:--+|–)\s*", "-", page)
    return item


def _fields_of(block: Block) -> dict[str, str]:
    """The fields by their common names; a field of that very name wins over its aliases (langid over language)."""
    written = {field.key.lower(): str(field.value) for field in block.fields if str(field.value).strip()}
    raw = {key: value for key, value in written.items() if key not in _ALIASES or key == _ALIASES[key]}
    for key, value in written.items():
        raw.setdefault(_ALIASES.get(key, key), value)
    for title, sub in (("title", "subtitle"), ("booktitle", "booksubtitle"), ("journal", "journalsubtitle")):
        if subtitle := raw.pop(sub, ""):
            raw[title] = _with_subtitle(raw.get(title, ""), subtitle)
    return raw


def _with_subtitle(title: str, subtitle: str) -> str:
    """Title and other title information in one field, as CSL has them."""
    if not title.strip() or title.rstrip().endswith((":", "：", "?", "？", "!", "！", "—")):
        return f"{title.rstrip()} {subtitle}".strip()
    return f"{title}：{subtitle}" if is_cjk(title) else f"{title}: {subtitle}"


def _kind(block: str, subtype: str, raw: Mapping[str, str]) -> str:
    """The CSL type of an entry; a @misc with an address and nothing else to tell it by is a web page."""
    if known := _SUBTYPES.get((block, subtype)):
        return known
    if block == "misc" and subtype:
        return subtype
    return _OF_BIBTEX.get(block, "webpage" if "url" in raw or "howpublished" in raw else "document")


def _place_numbers(item: dict[str, object], raw: Mapping[str, str]) -> None:
    """`number` is an issue in a serial and a number elsewhere; `eid` is an article's number."""
    number = _decode(raw.get("number", ""))
    serial = str(item["type"]).startswith("article-") or item["type"] == "periodical"
    if number:
        item["issue" if serial and "issue" not in item else "number"] = number
    if eid := _decode(raw.get("eid", "")):
        item["number"] = eid
    if "URL" not in item and (found := re.search(r"https?://[^\s{}]+", raw.get("howpublished", ""))):
        item["URL"] = found[0]


def _divided(text: str) -> list[str]:
    """Names of a list, divided at " and " outside braces; Chinese lists may be divided by semicolons."""
    names, depth, start = [], 0, 0
    for found in re.finditer(r"\\.|[{}]|\s+and\s+", text):
        mark = found[0]
        if mark in "{}":
            depth += 1 if mark == "{" else -1
        elif mark[0] != "\\" and depth == 0:
            names.append(text[start : found.start()])
            start = found.end()
    names.append(text[start:])
    if len(names) == 1 and "{" not in text:
        names = divided_list(text)
    return [name.strip() for name in names if name.strip()]


def _name(text: str) -> dict[str, str] | None:
    if text.startswith("{") and text.endswith("}") and _balanced(text[1:-1]):
        return {"literal": _decode(text[1:-1])}
    if (extended := extended_name(text)) is not None:
        return {part: _decode(value) for part, value in extended.items()}
    if found := re.fullmatch(r"\{([^{}]+)\}\s*,\s*(\S.*)", text):  # the braces keep a particle with the family name
        return {**(csl_name(f"x, {_decode(found[2])}", words_divide=False) or {}), "family": _decode(found[1])}
    return csl_name(_decode(text), words_divide=True)


def _balanced(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0


def _decode(text: str) -> str:
    """The characters that LaTeX markup stands for."""
    text = re.sub(r"[ \t\r\n]+", " ", text).strip()
    if not re.search(r"[\\{}~$]|--|``|''", text):
        return text
    for command, char in _ACCENT_LOOKALIKES:
        text = text.replace(command, char)
    decoded = _latex_reader().latex_to_text(text)
    for (_, stand_in), char in zip(_ACCENT_LOOKALIKES, "^~", strict=True):
        decoded = decoded.replace(stand_in, char)
    return str(decoded).replace("\u00a0", " ").strip()


@cache
def _latex_reader() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # it has no stubs

    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def _issued(raw: Mapping[str, str]) -> dict[str, object] | None:
    if date := _day(raw.get("date")):
        return date
    year, month = raw.get("year", ""), raw.get("month", "").strip().lower()[:3].rstrip(".")
    if month in _MONTHS:
        month = str(_MONTHS.index(month) + 1)
    return _day("-".join(part for part in (_decode(year), month if month.isdigit() else "") if part))


def _day(text: str | None) -> dict[str, object] | None:
    return csl_date(parse_date(_decode(text))) if text else None
