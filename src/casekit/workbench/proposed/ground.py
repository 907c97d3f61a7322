"""What the kinds of proposals are held against: names, figures and stance of the sources, read once for many proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casekit.evidence import Verdict, evidence_at, verify_one
from casekit.fold import fold_text
from casekit.language import say
from casekit.passages import quote_of
from casekit.reading import Document, Stance, read, stance_at
from casekit.types import Doc, Evidence, Fact, Mention, Span
from casekit.workbench.knowledge.resting import Ground
from casekit.workbench.proposed.words import RefusedError

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Bearing", "Place", "choice", "text"]

_PARTIES = ("company", "brand", "org", "person", "product", "book", "event")


@dataclass(frozen=True, slots=True)
class Place:
    """The words of one proposal: the source with their range, what they are and what stands around them."""

    doc: Doc
    span: Span
    words: str
    around: str
    """The paragraph with those before it, title and headings, as far as a name may come from there."""

    @property
    def evidence(self) -> Evidence:
        """Address and fingerprint."""
        return evidence_at(self.doc, self.span.start, self.span.end)


class Bearing:
    """The sources that proposals rest on."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self._docs: dict[str, Doc] = {}
        self.ground = Ground(held, docs=self._docs)
        self._read: dict[str, Document] = {}

    def place(self, doc: Doc, span: Span) -> Place:
        """The place that words were found at."""
        self._docs[doc.id] = doc
        borne = self.ground.borne([self.verdict(doc, span)])
        return Place(doc, span, quote_of(doc.text, span, doc.cleaned.kept), borne.around)

    def verdict(self, doc: Doc, span: Span) -> Verdict:
        """The verdict of evidence that stands."""
        return verify_one(evidence_at(doc, span.start, span.end), doc)

    def facts(self, place: Place) -> list[Fact]:
        """The figures that casekit found in the words."""
        _, facts = self.ground.found_in(place.doc)
        return [one for one in facts if place.span.start <= one.span.start and one.span.end <= place.span.end]

    def mentions(self, place: Place) -> list[Mention]:
        """The names that casekit found in the words."""
        mentions, _ = self.ground.found_in(place.doc)
        return [one for one in mentions if place.span.start <= one.span.start and one.span.end <= place.span.end]

    def stance(self, place: Place, span: Span) -> Stance:
        """How the source says what stands at `span`."""
        if place.doc.id not in self._read:
            mentions, _ = self.ground.found_in(place.doc)
            self._read[place.doc.id] = read(place.doc, mentions)
        return stance_at(self._read[place.doc.id], span)

    def spot(self, place: Place, name: str) -> Span | None:
        """Where the words have a name, in any form that casekit knows; None where they don't."""
        at = place.doc.text.find(name, place.span.start, place.span.end)
        if at >= 0:
            return Span(at, at + len(name))
        folded, entity = fold_text(name), self.held.lexicon.lookup(name)
        for one in self.mentions(place):
            if fold_text(one.name) == folded or fold_text(one.text) == folded:
                return one.span
            if entity is not None and one.entity == entity.id:
                return one.span
        return place.span if folded in fold_text(place.words) else None

    def is_near(self, place: Place, name: str) -> bool:
        """Whether a name stands in the words or in what is above them, as whom they speak of."""
        if self.spot(place, name) is not None or fold_text(name) in fold_text(place.around):
            return True
        entity = self.held.lexicon.lookup(name)
        return entity is not None and any(
            fold_text(form) in fold_text(place.around) for form in (entity.name, *entity.aliases)
        )

    def same_party(self, one: str, other: str) -> bool:
        """Whether two names are of the same, as far as anybody knows."""
        mine, theirs = (self.held.lexicon.lookup(name) for name in (one, other))
        if mine is not None and theirs is not None:
            return mine.id == theirs.id
        a, b = fold_text(one).casefold(), fold_text(other).casefold()
        return a == b or a in b or b in a


def text(says: Mapping[str, str], name: str) -> str:
    """A field that must be there.

    Raises:
        RefusedError: If it is not.
    """
    if value := says.get(name, ""):
        return value
    raise RefusedError(say(f"缺少 {name}", f"{name} is missing"))


def choice(says: Mapping[str, str], name: str, known: tuple[str, ...], default: str) -> str:
    """A field that is one of several.

    Raises:
        RefusedError: If it is another.
    """
    value = says.get(name) or default
    if value in known:
        return value
    listed = say("、", ", ").join(known)
    raise RefusedError(say(f"{name} 是“{value}”，应为 {listed} 之一", f"{name} is {value!r}; wanted one of {listed}"))
