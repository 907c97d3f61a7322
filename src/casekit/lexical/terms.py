"""The terms of folded text, and the 48-bit keys under which an index keeps them.

Terms are single Han characters, Han bigrams, runs of letters or digits, and the values of numbers (`#` and digits: 2000万,
2,000万 and 两千万 are one term). A Han term is its own key; another's is a hash, which two of a million words share once in
three hundred corpora.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from casekit.numerals import numbers_in

__all__ = ["NUMBER", "Keys", "key_of", "keyed", "number_terms", "runs_of", "terms_of"]

Keys: TypeAlias = npt.NDArray[np.uint64]

NUMBER = "#"
"""What a term begins with that is a number's value."""

_HAN_RANGES = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{_HAN_RANGES}]+)|([^\W_{_HAN_RANGES}]+)")
_HAN = re.compile(rf"[{_HAN_RANGES}]")
_WORD = re.compile(rf"[^\W_{_HAN_RANGES}]+")


def terms_of(folded: str) -> list[str]:
    """The index terms of folded text, with repetitions.

    Examples:
        >>> terms_of("扫码购app")
        ['扫', '码', '购', '扫码', '码购', 'app']
        >>> terms_of("两千万")[-1], terms_of("2,000万")[-1]
        ('#20000000', '#20000000')
    """
    terms: list[str] = []
    for han, word in _RUN.findall(folded):
        if han:
            terms.extend(han)
            terms.extend(map(str.__add__, han, han[1:]))
        else:
            terms.append(word)
    terms.extend(number_terms(folded))
    return terms


def runs_of(folded: str) -> Iterator[tuple[int, str, bool]]:
    """The runs of folded text that terms are made of: where each begins, its characters, whether they are Han."""
    for match in _RUN.finditer(folded):
        yield match.start(), match[0], match[1] is not None


def number_terms(folded: str) -> list[str]:
    """The terms of the numbers in folded text, in order."""
    return [NUMBER + value for _, _, value in numbers_in(folded)]


# A key is 48 bits: 21 for each of two characters, or the highest and a hash.
ROW_BITS = 16
_CHARACTER_BITS = 21
_HASHED = 1 << 47
_HAN_BOUNDS = tuple(
    (ord(bounds[0]), ord(bounds[-1])) for bounds in re.findall(r".-.", _HAN_RANGES)
)  # the same ranges as the pattern's


def key_of(term: str) -> int:
    """The key of a term.

    Examples:
        >>> key_of("会") == ord("会"), key_of("会员") == ord("会") * 2**21 + ord("员"), key_of("app") >= 2**47
        (True, True, True)
    """
    if len(term) <= 2 and all(map(_HAN.match, term)):
        key = 0
        for character in term:
            key = key << _CHARACTER_BITS | ord(character)
        return key
    return _hashed(term)


@lru_cache(maxsize=65_536)
def _hashed(term: str) -> int:
    digest = hashlib.blake2b(term.encode("utf8", "surrogatepass"), digest_size=8).digest()
    return _HASHED | int.from_bytes(digest, "little") >> 17


def keyed(texts: Sequence[str]) -> Keys:
    """The terms of folded texts with repetitions: key and number of the text in one, `key << 16 | number`; rising.

    The same terms as `terms_of` has, of all texts at once.

    Args:
        texts: At most 65,536.

    Returns:
        uint64, shape (number of terms,).
    """
    if not texts:
        return np.empty(0, dtype=np.uint64)
    joined = "\0".join(texts)  # no letter, digit or white space: nothing goes on across it
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    rows = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) + 1 for text in texts])[: len(points)]
    han = np.zeros(len(points), dtype=bool)
    for first, last in _HAN_BOUNDS:
        han |= (points >= first) & (points <= last)
    pairs = np.flatnonzero(han[:-1] & han[1:])
    places, hashed = _others(joined)
    others = np.array(hashed, dtype=np.uint64)
    owners = (np.searchsorted(starts, places, side="right") - 1).astype(np.uint64)
    bits, character = np.uint64(ROW_BITS), np.uint64(_CHARACTER_BITS)
    found = np.concatenate(
        [
            points[han] << bits | rows[han],
            (points[pairs] << character | points[pairs + 1]) << bits | rows[pairs],
            others << bits | owners,
        ]
    )
    found.sort()
    return found


def _others(joined: str) -> tuple[list[int], list[int]]:
    """Where words and numbers begin in a text, and their keys."""
    places, keys = [], []
    for match in _WORD.finditer(joined):
        places.append(match.start())
        keys.append(key_of(match[0]))
    for start, _, value in numbers_in(joined):
        places.append(start)
        keys.append(_hashed(NUMBER + value))
    return places, keys
