"""The cells of the master notebook, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from casekit.language import say
from casekit.workshop.agenda import Slot
from casekit.workshop.cells import Cells, answer_cell, bullets
from casekit.workshop.exercises.grid import framework_grid
from casekit.workshop.keys import key_yaml
from casekit.workshop.markup import md, table
from casekit.workshop.material import Material, case_name
from casekit.workshop.questions import Asked, Round
from casekit.workshop.tasks import Task

__all__ = [
    "Chosen",
    "add_board",
    "add_closing",
    "add_exercises",
    "add_opening",
    "add_round",
]

# Chinese adults read about 300 characters a minute with care, English 200 words; measured by nobody here, so only a hint.
_CHARS_A_MINUTE = 300
Chosen: TypeAlias = list[tuple[str, Task, int]]
"""Exercises with their ids and minutes."""


def add_opening(
    cells: Cells, material: Material, minutes: int, level: int, slots: Sequence[Slot], audience: str
) -> None:
    """Title, use, objectives, agenda, preparation, and the cell that loads the checks."""
    names = say("、", ", ").join(case_name(card) for card in material.cards)
    whole = material.framework[0] if material.framework else None
    lens = say(f"（框架：{whole.name}）", f" (framework: {whole.name_en or whole.name})") if whole else ""
    grade = say(("入门", "进阶", "高阶")[level - 1], ("basic", "intermediate", "advanced")[level - 1])
    cells.add(
        f"# {md(say(f'案例研讨：{names}{lens}', f'Case workshop: {names}{lens}'))}\n\n"
        + say(
            f"**对象** {md(audience)} · **时长** {minutes} 分钟 · **难度** {grade}",
            f"**For** {md(audience)} · **Time** {minutes} minutes · **Level** {grade}",
        ),
        "title",
        shown=True,
        slide="slide",
    )
    cells.add(
        bullets(
            [
                say(
                    "**怎么用** 先读案例与证据包，再讨论，再做练习。练习写在代码格里，运行后本机核对，不联网。",
                    "**How** Read the cases and the evidence, discuss, then work through the exercises. Answers are checked "
                    "here when you run a cell; nothing goes over the network.",
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
        f"## {say('学完以后能做到', 'Objectives')}\n\n" + bullets(_objectives(material, level)),
        "objectives",
        shown=True,
        slide="slide",
    )
    cells.add(f"## {say('议程', 'Agenda')}\n\n{_agenda(slots)}", "agenda", shown=True, slide="slide")
    cells.add(_preparation(material, slots, audience), "preparation", shown=False)
    cells.add("from casekit.workshop import check, open_checks\n\nopen_checks()", "setup", shown=True, kind="code")


def _objectives(material: Material, level: int) -> list[str]:
    told = [
        say("从资料里分清已做到的、目标、估计和传闻，并说出依据。", "Tell achievements, targets, estimates and hearsay apart, and say why."),
        say("说明一件工具怎样支撑一种打法，并指出证据。", "Show how a tool supports a tactic, and point to the evidence."),
        say("用原文的位置核对一句话、一个数字。", "Check a sentence or a figure against its place in the source."),
    ]  # fmt: skip
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
    if level > 1:
        told.append(
            say(
                "写一段有证据、也承认反面证据的论证。",
                "Write an argument that cites evidence and admits what speaks against it.",
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


def _preparation(material: Material, slots: Sequence[Slot], audience: str) -> str:
    chars = sum(len(one.text) for _, _, one in material.statements("background", "challenge", "actions", "results"))
    chars += sum(
        len(shown.quote or "") for (card, _), shown in material.shown.items() if card in {c.id for c in material.cards}
    )
    need = -(-chars // _CHARS_A_MINUTE)
    have = next(slot.minutes for slot in slots if slot.name == "reading")
    drafts = [case_name(card) for card in material.cards if card.status == "draft"]
    lines = [
        say(
            f"案例与证据约 {chars} 字，细读约 {need} 分钟，议程留了 {have} 分钟"
            + ("；建议课前发讲义。" if need > have else "。"),
            f"Cases and evidence have about {chars} characters, {need} minutes of careful reading; the agenda gives {have}"
            + (": send the handout ahead." if need > have else "."),
        ),
        say(
            "每人一台装了 casekit 的电脑，打开学员笔记本；没有电脑的用讲义。投影用 slides.html，不需要网络。",
            "Each participant opens the participant notebook on a computer with casekit, or uses the handout. Project "
            "slides.html; no network is needed.",
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
    """A round of questions, and the likely answers."""
    listed = "\n".join(f"{i}. {md(asked.text)}" for i, asked in enumerate(one.asked, 1))
    cells.add(f"## {md(one.title)}\n\n{listed}", "questions", shown=True, slide="slide")
    blocks = [f"### {md(one.title)}{say('：可能的回答', ': likely answers')}"]
    for i, asked in enumerate(one.asked, 1):
        blocks.append(f"**{i}.** " + _likely(asked))
    if one.misconceptions:
        blocks.append(
            f"**{say('常见误区', 'Misconceptions')}**\n\n" + bullets([md(text) for text in one.misconceptions])
        )
    cells.add("\n\n".join(blocks), "likely", shown=False)


def _likely(asked: Asked) -> str:
    marks = " ".join(dict.fromkeys(ref.mark for ref in asked.refs))
    lines = [md(text) for text in asked.likely]
    if marks:
        lines.append(say(f"看 {marks}", f"see {marks}"))
    return "\n" + bullets(lines) if lines else say("没有标准答案，听理由。", "No set answer: listen for reasons.")


def add_exercises(cells: Cells, tasks: Chosen) -> None:
    """Each exercise: question, answer cell, key."""
    for i, (name, task, minutes) in enumerate(tasks, 1):
        title = say(f"练习 {i} · {task.title}（{minutes} 分钟）", f"Exercise {i} · {task.title} ({minutes} minutes)")
        blocks = [f"## {md(title)}", *(md(text) for text in task.prompt)]
        if task.items:
            wide = bool(task.columns[1])
            head = ("", task.columns[0], task.columns[1]) if wide else ("", task.columns[0])
            rows: list[tuple[str, ...]] = [
                (item.label, md(item.text), " ".join(dict.fromkeys(ref.mark for ref in item.refs))) if wide
                else (item.label, md(item.text))
                for item in task.items
            ]  # fmt: skip
            blocks.append(table(head, rows))
        if task.options:
            blocks.append(bullets([f"**{option.letter}** {md(option.text)}" for option in task.options]))
        cells.add("\n\n".join(blocks), "exercise", shown=True, slide="slide", exercise=name)
        cells.add(_blank(name, task), "answer", shown=True, kind="code", exercise=name)
        cells.add(key_yaml(name, task, minutes), "key", shown=False, kind="raw", exercise=name)


def _blank(name: str, task: Task) -> str:
    parts = tuple(task.answer) if isinstance(task.answer, dict) else ()
    return answer_cell(name, task.form, parts)


def add_board(cells: Cells, material: Material, slots: Sequence[Slot]) -> None:
    """The board plan."""
    when = {slot.name: slot.minutes for slot in slots}
    names = say("、", ", ").join(case_name(card) for card in material.cards)
    rows: list[tuple[str, ...]] = [
        (
            say("左", "Left"),
            md(say(f"数字：{names}，按“做到 / 目标 / 估计 / 传闻”分四行写，每个数字旁写 E 编号和说话人",
                   f"Figures of {names} in four rows: achieved, target, estimate, hearsay; E number and speaker beside each")),
            str(when["discussion"]),
        ),
        (
            say("中", "Middle"),
            md(say("框架表：行是组成部分，列是案例；有证据写 E 编号，没有就留空", "The grid: parts by cases; E numbers, or blank")
               if material.framework else
               say("比较表：行是做法、工具、结果，列是案例", "Comparison: actions, tools, results by case")),
            str(when["board"]),
        ),
        (
            say("右", "Right"),
            say("带走的道理（写成“在……条件下”）与还要查的问题，留到最后", "Lessons (“given …”) and open questions, kept to the end"),
            str(when["debrief"]),
        ),
    ]  # fmt: skip
    blocks = [
        f"## {say('板书安排', 'Board plan')}",
        table((say("位置", "Where"), say("写什么", "What"), say("分钟", "Minutes")), rows),
    ]
    grid = framework_grid(material)
    if grid is not None:
        head = ("", *(md(column) for column in grid.columns))
        lines: list[tuple[str, ...]] = [
            (md(row), *("✓" if cell.state != "not-reported" else "" for cell in cells_))
            for row, cells_ in zip(grid.rows, grid.cells, strict=True)
        ]
        blocks += [say("卡片里有依据的格子：", "Cells with evidence in the cards:"), table(head, lines)]
    cells.add("\n\n".join(blocks), "board", shown=False)


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
    questions = [f"{case_name(card)}{colon}{one.text}" for card in material.cards for one in card.open_questions]
    blocks = [f"## {say('收尾要点', 'Closing')}", bullets([md(text) for text in points])]
    if questions:
        blocks.append(
            f"**{say('资料没有回答的', 'What the sources leave open')}**\n\n"
            + bullets([md(text) for text in questions])
        )
    cells.add("\n\n".join(blocks), "closing", shown=False)
