"""A document laid out for finding relations: sentences with their names as one-letter slots.

The form of a sentence is its folded text (which has no capitals) with every name replaced by one capital letter and
quotation marks left out: 「三通工程」由通触点、通数据组成 reads F由F、F组成. Rules are regular expressions over forms.

    C company or brand   O organisation   P person   T product (tool)   A tactic   F framework   W book or report   E event
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from casekit.fold import Folded, fold_spans
from casekit.segment import split_sentences
from casekit.types import Doc, EntityType, Mention, Span

__all__ = ["LETTERS", "Name", "Reading", "Sentence", "read"]

LETTERS: Final[dict[EntityType, str]] = {
    "company": "C",
    "brand": "C",
    "org": "O",
    "person": "P",
    "product": "T",
    "tactic": "A",
    "framework": "F",
    "book": "W",
    "report": "W",
    "event": "E",
}
_MARKS: Final = re.compile("[\"'“”‘’「」『』]")
_CAPITAL: Final = re.compile("[A-Z]")
# A line without closing punctuation and shorter than this is a heading where the cleaner has not said so: the longest
# headings of ordinary articles have some twenty-five characters.
_HEADING_CHARS: Final = 26


@dataclass(frozen=True, slots=True)
class Name:
    """A mention at position `at` of its sentence's form."""

    at: int
    letter: str
    mention: Mention

    @property
    def entity(self) -> str:
        """The entity's id."""
        return self.mention.entity

    @property
    def name(self) -> str:
        """The canonical simplified name."""
        return self.mention.name


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence: its place in the source, its form, and its names in order.

    `number` counts sentences, `paragraph` counts lines, `opens` says that it begins one. `quoted` is whether the
    sentence begins inside a quotation, or with one.
    """

    number: int
    span: Span
    form: str
    names: tuple[Name, ...]
    paragraph: int
    opens: bool
    heading: bool
    quoted: bool

    def at(self, place: int) -> Name:
        """The name whose slot stands at `place` of the form."""
        i = bisect_left(self.names, place, key=lambda n: n.at)
        return self.names[i]

    def within(self, start: int, end: int, letters: str = "COPTAFWE") -> list[Name]:
        """The names of form[start:end] with one of these letters."""
        first = bisect_left(self.names, start, key=lambda n: n.at)
        last = bisect_left(self.names, end, key=lambda n: n.at)
        return [n for n in self.names[first:last] if n.letter in letters]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A document's sentences; those without any name are there, too, since they may change what is spoken of."""

    doc: Doc
    sentences: tuple[Sentence, ...]


def _located(folded: Folded, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """`folded.locate` of many spans at once."""
    first = np.searchsorted(folded.ends, [s.start for s in spans], side="right").tolist()
    last = np.searchsorted(folded.starts, [s.end for s in spans], side="left").tolist()
    return [(a, max(a, b)) for a, b in zip(first, last, strict=True)]


def _form(text: str, start: int, end: int, places: Sequence[tuple[int, int, Mention]]) -> tuple[str, tuple[Name, ...]]:
    pieces: list[str] = []
    names: list[Name] = []
    length = 0
    at = start
    for first, last, mention in places:
        if first < at or last > end:
            continue
        between = _MARKS.sub("", text[at:first])
        letter = LETTERS[mention.type]
        length += len(between)
        names.append(Name(length, letter, mention))
        pieces += (between, letter)
        length += 1
        at = last
    pieces.append(_MARKS.sub("", text[at:end]))
    return "".join(pieces), tuple(names)


def read(doc: Doc, mentions: Sequence[Mention]) -> Reading:
    """The sentences of `doc` with their names as slots."""
    kept = doc.cleaned.kept
    folded = fold_spans(doc.text, kept)
    text = folded.text if folded.text.islower() else _CAPITAL.sub(lambda m: m[0].lower(), folded.text)
    ordered = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
    places = _located(folded, [m.span for m in ordered])
    placed = [(first, last, m) for (first, last), m in zip(places, ordered, strict=True) if last > first]
    starts = [p[0] for p in placed]
    headings = [h.span for h in doc.cleaned.headings]
    heading_starts = [h.start for h in headings]
    sentences: list[Sentence] = []
    paragraph = 0
    before = 0
    open_quote = False
    spans = split_sentences(doc.text, kept)
    for span, (start, end) in zip(spans, _located(folded, spans), strict=True):
        opens = not sentences or "\n" in text[before:start]
        if opens:
            paragraph += 1
            open_quote = False
        i = bisect_left(starts, start)
        j = bisect_left(starts, end)
        form, names = _form(text, start, end, placed[i:j])
        k = bisect_left(heading_starts, span.end)
        heading = k > 0 and headings[k - 1].end > span.start and len(form) < 80
        quoted = open_quote or text[start : start + 1] == '"'
        if text.count('"', start, end) % 2:
            open_quote = not open_quote
        sentences.append(Sentence(len(sentences), span, form, names, paragraph, opens, heading, quoted))
        before = end
    return Reading(doc, _with_headings(sentences))


def _with_headings(sentences: list[Sentence]) -> tuple[Sentence, ...]:
    out: list[Sentence] = []
    for i, s in enumerate(sentences):
        alone = s.opens and (i + 1 == len(sentences) or sentences[i + 1].opens)
        short = len(s.form) < _HEADING_CHARS and s.form[-1:] not in "。.!?,;:、)…" and not s.form.startswith(("(", "#"))
        if not s.heading and alone and short and i + 1 < len(sentences) and not _SPEAKS_LINE.search(s.form):
            s = Sentence(s.number, s.span, s.form, s.names, s.paragraph, s.opens, True, s.quoted)
        out.append(s)
    return tuple(out)


_SPEAKS_LINE: Final = re.compile("[说道称]$")
