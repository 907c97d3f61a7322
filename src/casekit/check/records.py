"""What the draft checker works with: the draft, the corpus as it sees it, and what it finds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, get_args

from casekit.types import Address, Cleaned, Doc, Fact, Mention, Metadata, Source, Span

if TYPE_CHECKING:
    from casekit.lexicon import Lexicon

__all__ = [
    "WRONG",
    "Block",
    "Corpus",
    "CorpusSource",
    "Draft",
    "FieldFound",
    "Finding",
    "Mark",
    "MemoryCorpus",
    "Note",
    "Place",
    "Status",
    "View",
]

Status: TypeAlias = Literal[
    "ok",
    "altered",
    "truncated",
    "wrong-source",
    "wrong-speaker",
    "retelling",
    "kind-changed",
    "not-found",
    "ambiguous",
    "other-subject",
    "other-measure",
    "other-period",
    "direction",
    "wrong-sum",
    "other-wording",
    "acknowledged",
    "unproven",
    "unmatched",
]
"""In the order of a summary."""
WRONG: frozenset[Status] = frozenset(get_args(Status)) - {
    "ok",
    "other-wording",
    "acknowledged",
    "unproven",
    "unmatched",
}
"""Statuses that make a draft fail. The rest but `ok` is information: the same sentence in the other region's words, what the
writer answers for himself, figures that are not verified."""

PlaceKind: TypeAlias = Literal["line", "paragraph", "cell", "box", "footnote", "endnote"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of the draft stands in its file: line, paragraph, cell or note `number`, counted from 1.

    The number of a text box is that of the paragraph that holds it.
    """

    start: int
    kind: PlaceKind
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the draft that is checked; `paragraph` is the same for lines that run on, `quote` marks block quotes."""

    span: Span
    paragraph: int
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: where its mark stands in the draft's text, and what it says."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What the writer answers for himself: the range it stands for, what he says of it, the digests of the words that he meant.

    `seat` is where a digest is written: an offset of the draft's text, or the name of a comment, note or tag.
    """

    scope: Span
    reference: str
    digests: frozenset[str]
    seat: int | str


@dataclass(frozen=True, slots=True)
class View:
    """The checked characters of a draft one after the other: paragraphs parted by a line break, run-on lines joined.

    `origins[i]` is the place in the draft's text of character i, `quotes` are the ranges of block quotes.
    """

    text: str
    origins: tuple[int, ...]
    quotes: tuple[Span, ...]

    def origin(self, span: Span) -> Span:
        """The range of the draft's text that a range of the view came from."""
        if not len(span):
            at = self.origins[span.start] if span.start < len(self.origins) else 0
            return Span(at, at)
        return Span(self.origins[span.start], self.origins[span.end - 1] + 1)

    def locate(self, at: int) -> int:
        """The first position of the view whose origin is not before `at`."""
        from bisect import bisect_left

        return bisect_left(self.origins, at)


def _goes_on(gap: str) -> bool:
    """Whether what stands between two blocks of a quote leaves it one quote: in Markdown, lines with its mark."""
    return all(">" in line for line in gap.split("\n")[1:-1])


@dataclass(frozen=True)
class Draft:
    """A manuscript to be checked.

    `text` is the file's own text for .txt and .md, else the paragraphs or Markdown cells joined by line breaks. `blocks`
    are what is checked: headings, code and mark-up stand between them. `skipped` are ranges inside blocks that readers
    do not see (emphasis marks, link targets, struck text). Offsets of findings count in `text`.
    """

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    skipped: tuple[Span, ...] = ()
    places: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()
    marks: tuple[Mark, ...] = ()

    def place(self, at: int) -> Place | None:
        """The line, paragraph or cell that holds an offset of the text."""
        i = bisect_right(self.places, at, key=lambda p: p.start)
        return self.places[i - 1] if i else None

    @cached_property
    def view(self) -> View:
        """The checked characters, with their origins."""
        characters: list[str] = []
        origins: list[int] = []
        quotes: list[Span] = []
        skipped = {i for span in self.skipped for i in range(span.start, span.end)}
        before: Block | None = None
        for block in self.blocks:
            seen = [i for i in range(block.span.start, block.span.end) if i not in skipped]
            if before is not None:
                joint = "\n"
                if before.paragraph == block.paragraph:
                    ends = (characters[-1:] or [""])[0] + (self.text[seen[0]] if seen else "")
                    joint = " " if len(ends) == 2 and ends.isascii() else ""
                characters += joint
                origins += [before.span.end] * len(joint)
            begin = len(origins)
            characters += [self.text[i] for i in seen]
            origins += seen
            if block.quote and len(origins) > begin:
                if (
                    before is not None
                    and before.quote
                    and quotes
                    and _goes_on(self.text[before.span.end : block.span.start])
                ):
                    quotes[-1] = Span(quotes[-1].start, len(origins))
                else:
                    quotes.append(Span(begin, len(origins)))
            before = block
        return View("".join(characters), tuple(origins), tuple(quotes))


