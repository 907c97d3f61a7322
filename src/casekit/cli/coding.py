"""How codes look in a terminal: the codebook, coded passages, matrices, agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.exchanging import EXCHANGED
from casekit.cli.relation import flat
from casekit.cli.running import Screen, tell
from casekit.cli.screen import table
from casekit.cli.terminal import one_line
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]

_STATES = {"moved": ("已随新版本移动", "moved with the text"), "lost": ("原文里找不到了", "its words are gone")}


def _problems(bench: Workbench) -> None:
    for line in bench.codes.problems():
        tell(line)


def _codebook(bench: Workbench, asked: Asked, found: Any) -> None:
    for one in found:
        told = say(f"{one.codings} 处", f"{one.codings} passages")
        print(one_line(f"{'  ' * one.depth}{one.code.name}  ({told})"))
        if one.code.definition:
            print(one_line(f"{'  ' * one.depth}    {flat(one.code.definition)}"))


def _tell_of_codebook(bench: Workbench, asked: Asked, found: Any) -> None:
    _problems(bench)
    tell(say(f"共 {len(found)} 个编码", f"{len(found)} codes"))
    if not found:
        tell(say("加一个：casekit code add 名称", "add one: casekit code add NAME"))


def _changed(bench: Workbench, asked: Asked, made: Any) -> None:
    print(one_line(f"{made.id}  {bench.codes.tree.path(made.id)}"))


def _line(one: Any) -> str:
    marks = [one.coder, say(*_STATES[one.state]) if one.state in _STATES else ""]
    told = say("，", ", ").join(mark for mark in marks if mark)
    return one_line(f"{one.address}  [{one.path}]" + (say(f"（{told}）", f" ({told})") if told else ""))


def _applied(bench: Workbench, asked: Asked, one: Any) -> None:
    print(_line(one))
    print(one_line(f"    “{flat(one.quote)}”"))


def _retrieved(bench: Workbench, asked: Asked, found: Any) -> None:
    for one in found:
        _applied(bench, asked, one)
        if one.coding.memo:
            print(one_line("    " + say(f"备忘：{flat(one.coding.memo)}", f"memo: {flat(one.coding.memo)}")))


def _tell_of_retrieved(bench: Workbench, asked: Asked, found: Any) -> None:
    _problems(bench)
    tell(say(f"共 {len(found)} 段", f"{len(found)} passages"))


def _gone(bench: Workbench, asked: Asked, gone: Any) -> None:
    for one in gone:
        print(one_line(str(Address(one.source, one.start, one.end))))


def _tell_of_gone(bench: Workbench, asked: Asked, gone: Any) -> None:
    tell(
        say(
            f"取消 {len(gone)} 处（casekit code undo 可收回）",
            f"{len(gone)} codings taken off (casekit code undo brings them back)",
        )
    )


def _matrix(bench: Workbench, asked: Asked, made: Any) -> None:
    unnamed = say("（未署名）", "(nobody named)")
    head = [say("编码", "code"), *(name or unnamed for name in made.columns), say("共", "total")]
    rows = zip(made.rows, made.counts, made.totals, strict=True)
    table(head, [[code, *(str(n) if n else "" for n in counts), str(total)] for code, counts, total in rows])


def _share(value: float | None, digits: int) -> str:
    return "—" if value is None else f"{value:.{digits}f}"


def _agreement(bench: Workbench, asked: Asked, made: Any) -> None:
    first, second = (name or say("（未署名）", "(nobody named)") for name in made.coders)
    head = [
        say("编码", "code"), say("都编", "both"), say(f"只有{first}", f"{first} only"), say(f"只有{second}", f"{second} only"),
        say("都没编", "neither"), "%", "kappa", "alpha",
    ]  # fmt: skip
    rows = []
    for one in (*made.codes, made.overall):
        counts = [str(n) for n in (one.both, one.first, one.second, one.neither)]
        shares = [_share(one.percent, 1), _share(one.kappa, 3), _share(one.alpha, 3)]
        rows.append([one.code or say("合计", "all"), *counts, *shares])
    table(head, rows)


def _tell_of_agreement(bench: Workbench, asked: Asked, made: Any) -> None:
    unit = {"sentence": say("句", "sentences"), "character": say("字", "characters")}[made.unit]
    listed = say("、", ", ").join(made.sources)
    tell(say(f"比了 {listed} 的 {made.units} {unit}", f"compared over {made.units} {unit} of {listed}"))


def _undone(bench: Workbench, asked: Asked, told: str) -> None:
    print(one_line(say(f"已收回：{told}", f"taken back: {told}")))


SCREENS = {
    "code list": Screen(_codebook, _tell_of_codebook),
    "code retrieve": Screen(_retrieved, _tell_of_retrieved),
    "code apply": Screen(_applied),
    "code uncode": Screen(_gone, _tell_of_gone),
    "code remove": Screen(_gone, _tell_of_gone),
    "code matrix": Screen(_matrix),
    "code agree": Screen(_agreement, _tell_of_agreement),
    "code undo": Screen(_undone),
    **{f"code {name}": EXCHANGED for name in ("export", "import")},
    **{f"code {name}": Screen(_changed) for name in ("add", "edit", "rename", "move", "merge")},
}
