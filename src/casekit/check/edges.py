"""What a quotation leaves out at its edges: the turn that follows, the negation or doubt before it, half a number."""

from __future__ import annotations

import re
from typing import Final

from casekit.cues import CueLetters, CuePattern
from casekit.fold.characters import simplify

__all__ = [
    "cut_end",
    "cut_number",
    "cut_word",
    "dropped_before",
    "dropped_negation",
    "dropped_scope",
    "next_turn",
    "opens_with_turn",
    "sentence_turn",
]

_CLOSERS: Final = '”」』"’﹂﹄'
_PAUSES: Final = r"[^\w\n。！？!?]{0,8}"
# Words that take back, limit or weaken what stands before them.
_TURN_AFTER: Final = CuePattern(
    rf"(?P<gap>{_PAUSES})(?P<word>(?:%{{turns/opening}}|%{{turns/turn}}|%{{turns/paused}}|%{{turns/leaning}})(?![A-Za-z]))",
    re.IGNORECASE,
)
# Words that need a mark before them to turn the sentence: right behind a word they go on with it (都|只有三家, 还|没).
_NEEDS_PAUSE: Final = CuePattern("%{turns/paused}|%{turns/leaning}", re.IGNORECASE)
# Two clauses that lean on each other: 虽然 … 但 in the next clauses looks forward, not back.
_LEANS_FORWARD: Final = CuePattern("%{turns/leaning}", re.IGNORECASE)
_ANSWERED: Final = CuePattern(r"[^。！？\n]{0,60}?[,，][^。！？\n]{0,20}?%{turns/answer}")
_IN_WORD: Final = CueLetters("turns/in-word")
_SENTENCE_TURN: Final = CuePattern(r"\s*[。.！!？?…]+\s*(?P<word>%{turns/opening}(?![A-Za-z]))", re.IGNORECASE)
_NEGATION: Final = CuePattern(
    r"(?:%{negation/cue}|%{negation/ending}|%{negation/before-quotation}|not|never)[^\S\n]*$", re.IGNORECASE
)
_DOUBT: Final = CuePattern(
    r"(?:%{doubts}|%{hearsay/cue}|%{estimates/cue}|%{expectations/cue}|%{plans/cue}|%{conditions/cue})[^\S\n]*[,，:：]?[^\S\n]*$"
)
_SCOPE: Final = CuePattern(r"(?:%{scopes/whom}(?:的|\s)?|%{scopes/how-often}[，,\s]?|%{scopes/share})$", re.IGNORECASE)
_QUALIFIED: Final = CuePattern(
    r"(?:%{qualifiers/most}|%{qualifiers/about}|%{qualifiers/near}|%{qualifiers/more})[^\S\n]*$", re.IGNORECASE
)
_NUMBER: Final = CuePattern(r"\d|%{scopes/counted}")
_NUMBER_GOES_ON: Final = re.compile(r"\d|[.,．]\d|[ ]?[十百千万亿萬億]")


def next_turn(plain: str, end: int, start: int) -> str | None:
    """The turning word that follows plain[start:end] inside the same sentence, or None.

    Args:
        plain: The source's kept characters.
        end: Where the quotation ends in it.
        start: Where it begins.
    """
    rest = simplify(plain[end : end + 90])
    if _ended(plain, end):
        return None
    m = _TURN_AFTER.match(rest)
    if m is None or "\n" in m["gap"]:
        return None
    word, gap = m["word"], m["gap"]
    closing = [c for c in plain[end : end + len(gap)] if c in _CLOSERS]
    closing_at = re.match(rf"[\s,，。;；]*[{_CLOSERS}]", plain[end : end + 4])
    if (closing or closing_at) and _opened(plain, start):
        return None  # the whole of what somebody said
    if word.startswith("除") and not gap and end and plain[end - 1 : end] and simplify(plain[end - 1]) in _IN_WORD:
        return None
    if not gap and (_NEEDS_PAUSE.match(word) or (end and simplify(plain[end - 1]) in "不还也并非没")):
        return None
    if _LEANS_FORWARD.match(word) and _ANSWERED.match(rest[m.end() :]):
        return None
    return word


def sentence_turn(plain: str, end: int) -> str | None:
    """The turning word with which the next sentence of the same paragraph begins, or None."""
    rest = simplify(plain[max(0, end - 1) : end + 12])
    m = _SENTENCE_TURN.match(rest if rest[:1] in "。.！!？?…" else rest[1:])
    return m["word"] if m and "\n" not in m[0] else None


def opens_with_turn(text: str) -> bool:
    """Whether the words after a quotation take up the turn themselves (…”，但他也说…)."""
    rest = re.sub(rf"^[{_CLOSERS}\s]+", "", simplify(text))
    return _TURN_AFTER.match(re.sub(r"^[。，,]", "", rest)) is not None


def dropped_negation(plain: str, start: int) -> str | None:
    """The negation that stands right before the quotation's first letter in the source, or None."""
    m = _NEGATION.search(simplify(plain[max(0, start - 8) : start]))
    return m[0].strip() if m else None


def cut_word(plain: str, start: int) -> bool:
    """Whether the quotation begins in the middle of a doubled word (慢|慢, 刚|刚) or of a Latin one."""
    if start <= 0:
        return False
    return (plain[start - 1] == plain[start] and "㐀" <= plain[start] <= "鿿") or _in_latin(plain, start)


def cut_end(plain: str, end: int) -> bool:
    """Whether the quotation ends in the middle of a Latin word."""
    return _in_latin(plain, end)


def _in_latin(plain: str, at: int) -> bool:
    around = plain[max(0, at - 1) : at + 1]
    return len(around) == 2 and around.isascii() and around.isalpha()


def dropped_before(plain: str, start: int) -> str | None:
    """The word right before the quotation that makes it hearsay, a guess or a condition, or None."""
    m = _DOUBT.search(simplify(plain[max(0, start - 8) : start]))
    return m[0].strip(" ,，:：") if m else None


def dropped_scope(plain: str, start: int) -> str | None:
    """The word right before the quotation that says of how many it holds (很多, 几乎), or how exactly its number is meant."""
    before = simplify(plain[max(0, start - 12) : start])
    m = _SCOPE.search(before)
    if m is None and _NUMBER.match(simplify(plain[start : start + 6])):
        m = _QUALIFIED.search(before)
    return m[0].strip(" ,，") if m else None


def cut_number(plain: str, start: int, end: int, trailing: str = "") -> bool:
    """Whether the quotation begins or ends in the middle of a number written in digits (增长3|0%).

    Args:
        plain: The source's kept characters.
        start: Where the quotation's first letter stands in it.
        end: Where its last letter ends.
        trailing: What the quotation has after its last letter (a per-cent sign is no letter).
    """
    first, last = plain[start : start + 1], plain[end - 1 : end]
    if first.isdigit() and re.search(r"\d[.,．]?$", plain[max(0, start - 2) : start]):
        return True
    if not last.isdigit():
        return False
    if re.match(r"\s*[%％‰]", plain[end : end + 3]):
        return re.match(r"\s*[%％‰]", trailing) is None
    return _NUMBER_GOES_ON.match(plain, end) is not None


def _ended(plain: str, end: int) -> bool:
    """Whether the sentence is over: its last mark lies before `end`, or comes next."""
    return (
        plain[end - 1 : end] in ("。", "！", "？", "!", "?")
        or re.match(r"\s*[。！？!?]|\.(?:\s|$)", plain[end : end + 3]) is not None
    )


def _opened(plain: str, start: int) -> bool:
    return re.search(r"[“「『\"‘﹁﹃]\s*$", plain[max(0, start - 2) : start]) is not None
