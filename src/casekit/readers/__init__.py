"""One file a format: bytes in, text layer out.

`read_file` picks the reader by content and ending. The text layer is the whole visible text: what is article and what is
page furniture is decided later, as spans on it.
"""

from __future__ import annotations

from casekit.readers.model import Reader, ReadResult
from casekit.readers.registry import ENTRY_POINT_GROUP, SUFFIXES, read_bytes, read_file, supported_suffixes

__all__ = ["ENTRY_POINT_GROUP", "SUFFIXES", "ReadResult", "Reader", "read_bytes", "read_file", "supported_suffixes"]
