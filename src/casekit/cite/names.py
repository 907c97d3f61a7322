"""Personal and corporate names of CSL-JSON records, and how GB/T 7714 prints them.

References:
    GB/T 7714-2015, 8.1 (responsibility): family name first, Western given names as initials without stops, Western
    family names in capitals; up to three names, then 等 or et al. GB/T 7714-2025 keeps the order and drops the
    capitals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casekit.cite.text import is_cjk, plain

__all__ = ["Name", "gb_name", "gb_names", "initials", "parse_names"]

# names of a list that mean "and others", as BibTeX files have them
_OTHERS = {"others", "et al", "et al.", "等"}
_PARTICLES = re.compile(r"(?P<given>.*?[^\s])\s+(?P<particle>(?:[a-zà-ÿ'’]+\s*)+)")
# names listed before the rest is left out (GB/T 7714-2015, 8.1.2: more than three, the first three are given)
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts, or whole in `literal` (corporate bodies, Chinese names written as one)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    dropping: str = ""
    """Particle after the given name that a list puts last (Humboldt A von)."""
    non_dropping: str = ""
    """Particle that belongs to the family name (van der Graaf)."""
    suffix: str = ""
    translated: bool = field(default=False, repr=False)
    """A Western name in Chinese characters (科特勒, 菲利普): a list prints its family name alone."""

    @property
    def others(self) -> bool:
        """Whether this stands for further, unnamed people."""
        return self.literal.lower() in _OTHERS

    @property
    def whole_family(self) -> str:
        """The family name with the particle that belongs to it."""
        return f"{self.non_dropping} {self.family}".strip()

    def short(self) -> str:
        """What stands in the running text: the whole Chinese name, the family name of a Western one."""
        if self.literal:
            return self.literal
        if is_cjk(self.family) and (is_cjk(self.given) or not self.given):
            return self.family if self.translated else self.family + self.given
        return self.whole_family or self.given


def parse_names(value: object) -> tuple[Name, ...]:
    """The names of a CSL name variable; a bare string is read as names divided by semicolons or " and ".

    Examples:
        >>> parse_names("翟文婷；顾见")
        (Name(family='', given='', literal='翟文婷', dropping='', non_dropping='', suffix=''), Name(family='', given='', literal='顾见', dropping='', non_dropping='', suffix=''))
    """
    if isinstance(value, str):
        value = [part for part in re.split(r"\s*[;；]\s*|\s+and\s+", value.strip()) if part]
    elif isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Sequence):
        return ()
    return tuple(name for name in map(_name, value) if name is not None)


def _name(value: object) -> Name | None:
    if isinstance(value, str):
        whole = plain(value)
        family, comma, given = whole.partition(", ")
        if comma and given and not is_cjk(whole):
            return Name(family=family, given=given)
        return Name(literal=whole) if whole else None
    if not isinstance(value, Mapping):
        return None
    name = Name(
        family=plain(value.get("family")),
        given=plain(value.get("given")),
        literal=plain(value.get("literal") or value.get("name")),
        dropping=plain(value.get("dropping-particle")),
        non_dropping=plain(value.get("non-dropping-particle")),
        suffix=plain(value.get("suffix")),
    )
    if name.literal:
        return Name(literal=name.literal)
    if not name.family:
        return Name(literal=name.given) if name.given else None
    # "Alexander von": a particle that the record left with the given name
    if not name.dropping and (found := _PARTICLES.fullmatch(name.given)):
        return replace(name, given=found["given"], dropping=found["particle"].strip())
    return name


def initials(given: str, *, hyphen: bool, stop: str = "") -> str:
    """The initials of a Western given name: Pierre-Simon → P-S (or P S without `hyphen`), each followed by `stop`.

    Examples:
        >>> initials("Pierre-Simon", hyphen=True)
        'P-S'
        >>> initials("Pierre-Simon", hyphen=False)
        'P S'
    """
    letters = ""
    for piece in re.findall(r"[-‐‑]|[^\s.\-‐‑]+", given):
        if piece in "-‐‑":
            joint = "-" if hyphen else " "
            letters = letters.rstrip() + joint if letters else ""
        elif piece[0].islower():
            letters += f"{piece} "
        else:
            letters += f"{piece[0].upper()}{stop} "
    return letters.strip(" -")


def gb_name(name: Name, *, capitals: bool, hyphen: bool) -> str:
    """One name as a reference list prints it, family name first (GB/T 7714-2015, 8.1.1).

    Args:
        name: The name.
        capitals: Whether Western family names stand in capitals (2015: yes, 2025: no).
        hyphen: Whether initials of a hyphenated given name keep the hyphen (2025).
    """
    if name.literal:
        return name.literal
    if is_cjk(name.family):
        if name.translated:
            return name.family
        if is_cjk(name.given) or not name.given:
            return name.family + name.given
        return f"{name.family} {initials(name.given, hyphen=hyphen)}".strip()
    family = name.whole_family.upper() if capitals else name.whole_family
    given = name.given if is_cjk(name.given) else initials(name.given, hyphen=hyphen)
    return " ".join(part for part in (family, given, name.dropping, name.suffix) if part)


def gb_names(names: Sequence[Name], *, comma: str, et_al: str, capitals: bool, hyphen: bool) -> str:
    """The names of one responsibility: all up to three, else the first three and `et_al` (GB/T 7714-2015, 8.1.2).

    Examples:
        >>> names = parse_names("甲; 乙; 丙; 丁")
        >>> gb_names(names, comma="，", et_al="等", capitals=False, hyphen=True)
        '甲，乙，丙，等'
    """
    people = [name for name in names if not name.others]
    more = len(people) != len(names)
    if len(people) > _LISTED:
        people, more = people[:_LISTED], True
    printed = [gb_name(name, capitals=capitals, hyphen=hyphen) for name in people]
    alike = {name for name in printed if printed.count(name) > 1}
    for place, name in enumerate(people):
        # two of one family name are told apart by the given name (8.1.1)
        if name.translated and name.family in alike:
            printed[place] = f"{name.family} {name.given}"
    return comma.join([*printed, et_al] if more and printed else printed)
