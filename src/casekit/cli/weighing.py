"""How a board of figures looks in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casekit.cli.running import Screen
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.verbs.results import Briefed
    from casekit.workbench import Workbench
    from casekit.workbench.knowledge.board import Board

__all__ = ["SCREENS"]


def _board(bench: Workbench, asked: Asked, board: Board) -> None:
    from casekit.claims import FOOTINGS, footing_label
    from casekit.search import refusal_told
    from casekit.workbench.knowledge.told import (
        bond_how_told,
        bond_told,
        figure_told,
        how_told,
        originals_told,
        whose_told,
    )

    if not board.answerable:
        print(refusal_told(board.grounds))
    for footing in FOOTINGS:
        claims = board.on(footing)
        bonds = board.bonds_on(footing)
        print(f"\n■ {footing_label(footing)}  ({len(claims) + len(bonds)})")
        for one in claims:
            when = one.fact.period or one.fact.date_iso or ""
            told = [figure_told(one.fact), whose_told(one.fact), when, how_told(one), originals_told(one)]
            print("  " + say("　", "  ").join(part for part in told if part))
            print(f"      {' '.join(one.quote.split())}  [{one.sentence}]")
        for bond in bonds:
            print("  " + say("　", "  ").join((bond_told(bond), bond_how_told(bond), originals_told(bond))))
            print(f"      {' '.join(bond.quote.split())}  [{bond.sentence}]")


def _brief(bench: Workbench, asked: Asked, done: Briefed) -> None:
    if done.text:
        print(done.text, end="")
    else:
        print(say(f"写好了：{done.path}", f"written: {done.path}"))


def _tell_of_brief(bench: Workbench, asked: Asked, done: Briefed) -> None:
    from casekit.cli.running import tell

    made = done.brief
    wrong = sum(one.wrong for one in made.findings)
    tell(
        say(
            f"自查：{len(made.findings)} 处引文和数字，{wrong} 处有问题；{len(made.withheld)} 处只给位置",
            f"checked: quotations and figures {len(made.findings)}, wrong {wrong}; told by address alone {len(made.withheld)}",
        )
    )


SCREENS = {"board": Screen(_board), "brief": Screen(_brief, _tell_of_brief)}
