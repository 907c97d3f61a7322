"""How case cards look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.verbs.results import Card, Drafted
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


def _list(bench: Workbench, asked: Asked, cards: Any) -> None:
    from casekit.cli.screen import table

    table(
        [say("编号", "id"), say("名称", "name"), say("类别", "kind"), say("概括", "summary")],
        [[c.id, say(c.name.zh_hans, c.name.en), c.kind, say(c.summary_zh or "", c.summary_en or "")] for c in cards],
    )


def _show(bench: Workbench, asked: Asked, card: Card) -> None:
    print(card.markdown)


def _new(bench: Workbench, asked: Asked, made: Drafted) -> None:
    print(
        say(
            f"草稿在 {made.path}；改写之后用 casekit case check 核对",
            f"draft in {made.path}; edit it, then casekit case check",
        )
    )


def _check(bench: Workbench, asked: Asked, verdicts: Any) -> None:
    from casekit.verbs.cases import WRONG

    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.status] = counts.get(verdict.status, 0) + 1
        if verdict.status in WRONG:
            print(f"✗ {verdict.card} {verdict.field}: {verdict.message}")
    print(say("证据：", "evidence: ") + "  ".join(f"{status} {n}" for status, n in sorted(counts.items())))
    if counts.get("not-imported"):
        tell(
            say(
                "有的原文没有导入；加入自己的副本后再核对（见 corpus/README.md）",
                "some originals are not imported; add your own copies and check again (see corpus/README.md)",
            )
        )


def _english(bench: Workbench, asked: Asked, found: Any) -> None:
    for one in found:
        print(f"{one.field}{say('：', ': ')}{one.message}{say('：', ': ')}{one.text}")
    if not found:
        print(say("英文齐全，数字一致", "the English is complete, its figures agree"))
    elif asked["write"]:
        print(say("空行已放进卡片，填好再运行一次", "blank lines are in the card: fill them in, then run this again"))
    else:
        print(
            say(
                f"{len(found)} 处；加 --write 在卡片里放好空行",
                f"{len(found)} fields; --write puts blank lines into the card",
            )
        )


def _exported(bench: Workbench, asked: Asked, made: Any) -> None:
    for one in made.flaws:
        print(f"✗ {one.where}{say('：', ': ')}{one.message}")
    print(say(f"写到 {made.path}：{len(made.flaws)} 处要补要改", f"{made.path}: {len(made.flaws)} things to mend"))


def _matrix(bench: Workbench, asked: Asked, matrix: Any) -> None:
    print(matrix.to_markdown())


def _similar(bench: Workbench, asked: Asked, found: Any) -> None:
    for s in found:
        print(f"{s.score:.3f}  {say(s.case.name.zh_hans, s.case.name.en)}  {s.why()}")
    if not found:
        print(say("没有相近的案例；可描述行业、工具、打法", "no comparable case; describe industry, tools, tactics"))


SCREENS = {
    "case list": Screen(_list),
    "case show": Screen(_show),
    "case new": Screen(_new),
    "case check": Screen(_check),
    "case english": Screen(_english),
    "case export": Screen(_exported),
    "case compare": Screen(_matrix),
    "case lens": Screen(_matrix),
    "case similar": Screen(_similar),
}
