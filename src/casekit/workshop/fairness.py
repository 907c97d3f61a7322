"""Is every marked item fair: of a chosen case, decided by evidence that participants have, and not told by its own words?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from casekit.language import say
from casekit.types import Address, Doc
from casekit.workshop.answers import MARKED
from casekit.workshop.basis import nature_label, says
from casekit.workshop.deck import overfull_blocks
from casekit.workshop.editions import asked_of, participant_edition, sentences_of
from casekit.workshop.finding import Finding
from casekit.workshop.giveaway import shared_words, tells_answer
from casekit.workshop.keys import Asked, Key
from casekit.workshop.notebook import Notebook

__all__ = ["fairness"]

# Kinds that ask of a figure what it is worth: hearsay or a target is what they are about, and their keys say so.
_ABOUT_WORTH: Final = frozenset({"figures", "contradiction"})
_QUESTION: Final = re.compile(r"^(\d+)\. ", re.MULTILINE)
_ANSWERED: Final = re.compile(r"^\*\*(\d+)\.\*\*", re.MULTILINE)


def fairness(
    master: Notebook, keys: Mapping[str, Key], docs: Mapping[str, Doc], others: Mapping[str, str]
) -> Iterator[Finding]:
    """Everything unfair about the items, the slides and the discussion.

    Args:
        master: The master notebook.
        keys: Its keys.
        docs: The sources that are in the workspace.
        others: Names of cases that were not chosen, with their ids.
    """
    yield from _outside(master, keys, others)
    sentences = sentences_of(master)
    marked = 0
    for key in keys.values():
        if key.form in MARKED:
            marked += len(key.parts) or 1
            yield from _missing(key, sentences)
            yield from _worth(master, key, sentences, docs)
            yield from _told(key, asked_of(master, key.id))
    yield from _models(master)
    yield from _slides(master)
    yield Finding("ok", "items", say(f"{marked} 道判对错的小题都看过", f"{marked} marked items looked at"))


def _outside(master: Notebook, keys: Mapping[str, Key], others: Mapping[str, str]) -> Iterator[Finding]:
    """Items about cases that were not chosen: by their evidence, and by the names in their text."""
    chosen = set(master.info.get("cases") or ())
    own = " ".join(map(str, master.info.get("names") or ()))
    for key in keys.values():
        foreign = {str(one.get("case") or "") for one in key.evidence} - chosen - {""}
        for case in sorted(foreign):
            yield Finding(
                "wrong",
                "items",
                say(
                    f"{key.id} 用了没有选的案例 {case} 的证据",
                    f"{key.id} rests on evidence of {case}, which was not chosen",
                ),
            )
        asked = asked_of(master, key.id)
        for label, text in (*asked.items.items(), *asked.options.items()):
            for name, case in others.items():
                if case not in chosen and name in text and name not in own:
                    yield Finding("wrong", "items", say(f"{key.id} 的 {label} 说的是没有选的案例 {name}", f"{key.id}, {label}: about {name}, which was not chosen"))  # fmt: skip


def _missing(key: Key, sentences: Mapping[str, str]) -> Iterator[Finding]:
    """Evidence that decides an item and cannot be read in the editions."""
    for part in key.parts or ("*",):
        marks = key.look.get(part, ())
        if not marks:
            yield Finding(
                "wrong",
                "items",
                say(
                    f"{key.id} 第 {part} 项没有写明看哪条证据（look）", f"{key.id}, {part}: no evidence is named (look)"
                ),
            )
        for mark in marks:
            if mark not in sentences:
                yield Finding("wrong", "items", say(f"{key.id} 第 {part} 项要用 {mark}，但学员读不到它的引文", f"{key.id}, {part} needs {mark}, whose words participants do not get"))  # fmt: skip


def _worth(master: Notebook, key: Key, sentences: Mapping[str, str], docs: Mapping[str, Doc]) -> Iterator[Finding]:
    """Answers that rest on hearsay, on what was only tried, or on a retelling, without being about just that."""
    places = {str(one["mark"]): one for cell in master.of_part("evidence") for one in cell.evidence}
    for part, marks in key.look.items():
        told = key.natures.get(part, "fact")
        for mark in marks:
            where = places.get(mark)
            if where is not None and _rank(where, docs) not in ("original", None):
                yield Finding(
                    "wrong",
                    "items",
                    say(
                        f"{key.id} 第 {part} 项的答案靠转述（{mark}）",
                        f"{key.id}, {part} rests on a retelling ({mark})",
                    ),
                )
        words = says(" ".join(sentences.get(mark, "") for mark in marks))
        worst = words if words in ("hearsay", "doubtful") else told
        if worst in ("retelling", "doubtful") or (
            worst == "hearsay" and not (told == "hearsay" and key.kind in _ABOUT_WORTH)
        ):
            kind = nature_label(worst)
            yield Finding("wrong", "items", say(f"{key.id} 第 {part} 项的答案靠{kind}：改成讨论题", f"{key.id}, {part} rests on what is {kind}: discuss it instead"))  # fmt: skip


def _rank(place: Mapping[str, Any], docs: Mapping[str, Doc]) -> str | None:
    source = Address.of_json(place).source
    return docs[source].cleaned.metadata.rank if source in docs else None


def _told(key: Key, asked: Asked) -> Iterator[Finding]:
    """Items whose words give the answer away, and hints that are the answer."""
    answers = dict(key.answer) if isinstance(key.answer, Mapping) else {}
    for part, answer in answers.items():
        option = asked.options.get(answer, "")
        hint = " ".join(text for name, text in key.hints.items() if name in (part, "*"))
        if hint and tells_answer(hint, answer, option):
            yield Finding(
                "wrong",
                "items",
                say(f"{key.id} 第 {part} 项的提示就是答案", f"{key.id}, {part}: the hint is the answer"),
            )
        if key.form == "mapping" and option and part in asked.items:
            shared = shared_words(asked.items[part], option, list(asked.options.values()))
            if shared:
                listed = say("、", ", ").join(sorted(shared)[:3])
                yield Finding("wrong", "items", say(f"{key.id} 第 {part} 项与正确选项都有“{listed}”，不想也能选对", f"{key.id}, {part} shares “{listed}” with its right option alone"))  # fmt: skip
        if (
            part in key.decimals
            and part in asked.items
            and re.search(rf"(?<![\d.]){re.escape(answer)}(?![\d.])", asked.items[part])
        ):
            yield Finding(
                "wrong", "items", say(f"{key.id} 第 {part} 题写出了得数", f"{key.id}, {part} prints its result")
            )


def _models(master: Notebook) -> Iterator[Finding]:
    """Questions for discussion without a model answer behind them."""
    for i, cell in enumerate(master.cells):
        if cell.part == "questions" and cell.for_participants:
            asked = set(_QUESTION.findall(cell.source))
            behind = next((one for one in master.cells[i + 1 :] if one.part in ("likely", "questions")), None)
            answered = (
                set(_ANSWERED.findall(behind.source)) if behind is not None and behind.part == "likely" else set()
            )
            for number in sorted(asked - answered, key=int):
                title = cell.source.partition("\n")[0].lstrip("# ")
                yield Finding("wrong", "questions", say(f"“{title}”第 {number} 问没有参考回答", f"“{title}”: question {number} has no model answer"))  # fmt: skip


def _slides(master: Notebook) -> Iterator[Finding]:
    """Slides that are fuller than a slide."""
    full = list(overfull_blocks(participant_edition(master).notebook))
    for title, words in full:
        yield Finding(
            "wrong", "slides", say(f"幻灯片“{title}”放不下：{words}……", f"the slide “{title}” is overfull: {words}…")
        )
    if not full:
        yield Finding("ok", "slides", say("幻灯片都放得下", "every slide fits"))
