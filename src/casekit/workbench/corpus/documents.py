"""The sources as the corpus is now, whether built or not: text and body, read and cleaned once for several questions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from casekit.catalogue import Catalogue, Record
from casekit.cues import load_cues
from casekit.errors import CasekitError, SettingError
from casekit.language import say
from casekit.receipt import Receipt
from casekit.store import Override, Store, sha256_of
from casekit.types import Cleaned, Doc, Span

__all__ = ["Documents", "Shown", "check_span"]

_MOST_HELD = 200  # a long article is some 100 kB with its body and cuts


@dataclass(frozen=True, slots=True)
class Shown:
    """A source as casekit sees it now: text, body, cuts, the rulings of people, and the receipt of its reading."""

    id: str
    text: str
    cleaned: Cleaned
    overrides: tuple[Override, ...]
    receipt: Receipt = field(default_factory=Receipt)


class Documents:
    """Documents by source id; any number of threads may ask.

    The file is read and its checksum compared at every question, so that a change on disk is noticed; what is saved is the
    cleaning, which takes a hundred times as long.
    """

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue, self._store = catalogue, store
        self._held: OrderedDict[str, tuple[object, Doc]] = OrderedDict()
        self._gate = threading.Lock()

    def __getitem__(self, source_id: str) -> Doc:
        """The source with its body found.

        Raises:
            UnknownSourceError: If the id is unknown.
            SourceError: If the original is not imported, is gone, or is not the file that was added.
        """
        from casekit.workbench.corpus.loading import load_doc

        record = self._catalogue[source_id]
        if record.file is None:
            return load_doc(self._store, record)  # says that it is not imported
        made_of = self._made_of(record, record.file)
        with self._gate:
            held = self._held.get(source_id)
        if held is not None and held[0] == made_of:
            return held[1]
        doc = load_doc(self._store, record)
        with self._gate:
            self._held[source_id] = made_of, doc
            self._held.move_to_end(source_id)
            while len(self._held) > _MOST_HELD:
                self._held.popitem(last=False)
        return doc

    def readable(self) -> dict[str, Doc]:
        """All that can be read; a missing or changed file is left out, and its evidence counts as not imported."""
        found = {}
        for record in self._catalogue:
            if record.file is not None:
                try:
                    found[record.id] = self[record.id]
                except CasekitError:
                    continue
        return found

    def _made_of(self, record: Record, file: str) -> object:
        """Everything that a document depends on."""
        store = self._store
        original, cues = sha256_of(store.read_bytes(file)), load_cues(store.workspace.root)
        return record, original, store.layer(file), store.overrides(record.id, record.sha256, file=file), cues


def check_span(source_id: str, text: str, start: int, end: int) -> Span:
    """The range as a span.

    Raises:
        SettingError: If it is empty or not inside `text`.
    """
    if not 0 <= start < end <= len(text):
        raise SettingError(
            say(
                f"{source_id} 共 {len(text)} 字，{start}-{end} 不是其中的一段",
                f"{source_id} has {len(text)} characters; {start}-{end} is no range in it",
            )
        )
    return Span(start, end)
