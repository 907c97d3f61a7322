"""Complete the framework grid: which part of the framework does a statement bear on, and which cells stay blank?"""

from __future__ import annotations

import random
from collections.abc import Sequence

from casekit.casebook import lens
from casekit.casebook.labels import statement_text
from casekit.casebook.matrix import Matrix
from casekit.casebook.records import Case, Statement
from casekit.language import say
from casekit.workshop.giveaway import shared_words
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters

__all__ = ["framework_grid", "make_grid"]

_ITEMS = {1: 3, 2: 4, 3: 6}
_LEAST = 2


def framework_grid(material: Material) -> Matrix | None:
    """The framework laid over the taught cases; None without a framework."""
    if material.framework is None:
        return None
    whole, parts = material.framework
    return lens(whole, parts, material.cards, relations=material.relations, mentions=material.mentions)


def make_grid(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Statements of the cases, each to be put into a part of the framework or into none: discussed, never marked."""
    if material.framework is None:
        return Why("grid", say("没有选框架", "no framework was chosen"))
    whole, parts = material.framework
    names = [say(one.name, one.name_en or one.name) for one in parts]
    fitting = _fitting(material, names)
    if len(fitting) < _LEAST:
        name = whole.name_en or whole.name
        return Why(
            "grid",
            say(
                f"所选案例里标注了{whole.name}组成部分的陈述不足 {_LEAST} 句",
                f"fewer than {_LEAST} statements of the chosen cases are marked as about a part of {name}",
            ),
        )
    chosen = rng.sample(fitting, min(len(fitting), max(1, _ITEMS[level] - 1)))
    none = _not_fitting(material, {one.id for one in parts} | {whole.id}, chosen)
    # more of them than of the others, and “none” would be the answer to everything
    chosen += rng.sample(none, min(len(none), len(chosen), max(_ITEMS[level] - len(chosen), 1)))
    chosen = rng.sample(chosen, len(chosen))
    # the parts keep the framework's order; "none of them" is always the last
    options = letters([*names, say("都不是：资料不足以放进任何一格", "none of them")])
    letter = {one.id: option.letter for one, option in zip(parts, options, strict=False)}
    rows = [(str(i), *placed) for i, placed in enumerate(chosen, 1)]
    answer = {label: letter.get(part, options[-1].letter) for label, _, _, _, part in rows}
    look = {label: pack.refs(card, field, one.evidence) for label, card, field, one, _ in rows}
    told = {option.letter: option.text for option in options}
    grid = framework_grid(material)
    return Task(
        kind="grid",
        title=say(f"{kind_name('grid')}：{whole.name}", f"{kind_name('grid')}: {whole.name_en or whole.name}"),
        prompt=(
            say(
                f"把下面每句话放进“{whole.name}”的一个组成部分；放不进去的，选“都不是”。这一题不判对错：选完以后两人一组，"
                "说出每一句的依据，不同的放法带到板书上。",
                f"Put each sentence into one part of “{whole.name_en or whole.name}”, or into none. This is not marked: in "
                "pairs, say why for each, and take what you disagree on to the board.",
            ),
        ),
        items=tuple(Item(label, say(f"{case_name(card)}：{one.text}", f"{case_name(card)}: {statement_text(one)}")) for label, card, _, one, _ in rows),
        options=options,
        form="open",
        answer=answer,
        key=(
            *(Line(say(f"第 {label} 句可放 {answer[label]}：{_why(told[answer[label]], part)}", f"sentence {label}, {answer[label]}: {_why(told[answer[label]], part)}"), look[label]) for label, _, _, _, part in rows),
            *([Line(_blanks(grid))] if grid is not None else []),
        ),
        look=look,
        misconceptions=(
            say("空格子当成“没有做”：没有报道，只说明资料里没有。", "A blank cell is read as “they did not do it”: it only says that nothing was reported."),
            say("意思相近就填进去：框架的格子要有写明的依据。", "What sounds alike is put in: a cell needs stated evidence."),
        ),
        column=say("陈述", "Statement"),
        minutes=10,
    )  # fmt: skip


def _why(option: str, part: str) -> str:
    if part:
        return say(
            f"案例卡把它标作“{option}”；另一种放法说得出证据，也成立",
            f"the card marks it as “{option}”; another place with evidence for it holds as well",
        )
    return say(
        "它讲的是结果或别的事，证据没有说怎样做到；有人放进某一格，请他指出是哪个词",
        "it tells a result or something else, not how it came about; who places it must name the word",
    )


_Placed = tuple[Case, str, Statement, str]
"""A statement of a card with its field, and the part that it belongs to ("" for none)."""


def _fitting(material: Material, names: Sequence[str]) -> list[_Placed]:
    """Statements that are marked as about exactly one part, and do not have its name in them."""
    assert material.framework is not None
    ids = {part.id: name for part, name in zip(material.framework[1], names, strict=True)}
    found = []
    for card, field, one in material.statements("challenge", "background", "actions", "results"):
        hit = [name for name in one.about if name in ids]
        if len(hit) == 1 and not shared_words(statement_text(one), ids[hit[0]], names):
            found.append((card, field, one, hit[0]))
    return found


def _not_fitting(material: Material, framework: set[str], chosen: list[_Placed]) -> list[_Placed]:
    """Statements that are marked as about something else, and rest on other evidence; results with a figure if there are any."""
    taken = {evidence for _, _, one, _ in chosen for evidence in one.evidence}
    found = [
        (card, field, one, "")
        for card, field, one in material.statements("actions", "results")
        if not framework & set(one.about) and not taken & set(one.evidence)
    ]
    return [one for one in found if one[2].figure] or [one for one in found if one[2].about]


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
