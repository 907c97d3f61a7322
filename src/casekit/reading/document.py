"""An article read once: folded text with origins, its sentences with their names as one-letter slots, and its structure.

Every place is a position of the document's folded text (`Document.folded` tells the source's). The form of a sentence is
that text (which has no capitals) with every name replaced by one capital letter and quotation marks left out:
「三通工程」由通触点、通数据组成 reads F由F、F组成. Rules about names are regular expressions over forms.

    C company or brand   O organisation   P person   T product (tool)   A tactic   F framework   W book or report   E event
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from casekit.cues import CuePattern
from casekit.fold import Folded, fold_spans
from casekit.reading.cells import cells_of
from casekit.reading.clauses import Clause, clause_around
from casekit.reading.cue import AnyCue, CueFinder
from casekit.reading.enclosures import Enclosure, Enclosures, find_enclosures
from casekit.segment import split_sentences
from casekit.types import Doc, EntityType, Mention, Span

__all__ = ["LETTERS", "Document", "Name", "Sentence", "read", "read_text"]

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
# Fills the rest of a name in the masked text, behind its letter; a private character, so no text holds it.
_FILL: Final = "\ue000"
_DROPPED: Final = frozenset("\"'“”‘’「」『』" + _FILL)
_MARKS: Final = re.compile("[\"'“”‘’「」『』]")
_QUOTES: Final = re.compile("[\"']")
_SPEAKS_LINE: Final = re.compile("[说道称]$")
_CAPITAL: Final = re.compile("[A-Z]")
# A line without closing punctuation and shorter than this is a heading where the cleaner has not said so: the longest
# headings of ordinary articles have some twenty-five characters.
_HEADING_CHARS: Final = 26


@dataclass(frozen=True, slots=True)
class Name:
    """A mention at position `at` of its sentence's form, [start, end) of the document's folded text."""

    at: int
    letter: str
    mention: Mention
    start: int = 0
    end: int = 0

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
    """A sentence: its place in the source, its range of the folded text, its form, and its names in order.

    `number` counts sentences, `paragraph` counts lines, `opens` says that it begins one. `quoted` is whether the
    sentence begins inside a quotation, or with one.
    """

    number: int
    span: Span
    start: int
    end: int
    form: str
    names: tuple[Name, ...]
    paragraph: int
    opens: bool
    heading: bool
    quoted: bool
    document: Document = field(repr=False)

    def at(self, place: int) -> Name:
        """The name whose slot stands at `place` of the form."""
        i = bisect_left(self.names, place, key=lambda n: n.at)
        return self.names[i]

    def within(self, start: int, end: int, letters: str = "COPTAFWE") -> list[Name]:
        """The names of form[start:end] with one of these letters."""
        first = bisect_left(self.names, start, key=lambda n: n.at)
        last = bisect_left(self.names, end, key=lambda n: n.at)
        return [n for n in self.names[first:last] if n.letter in letters]


class Document:
    """A text read once. Sentences without any name are there, too, since they may change what is spoken of.

    `masked` is the folded text with the slots of names (a capital letter, then fillers), so that a word inside a name is
    no cue: what is asked of the words around is asked of it. `scan` is the folded text as figures are read in it.
    """

    def __init__(self, source: str, text: str, folded: Folded) -> None:
        self.id = source
        self.text = text
        self.folded = folded
        self.sentences: tuple[Sentence, ...] = ()
        self.masked = folded.text
        self._starts: list[int] = []
        self._places: dict[int, list[int]] = {}
        self._plain: dict[int, bool] = {}
        self._cues: dict[tuple[int, CueFinder | CuePattern], list[tuple[int, int]]] = {}

    def _lay_out(self, sentences: tuple[Sentence, ...], masked: str) -> None:
        self.sentences = sentences
        self.masked = masked
        self._starts = [s.start for s in sentences]

    @cached_property
    def scan(self) -> str:
        """The folded text with the borders of table cells, character for character."""
        return cells_of(self.folded, self.text)

    @cached_property
    def enclosures(self) -> Enclosures:
        """Brackets, titles and quotations."""
        starts = self.folded.starts
        marks = {m.start(): self.text[int(starts[m.start()])] for m in _QUOTES.finditer(self.folded.text)}
        return find_enclosures(self.folded.text, marks)

    def sentence_at(self, at: int) -> Sentence | None:
        """The sentence that holds a place of the folded text; between two, the one before; None before the first."""
        i = bisect_right(self._starts, at) - 1
        return self.sentences[i] if i >= 0 else None

    def clause_at(self, start: int, end: int) -> Clause:
        """The clause that holds [start, end) of the folded text, within its sentence."""
        s = self.sentence_at(start)
        first, last = (s.start, s.end) if s is not None else (0, len(self.scan))
        return clause_around(self.scan, first, last, start, min(end, last))

    def place(self, s: Sentence, at: int) -> int:
        """The place in the folded text of position `at` of a sentence's form; its end where `at` is the form's length."""
        return self.places_of(s)[at]

    def places_of(self, s: Sentence) -> list[int]:
        """The places in the folded text of all positions of a sentence's form, and its end."""
        places = self._places.get(s.number)
        if places is None:
            places = [i for i in range(s.start, s.end) if self.masked[i] not in _DROPPED]
            self._places[s.number] = places = [*places, s.end]
        return places

    def cues_of(self, s: Sentence, finder: CueFinder | CuePattern) -> list[tuple[int, int]]:
        """Where the cues of a list stand in a sentence, as ranges of the folded text; looked for once."""
        known = self._cues.get((s.number, finder))
        if known is None:
            known = self._cues[s.number, finder] = [m.span() for m in finder.finditer(self.masked, s.start, s.end)]
        return known

    def is_plain(self, s: Sentence, cues: AnyCue) -> bool:
        """Whether a sentence holds none of these cues; looked for once."""
        known = self._plain.get(s.number)
        if known is None:
            known = self._plain[s.number] = not cues.search(self.masked, s.start, s.end)
        return known

    def begun_before(self, s: Sentence) -> list[Enclosure]:
        """The brackets and quotations inside which a sentence begins, outermost first."""
        if s.opens and self.masked[s.start] not in "\"'“‘「『":
            return []  # brackets end with their paragraph, quotations go on only with a mark
        return [e for e in self.enclosures.around(s.start) if e.start < s.start]


