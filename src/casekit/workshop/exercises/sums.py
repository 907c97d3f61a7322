"""The arithmetic of the sums, by itself so that it can be checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from casekit.facts import parse_number
from casekit.workshop.basis import Nature
from casekit.workshop.exercises.figures import Figure
from casekit.workshop.material import Ref

__all__ = ["Sum", "amount_of", "growth_rate", "growth_share", "per_unit", "shown", "single"]


@dataclass(frozen=True, slots=True)
class Sum:
    """A question with its result, the way to it, what to bear in mind, and what it rests on."""

    text: str
    value: Decimal
    places: int
    way: str
    why: str
    refs: tuple[Ref, ...]
    nature: Nature = "fact"


def single(one: Figure) -> tuple[Decimal, str | None] | None:
    """The figure's single value and its unit; None where it has none, is a date, or is only a bound (最高, 超, 近)."""
    found = parse_number(one.statement.figure or "")
    if found is None or found.value_min is None or found.value_min != found.value_max or found.kind == "date":
        return None
    return None if found.qualifier else (Decimal(str(found.value_min)), found.unit)


def shown(value: Decimal) -> str:
    """A number for reading, without zeros behind the point."""
    return f"{value.normalize():f}"


def growth_share(percent: Decimal) -> Decimal:
    """The share of growth in the new total, in percent: p / (100 + p) · 100."""
    return percent * 100 / (100 + percent)


def growth_rate(before: Decimal, after: Decimal) -> Decimal:
    """Growth in percent: (after - before) / before · 100."""
    return (after - before) * 100 / before


def per_unit(whole: Decimal, units: Decimal) -> Decimal:
    """How much of the whole each unit has on average."""
    return whole / units


def amount_of(whole: Decimal, percent: Decimal) -> Decimal:
    """What a share in percent comes to."""
    return whole * percent / 100
