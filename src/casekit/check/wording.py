"""What a quotation looks like by itself: its weight, its pieces, its end, and what makes it a name and no sentence."""

from __future__ import annotations

import re
from typing import Final

from casekit.check.attribution import VERBS
from casekit.check.spelling import ELLIPSIS, Spelling, spell
from casekit.cues import CuePattern
from casekit.language import say

__all__ = [
    "NAME_END",
    "NARRATED",
    "SENTENCE_MARK",
    "common_letters",
    "end_message",
    "ends_open",
    "mark_difference",
    "split_parts",
    "weight_of",
    "weight_of_key",
    "wrong_end",
]

NAME_END: Final = CuePattern("%{name-ends}$")
# Between two pieces of one speech: closing mark, who speaks, opening mark.
NARRATED: Final = CuePattern(
    rf"[，,。！？!?…]*[”」』\"][，,]?[^“”「」『』\"\n]{{0,40}}?(?:{VERBS})(?:道)?[，,：:。]?\s*[“「『\"]", re.IGNORECASE
)
SENTENCE_MARK: Final = re.compile(r"[。！？；!?]|[，,].*[，,]|[.;]\s*$")


def wrong_end(part: Spelling, plain: str, end: int) -> str:
    """ "cut" where the quotation ends with a full stop in the middle of the source's words, "mark" where a question became
    a statement or the other way round, else "".
    """
    if not part.ending:
        return ""
    following = spell(plain[end : end + 12])
    if following.places and following.places[0] == 0 and not plain[end].isspace():
        return "cut"
    theirs = following.marks[0]
    theirs = next((mark for mark in "?!." if mark in theirs), "")
    asked = part.ending == "?" or theirs == "?"
    return "mark" if asked and theirs != part.ending else ""


def end_message(wrong: str, plain: str, end: int) -> tuple[str, str]:
    """The (difference, message) for a verdict of `wrong_end`."""
    following = " ".join(plain[end : end + 12].split())
    if wrong == "cut":
        return f"[{following}…→。]", say(
            f"引文以句号收尾，原文这里没有断句，接着是：{following}",
            f"ends with a full stop where the source goes on: {following}",
        )
    return f"[{following[:1]}]", say("句末的问号与原文不同", "the question mark at the end differs from the source")


def common_letters(one: str, other: str) -> int:
    """How many letters two strings begin with alike."""
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


def mark_difference(part: Spelling, original: Spelling, at: int) -> str:
    """The marks before letter `at` as the source has them and as the draft has them, with letters around."""
    low, high = max(0, at - 4), at + 4
    mine = part.marks[at] if at else ""
    theirs = original.marks[at] if 0 < at < len(original.marks) else ""
    return f"…{part.key[low:at]}[{theirs or '∅'}→{mine or '∅'}]{part.key[at:high]}…"


def weight_of_key(key: str) -> int:
    """Letters of a key, a Latin word counting as two and a number as one."""
    latin = re.findall(r"[a-z0-9]+", key)
    return sum(2 if not run.isdigit() else 1 for run in latin) + len(re.sub(r"[a-z0-9]", "", key))


def weight_of(content: str) -> int:
    """Characters, a Latin word counting as two."""
    words = re.findall(r"[A-Za-z0-9]+", content)
    return 2 * len(words) + sum(1 for c in content if c.isalnum() and not (c.isascii()))


def split_parts(content: str) -> list[Spelling]:
    """What stands between a quotation's ellipses."""
    return [spell(part) for part in ELLIPSIS.split(content)]


def ends_open(content: str) -> bool:
    """Whether a quotation ends with an ellipsis."""
    tail = spell(ELLIPSIS.split(content)[-1])
    return not tail.key
