"""Verbs about the program itself: what is installed and what is missing, and completion for shells."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.shared import LOOKS
from casekit.verbs.telling import Act, Argument, never, single

if TYPE_CHECKING:
    from casekit.errors import CasekitError
    from casekit.workbench import Workbench
    from casekit.workbench.doctor import Sign

__all__ = ["VERBS"]


# ---- doctor ---------------------------------------------------------------------------------------------------------
def _signs(bench: Workbench, asked: Asked) -> list[Sign]:
    from casekit.workbench.doctor import examine

    return examine(bench.held)


def _signs_without(folder: str | None, error: CasekitError, asked: Asked) -> list[Sign]:
    from casekit.workbench.doctor import examine

    return examine(None, error)


_DOCTOR: Final = Act(
    do=_signs,
    damaged=_signs_without,
    json=lambda bench, asked, signs: [asdict(one) for one in signs],
    zh="装了什么，缺什么，怎么补",
    en="what is installed, what is missing, and the line that mends it",
    example="doctor",
    shape='[{"topic","name","state","found","remedy"}]',
    code=lambda signs: int(any(one.state == "broken" for one in signs)),
    wrong=("有离不开的东西没装好", "something that casekit cannot do without is missing"),
    tool=LOOKS,
)


# ---- completion -----------------------------------------------------------------------------------------------------
def _shells() -> tuple[str, ...]:
    from casekit.verbs.completion import SHELLS

    return SHELLS


def _script(bench: None, asked: Asked) -> str:
    from casekit.verbs.completion import script

    verbs = import_module("casekit.verbs").VERBS  # by name: this room is one of those that make the list
    return script(asked["shell"], verbs)


def _script_json(bench: Any, asked: Asked, made: str) -> dict[str, str]:
    return {"shell": asked["shell"], "script": made}


_COMPLETION: Final = Act(
    do=_script,
    json=_script_json,
    zh="在终端里按 Tab 补全（bash、zsh、fish）",
    en="completion by Tab for bash, zsh and fish",
    example="completion bash",
    shape='{"shell","script"}',
    arguments=(Argument("shell", "choice", "哪种终端", "which shell", "SHELL", choices=_shells),),
    opens=never,
    tool=LOOKS,
)

VERBS: Final = (single("doctor", "care", _DOCTOR), single("completion", "care", _COMPLETION))