@dataclass(frozen=True, slots=True)
class FieldFound:
    """One field of a figure that was compared: `verdict` is "same", "differs" or "unknown"."""

    field: str
    verdict: str
    draft: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A quotation or figure of the draft and what the corpus says of it.

    `text` is draft.text[start:end]. `difference` shows what differs (None where nothing does); `source`, `source_start` and
    `source_end` are the place in the corpus that it was compared with, None where there is none. `message` is one sentence
    in the language in force. Of a figure, `compared` holds every field with its verdict, `sentence` and `source_sentence`
    what was compared.
    """

    start: int
    end: int
    text: str
    kind: Literal["quote", "figure"]
    status: Status
    difference: str | None
    source: str | None
    source_start: int | None
    source_end: int | None
    message: str
    compared: tuple[FieldFound, ...] = ()
    sentence: str | None = None
    source_sentence: str | None = None

    @property
    def address(self) -> Address | None:
        """The place in the corpus that it was compared with; None where there is none."""
        if self.source is None or self.source_start is None or self.source_end is None:
            return None
        return Address(self.source, self.source_start, self.source_end)

    @property
    def wrong(self) -> bool:
        """Whether this makes the draft fail."""
        return self.status in WRONG


@dataclass(frozen=True, slots=True)
class CorpusSource:
    """A source as the checker needs it: stored text, the body's kept ranges, and who published it.

    `speakers` are (range, name) of stretches whose speaker is known beyond the text's own words; usually empty.
    `retelling` tells of a text that only retells others: its words are nobody's.
    """

    id: str
    text: str
    kept: tuple[Span, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    other_names: tuple[str, ...] = ()
    speakers: tuple[tuple[Span, str], ...] = ()
    retelling: bool = False


class Corpus(Protocol):
    """What drafts are compared with."""

    def sources(self) -> Iterable[CorpusSource]:
        """All sources, in a fixed order."""
        ...

    def facts(self, source: str) -> Sequence[Fact]:
        """The figures of one source, in order of place."""
        ...

    def names(self, source: str) -> Sequence[Mention]:
        """The names in one source, in order of place."""
        ...

    def mentions(self, doc: Doc) -> Sequence[Mention]:
        """The names in a text that is not in the corpus (the draft)."""
        ...


@dataclass
class MemoryCorpus:
    """A corpus of documents in memory; figures and names are found when first asked for.

    Args:
        docs: The documents, with their bodies.
        lexicon: Names to look for; the package's own where None.
    """

    docs: Sequence[Doc]
    lexicon: Lexicon | None = None
    _facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict, repr=False)
    _names: dict[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False)

    def sources(self) -> Iterable[CorpusSource]:
        """All sources, in the order given."""
        return [source_of(doc) for doc in self.docs]

    def facts(self, source: str) -> Sequence[Fact]:
        """The figures of one source."""
        if source not in self._facts:
            from casekit.facts import find_facts

            doc = next(doc for doc in self.docs if doc.id == source)
            self._facts[source] = tuple(find_facts(doc, self.names(source)))
        return self._facts[source]

    def names(self, source: str) -> Sequence[Mention]:
        """The names in one source."""
        if source not in self._names:
            self._names[source] = tuple(self.mentions(next(doc for doc in self.docs if doc.id == source)))
        return self._names[source]

    def mentions(self, doc: Doc) -> Sequence[Mention]:
        """The names in a document."""
        from casekit.lexicon import load_lexicon
        from casekit.mentions import find_mentions

        return find_mentions(doc, self.lexicon or load_lexicon())


def source_of(doc: Doc) -> CorpusSource:
    """A document as the checker needs it."""
    known = doc.cleaned.metadata
    others = tuple(name for name in (known.republished_from, known.posted_by, known.url) if name)
    return CorpusSource(doc.id, doc.text, doc.cleaned.kept, known.title, known.authors, known.publisher, others)


def doc_of(name: str, text: str) -> Doc:
    """A plain text as a document that is all body."""
    kept = (Span(0, len(text)),) if text else ()
    return Doc(Source(name, "", text), Cleaned(kept, (), (), (), Metadata()))
