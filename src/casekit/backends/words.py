"""Words as sparse vectors: each term has a slot of 32 bits, each passage a weight in the slots of its terms.

The sum over slots of query weight times passage weight is BM25, with the average length of passages that was settled when
the first were written. Han characters and bigrams of the basic plane have slots of their own, other terms share the rest by a hash:
of a million words some hundred pairs share one, in four thousand million.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Final

from casekit.lexical import K1, B, terms_of

__all__ = ["NOWHERE", "slot_of", "slots_of", "weights_of"]

NOWHERE: Final = 0
"""The slot of no term."""
_RANGES: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_HAN: Final = sum(last - first + 1 for first, last in _RANGES)
_SINGLES: Final = 1
_PAIRS: Final = _SINGLES + _HAN
_HASHED: Final = _PAIRS + _HAN * _HAN
_SLOTS: Final = 2**32 - 2  # Milvus keeps slots in 32 bits and has another use for the last


def _place(character: str) -> int | None:
    """The number of a Han character of the basic plane."""
    point, before = ord(character), 0
    for first, last in _RANGES:
        if first <= point <= last:
            return before + point - first
        before += last - first + 1
    return None


def slot_of(term: str) -> int:
    """The slot of a term.

    Examples:
        >>> slot_of("会") < slot_of("会员") < slot_of("app") < 2**32 - 1
        True
        >>> slot_of("会员") == slot_of("员会")
        False
    """
    if len(term) <= 2:
        places = [place for place in map(_place, term) if place is not None]
        if len(places) == len(term) == 1:
            return _SINGLES + places[0]
        if len(places) == len(term) == 2:
            return _PAIRS + places[0] * _HAN + places[1]
    digest = hashlib.blake2b(term.encode("utf8", "surrogatepass"), digest_size=8).digest()
    return _HASHED + int.from_bytes(digest, "little") % (_SLOTS - _HASHED)


def weights_of(folded: str, average: float) -> dict[int, float]:
    """What the terms of a passage's folded text weigh, by slot, in passages of so many terms on average."""
    counts = Counter(map(slot_of, terms_of(folded)))
    norm = K1 * (1 - B + B * counts.total() / average) if average > 0 else K1
    return {slot: n * (K1 + 1) / (n + norm) for slot, n in counts.items()}


def slots_of(weights: Mapping[str, float]) -> dict[int, float]:
    """The weights of a query's terms by slot."""
    found: dict[int, float] = {}
    for term, weight in weights.items():
        slot = slot_of(term)
        found[slot] = found.get(slot, 0.0) + weight
    return found
