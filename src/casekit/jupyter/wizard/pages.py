"""HTML of what the wizard knows: preview, findings, links, and the summary that a saved notebook shows.

Plain HTML with JupyterLab's colours as CSS variables, each with a fallback, so that it also reads well outside JupyterLab.
Every text that comes from a workspace is escaped.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from casekit.casebook.labels import name_of
from casekit.jupyter.wizard.planner import Planner, Preview
from casekit.language import current, say
from casekit.workbench.workshops import Checked

__all__ = [
    "checked_html",
    "heading_html",
    "level_name",
    "links_html",
    "note_html",
    "preview_html",
    "summary_html",
]

_SOFT = "color:var(--jp-ui-font-color1,#333)"
_LINE = "1px solid var(--jp-border-color2,#ccc)"
_COLOURS = {
    # text colours with a contrast of at least 4.5 to 1 on JupyterLab's light and dark backgrounds
    "ok": "color:light-dark(#1b5e20,#a5d6a7)",
    "note": _SOFT,
    "wrong": "color:light-dark(#b71c1c,#ef9a9a);font-weight:600",
}
_SIGNS = {"ok": "✓", "note": "·", "wrong": "✗"}


def level_name(level: int) -> str:
    """What screens call a level of difficulty, 1 to 3."""
    return say(("1 入门", "2 进阶", "3 高阶")[level - 1], ("1 basic", "2 intermediate", "3 advanced")[level - 1])


def heading_html(text: str) -> str:
    """A heading of the wizard."""
    return f'<h3 style="margin:0.6em 0 0.2em;font-size:1.1em;color:var(--jp-ui-font-color0,#111)">{escape(text)}</h3>'


def note_html(text: str, level: str = "note") -> str:
    """One line that screen readers announce; `level` is "ok", "note" or "wrong"."""
    if not text:
        return ""
    role = "alert" if level == "wrong" else "status"
    sign = "" if level == "note" else f"{_SIGNS[level]} "
    return f'<div role="{role}" style="line-height:1.5;{_COLOURS[level]}">{sign}{escape(text)}</div>'


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    cell = f"padding:2px 10px 2px 0;text-align:left;vertical-align:top;border-bottom:{_LINE}"
    top = "".join(f'<th scope="col" style="{cell}">{one}</th>' for one in head)
    lines = ("".join(f'<td style="{cell}">{one}</td>' for one in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    title = f'<caption style="text-align:left;font-weight:600;padding:4px 0">{caption}</caption>'
    return (
        f'<table style="border-collapse:collapse;margin:0 0 8px;width:100%;line-height:1.5;{_SOFT}">'
        f"{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )


def preview_html(preview: Preview) -> str:
    """Agenda with timings and the exercises with theirs, or why one is missing."""
    if preview.error:
        return note_html(preview.error, "wrong")
    if not preview.slots:
        return note_html(
            say("先选一个或几个案例，这里就会出现议程和练习。", "Choose a case or more to see agenda and exercises.")
        )
    at, slots = 0, []
    for slot in preview.slots:
        slots.append((f"{at}–{at + slot.minutes}", str(slot.minutes), escape(slot.title)))
        at += slot.minutes
    slots.append(("", f"<strong>{at}</strong>", f"<strong>{say('合计', 'Total')}</strong>"))
    rows = []
    for row in preview.rows:
        state = (
            f"✓ {row.minutes} {say('分钟', 'min')}"
            if row.minutes is not None
            else f"— {escape(row.reason)}"
            if row.chosen
            else f"— {say('没有选', 'not chosen')}"
        )
        rows.append((escape(row.name), state))
    told = say(
        f"练习：证据够做 {preview.possible} 个，时间放得下 {preview.planned} 个",
        f"Exercises: the evidence carries {preview.possible}, {preview.planned} fit into the time",
    )
    return (
        _table(
            say("议程", "Agenda"), (say("时间（分）", "From–to"), say("分钟", "Minutes"), say("内容", "What")), slots
        )
        + _table(told, (say("练习", "Exercise"), say("安排", "Plan")), rows)
        + "".join(note_html(one) for one in preview.warnings)
    )


def checked_html(checked: Checked) -> str:
    """The findings of a check, what must be mended first."""
    order = {"wrong": 0, "note": 1, "ok": 2}
    lines = [("wrong", say(f"泄题：{leak}", f"leak: {leak}")) for leak in checked.leaks]
    lines += [(one.level, one.message) for one in checked.findings]
    items = "".join(
        f'<li style="{_COLOURS[level]}">{_SIGNS[level]} {escape(text)}</li>'
        for level, text in sorted(lines, key=lambda line: order[line[0]])
    )
    verdict = (
        note_html(say("有问题，先改 ✗ 的各项", "something is wrong: mend what has ✗ first"), "wrong")
        if checked.wrong
        else note_html(say(f"可以用（{checked.seconds:.0f} 秒）", f"ready to use ({checked.seconds:.0f} s)"), "ok")
    )
    return f'{verdict}<ul style="list-style:none;padding:0;margin:4px 0;line-height:1.5">{items}</ul>'


def links_html(files: Sequence[Path], base: Path) -> str:
    """Links that JupyterLab opens in itself: relative to the notebook's folder `base`."""
    items = []
    for path in files:
        relative = Path(os.path.relpath(path, base)).as_posix()
        shown = path.name if path.parent == files[0].parent else f"{path.parent.name}/{path.name}"
        items.append(f'<li><a href="{quote(relative)}">{escape(shown)}</a>{_what(path)}</li>')
    return f'<ul style="margin:4px 0;padding-left:1.4em;line-height:1.6">{"".join(items)}</ul>' if items else ""


