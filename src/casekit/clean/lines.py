"""A text as lines to judge: what a reader sees of each, and the form in which cue words are looked up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casekit.cues import cue_form
from casekit.types import Span

__all__ = ["BULLET", "Line", "cue_form", "is_han", "letters", "split_lines", "squeeze"]

BULLET = re.compile(r"\s*(?:[•·●○◦▪■□◆◇▶►»‣⁃∙*+\-–—]|\d{1,3}[.)、．)])\s+\S")
_BREAK = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SPACES = re.compile(r"\s+")
_END = re.compile(r"[。！？!?…；;][”」』’\"')）】》]*$|[a-z\d][.][”\"')]*$")
_CLOSERS = "”」』’\"')）】》〉"


def squeeze(form: str) -> str:
    """The form without any white space (interfaces print 登 录 and Share  this)."""
    return _SPACES.sub("", form)


def is_han(char: str) -> bool:
    """Whether the character is a Han ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0003ffff"


def letters(text: str) -> int:
    """How many letters, ideographs and digits the text holds."""
    return sum(map(str.isalnum, text))


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    `span` is its address without outer white space. `seen` holds the characters that a reader should see (injected
    ones left out); `form` is `cue_form(seen)`; `gaps` are the injected ranges inside.
    """

    span: Span
    seen: str
    form: str
    indent: int
    gap_before: bool
    """Whether a blank line (or the text's beginning) stands before it."""
    gaps: tuple[Span, ...] = ()

    @property
    def size(self) -> int:
        """Number of letters, ideographs and digits seen."""
        return letters(self.seen)

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does (full stop, question or exclamation mark, ellipsis, semicolon)."""
        return bool(_END.search(self.form))

    @property
    def last(self) -> str:
        """Its last character, closing quotation marks and brackets left out."""
        bare = self.seen.rstrip(_CLOSERS)
        return bare[-1:] if bare else ""

    @property
    def bulleted(self) -> bool:
        """Whether it starts with a list mark."""
        return bool(BULLET.match(self.seen))

    def place(self, start: int, end: int) -> Span:
        """The address in the text of [start, end) of `seen`; start < end."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, at: int) -> int:
        position = self.span.start + at
        for gap in self.gaps:
            if gap.start > position:
                break
            position += len(gap)
        return position


def _seen(text: str, span: Span, gaps: Sequence[Span]) -> str:
    parts, at = [], span.start
    for gap in gaps:
        parts.append(text[at : gap.start])
        at = gap.end
    parts.append(text[at : span.end])
    return "".join(parts)


def split_lines(text: str, injected: Sequence[Span] = ()) -> Iterator[Line]:
    """The lines of the text that are not blank, `injected` characters (sorted, disjoint ranges) left out of sight."""
    starts = [gap.start for gap in injected]
    previous_end, blank = 0, True
    for found in _BREAK.finditer(text):
        raw = found[0]
        blank = blank or _newlines(text, previous_end, found.start()) > 1
        previous_end = found.end()
        stripped = raw.strip()
        if not stripped:
            blank = True
            continue
        indent = len(raw) - len(raw.lstrip())
        start = found.start() + indent
        span = Span(start, start + len(stripped))
        i, j = bisect_left(starts, span.start), bisect_left(starts, span.end)
        gaps = tuple(injected[i:j])
        seen = _seen(text, span, gaps) if gaps else stripped
        if not seen.strip():
            continue
        yield Line(span, seen, cue_form(seen), indent, blank, gaps)
        blank = False


def _newlines(text: str, start: int, end: int) -> int:
    """Line breaks in [start, end), \\r\\n counted once."""
    between = text[start:end]
    return len(between) - between.count("\r\n")
