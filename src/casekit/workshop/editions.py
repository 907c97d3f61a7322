"""From the master to what participants get and what the facilitator keeps.

The participants' notebook is made anew from what is meant for them, cell by cell; nothing is taken over that is not named
here, so no output, attachment, comment or metadata of the master can come along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Address
from casekit.workshop.cells import answer_cell
from casekit.workshop.images import bare_image
from casekit.workshop.judging import Checks
from casekit.workshop.keys import Asked, Key, question_of, read_key
from casekit.workshop.markup import address, clean, literal, md, plain_of_md
from casekit.workshop.notebook import Cell, Notebook
from casekit.workshop.sealing import lock_of

__all__ = [
    "Edition", "asked_of", "checks_of", "facilitator_edition", "key_markdown", "keys_of", "participant_edition", "sentences_of",
]  # fmt: skip

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
# A link reference definition shows nothing, so people use it for comments: [//]: # (text)
_DEFINITION: Final = re.compile(r"^ {0,3}\[[^\]\n]*\]:[^\n]*\n?", re.MULTILINE)
# nbgrader's marks around a solution inside a cell.
_SOLUTION: Final = re.compile(
    r"^[^\n]*\bBEGIN SOLUTION\b.*?(?:^[^\n]*\bEND SOLUTION\b[^\n]*\n?|\Z)", re.DOTALL | re.MULTILINE
)
_ATTACHED: Final = re.compile(r"attachment:([^\s)\"'>]+)")
_OPTION: Final = re.compile(r"^- \*\*([A-Z])\*\* ?(.*)$", re.MULTILINE)
_ITEM: Final = re.compile(r"^\| (\d+) \| (.*) \|$", re.MULTILINE)
_EVIDENCE: Final = re.compile(r"^\*\*(E\d+)\*\* \[\d+\]")
# The form is what counts; its one line of code is folded away.
_HIDDEN: Final[Mapping[str, Any]] = {"jupyter": {"source_hidden": True}}
_SETUP: Final = "from casekit.workshop import exercise, note, open_checks\n\n"


@dataclass(frozen=True, slots=True)
class Edition:
    """A notebook for somebody, and what the trainer should know about how it was made."""

    notebook: Notebook
    warnings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """The part of the workshop that each cell of the participants' edition belongs to."""


def keys_of(master: Notebook) -> dict[str, Key]:
    """The keys of the exercises by id, in the order of the notebook.

    Raises:
        SettingError: If a key cannot be read, or two have one id.
    """
    keys: dict[str, Key] = {}
    for cell in master.of_part("key"):
        key = read_key(cell.source)
        if key.id in keys:
            raise SettingError(say(f"有两个答案的 id 都是 {key.id}", f"two keys have the id {key.id}"))
        if not re.fullmatch(r"q\d+", key.id):
            raise SettingError(
                say(f"答案的 id 是 {key.id!r}，应为 q1、q2 这样", f"a key's id is {key.id!r}; wanted q1, q2 and so on")
            )
        keys[key.id] = key
    return keys


def sentences_of(master: Notebook) -> dict[str, str]:
    """The quotations of the evidence that participants get, by mark."""
    found: dict[str, str] = {}
    for cell in master.of_part("evidence"):
        mark = ""
        for block in cell.source.split("\n\n") if cell.for_participants else ():
            if head := _EVIDENCE.match(block):
                mark = head[1]
            elif block.startswith(">") and mark:
                found[mark] = plain_of_md(" ".join(line.lstrip("> ") for line in block.splitlines()))
    return found


def asked_of(master: Notebook, exercise: str) -> Asked:
    """What participants read of an exercise, as its cell says now."""
    text = "\n".join(cell.source for cell in master.of_part("exercise") if cell.exercise == exercise)
    items = {label: plain_of_md(told) for label, told in _ITEM.findall(text)}
    return Asked(items, {letter: plain_of_md(told) for letter, told in _OPTION.findall(text)})


def checks_of(master: Notebook, *, word: str = "") -> Checks:
    """What the participants' notebook needs to check answers.

    Args:
        master: The master notebook.
        word: What participants are told in the room before `check` answers; empty if nothing.
    Raises:
        SettingError: If a key is unusable or the workshop has no salt.
    """
    salt = master.info.get("salt")
    if not isinstance(salt, str) or len(salt) < 16:
        raise SettingError(say("母版的元数据里没有 salt", "the master's metadata has no salt"))
    questions = {
        name: question_of(key, salt, asked_of(master, name), word=word) for name, key in keys_of(master).items()
    }
    language = str(master.info.get("language") or "")
    return Checks(salt, questions, language, lock_of(salt, word), sentences_of(master))


