"""A figure of a draft that its own sentence counts: otherwise, or just so."""

from __future__ import annotations

from dataclasses import dataclass

from casekit.language import say
from casekit.types import Fact

__all__ = ["Miscount", "told_otherwise"]


@dataclass(frozen=True, slots=True)
class Miscount:
    """A figure and what its sentence makes of it: `difference` as [counted→told], "" where both are one."""

    fact: Fact
    difference: str = ""
    message: str = ""

    @property
    def right(self) -> bool:
        """Whether the sentence counts as it says."""
        return not self.difference


def told_otherwise(fact: Fact, reckoned: str, shown: str) -> Miscount:
    """The miscount of a figure where `reckoned` (12家＋8家) comes to `shown`."""
    return Miscount(
        fact,
        f"[{shown}→{fact.text}]",
        say(f"{reckoned}是{shown}，稿中是“{fact.text}”", f"{reckoned} is {shown}, the draft has “{fact.text}”"),
    )
