"""Copies of an index behind a URL: in a folder, in a file of Milvus, on a Milvus server; one contract for all.

`open_backend` opens one, `Backend` is what all of them promise, `hybrid` searches any by words and meaning.
"""

from __future__ import annotations

from casekit.backends.hybrid import hybrid
from casekit.backends.protocol import EVERYTHING, Backend, Description, Found, Row, Where
from casekit.backends.urls import known_backends, open_backend, register
from casekit.backends.words import slots_of, weights_of

__all__ = [
    "EVERYTHING",
    "Backend",
    "Description",
    "Found",
    "Row",
    "Where",
    "hybrid",
    "known_backends",
    "open_backend",
    "register",
    "slots_of",
    "weights_of",
]
