"""What is read here and what in a worker process: by how much a reader may have to unpack.

Ordinary files are read here; a worker's start takes a third of a second. Formats whose library cannot be bounded (PDF), and
whatever is large or unpacks to much, go to the worker, which may run out of time or memory without harm.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from casekit.asjson import blocks_of_json, blocks_to_json, from_json, to_json
from casekit.bounded import OutOfBoundsError, guarded, shared_worker
from casekit.errors import SourceError
from casekit.readers.model import Reader, ReadResult
from casekit.readers.recognise import PICTURE_SUFFIXES, in_force
from casekit.receipt import receipt_of_json, receipt_to_json
from casekit.types import Metadata

__all__ = ["is_heavy", "read_bounded", "result_of_json", "result_to_json"]

_AT_ONCE_BYTES = 2**20
"""A megabyte of mark-up is read within two seconds and 100 MB, whatever stands in it (tests/hostile measures it)."""
_UNBOUNDED = frozenset({".pdf"})
_EMPTY = "empty-page"
"""What a receipt calls a page without text: recognition has nothing to do in a file that has none."""
_PACKED = b"PK\x03\x04"
_MARKUP = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")


def read_bounded(reader: Reader, data: bytes, *, suffix: str, name: str) -> ReadResult:
    """What the reader gives, within bounds of time and memory.

    Pages that are pictures are recognised here, where that is asked for: the engine is, and the user waits for it on purpose. A
    PDF must first have been read within bounds without.

    Raises:
        SourceError: As the reader; and OutOfBoundsError where it takes too much, or fails in any way of its own.
    """
    recognising = in_force() is not None
    if (recognising and suffix in PICTURE_SUFFIXES) or not is_heavy(data, suffix):
        with guarded(name):
            return reader.read(data, name=name)
    try:
        found, text = shared_worker().call(
            "casekit.readers.registry:read_job", {"suffix": suffix, "name": name}, data, name=name
        )
    except OutOfBoundsError:
        raise
    except SourceError:
        if not recognising or suffix not in _UNBOUNDED:
            raise
    else:
        result = result_of_json(found, text)
        if not recognising or not any(one.kind == _EMPTY for one in result.receipt.skipped):
            return result
    with guarded(name):
        return reader.read(data, name=name)


def is_heavy(data: bytes, suffix: str) -> bool:
    """Whether a file is better read in a worker; `suffix` is its ending with the dot, in small letters."""
    if suffix in _UNBOUNDED:
        return True
    if not data.startswith(_PACKED):
        return len(data) > _AT_ONCE_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return True
    return sum(part.file_size for part in parts if part.filename.lower().endswith(_MARKUP)) > _AT_ONCE_BYTES


def result_to_json(result: ReadResult) -> tuple[dict[str, Any], bytes]:
    """What was read as JSON, and its text as bytes."""
    told = {
        "blocks": blocks_to_json(result.blocks),
        "metadata": to_json(result.metadata),
        "encoding": result.encoding,
        "warnings": list(result.warnings),
        "format": result.format,
        "receipt": receipt_to_json(result.receipt),
    }
    return told, result.text.encode("utf8", "surrogatepass")


def result_of_json(told: Mapping[str, Any], text: bytes) -> ReadResult:
    """The reverse of `result_to_json`.

    Raises:
        KeyError: If a field is missing.
    """
    return ReadResult(
        text=text.decode("utf8", "surrogatepass"),
        blocks=blocks_of_json(told["blocks"]),
        metadata=from_json(Metadata, told["metadata"]),
        encoding=told["encoding"],
        warnings=tuple(told["warnings"]),
        format=told["format"],
        receipt=receipt_of_json(told["receipt"]),
    )
