"""How an answer that a model wrote looks in a terminal: the sentences that hold, where they are from, and what was struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casekit.cli.running import tell
from casekit.cli.terminal import one_line
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench
    from casekit.workbench.written import Written

__all__ = ["show_written"]


def show_written(bench: Workbench, found: Written) -> None:
    """The sentences with their addresses, their references, and why others were struck; never what these said."""
    from casekit.workbench.knowledge.voices import value_told

    if found.declined:
        print(say("模型说这些段落答不了这个问题", "the model says that the passages do not answer"))
    elif not found.sentences:
        print(say("没有一句立得住", "not one sentence holds"))
    for one in found.sentences:
        print(f"{one_line(one.text)}  [{one.evidence}]")
        for fact in one.facts:
            if fact.kind != "date":
                print(f"    {one_line(value_told(fact))}")
    sources = dict.fromkeys(one.evidence.source for one in found.sentences)
    if sources:
        print()
    for source in sources:
        print(f"[{source}] {bench.reference(source)}" if source in bench.catalogue else f"[{source}]")
    for gone in found.struck:
        tell(say(f"删去第 {gone.number} 句：{gone.reason}", f"sentence {gone.number} struck: {gone.reason}"))
    written, struck = len(found.sentences), len(found.struck)
    model = one_line(found.model)
    tell(
        say(
            f"模型 {model} 写了 {written + struck} 句：立得住 {written} 句，删去 {struck} 句",
            f"{model} wrote {written + struck} sentences: {written} hold, {struck} struck",
        )
    )
