"""The quotations of a draft: what stands between quotation marks, and block quotes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import itemgetter
from typing import Final

from casekit.check.records import Finding, View
from casekit.cues import CuePattern, cue_form
from casekit.language import say
from casekit.types import Span

__all__ = ["Quotation", "find_quotations", "held_in", "paragraphs_of", "unclosed"]

_CLOSER_OF: Final = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "﹁": "﹂", "﹃": "﹄", "〝": "〞", "｢": "｣"}
_OPENER_OF: Final = {**{closer: opener for opener, closer in _CLOSER_OF.items()}, "〟": "〝"}
_MARKS: Final = re.compile("[" + "".join((*_CLOSER_OF, *_OPENER_OF)) + "《》\n]")
# Nobody quotes more than this in running text; a longer pair comes from a mark that was forgotten.
_LONGEST_CHARS: Final = 1500
_STRAIGHT: Final = frozenset('"＂')
_SENTENCE_END: Final = re.compile(r"[。！？!?]")
_ENDING_MARKS: Final = frozenset("，。、；：！？,;:!?)）》")
_TORN_CHARS: Final = 10  # shorter ones may be terms in a row ("人"、"货"和"场")
_UNCLOSED_LETTERS: Final = 8  # letters behind a mark that nothing closes; fewer are no quotation
_DEEPEST: Final = 20  # quotations in one another; deeper ones are none
_NEAR: Final = 200  # pairs back to which a mark that closes once more is looked for
_PARAGRAPHS: Final = 8  # paragraphs that one pair of marks may hold; beyond that a mark was forgotten
_CREDIT: Final = CuePattern(
    r"\n?\s*(?:——|—|──|--)\s*(?P<who>[^\n。]{1,60})\s*$|\n?\s*[(（]?(?P<from>(?:%{work-frames/bare-credit})[:：]?[^\n]{1,60}?)[)）]?\s*$"
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
    unclosed: bool = False
    """Whether its closing mark is missing: it is taken to end with its paragraph."""

    def of(self, text: str) -> str:
        """The quoted words, out of the draft's readable text."""
        return text[self.start : self.end]


def find_quotations(view: View) -> list[Quotation]:
    """The outermost quotations of a draft in order; those inside a block quote come with it as `inner`."""
    marked = list(_outermost(_pairs(view.text)))
    blocks = [b for b in (_block(view.text, span) for span in view.quotes) if b is not None]
    out: list[Quotation] = []
    starts = [q.start for q in marked]
    for block in blocks:
        within = marked[bisect_left(starts, block.outer.start) : bisect_left(starts, block.outer.end)]
        own = tuple(q for q in within if q.end <= block.outer.end)
        out.append(Quotation(block.start, block.end, block.outer, True, block.credit, own))
    marked += _unclosed(view.text, marked)
    taken = sorted((b.outer.start, b.outer.end) for b in blocks)
    furthest = list(accumulate((end for _, end in taken), max))
    for q in marked:
        before = bisect_right(taken, q.start, key=itemgetter(0))
        if not (before and q.end <= furthest[before - 1]):
            out.append(q)
    return sorted(out, key=lambda q: (q.start, q.end))


def _unclosed(text: str, marked: Sequence[Quotation]) -> list[Quotation]:
    """Opening marks that nothing closes, each with the rest of its paragraph."""
    out: list[Quotation] = []
    starts = [q.outer.start for q in marked]
    lines = _Lines(text)
    for m in re.finditer("[“「]", text):
        at = m.start()
        before = bisect_right(starts, at)
        if before and at < marked[before - 1].outer.end:
            continue
        end = lines.end(at)
        # of several the last alone is left, so that the rest of a line is read once for each kind of mark
        if text.find(m[0], at + 1, end) >= 0 or text.find(_CLOSER_OF[m[0]], at + 1, end) >= 0:
            continue
        if sum(map(str.isalnum, text[at + 1 : end])) < _UNCLOSED_LETTERS:
            continue
        out.append(Quotation(at + 1, end, Span(at, end), unclosed=True))
    return out


