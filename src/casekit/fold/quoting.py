"""Character-level keys for quotations, and the fingerprint that case cards carry."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import cache

from casekit.fold.characters import table
from casekit.fold.tape import Edit, Folded, Tape, tape_of
from casekit.types import Span

__all__ = ["fingerprint", "key_spans", "match_key"]


@cache
def _key_of(character: str) -> str:
    # FROZEN, see fingerprint: change nothing here nor in data/fold/quote_v1.txt.
    simplified = table("quote_v1.txt")
    # Radicals of PDF text layers are no letters and would be lost; a text without them has the key it always had.
    plain = table("radicals.txt").get(ord(character), character)
    for _ in range(4):
        after = unicodedata.normalize("NFKC", plain).lower().translate(simplified)
        if after == plain:
            break
        plain = after
    return "".join(c for c in plain if c.isalnum())


def match_key(text: str) -> str:
    """The letters and digits of a text, character by character in one form: NFKC, simplified, lower case.

    The key for quotations: it makes scripts, width, case, punctuation and spacing equal, but no two words (品质 and 质量
    differ here). A character's key never depends on its neighbours, so the key of a slice is a slice of the key; a letter
    that is written with a combining mark counts as the letter alone.

    Examples:
        >>> match_key("「會員」,１０００萬!")
        '会员1000万'
    """
    return "".join(map(_key_of, text))


def key_spans(text: str, kept: Sequence[Span] | None = None) -> Folded:
    """`match_key` of the kept characters, with an origin for every character of it."""
    tape: Tape = tape_of(text, kept)
    forms = {c: _key_of(c) for c in set(tape.text)}
    edits: list[Edit] = [(i, i + 1, forms[c]) for i, c in enumerate(tape.text) if len(forms[c]) != 1]
    tape.edit(edits)
    tape.replace(tape.text.translate({ord(c): f for c, f in forms.items() if len(f) == 1}))
    return tape.folded()


def fingerprint(quote: str) -> str:
    """ "fp1:<n>:<hex>": n letters and digits in the quote's `match_key`, and the first 16 hex digits of its SHA-256 (UTF-8).

    Frozen: case cards hold these. Each character goes through NFKC, lower case and the table data/fold/quote_v1.txt until
    nothing changes; what is no letter or digit (str.isalnum) is dropped. Another folding would need another prefix.

    Args:
        quote: The kept characters of a quotation (cut ones left out), in either script.

    Examples:
        >>> fingerprint("超1000万存量会员")
        'fp1:10:dfb375111c9d1e03'
        >>> fingerprint("超1000萬,存量會員") == fingerprint("超1000万存量会员")
        True
    """
    key = match_key(quote)
    return f"fp1:{len(key)}:{hashlib.sha256(key.encode('utf-8')).hexdigest()[:16]}"
