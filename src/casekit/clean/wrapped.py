"""Lines that a program broke at a fixed width: each such break parts a sentence, a name or a figure (达到32|0万元)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from casekit.clean.lines import Line, is_han
from casekit.types import Span

__all__ = ["broken_lines", "part_at_breaks"]

# A terminal's line has 40 Chinese characters, a narrow export half of that; verses are shorter. Three full lines of one width
# are no accident where they are nearly all that could be full and do not end where sentences do. By reasoning.
MIN_WIDTH = 16
MIN_FULL = 3
FULL_SHARE = 0.8
OPEN_SHARE = 1 / 3
SLACK = 2
"""In Chinese characters: no sign of punctuation may open a line, and a word of Latin letters is not broken."""


def broken_lines(lines: Sequence[Line], rules: Sequence[str | None]) -> list[int]:
    """The lines of the body that go on in the next line (indices), none where the text's lines are its paragraphs."""
    within = [i for i in range(len(lines) - 1) if rules[i] is None and rules[i + 1] is None and _may_go_on(lines, i)]
    if len(within) < MIN_FULL:
        return []
    widths = {i: _width(lines[i].seen) for i in within}
    usual = Counter(round(width) for width in widths.values()).most_common(1)[0][0]
    most = max(usual, *(round(w) for w in widths.values() if abs(w - usual) <= SLACK))
    full = [i for i in within if most - SLACK <= widths[i] <= most]
    open_ended = sum(lines[i].seen[-1].isalnum() for i in full)
    if (
        most < MIN_WIDTH
        or len(full) < max(MIN_FULL, FULL_SHARE * len(within))
        or open_ended < OPEN_SHARE * len(full)
        or any(_width(line.seen) > most + SLACK for line, rule in zip(lines, rules, strict=True) if rule is None)
    ):
        return []
    return [i for i in full if _joins(lines[i].seen, lines[i + 1].seen)]


def part_at_breaks(text: str, kept: Sequence[Span], breaks: Sequence[Span]) -> tuple[Span, ...]:
    """The kept ranges parted at the white space of `breaks` (between two lines each): what nothing but a line break parts is
    one line."""
    out: list[Span] = []
    waiting = [one for one in breaks if not text[one.start : one.end].strip()]
    for span in kept:
        at = span.start
        for one in waiting:
            if at < one.start and one.end < span.end:
                out.append(Span(at, one.start))
                at = one.end
        out.append(Span(at, span.end))
    return tuple(out)


def _may_go_on(lines: Sequence[Line], i: int) -> bool:
    line, following = lines[i], lines[i + 1]
    marked = (line.form[:1] in "#|>`" and bool(line.form)) or following.form[:1] in "#|>`"
    return not (following.gap_before or following.bulleted or marked or "\t" in line.seen or "\t" in following.seen)


def _width(seen: str) -> float:
    """In Chinese characters; Latin letters and figures are half as wide."""
    return sum(0.5 if char.isascii() else 1.0 for char in seen)


def _joins(before: str, behind: str) -> bool:
    """Whether nothing belongs between two lines: Latin words are parted by a blank, which the break stands for."""
    a, b = before[-1], behind[0]
    if not (a.isascii() and b.isascii()):
        return True
    chinese = 2 * sum(map(is_han, before)) > len(before)
    return chinese and (a.isdigit() or b.isdigit())
