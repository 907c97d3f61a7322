"""What is left of a whole, counted again: 75%来自线上，其余25%来自门店; 共300家店，其中80家直营，其余220家加盟."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from casekit.check.miscounts import Miscount, told_otherwise
from casekit.check.reckoning import is_exact, range_of, shown_like, slack_of
from casekit.cues import CuePattern
from casekit.types import Fact

__all__ = ["remainder"]

_LEFT: Final = CuePattern(r"%{sums/left}(?:%{sums/left-of})?(?:%{sums/is}|\s)*$")
_AMONG: Final = CuePattern("%{sums/among}")
_LEAD_CHARS: Final = 16
_WHOLE: Final = "100%"
_MOST_PARTS: Final = 6


def remainder(text: str, fact: Fact, before: Sequence[Fact], behind: Sequence[Fact]) -> Miscount | None:
    """What is left of a hundred per cent, or of a number that the sentence names as the whole.

    Where more figures of the kind follow (其余20%来自甲，15%来自乙) what is left may be told in parts, and is not held to be wrong.
    """
    if not before or not _LEFT.search(text[max(0, fact.span.start - _LEAD_CHARS) : fact.span.start]):
        return None
    same = [one for one in before if one.unit == fact.unit][-_MOST_PARTS:]
    if not same or len(same) < len(before) or not all(is_exact(text, one) for one in same):
        return None
    whole, parts = Decimal(100), same
    if fact.unit != "%":
        if len(same) < 2 or _AMONG.search(text, same[0].span.end, same[1].span.start) is None:
            return None
        whole, parts = Decimal(str(same[0].value_min)), same[1:]
    ranges = [r for one in parts if (r := range_of(one)) is not None]
    high, mid, low = (
        whole - sum(column, Decimal(0)) for column in zip(*((r.low, r.mid, r.high) for r in ranges), strict=True)
    )
    told = Decimal(str(fact.value_min))
    if low - slack_of(fact) <= told <= high + slack_of(fact):
        return Miscount(fact)
    if mid <= 0 or any(one.unit == fact.unit for one in behind):
        return None
    first = _WHOLE if fact.unit == "%" else same[0].text
    return told_otherwise(fact, "－".join((first, *(one.text for one in parts))), shown_like(mid, fact))
