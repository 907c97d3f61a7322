"""Time limits that hold on any machine at any load: in turns of a loop of plain Python, or against the same work on less."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["cpu_s", "growth", "loop_s", "loops"]

_ROUNDS = 400_000  # about 25 ms on the machines that the limits were measured on


def cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds that this process spends on `work`: what else the machine does does not count."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _loop() -> int:
    total = 0
    for number in range(_ROUNDS):
        total += number % 7
    return total


def loop_s() -> float:
    """CPU seconds that a loop of plain Python takes here."""
    return cpu_s(_loop)


def loops(work: Callable[[], object]) -> float:
    """What `work` costs in turns of a loop of plain Python that is run right before and right after.

    A slow or busy machine is slow for both.
    """
    before = cpu_s(_loop)
    spent = cpu_s(work)
    return 2 * spent / (before + cpu_s(_loop))


def growth(work: Callable[[str], object], text: str, *, times: int = 8) -> float:
    """How many times as long `work` takes for `text` as for a part of it that is `times` shorter: about `times` where time
    is linear, its square where it is quadratic. What takes less than 20 ms counts as 20 ms."""
    part = text[: len(text) // times]
    work(part[:100])  # tables are read once
    short = min(cpu_s(lambda: work(part)) for _ in range(2))
    return cpu_s(lambda: work(text)) / max(short, 0.02)
