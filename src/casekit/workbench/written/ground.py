"""The passages that went out, as sentences that can bear something out: their clauses, figures, names, and how they are said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from casekit.cues import CuePattern, cue_form
from casekit.passages import quote_of
from casekit.reading import Document, Enclosure, Stance, read, stance_at
from casekit.segment import split_sentences
from casekit.types import Address, Doc, Fact, Mention, Source, Span
from casekit.workbench.written.clauses import Clause, inside, split_clauses

if TYPE_CHECKING:
    from casekit.index import SourceRow
    from casekit.workbench.held import Built

__all__ = ["PARTIES", "Article", "Passages", "Unit"]

PARTIES: Final = ("company", "brand", "org", "person")
_ORDERS: Final = CuePattern("%{assistants/orders}")


class Article:
    """A source as it was built, read when first asked for."""

    def __init__(self, built: Built, row: SourceRow) -> None:
        self.row = row
        self.id = row.id
        self.facts: Sequence[Fact] = built.records.facts(row.id)
        self.mentions: Sequence[Mention] = built.records.mentions(row.id)
        self.title = row.cleaned.metadata.title or row.id

    @cached_property
    def document(self) -> Document:
        """The article, read."""
        doc = Doc(Source(self.row.id, self.row.sha256, self.row.text, self.row.cleaned.metadata), self.row.cleaned)
        return read(doc, self.mentions)

    @cached_property
    def sentences(self) -> list[Span]:
        """Its sentences."""
        return split_sentences(self.row.text, self.row.cleaned.kept)

    def words(self, span: Span) -> str:
        """The kept characters at a range, on one line."""
        return " ".join(quote_of(self.row.text, span, self.row.cleaned.kept).split("\n"))

    def paragraph(self, span: Span) -> Span:
        """The paragraph that holds a range."""
        text = self.row.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        return Span(start, len(text) if end < 0 else end)

    def behind(self, span: Span) -> str:
        """The sentence right behind a sentence, in its paragraph; "" where there is none."""
        at = bisect_right(self.sentences, span.start, key=lambda one: one.start)
        if at >= len(self.sentences) or self.sentences[at].start > self.paragraph(span).end:
            return ""
        return self.words(self.sentences[at]).strip()

    def stance(self, span: Span) -> Stance:
        """How the source says what stands at a range."""
        return stance_at(self.document, span)

    def quotations(self, span: Span) -> list[Enclosure]:
        """The quotations that hold a range's first character and begin before it."""
        at, _ = self.document.folded.locate(span)
        return [one for one in self.document.enclosures.around(at) if one.kind == "quote"]


@dataclass(frozen=True)
class Unit:
    """One sentence of a passage: what a sentence of the model's is held to."""

    article: Article
    span: Span
    text: str

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its clauses, in `text`."""
        return split_clauses(self.text)

    @cached_property
    def facts(self) -> list[Fact]:
        """The figures in it."""
        return [one for one in self.article.facts if inside(one.span, self.span)]

    @cached_property
    def parties(self) -> list[Mention]:
        """Firms, institutions and people that it names."""
        return [one for one in self.article.mentions if one.type in PARTIES and inside(one.span, self.span)]

    @cached_property
    def orders(self) -> bool:
        """Whether its paragraph speaks to a program: then it bears nothing out."""
        around = self.article.words(self.article.paragraph(self.span))
        return _ORDERS.search(cue_form(around)) is not None

    @property
    def address(self) -> Address:
        """Where it stands."""
        return Address.of(self.article.id, self.span)

    def place(self, start: int, end: int) -> Span:
        """The range in the source of `text[start:end]`; the whole sentence where characters were cut out of it."""
        raw = self.article.row.text[self.span.start : self.span.end]
        shift = len(raw) - len(raw.lstrip())
        plain = raw.strip().replace("\n", " ")
        if plain != self.text:
            return self.span
        return Span(self.span.start + shift + start, self.span.start + shift + end)


class Passages:
    """The passages that went out."""

    def __init__(self, built: Built, sent: Sequence[Address]) -> None:
        self._built = built
        self.sent = tuple(sent)
        self._articles: dict[str, Article] = {}
        self._units: dict[Address, list[Unit]] = {}

    def article(self, source: str) -> Article | None:
        """A source of the build; None where it has none of that id."""
        if source not in self._articles:
            row = self._built.records.source(source)
            if row is None:
                return None
            self._articles[source] = Article(self._built, row)
        return self._articles[source]

    def holding(self, at: Address) -> Address | None:
        """The passage that an address is, or lies in; None where none was sent."""
        return next((one for one in self.sent if one.source == at.source and inside(at.span, one.span)), None)

    def units(self, passage: Address) -> list[Unit]:
        """The sentences of a passage, in order."""
        if passage not in self._units:
            article = self.article(passage.source)
            spans = [] if article is None else [one for one in article.sentences if _is_of(one, passage.span)]
            self._units[passage] = [
                Unit(article, span, words)
                for span in spans
                if article is not None and (words := article.words(span).strip())
            ]
        return self._units[passage]


def _is_of(sentence: Span, passage: Span) -> bool:
    """Whether a sentence lies in a passage, or is so long that the passage lies in it."""
    return inside(sentence, passage) or inside(passage, sentence)
