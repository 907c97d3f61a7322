"""The order of an author-date list, and the letters that tell works of one author and year apart.

References:
    GB/T 7714-2015, 9.2 (by script: Chinese, Japanese, Western, Russian, other; then author and year; Chinese authors by
    pinyin) and 10.2.3 (letters after the year).
"""

from __future__ import annotations

from collections.abc import Sequence

from casekit.cite.entry import Entry

__all__ = ["letters", "sort_key"]

_SCRIPTS = {"zh": 0, "zh-hant": 0, "ja": 1, "ko": 2, "ru": 4}


def sort_key(entry: Entry, author: str, year: str) -> tuple[int, bytes, str, bytes]:
    """Where an entry stands in the list.

    Chinese is ordered by its GBK code, which is pinyin order for the 3,755 common characters of GB 2312 level 1 (nearly
    all family names); rarer characters follow them.
    """
    return (_SCRIPTS.get(entry.language, 3), _collate(author), year, _collate(entry["title"]))


def _collate(text: str) -> bytes:
    return text.casefold().encode("gbk", errors="backslashreplace")


def letters(keys: Sequence[tuple[str, str]]) -> list[str]:
    """a, b, c … for entries that share author and year, in the list's order; "" for the others."""
    seen: dict[tuple[str, str], int] = {}
    marks: list[str] = []
    for key in keys:
        rank = seen.get(key, 0)
        seen[key] = rank + 1
        marks.append(_letter(rank) if keys.count(key) > 1 else "")
    return marks


def _letter(rank: int) -> str:
    """a … z, aa, ab …"""
    text = ""
    rank += 1
    while rank:
        rank, place = divmod(rank - 1, 26)
        text = chr(ord("a") + place) + text
    return text
