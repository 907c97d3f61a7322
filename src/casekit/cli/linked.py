"""How retellings look beside the originals that they rest on, in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench.knowledge.resting import Linked, LinkedSentence, LinkedStatus

__all__ = ["show_checked", "show_linked"]

_STATUSES: Mapping[LinkedStatus, tuple[str, str]] = {
    "holds": ("相符", "holds"),
    "differs": ("与出处不符", "differs from its evidence"),
    "lost": ("出处找不到", "evidence lost"),
    "not-imported": ("原文未导入", "original not imported"),
    "none": ("没有出处", "no evidence"),
}


def show_linked(found: Linked) -> None:
    """Each sentence, and below it the original sentences it rests on with their addresses."""
    for sentence in found.sentences:
        print(f"{sentence.address}  {sentence.text}")
        for verdict in sentence.evidence:
            place = verdict.found or verdict.evidence.address
            print(f"    ← {place}  {' '.join((verdict.quote or verdict.message).split())}")
        if not sentence.evidence:
            print("    " + say(*_STATUSES["none"]))
        _tell_problems(sentence)
        print()


def show_checked(found: Sequence[Linked]) -> None:
    """One line a retelling, and below it the sentences that do not hold."""
    for one in found:
        counts = Counter(sentence.status for sentence in one.sentences)
        told = say("，", ", ").join(f"{say(*_STATUSES[name])} {counts[name]}" for name in _STATUSES if counts[name])
        print(f"{one.source}  {told}")
        for sentence in one.sentences:
            if sentence.status in ("none", "lost", "differs"):
                print(f"  {say(*_STATUSES[sentence.status])}  {sentence.address}  {sentence.text}")
                _tell_problems(sentence)
    if not found:
        print(say("这里没有转述", "there is no retelling here"))


def _tell_problems(sentence: LinkedSentence) -> None:
    for problem in sentence.problems:
        print(f"    ✗ {problem.message()}")
