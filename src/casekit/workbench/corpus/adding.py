"""Taking files into the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from casekit.bounded import guarded
from casekit.catalogue import Catalogue, Record
from casekit.errors import CasekitError, SettingError, SourceError, WorkspaceError
from casekit.ids import check_id
from casekit.language import say
from casekit.readers import ReadResult, SidecarRecord, read_bytes, told_suffixes
from casekit.readers.notice import notice_in
from casekit.readers.recognise import PICTURE_SUFFIXES, Recogniser, Recognition, recognising
from casekit.receipt import Receipt, with_body
from casekit.store import Layer, Store, Trash, sha256_of
from casekit.types import Cleaned
from casekit.workbench.corpus.carrying import Carried, MovedRulings, carry_over, move_rulings, settle_rulings
from casekit.workbench.corpus.describing import cleaned_of, made_by_hand, merged, recognised_before
from casekit.workbench.corpus.families import Relative, Relatives
from casekit.workbench.corpus.intake import Incoming, Sidecars, csl_for, csl_items, files_under, incoming
from casekit.workbench.corpus.naming import Naming, name_of
from casekit.workbench.corpus.prepared import Prepared
from casekit.workbench.corpus.receipts import refused_told
from casekit.workbench.corpus.warned import differences_told, id_told, links_told, name_told, waits_told
from casekit.workspace import Workspace

__all__ = ["AddReport", "Added", "Refused", "add_files"]

_NOTICE_LETTERS = 150
"""A notice itself is a sentence or two; a short news item is longer."""
_WEB_FORMATS = ("html", "mhtml", "txt")
_PLAIN_FORMATS = ("txt", "md")  # formats whose text layer is the file's own characters


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is in the corpus now: newly added, replaced, or there already."""

    record: Record
    path: Path
    status: Literal["added", "replaced", "present"]
    warnings: tuple[str, ...] = ()
    relatives: tuple[Relative, ...] = ()
    """Other sources that are copies or excerpts of the same article, the nearest first."""
    receipt: Receipt | None = None
    """What was read of the file and what was not; None for one that was there already."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why, in one line."""

    path: Path
    reason: str
    notice: bool = False
    """Whether it was read, but looks like a notice instead of an article (`anyway` takes it)."""

    def told(self) -> str:
        """File and reason; the address of a page (of which a path keeps one stroke less) stands in full in its reason."""
        link = re.sub(r"^([a-z][a-z\d+.\-]+:)[/\\](?=[^/\\])", r"\1//", str(self.path), flags=re.IGNORECASE)
        return self.reason if self.reason.startswith(link) else say(f"{link}：{self.reason}", f"{link}: {self.reason}")


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the files, in their order."""

    added: tuple[Added, ...] = ()
    refused: tuple[Refused, ...] = ()
    skipped: tuple[Path, ...] = field(default=())
    """Files of folders whose ending no reader knows."""
    notes: tuple[str, ...] = ()
    """What else is worth knowing: reference files that gave nothing."""
    carried: tuple[Carried, ...] = ()
    """What became of evidence and rulings that point into the files."""


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
    retells: Sequence[str] = (),
    anyway: bool = False,
    follow_links: bool = False,
    recogniser: Recogniser | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> AddReport:
    """Read, store and catalogue files; what cannot be taken is refused by name and the rest is added.

    Args:
        retells: Ids of the sources that the files retell; they need not be in the catalogue yet.
        anyway: Take what looks like a notice, a verification or a log-in page, too.
        follow_links: Take what links in folders lead to outside of these, too.
        recogniser: Reads the text of pictures and scanned pages; without it pictures of folders are passed over.
        progress: Told how much is done of how much: files, or pages where one is recognised.

    Raises:
        SettingError: If `source_id` is given for more than one file, or cannot be an id.
        SourceError: If `csl` cannot be read.
        WorkspaceError: If the corpus cannot be written; then nothing is added.
    """
    suffixes = told_suffixes() if recogniser is not None else told_suffixes() - PICTURE_SUFFIXES
    outside: list[Path] = []
    own = [folder.resolve() for folder in (workspace.sources, workspace.trash, workspace.index)]
    found = [
        (path, folder)
        for path, folder in files_under(paths, follow_links=follow_links, outside=outside)
        if folder is None or not any(path.resolve().is_relative_to(inner) for inner in own)
    ]
    files = [(p, folder) for p, folder in found if folder is None or p.suffix.lower() in suffixes]
    skipped = tuple(p for p, folder in found if folder is not None and p.suffix.lower() not in suffixes)
    for retold in retells:
        check_id(retold)
    if source_id is not None:
        check_id(source_id)
        if len(files) != 1:
            raise SettingError(say("--id 只能用于一个文件", "--id is for one file only"))
    items = csl_items(csl) if csl is not None else []
    sidecars = Sidecars()
    added: list[Added] = []
    refused: list[Refused] = []
    new: dict[str, Record] = {}
    prepared = Prepared(workspace)
    names = [name_of(path, folder, id_from) for path, folder in files]
    naming = Naming(catalogue, names)
    try:
        for number, ((path, folder), name) in enumerate(zip(files, names, strict=True), 1):
            try:
                for text in _texts(path, source_id, naming, name):
                    recognition = _recognition(recogniser, progress, number, len(files))
                    item = csl_for(items, (text.id, name), alone=len(files) == 1)
                    beside = partial(sidecars.find, path, folder)
                    named = source_id is not None
                    try:
                        with recognising(recognition), guarded(path.name):
                            one = _add_one(
                                catalogue,
                                store,
                                prepared,
                                text,
                                new,
                                beside,
                                item=item,
                                replace_old=replace_old,
                                named=named,
                                anyway=anyway,
                            )
                    except WorkspaceError:
                        raise
                    except _NoticeError as notice:
                        refused.append(Refused(path, str(notice), notice=True))
                        continue
                    except CasekitError as error:
                        refused.append(Refused(path, str(error)))
                        continue
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
    carried: tuple[Carried, ...] = ()
    if changed:
        if retells:
            added = [_retelling(one, retells) if one.status != "present" else one for one in added]
            changed = [one for one in added if one.status != "present"]
        rulings = _catalogue_all(catalogue, store, changed)
        told = [(one.status, one.record.id, {"sha256": one.record.sha256, "file": one.path.name}) for one in changed]
        store.log_all(told)
        relatives = Relatives(workspace, catalogue, store).of({one.record.id for one in changed})
        added = [replace(one, relatives=relatives.get(one.record.id, ())) for one in added]
        carried = carry_over(workspace, catalogue, store, [one.record.id for one in changed], rulings)
    skipped = tuple(path for path in skipped if path not in sidecars.used)
    notes = (*sidecars.unreadable.values(), *links_told(outside))
    return AddReport(tuple(added), tuple(refused), skipped, notes, carried)


def _texts(path: Path, source_id: str | None, naming: Naming, name: str) -> Iterator[Incoming]:
    """The texts of a file; whatever goes wrong in finding them is that file's refusal."""
    with guarded(path.name):
        yield from incoming(path, source_id or naming.id_of(name), None if source_id else name)


