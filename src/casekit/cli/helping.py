"""How what is installed looks in a terminal, and the script for completion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench.doctor import Sign

__all__ = ["SCREENS"]


def _signs(bench: Any, asked: Asked, signs: list[Sign]) -> None:
    from casekit.cli.screen import table

    topics = {
        "program": say("程序", "program"),
        "engine": say("引擎", "engine"),
        "model": say("模型", "model"),
        "extra": say("附加", "extra"),
        "machine": say("机器", "machine"),
        "workspace": say("工作区", "workspace"),
    }
    states = {"ok": say("好", "ok"), "missing": say("没有", "missing"), "broken": say("坏了", "broken")}
    head = [
        say("种类", "topic"),
        say("名称", "name"),
        say("状况", "state"),
        say("详情", "found"),
        say("补法", "remedy"),
    ]
    table(head, [[topics[one.topic], one.name, states[one.state], one.found, one.remedy] for one in signs])


def _tell_of_signs(bench: Any, asked: Asked, signs: list[Sign]) -> None:
    broken = [one.name for one in signs if one.state == "broken"]
    if broken:
        names = say("、", ", ").join(broken)
        tell(say(f"缺了离不开的：{names}", f"casekit cannot do without: {names}"))


def _script(bench: Any, asked: Asked, made: str) -> None:
    print(made, end="")


SCREENS = {"doctor": Screen(_signs, _tell_of_signs), "completion": Screen(_script)}