def held_in(text: str, quotation: Quotation) -> Quotation | None:
    """The quotation inside a quotation that is all but its introduction (“甲说：‘…’”), or None."""
    found = [p for p in _pairs(quotation.of(text)) if len(p) > 2]
    if quotation.block or not found:
        return None
    widest = max(found, key=len)
    if 2 * len(widest) < quotation.end - quotation.start:
        return None
    start = quotation.start + widest.start
    return Quotation(start + 1, start + len(widest) - 1, Span(start, start + len(widest)))


def unclosed(finding: Finding) -> Finding:
    """The finding for a quotation without its closing mark: nobody can tell how far it goes."""
    message = say("引号没有闭合，看不出引到哪里", "the quotation is never closed: nobody can tell how far it goes")
    return replace(finding, status="ambiguous", message=message)


def _block(text: str, span: Span) -> Quotation | None:
    start, end = span.start, span.end
    credit = ""
    if (m := _CREDIT.search(cue_form(text[start:end]))) and m.start() > 0:
        named = m.span("who" if m["who"] else "from")
        credit = text[start + named[0] : start + named[1]]
        end = start + m.start()
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
    opened: list[_Open] = []
    lines = _Lines(text)
    paragraph = 0
    depth = 0  # of titles: 《某人作序的《某书》是一本「战地笔记」》
    for m in _MARKS.finditer(text):
        mark, at = m[0], m.start()
        if mark == "\n":
            _forgotten(text, at, opened, found)
            paragraph += 1
            depth = 0
            opened = [o for o in opened if paragraph - o.paragraph < _PARAGRAPHS]
        elif mark in "《》":
            depth = depth + 1 if mark == "《" else max(0, depth - 1)
        elif (depth and "》" in text[at : at + 80].split("\n")[0]) or (mark == "’" and _is_apostrophe(text, at)):
            continue
        elif mark in _CLOSER_OF:
            _open(lines, mark, at, paragraph, opened, found)
        else:
            _close(lines, mark, at, opened, found)
    _forgotten(text, len(text), opened, found)
    return [pair for pair in (*found, *_straight_pairs(text)) if len(pair) <= _LONGEST_CHARS]


@dataclass(frozen=True, slots=True)
class _Open:
    """An opening mark that waits for its closing one."""

    mark: str
    at: int
    paragraph: int