def _recognition(
    recogniser: Recogniser | None, progress: Callable[[int, int], None] | None, number: int, count: int
) -> Recognition | None:
    """The recogniser at work on the file of that number, of so many: the bar moves by pages."""
    if recogniser is None:
        return None
    if progress is None:
        return Recognition(recogniser)
    return Recognition(recogniser, lambda done, pages: progress((number - 1) * pages + done, count * pages))


def _retelling(one: Added, retells: Sequence[str]) -> Added:
    """A file said to retell others, unless it is one of them."""
    if one.record.id in retells:
        return one
    metadata = replace(one.record.metadata, rank="retelling", retells=tuple(dict.fromkeys(retells)))
    return replace(one, record=one.record.with_metadata(metadata))


def _catalogue_all(catalogue: Catalogue, store: Store, changed: Sequence[Added]) -> dict[str, MovedRulings]:
    """Make the change in one step: until the catalogue is written, the old versions stand; then they go to the trash.

    Returns:
        What became of the rulings on sources that had some.
    """
    old = [catalogue[one.record.id] for one in changed if one.status == "replaced"]
    old = [record for record in old if record.file is not None]
    kept = {one.record.file for one in changed}
    folders: list[Path] = []
    rulings: dict[str, MovedRulings] = {}
    before = {record.id: store.overrides(record.id) for record in old}
    new = {one.record.id: one.record for one in changed}
    try:
        store.settle([one.record.file for one in changed])
        folders = Trash(store).put_all([(record.id, record.file, record.to_json()) for record in old])
        for record in old:
            moved = move_rulings(store, record, new[record.id])
            if moved is not None:
                rulings[record.id] = moved
        catalogue.put(one.record for one in changed)
    except BaseException:
        Trash(store).drop(folders)
        for source_id in rulings:
            store.set_overrides(source_id, before[source_id])
        _erase_new(catalogue, store, changed)
        raise
    for source_id, moved in rulings.items():
        settle_rulings(store, source_id, moved)
    for record in old:
        if record.file not in kept:
            store.erase(record.file)
    return rulings


def _erase_new(catalogue: Catalogue, store: Store, added: Sequence[Added]) -> None:
    known = {record.file for record in catalogue}
    for one in added:
        if one.record.file not in known:
            store.erase(one.record.file)


