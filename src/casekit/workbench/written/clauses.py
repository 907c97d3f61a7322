"""Texts as they are compared: letter by letter, clause by clause; script, width, case, marks and the spelling of numbers aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casekit.cues import CueLetters
from casekit.fold import fold_text
from casekit.numerals import read_arabic, read_han
from casekit.types import Span

__all__ = ["Clause", "form_of", "joined", "split_clauses"]

_SIGNS: Final = frozenset("%‰‱°℃$¥€£<>≤≥≈≠=±×÷^\u2212")
# A clause ends at these; between digits comma, colon and point belong to the number, and a point inside a name to the name.
_BREAK: Final = re.compile(
    r"(?<!\d)[,:：](?!\d)|(?<=\d)[,:：](?!\d)|(?<!\d)[,:：](?=\d)|[，；;。！？!?…\n]|\.(?=\s|$)|——|--"
)
_IDLE: Final = CueLetters("assistants/idle")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause at text[start:end], without the mark behind it, and the form in which it is compared."""

    start: int
    end: int
    form: str
    mark: str


def split_clauses(text: str) -> list[Clause]:
    """The clauses of a text that hold a letter, in order."""
    found, at = [], 0
    for m in [*_BREAK.finditer(text), None]:
        end = m.start() if m is not None else len(text)
        if form := form_of(text[at:end]):
            found.append(Clause(at, end, form, m[0] if m is not None else ""))
        at = m.end() if m is not None else end
    return found


def joined(clauses: Sequence[Clause]) -> str:
    """The form of a row of clauses."""
    return "|".join(one.form for one in clauses)


def form_of(text: str) -> str:
    """The letters, digits and signs of a text in one script, width and case, its numbers by their value.

    Examples:
        >>> form_of("三百家門店") == form_of("300 家门店"), form_of("30家") == form_of("300家")
        (True, False)
    """
    folded = fold_text(text).casefold()
    out: list[str] = []
    at = 0
    while at < len(folded):
        c = folded[at]
        if _is_numeral(c):
            end = max(at + 1, _number_end(folded, at))
            out.append(_value(folded[at:end]))
            at = end
            continue
        if _counts(folded, at):
            out.append(c)
        elif c.isspace() and out and _is_latin(out[-1][-1:]) and _is_latin(folded[at + 1 : at + 2]):
            out.append(" ")
        at += 1
    return "".join(out).strip()


def _counts(text: str, at: int) -> bool:
    c = text[at]
    if c in _IDLE:
        return False
    if c.isalnum() or c in _SIGNS:
        return True
    return c in "+-~/" and (text[at + 1 : at + 2].isdigit())


def _is_numeral(c: str) -> bool:
    """Whether a character is a digit or a Chinese numeral (liang, too, which Unicode does not count)."""
    return c.isnumeric() or read_han(c) is not None


def _is_latin(c: str) -> bool:
    return c.isascii() and c.isalnum()


def _number_end(text: str, at: int) -> int:
    end = at
    while end < len(text) and (
        _is_numeral(text[end]) or (text[end] in ".," and text[end - 1].isdigit() and text[end + 1 : end + 2].isdigit())
    ):
        end += 1
    return end


def _value(number: str) -> str:
    """A number by its value, between marks so that two that meet stay two; as it is written where it is no good number."""
    m = re.match(r"[\d.,]+", number)
    try:
        if m is None:
            value = read_han(number)
        else:
            value = read_arabic(m[0])
            for unit in number[m.end() :]:
                times = int(unicodedata.numeric(unit, 0))
                value = value * Decimal(times) if value is not None and times >= 10 else None  # 12万3千: as it stands
    except (ValueError, ArithmeticError):
        value = None
    return f"#{number if value is None else format(value.normalize(), 'f')}#"


def inside(span: Span, other: Span) -> bool:
    """Whether a range lies in another."""
    return other.start <= span.start and span.end <= other.end
