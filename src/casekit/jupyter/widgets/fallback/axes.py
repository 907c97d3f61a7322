"""Scales, round numbers on them, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Callable

from casekit.language import current

__all__ = ["log_ticks", "nice_ticks", "number", "scale", "year_ticks"]


def scale(low: float, high: float, start: float, end: float, *, log: bool = False) -> Callable[[float], float]:
    """From values in [low, high] to pixels in [start, end]."""
    if log:
        low, high = math.log10(low), math.log10(high)
    span = (high - low) or 1.0

    def place(value: float) -> float:
        return start + (end - start) * ((math.log10(value) if log else value) - low) / span

    return place


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """At most about `most` round numbers within [low, high]."""
    if not high > low:
        return [low]
    raw = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= raw)
    first = math.ceil(low / step - 1e-9)
    return [round((first + i) * step, 10) for i in range(math.floor(high / step + 1e-9) - first + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """The powers of ten within [low, high]; with 2 and 5 between where there are few."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    factors = (1, 2, 5) if len(powers) <= 5 else (1,)
    return [10.0**power * factor for power in powers for factor in factors if low <= 10.0**power * factor <= high]


def year_ticks(low: float, high: float, most: int = 9) -> list[float]:
    """Whole years within [low, high], evenly spaced."""
    step = _round_step((high - low) / most)
    first = math.ceil(low / step)
    return [(first + i) * step for i in range(math.floor(high / step) - first + 1)]


def _round_step(raw: float) -> float:
    if raw <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= raw)


def number(value: float) -> str:
    """A number as people write it: 2000万, 1.5亿; 20M, 1.5B in English."""
    size = abs(value)
    steps = ((1e9, "B"), (1e6, "M"), (1e3, "k")) if current() == "en" else ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
    for factor, name in steps:
        if size >= factor:
            return f"{value / factor:.4g}{name}" if value / factor < 1e4 else f"{value / factor:.0f}{name}"
    return f"{value:.6g}"
