"""Codebook and codings as files in casebook/codes/: read together, written together, the last changes taken back.

`codebook.yaml` holds the codes, one further file a source its codings. Every write goes through the one writer (`casekit.kept`).
What a change replaced lies in index/codes-undo.json for a while; losing that loses nothing but the way back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from casekit.errors import CasekitError, SettingError, WorkspaceError
from casekit.kept import keep_all
from casekit.kept.record import digest
from casekit.language import say
from casekit.workbench.coding.records import Code, Coding, code_item, codes_of, coding_item, codings_of, fields_kept
from casekit.workbench.notes.files import NoteFile, check_of, file_for, note_files, read_file, stamp, text_of
from casekit.workbench.notes.records import now
from casekit.writing import write_atomically

__all__ = ["CODEBOOK_NAME", "CodeFiles", "Held", "codes_folder"]

CODEBOOK_NAME: Final = "codebook.yaml"
_NO_CODINGS: Final = frozenset({CODEBOOK_NAME})
_MOST_CHANGES, _MOST_CHARS = 30, 4_000_000
_CODE_FIELDS: Final = frozenset(Code.__slots__)
_CODING_FIELDS: Final = frozenset(Coding.__slots__)


def codes_folder(root: Path) -> Path:
    """Where codebook and codings of a workspace lie."""
    return root / "casebook" / "codes"


@dataclass(frozen=True, slots=True)
class Held:
    """What the files hold: codes by id in their order, codings by source, and a line for each file that cannot be read."""

    codes: Mapping[str, Code] = field(default_factory=dict)
    codings: Mapping[str, Sequence[Coding]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


class CodeFiles:
    """The files of one workspace; the caller holds the lock while it writes."""

    def __init__(self, root: Path) -> None:
        self.folder = codes_folder(root)
        self._undo = root / "index" / "codes-undo.json"
        self._stamp: object = None
        self._held = Held()

    # ---- reading ------------------------------------------------------------------------------------------------
    def read(self) -> Held:
        """What they hold now; a file that cannot be read is named in `problems`, the others are there."""
        seen = (self._stamp_of(self.folder / CODEBOOK_NAME), stamp(self.folder, besides=_NO_CODINGS))
        if seen == self._stamp:
            return self._held
        problems: list[str] = []
        codes: dict[str, Code] = {}
        codings: dict[str, list[Coding]] = {}
        try:
            codes = {one.id: one for one in codes_of(read_file(self.folder / CODEBOOK_NAME, "codes"))}
        except CasekitError as error:
            problems.append(str(error))
        for path in note_files(self.folder, besides=_NO_CODINGS):
            try:
                for one in codings_of(read_file(path, "codings")):
                    codings.setdefault(one.source, []).append(one)
            except CasekitError as error:
                problems.append(str(error))
        for found in codings.values():
            found.sort(key=lambda one: (one.start, one.end, one.code, one.coder))
        self._held, self._stamp = Held(codes, codings, tuple(problems)), seen
        return self._held

    @staticmethod
    def _stamp_of(path: Path) -> object:
        try:
            stat = path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size

    # ---- writing ------------------------------------------------------------------------------------------------
    def write(
        self,
        what: str,
        *,
        codes: Sequence[Code] | None = None,
        codings: Mapping[str, Sequence[Coding]] | None = None,
        codes_last: bool = False,
    ) -> None:
        """Write a new codebook, new codings of these sources, or both: one change that `undo` takes back.

        The codebook goes first (`codes_last`: last), so that wherever the work is stopped no coding is without its code.

        Raises:
            SourceError: If a file that is to be written over cannot be read.
            WorkspaceError, SettingError, BusyError: If it cannot be written.
        """
        files: list[tuple[NoteFile, str]] = []
        if codes is not None:
            old = read_file(self.folder / CODEBOOK_NAME, "codes")
            codes_of(old)
            before = {str(item.get("id")): item for item in old.items}
            items = tuple(fields_kept(code_item(one), before.get(one.id), _CODE_FIELDS) for one in codes)
            files.append((replace(old, items=items), "codes"))
        for source, mine in (codings or {}).items():
            old = self._file_of(source)
            before = {str(item.get("id")): item for item in old.items if item.get("id")}
            items = tuple(fields_kept(coding_item(one), before.get(one.id), _CODING_FIELDS) for one in mine)
            files.append((replace(old, items=items), "codings"))
        if codes_last:
            files = [*files[1:], files[0]]
        texts = {file.path: text_of(file, key) for file, key in files}
        checks = {file.path: check_of(file, key) for file, key in files if file.items}
        self.folder.mkdir(parents=True, exist_ok=True)
        self._remember(what, texts)
        keep_all(texts, checks=checks)

    def _file_of(self, source: str) -> NoteFile:
        """The file of a source's codings, or a new one.

        Raises:
            SourceError: If it cannot be read.
        """
        broken: CasekitError | None = None
        for path in note_files(self.folder, besides=_NO_CODINGS):
            try:
                file = read_file(path, "codings")
                codings_of(file)
            except CasekitError as error:
                broken = error if path.stem == source else broken
                continue
            if file.fields.get("source") == source:
                return file
        if broken is not None:  # a second file beside the broken one would split the codings in two
            raise broken
        new = read_file(file_for(self.folder, source, besides=_NO_CODINGS), "codings")
        return replace(new, fields={"source": source})

    # ---- the way back -------------------------------------------------------------------------------------------
    def _remember(self, what: str, texts: Mapping[Path, str | None]) -> None:
        files = [
            {"name": path.name, "before": _read(path), "after": None if text is None else digest(text.encode())}
            for path, text in texts.items()
        ]
        changes = [*self._changes(), {"at": now(), "what": what, "files": files}][-_MOST_CHANGES:]
        while len(changes) > 1 and sum(_size(one) for one in changes) > _MOST_CHARS:
            del changes[0]
        self._save(changes)

    def _changes(self) -> list[dict[str, Any]]:
        try:
            found = json.loads(self._undo.read_text("utf8"))
            changes: list[dict[str, Any]] = found["changes"]
            return changes if found["sha256"] == _sum(changes) else []
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return []  # what was there to take back is gone; nothing else is

    def _save(self, changes: Sequence[Mapping[str, Any]]) -> None:
        try:
            self._undo.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(
                self._undo, json.dumps({"sha256": _sum(changes), "changes": list(changes)}, ensure_ascii=False)
            )
        except OSError as error:
            raise WorkspaceError(
                say(
                    f"无法写入 {self._undo}：{error.strerror or error}；没有改动，请检查磁盘空间与权限",
                    f"cannot write {self._undo}: {error.strerror or error}; nothing changed, check disk space and permissions",
                )
            ) from error

    def undo(self) -> str:
        """Take the last change back; returns what it was.

        Raises:
            SettingError: If there is none, or somebody has changed its files since.
            WorkspaceError: If it cannot be written.
        """
        changes = self._changes()
        while changes and all(
            _read(self.folder / Path(one["name"]).name) == one["before"] for one in changes[-1]["files"]
        ):
            changes.pop()  # it was never made
        if not changes:
            raise SettingError(say("没有可以收回的改动", "there is no change to take back"))
        last = changes[-1]
        for one in last["files"]:
            now_there = _read(self.folder / Path(one["name"]).name)
            if (
                now_there != one["before"]
                and (None if now_there is None else digest(now_there.encode())) != one["after"]
            ):
                raise SettingError(
                    say(
                        f"{one['name']} 后来又被改动过，没有收回",
                        f"{one['name']} was changed since; nothing was taken back",
                    )
                )
        keep_all({self.folder / Path(one["name"]).name: one["before"] for one in last["files"]})
        self._save(changes[:-1])
        return str(last["what"])


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf8")
    except (OSError, UnicodeDecodeError):
        return None


def _size(change: Mapping[str, Any]) -> int:
    return sum(len(one["before"] or "") for one in change["files"])


def _sum(changes: Sequence[Mapping[str, Any]]) -> str:
    return digest(json.dumps(list(changes), ensure_ascii=False, sort_keys=True).encode("utf8", "surrogatepass"))
