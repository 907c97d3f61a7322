"""Complete the framework grid: which part of the framework does a statement bear on, and which cells stay blank?"""

from __future__ import annotations

import random

from casekit.casebook import lens
from casekit.casebook.matrix import Matrix
from casekit.casebook.records import Case, Statement
from casekit.language import say
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, marks_of

__all__ = ["framework_grid", "make_grid"]

_ITEMS = {1: 3, 2: 4, 3: 6}


def framework_grid(material: Material) -> Matrix | None:
    """The framework laid over the taught cases; None without a framework."""
    if material.framework is None:
        return None
    whole, parts = material.framework
    return lens(whole, parts, material.cards, relations=material.relations, mentions=material.mentions)


def make_grid(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Statements of the cases, each to be put into the part of the framework that it is evidence for, or into none."""
    if material.framework is None:
        return Why("grid", say("没有选框架", "no framework was chosen"))
    whole, parts = material.framework
    fitting = _fitting(material)
    if not fitting:
        return Why(
            "grid",
            say(
                f"没有一张卡片的陈述标注了{whole.name}的组成部分",
                f"no statement of a card is marked as about a part of {whole.name_en or whole.name}",
            ),
        )
    taught = [one for one in fitting if one[0] in material.cards]
    chosen = [*taught, *(one for one in fitting if one not in taught)][: max(1, _ITEMS[level] - 1)]
    none = _not_fitting(material, {one.id for one in parts} | {whole.id}, chosen)
    chosen += rng.sample(none, len(none))[: max(_ITEMS[level] - len(chosen), 1 + (level > 1))]
    if len(chosen) < 2:
        return Why("grid", say("可放进框架的陈述太少", "too few statements to put into the framework"))
    chosen = rng.sample(chosen, len(chosen))
    # the parts keep the framework's order; "none of them" is always the last
    none_of = say("都不是：资料不足以放进任何一格", "none of them")
    options = letters([*(say(one.name, one.name_en or one.name) for one in parts), none_of])
    letter = {one.id: option.letter for one, option in zip(parts, options, strict=False)}
    items = tuple(
        Item(
            str(i),
            say(f"{case_name(card)}：{one.text}", f"{case_name(card)}: {one.text}"),
            pack.refs(card, field, one.evidence),
        )
        for i, (card, field, one, _) in enumerate(chosen, 1)
    )
    answer = {
        item.label: letter.get(part, options[-1].letter) for item, (_, _, _, part) in zip(items, chosen, strict=True)
    }
    lines = [
        Line(say(f"第 {item.label} 句 {answer[item.label]}", f"sentence {item.label}: {answer[item.label]}"), item.refs)
        for item in items
    ]
    lines.append(
        Line(
            say(
                "放法依据案例卡的标注；有人说得出别的依据，就留到板书时讨论",
                "by the marks of the cards; who has a reason to place one elsewhere may argue it at the board",
            )
        )
    )
    grid = framework_grid(material)
    if grid is not None:
        lines.append(Line(_blanks(grid)))
    return Task(
        kind="grid",
        title=say(f"{kind_name('grid')}：{whole.name}", f"{kind_name('grid')}: {whole.name_en or whole.name}"),
        prompt=(
            say(
                f"把下面每句话放进“{whole.name}”的一个组成部分，填字母；放不进去的，选“都不是”。"
                "然后在纸上画出框架 × 案例的表，标出哪些格子有证据、哪些空着。",
                f"Put each sentence into one part of “{whole.name_en or whole.name}” (give its letter), or into none of them. "
                "Then draw the table of parts and cases on paper: which cells have evidence, which are blank?",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer=answer,
        key=tuple(lines),
        misconceptions=(
            say(
                "空格子当成“没有做”：没有报道，只说明资料里没有。",
                "A blank cell is read as “they did not do it”: it only says that nothing was reported.",
            ),
            say(
                "意思相近就填进去：框架的格子要有写明的依据。",
                "What sounds alike is put in: a cell needs stated evidence.",
            ),
        ),
        hints={item.label: say(f"看 {marks_of(item.refs)}", f"see {marks_of(item.refs)}") for item in items},
        columns=(say("陈述", "Statement"), say("证据", "Evidence")),
        minutes=10,
    )


_Placed = tuple[Case, str, Statement, str]
"""A statement of a card with its field, and the part that it belongs to ("" for none)."""


def _fitting(material: Material) -> list[_Placed]:
    """Statements that are marked as about exactly one part."""
    assert material.framework is not None
    ids = {part.id for part in material.framework[1]}
    found = []
    for card, field, one in material.statements("challenge", "background", "actions", "results", others=True):
        hit = [name for name in one.about if name in ids]
        if len(hit) == 1:
            found.append((card, field, one, hit[0]))
    return found


def _not_fitting(material: Material, framework: set[str], chosen: list[_Placed]) -> list[_Placed]:
    """Statements that are marked as about something else, and rest on other evidence.

    Results with a figure where there are any: what was done can often be argued into a part, a figure hardly.
    """
    taken = {evidence for _, _, one, _ in chosen for evidence in one.evidence}
    found = [
        (card, field, one, "")
        for card, field, one in material.statements("actions", "results")
        if one.about and not framework & set(one.about) and not taken & set(one.evidence)
    ]
    more = [
        (card, field, one, "")
        for card, field, one in material.statements("results", others=True)
        if card not in material.cards and one.figure and not framework & set(one.about)
    ]
    return [one for one in found if one[2].figure] or more or found


def _blanks(grid: Matrix) -> str:
    with_evidence = [
        f"{row} × {column}"
        for row, cells in zip(grid.rows, grid.cells, strict=True)
        for column, cell in zip(grid.columns, cells, strict=True)
        if cell.state != "not-reported"
    ]
    total = len(grid.rows) * len(grid.columns)
    listed = "；".join(with_evidence) or say("没有", "none")
    return say(
        f"框架表共 {total} 格，有卡片依据的：{listed}；其余空着",
        f"of {total} cells these have evidence in the cards: {listed}; the others are blank",
    )
