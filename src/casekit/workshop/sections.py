"""The cells of the master notebook, part by part."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeAlias

from casekit.casebook.labels import figure_text, measure_text, statement_text
from casekit.language import say
from casekit.workshop.agenda import Slot
from casekit.workshop.basis import nature_label, nature_of
from casekit.workshop.cells import Cells, answer_cell, bullets
from casekit.workshop.exercises.grid import framework_grid
from casekit.workshop.halves import outcome_statements, situation_statements
from casekit.workshop.keys import key_yaml
from casekit.workshop.markup import md, table
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.questions import Round
from casekit.workshop.sides import marked
from casekit.workshop.tasks import Kind, Task

__all__ = [
    "Chosen",
    "add_board",
    "add_closing",
    "add_exercises",
    "add_likely",
    "add_opening",
    "add_round",
    "reading_minutes",
]

# Chinese adults read about 300 characters a minute with care, English 200 words; measured by nobody here, so only a hint.
_CHARS_A_MINUTE = 300
# What an exercise serves beside what the case itself does.
_AIMS: Final[Mapping[Kind, tuple[str, str]]] = {
    "match": ("说明一件工具怎样支撑一种打法，并指出证据。", "Show how a tool supports a tactic, and point to the evidence."),
    "growth": ("用报道的数字算一笔经理的账，说清分母和假设。", "Do a manager's sum with reported figures, and name its base and what it assumes."),
    "order": ("把事情按时间排好，分清先后与因果。", "Put events in their order, and tell what came after from what came of it."),
    "argue": ("写一段有证据、也承认反面证据的论证。", "Write an argument that cites evidence and admits what speaks against it."),
}  # fmt: skip
Chosen: TypeAlias = list[tuple[str, Task, int]]
"""Exercises with their ids and minutes."""


def add_opening(
    cells: Cells,
    material: Material,
    minutes: int,
    level: int,
    slots: Sequence[Slot],
    audience: str,
    kinds: Collection[Kind],
) -> None:
    """Title, use, objectives (those that one of the exercises serves), agenda, preparation, and the cell that loads the checks."""
    names = say("、", ", ").join(case_name(card) for card in material.cards)
    whole = material.framework[0] if material.framework else None
    lens = say(f"**框架** {whole.name}", f"**Framework** {whole.name_en or whole.name}") if whole else ""
    grade = say(("入门", "进阶", "高阶")[level - 1], ("basic", "intermediate", "advanced")[level - 1])
    cells.add(
        f"# {md(say(f'案例研讨：{names}', f'Case workshop: {names}'))}\n\n"
        + say(
            f"**对象** {md(audience)} · **时长** {minutes} 分钟 · **难度** {grade}",
            f"**For** {md(audience)} · **Time** {minutes} minutes · **Level** {grade}",
        )
        + (f" · {lens}" if lens else ""),
        "title",
        shown=True,
        slide="slide",
    )
    cells.add(
        bullets(
            [
                say(
                    "**怎么用** 先读 A，写下您的决定，再读 B；然后讨论、做练习。在表格里点选或填写，当场逐项核对，不联网。",
                    "**How** Read A, write down what you would do, read B; then discuss and work through the exercises. Click and "
                    "type in the forms; each item is checked here, nothing goes over the network.",
                ),
                say(
                    "**证据** E 编号指证据包；[1] 指文末文献；`编号:起-止` 是原文里的字符位置。",
                    "**Evidence** E numbers lead to the evidence pack, [1] to the references; `id:start-end` is the place in "
                    "the source, in characters.",
                ),
            ]
        ),
        "about",
        shown=True,
    )
    cells.add(
        f"## {say('学完以后能做到', 'Objectives')}\n\n" + bullets(_objectives(material, kinds)),
        "objectives",
        shown=True,
        slide="slide",
    )
    cells.add(f"## {say('议程', 'Agenda')}\n\n{_agenda(slots)}", "agenda", shown=True, slide="slide")
    cells.add(_preparation(material, slots, audience), "preparation", shown=False)
    cells.add(
        "from casekit.workshop import exercise, note, open_checks\n\nopen_checks()", "setup", shown=True, kind="code"
    )


def _objectives(material: Material, kinds: Collection[Kind]) -> list[str]:
    told = [
        say("从资料里分清已做到的、目标、估计和传闻，并说出依据。", "Tell achievements, targets, estimates and hearsay apart, and say why."),
        say("用原文的位置核对一句话、一个数字。", "Check a sentence or a figure against its place in the source."),
    ]  # fmt: skip
    told += [say(*_AIMS[kind]) for kind in kinds if kind in _AIMS]
    if material.framework:
        whole = material.framework[0]
        told.append(
            md(
                say(
                    f"用“{whole.name}”比较案例，说清哪里有证据、哪里没有报道。",
                    f"Compare the cases through “{whole.name_en or whole.name}”: what has evidence, what is not reported.",
                )
            )
        )
    return told


def _agenda(slots: Sequence[Slot]) -> str:
    rows: list[tuple[str, ...]] = []
    at = 0
    for slot in slots:
        rows.append((f"{at}–{at + slot.minutes}", str(slot.minutes), slot.title))
        at += slot.minutes
    rows.append(("", f"**{at}**", f"**{say('合计', 'Total')}**"))
    return table((say("时间（分）", "From–to"), say("分钟", "Minutes"), say("内容", "What")), rows)


def _halves(material: Material) -> tuple[int, int]:
    """The characters of A, and of B with its quotations."""
    own = {card.id for card in material.cards}
    quoted = sum(len(shown.quote or "") for (card, _), shown in material.shown.items() if card in own)
    half_a = sum(len(statement_text(one)) for card in material.cards for _, one in situation_statements(material, card))
    half_b = sum(len(statement_text(one)) for card in material.cards for _, one in outcome_statements(material, card))
    return half_a, half_b + quoted


def reading_minutes(material: Material) -> dict[str, int]:
    """What reading the two halves with care takes, by slot of the agenda."""
    return {
        name: -(-chars // _CHARS_A_MINUTE)
        for name, chars in zip(("reading", "outcome"), _halves(material), strict=True)
    }


def _preparation(material: Material, slots: Sequence[Slot], audience: str) -> str:
    when = {slot.name: slot.minutes for slot in slots}
    half_a, half_b = _halves(material)
    need_a, need_b = -(-half_a // _CHARS_A_MINUTE), -(-half_b // _CHARS_A_MINUTE)
    long = need_a > when["reading"] or need_b > when["outcome"]
    drafts = [case_name(card) for card in material.cards if card.status == "draft"]
    lines = [
        say(
            f"A 约 {half_a} 字，细读约 {need_a} 分钟，议程留了 {when['reading']} 分钟；B 连引文约 {half_b} 字，约 {need_b} 分钟，"
            f"留了 {when['outcome']} 分钟" + ("：读不完，请课前发讲义 A，课上只读 B 的做法与结果。" if long else "。"),
            f"A has about {half_a} characters, {need_a} minutes of careful reading, and {when['reading']} on the agenda; B with "
            f"quotations about {half_b}, {need_b} minutes, and {when['outcome']}"
            + (": too much, so send handout A ahead and read only deeds and results of B." if long else "."),
        ),
        say(
            "有电脑的打开学员笔记本，没有装 Jupyter 的用浏览器打开 workshop.html，两者都不用联网、不用写代码；没有电脑的用讲义。"
            "讲义 A 先发，讲义 B 等大家写下决定以后再发。",
            "Who has Jupyter opens the participant notebook, who has not opens workshop.html in a browser; neither needs a network "
            "or any code; the handout is for those without a computer. Hand out A first, and B once everybody has decided.",
        ),
        say(
            "投影用 slides.html 或 slides.pptx（带讲者备注，只给主持人）。",
            "Project slides.html, or slides.pptx, which has speaker notes and is yours alone.",
        ),
        say("白板分三栏，见文末的板书安排。", "Divide the board in three, as the plan near the end shows."),
        say(
            f"案例来自公开报道，不是为{audience}写的；别替企业补没有报道的事。",
            f"The cases come from public reports that were not written for {audience}: add nothing that was not reported.",
        ),
    ]
    studies = [card.study for card in material.cards if card.study and card.study in material.docs]
    if studies:
        listed = say("、", ", ").join(studies)
        lines.append(say(f"可加读语料里更长的案例研究：{listed}。", f"Longer case studies in the corpus: {listed}."))
    if drafts:
        names = say("、", ", ").join(drafts)
        lines.append(
            say(
                f"{names}用的是机器起草的案例卡，没有人核对过：开课前请先核对。",
                f"The cards of {names} were drafted by machine and checked by nobody: check them before you teach.",
            )
        )
    return f"## {say('主持人准备', 'Preparation')}\n\n" + bullets([md(line) for line in lines])


def add_round(cells: Cells, one: Round) -> None:
    """A round of questions, and the model answers."""
    listed = "\n".join(f"{i}. {md(asked.text)}" for i, asked in enumerate(one.asked, 1))
    cells.add(f"## {md(one.title)}\n\n{listed}", "questions", shown=True, slide="slide")
    add_likely(cells, one)


def add_likely(cells: Cells, one: Round) -> None:
    """The model answers of a round: for each question what speaks for and what against, with its evidence."""
    blocks = [f"### {md(one.title)}{say('：参考回答', ': model answers')}"]
    for i, asked in enumerate(one.asked, 1):
        blocks.append(f"**{i}.** {md(asked.text)}")
        blocks.append(f"**{one.sides[0]}**\n\n" + bullets([md(marked(point)) for point in asked.pro]))
        blocks.append(f"**{one.sides[1]}**\n\n" + bullets([md(marked(point)) for point in asked.con]))
    if one.misconceptions:
        blocks.append(
            f"**{say('常见误区', 'Misconceptions')}**\n\n" + bullets([md(text) for text in one.misconceptions])
        )
    cells.add("\n\n".join(blocks), "likely", shown=False)


def add_exercises(cells: Cells, tasks: Chosen) -> None:
    """Each exercise: question, answer cell, key."""
    for i, (name, task, minutes) in enumerate(tasks, 1):
        title = say(f"练习 {i} · {task.title}（{minutes} 分钟）", f"Exercise {i} · {task.title} ({minutes} minutes)")
        blocks = [f"## {md(title)}", *(md(text) for text in task.prompt)]
        if task.items:
            blocks.append(table(("", task.column), [(item.label, md(item.text)) for item in task.items]))
        if task.options:
            blocks.append(bullets([f"**{option.letter}** {md(option.text)}" for option in task.options]))
        cells.add("\n\n".join(blocks), "exercise", shown=True, slide="slide", exercise=name)
        cells.add(answer_cell(name), "answer", shown=True, kind="code", exercise=name)
        cells.add(key_yaml(name, task, minutes), "key", shown=False, kind="raw", exercise=name)


def add_board(cells: Cells, material: Material, pack: Pack, slots: Sequence[Slot]) -> None:
    """The board plan: what stands where at which minute, with what the cases give for it."""
    when = _starts(slots)
    rows: list[tuple[str, ...]] = [
        (
            say("左", "Left"),
            md(say("决定：每人先做的那一件，一行一个，旁边记人数；读完 B 再用另一种颜色写企业的选择",
                   "Decisions: what each would do first, with a count; after B, what the company chose in another colour")),
            when["decision"],
        ),
        (
            say("中", "Middle"),
            md(say("证据：分四行写数字（做到、目标、估计、传闻），旁边写 E 编号和说话人；下面是比较表或框架表",
                   "Evidence: figures in four rows (done, aimed at, reckoned, hearsay) with E number and speaker; below, the comparison")),
            when["discussion"],
        ),
        (
            say("右", "Right"),
            say("带走的道理（写成“在……条件下”）与还要查的问题，留到最后", "Lessons (“given …”) and open questions, kept to the end"),
            when["debrief"],
        ),
    ]  # fmt: skip
    blocks = [
        f"## {say('板书安排', 'Board plan')}",
        table((say("位置", "Where"), say("写什么", "What"), say("第几分钟起", "From minute")), rows),
    ]
    figures = _figure_rows(material, pack)
    if figures:
        what = (say("性质", "What it is"), say("数字", "Figures"))
        blocks += [say("写完以后，中栏应当有：", "When it is done, the middle has:"), table(what, figures)]
    grid = framework_grid(material)
    if grid is not None:
        head = ("", *(md(column) for column in grid.columns))
        lines: list[tuple[str, ...]] = [
            (md(row), *("✓" if cell.state != "not-reported" else "" for cell in cells_))
            for row, cells_ in zip(grid.rows, grid.cells, strict=True)
        ]
        blocks += [say("卡片里有依据的格子：", "Cells with evidence in the cards:"), table(head, lines)]
    cells.add("\n\n".join(blocks), "board", shown=False)


def _starts(slots: Sequence[Slot]) -> dict[str, str]:
    """The minute at which each stretch begins."""
    found, at = {}, 0
    for slot in slots:
        found[slot.name] = str(at)
        at += slot.minutes
    return found


def _figure_rows(material: Material, pack: Pack) -> list[tuple[str, ...]]:
    """The figures of the cases by what they are, each with its evidence."""
    groups: dict[str, list[str]] = {}
    for card, field, one in material.statements("results", "actions", "background", "challenge"):
        if one.figure and one.metric:
            marks = " ".join(dict.fromkeys(ref.mark for ref in pack.refs(card, field, one.evidence)))
            told = f"{case_name(card)} {measure_text(one)} {figure_text(one)} {marks}"
            groups.setdefault(nature_label(nature_of(one, material.docs)), []).append(told)
    return [(md(name), md(say("；", "; ").join(told))) for name, told in groups.items()]


def add_closing(cells: Cells, material: Material, audience: str) -> None:
    """Debrief for all, closing for the facilitator."""
    cells.add(
        f"## {say('复盘', 'Debrief')}\n\n"
        + "\n".join(
            f"{i}. {md(text)}"
            for i, text in enumerate(
                [
                    say(
                        "今天哪一个判断，看了证据以后改了？", "Which of your judgements did the evidence change today?"
                    ),
                    say(
                        f"回去一周之内，作为{audience}，先试哪一件小事？用哪个数字看它有没有用？",
                        f"Within a week ({audience}): which small thing will you try, and which figure will tell whether it works?",
                    ),
                    say(
                        "还缺哪一份资料，才敢下结论？找谁要？",
                        "Which source is missing before you could decide, and who has it?",
                    ),
                ],
                1,
            )
        ),
        "debrief",
        shown=True,
        slide="slide",
    )
    points = [
        say("结论留给学员写：只收“在什么条件下”的句子。", "Let participants write the lessons; take only sentences with “given …”."),
        say("回到目标逐条问：谁能举出今天的一个例子？", "Go back to each objective: who can give an example of today?"),
    ]  # fmt: skip
    colon = say("：", ": ")
    questions = [
        f"{case_name(card)}{colon}{statement_text(one)}" for card in material.cards for one in card.open_questions
    ]
    blocks = [f"## {say('收尾要点', 'Closing')}", bullets([md(text) for text in points])]
    if questions:
        blocks.append(
            f"**{say('资料没有回答的', 'What the sources leave open')}**\n\n"
            + bullets([md(text) for text in questions])
        )
    cells.add("\n\n".join(blocks), "closing", shown=False)