def _is_apostrophe(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return text[at - 1 : at].isascii() and after.isascii() and after.isalpha()


class _Lines:
    """Where lines begin and end, and what comes next in one, for places asked for from front to back: each is read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._start, self._end = 0, -1
        self._next: dict[str, int] = {}

    def _go(self, at: int) -> None:
        if not self._start <= at <= self._end:
            end = self.text.find("\n", at)
            self._start, self._end = self.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(self.text)

    def start(self, at: int) -> int:
        self._go(at)
        return self._start

    def end(self, at: int) -> int:
        self._go(at)
        return self._end

    def has(self, mark: str, at: int) -> bool:
        """Whether the line of `at` has the mark from there on."""
        if self._next.get(mark, -1) < at:
            found = self.text.find(mark, at, self.end(at))
            self._next[mark] = found if found >= 0 else self.end(at)
        return self._next[mark] < self.end(at)


def _open(lines: _Lines, mark: str, at: int, paragraph: int, opened: list[_Open], found: list[Span]) -> None:
    text = lines.text
    same = next((o for o in reversed(opened) if o.mark == mark), None)
    if same is not None and same.paragraph == paragraph and not lines.has(_CLOSER_OF[mark], at):
        found.append(Span(same.at, at + 1))  # “…“: the same mark typed twice
        del opened[opened.index(same) :]
        return
    if same is not None and same.paragraph != paragraph and not text[lines.start(at) : at].strip():
        # every paragraph of a long quotation opens with the mark, the last one alone closes
        found.append(Span(same.at, text.find("\n", same.at) + 1))
        del opened[opened.index(same) :]
    if len(opened) < _DEEPEST:
        opened.append(_Open(mark, at, paragraph))


def _close(lines: _Lines, mark: str, at: int, opened: list[_Open], found: list[Span]) -> None:
    text, opener = lines.text, _OPENER_OF[mark]
    for i in range(len(opened) - 1, -1, -1):
        if opened[i].mark == opener:
            if opened[i].at == at - 1:
                return  # “”甲…: the second mark was the source's own, and the quotation goes on
            found.append(Span(opened[i].at, at + 1))
            del opened[i:]
            return
    before = next((one for one in reversed(found[-_NEAR:]) if text[one.end - 1] == mark), None)
    if before is not None and before.start >= lines.start(at) and text.find(opener, before.end, at) < 0:
        found.append(Span(before.start, at + 1))  # “甲。”乙说。”: the last mark closes what the first opened
        return
    other = text.find(mark, at + 1, lines.end(at)) if mark == "”" else -1
    if other > at + 1 and text.find(opener, at + 1, other) < 0:
        found.append(Span(at, other + 1))  # ”…”


def _forgotten(text: str, line_end: int, opened: list[_Open], found: list[Span]) -> None:
    """“甲说，“乙。”: one closing mark for two opening ones, with no sentence between these, closes both."""
    line_start = text.rfind("\n", 0, line_end) + 1
    for outer in [o for o in opened if o.at >= line_start]:
        closer = _CLOSER_OF[outer.mark]
        inner = [p for p in found if p.start > outer.at and text[p.end - 1] == closer and p.end <= line_end]
        if inner and not _SENTENCE_END.search(text, outer.at, inner[0].start):
            found.append(Span(outer.at, max(p.end for p in inner)))
            opened.remove(outer)


# ---- straight marks, which look alike at both ends ----------------------------------------------------------------
def _straight_pairs(text: str) -> list[Span]:
    """Straight marks pair in order within a paragraph; a paragraph with one too many goes on in the next."""
    found: list[Span] = []
    waiting: list[int] = []
    since = 0
    start = 0
    for n, line in enumerate(text.split("\n")):
        places = [start + i for i in _straight_in(line)]
        start += len(line) + 1
        if waiting and (n - since >= _PARAGRAPHS or (len(places) % 2 == 0 and places)):
            waiting = []  # the marks of this paragraph pair among themselves: one was forgotten before
        places = waiting + places
        if len(places) % 2 == 0:
            waiting = []
        elif waiting:
            places = []
        else:
            waiting, places, since = places[-1:], places[:-1], n
        pairs = [Span(a, b + 1) for a, b in zip(places[::2], places[1::2], strict=True)]
        if len(pairs) > 1 and any(_is_torn(text, pair) for pair in pairs):
            # "我们做"私域"很久了。": marks inside a quotation; from the first to the last is the quotation
            pairs.append(Span(pairs[0].start, pairs[-1].end))
        found += pairs
    return found


def _straight_in(line: str) -> Iterator[int]:
    """Where straight marks stand in a line, but for those of titles."""
    if _STRAIGHT.isdisjoint(line):
        return
    last, in_title = line.rfind("》"), False
    for i, c in enumerate(line):
        if c in "《》":
            in_title = c == "《"
        elif c in _STRAIGHT and not (in_title and i < last):
            yield i


def _is_torn(text: str, pair: Span) -> bool:
    """Whether a pair cannot be one: it begins with a mark that ends, or breaks off in the middle of a sentence's words."""
    content = text[pair.start + 1 : pair.end - 1]
    if not content.strip() or content[0] in _ENDING_MARKS:
        return True
    long = len(content) >= _TORN_CHARS
    return (
        long
        and content[-1].isalnum()
        and text[pair.end : pair.end + 1].isalnum()
        and "，" in content.replace(",", "，")
    )


def paragraphs_of(text: str, quotation: Quotation) -> list[Quotation]:
    """The paragraphs of a block quote as quotations of their own, where there are several."""
    out = []
    at = quotation.start
    for line in quotation.of(text).split("\n"):
        if line.strip():
            out.append(Quotation(at, at + len(line), quotation.outer, True, quotation.credit))
        at += len(line) + 1
    return out if len(out) > 1 else []