def _add_one(
    catalogue: Catalogue,
    store: Store,
    prepared: Prepared,
    text: Incoming,
    new: dict[str, Record],
    beside: Callable[[str | None], tuple[SidecarRecord, Path] | None],
    *,
    item: Mapping[str, Any] | None,
    replace_old: bool,
    named: bool,
    anyway: bool,
) -> Added:
    path, source_id, sha256 = text.path, text.id, sha256_of(text.data)
    known = new.get(source_id) or catalogue.get(source_id)
    expected = catalogue.waiting_for(sha256)
    is_version = replace_old and known is not None and known.file is not None
    if expected is not None and not named and not is_version:
        known, source_id = expected, expected.id  # the very file that a record without one speaks of
    same = next((r for r in new.values() if r.sha256 == sha256), None) or catalogue.by_sha256(sha256)
    if same is not None and (known is None or known.file is None or known.id == same.id):
        intact = same.file is None or store.is_intact(same.file, sha256, same.layer)
        if intact and not (replace_old and _is_of_older_readers(store, same, prepared.reader)):
            return Added(same, path, "present", id_told(text, same.id))
        known, source_id, replace_old = same, same.id, True
    if source_id in new and new[source_id].sha256 != sha256:
        raise SourceError(
            say(
                f"编号 {source_id} 在这一批里已有另一个文件；用 --id 或 --id-from path 另取编号",
                f"another file of this batch has the id {source_id}; use --id, or --id-from path",
            )
        )
    in_place = known is not None and known.file is not None
    if in_place and not replace_old:
        raise SourceError(
            say(
                f"编号 {source_id} 已属于另一个内容不同的文件；若是新版本请加 --replace，否则用 --id 或 --id-from path 另取编号",
                f"id {source_id} belongs to a file with other content; use --replace for a new version, or --id",
            )
        )
    result = text.result or read_bytes(text.data, name=path.name)
    cleaned = cleaned_of(result, sha256, prepared, name=path.name)
    result = _with_notice(result, cleaned)
    if result.receipt.notice and not anyway:
        raise _NoticeError(f"{path.name}：" + refused_told(result.receipt.notice))
    metadata = cleaned.metadata
    warnings = (*result.warnings, *name_told(text, source_id), *id_told(text, source_id))
    if expected is not None and source_id != expected.id:
        warnings = (*warnings, waits_told(source_id, expected.id))
    csl = item or (known.csl if known is not None else {})
    if item is None and known is None and (found := beside(metadata.title)) is not None:
        csl = {key: value for key, value in found[0].csl.items() if key != "attachments"}
        warnings = (*warnings, *differences_told(found[0].metadata, metadata, found[1].name))
        metadata = merged(found[0].metadata, metadata)
    record = Record(
        id=source_id,
        sha256=sha256,
        file=None,
        chars=len(result.text),
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        csl=csl,
        name=(text.name if source_id == text.id else None) or (known.name if known is not None else None),
    )
    if item is not None or known is not None:
        said = record.metadata
        if item is None and known is not None and known.file is not None and known.sha256 != sha256:
            said = made_by_hand(said, recognised_before(store, known, prepared))
        metadata = merged(said, metadata)
    record = record.with_metadata(metadata)
    if known is not None and known.file is None and known.sha256 and known.sha256 != sha256:
        note = say(
            "与目录中登记的原文件不是同一份（校验和不同）", "not the very file the catalogue knows (other checksum)"
        )
        warnings = (*warnings, note)
    plain = result.format in _PLAIN_FORMATS
    layer = None if plain else Layer(result.text, result.blocks, result.metadata, prepared.reader, result.receipt)
    file = store.put(source_id, text.suffix, text.data, layer)
    status: Literal["added", "replaced"] = "replaced" if in_place else "added"
    receipt = with_body(result.receipt, result.text, cleaned)
    record = replace(record, file=file, layer="" if layer is None else store.layer_sha256(file))
    return Added(record, path, status, warnings, receipt=receipt)


class _NoticeError(SourceError):
    """A page that looks like a notice, a verification or a log-in page instead of an article."""


def _with_notice(result: ReadResult, cleaned: Cleaned) -> ReadResult:
    """What was read, its receipt saying whether the body is a notice: between menus, a page's whole text is not short."""
    if result.receipt.notice or result.format not in _WEB_FORMATS:
        return result
    body = "\n".join(span.slice(result.text) for span in cleaned.kept)
    notice = notice_in(body, most_letters=_NOTICE_LETTERS)
    return replace(result, receipt=replace(result.receipt, notice=notice)) if notice else result


def _is_of_older_readers(store: Store, record: Record, reader: str) -> bool:
    """Whether a source has a text layer that other readers made: its file is read anew if that is asked for."""
    layer = store.layer(record.file, record.layer) if record.file is not None else None
    return layer is not None and layer.made != reader
