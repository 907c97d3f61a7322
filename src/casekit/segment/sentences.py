"""Sentences of Chinese and English text, as ranges of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from casekit.fold.tape import LINE_BREAK, tape_of
from casekit.types import Span

__all__ = ["LONGEST_CHARS", "split_sentences"]

_URL = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+")
# Everything that may end a sentence, with the marks that crowd around it (？！, 。。。, ……, !!!).
_END = re.compile(r"(?:[。｡．！？!?…⋯]|\.)+")
_CLOSERS = "”’」』）)】》〉〕〗］]}\"'＂＇﹂﹄"
_OPENERS = dict(zip("）)】》〉〕〗］]}", "（(【《〈〔〖［[{", strict=True))
_HAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff“”‘’—…]")
# What may follow a quotation's end inside the same sentence: a comma and its like, 的, or who said it (他笑着说：). At most
# eight characters before the verb: 市场部的一位经理说 would already be a sentence of its own.
_GOES_ON = re.compile(
    r"[，、；：,;:]|的|地|等|[^\s，。！？；：“”「」,.!?;:]{0,8}?(?:说道|说|問道|问道|答道|回答|表示|称|坦言|笑道|喊道|感叹|感慨|强调|补充|写道|說|稱|強調|補充|寫道|感嘆|[问問道答笑](?=[：:，,。！!]|$))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:no|nos|mr|mrs|ms|dr|prof|st|jr|sr|inc|ltd|co|corp|dept|vs|etc|e\.g|i\.e|cf|al|fig|vol|pp?|ed|eds|ver"
    r"|approx|est|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|u\.s|u\.k|a\.m|p\.m|ph\.d|[a-z])$",
    re.IGNORECASE,
)
_SPACED_POINT = re.compile(r"\d \. \d")
_NUMBERING = re.compile(r"\W*(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})$")
# A bracket that closes within this many characters on its line keeps its sentences together; longer ones are whole
# paragraphs in brackets. A choice: the longest remarks in brackets of ordinary articles are two or three clauses.
_BRACKET_CHARS = 80
LONGEST_CHARS = 1000
"""A sentence is cut where it is longer: what reads sentences may take the square of their length. The longest of ordinary
articles has some 400 characters; at twice the length the slowest texts take twice the time."""


def split_sentences(text: str, kept: Sequence[Span] | None = None) -> list[Span]:
    """The sentences of the kept characters, in order, without white space at their ends.

    A sentence ends at a line break, at 。！？ and their like, at an ellipsis, and at an English full stop (not in 3.14, No. 1,
    J. Smith, example.com). Closing quotation marks and brackets stay with it; a quotation that the sentence goes on after
    (“好吗？”他问) does not end it, nor does anything inside 《》 or a short bracket. What runs on for more than
    `LONGEST_CHARS` is cut. Together the sentences hold every kept
    character but white space.

    Args:
        text: The source's stored text.
        kept: Sorted, disjoint ranges; all of the text where None. What stands between is in no sentence, though a sentence
            may reach across a gap.
    """
    tape = tape_of(text, kept)
    assert tape.starts is not None  # tape_of always gives origins
    assert tape.ends is not None
    joined = tape.text
    spans: list[Span] = []
    at = 0
    for line_end in [*(m.start() for m in LINE_BREAK.finditer(joined)), len(joined)]:
        for start, end in _sentences_of_line(joined, at, line_end):
            spans.append(Span(int(tape.starts[start]), int(tape.ends[end - 1])))
        at = line_end + 1
    return spans


def _sentences_of_line(joined: str, line_start: int, line_end: int) -> Iterator[tuple[int, int]]:
    line = joined[line_start:line_end]
    shielded = _shielded(line)
    start = 0
    for match in _END.finditer(line):
        if match.start() < start or shielded[match.start()]:
            continue
        for cut in _cuts(line, start, match.start()):
            yield from _trimmed(joined, line_start + start, line_start + cut)
            start = cut
        end = match.end()
        while end < len(line) and line[end] in _CLOSERS and _closes(line, start, end):
            end += 1
        if not _ends(line, start, match, end):
            continue
        yield from _trimmed(joined, line_start + start, line_start + end)
        start = end
    for cut in [*_cuts(line, start, len(line)), len(line)]:
        yield from _trimmed(joined, line_start + start, line_start + cut)
        start = cut


def _cuts(line: str, start: int, end: int) -> Iterator[int]:
    """Where a sentence is cut that is longer than any: behind a comma or its like in its last half, else anywhere."""
    while end - start > LONGEST_CHARS:
        comma = max(line.rfind(mark, start + LONGEST_CHARS // 2, start + LONGEST_CHARS) for mark in "；;，,、 ")
        start = comma + 1 if comma >= 0 else start + LONGEST_CHARS
        yield start


def _trimmed(joined: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and joined[start].isspace():
        start += 1
    while start < end and joined[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _shielded(line: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which characters stand where no sentence ends: in addresses, titles and short brackets."""
    shield = np.zeros(len(line), dtype=np.bool_)
    for match in _URL.finditer(line):
        address = match[0].rstrip(".,;:!?)")
        shield[match.start() : match.start() + len(address)] = True
    opened: list[int] = []
    for i, character in enumerate(line):
        if character in "（(【《〈〔〖［[{":
            opened.append(i)
        elif character in _OPENERS and opened and line[opened[-1]] == _OPENERS[character]:
            first = opened.pop()
            # A bracket around a whole sentence (（他没来。）) ends with it; only the last mark inside may end that one.
            if i - first <= _BRACKET_CHARS:
                shield[first + 1 : i] = True
                if character in "》〉":
                    continue
                inner = _END.search(line, first + 1, i)
                before = _shown_before(line, first)
                if not before or before in "。！？!?”’」』）)":
                    last = i
                    while inner:
                        last, inner = inner.start(), _END.search(line, inner.end(), i)
                    shield[last:i] = False
    return shield


