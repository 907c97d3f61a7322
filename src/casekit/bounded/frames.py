"""What parent and worker say to each other: a JSON document and bytes, each with its length before it."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

__all__ = ["read_frame", "write_frame"]

_LENGTHS = struct.Struct(">QQ")


def write_frame(file: BinaryIO, head: Any, body: bytes = b"") -> None:
    """Send one frame.

    Raises:
        OSError: If nobody reads any more.
    """
    told = json.dumps(head, ensure_ascii=True).encode("ascii")
    file.write(_LENGTHS.pack(len(told), len(body)))
    file.write(told)
    file.write(body)
    file.flush()


def read_frame(file: BinaryIO) -> tuple[Any, bytes] | None:
    """The next frame; None where the other side is gone."""
    lengths = _exactly(file, _LENGTHS.size)
    if lengths is None:
        return None
    parts: Sequence[bytes | None] = [_exactly(file, n) for n in _LENGTHS.unpack(lengths)]
    if parts[0] is None or parts[1] is None:
        return None
    return json.loads(parts[0]), parts[1]


def _exactly(file: BinaryIO, n: int) -> bytes | None:
    pieces = []
    while n:
        piece = file.read(n)
        if not piece:
            return None
        pieces.append(piece)
        n -= len(piece)
    return b"".join(pieces)
