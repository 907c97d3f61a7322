"""How workshops look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


def _new(bench: Workbench, asked: Asked, made: Any) -> None:
    n = len(made.made.exercises)
    for warning in made.warnings:
        tell(warning)
    print(
        say(
            f"母版在 {made.path}：{n} 个练习；改好以后运行 casekit workshop build {made.path}",
            f"master in {made.path}: {n} exercises; edit it, then casekit workshop build {made.path}",
        )
    )


def _built(bench: None, asked: Asked, built: Any) -> None:
    for warning in built.warnings:
        tell(warning)
    for name in built.files:
        print(built.folder / name)


def _checked(bench: Workbench, asked: Asked, checked: Any) -> None:
    signs = {"ok": "✓", "note": "·", "wrong": "✗"}
    for one in checked.findings:
        print(f"{signs[one.level]} {one.message}")
    for leak in checked.leaks:
        print(f"✗ {say('泄题：', 'leak: ')}{leak}")
    verdict = say("有问题，见 ✗", "something is wrong, see ✗") if checked.wrong else say("可以用", "ready to use")
    print(say(f"{verdict}（{checked.seconds:.1f} 秒）", f"{verdict} ({checked.seconds:.1f} s)"))


SCREENS = {"workshop new": Screen(_new), "workshop build": Screen(_built), "workshop check": Screen(_checked)}
