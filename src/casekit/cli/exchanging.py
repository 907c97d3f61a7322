"""How an exchange with another program is told in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench
    from casekit.workbench.outside.report import Exchanged

__all__ = ["EXCHANGED", "SCREENS"]


def _exchanged(bench: Workbench, asked: Asked, made: Exchanged) -> None:
    n, same = len(made.done), len(made.unchanged)
    more = say(f"，不变 {same}", f", {same} unchanged") if same else ""
    print(f"{made.where}  " + say(f"{n} 项", f"{n} done") + more)


def _tell_of_rest(bench: Workbench, asked: Asked, made: Exchanged) -> None:
    for name in made.kept:
        tell(say(f"{name} 有人改过，没有动", f"{name} was changed by somebody and is left alone"))
    for name, reason in made.refused:
        tell(f"{name}: {reason}")


def _pulled(bench: Workbench, asked: Asked, made: Exchanged) -> None:
    _exchanged(bench, asked, made)
    if made.done:
        print(say("下一步：casekit build", "next: casekit build"))


_NAMES = ("tables", "vault", "annotations export", "annotations import", "zotero push")
EXCHANGED = Screen(_exchanged, _tell_of_rest)
SCREENS = {
    **dict.fromkeys(_NAMES, EXCHANGED),
    "zotero pull": Screen(_pulled, _tell_of_rest),
}
