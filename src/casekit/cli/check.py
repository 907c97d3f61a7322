"""How checked drafts look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.verbs.results import Checked
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


def _show(bench: Workbench, asked: Asked, found: list[Checked]) -> None:
    from casekit.check import summary_lines

    for one in found:
        for line in summary_lines(one.draft, one.findings, all_findings=one.everything, strict=one.strict):
            print(line)


def _tell(bench: Workbench, asked: Asked, found: list[Checked]) -> None:
    for one in found:
        if one.sealed is not None:
            tell(
                say(f"{one.draft.name}：{one.sealed} 处标注写上了指纹", f"{one.draft.name}: {one.sealed} marks sealed")
            )
        if one.report is not None:
            tell(say(f"报告已写入 {one.report}", f"the report is in {one.report}"))
        if one.comments is not None:
            path, n = one.comments
            tell(say(f"{n} 条批注已写入 {path}", f"{n} comments are in {path}"))


SCREENS = {"check": Screen(_show, _tell)}
