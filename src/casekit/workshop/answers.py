"""Checking answers where the participants sit: the file holds slow salted digests and sealed reasons, never the key.

Every part of an exercise is answered for by itself, so that a participant hears which one to look at again, with the sentence
that decides it; the reason of a right answer is sealed with that answer and opens only to it. Whoever tries every option by
program finds the right one: nothing that is checked on the participant's own computer can prevent that, but a word that the
facilitator gives out in the room (`use_word`) makes the file alone useless for it. What is compared is folded: script, width,
case and spacing don't matter, numbers are rounded as the exercise says. What is discussed is never marked.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final, Literal

from casekit.errors import SettingError
from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.sealing import ROUNDS, lock_of, sealed_of, unseal
from casekit.workshop.speaking import speaking

__all__ = [
    "FORMS",
    "MARKED",
    "Checks",
    "Feedback",
    "Form",
    "Judged",
    "Question",
    "canonical",
    "check",
    "folded_part",
    "given_word",
    "open_checks",
    "opened_checks",
    "use_word",
]

Form = Literal["mapping", "order", "set", "open", "essay"]
FORMS: Final = ("mapping", "order", "set", "open", "essay")
MARKED: Final = ("mapping", "order", "set")
"""The forms that are marked; the others are discussed."""
VERSION: Final = 2
_WHOLE: Final = "*"
"""The part of an answer that has only one (a set of letters)."""
_MARK: Final = re.compile(r"[EeＥｅ]\s*([0-9０-９]+)")
_NOT_CODED: Final = re.compile(r"[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What a notebook knows of one exercise: what it asks, and for each part a digest, a sealed reason and where to look.

    `decimals` gives, for parts that are numbers, to how many places they are rounded. `items` are the texts of the parts,
    `options` the answers to choose from; both are what participants read anyway.
    """

    form: Form
    parts: tuple[str, ...] = ()
    decimals: Mapping[str, int] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    look: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "form": self.form,
            "title": self.title,
            "parts": list(self.parts),
            "items": dict(self.items),
            "options": dict(self.options),
            "decimals": dict(self.decimals),
            "digests": dict(self.digests),
            "reasons": dict(self.reasons),
            "hints": dict(self.hints),
            "look": {part: list(marks) for part, marks in self.look.items()},
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Question:
        """Back from `to_json`."""
        look = {part: tuple(marks) for part, marks in data["look"].items()}
        return cls(
            data["form"], tuple(data["parts"]), data["decimals"], data["digests"], data["reasons"], data["hints"], look,
            data["title"], data["items"], data["options"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one part: right or not (None: no answer yet, or nothing to mark), and what to read."""

    part: str
    right: bool | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What came of an answer, part by part; true where all of it is right."""

    question: str
    status: Literal["right", "wrong", "blank", "seen", "no-key"]
    message: str
    items: tuple[Judged, ...] = ()

    def __bool__(self) -> bool:
        return self.status == "right"

    def __str__(self) -> str:
        lines = (f"  {self._sign(one)} {one.part} {one.told}".rstrip() for one in self.items)
        return "\n".join((f"{self._sign()} {self.question}: {self.message}", *lines))

    __repr__ = __str__

    def _sign(self, one: Judged | None = None) -> str:
        if one is not None:
            return "·" if one.right is None else "✓" if one.right else "✗"
        return {"right": "✓", "wrong": "✗", "seen": "✓"}.get(self.status, "·")

    def _repr_html_(self) -> str:
        e = html.escape
        listed = "".join(f"<li>{self._sign(one)} {e(one.part)} {e(one.told)}</li>" for one in self.items)
        listed = f"<ul>{listed}</ul>" if listed else ""
        return f"<div><strong>{self._sign()} {e(self.question)}</strong> {e(self.message)}{listed}</div>"


def canonical(form: Form, answer: object, parts: tuple[str, ...], decimals: Mapping[str, int]) -> str | None:
    """The answer in the one form that is compared; None where a part has no answer yet.

    Raises:
        SettingError: If the answer has another shape than the exercise wants, or a number cannot be read.

    Examples:
        >>> canonical("mapping", {"用户": "2,000", "工具": "掃碼購"}, ("用户", "工具"), {"用户": 0})
        '用户=2000;工具=扫码购'
    """
    if form == "set":
        return _letters(answer)
    if isinstance(answer, list | tuple) and len(answer) == len(parts):
        answer = dict(zip(parts, answer, strict=True))
    if not isinstance(answer, Mapping):
        wanted = ", ".join(f'"{part}": …' for part in parts)
        raise SettingError(say(f"这一题的答案要写成 {{{wanted}}}", f"write the answer as {{{wanted}}}"))
    given = {match_key(str(key)): value for key, value in answer.items()}
    told = []
    for part in parts:
        value = given.get(match_key(part))
        if value is None or not str(value).strip():
            return None
        folded = _number(value, decimals[part]) if part in decimals else match_key(str(value))
        told.append(f"{match_key(part)}={folded}")
    return ";".join(told)


def _letters(answer: object) -> str | None:
    if isinstance(answer, str):
        words = [word for word in _NOT_CODED.split(answer) if word]
        # "ACE" is three letters; a code such as B2 stays one
        answer = list(words[0]) if len(words) == 1 and words[0].isalpha() else words
    if not isinstance(answer, list | tuple | set | frozenset):
        raise SettingError(say('这一题的答案要写成列表，例如 ["A", "C"]', 'write the answer as a list: ["A", "C"]'))
    keys = sorted({match_key(str(one)) for one in answer} - {""})
    return ",".join(keys) or None


def _number(value: object, places: int) -> str:
    text = unicodedata.normalize("NFKC", str(value)).replace(",", "").replace("，", "").strip().rstrip("%倍 ")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise SettingError(say(f"{value!r} 不是数字", f"{value!r} is no number")) from None
    if not number.is_finite():
        raise SettingError(say(f"{value!r} 不是数字", f"{value!r} is no number"))
    return str(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def folded_part(question: Question, part: str, value: object) -> str | None:
    """One part's answer in the form that is compared; None where there is none yet.

    Raises:
        SettingError: If a number cannot be read.
    """
    if question.form == "set":
        return _letters(value)
    if value is None or not str(value).strip():
        return None
    return _number(value, question.decimals[part]) if part in question.decimals else match_key(str(value))


@dataclass(frozen=True, slots=True)
class Checks:
    """The exercises of one notebook by id, with the salt of their digests and the language of what is answered.

    `lock` is the digest of the word that is needed, empty if none is. `sentences` are the quotations of the evidence pack
    by their marks.
    """

    salt: str
    questions: Mapping[str, Question]
    language: str = ""
    lock: str = ""
    sentences: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """ASCII JSON, so that it can stand in any program or page as it is."""
        data = {
            "version": VERSION,
            "salt": self.salt,
            "rounds": ROUNDS,
            "language": self.language,
            "lock": self.lock,
            "sentences": dict(self.sentences),
            "questions": {name: question.to_json() for name, question in self.questions.items()},
        }
        return json.dumps(data, ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def of_json(cls, text: str) -> Checks:
        """Back from `to_json`.

        Raises:
            SettingError: If it is no such text.
        """
        try:
            data = json.loads(text)
            if data["version"] != VERSION:
                raise ValueError(data["version"])
            questions = {name: Question.of_json(one) for name, one in data["questions"].items()}
            return cls(data["salt"], questions, data["language"], data["lock"], data["sentences"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingError(
                say(
                    f"答案摘要读不出来：{error}；请向主持人要一份新的",
                    f"unreadable checks ({error}): ask for a new copy",
                )
            ) from error

    def opens(self, word: str) -> bool:
        """Whether this is the word, or none is needed."""
        return not self.lock or lock_of(self.salt, word) == self.lock

    def check(self, name: str, answer: object, *, word: str = "") -> Feedback:
        """What comes of an answer to the exercise called `name`; `word` as the facilitator gave it, where one is needed.

        Raises:
            SettingError: If there is no such exercise.
        """
        with speaking(self.language):
            question = self.questions.get(name)
            if question is None:
                known = ", ".join(self.questions)
                raise SettingError(say(f"没有练习 {name!r}；有：{known}", f"no exercise {name!r}; there are: {known}"))
            if question.form == "essay":
                return self._essay(name, answer)
            return self._marked(name, question, answer, word)

    def _marked(self, name: str, question: Question, answer: object, word: str) -> Feedback:
        try:
            told = _given(question, answer)
        except SettingError as error:
            return Feedback(name, "blank", str(error))
        if not any(told.values()):
            return Feedback(name, "blank", say("还没有填", "nothing filled in yet"))
        if question.form == "open":
            return Feedback(
                name,
                "seen",
                say("这一题不判对错：说出每一项的依据，带到讨论里", "not marked: say why for each, and discuss"),
            )
        if self.lock and not word:
            return Feedback(name, "no-key", say("先填主持人给的口令", "first the word that the facilitator gives"))
        judged = tuple(self._judged(name, question, part, one, word) for part, one in told.items())
        wrong, blank = (sum(one.right is value for one in judged) for value in (False, None))
        if not wrong and not blank:
            return Feedback(name, "right", say("全部正确", "all correct"), judged)
        right = len(judged) - wrong - blank
        message = say(f"对 {right} 项，错 {wrong} 项，未填 {blank} 项", f"{right} right, {wrong} wrong, {blank} blank")
        return Feedback(name, "wrong" if wrong else "blank", message, judged)

    def _judged(self, name: str, question: Question, part: str, told: str | None, word: str) -> Judged:
        shown = "" if part == _WHOLE else part
        if told is None:
            return Judged(shown, None, say("还没有填", "no answer yet"))
        place = f"{name}/{part}"
        word = word if self.lock else ""
        sentences = say("；", "; ").join(self.quoted(mark) for mark in question.look.get(part, ()))
        if sealed_of(self.salt, place, told, word=word) != question.digests[part]:
            hint = question.hints.get(part) or question.hints.get("*") or say("回到证据再看", "go back to the evidence")
            return Judged(shown, False, f"{hint}{say('：', ': ')}{sentences}" if sentences else hint)
        reason = unseal(self.salt, place, told, question.reasons.get(part, ""), word=word)
        return Judged(shown, True, " ".join(one for one in (sentences, reason) if one))

    def quoted(self, mark: str) -> str:
        """A piece of evidence with its sentence."""
        sentence = self.sentences.get(mark)
        return say(f"{mark}「{sentence}」", f"{mark} “{sentence}”") if sentence else mark

    def _essay(self, name: str, answer: object) -> Feedback:
        text = str(answer or "").strip()
        if not text:
            return Feedback(name, "blank", say("还没有写", "nothing written yet"))
        cited = list(dict.fromkeys(f"E{int(unicodedata.normalize('NFKC', n))}" for n in _MARK.findall(text)))
        judged = tuple(
            Judged(
                "",
                None,
                self.quoted(mark)
                if mark in self.sentences
                else say(f"证据包里没有 {mark}", f"the evidence has no {mark}"),
            )
            for mark in cited
        )
        message = (
            say(
                "这一题不判对错。逐条重读您引的句子：是做到的，还是目标、估计、传闻？说的是同一件事吗？",
                "Not marked. Read the sentences that you cite again: done, or aimed at, reckoned, hearsay? About the same thing?",
            )
            if cited
            else say(
                "这一题不判对错。还没有写明证据的编号（例如 E3）：对方会问您凭什么。",
                "Not marked. No evidence is named yet (E3): others will ask what you rest on.",
            )
        )
        return Feedback(name, "seen", message, judged)


def _given(question: Question, answer: object) -> dict[str, str | None]:
    """The folded answer of each part, None where there is none yet.

    Raises:
        SettingError: If the answer has another shape than the exercise wants.
    """
    if question.form == "set":
        return {_WHOLE: folded_part(question, _WHOLE, answer)}
    if isinstance(answer, list | tuple) and len(answer) == len(question.parts):
        answer = dict(zip(question.parts, answer, strict=True))
    if not isinstance(answer, Mapping):
        raise SettingError(say("这一题要逐项作答", "this exercise is answered part by part"))
    given = {match_key(str(key)): value for key, value in answer.items()}
    return {part: folded_part(question, part, given.get(match_key(part))) for part in question.parts}


_opened: Checks | None = None
_word = ""


def open_checks(data: str | None = None) -> None:
    """Make the exercises of this notebook known to `check`; nothing for a master, which is not built yet.

    Raises:
        SettingError: If the data cannot be read.
    """
    global _opened, _word
    _opened, _word = (None if data is None else Checks.of_json(data)), ""


def opened_checks() -> Checks | None:
    """The exercises of this notebook; None in a master."""
    return _opened


def given_word() -> str:
    """The word that was given in this notebook; empty where none was."""
    return _word


def use_word(word: str) -> None:
    """Give the word that the facilitator gave out: `use_word("…")`; nothing where none is needed or it is still empty.

    Raises:
        SettingError: If it is another word.
    """
    global _word
    if _opened is None or not word.strip():
        return
    if not _opened.opens(word):
        with speaking(_opened.language):
            raise SettingError(say("口令不对，请再问主持人", "that is not the word: ask the facilitator"))
    _word = word


def check(question: str, answer: object) -> Feedback:
    """Check an answer: `check("q1", q1)`.

    Raises:
        SettingError: If there is no such exercise.
    """
    if _opened is None:
        return Feedback(
            question,
            "no-key",
            say("这里没有答案摘要：母版要先 casekit workshop build", "no checks here: build the master first"),
        )
    return _opened.check(question, answer, word=_word)
