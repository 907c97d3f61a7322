"""A figure of the draft, read once: its sentence, the names it may be of, its claim, and how it is told."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from casekit.check.attribution import VERBS
from casekit.check.coverage import Claim
from casekit.check.manner import Manner
from casekit.check.names import Said
from casekit.check.statements import Statement, name_key
from casekit.cues import CuePattern
from casekit.types import Fact

__all__ = ["Mine", "owner_of", "untold", "without_tellers"]

# 甲说，…… 据甲介绍，…… 照甲的估算，……
_TELLS: Final = CuePattern(
    rf"\s*(?:[^，。！？；：:,;!?\n“”「」]{{2,24}}?(?:{VERBS})"
    r"|%{speaker-frames/by}[^，。！？；：:,;!?\n“”「」]{2,20}?%{speaker-frames/answer})[，,：:]"
)


@dataclass(frozen=True, slots=True)
class Mine:
    """A figure of the draft with what was read of it once: its names, its claim, how it is told."""

    statement: Statement
    names: tuple[Said, ...]
    others: tuple[Said, ...]
    """The other names of its sentence."""
    owner: Said | None
    claim: Claim
    plain: Claim
    """The claim in one wording (`equals`)."""
    whole: Claim
    """What the whole sentence says."""
    manner: Manner

    @property
    def fact(self) -> Fact:
        """The figure."""
        return self.statement.fact


def owner_of(fact: Fact, names: Sequence[Said]) -> Said | None:
    """The name whose figure it is: the one that was taken for its subject, else the first party, else any name."""
    own = next((n for n in names if n.entity and n.entity == fact.subject_entity), None)
    if own is None and (party := next((n for n in names if n.party), None)) is not None:
        return party
    if own is None and names and fact.subject and not any(n.key in name_key(fact.subject) for n in names):
        return None  # 一个快时尚品牌靠小程序……: with what it does it, and not whose the figure is
    return own or (names[0] if names else None)


def untold(before: str) -> str:
    """A sentence up to its figure, folded, without the clause that says who tells it."""
    told = _TELLS.match(before)
    return before if told is None else before[told.end() :]


def without_tellers(names: Sequence[Said], text: str, start: int, persons: Container[str | None]) -> list[Said]:
    """The names of a sentence without those who only tell it: 甲说，乙的会员有…… is no figure of 甲's.

    Where the rest names nobody the figure may still be of the firm that somebody speaks for (丙公司的甲说，会员有……), but not of
    the person.
    """
    told = _TELLS.match(text, start)
    if told is None:
        return list(names)
    before = [n for n in names if n.end <= told.end()]
    rest = [n for n in names if n.end > told.end()]
    return rest or [n for n in before if n.entity not in persons]
