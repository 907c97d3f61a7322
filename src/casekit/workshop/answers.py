"""Checking answers where the participants sit: the file holds slow salted digests, never the key.

A whole exercise has one digest (of all its parts together), so that a file that is handed out cannot be searched part by
part, and the fewer answers there are, the slower one is checked. Whoever tries every combination of a few options by program
finds it all the same: nothing that is checked on the participant's own computer can prevent that, but a word that the
facilitator gives out in the room (`use_word`) makes the file alone useless for it. What is compared is folded: script, width, case and spacing don't matter, numbers are rounded as the exercise says.
"""

from __future__ import annotations

import hashlib
import html
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, Literal

from casekit.errors import SettingError
from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.speaking import speaking

__all__ = [
    "FORMS",
    "Checks",
    "Feedback",
    "Form",
    "Question",
    "canonical",
    "check",
    "digest",
    "lock_of",
    "open_checks",
    "times_for",
    "use_word",
]

Form = Literal["mapping", "set", "essay"]
FORMS: Final = ("mapping", "set", "essay")
VERSION: Final = 1
# scrypt with 32 MiB: 0.1-0.25 s a try on an ordinary core, several times that for exercises with few possible answers, up to
# what people put up with after pressing a key. Trying all of 1,296 answers (four parts, six options) takes ten minutes, of
# 125 (three parts, five options) two, of 8 ten seconds.
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P, _DIGEST_BYTES = 2**15, 8, 1, 16
_TRY_S: Final = 0.1  # one scrypt, measured on the machine that this was written on
_WANTED_S: Final = 600.0
_MOST_TIMES: Final = 10
_MARK: Final = re.compile(r"[EeＥｅ]\s*([0-9０-９]+)")
_NOT_CODED: Final = re.compile(r"[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What a notebook knows of one exercise: its form, its parts, where to look again, and the digest of the key.

    `decimals` gives, for parts that are numbers, to how many places they are rounded. An essay has no digest: `marks` lists
    the evidence that may be cited and `least` how many different ones are wanted. `times` is how slow the digest is.
    """

    form: Form
    parts: tuple[str, ...] = ()
    decimals: Mapping[str, int] = field(default_factory=dict)
    digest: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    least: int = 2
    times: int = 1

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "form": self.form,
            "parts": list(self.parts),
            "decimals": dict(self.decimals),
            "digest": self.digest,
            "hints": dict(self.hints),
            "marks": list(self.marks),
            "least": self.least,
            "times": self.times,
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Question:
        """Back from `to_json`."""
        return cls(
            data["form"], tuple(data["parts"]), data["decimals"], data["digest"], data["hints"],
            tuple(data["marks"]), data["least"], data.get("times", 1),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feedback:
    """What came of an answer; true where it is right. `hints` say where to look again."""

    question: str
    status: Literal["right", "wrong", "blank", "seen", "no-key"]
    message: str
    hints: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.status == "right"

    def __str__(self) -> str:
        return "\n".join((f"{self._sign()} {self.question}: {self.message}", *(f"  · {hint}" for hint in self.hints)))

    __repr__ = __str__

    def _sign(self) -> str:
        return {"right": "✓", "wrong": "✗", "seen": "✓"}.get(self.status, "·")

    def _repr_html_(self) -> str:
        e = html.escape
        hints = "".join(f"<li>{e(hint)}</li>" for hint in self.hints)
        listed = f"<ul>{hints}</ul>" if hints else ""
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


def times_for(answers: int) -> int:
    """How slow the digest of an exercise with so many possible answers is made, 1 to 10: few answers are tried quickly."""
    return max(1, min(_MOST_TIMES, math.ceil(_WANTED_S / (_TRY_S * max(1, answers)))))


@lru_cache(maxsize=256)
def digest(salt: str, question: str, told: str, *, times: int = 1, word: str = "") -> str:
    """The slow salted digest of a canonical answer, in hex.

    Args:
        salt: The workshop's salt.
        question: The exercise's id, so that equal answers have other digests.
        told: The answer as `canonical` gives it.
        times: How many times as slow as once.
        word: What the facilitator gives out; part of the salt, in any script and case.

    References:
        C. Percival, S. Josefsson (2016). The scrypt Password-Based Key Derivation Function. RFC 7914.
    """
    made = hashlib.scrypt(
        told.encode("utf-8"),
        salt=f"{salt}:{question}:{match_key(word)}".encode() if word else f"{salt}:{question}".encode(),
        n=_SCRYPT_N,
        r=_SCRYPT_R,
        p=_SCRYPT_P * times,
        maxmem=2**27,
        dklen=_DIGEST_BYTES,
    )
    return made.hex()


def lock_of(salt: str, word: str) -> str:
    """The digest by which a word is recognised; empty for no word."""
    return digest(salt, "word", match_key(word), times=_MOST_TIMES) if word else ""


@dataclass(frozen=True, slots=True)
class Checks:
    """The exercises of one notebook by id, with the salt of their digests and the language of what is answered.

    `lock` is the digest of the word that is needed, empty if none is.
    """

    salt: str
    questions: Mapping[str, Question]
    language: str = ""
    lock: str = ""

    def to_json(self) -> str:
        """ASCII JSON, so that it can stand in any program or page as it is."""
        data = {
            "version": VERSION,
            "salt": self.salt,
            "language": self.language,
            "lock": self.lock,
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
            return cls(data["salt"], questions, data.get("language", ""), data.get("lock", ""))
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
            return self._checked(name, answer, word)

    def _checked(self, name: str, answer: object, word: str) -> Feedback:
        question = self.questions.get(name)
        if question is None:
            known = ", ".join(self.questions)
            raise SettingError(say(f"没有练习 {name!r}；有：{known}", f"no exercise {name!r}; there are: {known}"))
        if question.form == "essay":
            return _essay(name, question, answer)
        try:
            told = canonical(question.form, answer, question.parts, question.decimals)
        except SettingError as error:
            return Feedback(name, "blank", str(error))
        if told is None:
            return Feedback(name, "blank", say("还没有填完", "not complete yet"), _hints(question, answer, blank=True))
        if self.lock and not word:
            return Feedback(name, "no-key", say('先填主持人给的口令：use_word("…")', 'first the word: use_word("…")'))
        if digest(self.salt, name, told, times=question.times, word=word if self.lock else "") == question.digest:
            return Feedback(name, "right", say("全部正确", "all correct"))
        return Feedback(
            name,
            "wrong",
            say("还有不对的地方；逐项回到证据再看", "not all correct yet; go back to the evidence, item by item"),
            _hints(question, answer),
        )


def _hints(question: Question, answer: object, *, blank: bool = False) -> tuple[str, ...]:
    hints = question.hints
    wanted = [part for part in question.parts if part in hints]
    if blank:
        given = answer if isinstance(answer, Mapping) else {}
        open_parts = [part for part in question.parts if not str(given.get(part, "") or "").strip()]
        if len(open_parts) == len(question.parts):
            return ()
        wanted = [part for part in wanted if part in open_parts]
    general = () if blank or "*" not in hints else (hints["*"],)
    return (*general, *(f"{part}：{hints[part]}" for part in wanted))


def _essay(name: str, question: Question, answer: object) -> Feedback:
    text = str(answer or "").strip()
    if not text:
        return Feedback(name, "blank", say("还没有写", "nothing written yet"))
    cited = list(dict.fromkeys(f"E{int(unicodedata.normalize('NFKC', n))}" for n in _MARK.findall(text)))
    unknown = [mark for mark in cited if mark not in question.marks]
    if unknown:
        listed = ", ".join(unknown)
        return Feedback(name, "wrong", say(f"证据包里没有 {listed}", f"the evidence pack has no {listed}"))
    if len(cited) < question.least:
        return Feedback(
            name,
            "wrong",
            say(
                f"至少引用 {question.least} 条证据（写明 E 编号），现在是 {len(cited)} 条",
                f"cite at least {question.least} pieces of evidence by their E number; now {len(cited)}",
            ),
            tuple(question.hints.values()),
        )
    listed = "、".join(cited)
    return Feedback(
        name,
        "seen",
        say(f"引用了 {listed}；论证是否成立，带到讨论里", f"cites {listed}; bring the argument to the discussion"),
    )


_opened: Checks | None = None
_word = ""


def open_checks(data: str | None = None) -> None:
    """Make the exercises of this notebook known to `check`; nothing for a master, which is not built yet.

    Raises:
        SettingError: If the data cannot be read.
    """
    global _opened, _word
    _opened, _word = (None if data is None else Checks.of_json(data)), ""


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
