"""A block: the terms of at most 65,536 passages in one file of plain arrays, which is never changed once written.

    magic, 8 bytes
    counts of rows, keys and entries, bytes of an entry's count, bytes of the sources' ids: five int64
    pids, int64[rows], rising          passages in the order in which they came
    lengths, int32[rows]               how many terms each has, with repetitions
    begins, int32[rows]                where each begins in its source
    owners, int32[rows]                its source: a number of the list of ids
    keys, uint64[keys], rising         the terms (`casekit.lexical.terms`)
    starts, int64[keys + 1]            where the entries of each term begin
    entries, uint16[entries]           the rows that hold it, rising
    counts, uint8 or uint16[entries]   how often it stands in each
    ids of the sources, JSON

Each array begins at a multiple of eight. The file is mapped, so that a query reads the pages of its own terms only.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from casekit.errors import IndexDamagedError
from casekit.language import say
from casekit.lexical.terms import ROW_BITS, Keys, keyed

__all__ = ["MOST_ROWS", "Block", "LexicalRow", "block_of", "damaged", "joined", "read_block", "write_block"]

Array: TypeAlias = npt.NDArray[Any]
Mask: TypeAlias = npt.NDArray[np.bool_]

MOST_ROWS: Final = 1 << ROW_BITS
_MAGIC: Final = b"CKTERMS\x01"
_HEAD: Final = 5
_ALIGNED: Final = 8


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """A passage as it is put in: its id, its folded text, and the source and place by which equals are told apart."""

    pid: int
    folded: str
    source: str
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """The arrays of a block; see the module."""

    pids: Array
    lengths: Array
    begins: Array
    owners: Array
    keys: Keys
    starts: Array
    entries: Array
    counts: Array
    sources: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.pids)


def block_of(rows: Sequence[LexicalRow]) -> Block:
    """The block of some passages, at most `MOST_ROWS`, their ids rising."""
    terms = keyed([row.folded for row in rows])
    firsts = np.flatnonzero(np.diff(terms, prepend=~terms[:1])) if len(terms) else np.empty(0, np.int64)
    held, counts = terms[firsts], np.diff(firsts, append=len(terms))
    entries = (held & np.uint64(MOST_ROWS - 1)).astype(np.uint16)
    keys, starts = np.unique(held >> np.uint64(ROW_BITS), return_index=True)
    sources = {source: number for number, source in enumerate(dict.fromkeys(row.source for row in rows))}
    return Block(
        pids=np.array([row.pid for row in rows], dtype=np.int64),
        lengths=np.bincount(entries, weights=counts, minlength=len(rows)).astype(np.int32),
        begins=np.array([row.start for row in rows], dtype=np.int32),
        owners=np.array([sources[row.source] for row in rows], dtype=np.int32),
        keys=keys,
        starts=np.append(starts, len(entries)).astype(np.int64),
        entries=entries,
        counts=_narrow(counts),
        sources=tuple(sources),
    )


def joined(blocks: Sequence[Block], kept: Sequence[Mask]) -> Block:
    """One block of the kept rows of several, in their order; together at most `MOST_ROWS`.

    Args:
        blocks: The blocks.
        kept: For each, which of its rows stay; bool, shape (rows,).
    """
    new_rows = [np.cumsum(keep) - 1 + base for keep, base in zip(kept, _bases(kept), strict=True)]
    stay = [keep[block.entries] for block, keep in zip(blocks, kept, strict=True)]
    known = np.unique(np.concatenate([block.keys for block in blocks]))
    numbers = [
        np.repeat(np.searchsorted(known, block.keys).astype(np.uint32), np.diff(block.starts))[here]
        for block, here in zip(blocks, stay, strict=True)
    ]
    # each block's terms rise already: a stable sort of such runs is a merge
    order = np.argsort(np.concatenate(numbers), kind="stable")
    sizes = np.sum([np.bincount(one, minlength=len(known)) for one in numbers], axis=0)
    held = np.flatnonzero(sizes)
    entries = np.concatenate(
        [rows[block.entries[here]] for block, rows, here in zip(blocks, new_rows, stay, strict=True)]
    ).astype(np.uint16)
    counts = np.concatenate([block.counts[here] for block, here in zip(blocks, stay, strict=True)])
    owners = np.concatenate(
        [
            np.array([block.sources[i] for i in block.owners[keep]], dtype=object)
            for block, keep in zip(blocks, kept, strict=True)
        ]
    )
    sources = {source: number for number, source in enumerate(dict.fromkeys(owners.tolist()))}

    def of_rows(name: str) -> Array:
        return np.concatenate([getattr(block, name)[keep] for block, keep in zip(blocks, kept, strict=True)])

    return Block(
        pids=of_rows("pids"),
        lengths=of_rows("lengths"),
        begins=of_rows("begins"),
        owners=np.array([sources[one] for one in owners.tolist()], dtype=np.int32),
        keys=known[held],
        starts=np.cumsum(np.append(0, sizes[held])).astype(np.int64),
        entries=entries[order],
        counts=_narrow(counts[order]),
        sources=tuple(sources),
    )


def _bases(kept: Sequence[Mask]) -> Iterable[int]:
    base = 0
    for keep in kept:
        yield base
        base += int(np.count_nonzero(keep))


def _narrow(counts: Array) -> Array:
    return counts.astype(np.uint8 if counts.max(initial=0) < 256 else np.uint16)


def write_block(path: Path, block: Block) -> None:
    """Write a block.

    Raises:
        OSError: If it cannot be written.
    """
    sources = json.dumps(block.sources, ensure_ascii=False).encode("utf8", "surrogatepass")
    head = np.array([len(block), len(block.keys), len(block.entries), block.counts.itemsize, len(sources)], dtype="<i8")
    with path.open("wb") as file:
        file.write(_MAGIC)
        for array in (head, *_arrays(block)):
            data = np.ascontiguousarray(array).tobytes()
            file.write(data + bytes(-len(data) % _ALIGNED))
        file.write(sources)


def _arrays(block: Block) -> tuple[Array, ...]:
    return (
        *(block.pids, block.lengths, block.begins, block.owners),
        *(block.keys, block.starts, block.entries, block.counts),
    )


def read_block(path: Path) -> Block:
    """The block in a file, mapped.

    Raises:
        IndexDamagedError: If the file holds none.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error
    try:
        return _parsed(data)
    except (ValueError, TypeError) as error:
        raise damaged(path, error) from error


