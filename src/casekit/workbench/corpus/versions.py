"""Versions of a source: the one in use and the older ones in the trash, what differs between two, and going back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from casekit.catalogue import Catalogue, Record
from casekit.errors import CasekitError, SettingError, SourceError, UnknownSourceError
from casekit.language import say
from casekit.store import Layer, Store, Trash
from casekit.types import Doc, Metadata
from casekit.workbench.corpus.comparing import Change, compare_bodies
from casekit.workbench.corpus.loading import load_doc
from casekit.workspace import Workspace
from casekit.writing import write_atomically

__all__ = ["Difference", "Trashed", "Version", "diff", "restore", "trashed", "versions"]

_NUMBERED = re.compile(r"t(\d{6,})-")


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a source. `number` counts from 1, the oldest; `folder` is None for the one in use."""

    number: int
    record: Record
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions of a source.

    `same` counts sentences with the same letters, `respelled` those of them that differ in script or punctuation.
    `metadata` holds (field, old value, new value).
    """

    id: str
    old: Version
    new: Version
    changes: tuple[Change, ...]
    same: int
    respelled: int
    metadata: tuple[tuple[str, Any, Any], ...]


class Trashed(Store):
    """A folder of the trash, read like a store."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        super().__init__(workspace)
        self.folder = folder
        self._overrides_path = folder / "overrides.json"

    def path_of(self, file: str) -> Path:
        """Where a record's file lies in the folder."""
        return self.folder / Path(file).name

    def _layer_path(self, name: str) -> Path:
        return self.folder / f"{name}.layer.json"

    def record(self) -> Record:
        """The record as it was.

        Raises:
            CasekitError: If it cannot be read.
        """
        path = self.folder / "record.json"
        try:
            item = json.loads(path.read_text("utf8"))
        except (OSError, ValueError, RecursionError) as error:
            raise SourceError(say(f"读不出 {path}：{error}", f"cannot read {path}: {error}")) from error
        return Record.of_json(item, str(path))


def trashed(workspace: Workspace) -> list[tuple[Trashed, Record]]:
    """The folders of the trash with their records, oldest first; damaged ones are left out."""
    found = []
    if workspace.trash.is_dir():
        for folder in sorted(workspace.trash.iterdir(), key=_order):
            one = Trashed(workspace, folder)
            try:
                found.append((one, one.record()))
            except CasekitError:
                continue
    return found


def _order(folder: Path) -> tuple[int, str]:
    """By the number that a folder of the trash has; those of before there were numbers come first, by their times."""
    number = _NUMBERED.match(folder.name)
    return (int(number[1]), folder.name) if number else (0, folder.name)


def versions(workspace: Workspace, catalogue: Catalogue, source_id: str) -> list[Version]:
    """The states of a source, oldest first: those in the trash, then the one in use (if it is imported).

    Raises:
        UnknownSourceError: If neither catalogue nor trash knows the id.
    """
    old = [(t.folder, r) for t, r in trashed(workspace) if r.id == source_id and r.file is not None]
    found = [Version(number, record, folder) for number, (folder, record) in enumerate(old, 1)]
    current = catalogue.get(source_id)
    if current is not None and current.file is not None:
        found.append(Version(len(found) + 1, current, None))
    if not found:
        catalogue[source_id]  # says so where the id is unknown
    return found


def diff(
    workspace: Workspace,
    catalogue: Catalogue,
    store: Store,
    source_id: str,
    old: int | None = None,
    new: int | None = None,
) -> Difference:
    """What differs between two versions of a source.

    Args:
        old: Number of the older version (None: the one before `new`).
        new: Number of the newer version (None: the latest).
    Raises:
        UnknownSourceError: If the id is unknown.
        SettingError: If there is no such version, or no older one.
        SourceError: If a version's files cannot be read.
    """
    known = versions(workspace, catalogue, source_id)
    later = _version(known, source_id, len(known) if new is None else new)
    if old is None and later.number == 1:
        raise SettingError(
            say(
                f"{source_id} 只有一个版本；用 casekit add 文件 --id {source_id} --replace 加入新版本后才能比较",
                f"{source_id} has one version only; casekit add FILE --id {source_id} --replace makes another",
            )
        )
    earlier = _version(known, source_id, later.number - 1 if old is None else old)
    before, after = doc_of(workspace, store, earlier), doc_of(workspace, store, later)
    changes, same, respelled = compare_bodies(before, after)
    said = _metadata(earlier.record.metadata, later.record.metadata)
    return Difference(source_id, earlier, later, changes, same, respelled, said)


def _version(known: Sequence[Version], source_id: str, number: int) -> Version:
    if not 1 <= number <= len(known):
        raise SettingError(
            say(
                f"{source_id} 有 {len(known)} 个版本（1 最旧），没有第 {number} 个",
                f"{source_id} has {len(known)} versions (1 is the oldest), no number {number}",
            )
        )
    return known[number - 1]


def doc_of(workspace: Workspace, store: Store, version: Version) -> Doc:
    """A version with its body.

    Raises:
        SourceError: If its files cannot be read.
    """
    return load_doc(store if version.folder is None else Trashed(workspace, version.folder), version.record)


