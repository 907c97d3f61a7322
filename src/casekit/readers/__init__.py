"""One file a format: bytes in, text layer out.

`read_file` picks the reader by content and ending. The text layer is the whole visible text: what is article and what is
page furniture is decided later, as spans on it. `read_sidecar` reads reference files that lie beside the texts.
"""

from __future__ import annotations

from casekit.readers.model import Reader, ReadResult
from casekit.readers.registry import (
    ENTRY_POINT_GROUP,
    SUFFIXES,
    is_page_asset,
    read_bytes,
    read_file,
    supported_suffixes,
    told_suffixes,
)
from casekit.readers.sidecar import SIDECAR_SUFFIXES, SidecarRecord, match_record, read_sidecar

__all__ = [
    "ENTRY_POINT_GROUP",
    "SIDECAR_SUFFIXES",
    "SUFFIXES",
    "ReadResult",
    "Reader",
    "SidecarRecord",
    "is_page_asset",
    "match_record",
    "read_bytes",
    "read_file",
    "read_sidecar",
    "supported_suffixes",
    "told_suffixes",
]
