"""Bibliographic fields from many places: who claims what, whom to trust, and which claims contradict each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casekit.language import say
from casekit.types import DateCertainty, Metadata

__all__ = ["Claim", "choose_metadata", "iso_date"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One place's word on one field of `Metadata` ("author" for one author, other names as in `Metadata`).

    `trust` orders claims, higher wins: what the publisher marked up for machines (JSON-LD) 90, typed meta tags 80, what
    the page shows beside its title 70, a file's own properties 60, loose guesses 50 and below.
    """

    field: str
    value: str
    where: str
    trust: int


_LABELS = {
    "title": ("标题", "title"),
    "author": ("作者", "author"),
    "date": ("日期", "date"),
    "publisher": ("发布者", "publisher"),
}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_MONTHS = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_YMD = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)")
_YMD_CJK = re.compile(
    r"([〇零一二]{1}[〇零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6})?(?!\d)")
_YM = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年\s*(\d{1,2})\s*月(?!\s*\d)|-(\d{1,2})(?![\d-]))")
_DMY = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d{2})(?!\d)")
_MDY = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})\b")
_DMONY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+((?:19|20)\d{2})\b")
_REPUBLIC = re.compile(r"[民][国國]\s*(\d{2,3})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)")
_BEFORE_REPUBLIC = 1911
_YEAR = re.compile(r"\A\s*((?:19|20)\d{2})\s*年?\s*\Z")


def iso_date(shown: str) -> str | None:
    """The first date in `shown` as ISO 8601, as precise as it says ("2021-01-19", "2019-02", "2020"), else None.

    Year first in any notation, also of the Republic of China (民國110年3月5日), Chinese numerals, day first with dots or slashes (with both at most 12 it stays a month's
    guess no one should make: only a day above 12 or dots as separator, the continental habit, count), English month names.
    """
    text = unicodedata.normalize("NFKC", shown)
    if (found_republic := _REPUBLIC.search(text)) and (
        day := _valid(_BEFORE_REPUBLIC + int(found_republic[1]), int(found_republic[2]), int(found_republic[3]))
    ):
        return day
    for pattern in (_YMD, _COMPACT):
        for found in pattern.finditer(text):
            day = _valid(int(found[1]), int(found[2]), int(found[3]))
            if day:
                return day
    chinese = _YMD_CJK.search(text)
    if chinese:
        year = int(chinese[1].translate(_DIGITS))
        day = _valid(year, _numeral(chinese[2]), _numeral(chinese[3]) if chinese[3] else None)
        if day:
            return day
    for found in _MDY.finditer(text):
        month = _MONTHS.get(found[1][:3].lower())
        if month and (day := _valid(int(found[3]), month, int(found[2]))):
            return day
    for found in _DMONY.finditer(text):
        month = _MONTHS.get(found[2][:3].lower())
        if month and (day := _valid(int(found[3]), month, int(found[1]))):
            return day
    for found in _DMY.finditer(text):
        first, second = int(found[1]), int(found[2])
        if first > 12 or "." in found[0]:
            day = _valid(int(found[3]), second, first)
        elif second > 12:
            day = _valid(int(found[3]), first, second)
        else:
            day = found[3] if first != second else _valid(int(found[3]), first, second)
        if day:
            return day
    found_month = _YM.search(text)
    if found_month and (day := _valid(int(found_month[1]), int(found_month[2] or found_month[3]), None)):
        return day
    year_only = _YEAR.match(text)
    return year_only[1] if year_only else None


def _numeral(shown: str) -> int:
    if "十" not in shown:
        return int(shown.translate(_DIGITS))
    tens, ones = shown.split("十", 1)
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)


def _valid(year: int, month: int, day: int | None) -> str | None:
    import datetime

    if day is None:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _same(field: str, one: str, other: str) -> bool:
    """Whether two claims agree: equal but for width, case, punctuation; a shorter date or title that the other contains."""
    if field == "date":
        return one.startswith(other) or other.startswith(one)
    a, b = (re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower() for text in (one, other))
    return a in b or b in a


def choose_metadata(claims: Sequence[Claim], *, name: str) -> tuple[Metadata, tuple[str, ...]]:
    """The most trusted claim of each field, and a warning for each contradiction.

    Among equally trusted claims the first wins. Authors of the winning place are all taken.
    """
    warnings: list[str] = []
    chosen: dict[str, str] = {}
    authors: list[str] = []
    for field in (
        "title",
        "author",
        "publisher",
        "republished_from",
        "posted_by",
        "date",
        "language",
        "source_kind",
        "interest",
        "url",
    ):
        ranked = sorted(_usable(claims, field), key=lambda claim: -claim.trust)
        if not ranked:
            continue
        best = ranked[0]
        chosen[field] = best.value
        if field == "author":
            authors = list(dict.fromkeys(c.value for c in ranked if c.where == best.where))
        warnings += _conflicts(field, best, ranked[1:], authors, name)
    date = chosen.get("date")
    certainty: DateCertainty = "stated" if date else "unknown"
    metadata = Metadata(
        title=chosen.get("title"),
        authors=tuple(authors),
        publisher=chosen.get("publisher"),
        republished_from=chosen.get("republished_from"),
        posted_by=chosen.get("posted_by"),
        date=date,
        date_certainty=certainty,
        language=chosen.get("language"),
        source_kind=chosen.get("source_kind"),
        interest=chosen.get("interest"),
        url=chosen.get("url"),
    )
    return metadata, tuple(warnings)


def _usable(claims: Iterable[Claim], field: str) -> Iterable[Claim]:
    for claim in claims:
        if claim.field != field or not claim.value.strip():
            continue
        if field == "date":
            date = iso_date(claim.value)
            if date:
                yield Claim(field, date, claim.where, claim.trust)
        else:
            yield Claim(field, " ".join(claim.value.split()), claim.where, claim.trust)


def _conflicts(field: str, best: Claim, others: Sequence[Claim], authors: Sequence[str], name: str) -> Iterable[str]:
    if field not in _LABELS:
        return
    seen: set[str] = set()
    for claim in others:
        # loose guesses (trust below 50) lose silently: a page's <title> or file name is not a statement
        if claim.trust < 50 or claim.value in authors or claim.value in seen or _same(field, best.value, claim.value):
            continue
        seen.add(claim.value)
        zh, en = _LABELS[field]
        yield say(
            f"{name}：{zh}有两种说法，用了“{best.value}”（{best.where}），另一处是“{claim.value}”（{claim.where}）",
            f"{name}: two claims about the {en}; used “{best.value}” ({best.where}), the other is “{claim.value}” ({claim.where})",
        )
