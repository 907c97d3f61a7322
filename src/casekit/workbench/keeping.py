"""The corpus side of a workbench: taking sources in and out, seeing them, overruling the cleaner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace as replaced
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from casekit.catalogue import Record
from casekit.cues import in_force
from casekit.receipt import Receipt
from casekit.store import Override
from casekit.types import Doc
from casekit.workbench.corpus.documents import Shown, check_span
from casekit.workbench.held import OnHeld

if TYPE_CHECKING:
    from casekit.readers.recognise import Recogniser
    from casekit.workbench.corpus.adding import AddReport
    from casekit.workbench.corpus.linking import Fetcher, Refreshed
    from casekit.workbench.knowledge.resting import Linked

__all__ = ["Keeping"]


class Keeping(OnHeld):
    """The verbs of a workbench on the corpus: taking sources in and out, seeing them, overruling the cleaner."""

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        id: str | None = None,
        csl: str | Path | None = None,
        replace: bool = False,
        id_from: Literal["stem", "path"] = "stem",
        retells: Sequence[str] = (),
        anyway: bool = False,
        ocr: bool | Recogniser = False,
        allow_private: bool = False,
        follow_links: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> AddReport:
        """Take files (or all readable files of folders) into the corpus; see `AddReport` for what became of each.

        With `retells`, ids of other sources, the new ones are retellings of these. A page that looks like a notice, a
        verification or a log-in page is refused unless `anyway`. With `ocr` the text of pictures and of scanned pages is
        recognised, by the engine of the extra `ocr` or by the one given; such text is marked, with its confidence.
        A path that is an http or https address is fetched, that one page only; addresses of this machine and of private
        networks only with `allow_private`. Links in a folder that lead out of it are passed over unless `follow_links`.
        """
        from casekit.readers.rapid import engine
        from casekit.workbench.corpus.fetching import is_link
        from casekit.workbench.corpus.linking import fetched_files, with_links

        named = list(paths)
        links = [one for one in named if isinstance(one, str) and is_link(one)]
        files = [Path(one) for one in named if one not in links]
        recogniser = engine() if ocr is True else ocr or None

        def take(chosen: Sequence[Path]) -> AddReport:
            return self._take(
                chosen,
                source_id=id,
                csl=Path(csl) if csl is not None else None,
                replace_old=replace,
                id_from=id_from,
                retells=retells,
                anyway=anyway,
                follow_links=follow_links,
                recogniser=recogniser,
                progress=progress,
            )

        if not links:
            with self.held.changing(), in_force(self.held.cues):
                return take(files)
        with (
            fetched_files(self.held.catalogue, links, self._fetcher(allow_private)) as (pages, refused),
            self.held.changing(),
            in_force(self.held.cues),
        ):
            report = with_links(self.held.catalogue, take([*files, *pages]), pages)
        return replaced(report, refused=(*refused, *report.refused))

    def _take(self, files: Sequence[Path], **options: Any) -> AddReport:
        from casekit.workbench.corpus.adding import add_files

        return add_files(self.held.workspace, self.held.catalogue, self.held.store, files, **options)

    def _fetcher(self, allow_private: bool) -> Fetcher:
        from casekit.workbench.corpus.fetching import fetch, is_public

        return lambda link: fetch(link, allowed=(lambda address: True) if allow_private else is_public)

    def refresh_links(
        self,
        ids: Sequence[str] = (),
        *,
        allow_private: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Refreshed]:
        """Look at the pages that were added by a link (those named, or all) again; a changed article becomes a new version.

        Raises:
            UnknownSourceError: If an id is unknown.
        """
        from casekit.workbench.corpus.linking import refresh_links, with_links

        held = self.held

        def add(path: Path, source_id: str, link: str, url: str) -> AddReport:
            with held.changing():
                report = self._take([path], source_id=source_id, replace_old=True)
                return with_links(held.catalogue, report, {path: (link, url)})

        with in_force(held.cues):
            return refresh_links(held.catalogue, held.store, ids, self._fetcher(allow_private), add, progress=progress)

    def remove(self, ids: Sequence[str]) -> list[Path]:
        """Move sources to the workspace's trash; gone from every answer at the next build."""
        from casekit.workbench.corpus.removing import remove_sources

        with self.held.changing():
            return remove_sources(self.held.catalogue, self.held.store, ids)

    def sources(self) -> list[Record]:
        """The catalogue's records, in its order."""
        return list(self.held.catalogue)

    def imported(self) -> list[Record]:
        """The records whose text is here; a catalogue may hold others, such as those of articles still to be added."""
        return [record for record in self.held.catalogue if record.file is not None]

    def corpus(self) -> list[dict[str, Any]]:
        """One row a source: id, title, kind, date, chars, and state (new, built, changed, missing, not imported)."""
        from casekit.workbench.overview import corpus_rows

        return corpus_rows(self.held)

    def doc(self, source_id: str) -> Doc:
        """A source with its body found, as the corpus is now (whether built or not)."""
        return self.held.documents[source_id]

    def show(self, source_id: str) -> Shown:
        """Body, cuts and metadata of a source, as the corpus is now."""
        doc = self.doc(source_id)
        file = self.held.catalogue[source_id].file
        rulings = self.held.store.overrides(source_id, doc.source.sha256, file=file)
        return Shown(source_id, doc.text, doc.cleaned, tuple(rulings), self.receipt(source_id))

    def receipt(self, source_id: str) -> Receipt:
        """What became of every character of a source, and what its file holds that was not read.

        Raises:
            UnknownSourceError: If the id is unknown.
            SourceError: If the source cannot be read.
        """
        from casekit.workbench.corpus.receipts import receipt_of

        return receipt_of(self.held.store, self.held.catalogue[source_id], self.doc(source_id))

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

    def linked(self, source_id: str) -> Linked:
        """A retelling sentence by sentence, each with the places of the originals that it rests on; see `Linked`.

        Raises:
            UnknownSourceError: If the id is unknown.
            SourceError: If the source or the file of its links cannot be read.
        """
        from casekit.workbench.knowledge.resting import linked

        return linked(self.held, source_id)

    def check_corpus(self, source_ids: Sequence[str] = ()) -> list[Linked]:
        """The retellings (those named, or all whose text is here), each sentence held to the originals.

        Raises:
            UnknownSourceError: If an id is unknown.
            SourceError: If a source or the file of its links cannot be read.
        """
        from casekit.workbench.knowledge.resting import Ground, linked

        ground = Ground(self.held)
        chosen = [self.held.catalogue[one] for one in source_ids] or [
            record for record in self.imported() if record.metadata.rank == "retelling"
        ]
        return [linked(self.held, record.id, ground=ground) for record in chosen]

    def page_image(self, source_id: str, page: int) -> bytes:
        """A page of a PDF or picture as PNG, to be seen beside its text.

        Raises:
            UnknownSourceError: If the id is unknown.
            SourceError: If the source has no such page, or is neither.
        """
        from casekit.workbench.corpus.pageimage import page_image

        return page_image(self.held.store, self.held.catalogue[source_id], page)

    def cut(self, source_id: str, start: int, end: int) -> None:
        """Rule that a range is no part of the body; survives rebuilds, `undo` takes it back."""
        self._rule("cut", source_id, start, end)

    def keep(self, source_id: str, start: int, end: int) -> None:
        """Rule that a range is part of the body; survives rebuilds, `undo` takes it back."""
        self._rule("keep", source_id, start, end)

    def _rule(self, action: Literal["cut", "keep"], source_id: str, start: int, end: int) -> None:
        doc = self.doc(source_id)
        span = check_span(source_id, doc.text, start, end)
        with self.held.workspace.locked():
            self.held.store.add_override(source_id, action, span, sha256=doc.source.sha256)
            self.held.store.log(action, source_id, start=start, end=end)

    def undo(self, source_id: str) -> Override | None:
        """Take the latest `cut` or `keep` on a source back; None if there is none."""
        record = self.held.catalogue[source_id]
        with self.held.workspace.locked():
            ruling = self.held.store.undo_override(source_id, record.sha256, file=record.file)
            if ruling is not None:
                self.held.store.log(
                    "undo", source_id, action=ruling.action, start=ruling.span.start, end=ruling.span.end
                )
        return ruling