def _what(path: Path) -> str:
    told = {
        "workshop.ipynb": say("学员的笔记本", "the participants' notebook"),
        "slides.html": say("幻灯片", "slides"),
        "facilitator.ipynb": say("主持人的笔记本，有答案", "the facilitator's notebook, with keys"),
    }.get(path.name, "")
    if path.stem == "handout":
        told = say("讲义", "handout")
    elif path.stem == "teaching-note":
        told = say("教学笔记，有答案", "teaching note, with keys")
    return f" — {escape(told)}" if told else ""


def summary_html(planner: Planner, preview: Preview) -> str:
    """What a notebook shows where no kernel runs: the choices, agenda and exercises as they were."""
    chosen = planner.choices
    names = {card.id: name_of(card.name) for card in planner.cards}
    cases = say("、", ", ").join(names.get(one, one) for one in chosen.cases) or say("还没有选", "none yet")
    lens = next((one for one in planner.frameworks if one.id == chosen.framework), None)
    rows = [
        (say("案例", "Cases"), cases),
        (say("框架", "Framework"), say(lens.name, lens.name_en or lens.name) if lens else say("不用", "none")),
        (say("时长", "Time"), say(f"{chosen.minutes} 分钟", f"{chosen.minutes} minutes")),
        (say("对象", "Audience"), chosen.audience or "—"),
        (say("难度", "Level"), level_name(chosen.level)),
        (say("题号", "Seed"), str(chosen.seed)),
    ]
    listed = "".join(
        f'<dt style="float:left;clear:left;width:6em;font-weight:600">{name}</dt><dd style="margin:0 0 0 6em">{escape(text)}</dd>'
        for name, text in rows
    )
    how = say(
        "这是保存时的样子；在 JupyterLab 里运行这一格就能接着选、写出母版、打包和检查。",
        "This is how it stood when saved; run the cell in JupyterLab to go on.",
    )
    title = heading_html(say("研讨课向导", "Workshop wizard"))
    return (
        f'<section lang="{"en" if current() == "en" else "zh-CN"}" style="max-width:52em">'
        f'{title}<dl style="line-height:1.6">{listed}</dl>'
        f"{preview_html(preview)}<p>{escape(how)}</p></section>"
    )
