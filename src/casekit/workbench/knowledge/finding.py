"""Exact occurrences in any script, and quotations with their reference."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casekit.errors import SettingError
from casekit.fold import fold_text, key_spans, match_key
from casekit.index import Generation, SourceRow
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Cleaned, Span

if TYPE_CHECKING:
    from casekit.workbench.held import Built

__all__ = ["Occurrence", "in_source", "located", "occurrence_at", "occurrences", "paragraph_of"]

_CONTEXT_CHARS = 30


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a text occurs: `match` is the source's own characters, `left` and `right` the kept ones around.

    `locator` is its page, slide, cell or time in its file; empty where the format has none.
    """

    source: str
    start: int
    end: int
    left: str
    match: str
    right: str
    locator: str = ""


def occurrences(generation: Generation, text: str, *, context_chars: int = _CONTEXT_CHARS) -> Iterator[Occurrence]:
    """Every place in the bodies where `text` stands, whatever the script, width, case, white space or punctuation.

    Signs that belong to a word or a figure do count: C++ is no C, .NET no net, 35% no 35, 1.5 no 15. Vocabulary is not folded: 品質 finds 品质, not 质量.

    Raises:
        SettingError: If `text` holds no letter or digit.
    """
    key = match_key(text)
    if not key:
        raise SettingError(say("要找的文字里没有字母或数字", "the text to find holds no letter or digit"))
    for source_id in generation.records.sources_holding(key):
        source = generation.records.source(source_id)
        if source is not None:
            yield from in_source(source, text, context_chars=context_chars)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A text with the signs that belong to its words (C++, C#, .NET, R&D, 35%, 1.5), which the key leaves out."""

    letters: str
    before: int
    after: int

    @classmethod
    def of(cls, text: str) -> _Signed | None:
        """The text's letters and signs; None where no sign belongs to a word."""
        letters = _with_signs(text)
        if letters.isalnum():
            return None
        bare = len(letters)
        return cls(letters, bare - len(letters.lstrip(_SIGNS)), bare - len(letters.rstrip(_SIGNS)))

    def at(self, text: str, span: Span) -> Span | None:
        """Where it stands with its signs, if the source has them; None where it has others, or stands in a longer word."""
        whole = Span(max(0, span.start - self.before), min(len(text), span.end + self.after))
        if _with_signs(whole.slice(text)) != self.letters:
            return None
        beside = text[whole.start - 1 : whole.start] + self.letters[:1]
        return None if len(beside) == 2 and beside.isascii() and beside.isalnum() else whole


_SIGNS = "+#@$%*&."
_SIGN = re.compile(r"[+#@$%*&]+(?=[a-z\d])|(?<=[a-z\d])[+#@$%*&]+|(?<![a-z\d.])\.(?=[a-z])|(?<=\d)\.(?=\d)|\w")


def _with_signs(text: str) -> str:
    """Letters and digits with the signs that touch Latin ones or figures, in one form."""
    return "".join(_SIGN.findall("".join(fold_text(text, vocabulary=False).split()))).replace("_", "")


def in_source(source: SourceRow, text: str, *, context_chars: int = _CONTEXT_CHARS) -> Iterator[Occurrence]:
    """Every place of one source where `text`, which holds a letter or digit, stands; see `occurrences`."""
    key, signed = match_key(text), _Signed.of(text)
    keys = key_spans(source.text, source.cleaned.kept)
    at = keys.text.find(key)
    while at >= 0:
        span: Span | None = keys.span(at, at + len(key))
        at = keys.text.find(key, at + 1)
        if span is not None and signed is not None:
            span = signed.at(source.text, span)
        if span is None:
            continue
        yield occurrence_at(source, span, context_chars=context_chars)


def occurrence_at(source: SourceRow, span: Span, *, context_chars: int = _CONTEXT_CHARS) -> Occurrence:
    """A place of a source with what stands around it."""
    start, end = span.start, span.end
    left = quote_of(source.text, Span(max(0, start - 6 * context_chars), start), source.cleaned.kept)
    right = quote_of(source.text, Span(end, min(len(source.text), end + 6 * context_chars)), source.cleaned.kept)
    return Occurrence(
        source=source.id,
        start=start,
        end=end,
        left=_one_line(left)[-context_chars:],
        match=source.text[start:end],
        right=_one_line(right)[:context_chars],
    )


def located(built: Built, one: Occurrence) -> Occurrence:
    """The same occurrence with its page, slide, cell or time."""
    told = built.told_place(one.source, Span(one.start, one.end))
    return replace(one, locator=told) if told else one


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ⏎ ", text)


def paragraph_of(text: str, cleaned: Cleaned, span: Span) -> int:
    """The 1-based number of the body paragraph in which `span` starts (a paragraph is a line that keeps characters)."""
    starts = []
    for kept in cleaned.kept:
        starts += [kept.start + m.start() for m in re.finditer(r"\S[^\n]*", text[kept.start : kept.end])]
    lines = sorted({text.rfind("\n", 0, start) for start in starts})
    return max(1, bisect.bisect_left(lines, span.start))
