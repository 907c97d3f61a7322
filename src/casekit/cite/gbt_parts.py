"""The items of a GB/T 7714 entry that both editions share; what differs is told by `Manner`.

References:
    GB/T 7714-2015 信息与文献 参考文献著录规则, clauses 4 (items and order), 7 (punctuation), 8 (details), tables B.1
    and B.2 (type and carrier codes); GB/T 7714-2025, clauses 7 (details) and 8 (order by kind of source).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from casekit.cite.dates import Date
from casekit.cite.entry import Entry
from casekit.cite.names import Name, gb_names
from casekit.cite.text import glue, is_numeric
from casekit.cues import CueWords, cue_form

__all__ = [
    "AUDIOVISUAL",
    "CHAPTERS",
    "PERIODICAL_PARTS",
    "RECORDS",
    "WEB",
    "Manner",
    "System",
    "access",
    "anonymous",
    "arabic_edition",
    "carrier",
    "date_first",
    "edition",
    "event",
    "full_date",
    "interviewers",
    "issue",
    "lead",
    "ordinal",
    "pages",
    "people",
    "place_and_publisher",
    "republication",
    "translators",
    "volume",
    "whole_title",
    "year",
]

System = Literal["numeric", "author-date", "note"]

PERIODICAL_PARTS = {"article-journal", "article-magazine", "article-newspaper"}
CHAPTERS = {"chapter", "entry-dictionary", "entry-encyclopedia"}
WEB = {"post", "post-weblog", "webpage"}
# 档案: archival fonds, manuscripts, letters
RECORDS = {"collection", "manuscript", "personal_communication"}
# what is heard or watched; speeches are told by event and place
AUDIOVISUAL = {"broadcast", "motion_picture", "song", "speech", "interview", "performance"}
# table B.2 and what people write for its four kinds
_CARRIERS = {code: CueWords(f"carriers/{code}") for code in ("MT", "DK", "CD", "OL")}
_EM_SPACE = "\u2003"


@dataclass(frozen=True, slots=True)
class Manner:
    """How an entry is printed: edition, system, and the marks that go with them.

    `locator` replaces the pages (note system), `suffix` tells works of one author and year apart (author-date),
    `mark_missing` prints [S.l.] and [s.n.] for a printed work without place or publisher.
    """

    edition: Literal[2015, 2025]
    system: System = "numeric"
    locator: str = ""
    suffix: str = ""
    mark_missing: bool = False

    @property
    def comma(self) -> str:
        """Between names and inside the publication item."""
        return ", " if self.edition == 2015 else "，"

    @property
    def colon(self) -> str:
        """Before other title information, the publisher and pages."""
        return ": " if self.edition == 2015 else "："

    @property
    def semicolon(self) -> str:
        """Between citations in one pair of parentheses."""
        return "; " if self.edition == 2015 else "；"

    def bracket(self, text: str) -> str:
        """`text` in the edition's parentheses; nothing for nothing."""
        if not text:
            return ""
        return f"({text})" if self.edition == 2015 else f"（{text}）"

    @property
    def dash(self) -> str:
        """Between the two years of a range."""
        return "/" if self.edition == 2015 else "—"


def people(e: Entry, m: Manner, names: tuple[Name, ...]) -> str:
    """The names of one responsibility (2015: 8.1; 2025: 7.1); 等 or et al. by the entry's language."""
    et_al = "等" if e.cjk else {"ru": "и др."}.get(e.language, "et al.")
    return gb_names(names, comma=m.comma, et_al=et_al, capitals=m.edition == 2015, hyphen=m.edition == 2025)


def lead(e: Entry, m: Manner) -> str:
    """The first item: main responsibility, and in the author-date system the year (2015: 4.1 and 10.2)."""
    makers = ["author", "composer"] if m.edition == 2015 else ["composer", "author"]
    roles = [*makers, "illustrator", "director", "host", "performer"]
    if not e.has("container-title"):
        roles += ["editor", "editorial-director", "compiler", "collection-editor"]
    names = people(e, m, e.first_names(*roles))
    if m.system != "author-date":
        return "" if e.type == "standard" and m.edition == 2025 else names
    return glue([names or anonymous(e), date_first(e, m)], m.comma)