def _parsed(data: mmap.mmap) -> Block:
    if data[: len(_MAGIC)] != _MAGIC:
        raise ValueError("not a block")
    at = len(_MAGIC)

    def take(count: int, kind: str) -> Array:
        nonlocal at
        array: Array = np.frombuffer(data, dtype=kind, count=count, offset=at)
        at += array.nbytes + -array.nbytes % _ALIGNED
        return array

    rows, keys, entries, wide, n_bytes = take(_HEAD, "<i8").tolist()
    pids, lengths, begins, owners = take(rows, "<i8"), take(rows, "<i4"), take(rows, "<i4"), take(rows, "<i4")
    terms, starts, held, counts = (
        take(keys, "<u8"),
        take(keys + 1, "<i8"),
        take(entries, "<u2"),
        take(entries, f"<u{wide}"),
    )
    if len(data) != at + n_bytes:
        raise ValueError("its length is not what it says")
    sources = tuple(json.loads(data[at : at + n_bytes].decode("utf8", "surrogatepass")))
    return Block(pids, lengths, begins, owners, terms, starts, held, counts, sources)


def damaged(path: Path, error: object) -> IndexDamagedError:
    """The error for a word index that cannot be read."""
    return IndexDamagedError(
        say(
            f"字词索引 {path} 打不开：{error}；运行 casekit build --full 重建",
            f"cannot open the word index {path}: {error}; run casekit build --full",
        )
    )
