"""How an index grows that is kept in blocks, files that are never changed once written: which are joined, and which thinned.

A new block is joined with the one before it as long as that one is not much larger. Written so, a passage is written about as
often as an index doubles, and there are about as many blocks.

References:
    O'Neil et al., The log-structured merge-tree, Acta Informatica 33, 1996.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["LEFT", "runs_joined"]

LEFT: Final = 0.75
"""A block of which less than this share is left is written anew without what is gone."""
_GROWTH: Final = 2  # a block goes with those after it if it is less than so many times as large as these together,
_SMALL: Final = 2048  # or has less rows than this


def runs_joined(sizes: Sequence[int], most: int) -> list[tuple[int, int]]:
    """The ranges of blocks of these sizes that become one each, in order; none of more than `most` rows, if none is now.

    Examples:
        >>> runs_joined([60_000, 3_000, 10], 65_536), runs_joined([60_000, 3_000, 1_000, 1_500], 65_536)
        ([(0, 1), (1, 2), (2, 3)], [(0, 1), (1, 4)])
    """
    runs: list[tuple[int, int]] = []
    last = len(sizes)
    while last > 0:
        first, size = last - 1, sizes[last - 1]
        while first > 0 and size + sizes[first - 1] <= most and sizes[first - 1] < max(_GROWTH * size, _SMALL):
            first -= 1
            size += sizes[first]
        runs.append((first, last))
        last = first
    return runs[::-1]
