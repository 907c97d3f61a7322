"""Exact occurrences in any script, and quotations with their reference."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casekit.errors import SettingError
from casekit.fold import key_spans, match_key
from casekit.index import Generation, SourceRow
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Cleaned, Span

if TYPE_CHECKING:
    from casekit.workbench.held import Built

__all__ = ["Occurrence", "located", "occurrences", "paragraph_of"]

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

    Vocabulary is not folded: 品質 finds 品质, not 质量.

    Raises:
        SettingError: If `text` holds no letter or digit.
    """
    key = match_key(text)
    if not key:
        raise SettingError(say("要找的文字里没有字母或数字", "the text to find holds no letter or digit"))
    for source_id in generation.records.sources_holding(key):
        source = generation.records.source(source_id)
        if source is not None:
            yield from _in_source(source, key, context_chars)


def _in_source(source: SourceRow, key: str, context_chars: int) -> Iterator[Occurrence]:
    keys = key_spans(source.text, source.cleaned.kept)
    at = keys.text.find(key)
    while at >= 0:
        span = keys.span(at, at + len(key))
        start, end = span.start, span.end
        left = quote_of(source.text, Span(max(0, start - 6 * context_chars), start), source.cleaned.kept)
        right = quote_of(source.text, Span(end, min(len(source.text), end + 6 * context_chars)), source.cleaned.kept)
        yield Occurrence(
            source=source.id,
            start=start,
            end=end,
            left=_one_line(left)[-context_chars:],
            match=source.text[start:end],
            right=_one_line(right)[:context_chars],
        )
        at = keys.text.find(key, at + 1)


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
