"""Is everything on disk what it should be: what was acknowledged, and what was derived from it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.errors import CasekitError, IndexDamagedError, NotBuiltError
from casekit.index.generation import verify_files
from casekit.kept import RECORD_NAME, Difference, accept, differences, read_record
from casekit.language import say
from casekit.types import Address
from casekit.workbench.corpus.ageing import old_layers, old_texts
from casekit.workbench.corpus.versions import Trashed
from casekit.workspace import SETTINGS_NAME

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["accept_as_it_is", "verify", "verify_damaged"]


def verify(held: Held) -> dict[str, Any]:
    """Hold everything kept to what was acknowledged, derived files to their checksums, passages to their addresses.

    "problems" are what may be lost or wrong, each with its remedy; "notes" are no faults (a hand-made file that nobody
    acknowledged yet, a file that no record names). "older" tells which layers are older than the program, "old_texts" which
    text layers earlier readers made: a build makes the former anew, and the latter hold until somebody asks for more.
    """
    root = held.workspace.root
    found = differences(root)
    problems = [_told(one) for one in found if one.is_fault]
    notes = [_told(one) for one in found if not one.is_fault]
    named = {row["where"] for row in problems}
    problems += [row for row in _unreadable(held) if row["where"] not in named]
    files, of_index = _index(held)
    sources, of_sources, more = _sources(held)
    problems += [*of_index, *of_sources, *_trash(held), *_model(held)]
    older = [{"layer": one.layer, "because": list(one.because)} for one in old_layers(held.workspace)]
    return {
        "files": files,
        "sources": sources,
        "acknowledged": _acknowledged(root),
        "problems": problems,
        "notes": [*notes, *more],
        "older": older,
        "old_texts": list(old_texts(held.workspace, held.catalogue, held.store)),
    }


def verify_damaged(folder: Path | str | None, error: CasekitError) -> dict[str, Any]:
    """What can be told of a workspace that cannot be opened.

    Raises:
        CasekitError: The error itself, where there is no workspace.
    """
    here = Path(folder or ".").absolute()
    above = [] if folder is not None else here.parents
    signs = (SETTINGS_NAME, f"corpus/{RECORD_NAME}")
    root = next((one for one in (here, *above) if any((one / sign).is_file() for sign in signs)), None)
    if root is None:
        raise error
    found = differences(root)
    problems = [_row(str(root), str(error), ""), *(_told(one) for one in found if one.is_fault)]
    notes = [_told(one) for one in found if not one.is_fault]
    told = {"files": 0, "sources": 0, "acknowledged": _acknowledged(root), "problems": problems, "notes": notes}
    return {**told, "older": [], "old_texts": []}


def accept_as_it_is(held: Held) -> list[Difference]:
    """Acknowledge everything kept as it lies there, text layers that had no checksum too; gives what differed.

    Raises:
        WorkspaceError: If the record or the catalogue cannot be written.
        BusyError: If another process is writing.
    """
    with held.changing():
        found = accept(held.workspace.root)
        new = [
            replace(record, layer=held.store.layer_sha256(record.file))
            for record in held.catalogue
            if record.file is not None and record.layer is None and held.store.path_of(record.file).exists()
        ]
        if new:
            held.catalogue.put(new)
    return found


def _row(where: str, problem: str, remedy: str) -> dict[str, str]:
    return {"where": where, "problem": problem, "remedy": remedy}


def _told(one: Difference) -> dict[str, str]:
    return _row(one.name, one.told, one.remedy)


def _acknowledged(root: Path) -> int | None:
    """How many files the record vouches for; None where there is no record, or it is damaged."""
    try:
        kept = read_record(root)
    except CasekitError:
        return None
    return None if kept is None else len(kept.files)


# ---- what people made -----------------------------------------------------------------------------------------------
def _unreadable(held: Held) -> Iterator[dict[str, str]]:
    """What its own loader cannot read."""
    from casekit.casebook import load_card
    from casekit.check import OUTSIDE_NAME
    from casekit.check.outside import load_outside
    from casekit.workbench.coding import Codes
    from casekit.workbench.corpus.links import load_links
    from casekit.workbench.corpus.rejectfile import load_rejections, rejections_path
    from casekit.workbench.corpus.subjectfile import load_given, subjects_path
    from casekit.workbench.knowledge.relationfile import load_relations, relations_path
    from casekit.workbench.memos import Memos
    from casekit.workbench.notes.notebook import Notes
    from casekit.workbench.proposed.file import load_proposals, proposals_path

    root, corpus = held.workspace.root, held.workspace.corpus
    notes, casebook = Notes(held), root / "casebook"
    tries: list[tuple[str, Callable[[], object]]] = [
        ("corpus/overrides.json", held.store.all_overrides),
        ("corpus/lexicon", lambda: held.lexicon),
        ("corpus/cues", lambda: held.cues),
        ("corpus/rejected.yaml", lambda: load_rejections(rejections_path(corpus))),
        ("corpus/subjects.yaml", lambda: load_given(subjects_path(corpus))),
        ("corpus/relations.yaml", lambda: load_relations(relations_path(corpus))),
        ("corpus/proposals.yaml", lambda: load_proposals(proposals_path(corpus))),
        ("notebooks/notes/searches.yaml", notes.searches.all),
        ("notebooks/notes/memos.yaml", Memos(held).all),
        (f"casebook/{OUTSIDE_NAME}", lambda: load_outside(casebook / OUTSIDE_NAME)),
    ]
    cards = [path for path in sorted(casebook.glob("*.y*ml")) if path.name != OUTSIDE_NAME]
    tries += [(f"casebook/{path.name}", partial(load_card, path)) for path in cards]
    linked = sorted((corpus / "links").glob("*.yaml"))
    tries += [(f"corpus/links/{path.name}", partial(load_links, held.workspace, path.stem)) for path in linked]
    for where, read in tries:
        try:
            read()
        except CasekitError as error:
            yield _row(where, str(error), say("改好它，或从备份恢复", "repair it, or take it from a backup"))
    for line in Codes(held).problems():
        yield _row("casebook/codes", line, say("改好它，或从备份恢复", "repair it, or take it from a backup"))
    for line in notes.problems():
        yield _row("notebooks/notes", line, say("改好它，或从备份恢复", "repair it, or take it from a backup"))


def _sources(held: Held) -> tuple[int, list[dict[str, str]], list[dict[str, str]]]:
    """How many sources are here, what is wrong with them, and what else is worth knowing."""
    problems, notes, n = [], [], 0
    known = set()
    for record in held.catalogue:
        if record.file is None:
            continue
        n += 1
        known.add(record.file)
        try:
            held.documents[record.id]
        except CasekitError as error:
            problems.append(_row(record.id, str(error), ""))
            continue
        layer = held.store.path_of(f"{record.file}.layer.json")
        if layer.exists() and record.layer is None:
            told = say("文本层没有校验和（旧版加入的）", "its text layer has no checksum (an older version added it)")
            notes.append(_row(record.id, told, say("casekit verify --accept 补上", "casekit verify --accept adds it")))
    folder = held.workspace.sources
    names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        own = name.removesuffix(".layer.json")
        if not name.startswith(".") and f"sources/{own}" not in known:
            told = say("没有题录提到它", "no record names it")
            remedy = say("casekit add 重新加入，或删去", "add it again with casekit add, or delete it")
            notes.append(_row(f"corpus/sources/{name}", told, remedy))
    return n, problems, notes


def _trash(held: Held) -> Iterator[dict[str, str]]:
    """What is damaged in the trash."""
    trash = held.workspace.trash
    for folder in sorted(trash.iterdir()) if trash.is_dir() else ():
        if not (folder / "record.json").exists():
            continue  # a record that is gone is named with what was acknowledged
        one = Trashed(held.workspace, folder)
        where = f"corpus/trash/{folder.name}"
        remedy = say("从备份恢复，或用 casekit purge 清除", "take it from a backup, or clear it with casekit purge")
        try:
            record = one.record()
            one.all_overrides()
        except CasekitError as error:
            yield _row(where, str(error), remedy)
            continue
        if record.file is not None and not one.is_intact(record.file, record.sha256, record.layer):
            yield _row(
                where, say("文件或文本层与移入时不同", "its file or text layer is not what was put there"), remedy
            )


# ---- what was derived -------------------------------------------------------------------------------------------------
def _index(held: Held) -> tuple[int, list[dict[str, str]]]:
    problems, files = [], 0
    rebuild = "casekit build --full"
    try:
        generation = held.built().generation
        files = len(generation.manifest.files)
        verify_files(generation)
        for row in generation.records.passages_of():
            text = generation.records.slice(row.source, row.start, row.end)
            if len(text) != row.end - row.start:
                where = str(Address(row.source, row.start, row.end))
                problems.append(_row(where, "address", rebuild))
    except NotBuiltError as error:
        problems.append(_row(str(held.workspace.index), str(error), "casekit build"))
    except IndexDamagedError as error:
        problems.append(_row(str(held.workspace.index), str(error), rebuild))
    except CasekitError as error:  # what was rejected cannot be read: told above
        problems.append(_row(str(held.workspace.index), str(error), ""))
    return files, problems


def _model(held: Held) -> Iterator[dict[str, str]]:
    """The default model's files, where it is what the settings name and is here already."""
    from casekit.embed import verify_default_model

    if held.workspace.settings.model != "default":
        return
    for name in verify_default_model():
        told = say("模型文件被改动", "a file of the model was changed")
        yield _row(name, told, say("casekit build 会重新生成模型", "casekit build makes the model anew"))
