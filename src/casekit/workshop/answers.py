"""What an exercise asks, and its answers in the one form that is compared.

What is compared is folded: script, width, case and spacing don't matter, numbers are rounded as the exercise says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final, Literal

from casekit.errors import SettingError
from casekit.fold import match_key
from casekit.language import say

__all__ = ["FORMS", "MARKED", "WHOLE", "Form", "Question", "canonical", "folded_part", "given_parts"]

Form = Literal["mapping", "order", "set", "open", "essay"]
FORMS: Final = ("mapping", "order", "set", "open", "essay")
MARKED: Final = ("mapping", "order", "set")
"""The forms that are marked; the others are discussed."""
WHOLE: Final = "*"
"""The part of an answer that has only one (a set of letters)."""
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


def given_parts(question: Question, answer: object) -> dict[str, str | None]:
    """The folded answer of each part, None where there is none yet.

    Raises:
        SettingError: If the answer has another shape than the exercise wants.
    """
    if question.form == "set":
        return {WHOLE: folded_part(question, WHOLE, answer)}
    if isinstance(answer, list | tuple) and len(answer) == len(question.parts):
        answer = dict(zip(question.parts, answer, strict=True))
    if not isinstance(answer, Mapping):
        raise SettingError(say("这一题要逐项作答", "this exercise is answered part by part"))
    given = {match_key(str(key)): value for key, value in answer.items()}
    return {part: folded_part(question, part, given.get(match_key(part))) for part in question.parts}
