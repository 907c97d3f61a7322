"""Lines of a page with what was decided about each."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from casekit.clean.fields import MetaLine
from casekit.clean.furniture import Judged, judge
from casekit.clean.lines import Line
from casekit.clean.titles import TitleChoice

__all__ = ["COMPANY_LINES", "Layout", "is_heading_mark"]
# Interface words alone, as an article could print them as headings, need a second such line within this many.
COMPANY_LINES = 2


@dataclass(slots=True)
class Layout:
    """Lines with what was decided about each; `rules[i]` is None for lines of the body."""

    lines: Sequence[Line]
    rules: list[str | None]
    judged: dict[int, Judged | None] = field(default_factory=dict)
    title: TitleChoice | None = None
    byline_people: tuple[str, ...] = ()
    poster: str | None = None
    account: str | None = None
    """A name on a line of its own between title and date: the account or paper that publishes."""
    first_prose: int = 0
    head_end: int = 0
    """Index of the first line of the body."""
    tail_start: int = 0
    doubtful: list[int] = field(default_factory=list)
    """Lines of the body that announce other articles or comments."""
    credits: list[tuple[int, MetaLine]] = field(default_factory=list)
    """Statements of metadata found inside the body's first and last lines."""
    first_body: int = 0
    """Index of the first line that no rule took when head and tail were decided."""

    @property
    def tail_begins(self) -> int:
        """Where in the text the tail begins (its end where there is none)."""
        return self.lines[self.tail_start].span.start if self.tail_start < len(self.lines) else sys.maxsize

    def is_last(self, i: int) -> bool:
        """Whether no line of the body follows line `i`."""
        return all(rule is not None for rule in self.rules[i + 1 :])

    def near_heading(self, i: int) -> bool:
        """Whether a short unstopped line stands right before or behind line `i`."""
        near = [self.lines[j] for j in (i - 1, i + 1) if 0 <= j < len(self.lines)]
        return any(3 <= line.size <= 30 and not line.ends_sentence and not line.bulleted for line in near)

    def judge(self, i: int) -> Judged | None:
        """`furniture.judge` of line `i`, remembered."""
        if i not in self.judged:
            self.judged[i] = judge(self.lines[i])
        return self.judged[i]

    def verdict(self, line: Line) -> Judged | None:
        """`furniture.judge` of a line, remembered where it was asked for by its index."""
        i = bisect_left(self.lines, line.span.start, key=lambda one: one.span.start)
        return self.judge(i)

    def body(self) -> list[Line]:
        """The lines that no rule took."""
        return [line for line, rule in zip(self.lines, self.rules, strict=True) if rule is None]


def is_heading_mark(line: Line) -> bool:
    """Whether a line is a Markdown heading."""
    return line.form.startswith("#")
