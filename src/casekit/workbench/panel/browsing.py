"""The side of a workbench that people browse: the panel's search, the reader, their own notes."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Unpack, cast

if TYPE_CHECKING:
    from casekit.workbench.bench import Workbench
    from casekit.workbench.notes.notebook import Notes
    from casekit.workbench.panel.filters import SearchFilters
    from casekit.workbench.panel.panel import Panel
    from casekit.workbench.panel.reading import Reading
    from casekit.workspace import Workspace

__all__ = ["Browsing", "corpus_stamps", "file_stamp"]


def file_stamp(path: Path) -> tuple[int, int]:
    """Changes whenever the file changes."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


def corpus_stamps(workspace: Workspace) -> tuple[object, object]:
    """What changes whenever the catalogue changes, and what whenever the lexicon does."""
    try:
        files = sorted(path for path in workspace.lexicon.iterdir() if path.suffix in (".yaml", ".yml", ".txt"))
    except OSError:
        files = []
    return file_stamp(workspace.catalogue), tuple((path.name, file_stamp(path)) for path in files)


class Browsing:
    """The part of `Workbench` that panels, readers and widgets show."""

    @property
    def _bench(self) -> Workbench:
        return cast("Workbench", self)

    @cached_property
    def notes(self) -> Notes:
        """The user's own notes, tags and saved searches."""
        from casekit.workbench.notes.notebook import Notes

        return Notes(self._bench)

    @cached_property
    def panel(self) -> Panel:
        """What a search panel asks: passages in pieces with facets, similar ones, names to complete."""
        from casekit.workbench.panel.panel import Panel

        return Panel(self._bench)

    def read(self, source_id: str, *, script: str = "") -> Reading:
        """A source for reading: its whole text in blocks and pieces, with cuts, doubts, mentions, figures and notes.

        Args:
            source_id: The source.
            script: "" for the source's own characters, "zh-Hans" or "zh-Hant" to put them into that script.

        Raises:
            SettingError: If the script is none of these.
            SourceError: If the source is unknown or cannot be read.
        """
        from casekit.workbench.panel.reading import read

        return read(self._bench, source_id, script=script)

    def passages(self, **filters: Unpack[SearchFilters]) -> set[int] | None:
        """Ids of the indexed passages that the filters of `search` leave; None where nothing is filtered.

        Raises:
            SettingError: If a date or a name is none, or a name is not of its filter's sort.
            UnknownSourceError: If a source is unknown.
            NotBuiltError: If there is no index.
        """
        from casekit.workbench.panel.filters import passages_left

        return passages_left(self._bench, filters)

    def refresh(self) -> None:
        """Take in what others have written to the catalogue and the lexicon since; quick where they wrote nothing.

        Raises:
            WorkspaceError: If the catalogue cannot be read.
        """
        bench = self._bench
        seen, now = bench._seen, corpus_stamps(bench.workspace)
        if seen[0] != now[0]:
            bench.catalogue.reload()
        if seen[1] != now[1]:
            self.__dict__.pop("lexicon", None)
        bench._seen = now

    def index_is_current(self) -> bool:
        """Whether the index that is open is the newest; also where none is open."""
        generation = self._bench._generation
        return generation is None or generation.is_current()

    def close(self) -> None:
        """Let the index's files go; they are opened again at the next use."""
        self._bench._forget()
