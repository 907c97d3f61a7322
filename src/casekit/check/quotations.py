"""The quotations of a draft: what stands between quotation marks, and block quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casekit.check.records import View
from casekit.types import Span

__all__ = ["Quotation", "find_quotations"]

_CLOSER_OF: Final = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "﹁": "﹂", "﹃": "﹄", "〝": "〞", "｢": "｣"}
_OPENER_OF: Final = {**{closer: opener for opener, closer in _CLOSER_OF.items()}, "〟": "〝"}
_MARKS: Final = re.compile("[" + "".join((*_CLOSER_OF, *_OPENER_OF)) + '"＂《》\n]')
# Nobody quotes more than this in running text; a longer pair comes from a mark that was forgotten.
_LONGEST_CHARS: Final = 1500
_PARAGRAPHS: Final = 8  # paragraphs that one pair of marks may hold; beyond that a mark was forgotten
_CREDIT: Final = re.compile(
    r"\n?\s*(?:——|—|──|--)\s*(?P<who>[^\n。]{1,60})\s*$|\n?\s*[(（]?(?P<from>(?:来源|來源|出处|出處|引自|摘自)[:：]?[^\n]{1,60}?)[)）]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation at view.text[start:end], without its marks; `outer` includes them. `credit` is its last line (——某人)."""

    start: int
    end: int
    outer: Span
    block: bool = False
    credit: str = ""
    inner: tuple[Quotation, ...] = ()


def find_quotations(view: View) -> list[Quotation]:
    """The outermost quotations of a draft in order; those inside a block quote come with it as `inner`."""
    marked = list(_outermost(_pairs(view.text)))
    blocks = [b for b in (_block(view.text, span) for span in view.quotes) if b is not None]
    out: list[Quotation] = []
    taken: list[Span] = [b.outer for b in blocks]
    for block in blocks:
        own = tuple(q for q in marked if block.outer.start <= q.start and q.end <= block.outer.end)
        out.append(Quotation(block.start, block.end, block.outer, True, block.credit, own))
    out += [q for q in marked if not any(span.start <= q.start and q.end <= span.end for span in taken)]
    return sorted(out, key=lambda q: (q.start, q.end))


def _block(text: str, span: Span) -> Quotation | None:
    start, end = span.start, span.end
    credit = ""
    if (m := _CREDIT.search(text, start, end)) and m.start() > start:
        credit = m["who"] or m["from"]
        end = m.start()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > 2 and _CLOSER_OF.get(text[start]) == text[end - 1] and text.count(text[start], start, end) == 1:
        start, end = start + 1, end - 1
    return Quotation(start, end, span, True, credit) if end > start else None


def _outermost(pairs: list[Span]) -> Iterator[Quotation]:
    end = -1
    for pair in sorted(pairs, key=lambda p: (p.start, -p.end)):
        if pair.start >= end and len(pair) > 2:
            yield Quotation(pair.start + 1, pair.end - 1, pair)
            end = pair.end


def _pairs(text: str) -> list[Span]:
    """All pairs of quotation marks, marks included. Marks inside 《》 belong to a title."""
    found: list[Span] = []
    open_marks: list[tuple[str, int, int]] = []  # mark, place, paragraph
    straight: int | None = None
    straight_paragraph = 0
    paragraph = 0
    title = -1
    straights_left = _straights(text)
    for m in _MARKS.finditer(text):
        mark, at = m[0], m.start()
        if mark == "\n":
            paragraph += 1
            title = -1
            open_marks = [o for o in open_marks if paragraph - o[2] < _PARAGRAPHS]
            if straight is not None and (
                paragraph - straight_paragraph >= _PARAGRAPHS - 1 or straights_left[paragraph] % 2 == 0
            ):
                straight = None  # the next paragraph's marks pair among themselves
            continue
        if mark in "《》":
            title = at if mark == "《" else -1
            continue
        if title >= 0 and "》" in text[at : at + 80].split("\n")[0]:
            continue
        if mark in '"＂':
            if straight is None:
                straight, straight_paragraph = at, paragraph
            else:
                if at - straight <= _LONGEST_CHARS:
                    found.append(Span(straight, at + 1))
                straight = None
        elif mark in _CLOSER_OF:
            _open(text, mark, at, paragraph, open_marks, found)
        else:
            _close(text, mark, at, open_marks, found)
    return [pair for pair in found if len(pair) <= _LONGEST_CHARS]


def _straights(text: str) -> list[int]:
    """How many straight marks each paragraph has."""
    return [line.count('"') + line.count("＂") for line in text.split("\n")]


def _open(text: str, mark: str, at: int, paragraph: int, opened: list[tuple[str, int, int]], found: list[Span]) -> None:
    same = next((o for o in opened if o[0] == mark), None)
    if same is not None:
        line_start = text.rfind("\n", 0, at) + 1
        line_end = text.find("\n", at)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if same[2] == paragraph and _CLOSER_OF[mark] not in line[at - line_start :]:
            found.append(Span(same[1], at + 1))  # “…“: the same mark typed twice
            del opened[opened.index(same) :]
            return
        if same[2] != paragraph and not text[line_start:at].strip():
            # every paragraph of a long quotation opens with the mark, the last one alone closes
            paragraph_end = text.find("\n", same[1])
            found.append(Span(same[1], paragraph_end + 1))
        del opened[opened.index(same) :]
    opened.append((mark, at, paragraph))


def _close(text: str, mark: str, at: int, opened: list[tuple[str, int, int]], found: list[Span]) -> None:
    opener = _OPENER_OF[mark]
    for i in range(len(opened) - 1, -1, -1):
        if opened[i][0] == opener:
            found.append(Span(opened[i][1], at + 1))
            del opened[i:]
            return
    if mark == "”" and not opened:
        line_end = text.find("\n", at)
        rest = text[at + 1 : line_end if line_end >= 0 else len(text)]
        other = rest.find("”")
        if other > 0 and "“" not in rest[:other] and not _closed_before(text, at):
            found.append(Span(at, at + other + 2))  # ”…”


def _closed_before(text: str, at: int) -> bool:
    """Whether an opening mark earlier on the line already belongs to this closing one."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.count("“") > line.count("”") or line.count("”") % 2 == 1
