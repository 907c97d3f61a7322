"""What the records keep packed: texts, the folded text of a passage beside its quotation, where its sentences stand."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import Final

from casekit.errors import IndexDamagedError
from casekit.language import say

__all__ = [
    "Sentence",
    "fold_packed",
    "fold_unpacked",
    "sentences_packed",
    "sentences_unpacked",
    "text_packed",
    "text_unpacked",
]

Sentence = tuple[int, int, int, int]
"""Start and end of a sentence in the source, and in the folded text of its passage."""

# Deflate without a head, looking back over 4 kB: a passage and its folded text are that long, and what it takes to begin is
# made quickly. It is done once at the build and undone for each passage that a query reads (10 µs).
_WINDOW: Final = -12
_LEVEL: Final = 6
_NARROW, _WIDE = b"H", b"I"  # numbers of two or four bytes


def text_packed(text: str) -> bytes:
    """A text, deflated."""
    return zlib.compress(_bytes_of(text), _LEVEL)


def text_unpacked(data: bytes) -> str:
    """The text of `text_packed`.

    Raises:
        IndexDamagedError: If it is not what was packed.
    """
    try:
        return zlib.decompress(data).decode("utf8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError, TypeError) as error:
        raise _damaged(error) from error


def fold_packed(folded: str, quote: str) -> bytes:
    """A passage's folded text, told by its quotation: most of it is the same."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, zdict=_bytes_of(quote))
    return packer.compress(_bytes_of(folded)) + packer.flush()


def fold_unpacked(data: bytes, quote: str) -> str:
    """The folded text of `fold_packed`.

    Raises:
        IndexDamagedError: If it is not what was packed with this quotation.
    """
    try:
        return zlib.decompressobj(_WINDOW, zdict=_bytes_of(quote)).decompress(data).decode("utf8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError, TypeError) as error:
        raise _damaged(error) from error


def sentences_packed(sentences: Sequence[Sentence], start: int) -> bytes:
    """Where the sentences of a passage stand that begins at `start` of its source.

    Examples:
        >>> sentences_unpacked(sentences_packed([(900, 912, 3, 15), (912, 930, 15, 31)], 900), 900)
        [(900, 912, 3, 15), (912, 930, 15, 31)]
    """
    numbers = list(chain.from_iterable((a - start, b - start, first, last) for a, b, first, last in sentences))
    kind = _NARROW if max(numbers, default=0) < 1 << 16 else _WIDE
    packed = array(kind.decode(), numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return kind + packed.tobytes()


def sentences_unpacked(data: bytes, start: int) -> list[Sentence]:
    """The sentences of `sentences_packed`; none of nothing."""
    if not data:
        return []
    packed = array(chr(data[0]))
    packed.frombytes(data[1:])
    if sys.byteorder == "big":
        packed.byteswap()
    told = iter(packed)
    return [(a + start, b + start, first, last) for a, b, first, last in zip(told, told, told, told, strict=True)]


def _damaged(error: Exception) -> IndexDamagedError:
    return IndexDamagedError(
        say(
            f"索引里的一段文字读不出：{error}；运行 casekit build --full 重建",
            f"a text of the index cannot be read: {error}; run casekit build --full",
        )
    )


def _bytes_of(text: str) -> bytes:
    return text.encode("utf8", "surrogatepass")
