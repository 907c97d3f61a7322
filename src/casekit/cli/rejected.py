"""How rejected figures and relations look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["RELATION_SCREENS", "SCREENS"]


def _line(one: Any) -> str:
    place = Address.of(one.evidence.source, one.span)
    note = f"  # {one.note}" if one.note else ""
    if one.kind == "fact":
        return f"{place}  {one.text}" + (f"（{one.subject}）" if one.subject else "") + note
    return f"{place}  {one.subject} {one.relation} {one.object or one.text}{note}"


def _shown(bench: Workbench, asked: Asked, found: Any) -> None:
    for one in found:
        print(_line(one))


def _telling(verb: str) -> Any:
    def told(bench: Workbench, asked: Asked, found: Any) -> None:
        tell(
            say(
                f"否决 {len(found)} 处：即刻起各处都不再算数，以后构建也是；收回用 casekit {verb} undo",
                f"rejected: {len(found)}, from now on and after every build; casekit {verb} undo takes it back",
            )
        )

    return told


def _back(bench: Workbench, asked: Asked, found: Any) -> None:
    tell(say(f"收回 {len(found)} 处否决", f"rejections taken back: {len(found)}"))


def _listed(bench: Workbench, asked: Asked, found: Any) -> None:
    for one, verdict in found:
        mark = "✓" if verdict.status == "ok" else "→" if verdict.found else "✗"
        print(f"{mark} {_line(one)}" + ("" if verdict.status == "ok" else f"  {verdict.message}"))
    tell(say(f"共 {len(found)} 处", f"{len(found)} in all"))


def _screens(verb: str) -> dict[str, Screen]:
    return {
        f"{verb} reject": Screen(_shown, _telling(verb)),
        f"{verb} undo": Screen(_shown, _back),
        f"{verb} rejected": Screen(_listed),
    }


SCREENS = _screens("fact")
RELATION_SCREENS = _screens("relation")