def anonymous(e: Entry) -> str:
    """What stands for an unknown author in the author-date system (2015: 8.1.4)."""
    return "佚名" if e.cjk else "Anon"


def date_first(e: Entry, m: Manner) -> str:
    """The year that stands beside the author, with its letter where two works share it."""
    text = year(e, m, suffix=m.suffix)
    if text:
        return text
    return f"{'无日期' if e.cjk else 'n.d.'}{'-' + m.suffix if m.suffix else ''}"


def year(e: Entry, m: Manner, *, suffix: str = "") -> str:
    """The year of publication; an estimate, or the year of access in its stead, stands in brackets (2015: 8.4.3.3)."""
    issued = e.dates.get("issued")
    if issued is not None:
        text = issued.years(m.dash) + suffix
        return f"[{text}]" if issued.circa or issued.latest else text
    accessed = e.dates.get("accessed")
    return f"[{accessed.years(m.dash)}{suffix}]" if accessed is not None else ""


def full_date(e: Entry, m: Manner, date: Date | None) -> str:
    """A date as precise as known; estimates in brackets, upper bounds said in words."""
    if date is None:
        return ""
    text = date.numeric()
    if date.latest:
        words = {"zh-hant": "不晚於"}.get(e.language, "不晚于" if e.cjk else "by ")
        return words + text
    return f"[{text}]" if date.circa else text


def carrier(e: Entry) -> str:
    """The carrier code of table B.2: MT, DK, CD, or OL for what is read online; none for paper and for other words."""
    medium = re.sub(r"[\s_.-]", "", cue_form(e["medium"]))
    for code, words in _CARRIERS.items():
        if medium in words:
            return code
    online = e.has("URL", "DOI", "CSTR") or e.type in WEB
    return "OL" if online else ""


def volume(e: Entry, m: Manner) -> str:
    """Volume of a book: 2015 `卷 2`, `Vol. 2`; 2025 `第2卷`, `v.2`; words as they are (第1册)."""
    text = e["volume"]
    if not text or e.type in PERIODICAL_PARTS or e.type == "periodical" or not is_numeric(text):
        return "" if e.type in PERIODICAL_PARTS or e.type == "periodical" else text
    if m.edition == 2025:
        return f"第{text}卷" if e.cjk else f"v.{text}"
    if e.cjk:
        return f"卷 {text}"
    several = any(mark in text for mark in "-–,&")
    return f"{'Vols.' if several else 'Vol.'} {text}"


def whole_title(e: Entry, m: Manner, number: str) -> str:
    """Title, volume and number (2015: 8.2.3, 2025: 7.2) before the type code; a missing title is said in brackets."""
    title = e["title"] or ("[题名不详]" if e.cjk else "[title unknown]")
    inner = [] if e.has("container-title") or e.type in {*CHAPTERS, "paper-conference"} else [volume(e, m)]
    if inner:
        inner.append(e["volume-title"])
    if m.edition == 2015:
        return glue([title, glue([*inner, number], _EM_SPACE)], m.colon)
    return glue([title, glue(inner, _EM_SPACE), number], m.colon)


def translators(e: Entry, m: Manner) -> str:
    """Translators, followed by 译 or trans. (2015: 8.1; 2025: 7.1); who asked, in an interview."""
    names = people(e, m, e.names.get("translator", ()))
    if not names:
        return interviewers(e, m)
    term = {"zh-hant": "譯", "ru": "пер."}.get(e.language, "译" if e.cjk else "trans.")
    return glue([names + m.comma + term, interviewers(e, m)], ". ")


