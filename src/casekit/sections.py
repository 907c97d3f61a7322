"""The role of a section (story, action, result, target, hearsay, limits, questions, sources), from its headings.

Digests, case studies and reports keep what happened apart from what is not known, asked or referred to. The words that tell
are in `data/cues/section-roles.txt`; a text without such headings has no roles.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from casekit.cues import CuePattern, cue_form

if TYPE_CHECKING:  # the command line offers the roles without numpy
    from casekit.types import Doc, Role

__all__ = ["ASIDE", "ROLES", "Sections", "role_of"]

# One string: the index takes each quoted word that names a list of cues for a list that is read here, and one role does.
_ROLES: Final = "story action result target hearsay limits questions sources"
ROLES: Final = cast("tuple[Role, ...]", tuple(_ROLES.split()))
ASIDE: Final[tuple[Role, ...]] = ROLES[-3:]
"""Roles of sections that are about a text, not what it tells: in a retelling they are no evidence."""

_LIST: Final = "section-roles"
_NUMBER: Final = r"\s*(?:[(（]?[\d一二三四五六七八九十]+[)）.、．]\s*|[\d.]+\s+)?"
_PATTERNS: Final = tuple((role, CuePattern(rf"{_NUMBER}(?:%{{{_LIST}/{role}}})\s*(?:[:：].*)?")) for role in ROLES)


def role_of(path: Sequence[str]) -> Role | None:
    """The role that a heading path gives: that of its last heading that has one.

    Examples:
        >>> role_of(("案例研究", "做法：工具与打法"))
        'action'
        >>> role_of(("一、讨论题",))
        'questions'
        >>> role_of(("讨论题里常见的误解",)) is None
        True
    """
    for heading in reversed(path):
        form = cue_form(heading).strip()
        for role, pattern in _PATTERNS:
            if pattern.fullmatch(form):
                return role
    return None


@dataclass(frozen=True, slots=True)
class Sections:
    """Where the sections of a document begin, and the role of each."""

    starts: tuple[int, ...]
    roles: tuple[Role | None, ...]

    @classmethod
    def of(cls, doc: Doc) -> Sections:
        """The sections of a document by its headings."""
        above: list[tuple[int, str]] = []
        starts: list[int] = []
        roles: list[Role | None] = []
        for heading in sorted(doc.cleaned.headings, key=lambda h: h.span):
            above = [*(one for one in above if one[0] < heading.level), (heading.level, heading.span.slice(doc.text))]
            starts.append(heading.span.start)
            roles.append(role_of([text for _, text in above]))
        return cls(tuple(starts), tuple(roles))

    def at(self, place: int) -> Role | None:
        """The role of the section in which a place lies."""
        number = bisect_right(self.starts, place) - 1
        return self.roles[number] if number >= 0 else None
