"""How firmly a sentence states a relation: asserted, negated, planned, hearsay, or not at all."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from casekit.cues import CuePattern
from casekit.reading import Sentence
from casekit.reading.clauses import clause_start
from casekit.reading.stance import stance_of_deed

__all__ = ["Polarity", "polarity"]

_SHOULD: Final = CuePattern("%{deed-frames/should}")
Polarity: TypeAlias = Literal["asserted", "negated", "planned", "hearsay"]


def polarity(s: Sentence, verb: int, end: int) -> Polarity | None:
    """How firmly form[verb:end] is said: a verb at `verb` and its object up to `end`; None where nothing is stated
    (whether 沃尔玛 uses it is asked, or told of a condition)."""
    how = stance_of_deed(s, verb, end)
    if how.asked or how.conditional:
        return None
    if _SHOULD.search(s.form, clause_start(s.form, verb), end) is not None:
        return None  # 甲应当使用乙
    if how.negated:
        return "negated"
    if how.hearsay:
        return "hearsay"
    return "planned" if how.ahead else "asserted"
