"""The agenda: minutes that add up, and how many exercises fit into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casekit.errors import SettingError
from casekit.language import say

__all__ = ["BREAK_FROM", "Slot", "allot", "fitting", "plan", "spread"]

LEAST_MINUTES, MOST_MINUTES = 30, 480
# Ninety minutes without a pause is what most adults bear; from two and a half hours on one is needed.
BREAK_FROM: Final = 150
# Shares of the time, a choice: four tenths for exercises, which must hold seven kinds in two hours, as much for the cases
# (reading, discussion, board), the rest to open and close.
_WEIGHTS: Final = {"opening": 5, "reading": 15, "discussion": 18, "exercises": 42, "board": 10, "debrief": 10}
_BREAK_MINUTES: Final = 10
# An exercise below five minutes is over before its evidence is read.
LEAST_EXERCISE: Final = 5


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the agenda in minutes."""

    name: str
    minutes: int

    @property
    def title(self) -> str:
        """What the agenda calls it."""
        return {
            "opening": say("开场与目标", "Opening and objectives"),
            "reading": say("读案例与证据包", "Reading: cases and evidence"),
            "discussion": say("讨论：从眼前的问题到原因", "Discussion: from the immediate to the causes"),
            "exercises": say("练习", "Exercises"),
            "break": say("休息", "Break"),
            "board": say("板书与框架：比较、根本问题", "Board and framework: comparison, basic issues"),
            "debrief": say("复盘与行动", "Debrief and next steps"),
        }[self.name]


def allot(total: int, weights: Sequence[float], *, least: int = 1) -> list[int]:
    """`total` in whole numbers by weight, each at least `least`, by the method of largest remainders.

    Raises:
        SettingError: If `total` is too small for that.
    """
    if total < least * len(weights):
        raise SettingError(
            say(
                f"{total} 分不成 {len(weights)} 份，每份至少 {least}",
                f"{total} is too little for {len(weights)} x {least}",
            )
        )
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [max(least, int(one)) for one in exact]
    while (missing := total - sum(parts)) != 0:
        if missing > 0:  # the largest remainder first, of equal ones the earlier
            i = max(range(len(parts)), key=lambda i: (exact[i] - parts[i], -i))
            parts[i] += 1
        else:  # what the least took is given back by who has most above his share
            i = max((i for i in range(len(parts)) if parts[i] > least), key=lambda i: (parts[i] - exact[i], -i))
            parts[i] -= 1
    return parts


def plan(minutes: int) -> tuple[Slot, ...]:
    """The agenda of a workshop of `minutes`; the slots add up to it exactly.

    Raises:
        SettingError: If it is shorter than half an hour or longer than eight hours.
    """
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise SettingError(
            say(
                f"时长（--minutes）是 {minutes}，应为 {LEAST_MINUTES} 到 {MOST_MINUTES}",
                f"--minutes is {minutes}; wanted {LEAST_MINUTES} to {MOST_MINUTES}",
            )
        )
    rest = _BREAK_MINUTES if minutes >= BREAK_FROM else 0
    # whole five minutes where they fit, since nobody runs a room by the minute
    unit = 5 if (minutes - rest) % 5 == 0 and minutes >= 60 else 1
    parts = allot((minutes - rest) // unit, list(_WEIGHTS.values()))
    slots = [Slot(name, unit * part) for name, part in zip(_WEIGHTS, parts, strict=True)]
    if rest:
        slots.insert(3, Slot("break", rest))
    return tuple(slots)


def fitting(minutes: int) -> int:
    """How many exercises fit into so many minutes."""
    return max(1, minutes // LEAST_EXERCISE)


def spread(minutes: int, wishes: Sequence[int]) -> list[int]:
    """The exercises' minutes by what each wishes; they add up to `minutes`."""
    return allot(minutes, wishes, least=min(LEAST_EXERCISE, minutes // len(wishes))) if wishes else []
