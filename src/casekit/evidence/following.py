"""Where a piece of a text stands in another version of it."""

from __future__ import annotations

from casekit.evidence.body import MOVE_LETTERS
from casekit.fold import key_spans, match_key
from casekit.types import Span

__all__ = ["follow_span"]

_CONTEXT_CHARS = (10, 40, 160)  # how much of the surroundings is tried to tell equal places apart


def follow_span(old: str, span: Span, new: str) -> Span | None:
    """The one place of `new` that holds what `old` holds at `span`; None if there is none or no telling which.

    Character by character first, with more and more of what stands around it; then in folded letters, where these are enough
    to be sure (`MOVE_LETTERS`).
    """
    piece = span.slice(old)
    if not piece:
        return None
    for context in (0, *_CONTEXT_CHARS):
        before, after = old[max(0, span.start - context) : span.start], old[span.end : span.end + context]
        for left, right in ((before, after), (before, ""), ("", after)):
            found = _only(left + piece + right, new)
            if found is not None:
                return Span(found + len(left), found + len(left) + len(piece))
        if piece not in new:
            break
    key = match_key(piece)
    if len(key) < MOVE_LETTERS:
        return None
    folded = key_spans(new)
    at = _only(key, folded.text)
    return None if at is None else folded.span(at, at + len(key))


def _only(piece: str, text: str) -> int | None:
    at = text.find(piece)
    return at if at >= 0 and text.find(piece, at + 1) < 0 else None
