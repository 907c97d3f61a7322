"""How rejected figures and relations, and subjects given to figures, look in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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


def _listed(bench: Workbench, asked: Asked, found: Any, line: Callable[[Any], str] = _line) -> None:
    for one, verdict in found:
        mark = "✓" if verdict.status == "ok" else "→" if verdict.found else "✗"
        print(f"{mark} {line(one)}" + ("" if verdict.status == "ok" else f"  {verdict.message}"))
    tell(say(f"共 {len(found)} 处", f"{len(found)} in all"))


def _screens(verb: str) -> dict[str, Screen]:
    return {
        f"{verb} reject": Screen(_shown, _telling(verb)),
        f"{verb} undo": Screen(_shown, _back),
        f"{verb} rejected": Screen(_listed),
    }


def _given_line(one: Any) -> str:
    note = f"  # {one.note}" if one.note else ""
    return f"{Address.of(one.evidence.source, one.span)}  {one.text}（{one.subject}）{note}"


def _open(bench: Workbench, asked: Asked, rows: Any) -> None:
    for row in rows:
        near = say("、", ", ").join(row["near"])
        print(f"{Address.of_json(row)}  {row['left']}【{row['text']}】{row['right']}" + (f"  ({near})" if near else ""))
    tell(
        say(
            f"列出 {len(rows)} 个；括号里是前文的名称。知道是谁的：casekit fact assign 地址… --subject 名称；不是数字：casekit fact reject",
            f"listed: {len(rows)}; in brackets names that stand before. Where you know whose: casekit fact assign ADDRESS… "
            "--subject NAME; where it is no figure: casekit fact reject",
        )
    )


def _given(bench: Workbench, asked: Asked, found: Any) -> None:
    for one in found:
        print(_given_line(one))


def _assigned(bench: Workbench, asked: Asked, found: Any) -> None:
    tell(
        say(
            f"指定 {len(found)} 处：即刻起算数，以后构建也是；收回用 casekit fact unassign",
            f"given: {len(found)}, from now on and after every build; casekit fact unassign takes it back",
        )
    )


def _unassigned(bench: Workbench, asked: Asked, found: Any) -> None:
    tell(say(f"收回 {len(found)} 处", f"taken back: {len(found)}"))


SCREENS = _screens("fact") | {
    "fact open": Screen(_open),
    "fact assign": Screen(_given, _assigned),
    "fact unassign": Screen(_given, _unassigned),
    "fact assigned": Screen(partial(_listed, line=_given_line)),
}
RELATION_SCREENS = _screens("relation")
