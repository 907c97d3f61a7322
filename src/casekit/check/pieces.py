"""One piece of a quotation whose letters stand in a source: what its marks and edges change, and what an ellipsis joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from casekit.check import edges
from casekit.check.attribution import Attribution, label_before, person_of, same_person
from casekit.check.places import SourceText
from casekit.check.records import Status
from casekit.check.spelling import Spelling, first_difference, spell
from casekit.check.wording import end_message, mark_difference, wrong_end
from casekit.fold.characters import simplify
from casekit.language import say
from casekit.types import Span

__all__ = ["Context", "Joint", "across", "of_piece"]

_Found: TypeAlias = tuple[Status, str, str]


@dataclass(frozen=True, slots=True)
class Context:
    """What the draft says around a quotation."""

    claimed: Attribution
    references: tuple[str, ...]
    goes_on: bool
    """Whether the draft itself reports the turn that follows."""
    lead: str
    """The draft's words right before the quotation, simplified."""

    def tells(self, word: str) -> bool:
        """Whether the draft has a word that the quotation leaves out right before it: 很多“成功案例……”."""
        return simplify(word) in self.lead


def of_piece(
    part: Spelling, plain: str, start: int, end: int, context: Context, *, first: bool, last: bool, short: bool
) -> _Found | None:
    """What is wrong with a piece that stands in the source, as (status, difference, message), or None.

    Args:
        part: The piece as the draft has it.
        plain: The source's kept characters.
        start: Where its letters begin in `plain`.
        end: Where they end.
        context: What the draft says around it.
        first: Whether it is the quotation's first piece.
        last: Whether it is the last.
        short: Whether it is a term, of which only the marks count.
    """
    original = spell(plain[start:end])
    at = first_difference(part, original) if original.key == part.key else 0
    if at is not None:
        shown = mark_difference(part, original, at)
        message = say(f"标点或符号与原文不同：{shown}", f"marks differ from the source: {shown}")
        return "altered", shown, message
    if short:
        return None
    if (word := edges.dropped_negation(plain, start)) and not context.tells(word):
        message = say(f"原文前面有“{word}”，引文略去后意思相反", f"the source has “{word}” right before these words")
        return "altered", f"[{word}→∅]{plain[start : start + 6]}…", message
    if edges.cut_word(plain, start):
        message = say("引文从一个词的中间开始", "the quotation begins in the middle of a word")
        return "truncated", f"[{plain[start - 1]}→∅]{plain[start : start + 4]}…", message
    if edges.cut_end(plain, end):
        message = say("引文在一个词的中间结束", "the quotation ends in the middle of a word")
        return "truncated", f"…{plain[start:end][-4:]}[{plain[end]}→∅]", message
    if edges.cut_number(plain, start, end, part.trailing):
        around = plain[max(0, start - 4) : start] + "|" + plain[start:end][-6:] + "|" + plain[end : end + 4]
        message = say("引文在数字中间断开", "the quotation begins or ends in the middle of a number")
        return "truncated", around, message
    if last and (wrong := wrong_end(part, plain, end)):
        return ("truncated" if wrong == "cut" else "altered", *end_message(wrong, plain, end))
    word = edges.dropped_before(plain, start) or edges.dropped_scope(plain, start)
    if first and word and not context.tells(word):
        message = say(
            f"原文前面有“{word}”，引文没有带上", f"the source qualifies these words with “{word}” before them"
        )
        return "truncated", f"[{word}]", message
    return None


# ---- what an ellipsis joins -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Joint:
    """What the pieces around an ellipsis are taken from; `wrong` where these are the words of two people."""

    wrong: bool
    difference: str
    message: str


def across(text: SourceText, places: Sequence[Span], speakers: Sequence[str]) -> Joint | None:
    """What has to be said of an ellipsis that joins two speakers' words, or claims of two paragraphs; None for others.

    Args:
        text: The source.
        places: Where the quotation's pieces stand in it.
        speakers: Whom the source names beside each, "" for nobody.
    """
    plain = text.plain
    note: Joint | None = None
    for n in range(1, len(speakers)):
        (_, end), (start, _) = text.plain_range(places[n - 1]), text.plain_range(places[n])
        one, other = (speakers[i] or label_before(plain, at) for i, at in ((n - 1, end), (n, start)))
        labels = (_label(plain, end), _label(plain, start))
        if (one and other and same_person(one, other) is False) or (all(labels) and labels[0] != labels[1]):
            one, other = (person_of(one) or one, person_of(other) or other) if one and other else labels
            message = say(
                f"省略号把两个人的话连成了一句：前面是{one}，后面是{other}",
                f"the ellipsis joins the words of two people: {one}, then {other}",
            )
            return Joint(True, f"{one} … {other}", message)
        between = plain[end:start]
        if "\n" in between:
            told = say(
                "；省略号两边在原文不是一段，请看上下文", "; the ellipsis joins two paragraphs: mind the context"
            )
            note = Joint(False, "", told)
        elif note is None and _quoted(plain, end) != _quoted(plain, start):
            told = say(
                "；省略号一边是引语，一边是作者的叙述", "; the ellipsis joins somebody's words and the author's own"
            )
            note = Joint(False, "", told)
    return note


def _label(plain: str, at: int) -> str:
    """The label (甲：) that opens the line of plain[at], whoever it names."""
    line = plain.rfind("\n", 0, at) + 1
    m = re.match(r"\s*([^\s，。！？；：:“”「」\"《》]{1,12})\s*[：:]", plain[line:at])
    return simplify(m[1]) if m else ""


def _quoted(plain: str, at: int) -> bool:
    """Whether plain[at] stands inside quotation marks of its line."""
    before = plain[plain.rfind("\n", 0, at) + 1 : at]
    return sum(map(before.count, "“「『")) > sum(map(before.count, "”」』"))
