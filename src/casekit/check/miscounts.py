"""A figure of a draft that its own sentence counts otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from casekit.language import say
from casekit.types import Fact

__all__ = ["Miscount", "told_otherwise"]


@dataclass(frozen=True, slots=True)
class Miscount:
    """A figure and what its sentence makes of it: `difference` as [counted→told]."""

    fact: Fact
    difference: str
    message: str


def told_otherwise(fact: Fact, reckoned: str, shown: str) -> Miscount:
    """The miscount of a figure where `reckoned` (12家＋8家) comes to `shown`."""
    return Miscount(
        fact,
        f"[{shown}→{fact.text}]",
        say(f"{reckoned}是{shown}，稿中是“{fact.text}”", f"{reckoned} is {shown}, the draft has “{fact.text}”"),
    )
