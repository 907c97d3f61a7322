"""Pictures that participants get: the pixels and nothing else."""

from __future__ import annotations

import base64
import binascii
import struct
from typing import Final

__all__ = ["bare_image"]

_PNG: Final = b"\x89PNG\r\n\x1a\n"
# Critical chunks and those that change how pixels look; text, time, profiles and private chunks can carry anything.
_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"})


def bare_image(mime: str, data: str) -> str | None:
    """A PNG or JPEG in base64 without texts, comments, profiles and whatever stands after its end; None if it is neither.

    References:
        PNG specification, third edition (W3C 2025), chapter 11; ITU-T T.81 (1992), annex B.
    """
    try:
        raw = base64.b64decode(data)
    except (binascii.Error, ValueError):
        return None
    try:
        bare = _png(raw) if mime == "image/png" else _jpeg(raw) if mime == "image/jpeg" else None
    except (struct.error, IndexError):
        return None
    return None if bare is None else base64.b64encode(bare).decode("ascii")


def _png(raw: bytes) -> bytes | None:
    if not raw.startswith(_PNG):
        return None
    kept, at = [_PNG], len(_PNG)
    while at < len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        name, end = raw[at + 4 : at + 8], at + 12 + length
        if end > len(raw):
            return None
        if name in _CHUNKS:
            kept.append(raw[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    return None


def _jpeg(raw: bytes) -> bytes | None:
    if not raw.startswith(b"\xff\xd8"):
        return None
    kept, at = [b"\xff\xd8"], 2
    while raw[at] == 0xFF:
        marker = raw[at + 1]
        (length,) = struct.unpack(">H", raw[at + 2 : at + 4])
        end = at + 2 + length
        if marker == 0xDA:  # the scan: everything up to the end-of-image marker
            last = raw.rfind(b"\xff\xd9")
            return b"".join([*kept, raw[at : last + 2]]) if last > at else None
        if not (0xE1 <= marker <= 0xEF or marker == 0xFE):
            kept.append(raw[at:end])
        at = end
    return None
