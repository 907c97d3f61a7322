"""References and citations in APA style, seventh edition (plain text).

References:
    American Psychological Association, Publication Manual, 7th ed. (2020), chapters 8 (citations in the text), 9
    (elements of a reference) and 10 (examples by kind of source).
"""

from __future__ import annotations

from casekit.cite.dates import Date, Day
from casekit.cite.entry import Entry
from casekit.cite.gbt_parts import CHAPTERS, PERIODICAL_PARTS, RECORDS, WEB, arabic_edition, ordinal
from casekit.cite.names import Name, initials
from casekit.cite.text import close, glue, inner_quotes, is_cjk, is_numeric

__all__ = ["citation_author", "citation_year", "is_only_cited", "reference", "year"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# kinds dated to the day (9.14): what appears daily, weekly or online
_DATED = {
    "article-magazine", "article-newspaper", "personal_communication", "broadcast", "speech", "interview", "song",
    "motion_picture", "paper-conference", *WEB,
}  # fmt: skip
# up to this many authors are all listed; of more, the first nineteen and the last (9.8)
_LISTED = 20
_DESCRIBED = {
    "dataset": "Data set", "software": "Computer software", "map": "Map", "motion_picture": "Film", "song": "Song",
    "manuscript": "Unpublished manuscript", "speech": "Speech", "broadcast": "Broadcast", "interview": "Interview",
    "performance": "Performance",
}  # fmt: skip
# the same kinds where they are watched or heard online (10.12, 10.13)
_ONLINE = {"motion_picture": "Video", "broadcast": "Video", "song": "Audio"}
_PODCASTS = ("podcast", "播客")
_MAKERS = ("author", "composer", "director", "illustrator", "host", "compiler", "performer")
# what a maker did, said behind the name (9.10, 10.12)
_ROLES = {"director": ("Director", "导演"), "host": ("Host", "主播"), "compiler": ("Comp.", "编")}


def reference(e: Entry, suffix: str = "") -> str:
    """The whole reference: who, when, what, where (9.4)."""
    who, roles = _lead(e)
    when = f"({_date(e, suffix)})"
    what, where = _what(e, edited=roles == "editor"), _where(e)
    # without an author the title moves to the front (9.12)
    head = [who, when, what] if who else [what, when]
    return _end(glue([*head, where], ". "), e)


def is_only_cited(e: Entry) -> bool:
    """Whether readers cannot get at it: letters, e-mails and talks are cited in the text and not listed (8.9)."""
    return e.type == "personal_communication" and not e.has("URL", "DOI", "archive", "container-title", "publisher")


def citation_year(e: Entry, suffix: str = "") -> str:
    """What stands behind the author in the text: the year, for a personal communication what it was and the day (8.9)."""
    if not is_only_cited(e):
        return year(e, suffix)
    issued = e.dates.get("issued")
    parts = issued.start if issued is not None else None
    if parts is None or parts.month is None:
        day = year(e)
    else:
        day = f"{_MONTHS[parts.month - 1]}{f' {parts.day}' if parts.day else ''}, {parts.year}"
    return f"{'私人通信' if e.cjk else 'personal communication'}, {day}"


def citation_author(e: Entry) -> str:
    """The author as cited in the text: one, two joined by &, or the first and et al. (8.17); else the short title.

    Chinese works go without &, and with 等, as Chinese journals that follow APA print them; of whom a letter is from is
    said in full (8.9).
    """
    names = e.first_names(*_MAKERS) or e.first_names("editor")
    people = [name for name in names if not name.others]
    if not people:
        title = e["title-short"] or e["title"] or e["container-title"]
        title = title or _untitled(e)
        return f"“{inner_quotes(title)}”" if e.type in PERIODICAL_PARTS | CHAPTERS | WEB else title
    if len(people) > 2 or len(people) != len(names):
        return f"{people[0].short()} {'等' if e.cjk else 'et al.'}"
    if is_only_cited(e):
        return " & ".join(map(_straight, people))
    return (", " if e.cjk else " & ").join(name.short() for name in people)


def year(e: Entry, suffix: str = "") -> str:
    """The year cited, n.d. where there is none (8.14)."""
    issued = e.dates.get("issued")
    if issued is None:
        return f"n.d.-{suffix}" if suffix else "n.d."
    text = issued.years("–").strip("[]")
    return f"ca. {text}{suffix}" if issued.circa or issued.latest else text + suffix


def _lead(e: Entry) -> tuple[str, str]:
    names = e.first_names(*_MAKERS)
    if names:
        role = next(role for role in _MAKERS if role in e.names)
        return _listed(names, e) + _role(e, role, len(names)), "author"
    editors = e.first_names("editor", "editorial-director") if not e.has("container-title") else ()
    if not editors:
        return "", ""
    return f"{_listed(editors, e)} ({_edited(e, editors)})", "editor"


def _role(e: Entry, role: str, count: int) -> str:
    """(Host), (Directors) behind the names; nothing for authors."""
    if role not in _ROLES:
        return ""
    english, chinese = _ROLES[role]
    plural = english.replace("Comp.", "Comps.") if english.endswith(".") else f"{english}s"
    return f" ({chinese if e.cjk else plural if count > 1 else english})"


def _edited(e: Entry, editors: tuple[Name, ...]) -> str:
    """Ed., Eds. or 编."""
    return "编" if e.cjk else "Eds." if len(editors) > 1 else "Ed."


def _untitled(e: Entry) -> str:
    return "[题名不详]" if e.cjk else "[Untitled]"


def _inverted(name: Name) -> str:
    """Family name, initials (9.8)."""
    if name.literal:
        return name.literal
    if is_cjk(name.family) and (is_cjk(name.given) or not name.given):
        return f"{name.family}, {name.given}" if name.translated else name.family + name.given
    given = " ".join(part for part in (initials(name.given, hyphen=True, stop="."), name.dropping) if part)
    return ", ".join(part for part in (name.whole_family, given.replace(". -", ".-"), name.suffix) if part)


def _straight(name: Name) -> str:
    """Initials, family name: editors and translators inside a reference (10.3)."""
    if name.literal or is_cjk(name.family):
        return _inverted(name)
    given = initials(name.given, hyphen=True, stop=".").replace(". -", ".-")
    return " ".join(part for part in (given, name.dropping, name.whole_family, name.suffix) if part)


def _listed(names: tuple[Name, ...], e: Entry) -> str:
    people = [_inverted(name) for name in names if not name.others]
    if len(people) != len(names):
        return ", ".join([*people, "等" if e.cjk else "et al."])
    if len(people) > _LISTED:
        return ", ".join([*people[: _LISTED - 1], "…"]) + f" {people[-1]}"
    if e.cjk:
        return ", ".join(people)
    return people[0] if len(people) == 1 else ", ".join(people[:-1]) + f", & {people[-1]}"


def _in_text_order(names: tuple[Name, ...], e: Entry) -> str:
    people = [_straight(name) for name in names if not name.others]
    if e.cjk:
        return ", ".join(people)
    if len(people) < 3:
        return " & ".join(people)
    return ", ".join(people[:-1]) + f", & {people[-1]}"


def _date(e: Entry, suffix: str) -> str:
    issued = e.dates.get("issued")
    if issued is None or issued.start is None or issued.circa or issued.latest or e.type not in _DATED:
        return year(e, suffix)
    return _long(issued, suffix)


def _long(date: Date, suffix: str) -> str:
    start: Day | None = date.start
    if start is None or start.month is None:
        return date.years("–") + suffix
    return f"{start.year}{suffix}, {_MONTHS[start.month - 1]}" + (f" {start.day}" if start.day else "")


def _what(e: Entry, *, edited: bool) -> str:
    """The title with what identifies it in parentheses and what kind of thing it is in brackets (9.18-9.22)."""
    title = e["title"] or _untitled(e)
    notes: list[str] = []
    if translators := e.names.get("translator", ()):
        notes.append(f"{_in_text_order(translators, e)}, {'译' if e.cjk else 'Trans.'}")
    if interviewers := e.names.get("interviewer", ()):
        notes.append(f"{_in_text_order(interviewers, e)}, {'采访' if e.cjk else _interviewer(interviewers)}")
    editors = e.names.get("editor", ())
    inside = e.type in CHAPTERS or e.has("container-title")
    if editors and not edited and not inside:
        notes.append(f"{_in_text_order(editors, e)}, {_edited(e, editors)}")
    if not inside and e.type not in PERIODICAL_PARTS:
        notes += [_edition(e), _volume(e)]
    if number := _number(e):
        notes.append(number)
    if e["version"]:
        notes.append(f"Version {e['version']}")
    kept = [note for note in notes if note]
    title = f"{title} ({'; '.join(kept)})" if kept else title
    kind = _kind(e)
    return f"{title} [{kind}]" if kind else title


def _kind(e: Entry) -> str:
    if e.type == "thesis":
        return ", ".join(part for part in (e["genre"] or "Thesis", e["publisher"]) if part)
    if e.type == "paper-conference" and not e.has("container-title"):
        return e["genre"] or "Paper presentation"
    if e.type in PERIODICAL_PARTS:
        return ""
    genre = e["genre"]
    if any(word in genre.lower() for word in _PODCASTS) or (e.type in ("song", "broadcast") and e.has("host")):
        return "Audio podcast episode" if e.has("container-title", "collection-title") else "Audio podcast"
    if genre:
        return genre[0].upper() + genre[1:]
    return _ONLINE[e.type] if e.type in _ONLINE and e.has("URL", "DOI") else _DESCRIBED.get(e.type, "")


def _interviewer(names: tuple[Name, ...]) -> str:
    return "Interviewers" if len(names) > 1 else "Interviewer"


def _number(e: Entry) -> str:
    number = e["number"]
    if not number or e.type == "article-journal":
        return ""
    if any(word in e["genre"].lower() for word in ("case", "案例")):
        return f"Case No. {number}"
    words = {"report": "Report No.", "standard": "Standard No.", "patent": "Patent No.", "article": "No."}
    return f"{words.get(e.type, 'No.')} {number}"


def _edition(e: Entry) -> str:
    text = arabic_edition(e["edition"])
    if e.cjk and text.isdigit():
        return f"{text} 版"
    if text.isdigit():
        return f"{ordinal(int(text))} ed." if int(text) > 1 else ""
    return text


def _volume(e: Entry) -> str:
    if not is_numeric(e["volume"]):
        return e["volume"]
    return f"{'Vols.' if any(mark in e['volume'] for mark in '-–,&') else 'Vol.'} {e['volume'].replace('-', '–')}"


def _where(e: Entry) -> str:
    """The source: serial, book, publisher or site (9.23-9.33)."""
    pages = e["page"].replace("-", "–")
    if e.type in PERIODICAL_PARTS:
        numbers = e["volume"] + (f"({e['issue']})" if e["issue"] else "")
        article = f"Article {e['number']}" if e["number"] and not pages else pages
        return ", ".join(part for part in (e["container-title"], numbers, article) if part)
    if e.type in WEB or (e.type == "motion_picture" and e["URL"]):  # what holds an online video is its site
        author = _listed(e.names["author"], e) if "author" in e.names else ""
        site = e["container-title"] or e["publisher"]
        return "" if site == author else site
    if e.type in CHAPTERS or e.has("container-title"):
        editors = e.first_names("editor", "editorial-director", "container-author")
        by = f"{_in_text_order(editors, e)} ({_edited(e, editors)}), " if editors else ""
        locus = f"{'pp.' if '–' in pages or ',' in pages else 'p.'} {pages}" if pages else ""
        notes = ", ".join(part for part in (_edition(e), _volume(e), locus) if part)
        book = f"In {by}{e['container-title']}" + (f" ({notes})" if notes else "")
        return glue([book if e.has("container-title") else "", e["publisher"]], ". ")
    if e.type == "paper-conference" or (e.type == "speech" and e.has("event-title", "event-place")):
        return ", ".join(part for part in (e["event-title"], e["event-place"] or e["publisher-place"]) if part)
    if e.type == "thesis":
        return e["archive"]
    if e.type == "patent":
        return e["authority"] or e["publisher"]
    if e.type in RECORDS and not e.has("publisher"):
        return ", ".join(part for part in (e["archive_location"], e["archive"], e["archive-place"]) if part)
    author = _listed(e.names["author"], e) if "author" in e.names else ""
    return "" if e["publisher"] == author else e["publisher"]


def _end(text: str, e: Entry) -> str:
    """The reference with its DOI or URL, after which no stop stands (9.34-9.36)."""
    said = e.republication
    closing = [f"(Originally published in {said.origin}; read in {said.copy})" if said and said.copy else ""]
    if said and not said.copy:
        closing = [f"(Originally published in {said.origin})"]
    address = f"https://doi.org/{e['DOI']}" if e["DOI"] else e["URL"]
    body = close(text)
    if address:
        body += f" {address}"
    return f"{body} {closing[0]}" if closing[0] else body
