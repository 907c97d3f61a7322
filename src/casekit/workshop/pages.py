"""Handout and teaching note: the notebooks as plain Markdown, for people without a computer at hand."""

from __future__ import annotations

import re

from casekit.language import say
from casekit.workshop.answers import Question
from casekit.workshop.editions import Edition, key_markdown
from casekit.workshop.judging import Checks
from casekit.workshop.keys import read_key
from casekit.workshop.notebook import Cell, Notebook

__all__ = ["handouts", "teaching_note"]

_NOTE_ORDER = (
    "title", "about", "objectives", "preparation", "agenda", "reading", "decision", "outcome", "questions", "likely", "exercise",
    "key", "board", "debrief", "closing", "evidence", "references",
)  # fmt: skip
_FORM = re.compile(r'^(?:exercise|note)\("([qd]\d+)"\)$')
_LINES = 6


def handouts(participant: Edition, checks: Checks) -> tuple[str, str]:
    """What participants read and write on paper: A up to the decision, and B with the exercises, each with its references.

    Args:
        participant: The participants' edition, so that nothing else can get in.
        checks: Its exercises, for the lines to write on.
    """
    halves: tuple[list[str], list[str]] = ([], [])
    second = False
    for cell, part in zip(participant.notebook.cells, participant.parts, strict=True):
        second = second or part == "outcome"
        if cell.kind == "markdown":
            text = _without_pictures(cell.source)
            for half in halves if part == "references" else halves[second : second + 1]:
                half.append(text)
        elif found := _FORM.match(cell.source):
            halves[second].append(_to_write(checks.questions.get(found[1])))
    if halves[1]:
        title = next(
            (cell.source.partition("\n")[0] for cell in participant.notebook.cells if cell.kind == "markdown"), "#"
        )
        halves[1].insert(0, f"{title}{say('（B）', ' (B)')}")
        halves[0][0] = halves[0][0].replace(title, f"{title}{say('（A）', ' (A)')}", 1)
    a, b = ("\n\n".join(half) + "\n" for half in halves)
    return a, b


def _to_write(question: Question | None) -> str:
    """Room for an answer on paper."""
    if question is None or question.form == "essay":
        return "\n\n".join(["＿" * 36] * _LINES)
    answer = say("答：", "Answer: ")
    parts = question.parts or (" ",)
    return answer + "　".join(f"{part}＿＿＿＿" for part in parts)


def teaching_note(master: Notebook) -> str:
    """The teaching note: aims, plan, analysis of every question, keys, board plan, closing, evidence, references."""
    cells = [cell for cell in master.cells if cell.kind == "markdown" or cell.part == "key"]
    known = {part: i for i, part in enumerate(_NOTE_ORDER)}
    paired = {"likely": "questions", "key": "exercise"}

    def order(cell: Cell) -> tuple[int, int]:
        part = cell.part or "closing"
        return known.get(paired.get(part, part), len(known)), master.cells.index(cell)

    blocks = []
    for cell in sorted(cells, key=order):
        text = key_markdown(read_key(cell.source)) if cell.part == "key" else cell.source
        if cell.part == "title":
            text = f"{text}\n\n{say('教学笔记，只给主持人', 'Teaching note, for the facilitator only')}"
        blocks.append(_without_pictures(text))
    return "\n\n".join(blocks) + "\n"


def _without_pictures(source: str) -> str:
    # attachments live in the notebook; a page of text names them
    return source.replace("](attachment:", f"]({say('图见笔记本', 'see-notebook')}-")