def _metadata(old: Metadata, new: Metadata) -> tuple[tuple[str, Any, Any], ...]:
    names = [field.name for field in fields(Metadata) if field.name != "title_folded"]
    return tuple((n, getattr(old, n), getattr(new, n)) for n in names if getattr(old, n) != getattr(new, n))


# ---- going back ----------------------------------------------------------------------------------------------------
def restore(
    workspace: Workspace, catalogue: Catalogue, store: Store, source_id: str, version: int | None = None
) -> tuple[Record, Path | None]:
    """Take a removed source out of the trash again, or make an older version the one in use.

    Args:
        version: Number of the version (None: the latest in the trash; for a source that is in use, name one).
    Returns:
        The record as it is now, and the folder of the trash that the version in use before went to.
    Raises:
        UnknownSourceError: If the trash holds no such source.
        SettingError: If it is in use and no version is named, or there is no such version.
        SourceError: If the files in the trash cannot be read.
        WorkspaceError: If the corpus cannot be written; then nothing has changed.
    """
    current = catalogue.get(source_id)
    in_use = current is not None and current.file is not None
    if version is not None:
        chosen = _version(versions(workspace, catalogue, source_id), source_id, version)
        if chosen.folder is None:
            raise SettingError(
                say(f"第 {version} 版就是 {source_id} 现在用的", f"version {version} of {source_id} is the one in use")
            )
        origin = Trashed(workspace, chosen.folder)
    else:
        if in_use:
            raise SettingError(
                say(
                    f"{source_id} 还在语料里；要换回旧版本，请用 --version 指明（casekit diff {source_id} --list 列出）",
                    f"{source_id} is in the corpus; name an older version with --version (casekit diff {source_id} --list)",
                )
            )
        origin = _latest(workspace, source_id)
    record = origin.record()
    file: str | None = None
    if record.file is not None:
        load_doc(origin, record)  # refuses what is damaged, before anything changes
        other = catalogue.by_sha256(record.sha256)
        if other is not None and other.id != source_id:
            raise SettingError(
                say(
                    f"同一份文件已作为 {other.id} 在语料里；要恢复 {source_id}，请先移除它",
                    f"the same file is in the corpus as {other.id}; remove that first",
                )
            )
        layer = origin.layer(record.file, record.layer)
        file = _put_back(store, source_id, record.file, origin.read_bytes(record.file), layer)
    about = origin.overrides(source_id, record.sha256, file=record.file)
    rulings = [replace(ruling, sha256=record.sha256, layer=origin.layer_mark(record.file)) for ruling in about]
    before = store.overrides(source_id)
    folder: Path | None = None
    try:
        if current is not None and in_use:
            folder = Trash(store).put(source_id, current.file, current.to_json())
        if current is not None:  # both stand while the catalogue changes, each about its own text
            texts = [(current.sha256, store.layer_mark(current.file)), (record.sha256, origin.layer_mark(record.file))]
            standing = [
                replace(one, sha256=texts[0][0], layer=texts[0][1])
                for one in store.overrides(source_id, current.sha256, file=current.file)
            ]
            store.set_overrides(source_id, [*standing, *(rulings if texts[0] != texts[1] else [])])
        if file is not None:
            store.settle([file])
        back = replace(record, file=file, layer=_layer_of(store, record, file))
        catalogue.put([back])
    except BaseException:
        if folder is not None:
            Trash(store).drop([folder])
        if file is not None and (current is None or file != current.file):
            store.erase(file)
        store.set_overrides(source_id, before)
        raise
    store.set_overrides(source_id, rulings)
    if current is not None and current.file is not None and current.file != file:
        store.erase(current.file)
    Trash(store).drop([origin.folder])
    store.log("restored", source_id, sha256=record.sha256, **({"trash": folder.name} if folder else {}))
    return back, folder


def _layer_of(store: Store, record: Record, file: str | None) -> str | None:
    """The checksum of the text layer that was put back; a plain file of an older record stays unsaid."""
    if file is None or record.layer == "":
        return record.layer
    return store.layer_sha256(file) or record.layer


def _put_back(store: Store, source_id: str, file: str, data: bytes, layer: Layer | None) -> str:
    """The file where it was, if that place is free; else among the sources. Returns its name in corpus/."""
    path = store.path_of(file)
    if Path(file).parts[0] == "sources" or layer is not None or path.exists():
        return store.put(source_id, path.suffix, data, layer)
    try:
        write_atomically(path, data)
    except OSError as error:
        raise SourceError(
            say(f"无法写入 {path}：{error.strerror or error}", f"cannot write {path}: {error.strerror or error}")
        ) from error
    return file


def _latest(workspace: Workspace, source_id: str) -> Trashed:
    found = [(one, record) for one, record in trashed(workspace)]
    mine = [one for one, record in found if record.id == source_id]
    if mine:
        return mine[-1]
    known = list(dict.fromkeys(record.id for _, record in reversed(found)))[:5]
    listed_zh = f"；回收站里有 {'、'.join(known)}" if known else "；回收站是空的"
    listed_en = f"; it holds {', '.join(known)}" if known else "; it is empty"
    raise UnknownSourceError(
        say(f"回收站里没有 {source_id!r}{listed_zh}", f"no source {source_id!r} in the trash{listed_en}")
    )
