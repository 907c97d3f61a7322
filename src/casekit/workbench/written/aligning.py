"""Where a sentence comes from: the row of clauses of one source sentence that it takes over, whole and in their order.

Nothing is understood here, and so nothing is guessed: a clause is the source's or it isn't. What may differ is script, width,
marks between clauses and the spelling of numbers; what may be left out are whole clauses at the ends; and the subject may be
put before clauses whose figures are known to be its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from casekit.types import Fact, Span
from casekit.workbench.written.clauses import Clause, form_of, joined, split_clauses
from casekit.workbench.written.ground import Unit

__all__ = ["Run", "align"]

_BETWEEN_WORDS: Final = re.compile(r"(?<=[a-z])\|(?=[a-z])")
"""Where a clause ends between two words of Latin letters: they stay two (now, here is not nowhere)."""


@dataclass(frozen=True, slots=True)
class Run:
    """The clauses `first` to `last` (exclusive) of a source sentence; `subject` is what was put before them, "" for nothing."""

    unit: Unit
    first: int
    last: int
    subject: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole sentence."""
        return self.first == 0 and self.last == len(self.unit.clauses)

    @property
    def clauses(self) -> list[Clause]:
        """The clauses taken over."""
        return self.unit.clauses[self.first : self.last]

    @property
    def text(self) -> str:
        """Their words, as the source has them."""
        return self.unit.text[self.clauses[0].start : self.clauses[-1].end]

    @property
    def before(self) -> str:
        """What the sentence says before them."""
        return self.unit.text[: self.clauses[0].start]

    @property
    def after(self) -> str:
        """What it says behind them."""
        return self.unit.text[self.clauses[-1].end :]

    @property
    def span(self) -> Span:
        """Their range in the source."""
        return self.unit.place(self.clauses[0].start, self.clauses[-1].end)

    @property
    def facts(self) -> list[Fact]:
        """The figures in them."""
        return [one for one in self.unit.facts if one.span.overlaps(self.span)]


def align(text: str, units: Sequence[Unit]) -> Iterator[Run]:
    """The rows of clauses that a sentence takes over, whole sentences first."""
    mine = split_clauses(text)
    if not mine:
        return
    wanted = joined(mine)
    found = [run for unit in units for run in _rows(wanted, unit)]
    yield from sorted(found, key=lambda run: not run.is_whole)
    for unit in units:
        yield from _with_subject(wanted, unit)


def _rows(wanted: str, unit: Unit) -> Iterator[Run]:
    """Rows of a unit's clauses with this form; commas may be set otherwise, as long as no word is broken."""
    letters, clauses = _letters(wanted), unit.clauses
    for first in range(len(clauses)):
        for last in range(first + 1, len(clauses) + 1):
            form = _letters(joined(clauses[first:last]))
            if form == letters:
                yield Run(unit, first, last)
            if len(form) >= len(letters):
                break


def _letters(form: str) -> str:
    return _BETWEEN_WORDS.sub(" ", form).replace("|", "")


def _with_subject(wanted: str, unit: Unit) -> Iterator[Run]:
    """Rows with the subject of their figures put before them."""
    for subject in dict.fromkeys(one.subject for one in unit.facts if one.subject):
        form = form_of(subject)
        if not form or not wanted.startswith(form):
            continue
        rest = wanted[len(form) :]
        for run in _rows(rest, unit) if not rest.startswith(form) else ():
            if run.facts and all(one.subject == subject for one in run.facts) and not _names_others(run, subject):
                yield Run(unit, run.first, run.last, subject)


def _names_others(run: Run, subject: str) -> bool:
    """Whether the clauses name another party, or what stands before them in the sentence does not name the subject."""
    if any(one.span.overlaps(run.span) and one.name != subject for one in run.unit.parties):
        return True
    around = run.unit.article.words(run.unit.article.paragraph(run.unit.span)) + run.unit.article.title
    return form_of(subject) not in form_of(around)