def _shown_before(line: str, at: int) -> str:
    """The last character before `at` that is no white space, "" where there is none."""
    while at and line[at - 1].isspace():
        at -= 1
    return line[at - 1 : at]


def _shown_from(line: str, at: int) -> str:
    """The first character from `at` on that is no white space, "" where there is none."""
    while at < len(line) and line[at].isspace():
        at += 1
    return line[at : at + 1]


def _closes(line: str, start: int, at: int) -> bool:
    """Whether a straight quotation mark closes; the others always do."""
    return line[at] not in "\"'" or line.count(line[at], start, at) % 2 == 1


def _ends(line: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a sentence ends with the marks of `match` and the closing marks up to `end`."""
    marks = match[0]
    rest = line[end : end + 1]
    if not rest:
        return True
    if end > match.end() and _GOES_ON.match(line, end) and not _introduced(line, start, match.end()):
        return False  # “好吗？”他问
    if end > match.end() and _shown_from(line, end).islower():
        return False  # "Really?" she asked
    if rest in "，、；：,;:）)」』”’》】":
        return False
    if set(marks) == {"."}:
        return _full_stop_ends(line, start, match, end)
    if marks in "．" and line[match.start() - 1 : match.start()].isdigit() and rest.isdigit():
        return False
    if set(marks) <= set("!?."):
        # Half-width marks also stand in names and formulas (Yahoo!, a!b): an end where white space or Chinese is near.
        return rest.isspace() or (bool(_HAN.match(rest)) and rest != "的") or end > match.end()
    return True


def _introduced(line: str, start: int, end: int) -> bool:
    """Whether the quotation that closes at `end` was announced (他说：“…”), so that what follows is the next speaker."""
    opening = max(line.rfind(mark, start, end) for mark in '“「‘『"')
    return opening > start and line[opening - 1] in "：:，,"


def _full_stop_ends(line: str, start: int, match: re.Match[str], end: int) -> bool:
    before, rest = line[start : match.start()], line[end]
    if len(match[0]) > 1:  # an ellipsis: "well... maybe" goes on, "Well... Maybe" does not
        return bool(_HAN.match(rest)) or bool(re.match(r"\s+[^a-z\s]", line[end : end + 4]))
    if _HAN.match(before[-1:] or " "):  # half-width stop after Chinese
        return not rest.isalnum() or bool(_HAN.match(rest))
    if _NUMBERING.fullmatch(before):  # "1. 扫码"
        return False
    if end > match.end():
        return True
    if _SPACED_POINT.match(line, match.start() - 2):  # 57 . 3 亿元
        return False
    if not rest.isspace():
        return bool(_HAN.match(rest)) and before[-1:].isalpha() and not _ABBREVIATION.search(before)
    following = _shown_from(line, end)
    return not following.islower() and not _ABBREVIATION.search(before)
