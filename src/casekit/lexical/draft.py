"""A word index in the making: the blocks of the one before as they are, new ones for what is new, small ones joined."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import numpy as np

from casekit.growing import LEFT, runs_joined
from casekit.lexical.blocks import MOST_ROWS, Block, LexicalRow, block_of, joined, read_block, write_block
from casekit.lexical.index import GONE_FILE, blocks_in, gone_in, number_of

__all__ = ["LexicalDraft", "LexicalRow"]

# Passages whose terms are sorted at once: 4,096 hold about 30 MB of terms.
_AT_ONCE: Final = 4096


class LexicalDraft:
    """What is to become the word index in `folder`.

    Args:
        folder: Empty or not there yet.
        previous: The word index that it starts from, if any; its files are taken over by `link`.
        link: Puts a file of the previous index into this one (source, target).
    """

    def __init__(
        self, folder: Path, *, previous: Path | None = None, link: Callable[[Path, Path], object] = shutil.copyfile
    ) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._made: list[Block] = []
        self._waiting: list[LexicalRow] = []
        self._gone: set[int] = set()
        self._written = False
        if previous is not None:
            for path in blocks_in(previous):
                link(path, folder / path.name)
            self._gone.update(gone_in(previous).tolist())

    def largest_pid(self) -> int:
        """The largest id that a passage has or had, 0 where there is none: an id is not given twice."""
        return max((int(read_block(path).pids[-1]) for path in blocks_in(self._folder)), default=0)

    def add(self, rows: Iterable[LexicalRow]) -> None:
        """Put in passages; ids must rise from call to call."""
        self._waiting += rows
        self._written = False
        while len(self._waiting) >= _AT_ONCE:
            some, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
            self._made.append(block_of(some))

    def remove(self, pids: Iterable[int]) -> None:
        """Take passages out."""
        self._gone.update(pids)
        self._written = False

    def commit(self) -> None:
        """Write what changed: a file that stays as it is is not touched, and none is written twice."""
        if self._written:
            return
        self._written = True
        if self._waiting:
            self._made.append(block_of(self._waiting))
            self._waiting = []
        old = [(path, read_block(path)) for path in blocks_in(self._folder)]
        old.sort(key=lambda one: int(one[1].pids[0]))
        number = max((number_of(path) for path, _ in old), default=0)
        blocks = [block for _, block in old] + self._made
        gone = np.array(sorted(self._gone), dtype=np.int64)
        kept = [np.isin(block.pids, gone, invert=True) for block in blocks]
        present = []
        for first, last in runs_joined([int(keep.sum()) for keep in kept], MOST_ROWS):
            if last - first == 1 and first < len(old) and kept[first].mean() >= LEFT:
                present.append(blocks[first].pids)
                continue
            for path, _ in old[first:last]:
                path.unlink()
            block = joined(blocks[first:last], kept[first:last])
            if len(block):
                number += 1  # a name of its own: the old file may be one with that of an older index
                write_block(self._folder / f"block-{number:06d}.bin", block)
        self._made = []
        left = gone[np.isin(gone, np.concatenate(present))] if present and len(gone) else gone[:0]
        self._gone = set(left.tolist())
        if len(left):
            (self._folder / GONE_FILE).write_bytes(left.astype("<i8").tobytes())
