"""Handout and teaching note: the notebooks as plain Markdown, for people without a computer at hand."""

from __future__ import annotations

from casekit.language import say
from casekit.workshop.editions import key_markdown
from casekit.workshop.keys import read_key
from casekit.workshop.notebook import Cell, Notebook

__all__ = ["handout", "teaching_note"]

_NOTE_ORDER = (
    "title", "about", "objectives", "preparation", "agenda", "reading", "questions", "likely", "exercise", "key", "board",
    "debrief", "closing", "evidence", "references",
)  # fmt: skip


def handout(participant: Notebook) -> str:
    """What participants read and write on paper, from their own edition alone.

    Args:
        participant: The participants' edition, so that nothing else can get in.
    """
    blocks = []
    for cell in participant.cells:
        if cell.kind == "markdown":
            blocks.append(_without_pictures(cell.source))
        elif cell.source.startswith("q") and "\ncheck(" in cell.source:
            blocks.append(say("答：", "Answer: ") + "＿" * 24)
    return "\n\n".join(blocks) + "\n"


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
