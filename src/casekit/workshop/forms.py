"""Exercises as forms in a notebook: boxes to choose from, numbers and words to type, a list to sort by dragging.

The form is the same program as on the web page (data/workshop/form.js): it checks in the browser, against the digests that the
notebook holds, and asks nobody. What is filled in is the widget's state, so it is saved with the notebook.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.pictured import show_pictured
from casekit.workshop.answers import Question
from casekit.workshop.judging import Checks, Feedback
from casekit.workshop.opened import check, given_word, opened_checks
from casekit.workshop.sealing import ROUNDS
from casekit.workshop.speaking import speaking

if TYPE_CHECKING:
    import anywidget

__all__ = ["Shown", "exercise", "form_css", "form_data", "form_js", "note", "words"]

_DATA: Final = Path(__file__).resolve().parent.parent / "data" / "workshop"


@cache
def form_js() -> str:
    """The program of the forms, an ES module."""
    return (_DATA / "form.js").read_text("utf-8")


@cache
def form_css() -> str:
    """Their looks."""
    return (_DATA / "form.css").read_text("utf-8")


def words() -> dict[str, str]:
    """What the forms say, in the language in force."""
    return {
        "check": say("核对", "Check"),
        "choose": say("请选", "choose"),
        "number": say("填数字", "a number"),
        "write": say("写在这里，随笔记本保存", "write here; it is kept"),
        "up": say("上移", "up"),
        "down": say("下移", "down"),
        "drag": say("拖动排序，或用箭头", "drag to sort, or use the arrows"),
        "right": say("对", "right"),
        "wrong": say("再看", "look again"),
        "blank": say("还没有填", "no answer yet"),
        "allRight": say("全部正确", "all correct"),
        "open": say("这一题不判对错：说出每一项的依据，带到讨论里", "not marked: say why for each, and discuss"),
        "essay": say(
            "这一题不判对错。逐条重读您引的句子：是做到的，还是目标、估计、传闻？说的是同一件事吗？换一个原因说得通吗？",
            "Not marked. Read what you cite again: done, or aimed at, reckoned, hearsay? About the same thing? Would another "
            "cause explain it as well?",
        ),
        "uncited": say(
            "还没有写明证据的编号（例如 E3）：对方会问您凭什么", "no evidence is named yet (E3): others will ask"
        ),
        "unknown": say("证据包里没有", "the evidence has no"),
        "word": say("主持人给的口令", "the facilitator's word"),
        "noWord": say("先填主持人给的口令", "first the word that the facilitator gives"),
        "badWord": say("口令不对，请再问主持人", "that is not the word: ask the facilitator"),
        "notNumber": say("不是数字", "no number"),
        "again": say("回到证据再看", "go back to the evidence"),
        "saved": say("已记下", "kept"),
        "score": say("对 {right} 项，错 {wrong} 项，未填 {blank} 项", "{right} right, {wrong} wrong, {blank} blank"),
    }


class Shown:
    """What an exercise shows where there is no form: the text of it, or that the master must be built first."""

    def __init__(self, name: str, markup: str, feedback: Feedback | None = None) -> None:
        self.name, self.markup, self.feedback = name, markup, feedback

    def __repr__(self) -> str:
        return str(self.feedback) if self.feedback else f"<casekit exercise {self.name}>"

    def _repr_html_(self) -> str:
        return self.markup


@cache
def _widget() -> type[anywidget.AnyWidget]:
    import anywidget
    import traitlets

    class ExerciseForm(anywidget.AnyWidget):
        """One exercise, or a place for a note."""

        _esm = form_js()
        _css = form_css()
        data = traitlets.Dict().tag(sync=True)
        answers = traitlets.Dict().tag(sync=True)
        word = traitlets.Unicode().tag(sync=True)
        still = ""

        def __repr__(self) -> str:
            return f"<casekit exercise {self.data.get('name', '')}>"

        def _ipython_display_(self, **_options: Any) -> None:
            show_pictured(self.model_id, self.still, repr(self))

    return ExerciseForm


def _form(name: str, data: Mapping[str, Any], answers: Mapping[str, Any], still: str) -> Any:
    try:
        made = _widget()(data=dict(data), answers=dict(answers), word=given_word())
    except ImportError:  # without anywidget the exercise is still there to be read
        return Shown(name, still)
    made.still = still
    return made


def exercise(name: str, answer: Mapping[str, str] | Sequence[str] | None = None) -> Any:
    """The form of an exercise; with an `answer` filled in, which it then also checks.

    Raises:
        SettingError: If there is no such exercise.
    """
    checks = opened_checks()
    if checks is None:
        return Shown(name, f"<p>{html.escape(say('母版要先 casekit workshop build', 'build the master first'))}</p>")
    feedback = check(name, answer if answer is not None else {})
    with speaking(checks.language):
        question = checks.questions[name]
        data = {**form_data(name, checks), "words": words()}
        if answer is not None:
            return Shown(name, feedback._repr_html_(), feedback)
        return _form(name, data, {}, _still(question))


def _needed(question: Question, sentences: Mapping[str, str]) -> dict[str, str]:
    """The quotations that a form may show; an essay may cite any."""
    if question.form == "essay":
        return dict(sentences)
    marks = {mark for found in question.look.values() for mark in found}
    return {mark: text for mark, text in sentences.items() if mark in marks}


def note(name: str) -> Any:
    """A place to write, kept with the notebook; nobody marks it."""
    checks = opened_checks()
    with speaking(checks.language if checks else ""):
        told = say("写下您的决定", "Write down what you would do")
        data = {"name": name, "form": "note", "title": told, "words": words()}
        return _form(name, data, {}, f"<p>{html.escape(told)}</p>")


def _still(question: Question) -> str:
    """The exercise as HTML that needs no kernel and no script."""
    e = html.escape
    rows = "".join(f"<li>{e(part)} {e(question.items.get(part, ''))} ＿＿＿</li>" for part in question.parts)
    options = "".join(f"<li><b>{e(letter)}</b> {e(text)}</li>" for letter, text in question.options.items())
    return f"<div><p><b>{e(question.title)}</b></p><ul>{rows}</ul><ul>{options}</ul></div>"


def form_data(name: str, checks: Checks) -> dict[str, Any]:
    """All that the form of an exercise needs, but for its words."""
    question = checks.questions[name]
    data = {"name": name, "salt": checks.salt, "lock": checks.lock, "rounds": ROUNDS, **question.to_json()}
    data["sentences"] = _needed(question, checks.sentences)
    if checks.lock:  # the word may be typed in either script
        data["fold"] = list(_folding())
    return data


@cache
def _folding() -> tuple[str, str]:
    keys, values = (_DATA.parent / "fold" / "characters.txt").read_text("utf-8").split("\n")[:2]
    return keys, values