def read(doc: Doc, mentions: Sequence[Mention] = ()) -> Document:
    """The body of `doc`, read; `mentions` are the names in it."""
    own = [m for m in mentions if m.source == doc.id]
    return read_text(doc.text, doc.cleaned.kept, own, source=doc.id, headings=[h.span for h in doc.cleaned.headings])


def read_text(
    text: str,
    kept: Sequence[Span] | None = None,
    mentions: Sequence[Mention] = (),
    *,
    source: str = "",
    headings: Sequence[Span] = (),
) -> Document:
    """Any text (a draft, a note), read.

    Args:
        text: The stored text.
        kept: Sorted, disjoint ranges that are read; all of the text where None.
        mentions: The names in it.
        source: What the document calls itself.
        headings: Ranges known to be headings, in order.
    """
    folded = fold_spans(text, kept)
    lower = folded.text if folded.text.islower() else _CAPITAL.sub(lambda m: m[0].lower(), folded.text)
    ordered = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
    places = _located(folded, [m.span for m in ordered])
    placed = [(first, last, m) for (first, last), m in zip(places, ordered, strict=True) if last > first]
    spans = split_sentences(text, kept)
    document = Document(source, text, folded)
    sentences, masked = _sentences(document, lower, spans, _located(folded, spans), placed, headings)
    document._lay_out(_with_headings(sentences), masked)
    return document


def _located(folded: Folded, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """`folded.locate` of many spans at once."""
    first = np.searchsorted(folded.ends, [s.start for s in spans], side="right").tolist()
    last = np.searchsorted(folded.starts, [s.end for s in spans], side="left").tolist()
    return [(a, max(a, b)) for a, b in zip(first, last, strict=True)]


def _sentences(
    document: Document,
    text: str,
    spans: Sequence[Span],
    ranges: Sequence[tuple[int, int]],
    placed: Sequence[tuple[int, int, Mention]],
    headings: Sequence[Span],
) -> tuple[list[Sentence], str]:
    """The sentences, and the masked text."""
    starts = [p[0] for p in placed]
    heading_starts = [h.start for h in headings]
    sentences: list[Sentence] = []
    masks: list[str] = []
    paragraph = before = 0
    open_quote = False
    for span, (start, end) in zip(spans, ranges, strict=True):
        opens = not sentences or "\n" in text[before:start]
        if opens:
            paragraph += 1
            open_quote = False
        i, j = bisect_left(starts, start), bisect_left(starts, end)
        form, names, mask = _laid_out(text, start, end, placed[i:j])
        k = bisect_left(heading_starts, span.end)
        heading = k > 0 and headings[k - 1].end > span.start and len(form) < 80
        quoted = open_quote or text[start : start + 1] == '"'
        if text.count('"', start, end) % 2:
            open_quote = not open_quote
        sentences.append(
            Sentence(len(sentences), span, start, end, form, names, paragraph, opens, heading, quoted, document)
        )
        masks += (text[before:start], mask)
        before = end
    return sentences, "".join((*masks, text[before:]))


def _laid_out(
    text: str, start: int, end: int, places: Sequence[tuple[int, int, Mention]]
) -> tuple[str, tuple[Name, ...], str]:
    """The form of text[start:end], its names, and the range with its names masked."""
    forms: list[str] = []
    masks: list[str] = []
    names: list[Name] = []
    length = 0
    at = start
    for first, last, mention in places:
        if first < at or last > end:
            continue
        between = text[at:first]
        form = _MARKS.sub("", between)
        letter = LETTERS[mention.type]
        length += len(form)
        names.append(Name(length, letter, mention, first, last))
        forms += (form, letter)
        masks += (between, letter, _FILL * (last - first - 1))
        length += 1
        at = last
    rest = text[at:end]
    forms.append(_MARKS.sub("", rest))
    masks.append(rest)
    return "".join(forms), tuple(names), "".join(masks)


def _with_headings(sentences: list[Sentence]) -> tuple[Sentence, ...]:
    out: list[Sentence] = []
    for i, s in enumerate(sentences):
        alone = s.opens and (i + 1 == len(sentences) or sentences[i + 1].opens)
        short = len(s.form) < _HEADING_CHARS and s.form[-1:] not in "。.!?,;:、)…" and not s.form.startswith(("(", "#"))
        if not s.heading and alone and short and i + 1 < len(sentences) and not _SPEAKS_LINE.search(s.form):
            s = replace(s, heading=True)
        out.append(s)
    return tuple(out)
