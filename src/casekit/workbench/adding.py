"""Taking files into the corpus and out of it again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import Any, Literal

from casekit.catalogue import Catalogue, Record, check_item, metadata_of_csl
from casekit.clean import clean_text
from casekit.errors import CasekitError, SettingError, SourceError, WorkspaceError
from casekit.fold import fold_text
from casekit.language import say
from casekit.readers import ReadResult, read_bytes, supported_suffixes
from casekit.store import Layer, Store, check_id, declared_to_json, metadata_of_json, sha256_of
from casekit.types import Metadata
from casekit.workbench.prepared import Prepared
from casekit.workspace import Workspace

__all__ = ["AddReport", "Added", "Refused", "add_files", "files_under", "remove_sources"]

# Above any reader's own limit: keeps a mistaken path (a disk image, a video) out of memory.
_LARGEST_BYTES = 300_000_000
_PLAIN_FORMATS = ("txt", "md")  # formats whose text layer is the file's own characters


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is in the corpus now: newly added, replaced, or there already."""

    record: Record
    path: Path
    status: Literal["added", "replaced", "present"]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why, in one line."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the files, in their order."""

    added: tuple[Added, ...] = ()
    refused: tuple[Refused, ...] = ()
    skipped: tuple[Path, ...] = field(default=())
    """Files of folders whose ending no reader knows."""


