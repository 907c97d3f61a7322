"""Retellings beside the originals that they rest on: each sentence, its evidence, what does not agree."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from casekit.jupyter.kernel.display.parts import address, badge, head, note, paragraphs
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench.knowledge.resting import Linked, LinkedSentence

__all__ = ["linked", "linked_sentence"]

_BADGES: Final = {
    "differs": ("与出处不符", "differs from its evidence", "bad"),
    "lost": ("出处找不到", "evidence lost", "bad"),
    "not-imported": ("原文未导入", "original not imported", "info"),
    "none": ("没有出处", "no evidence", "warn"),
}


def linked(one: Linked) -> str:
    """A retelling sentence by sentence."""
    holding = sum(sentence.status == "holds" for sentence in one.sentences)
    told = say(f"{len(one.sentences)} 句，{holding} 句相符", f"{len(one.sentences)} sentences, {holding} hold")
    return head(one.source, f"<small>{told}</small>") + "".join(map(linked_sentence, one.sentences))


def linked_sentence(one: LinkedSentence) -> str:
    """A sentence, and below it the original sentences it rests on."""
    sign = ""
    if one.status in _BADGES:
        zh, en, look = _BADGES[one.status]
        sign = badge(say(zh, en), look)
    place = address(one.address.source, one.address.start, one.address.end)
    rows = []
    for verdict in one.evidence:
        at = verdict.found or verdict.evidence.address
        rows.append(
            f"<blockquote>{paragraphs(verdict.quote or verdict.message)} {address(at.source, at.start, at.end)}</blockquote>"
        )
    told = "".join(note(escape(problem.message())) for problem in one.problems)
    return f'<div class="ck-hit"><p>{escape(one.text)} {place} {sign}</p>{"".join(rows)}{told}</div>'
