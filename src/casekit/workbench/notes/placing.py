"""Where the words that a person marked stand now: at their address, elsewhere in a new version of the source, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casekit.errors import CasekitError
from casekit.evidence import Body
from casekit.types import Cleaned, Span
from casekit.workbench.notes.records import State

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["BEGINS_CHARS", "Marked", "Place", "Places", "beginning"]

BEGINS_CHARS = 40
"""What a file shows of the passage, so that people know which one is meant."""
_NO_LETTERS = "fp1:0:"
_MOST_PLACES = 10_000  # places that are remembered


def beginning(quote: str) -> str:
    """The first characters of a passage, on one line."""
    return " ".join(quote.split())[:BEGINS_CHARS]


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that were marked: their address, their fingerprint, and how they begin."""

    source: str
    start: int
    end: int
    fingerprint: str
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where they stand now; of lost ones the old place, and how they began."""

    state: State
    start: int
    end: int
    quote: str
    title: str


class Places:
    """Looks words up in the sources as they are now, and remembers where they were found."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._known: dict[tuple[Marked, str], tuple[State, int, int, str]] = {}

    def of(self, one: Marked) -> Place:
        """The place of these words."""
        record = self._held.catalogue.get(one.source)
        title = (record.metadata.title if record else None) or one.source
        if record is None:
            return Place("lost", one.start, one.end, one.begins, title)
        key = (one, record.sha256)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _MOST_PLACES:
                self._known.clear()
            found = self._known[key] = self._look(one)
        return Place(*found, title)

    def _look(self, one: Marked) -> tuple[State, int, int, str]:
        body = self._built_body(one.source)
        if body is not None:  # quick, and true unless somebody has ruled on a cut since the build
            found = _place_in(*body, one, anywhere=False)
            if found is not None:
                return found
        try:
            doc = self._held.documents[one.source]
        except CasekitError:
            return "lost", one.start, one.end, one.begins
        found = _place_in(doc.text, doc.cleaned, one, anywhere=True)
        return found or ("lost", one.start, one.end, one.begins)

    def _built_body(self, source: str) -> tuple[str, Cleaned] | None:
        try:
            row = self._held.built().records.source(source)
        except CasekitError:
            return None
        if row is None or row.sha256 != self._held.catalogue[source].sha256:
            return None
        return row.text, row.cleaned


def _place_in(text: str, cleaned: Cleaned, one: Marked, *, anywhere: bool) -> tuple[State, int, int, str] | None:
    """Where words stand in a text: at their address, else (`anywhere`) at the one other place that reads the same."""
    body, whole = Body(text, cleaned.kept), Body(text)
    span, mark = Span(one.start, one.end), one.fingerprint
    if one.end <= len(text):
        quote = body.quote(span) or span.slice(text)
        # what was written by hand may have no fingerprint: then its address is all there is
        reads = not mark or body.reads(span, mark) or whole.reads(span, mark)
        # a fingerprint is of letters and digits: of an emoji alone it says nothing, its beginning does
        told = not mark.startswith(_NO_LETTERS) or one.begins in ("", beginning(quote))
        if reads and told:
            return "ok", one.start, one.end, quote
    for looked_in in (body, whole) if anywhere else ():  # in the body first, then in what was cut
        found = looked_in.only(mark)
        if found is not None:
            return "moved", found.start, found.end, body.quote(found) or found.slice(text)
    return None
