"""A text in which words are looked up by their fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from casekit.address import is_fingerprint
from casekit.fold import Folded, fingerprint, key_spans
from casekit.passages import quote_of
from casekit.types import Span

__all__ = ["MOVE_LETTERS", "Body"]

# Fewer letters than this may recur by chance, so that one other place proves nothing: in the bodies of five articles of
# 2,000 to 5,600 letters up to 8 % of all strings of 6 stand more than once, of 8 mostly below 1 %. (Re-measure by counting
# repeated n-letter windows of `key_spans` before touching it.)
MOVE_LETTERS = 8


class Body:
    """A text, or those characters of it that are kept, as fingerprints see it: in folded letters and digits.

    Every stretch with the same number of letters as a fingerprint is hashed and compared: the same words in another copy of
    an article, in either script, with text put in before them or other chrome around them, hash alike; words that differ in
    one character do not. The folded letters are made when first asked for, and places are remembered.
    """

    def __init__(self, text: str, kept: Sequence[Span] | None = None) -> None:
        self.text = text
        self.kept = kept
        self._key: Folded | None = None
        self._places: dict[str, list[Span]] = {}

    def quote(self, span: Span) -> str:
        """The kept characters at a range."""
        return span.slice(self.text) if self.kept is None else quote_of(self.text, span, self.kept)

    def reads(self, span: Span, mark: str) -> bool:
        """Whether the words at a range have this fingerprint."""
        return 0 <= span.start <= span.end <= len(self.text) and fingerprint(self.quote(span)) == mark

    def places(self, mark: str) -> list[Span]:
        """Every place whose letters have this fingerprint, from the first to the last letter of each."""
        if mark not in self._places:
            self._places[mark] = self._search(mark)
        return self._places[mark]

    def only(self, mark: str) -> Span | None:
        """The one place with this fingerprint; None where there is none or several, or its letters are too few to be sure."""
        if letters_of(mark) < MOVE_LETTERS:
            return None
        places = self.places(mark)
        return places[0] if len(places) == 1 else None

    def _search(self, mark: str) -> list[Span]:
        letters = letters_of(mark)
        if not letters:
            return []
        if self._key is None:
            self._key = key_spans(self.text, self.kept)
        key, wanted, sha256 = self._key, bytes.fromhex(mark.rpartition(":")[2]), hashlib.sha256
        text = key.text
        return [
            key.span(i, i + letters)
            for i in range(len(text) - letters + 1)
            if sha256(text[i : i + letters].encode("utf-8")).digest()[:8] == wanted
        ]


def letters_of(mark: str) -> int:
    """How many letters a fingerprint is of; 0 for what is none."""
    return int(mark.split(":")[1]) if is_fingerprint(mark) else 0
