"""The spelling of a quotation: its letters and digits in one form, and the marks between them that matter.

Letters decide where a quotation stands, marks whether it stands there unchanged: 3.5 and 35 have the same letters, and a
question is no statement. Marks are compared by what they are, not by how they are drawn; quotation marks, white space,
ellipses and mark-up are set as each house likes and do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from casekit.fold import match_key

__all__ = ["ELLIPSIS", "Spelling", "fast_key", "first_difference", "short_key", "spell"]

ELLIPSIS: Final = re.compile(
    r"[\[(（〔【]?\s*(?:(?:…|⋯){1,6}|[.．]{3,12}|[。｡]{3,12}|(?:\.\s){2,5}\.|[·・]{3,12})\s*[\])）〕】]?|[\[(（〔【](?:中略|略|下略|上略|节略|節略)[\])）〕】]"
)
"""What a writer puts where he leaves something out, with brackets around it."""

_STOPS: Final = "?!.;:,"  # from the strongest; of several marks in one place the strongest counts
_REPEATED: Final = frozenset("-!?")  # drawn once or several times
_QUOTES: Final = re.compile(r"[“”„‟«»「」﹁﹂｢｣〝〞〟＂\"'‘’‚‛‹›『』﹃﹄]")
_FORMS: Final = {
    **dict.fromkeys("。．｡.", "."),
    **dict.fromkeys("，,、､﹐﹑", ","),
    **dict.fromkeys("；;﹔", ";"),
    **dict.fromkeys("：:﹕︰", ":"),
    **dict.fromkeys("！!﹗", "!"),
    **dict.fromkeys("？?﹖", "?"),
    **dict.fromkeys("-‐‑‒–—―−－﹣﹘─━~～〜∼˜﹏", "-"),
    **dict.fromkeys("([{（［｛【〔〖﹝", "("),
    **dict.fromkeys(")]}）］｝】〕〗﹞", ")"),
    **dict.fromkeys("/／⁄∕", "/"),
    **dict.fromkeys("《〈", "《"),
    **dict.fromkeys("》〉", "》"),
}
_DOTS: Final = frozenset("·•・‧･∙⋅●")
_COUNTING: Final = frozenset("%‰+×÷=±&@")


@dataclass(frozen=True, slots=True)
class Spelling:
    """`key` is the `match_key` of a text; `marks[i]` stands before letter i of it, `places[i]` is where letter i came from.

    `marks` has one entry more than `key` has letters: the last is what follows them all. An entry is canonical: "" for
    nothing that counts.
    """

    key: str
    marks: tuple[str, ...]
    places: tuple[int, ...]
    commas: frozenset[int]
    """Places in `marks` that hold an ordinary narrow comma between two digits: it may part thousands."""
    trailing: str
    """What stands after the last letter, as written."""

    @property
    def ending(self) -> str:
        """The mark that ends it: ".", "!", "?" or ""."""
        last = self.marks[-1][-1:]
        return last if last in (".", "!", "?") else ""


class _Keys(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = key = match_key(chr(code))
        return key


_keys = _Keys()


def fast_key(text: str) -> str:
    """`match_key`, for long texts."""
    return text.translate(_keys)


@lru_cache(maxsize=65536)
def short_key(text: str) -> str:
    """`match_key`, for names and phrases that come again and again."""
    return text.translate(_keys)


def spell(text: str) -> Spelling:
    """The spelling of the characters of a text (cut ones already left out)."""
    key: list[str] = []
    places: list[int] = []
    gaps: list[list[str]] = [[]]
    for i, character in enumerate(text):
        letters = _keys[ord(character)]
        if letters:
            for letter in letters:
                key.append(letter)
                places.append(i)
                gaps.append([])
        else:
            gaps[-1].append(character)
    marks: list[str] = []
    commas: set[int] = set()
    for n, gap in enumerate(gaps):
        if not gap:
            marks.append("")
            continue
        digits = 0 < n < len(key) and key[n - 1].isdigit() and key[n].isdigit()
        marks.append(_canonical("".join(gap), digits))
        if digits and gap == [","] and _parts_thousands(key, n):
            commas.add(n)
    return Spelling("".join(key), tuple(marks), tuple(places), frozenset(commas), "".join(gaps[-1]))


def _parts_thousands(key: list[str], n: int) -> bool:
    """Whether exactly three digits follow, or three and another comma's three: 20,584 but not 3,4."""
    run = 0
    while n + run < len(key) and key[n + run].isdigit():
        run += 1
    return run > 0 and run % 3 == 0


def _canonical(gap: str, digits: bool) -> str:
    marks: list[str] = []
    for c in _counted(ELLIPSIS.sub("", gap) if len(gap) > 1 or gap in "…⋯" else gap, digits):
        if not (marks and marks[-1] == c and c in _REPEATED):
            marks.append(c)
    if _QUOTES.search(gap):  # “甲。”，乙 or “甲”，乙: houses differ in where they put the marks; the strongest counts
        stops = [c for c in marks if c in _STOPS]
        marks = [c for c in marks if c not in _STOPS] + sorted(stops, key=_STOPS.index)[:1]
    return "".join(marks)


def _counted(gap: str, digits: bool) -> Iterator[str]:
    for c in gap:
        form = _FORMS.get(c)
        if form is not None:
            yield form
        elif c in _DOTS:
            yield "." if digits else "·"
        elif not c.isspace():
            plain = unicodedata.normalize("NFKC", c)
            if plain in _COUNTING or unicodedata.category(plain[0]) == "Sc":
                yield plain


def first_difference(one: Spelling, other: Spelling, *, start: int = 0) -> int | None:
    """The first letter of `one` before which the marks differ from those in `other`, or None where the texts agree.

    Marks before the first and after the last letter do not count.

    Args:
        one: A quotation (or a part of one).
        other: What the source has; the letters from `start` on are the same.
        start: Where the quotation begins in `other`.
    """
    for i in range(1, len(one.key)):
        a, b = one.marks[i], other.marks[start + i]
        if a == b or (not a and start + i in other.commas) or (not b and i in one.commas):
            continue
        return i
    return None
