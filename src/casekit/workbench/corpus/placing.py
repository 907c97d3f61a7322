"""Where ranges of the sources stand in their files, as people look them up: pages, slides, cells, times."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import PurePath

from casekit.catalogue import Catalogue, Record
from casekit.errors import CasekitError
from casekit.locators import Locator, locate
from casekit.store import Layer, Store
from casekit.types import Span
from casekit.workbench.stamps import file_stamp

__all__ = ["Places"]

_MOST_HELD = 20
"""Text layers kept in memory: those of one screen of hits; a long book's is some 10 MB."""
_NEVER_PLACED = frozenset(
    {
        ".html",
        ".htm",
        ".xhtml",
        ".mhtml",
        ".mht",
        ".docx",
        ".docm",
        ".epub",
        ".rss",
        ".atom",
        ".xml",
        ".md",
        ".markdown",
    }
)
"""Formats without pages, slides, cells or times: their layers need not be opened to know."""


class Places:
    """Locators by source and range, of the text layers as they are stored; any number of threads may ask."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue, self._store = catalogue, store
        self._held: OrderedDict[str, tuple[object, Layer | None]] = OrderedDict()
        self._gate = threading.Lock()

    def of(self, source_id: str, span: Span, *, sha256: str | None = None) -> Locator | None:
        """Where a range stands; None where its format has no places, or the layer cannot be read.

        Args:
            source_id: The source.
            span: The range.
            sha256: The file that the range is of; None is returned where the corpus has another one by now.
        """
        record = self._catalogue.get(source_id)
        if record is None or record.file is None or (sha256 is not None and record.sha256 != sha256):
            return None
        layer = self._layer(record, record.file)
        return None if layer is None else locate(layer.text, layer.blocks, span)

    def may_have(self, source_id: str) -> bool:
        """Whether a source has a layer that tells of places."""
        record = self._catalogue.get(source_id)
        return record is not None and record.file is not None and not _is_plain(record, record.file)

    def told(self, source_id: str, span: Span, *, sha256: str | None = None) -> str:
        """The locator in words; empty where there is none."""
        found = self.of(source_id, span, sha256=sha256)
        return "" if found is None else found.told()

    def _layer(self, record: Record, file: str) -> Layer | None:
        if _is_plain(record, file):
            return None
        stamp = record.sha256, record.layer, file, file_stamp(self._store.path_of(f"{file}.layer.json"))
        with self._gate:
            held = self._held.get(record.id)
        if held is not None and held[0] == stamp:
            return held[1]
        try:
            layer = self._store.layer(file, record.layer)
        except CasekitError:
            layer = None
        with self._gate:
            self._held[record.id] = stamp, layer
            self._held.move_to_end(record.id)
            while len(self._held) > _MOST_HELD:
                self._held.popitem(last=False)
        return layer


def _is_plain(record: Record, file: str) -> bool:
    """Whether the file is its own text, without a layer."""
    return record.layer == "" or PurePath(file).suffix.lower() in _NEVER_PLACED
