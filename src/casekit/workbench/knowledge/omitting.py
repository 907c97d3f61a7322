"""What a quotation leaves out of its range: marked by […] with the reason, where its words may not be what the author wrote in a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from casekit.clean import reason_of
from casekit.language import say
from casekit.passages import clipped, quote_of
from casekit.types import Doc, Span

__all__ = ["MARK", "Omitted", "marked"]

MARK: Final = "[…]"
# What was put between the author's characters and is no text to anybody: words close over it as they were.
_CLOSED: Final = frozenset(("annotation", "invisible", "decoration", "markup", "note-mark", "page-furniture"))
_LOST: Final = re.compile("[\ue000-\uf8ff\ufffd]+")  # characters that no encoding gives back


@dataclass(frozen=True, slots=True)
class Omitted:
    """A range of the stored text that a quotation shows as […], and why; the reason in the language in force."""

    span: Span
    reason: str

    def to_json(self) -> dict[str, Any]:
        """As `quote --json` prints it."""
        return {"start": self.span.start, "end": self.span.end, "reason": self.reason}


def marked(doc: Doc, span: Span) -> tuple[str, tuple[Omitted, ...]]:
    """The quoted characters of a range with […] where something was cut out of it or is illegible, and what that is.

    Args:
        doc: The source.
        span: The quoted range.
    """
    kept = clipped(doc.cleaned.kept, span)
    omitted = [*_cut_out(doc, kept), *_illegible(doc, kept)]
    omitted.sort(key=lambda one: one.span.start)
    pieces: list[str] = []
    at = span.start
    for one in omitted:
        pieces.append(quote_of(doc.text, Span(at, one.span.start), kept))
        at = one.span.end
    pieces.append(quote_of(doc.text, Span(at, span.end), kept))
    return MARK.join(pieces), tuple(omitted)


def _cut_out(doc: Doc, kept: list[Span]) -> list[Omitted]:
    found: list[Omitted] = []
    for before, after in pairwise(kept):
        gap = Span(before.end, after.start)
        cuts = [c for c in doc.cleaned.cuts if c.span.start < gap.end and gap.start < c.span.end]
        telling = [c for c in cuts if c.rule not in _CLOSED and not c.span.slice(doc.text).isspace()]
        if telling:
            reasons = dict.fromkeys(reason_of(c.rule) for c in telling)
            found.append(Omitted(gap, say("、", "; ").join(reasons)))
    return found


def _illegible(doc: Doc, kept: list[Span]) -> list[Omitted]:
    reason = say("乱码，原字不明", "garbled: the characters are lost")
    return [
        Omitted(Span(m.start(), m.end()), reason)
        for part in kept
        for m in _LOST.finditer(doc.text, part.start, part.end)
    ]
