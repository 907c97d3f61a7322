"""How proposals look in a terminal: what is queued, what was refused, what awaits a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.relation import flat
from casekit.cli.running import Screen, tell
from casekit.cli.terminal import one_line
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]

_WORDS_CHARS = 60


def _line(one: Any) -> str:
    place = one.evidence.address
    told = f"{one.number}. [{_kind(one.what)}] {one.told}  {place}  "
    return one_line(told + say(f"（{one.by}）", f"({one.by})"))


def _kind(what: str) -> str:
    told = {
        "name": ("名称", "name"),
        "figure": ("数字", "figure"),
        "relation": ("关系", "relation"),
        "statement": ("卡片", "statement"),
        "code": ("编码", "code"),
    }
    return say(*told[what]) if what in told else what


def _words(words: str) -> str:
    shown = flat(words)
    return one_line("    “" + (shown if len(shown) <= _WORDS_CHARS else shown[: _WORDS_CHARS - 1] + "…") + "”")


def _proposed(bench: Workbench, asked: Asked, made: Any) -> None:
    for one in made.queued:
        print(_line(one))


def _tell_proposed(bench: Workbench, asked: Asked, made: Any) -> None:
    for one in made.refused:
        tell(say(f"第 {one.line} 行没有收：{one.reason}", f"line {one.line} refused: {one.reason}"))
    queued, refused = len(made.queued), len(made.refused)
    tell(
        say(
            f"收下 {queued} 条，等您裁定（casekit proposal list）；没有收 {refused} 条",
            f"{queued} queued for you (casekit proposal list), {refused} refused",
        )
    )


def _one(bench: Workbench, asked: Asked, made: Any) -> None:
    print(_line(made))


def _listed(bench: Workbench, asked: Asked, judged: Any) -> None:
    for one in judged:
        mark = {"waiting": "·", "accepted": "✓", "rejected": "✗"}[one.proposal.state]
        print(f"{mark} {_line(one.proposal)}")
        at = one.verdict.found
        moved = at is not None and at != one.proposal.evidence.address
        if one.verdict.quote:
            print(_words(one.verdict.quote) + (f"  → {Address.of(at.source, at.span)}" if moved else ""))
        else:
            print(f"    {one_line(one.verdict.message)}")
    tell(say(f"共 {len(judged)} 条", f"{len(judged)} in all"))


def _judged(told: tuple[str, str]) -> Screen:
    def show(bench: Workbench, asked: Asked, judged: Any) -> None:
        for one in judged:
            if not one.problem:
                print(_line(one.proposal))

    def tell_of(bench: Workbench, asked: Asked, judged: Any) -> None:
        for one in judged:
            if one.problem:
                number = one.proposal.number
                tell(say(f"第 {number} 号没有动：{one.problem}", f"proposal {number} left alone: {one.problem}"))
        n = sum(not one.problem for one in judged)
        tell(say(f"{told[0]} {n} 条", f"{told[1]}: {n}"))

    return Screen(show, tell_of)


SCREENS = {
    "propose": Screen(_proposed, _tell_proposed),
    "proposal list": Screen(_listed),
    "proposal accept": _judged(("接受", "accepted")),
    "proposal reject": _judged(("否决", "rejected")),
    "proposal undo": _judged(("收回", "taken back")),
    **{f"proposal {what}": Screen(_one) for what in ("name", "figure", "relation", "statement", "code")},
}
