"""The agenda: minutes that add up, and how many exercises fit into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casekit.errors import SettingError
from casekit.language import say

__all__ = ["BREAK_FROM", "Slot", "allot", "fitting", "plan", "settled", "spread"]

LEAST_MINUTES, MOST_MINUTES = 30, 480
# Ninety minutes without a pause is what most adults bear; from two and a half hours on one is needed.
BREAK_FROM: Final = 150
# Shares of the time, a choice: a third for exercises, as much for the case (A, the decision, B), the rest for talk.
_WEIGHTS: Final = {
    "opening": 4, "reading": 10, "decision": 9, "outcome": 8, "exercises": 36, "discussion": 17, "board": 8, "debrief": 8,
}  # fmt: skip
_BREAK_MINUTES: Final = 10
_UNIT: Final = 5


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
            "reading": say("读 A：当时的情况", "Reading A: the situation"),
            "decision": say("您会怎么做：写下决定，两人一组说", "What would you do: write it down, tell it in pairs"),
            "outcome": say("读 B：做了什么，结果怎样", "Reading B: what was done, what followed"),
            "discussion": say("讨论：为什么，什么可以信", "Discussion: why, and what to rely on"),
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
        slots.insert(4, Slot("break", rest))
    return tuple(slots)


def fitting(minutes: int, needs: Sequence[int]) -> list[int]:
    """Which of the exercises, taken in turn, there is time for; the first always.

    Args:
        minutes: The time for exercises.
        needs: What each needs at least.
    """
    chosen: list[int] = []
    left = minutes
    for i, need in enumerate(needs):
        if need <= left or not chosen:
            chosen.append(i)
            left -= need
    return chosen


def spread(minutes: int, needs: Sequence[int]) -> list[int]:
    """The exercises' minutes: what each needs and a share of the rest; they add up to `minutes`."""
    if not needs:
        return []
    left = minutes - sum(needs)
    if left < 0:  # only one, and that one is longer than there is time
        return allot(minutes, list(needs))
    return [need + more for need, more in zip(needs, allot(left, list(needs), least=0), strict=True)]


def settled(slots: Sequence[Slot], needs: Sequence[int], reading: Mapping[str, int] | None = None) -> tuple[Slot, ...]:
    """The agenda once the rest is known: what exercises and reading do not need (with half as much again) goes to the discussion.

    Args:
        slots: The agenda.
        needs: The minutes of the exercises.
        reading: The minutes that slots of reading take; of A nobody reads less than five, since evidence is looked at, too.
    """
    have = {slot.name: slot.minutes for slot in slots}
    spare = {name: have[name] - max(_ample(need), _UNIT) for name, need in (reading or {}).items() if name in have}
    spare["exercises"] = have["exercises"] - max(_ample(sum(needs)), 1)
    give = {name: -max(0, minutes) for name, minutes in spare.items()}
    give["discussion"] = -sum(give.values())
    return tuple(Slot(slot.name, slot.minutes + give.get(slot.name, 0)) for slot in slots)


def _ample(minutes: int) -> int:
    """Half as much again, in whole fives."""
    return -(-minutes * 3 // 10) * _UNIT
