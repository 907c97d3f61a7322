"""Foreign names in Chinese characters: the country before them, and what of them a reference list prints.

References:
    GB/T 7714-2015, 8.1.1: of a Western author's name in Chinese only the family name is given (韦杰斯 for
    伏尔特·韦杰斯), with the initials where two share it (昂温 P S).
"""

from __future__ import annotations

import re
from dataclasses import replace

from casekit.cite.names import Name
from casekit.cite.text import HAN, is_cjk
from casekit.cues import CueLetters, CueWords

__all__ = ["is_translated", "without_country"]

_GIVEN_FIRST = CueWords("author-countries/given-first")
_FAMILY_FIRST = CueWords("author-countries/family-first")
_SOUNDS = CueLetters("transliteration")
_DOUBLE = CueWords("surnames/double")
_COUNTRY = re.compile(r"[\[［(（〔【]\s*([\u4e00-\u9fff]{1,5})\s*[\]］)）〕】]\s*(?=\S)")
_DOTS = "·•‧・．"
# family name first, its initials behind a dot: 昂温·G
_INITIALS = re.compile(rf"([\u4e00-\u9fff]{{2,}})[{_DOTS}]\s*((?:[A-Z]\.?\s*)+)")
_DOT = re.compile(rf"\s*[{_DOTS}]\s*")


def without_country(name: Name) -> Name:
    """The name without the country that a title page prints before it; its parts told apart where the country says how.

    [美]菲利普·科特勒 is family name 科特勒, given name 菲利普. A name without a country stays whole: a dot alone does
    not tell a Western name from a Uyghur one.
    """
    shown = name.literal or name.family
    found = _COUNTRY.match(shown)
    if led := _INITIALS.fullmatch(name.literal[found.end() :] if found and name.literal else name.literal):
        return Name(family=led[1], given=led[2])
    if found is None or (found[1] not in _GIVEN_FIRST and found[1] not in _FAMILY_FIRST):
        return name
    bare = shown[found.end() :]
    if not name.literal:
        return replace(name, family=bare)
    *given, family = _DOT.split(bare)
    if given and family and found[1] in _GIVEN_FIRST and HAN.search(family):
        return Name(family=family, given="·".join(given))
    return Name(literal=bare)


def is_translated(name: Name) -> bool:
    """Whether a name in parts is a Western one in Chinese characters (科特勒, 菲利普), of which 8.1.1 prints the family name.

    Chinese family names have one character or stand in the list of double ones; Japanese ones are not spelled with the
    characters that foreign sounds are rendered by.
    """
    if name.literal or not (is_cjk(name.family) and is_cjk(name.given)):
        return False
    if any(dot in name.family + name.given for dot in _DOTS):
        return True
    if len(name.family) < 2 or name.family in _DOUBLE or len(name.family + name.given) < 4:
        return False
    sounding = sum(char in _SOUNDS for char in name.given)
    return all(char in _SOUNDS for char in name.family) and sounding * 3 >= len(name.given) * 2