def interviewers(e: Entry, m: Manner) -> str:
    """Who asked, followed by 采访 or interviewer: another responsibility, as translators are (2015: 8.1; 2025: 7.1)."""
    names = people(e, m, e.names.get("interviewer", ()))
    if not names:
        return ""
    term = {"zh-hant": "採訪", "ru": "интервьюер"}.get(e.language, "采访" if e.cjk else "interviewer")
    return names + m.comma + term


def event(e: Entry, m: Manner) -> str:
    """Where a speech was given and on what occasion; who issued it where neither is known."""
    place = e["event-place"] or e["publisher-place"]
    return glue([place, e["event-title"] or e["publisher"]], m.colon)


def edition(e: Entry) -> str:
    """The edition: 2 版, 2nd ed.; the first is left out (2015: 8.3.1); words as they are (修订版, 影印本)."""
    text = arabic_edition(e["edition"])
    if not is_numeric(text):
        return text
    if e.cjk:
        return f"{text} 版"
    if e.language == "ru":
        return f"{text} изд."
    return f"{ordinal(int(text)) if text.isdigit() else text} ed."


def arabic_edition(text: str) -> str:
    """第3版, 第三版 and 3版 as 3; "" for a first edition."""
    bare = text.removesuffix("版").removeprefix("第").strip() if text.endswith("版") else text
    if len(bare) == 1 and bare in "一二三四五六七八九十":
        bare = str("一二三四五六七八九十".index(bare) + 1)
    if bare.isdigit():
        text = bare
    return "" if text in ("1", "1st", "1st ed.", "First edition") else text


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th …"""
    if 11 <= number % 100 <= 13:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def pages(e: Entry, m: Manner) -> str:
    """The pages cited: the locator of a note, else those of the record."""
    return m.locator or e["page"]


def issue(e: Entry, m: Manner) -> str:
    """Volume and issue of a serial: 27(3) or 27（3）."""
    return e["volume"] + m.bracket(e["issue"])


def place_and_publisher(e: Entry, m: Manner) -> str:
    """Place and publisher (2015: 8.4.1, 8.4.2); holder and its place for what lies in an archive.

    With `mark_missing`, what a printed work lacks is said as [出版地不详] or [S.l.], [出版者不详] or [s.n.]; an
    online source may go without (2015: 8.4.1.3, 8.4.2.3).
    """
    if e.has("publisher", "publisher-place") or not e.has("archive", "archive-place"):
        place, publisher = e["publisher-place"], e["publisher"]
        if m.mark_missing and not e.has("URL", "DOI"):
            place = place or ("[出版地不详]" if e.cjk else "[S.l.]")
            publisher = publisher or ("[出版者不详]" if e.cjk else "[s.n.]")
        return glue([place, publisher], m.colon)
    return glue([e["archive-place"], e["archive"]], m.colon)


def access(e: Entry, *, cstr: bool) -> str:
    """Path and persistent identifier (2015: 8.6, 8.7; 2025: 7.8, 7.9, where a CSTR takes the DOI's place)."""
    scheme = "CSTR" if cstr and e.has("CSTR") else "DOI"
    return glue([e["URL"], f"{scheme}:{e[scheme]}" if e.has(scheme) else ""], ". ")


def republication(e: Entry, m: Manner) -> str:
    """A closing note for a re-published article: where it first appeared and the copy that was read."""
    said = e.republication
    if said is None:
        return ""
    hant = e.language == "zh-hant"
    if e.cjk:
        by = f"{said.posted_by}{'發布' if hant else '发布'}" if said.posted_by else ""
        origin, copy = ("原載", "轉引自") if hant else ("原载", "转引自")
    else:
        by = f"posted by {said.posted_by}" if said.posted_by else ""
        origin, copy = "Originally published", "read in"
    copied = said.copy + m.bracket(by) if said.copy else by
    return m.semicolon.join(
        f"{label}{m.colon}{text}" for label, text in ((origin, said.origin), (copy, copied)) if text
    )
