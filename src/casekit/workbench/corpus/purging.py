"""What must really go: a source with all its versions, from corpus, trash, log and every generation of the index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from casekit.catalogue import Catalogue, Record
from casekit.errors import CasekitError, UnknownSourceError, WorkspaceError
from casekit.families import Tokens, longest_common_run, tokens_of, windows_of
from casekit.kept import keep, read_events, rewrite_events
from casekit.language import say
from casekit.store import Store, Trash
from casekit.workbench.corpus.carrying import text_of
from casekit.workbench.corpus.links import links_path
from casekit.workbench.corpus.versions import Trashed, trashed
from casekit.workspace import Workspace
from casekit.writing import sweep_unfinished

__all__ = ["Purged", "purge"]

# A run of so many letters is a quotation of the source: in what people wrote half a sentence; in another source, where set
# phrases recur, two long sentences (as in `packing`). Choices.
_QUOTED_LETTERS, _QUOTED_BY_SOURCES = 20, 60
_TEXTS = frozenset({".ipynb", ".md", ".yaml", ".yml", ".txt", ".csv", ".json", ".jsonl", ".html"})
_LARGEST_BYTES = 20_000_000  # of a file that is looked through for what it quotes


@dataclass(frozen=True, slots=True)
class Purged:
    """What went for good, and what is left for a person to see to.

    Attributes:
        ids: The sources.
        versions: How many versions of them, those in the trash too.
        generations: How many generations of the index: they held the words, so that the index is to be built anew.
        events: How many lines of the log say no more whom they were about.
        quoted: Files that people wrote and that still name a source or quote it, with the letters in the longest quotation.
    """

    ids: tuple[str, ...]
    versions: int
    generations: int
    events: int
    quoted: tuple[tuple[str, int], ...] = field(default=())


def purge(
    workspace: Workspace, catalogue: Catalogue, store: Store, ids: Sequence[str] = (), *, trash: bool = False
) -> Purged:
    """Delete sources for good, or all that lies in the trash; the caller holds the workspace.

    Where it is stopped in the middle, doing it again does the rest.

    Raises:
        UnknownSourceError: If nothing is left of one of the ids; then nothing is deleted.
        WorkspaceError: If something cannot be deleted; the message names it.
    """
    wanted = list(dict.fromkeys(ids))
    in_trash = trashed(workspace)
    left = _leftovers(workspace, catalogue)
    known = {event.get("id") for event in read_events(workspace.root)} | {record.id for _, record in in_trash}
    rulings = store.all_overrides()
    for one in wanted:
        if one not in catalogue and one not in known | set(rulings) and not any(_is_of(path, one) for path in left):
            raise UnknownSourceError(
                say(f"没有编号为 {one!r} 的来源，回收站里也没有", f"no source {one!r}, nor in the trash")
            )
    here = [record for one in wanted if (record := catalogue.get(one)) is not None]
    gone = [(folder, record) for folder, record in in_trash if trash or record.id in wanted]
    ours = set(wanted) | {record.id for _, record in gone if record.id not in catalogue}
    windows = _windows(store, here, gone)
    versions = sum(record.file is not None for record in here) + len(gone)

    if here:
        catalogue.drop([record.id for record in here])
    store.drop_overrides(sorted(ours))
    for record in here:
        store.erase(record.file)
    folders = [one.folder for one, _ in gone]
    if trash and workspace.trash.is_dir():  # damaged ones, too
        folders = [folder for folder in workspace.trash.iterdir() if folder.is_dir()]
    Trash(store).drop(folders)
    with _naming_what_stays(workspace.sources):
        for path in left:
            if any(_is_of(path, one) for one in ours):
                path.unlink(missing_ok=True)
    for one in sorted(ours):
        if links_path(workspace, one).exists():
            keep(links_path(workspace, one), None)
    for folder in (workspace.corpus, workspace.sources, workspace.trash, workspace.lexicon):
        sweep_unfinished(folder)
    with _naming_what_stays(workspace.index):
        generations = _without_index(workspace) if wanted or gone else 0
    events = rewrite_events(workspace.root, lambda event: _without(event, ours))
    store.log("purged", "", sources=len(ours), versions=versions)
    _refuse_remains([*folders, *(store.path_of(r.file) for r in here if r.file is not None)])
    return Purged(
        tuple(wanted or sorted(ours)), versions, generations, events, tuple(_quoting(workspace, ours, windows))
    )


def _leftovers(workspace: Workspace, catalogue: Catalogue) -> list[Path]:
    """Files among the sources that no record names: what stopped commands left."""
    named = {record.file for record in catalogue if record.file is not None}
    folder = workspace.sources
    if not folder.is_dir():
        return []
    return [p for p in folder.iterdir() if f"sources/{p.name.removesuffix('.layer.json')}" not in named and p.is_file()]


def _is_of(path: Path, source_id: str) -> bool:
    """Whether a file among the sources was stored for this source: its id, or its id and the start of a checksum."""
    stem = path.name.removesuffix(".layer.json").rpartition(".")[0]
    own = source_id.replace("/", "__")
    mark = stem.removeprefix(f"{own}.")
    return stem == own or (mark != stem and len(mark) == 8 and all(c in "0123456789abcdef" for c in mark))


def _windows(store: Store, here: Sequence[Record], gone: Sequence[tuple[Trashed, Record]]) -> Tokens:
    found = []
    for place, record in [*((store, record) for record in here), *gone]:
        if record.file is not None:
            try:
                found.append(windows_of(tokens_of(text_of(place, record))))
            except CasekitError:
                continue  # it cannot be read: nothing of it can be looked for
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint64)


def _without_index(workspace: Workspace) -> int:
    """Delete all that was derived: rows that are deleted from an index stay in its files for a while.

    Raises:
        WorkspaceError: If something of it stays.
        OSError: If the pointer to it, or a file in it, cannot be deleted.
    """
    index = workspace.index
    if not index.is_dir():
        return 0
    generations = len([path for path in index.glob("gen-*") if path.is_dir()])
    (index / "CURRENT").unlink(missing_ok=True)  # first: nobody opens what is half gone
    for path in index.iterdir():
        if path.name == ".gitkeep":
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    _refuse_remains([path for path in index.iterdir() if path.name != ".gitkeep"])
    return generations


def _refuse_remains(paths: Sequence[Path]) -> None:
    stays = [path for path in paths if path.exists()]
    if stays:
        raise WorkspaceError(
            say(
                f"{stays[0]} 删不掉（还有 {len(stays) - 1} 处）；请检查权限、关掉在用它的程序，再运行一次",
                f"{stays[0]} cannot be deleted (and {len(stays) - 1} more); check permissions, close what uses it, and do it again",
            )
        )


@contextmanager
def _naming_what_stays(folder: Path) -> Iterator[None]:
    """A file that the system does not let go is told like one that is still there.

    Raises:
        WorkspaceError: In place of an OSError; it names the file, or the folder where the system does not.
    """
    try:
        yield
    except OSError as error:
        path, why = error.filename or folder, error.strerror or error
        raise WorkspaceError(
            say(
                f"{path} 删不掉（{why}）；请检查权限、关掉在用它的程序，再运行一次",
                f"{path} cannot be deleted ({why}); check permissions, close what uses it, and do it again",
            )
        ) from error


def _without(event: dict[str, Any], ids: set[str]) -> dict[str, Any]:
    """An event about one of these says no more than that there was one."""
    if event.get("id") not in ids:
        return event
    return {name: event[name] for name in ("n", "at", "event") if name in event} | {"id": "", "purged": True}


def _quoting(workspace: Workspace, ids: set[str], windows: Tokens) -> Iterator[tuple[str, int]]:
    """What people wrote that still names one of these, or quotes them."""
    names = [one.encode("utf8", "replace") for one in ids]
    for place in ("casebook", "notebooks", "corpus"):
        for path in sorted((workspace.root / place).rglob("*")):
            inside = path.relative_to(workspace.root)
            if path.suffix.lower() not in _TEXTS or not path.is_file() or path.stat().st_size > _LARGEST_BYTES:
                continue
            data = path.read_bytes()
            run = longest_common_run(tokens_of(data.decode("utf8", "replace")), windows) if len(windows) else 0
            named = place != "corpus" and any(one in data for one in names)
            least = _QUOTED_BY_SOURCES if place == "corpus" else _QUOTED_LETTERS
            if run >= least or named:
                yield inside.as_posix(), run if run >= least else 0
