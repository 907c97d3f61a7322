"""What our own texts rest on: each sentence of a retelling, each statement of a card, held to the originals' words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from casekit.check.holding import CLAUSE_CHARS, Borne, Declared, Saying, Unborne, clause_before, unborne
from casekit.check.records import doc_of
from casekit.errors import CasekitError, NotBuiltError
from casekit.evidence import Verdict, verify
from casekit.facts import find_facts, find_figures, parse_number
from casekit.passages import quote_of
from casekit.types import Address, Doc, Fact, Mention, Span
from casekit.workbench.corpus.links import load_links, told_sentences

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Ground", "Linked", "LinkedSentence", "LinkedStatus", "grounds_of", "linked", "places_of"]

LinkedStatus: TypeAlias = Literal["holds", "differs", "lost", "not-imported", "none"]
_STANDING = ("ok", "moved")
_BEFORE = 2  # paragraphs before a place in which its 他, 该公司 may find whom they mean
_PARTIES = ("company", "brand", "org", "person", "product")


@dataclass(frozen=True, slots=True)
class LinkedSentence:
    """A sentence of a retelling with what became of the evidence it rests on, and what that does not bear."""

    address: Address
    text: str
    evidence: tuple[Verdict, ...] = ()
    problems: tuple[Unborne, ...] = ()

    @property
    def status(self) -> LinkedStatus:
        """Whether it holds: its evidence stands, and bears every number, name, time and reserve of it."""
        if not self.evidence:
            return "none"
        if any(one.status == "not-imported" for one in self.evidence):
            return "not-imported"
        if any(one.status not in _STANDING for one in self.evidence):
            return "lost"
        return "differs" if self.problems else "holds"


@dataclass(frozen=True, slots=True)
class Linked:
    """A retelling, sentence by sentence."""

    source: str
    sentences: tuple[LinkedSentence, ...]

    @property
    def share(self) -> float:
        """Share of the sentences that hold, in [0, 1]."""
        holding = sum(one.status == "holds" for one in self.sentences)
        return holding / len(self.sentences) if self.sentences else 1.0


def linked(held: Held, source_id: str, *, ground: Ground | None = None) -> Linked:
    """Each sentence of a retelling with the places of the originals that it rests on.

    Raises:
        UnknownSourceError: If the id is unknown.
        SourceError: If the source or its links cannot be read.
    """
    doc = held.documents[source_id]
    links = load_links(held.workspace, source_id)
    ground = ground or Ground(held)
    own = verify((link.sentence for link in links), {source_id: doc})
    at = {v.found.start: link for v, link in zip(own, links, strict=True) if v.found is not None}
    about = ground.names_of(doc.cleaned.metadata.title or "")
    sentences = []
    for span in told_sentences(doc):
        text = quote_of(doc.text, span, doc.cleaned.kept)
        link = at.get(span.start)
        verdicts = tuple(verify(link.rests_on, ground.docs)) if link is not None else ()
        problems = ground.unborne(text, verdicts, about=about)
        sentences.append(LinkedSentence(Address.of(source_id, span), text, verdicts, problems))
    return Linked(source_id, tuple(sentences))


def grounds_of(held: Held, doc: Doc, span: Span | None = None) -> list[tuple[Span, tuple[Address, ...]]]:
    """The sentences of a retelling, each with where it rests: places of the originals as they are now.

    Places in originals that are not here are given as they were written down; what is lost is left out.

    Args:
        held: What is open.
        doc: The retelling.
        span: Only the sentences that this range touches.
    """
    links = load_links(held.workspace, doc.id)
    if not links:
        return []
    own = verify((link.sentence for link in links), {doc.id: doc})
    here = [
        (verdict.found.span, link.rests_on)
        for verdict, link in zip(own, links, strict=True)
        if verdict.found is not None
        and (span is None or (verdict.found.start < span.end and span.start < verdict.found.end))
    ]
    docs: dict[str, Doc] = {}
    for source in {one.source for _, on in here for one in on}:
        try:
            docs[source] = held.documents[source]
        except CasekitError:  # not imported, or gone
            continue
    grounds = []
    for sentence, on in here:
        found = [v.found or (v.evidence.address if v.status == "not-imported" else None) for v in verify(on, docs)]
        grounds.append((sentence, tuple(dict.fromkeys(place for place in found if place is not None))))
    return grounds


def places_of(held: Held, doc: Doc, span: Span) -> tuple[Address, ...]:
    """Where the sentences of a retelling that a range touches rest; see `grounds_of`."""
    return tuple(dict.fromkeys(place for _, places in grounds_of(held, doc, span) for place in places))


class Ground:
    """The sources that statements rest on, with what is found in them; read once for many statements."""

    def __init__(self, held: Held, *, docs: Mapping[str, Doc] | None = None) -> None:
        """`docs` are the sources that may be rested on, where that is not all that can be read."""
        self._held = held
        self.docs: Mapping[str, Doc] = held.documents.readable() if docs is None else docs
        self._found: dict[str, tuple[Sequence[Mention], Sequence[Fact]]] = {}

    def unborne(
        self,
        text: str,
        verdicts: Sequence[Verdict],
        *,
        about: frozenset[str] = frozenset(),
        declared: Declared | None = None,
    ) -> tuple[Unborne, ...]:
        """What of a statement its evidence does not bear; nothing where some of this is not here."""
        if not verdicts or any(one.found is None for one in verdicts):
            return ()
        return unborne(self.saying(text, declared), self.borne(verdicts), about=about)

    def saying(self, text: str, declared: Declared | None = None) -> Saying:
        """A statement of ours with its figures and the parties that it names."""
        mentions = self._mentions(doc_of("", text))
        names = {one.entity: one.text for one in mentions if one.type in _PARTIES}
        figure = parse_number(declared.figure) if declared is not None and declared.figure else None
        figures = (figure,) if figure is not None else ()
        return Saying(text, tuple(find_figures(text, mentions)), names, declared, figures)

    def names_of(self, text: str) -> frozenset[str]:
        """Ids of the parties that a text names."""
        return frozenset(one.entity for one in self._mentions(doc_of("", text)) if one.type in _PARTIES)

    def named_in(self, doc: Doc, span: Span) -> frozenset[str]:
        """Ids of what is named in a range of a source."""
        mentions, _ = self.found_in(doc)
        return frozenset(one.entity for one in mentions if span.start <= one.span.start < span.end)

    def borne(self, verdicts: Sequence[Verdict]) -> Borne:
        """The words that these places hold, with the figures and names of the sources there."""
        texts, around, years = [], [], set()
        facts: list[Fact] = []
        leads: dict[Span, str] = {}
        names: set[str] = set()
        for verdict in verdicts:
            if verdict.found is None:
                continue
            doc, span = self.docs[verdict.found.source], verdict.found.span
            paragraph = _around(doc.text, span)
            texts.append(quote_of(doc.text, span, doc.cleaned.kept))
            around += [quote_of(doc.text, paragraph, doc.cleaned.kept), *_heads(doc, span)]
            inside = [one for one in self.found_in(doc)[1] if span.start <= one.span.start and one.span.end <= span.end]
            facts += inside
            leads |= {one.span: _before(doc, one.span.start) for one in inside}
            names |= self.named_in(doc, paragraph)
            dates = [one.date_iso or "" for one in inside] + [doc.cleaned.metadata.date or ""]
            years |= {date[:4] for date in dates if date[:4].isdigit()}
        return Borne("\n".join(texts), "\n".join(around), tuple(facts), frozenset(names), frozenset(years), leads)

    def found_in(self, doc: Doc) -> tuple[Sequence[Mention], Sequence[Fact]]:
        """Names and figures of a source: as built where the index is of this very text, else found now."""
        if doc.id not in self._found:
            built = self._as_built(doc)
            if built is None:
                mentions = self._mentions(doc)
                built = mentions, find_facts(doc, mentions)
            self._found[doc.id] = built
        return self._found[doc.id]

    def _as_built(self, doc: Doc) -> tuple[Sequence[Mention], Sequence[Fact]] | None:
        try:
            built = self._held.built()
            row = built.source(doc.id)
        except (NotBuiltError, CasekitError):
            return None
        if built.standing.of(doc.id).rank == "retelling" or (row.text, row.cleaned) != (doc.text, doc.cleaned):
            return None
        return built.records.mentions(doc.id), built.records.facts(doc.id)

    def _mentions(self, doc: Doc) -> Sequence[Mention]:
        from casekit.mentions import find_mentions

        return find_mentions(doc, self._held.lexicon)


def _around(text: str, span: Span) -> Span:
    """The paragraph of a place with those before it, in which pronouns find whom they mean."""
    start = span.start
    for _ in range(_BEFORE + 1):
        start = text.rstrip("\n")[:start].rstrip().rfind("\n") if start > 0 else -1
        if start < 0:
            break
    end = text.find("\n", span.end)
    return Span(max(0, start), len(text) if end < 0 else end)


def _heads(doc: Doc, span: Span) -> list[str]:
    """What stands above a place: who published and wrote the source, its title, the headings there."""
    known = doc.cleaned.metadata
    above: list[tuple[int, str]] = []
    for heading in sorted(doc.cleaned.headings, key=lambda h: h.span):
        if heading.span.start > span.start:
            break
        above = [*(one for one in above if one[0] < heading.level), (heading.level, heading.span.slice(doc.text))]
    named = (known.title, *known.authors, known.publisher, known.republished_from, *(text for _, text in above))
    return [text for text in named if text]


def _before(doc: Doc, start: int) -> str:
    """The kept words right before a place in its clause: pinyin and the like stand between them."""
    first = max(0, start - 4 * CLAUSE_CHARS)
    return clause_before(quote_of(doc.text, Span(first, start), doc.cleaned.kept)) if first < start else ""