def participant_edition(master: Notebook, checks: Checks | None = None) -> Edition:
    """The participants' notebook: no key in any form but the salted digests.

    Raises:
        SettingError: As for `checks_of`.
    """
    checks = checks or checks_of(master)
    keys = keys_of(master)
    cells: list[Cell] = []
    warnings: list[str] = []
    parts: list[str] = []
    for i, cell in enumerate(master.cells, 1):
        if cell.untagged:
            warnings.append(
                say(
                    f"第 {i} 格没有标签，只进主持人版；要给学员就加 casekit-participant",
                    f"cell {i} has no tag: facilitator only; tag it casekit-participant to show it",
                )
            )
        if not cell.for_participants:
            continue
        name = f"part-{len(cells) + 1:03d}"
        if cell.part == "setup":
            source = f"{_SETUP}open_checks({literal(checks.to_json())})"
            cells.append(Cell("code", source, id=name, more=_HIDDEN))
        elif cell.part == "answer":
            # written anew, so that what somebody tried in the master is not handed out
            key = keys.get(cell.exercise)
            if key is not None:
                cells.append(Cell("code", answer_cell(key.id), id=name, more=_HIDDEN))
        elif cell.kind == "code":
            more = _HIDDEN if cell.part == "decision" else {}
            cells.append(Cell("code", _SOLUTION.sub("", cell.source), id=name, more=more))
        else:
            made, complaints = _shown(cell, i)
            cells.append(replace(made, id=name))
            warnings += complaints
        parts += [cell.part] * (len(cells) - len(parts))
    return Edition(Notebook(tuple(cells), {"edition": "participant", "version": 2}), tuple(warnings), tuple(parts))


def _shown(cell: Cell, number: int) -> tuple[Cell, list[str]]:
    """A Markdown cell with its visible text and the pixels of the pictures that it shows."""
    source = _COMMENT.sub("", _SOLUTION.sub("", cell.source))
    attachments: dict[str, Mapping[str, str]] = {}
    warnings: list[str] = []
    if _DEFINITION.search(source):
        source = _DEFINITION.sub("", source)
        warnings.append(
            say(
                f"第 {number} 格里 [名]：这样的行看不见，没有给学员；链接请写成 [字]（地址）",
                f"cell {number}: lines like [name]: … cannot be seen and were left out; write links as [text](address)",
            )
        )
    names: dict[str, str] = {}
    for name in dict.fromkeys(_ATTACHED.findall(source)):
        for mime, data in cell.attachments.get(name, {}).items():
            bare = bare_image(mime, data)
            if bare is not None:
                names[name] = f"image-{number}-{len(names) + 1}.{mime.removeprefix('image/')}"
                attachments[names[name]] = {mime: bare}
        if name not in names:
            warnings.append(
                say(
                    f"第 {number} 格的附件 {clean(name)} 不是 PNG 或 JPEG，没有给学员",
                    f"cell {number}: the attachment {clean(name)} is no PNG or JPEG and was left out",
                )
            )
    source = _ATTACHED.sub(lambda m: f"attachment:{names.get(m[1], 'none')}", source)
    return Cell("markdown", source.strip("\n"), slide=cell.slide, attachments=attachments), warnings


def facilitator_edition(master: Notebook, checks: Checks | None = None, *, word: str = "") -> Edition:
    """The facilitator's notebook: everything, with keys in words and answers filled in, so that running it proves them.

    Raises:
        SettingError: As for `checks_of`.
    """
    checks = checks or checks_of(master)
    keys = keys_of(master)
    cells: list[Cell] = []
    for cell in master.cells:
        name = f"facil-{len(cells) + 1:03d}"
        if cell.part == "setup":
            cells.append(replace(cell, source=f"{_SETUP}open_checks({literal(checks.to_json())})", id=name))
            if checks.lock:
                cells.append(replace(cell, source=_word_cell(word), id=f"facil-{len(cells) + 1:03d}"))
        elif cell.part == "answer" and cell.exercise in keys:
            key = keys[cell.exercise]
            answer = key.answer if isinstance(key.answer, Mapping) else list(key.answer)
            cells.append(replace(cell, source=answer_cell(key.id, answer), id=name))
        elif cell.part == "key":
            cells.append(replace(cell, kind="markdown", source=key_markdown(read_key(cell.source)), id=name))
        else:
            cells.append(replace(cell, id=name))
    info: dict[str, Any] = {**master.info, "edition": "facilitator"}
    return Edition(Notebook(tuple(cells), info))


def _word_cell(word: str) -> str:
    told = say("填上主持人给的口令，再运行", "put in the word that the facilitator gives, then run")
    return f"from casekit.workshop import use_word\n\nuse_word({literal(word)})  # {told}"


def key_markdown(key: Key) -> str:
    """The key for people: each item with its answer, the reason and the evidence that decides it."""
    title = say(f"答案 {key.id}（{key.minutes} 分钟）", f"Key {key.id} ({key.minutes} minutes)")
    told = (
        md(key.told())
        if key.form not in ("open", "essay")
        else md(say("不判对错，带到讨论里", "not marked: to be discussed"))
    )
    blocks = [f"### {md(title)}", f"**{told}**"]
    for name, lines in (
        (say("讲解", "Why"), (*key.explanation, *(f"{part}. {reason}" for part, reason in key.reasons.items()))),
        (say("可能的回答", "Likely answers"), key.likely),
        (say("常见误区", "Misconceptions"), key.misconceptions),
    ):
        if lines:
            blocks.append(f"**{name}**\n\n" + "\n".join(f"- {md(line)}" for line in lines))
    if key.evidence:
        listed = say("、", ", ").join(f"{md(one['mark'])} {address(Address.of_json(one))}" for one in key.evidence)
        blocks.append(f"**{say('证据', 'Evidence')}** {listed}")
    return "\n\n".join(blocks)