def files_under(paths: Iterable[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Files named, and files of readable kinds in folders named, as (file, folder it was found through or None)."""
    for path in paths:
        if not _is_folder(path):
            yield path, None
            continue
        for inner in sorted(path.rglob("*")):
            parts = inner.relative_to(path).parts
            if inner.is_file() and not any(part.startswith(".") for part in parts):
                yield inner, path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, for one: said when the file is read
        return False


def add_files(
    workspace: Workspace,
    catalogue: Catalogue,
    store: Store,
    paths: Sequence[Path],
    *,
    source_id: str | None = None,
    csl: Path | None = None,
    replace_old: bool = False,
    id_from: Literal["stem", "path"] = "stem",
    progress: Callable[[int, int], None] | None = None,
) -> AddReport:
    """Read, store and catalogue files; what cannot be taken is refused by name and the rest is added.

    Raises:
        SettingError: If `source_id` is given for more than one file, or cannot be an id.
        SourceError: If `csl` cannot be read.
        WorkspaceError: If the corpus cannot be written; then nothing is added.
    """
    suffixes = supported_suffixes()
    found = list(files_under(paths))
    files = [(p, folder) for p, folder in found if folder is None or p.suffix.lower() in suffixes]
    skipped = tuple(p for p, folder in found if folder is not None and p.suffix.lower() not in suffixes)
    if source_id is not None:
        check_id(source_id)
        if len(files) != 1:
            raise SettingError(say("--id 只能用于一个文件", "--id is for one file only"))
    items = _csl_items(csl) if csl is not None else []
    added: list[Added] = []
    refused: list[Refused] = []
    new: dict[str, Record] = {}
    prepared = Prepared(workspace.index)
    try:
        for number, (path, folder) in enumerate(files, 1):
            try:
                name = source_id or _id_of(path, folder, id_from)
                item = _csl_for(items, name, alone=len(files) == 1)
                one = _add_one(catalogue, store, prepared, path, name, new, item=item, replace_old=replace_old)
                added.append(one)
                new[one.record.id] = one.record
            except WorkspaceError:
                raise  # a full disk is no fault of this file: nothing is added
            except CasekitError as error:
                refused.append(Refused(path, str(error)))
            if progress is not None:
                progress(number, len(files))
    except BaseException:
        _erase_new(catalogue, store, added)
        raise
    prepared.flush()
    changed = [one for one in added if one.status != "present"]
    if changed:
        _catalogue_all(catalogue, store, changed)
        for one in changed:
            store.log(one.status, one.record.id, sha256=one.record.sha256, file=one.path.name)
    return AddReport(tuple(added), tuple(refused), skipped)


def _catalogue_all(catalogue: Catalogue, store: Store, changed: Sequence[Added]) -> None:
    """Make the change in one step: until the catalogue is written, the old versions stand; then they go to the trash."""
    old = [catalogue[one.record.id] for one in changed if one.status == "replaced"]
    old = [record for record in old if record.file is not None]
    kept = {one.record.file for one in changed}
    folders: list[Path] = []
    try:
        for record in old:
            folders.append(store.to_trash(record.id, record.file, record.to_json()))  # noqa: PERF401 - kept if one fails
        catalogue.put(one.record for one in changed)
    except BaseException:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        _erase_new(catalogue, store, changed)
        raise
    for record in old:
        if record.file not in kept:
            store.erase(record.file)


def _erase_new(catalogue: Catalogue, store: Store, added: Sequence[Added]) -> None:
    known = {record.file for record in catalogue}
    for one in added:
        if one.record.file not in known:
            store.erase(one.record.file)


def _id_of(path: Path, folder: Path | None, id_from: str) -> str:
    if id_from == "path" and folder is not None:
        relative = path.relative_to(folder).with_suffix("")
        return "__".join(check_id(part) for part in relative.parts)
    return check_id(path.stem)


def _add_one(
    catalogue: Catalogue,
    store: Store,
    prepared: Prepared,
    path: Path,
    source_id: str,
    new: dict[str, Record],
    *,
    item: dict[str, Any] | None,
    replace_old: bool,
) -> Added:
    data = _bytes_of(path)
    sha256 = sha256_of(data)
    known = new.get(source_id) or catalogue.get(source_id)
    same = next((r for r in new.values() if r.sha256 == sha256), None) or catalogue.by_sha256(sha256)
    if same is not None and (known is None or known.file is None or known.id == same.id):
        if same.file is None or store.is_intact(same.file, sha256):
            return Added(same, path, "present")
        known, source_id, replace_old = same, same.id, True
    if source_id in new and new[source_id].sha256 != sha256:
        raise SourceError(
            say(
                f"编号 {source_id} 在这一批里已有另一个文件;用 --id 或 --id-from path 另取编号",
                f"another file of this batch has the id {source_id}; use --id, or --id-from path",
            )
        )
    in_place = known is not None and known.file is not None
    if in_place and not replace_old:
        raise SourceError(
            say(
                f"编号 {source_id} 已属于另一个内容不同的文件;若是新版本请加 --replace,否则用 --id 或 --id-from path 另取编号",
                f"id {source_id} belongs to a file with other content; use --replace for a new version, or --id",
            )
        )
    result = read_bytes(data, name=path.name)
    metadata = _recognise(result, sha256, prepared)
    record = Record(
        id=source_id,
        sha256=sha256,
        file=None,
        chars=len(result.text),
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        csl=item or (known.csl if known is not None else {}),
    )
    if item is not None or known is not None:
        said = record.metadata
        if item is None and known is not None and known.file is not None and known.sha256 != sha256:
            said = _made_by_hand(said, _recognised_before(store, known, prepared))
        metadata = _merge(said, metadata)
    record = record.with_metadata(metadata)
    warnings = result.warnings
    if known is not None and known.file is None and known.sha256 and known.sha256 != sha256:
        note = say(
            "与目录中登记的原文件不是同一份(校验和不同)", "not the very file the catalogue knows (other checksum)"
        )
        warnings = (*warnings, note)
    plain = result.format in _PLAIN_FORMATS
    layer = None if plain else Layer(result.text, result.blocks, declared_to_json(result.metadata))
    file = store.put(source_id, path.suffix or ".txt", data, layer)
    status: Literal["added", "replaced"] = "replaced" if in_place else "added"
    return Added(replace(record, file=file), path, status, warnings)


def _bytes_of(path: Path) -> bytes:
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            raise SourceError(
                say(
                    f"{path} 不是普通文件(是文件夹、管道或设备)",
                    f"{path} is no regular file but a folder, pipe or device",
                )
            )
        if stat.st_size > _LARGEST_BYTES:
            raise SourceError(
                say(
                    f"{path} 有 {stat.st_size / 1e6:.0f} MB,任何格式都读不了这么大的文件;请拆成几个再加",
                    f"{path} has {stat.st_size / 1e6:.0f} MB, too much for any reader; split it first",
                )
            )
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise SourceError(
            say(f"读不到 {_short(path)}:{why};请检查路径", f"cannot read {_short(path)}: {why}; check the path")
        ) from error


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 200 else f"{text[:100]}…{text[-60:]}"


def _recognise(result: ReadResult, sha256: str, prepared: Prepared) -> Metadata:
    cleaned = clean_text(result.text, blocks=result.blocks, declared=result.metadata)
    prepared.put(sha256, result.text, cleaned)
    metadata = cleaned.metadata
    if metadata.title and not metadata.title_folded:
        metadata = replace(metadata, title_folded=fold_text(metadata.title))
    return metadata


def _recognised_before(store: Store, record: Record, prepared: Prepared) -> Metadata | None:
    """What the stored version of a source says of itself; None where it cannot be read any more."""
    try:
        data = store.read_bytes(record.file or "")
        layer = store.layer(record.file or "")
        if layer is None:
            return _recognise(read_bytes(data, name=record.file or ""), record.sha256, prepared)
        declared = metadata_of_json(layer.declared)
        cleaned = clean_text(layer.text, blocks=layer.blocks, declared=declared)
    except CasekitError:
        return None
    title = cleaned.metadata.title
    return replace(
        cleaned.metadata, title_folded=cleaned.metadata.title_folded or (fold_text(title) if title else None)
    )


def _made_by_hand(said: Metadata, recognised: Metadata | None) -> Metadata:
    """What people put into the catalogue: all that differs from what was recognised in the version to be replaced."""
    if recognised is None:
        return said
    empty = Metadata()
    names = Metadata.__dataclass_fields__
    same = {name: getattr(empty, name) for name in names if getattr(said, name) == getattr(recognised, name)}
    return replace(said, **same)


def _merge(first: Metadata, second: Metadata) -> Metadata:
    """`first` where it says something, else `second`; a date and its certainty come together."""
    values: dict[str, Any] = {}
    for name in Metadata.__dataclass_fields__:
        mine, other = getattr(first, name), getattr(second, name)
        values[name] = mine or other
    dated = first if first.date else second
    values["date"], values["date_certainty"] = dated.date, dated.date_certainty
    return Metadata(**values)


def _csl_items(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(say(f"读不懂 CSL-JSON 文件 {path}:{error}", f"cannot read {path}: {error}")) from error
    items = data if isinstance(data, list) else [data]
    if not all(isinstance(item, dict) for item in items):
        raise SourceError(say(f"{path} 不是 CSL-JSON", f"{path} is not CSL-JSON"))
    for number, item in enumerate(items, 1):
        check_item(item, f"{path} #{number}")
        metadata_of_csl(item, where=f"{path} #{number}")
    return items


def _csl_for(items: list[dict[str, Any]], source_id: str, *, alone: bool) -> dict[str, Any] | None:
    for item in items:
        if str(item.get("id")) == source_id:
            return item
    return items[0] if alone and len(items) == 1 else None


def remove_sources(catalogue: Catalogue, store: Store, source_ids: Sequence[str]) -> list[Path]:
    """Move sources to the trash and out of the catalogue; returns the folders they went to.

    Raises:
        UnknownSourceError: If an id is unknown; then nothing is removed.
        WorkspaceError: If the trash or the catalogue cannot be written; then nothing is removed.
    """
    records = [catalogue[source_id] for source_id in dict.fromkeys(source_ids)]
    folders: list[Path] = []
    try:
        for record in records:
            folders.append(store.to_trash(record.id, record.file, record.to_json()))  # noqa: PERF401 - kept if one fails
        catalogue.drop(record.id for record in records)
    except BaseException:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    store.drop_overrides([record.id for record in records])
    for record, folder in zip(records, folders, strict=True):
        store.erase(record.file)
        store.log("removed", record.id, trash=folder.name)
    return folders
