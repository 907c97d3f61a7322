"""Vector indexes: nearest rows by cosine, under ids of the caller's.

`choose_index` makes an empty one for a size, `open_index` opens a saved one, `VectorIndex` is what all of them promise.
"""

from __future__ import annotations

from casekit.vectors.blocks import BlockedDraft, BlockedIndex
from casekit.vectors.files import file_sha256
from casekit.vectors.protocol import Ids, VectorIndex
from casekit.vectors.registry import Backend, choose_index, known_schemes, open_index, register_backend

__all__ = [
    "Backend",
    "BlockedDraft",
    "BlockedIndex",
    "Ids",
    "VectorIndex",
    "choose_index",
    "file_sha256",
    "known_schemes",
    "open_index",
    "register_backend",
]
