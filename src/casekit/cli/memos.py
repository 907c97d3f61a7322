"""How memos look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.cli.relation import flat
from casekit.cli.running import Screen, tell
from casekit.cli.terminal import one_line
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


def _one(bench: Workbench, asked: Asked, memo: Any) -> None:
    tags = "".join(f" #{tag}" for tag in memo.tags)
    print(one_line(f"{memo.id}  [{memo.about}]{tags}"))
    print(one_line(f"    {flat(memo.text)}"))


def _listed(bench: Workbench, asked: Asked, memos: Any) -> None:
    for memo in memos:
        _one(bench, asked, memo)


def _tell_of_listed(bench: Workbench, asked: Asked, memos: Any) -> None:
    tell(say(f"共 {len(memos)} 条", f"{len(memos)} in all"))


def _linked(bench: Workbench, asked: Asked, found: Any) -> None:
    _listed(bench, asked, found.memos)
    for one in found.links:
        told = one.to or say("（没有叫这个的）", "(nothing is called so)")
        print(one_line(f"  → [[{one.written}]]  {told}"))
    for one in found.backlinks:
        print(one_line(f"  ← {one.about}  {one.by}"))


def _tell_of_linked(bench: Workbench, asked: Asked, found: Any) -> None:
    n, out, back = len(found.memos), len(found.links), len(found.backlinks)
    tell(
        say(
            f"{found.about}：备忘 {n} 条，链出 {out} 处，反向链接 {back} 处",
            f"{found.about}: {n} memos, {out} links, {back} back-links",
        )
    )


def _undone(bench: Workbench, asked: Asked, told: str) -> None:
    print(one_line(say(f"已收回：{told}", f"taken back: {told}")))


SCREENS = {
    "memo undo": Screen(_undone),
    "memo list": Screen(_listed, _tell_of_listed),
    "memo links": Screen(_linked, _tell_of_linked),
    **{f"memo {name}": Screen(_one) for name in ("add", "edit", "remove")},
}
