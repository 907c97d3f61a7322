"""Codebook and codings as files in casebook/codes/: read together, written together, the last changes taken back.

`codebook.yaml` holds the codes, one further file a source its codings. Every write goes through the one writer (`casekit.kept`).
What a change replaced lies in index/codes-undo.json for a while (`WayBack`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from casekit.errors import CasekitError
from casekit.kept import keep_all
from casekit.workbench.coding.records import Code, Coding, code_item, codes_of, coding_item, codings_of, fields_kept
from casekit.workbench.notes.files import NoteFile, check_of, file_for, note_files, read_file, stamp, text_of
from casekit.workbench.notes.undoing import WayBack

__all__ = ["CODEBOOK_NAME", "CodeFiles", "Held", "codes_folder"]

CODEBOOK_NAME: Final = "codebook.yaml"
_NO_CODINGS: Final = frozenset({CODEBOOK_NAME})
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
        self._back = WayBack(self.folder, root / "index" / "codes-undo.json")
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
        self._back.remember(what, texts)
        keep_all(texts, checks=checks)

    def undo(self, only: str = "") -> str:
        """Take the last change back; see `WayBack.undo`."""
        return self._back.undo(only)

    def last(self) -> tuple[str, str] | None:
        """The id of the last change that can be taken back, and what it was."""
        return self._back.last()

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
