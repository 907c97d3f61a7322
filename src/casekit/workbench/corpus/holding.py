"""The corpus side of a workbench: taking sources in and out, seeing them, overruling the cleaner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from casekit.catalogue import Catalogue, Record
from casekit.errors import SettingError
from casekit.language import say
from casekit.store import Override, Store
from casekit.types import Cleaned, Doc, Span
from casekit.workspace import Workspace

if TYPE_CHECKING:
    from casekit.workbench.corpus.adding import AddReport

__all__ = ["Holding", "Shown", "check_span"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A source as casekit sees it now: text, body, cuts, and the rulings of people."""

    id: str
    text: str
    cleaned: Cleaned
    overrides: tuple[Override, ...]


class Holding:
    """The part of `Workbench` that holds the corpus."""

    workspace: Workspace
    catalogue: Catalogue
    store: Store

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        id: str | None = None,
        csl: str | Path | None = None,
        replace: bool = False,
        id_from: Literal["stem", "path"] = "stem",
        progress: Callable[[int, int], None] | None = None,
    ) -> AddReport:
        """Take files (or all readable files of folders) into the corpus; see `AddReport` for what became of each."""
        from casekit.workbench.corpus.adding import add_files

        with self._changing():
            return add_files(
                self.workspace,
                self.catalogue,
                self.store,
                [Path(path) for path in paths],
                source_id=id,
                csl=Path(csl) if csl is not None else None,
                replace_old=replace,
                id_from=id_from,
                progress=progress,
            )

    def remove(self, ids: Sequence[str]) -> list[Path]:
        """Move sources to the workspace's trash; gone from every answer at the next build."""
        from casekit.workbench.corpus.adding import remove_sources

        with self._changing():
            return remove_sources(self.catalogue, self.store, ids)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """The workspace locked, with the catalogue as it is on disk: another process may have changed it meanwhile."""
        with self.workspace.locked():
            self.catalogue.reload()
            yield

    def sources(self) -> list[Record]:
        """The catalogue's records, in its order."""
        return list(self.catalogue)

    def imported(self) -> list[Record]:
        """The records whose text is here; a catalogue may hold others, such as those of articles still to be added."""
        return [record for record in self.catalogue if record.file is not None]

    def corpus(self) -> list[dict[str, Any]]:
        """One row a source: id, title, kind, date, chars, and state (new, built, changed, missing, not imported)."""
        from casekit.workbench.corpus.overview import corpus_rows

        return corpus_rows(self)

    def doc(self, source_id: str) -> Doc:
        """A source with its body found, as the corpus is now (whether built or not)."""
        from casekit.workbench.corpus.building import load_doc

        return load_doc(self.store, self.catalogue[source_id])

    def show(self, source_id: str) -> Shown:
        """Body, cuts and metadata of a source, as the corpus is now."""
        doc = self.doc(source_id)
        return Shown(source_id, doc.text, doc.cleaned, tuple(self.store.overrides(source_id, doc.source.sha256)))

    def text(self, source_id: str, start: int | None = None, end: int | None = None) -> str:
        """The stored text of a source, or its slice.

        Raises:
            SettingError: If the address lies outside the text.
        """
        text = self.doc(source_id).text
        if start is None and end is None:
            return text
        span = check_span(source_id, text, start or 0, len(text) if end is None else end)
        return span.slice(text)

    def cut(self, source_id: str, start: int, end: int) -> None:
        """Rule that a range is no part of the body; survives rebuilds, `undo` takes it back."""
        self._rule("cut", source_id, start, end)

    def keep(self, source_id: str, start: int, end: int) -> None:
        """Rule that a range is part of the body; survives rebuilds, `undo` takes it back."""
        self._rule("keep", source_id, start, end)

    def _rule(self, action: Literal["cut", "keep"], source_id: str, start: int, end: int) -> None:
        doc = self.doc(source_id)
        span = check_span(source_id, doc.text, start, end)
        with self.workspace.locked():
            self.store.add_override(source_id, action, span, sha256=doc.source.sha256)
            self.store.log(action, source_id, start=start, end=end)

    def undo(self, source_id: str) -> Override | None:
        """Take the latest `cut` or `keep` on a source back; None if there is none."""
        record = self.catalogue[source_id]
        with self.workspace.locked():
            ruling = self.store.undo_override(source_id, record.sha256)
            if ruling is not None:
                self.store.log("undo", source_id, action=ruling.action, start=ruling.span.start, end=ruling.span.end)
        return ruling


def check_span(source_id: str, text: str, start: int, end: int) -> Span:
    """The range as a span.

    Raises:
        SettingError: If it is empty or not inside `text`.
    """
    if not 0 <= start < end <= len(text):
        raise SettingError(
            say(
                f"{source_id} 共 {len(text)} 字,{start}-{end} 不是其中的一段",
                f"{source_id} has {len(text)} characters; {start}-{end} is no range in it",
            )
        )
    return Span(start, end)
