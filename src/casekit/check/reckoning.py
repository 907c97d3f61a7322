"""What a figure as it is printed may stand for: as far as its last digit tells, and whether it is meant exactly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casekit.check.statements import RATES, qualified
from casekit.cues import CuePattern
from casekit.types import Fact

__all__ = ["POINTS", "TURNED", "Range", "is_exact", "number_text", "range_of", "shown_like", "slack_of"]

POINTS: Final = RATES[1:]
_DIGITS: Final = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_INEXACT: Final = CuePattern("%{sums/inexact}")
TURNED: Final = "翻"  # 翻了一番, 翻倍 tell the multiple, 增长了一倍 what was added
# Half a last digit is how far rounding goes; of 1亿元 that is half the figure, and nobody rounds so. Three per cent lets 1.2亿 and
# 1.6亿 have grown by 28 % (1.23 to 1.57), but not 10亿 and 15亿 by 40 %.
_ROUNDED: Final = Decimal("0.03")
_NEARLY_TURNED: Final = Decimal("0.1")  # share of 翻番 that may lack or be too much


@dataclass(frozen=True, slots=True)
class Range:
    """What a figure may stand for, by its last digit; `mid` is what it says."""

    low: Decimal
    mid: Decimal
    high: Decimal

    def less(self, other: Range) -> Range:
        """How much less the other is."""
        return Range(self.low - other.high, self.mid - other.mid, self.high - other.low)

    def over(self, other: Range) -> Range:
        """How many times the other it is; the other is above 0."""
        return Range(self.low / other.high, self.mid / other.mid, self.high / other.low)

    def scaled(self, factor: int, more: int = 0) -> Range:
        """So many times as much, and `more`."""
        low, high = sorted((self.low * factor + more, self.high * factor + more))
        return Range(low, self.mid * factor + more, high)

    def holds(self, value: Decimal, slack: Decimal) -> bool:
        """Whether a value lies within, or no further off than `slack`."""
        return self.low - slack <= value <= self.high + slack


def is_exact(text: str, fact: Fact, *, both: bool = False) -> bool:
    """Whether a figure is one value told without 超, 近, 约 or 多; with `both` a range will do."""
    if fact.value_min is None or fact.value_max is None or (fact.value_min != fact.value_max and not both):
        return False
    return not qualified(fact) and _INEXACT.match(text, fact.span.end) is None


def range_of(fact: Fact, *, low: bool | None = None) -> Range | None:
    """What a figure may stand for by its last digit; of a range its lower or upper end."""
    value = fact.value_max if low is False else fact.value_min
    if value is None:
        return None
    number = Decimal(str(value))
    step = min(_step(fact, number) / 2, abs(number) * _ROUNDED)
    return Range(number - step, number, number + step)


def _step(fact: Fact, value: Decimal) -> Decimal:
    """The least difference that a figure's spelling can tell: 1.5亿 tells 1000万, 三成 ten per cent."""
    written = _DIGITS.search(unicodedata.normalize("NFKC", fact.text))
    if written is None or not (number := Decimal(written[0].replace(",", ""))):
        digits = str(int(value)) if value == value.to_integral_value() else ""
        return Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else Decimal(1)
    first = Decimal(str(fact.value_min)) or number
    return first / number * Decimal(10) ** -len(written[1] or "")


def slack_of(fact: Fact) -> Decimal:
    """How far a sum may lie off and still be told in the figure's last digit; a rate may also be cut off (66% of two thirds)."""
    told = Decimal(str(fact.value_min))
    if TURNED in fact.text:
        return told * _NEARLY_TURNED
    step = _step(fact, told)
    return step if fact.unit in ("%", *POINTS) else step / 2


def number_text(value: Decimal, places: int) -> str:
    """A number with at most so many decimals."""
    shown = f"{value:.{places}f}"
    return shown.rstrip("0").rstrip(".") if places else shown


def shown_like(value: Decimal, fact: Fact) -> str:
    """A counted value spelt like the figure: with its unit and its number of decimals."""
    written = _DIGITS.search(unicodedata.normalize("NFKC", fact.text))
    if written is None:
        return number_text(value, 1) + (fact.unit or "")
    number = Decimal(written[0].replace(",", ""))
    scale = Decimal(str(fact.value_min)) / number if number else Decimal(1)
    places = max(len(written[1] or ""), 0 if value / scale >= 10 else 1)
    return fact.text.replace(written[0], number_text(value / scale, places), 1)
