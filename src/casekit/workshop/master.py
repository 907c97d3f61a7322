"""The master notebook: everything a workshop needs in one file that a trainer edits."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from casekit.errors import SettingError
from casekit.language import current, say
from casekit.workshop.agenda import Slot, fitting, plan, settled, spread
from casekit.workshop.cells import Cells
from casekit.workshop.exercises import MAKERS
from casekit.workshop.markup import clean
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.notebook import Notebook
from casekit.workshop.questions import decisions_of, rounds_of
from casekit.workshop.reading import add_decision, add_outcome, add_references, add_situation
from casekit.workshop.sections import (
    add_board,
    add_closing,
    add_exercises,
    add_likely,
    add_opening,
    add_round,
    reading_minutes,
)
from casekit.workshop.tasks import KINDS, Kind, Task, Why, kind_name

__all__ = ["Made", "Plan", "make_master"]

# Which kinds go first where time is short; the others follow as it allows.
_FIRST: tuple[Kind, ...] = ("contradiction", "figures", "growth", "argue", "match", "order", "grid")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a trainer asks for.

    `level` is 1 to 3, `minutes` the whole workshop, `kinds` the exercises that may be in it; the same seed, material and plan give the same notebook.
    """

    minutes: int = 120
    audience: str = ""
    seed: int = 1
    level: int = 2
    kinds: tuple[Kind, ...] = KINDS


@dataclass(frozen=True, slots=True)
class Made:
    """A master notebook, its agenda, the exercises in it (id, kind, minutes), and why others could not be made."""

    notebook: Notebook
    slots: tuple[Slot, ...]
    exercises: tuple[tuple[str, Kind, int], ...]
    left_out: tuple[Why, ...]


def make_master(material: Material, wanted: Plan) -> Made:
    """The master notebook of these cases.

    Raises:
        SettingError: If the plan is out of range, or no case or no exercise can be made of the material.
    """
    if wanted.level not in (1, 2, 3):
        raise SettingError(
            say(f"--level 是 {wanted.level}，应为 1、2 或 3", f"--level is {wanted.level}; wanted 1, 2 or 3")
        )
    unknown = [kind for kind in wanted.kinds if kind not in KINDS]
    if unknown or not wanted.kinds:
        told = ", ".join(unknown) or "-"
        raise SettingError(
            say(f"没有练习 {told}；可选：{', '.join(KINDS)}", f"no exercise {told}; there are: {', '.join(KINDS)}")
        )
    if not material.cards:
        raise SettingError(say("没有案例", "no cases"))
    slots = plan(wanted.minutes)
    audience = clean(wanted.audience) or say("门店与业务管理者", "store and business managers")
    pack = Pack(material)
    for section in ("background", "challenge", "actions", "results"):
        for card, field, one in material.statements(section):
            pack.refs(card, field, one.evidence)
    tasks, left_out = _tasks(material, pack, wanted, _minutes(slots, "exercises"))
    slots = settled(slots, [task.minutes for task in tasks], reading_minutes(material))
    times = spread(_minutes(slots, "exercises"), [task.minutes for task in tasks])
    chosen = [(f"q{i}", task, time) for i, (task, time) in enumerate(zip(tasks, times, strict=True), 1)]
    talk = _minutes(slots, "discussion") + _minutes(slots, "board")
    cells = Cells()
    add_opening(cells, material, wanted.minutes, wanted.level, slots, audience, [task.kind for task in tasks])
    add_situation(cells, material, pack)
    add_decision(cells, material)
    add_likely(cells, decisions_of(material, pack))
    add_outcome(cells, material, pack)
    add_exercises(cells, chosen)
    for asked in rounds_of(material, pack, minutes=talk, level=wanted.level):
        add_round(cells, asked)
    add_board(cells, material, pack, slots)
    add_closing(cells, material, audience)
    add_references(cells, pack)
    return Made(
        Notebook(tuple(cells.made), _info(material, wanted, audience)),
        slots,
        tuple((name, task.kind, minutes) for name, task, minutes in chosen),
        left_out,
    )


def _minutes(slots: Sequence[Slot], name: str) -> int:
    return next(slot.minutes for slot in slots if slot.name == name)


def _quotable(material: Material) -> bool:
    """Whether participants can be shown any sentence at all."""
    return any(one.quote for one in material.shown.values())


def _without_words(kind: Kind) -> Why:
    return Why(
        kind,
        say(
            "这些案例的原文不在这个工作区，学员读不到依据；casekit add 原文以后可得",
            "the originals are not in this workspace, so participants could not read what decides; casekit add them to get it",
        ),
    )


def _tasks(material: Material, pack: Pack, wanted: Plan, minutes: int) -> tuple[list[Task], tuple[Why, ...]]:
    """The exercises that the evidence carries and the time allows, in their order, and why the others are left out."""
    made: dict[Kind, Task] = {}
    left_out: list[Why] = []
    for kind in [one for one in _FIRST if one in wanted.kinds]:
        # each kind has numbers of its own, so that one more card does not change all other exercises
        result = MAKERS[kind](material, pack, random.Random(f"{wanted.seed}/{kind}"), wanted.level)
        if isinstance(result, Why):
            left_out.append(result if _quotable(material) or kind in ("argue", "grid") else _without_words(kind))
        else:
            made[kind] = result
    if not made:
        raise SettingError(
            say(
                "这些案例做不出练习：" + "；".join(f"{kind_name(one.kind)}：{one.reason}" for one in left_out),
                "no exercise can be made of these cases: "
                + "; ".join(f"{kind_name(one.kind)}: {one.reason}" for one in left_out),
            )
        )
    kinds = list(made)
    fits = {kinds[i] for i in fitting(minutes, [task.minutes for task in made.values()])}
    for kind in kinds:
        if kind not in fits:
            need = made[kind].minutes
            told = say(f"要 {need} 分钟，时间不够；加长总时长可得", f"it takes {need} minutes: ask for more")
            left_out.append(Why(kind, told, time=True))
    return [made[kind] for kind in MAKERS if kind in fits], tuple(left_out)


def _info(material: Material, wanted: Plan, audience: str) -> dict[str, object]:
    about = [
        *(card.id for card in material.cards),
        material.framework[0].id if material.framework else "",
        *map(str, (wanted.minutes, wanted.seed, wanted.level)),
    ]
    # tells workshops apart, so that equal answers have other digests; it is public and tells nothing
    salt = hashlib.sha256("/".join(["workshop", *about]).encode("utf-8")).hexdigest()[:32]
    return {
        "edition": "master",
        "version": 2,
        "language": current(),
        "cases": [card.id for card in material.cards],
        "names": [case_name(card) for card in material.cards],
        "framework": material.framework[0].id if material.framework else None,
        "minutes": wanted.minutes,
        "audience": audience,
        "level": wanted.level,
        "seed": wanted.seed,
        "salt": salt,
    }
