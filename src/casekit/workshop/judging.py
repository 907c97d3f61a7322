"""Judging answers where the participants sit: the file holds slow salted digests and sealed reasons, never the key.

Every part of an exercise is answered for by itself, so that a participant hears which one to look at again, with the sentence
that decides it; the reason of a right answer is sealed with that answer and opens only to it. Whoever tries every option by
program finds the right one: nothing that is checked on the participant's own computer can prevent that, but a word that the
facilitator gives out in the room (`use_word`) makes the file alone useless for it. What is discussed is never marked.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from casekit.errors import SettingError
from casekit.language import say
from casekit.workshop.answers import WHOLE, Question, given_parts
from casekit.workshop.sealing import ROUNDS, lock_of, sealed_of, unseal
from casekit.workshop.speaking import speaking

__all__ = ["Checks", "Feedback", "Judged"]

VERSION: Final = 2
_MARK: Final = re.compile(r"[EeＥｅ]\s*([0-9０-９]+)")


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
            told = given_parts(question, answer)
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
        shown = "" if part == WHOLE else part
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
