"""The averages of a draft counted again: 25个省市共1500家门店，平均每个省市60家."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from casekit.check.miscounts import Miscount, told_otherwise
from casekit.check.reckoning import is_exact, range_of, shown_like, slack_of
from casekit.cues import CuePattern
from casekit.types import Fact

__all__ = ["average"]

# 平均每个省市, 每省市平均: what it is told for each of
_EACH: Final = CuePattern(
    r"(?:%{sums/average}%{periods/each}(?:%{units/count})?(?P<a>[^\W\d_]{1,6}?)|%{periods/each}(?:%{units/count})?(?P<b>[^\W\d_]{1,6}?)%{sums/average})"
    r"(?:%{sums/is}|\s)*$"
)
_LEAD_CHARS: Final = 16


def average(text: str, fact: Fact, before: Sequence[Fact]) -> Miscount | None:
    """What is wrong with an average of two figures before it in its sentence: so many shops in so many towns."""
    lead = text[max(0, fact.span.start - _LEAD_CHARS) : fact.span.start]
    m = _EACH.search(lead)
    if m is None or fact.unit == "%":
        return None
    each = m["a"] or m["b"]
    shares = [one for one in before if text.startswith(each, one.span.end) or one.text.endswith(each)]
    wholes = [one for one in before if one.unit == fact.unit and one not in shares]
    if len(shares) != 1 or len(wholes) != 1 or not (is_exact(text, shares[0]) and is_exact(text, wholes[0])):
        return None
    whole, parts = range_of(wholes[0]), range_of(shares[0])
    if whole is None or parts is None or parts.low <= 0:
        return None
    right = whole.over(parts)
    if right.holds(Decimal(str(fact.value_min)), slack_of(fact)):
        return Miscount(fact)
    return told_otherwise(fact, f"{wholes[0].text}÷{shares[0].text}", shown_like(right.mid, fact))
