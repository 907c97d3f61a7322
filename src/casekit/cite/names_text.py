"""Names as BibTeX and RIS write them: "Family, Given" for people, the whole name for bodies and Chinese names.

References:
    BibTeXing (O. Patashnik, 1988), 4 (names); the BibLaTeX manual, 3.14 (name parts as key=value); RIS format
    specification (AU: "Last, First, Suffix").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casekit.cite.bodies import is_body
from casekit.cite.names import Name
from casekit.cite.text import is_cjk
from casekit.cues import CueLetters, CueWords

__all__ = ["csl_name", "divided_list", "extended_name", "inverted", "ris_name", "written_for_ris"]

_SURNAMES, _DOUBLE = CueLetters("surnames/single"), CueWords("surnames/double")
_PARTICLES = {"van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "zu"}
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]+|\d(?:st|nd|rd|th)", re.IGNORECASE)
_LOWER = re.compile(r"((?:[a-zà-öø-ÿ'’]+\s+)+)(\S.*)")
_TRAILING = re.compile(r"(.*\S)((?:\s+[a-zà-öø-ÿ'’]+)+)")
# BibLaTeX's parts of a name; "-i" gives initials, the others are for its own sorting
_PART = re.compile(r"\s*\"?\s*([a-z]+(?:-i)?)\s*=\s*(.*?)\s*\"?\s*", re.DOTALL)
_PART_NAMES = {
    *("family", "given", "prefix", "suffix", "useprefix", "id", "hash", "nametemplates", "sortingnamekeytemplatename"),
    *("family-i", "given-i", "prefix-i", "suffix-i", "cjk", "juniorcomma"),
}


def inverted(name: Name) -> str:
    """Family, Given; a name without parts as it is."""
    if name.literal:
        return name.literal
    family = name.whole_family
    given = " ".join(part for part in (name.given, name.dropping) if part)
    if name.suffix:
        return f"{family}, {name.suffix}, {given}"
    return f"{family}, {given}" if given else f"{family},"


def written_for_ris(name: Name) -> str:
    """As `inverted`, the suffix last; a comma in a body's name is doubled where nothing else tells it from a person's."""
    if not name.literal:
        if not name.suffix:
            return inverted(name)
        given = " ".join(part for part in (name.given, name.dropping) if part)
        return f"{name.whole_family}, {given}, {name.suffix}"
    whole = " ".join(name.literal.split())
    return whole if ris_name(whole) == {"literal": whole} else whole.replace(",", ",,", 1)


def csl_name(text: str, *, words_divide: bool) -> dict[str, str] | None:
    """The CSL name of "Family, Given", "Family, Jr, Given" or a whole name; None for nothing.

    Args:
        text: The name.
        words_divide: Whether "Given von Family" without a comma is a person (BibTeX) or a whole name (RIS).
    """
    text = " ".join(text.split())
    parts = [part.strip() for part in text.split(",")]
    if len(parts) >= 2 and parts[0]:
        given = parts[-1] if len(parts) == 2 else ", ".join(parts[2:])
        return _person(parts[0], given, parts[1] if len(parts) > 2 else "")
    if not text.strip(", "):
        return None
    words = text.strip(", ").split(" ")
    if not words_divide or len(words) == 1 or is_cjk(text):
        return {"literal": text.strip(", ")}
    # "Given von Family": the family name starts at the first particle, else it is the last word
    start = next((at for at, word in enumerate(words[1:-1], 1) if word in _PARTICLES), len(words) - 1)
    return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}


def _person(family: str, given: str, suffix: str) -> dict[str, str]:
    """Particles in lower case told apart: before the family name (van der Meer), behind the given (Alexander von)."""
    name: dict[str, str] = {}
    if found := _LOWER.fullmatch(family):
        name["non-dropping-particle"], family = found[1].strip(), found[2]
    name["family"] = family
    if found := _TRAILING.fullmatch(given):
        name["dropping-particle"], given = found[2].strip(), found[1]
    if given:
        name["given"] = given
    if suffix:
        name["suffix"] = suffix
    return name


def ris_name(text: str) -> dict[str, str] | None:
    """The CSL name of "Family, Given", "Family, Given, Suffix" or a body, which may hold commas (EndNote doubles them)."""
    text = " ".join(text.split())
    if ",," in text:
        return {"literal": text.replace(",,", ",").strip(", ")}
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and parts[1] and is_body(text):
        return {"literal": text.strip(", ")}
    if len(parts) == 3 and parts[0] and parts[2] and not _SUFFIX.fullmatch(parts[1]):
        return _person(parts[0], parts[1], parts[2])
    return csl_name(text, words_divide=False)


def extended_name(text: str) -> dict[str, str] | None:
    """The CSL name of BibLaTeX's "family=Haag, given=Jonas, prefix=van der, useprefix=true"; None if it is no such name.

    A prefix belongs to the family name where `useprefix` says so, else it follows the given name.
    """
    parts = [_PART.fullmatch(piece) for piece in _outside(text, ",")]
    if not parts or any(part is None or part[1] not in _PART_NAMES for part in parts):
        return None
    said = {part[1]: part[2].strip() for part in parts if part is not None}
    if not (said.get("family") or said.get("given")):
        return None
    prefix = "non-dropping-particle" if said.get("useprefix", "").lower() == "true" else "dropping-particle"
    fields = {"family": "family", "given": "given", "prefix": prefix, "suffix": "suffix"}
    name = {fields[key]: value for key, value in said.items() if key in fields and value}
    return name if "family" in name else {"literal": name["given"]}


def _outside(text: str, mark: str) -> Sequence[str]:
    """`text` divided at `mark` outside braces and quotation marks."""
    pieces, depth, quoted, start = [], 0, False, 0
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == mark and depth == 0 and not quoted:
            pieces.append(text[start:place])
            start = place + 1
    return [*pieces, text[start:]]


def divided_list(text: str) -> list[str]:
    """The names of a list that stands in one field, as databases in China write it: 王伟；李娜；张三丰.

    A semicolon always divides; an ideographic comma or a full-width one, and among three or more also a comma, where
    every piece is a Chinese name.
    """
    for marks, least in (("[;；]", 2), ("[、，]", 2), (",", 3)):
        pieces = [piece.strip() for piece in re.split(marks, text) if piece.strip()]
        if len(pieces) >= least and (";" in marks or all(map(_chinese, pieces))):
            return pieces
    return [text.strip(" ;；")] if text.strip(" ;；") else []


def _chinese(text: str) -> bool:
    """Whether it could be a Chinese person's name: two to four characters, a surname first (河川百货，研究院 is one body)."""
    known = text[:1] in _SURNAMES.now() or text[:2] in _DOUBLE
    return known and re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text) is not None
