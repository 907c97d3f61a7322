"""Is what lies there what was acknowledged? What differs, and taking it as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from casekit.errors import WorkspaceError
from casekit.kept.loglines import check_log, log_path, read_events
from casekit.kept.opening import cannot_write, take_all
from casekit.kept.places import kept_files
from casekit.kept.record import RECORD_NAME, Entry, Kept, digest_of, locked, read_record, record_path, save_record
from casekit.language import say

__all__ = ["Difference", "accept", "changed_outside", "differences"]

_ANSWERS = (
    "corpus/catalogue.json",
    "corpus/overrides.json",
    "corpus/rejected.yaml",
    "corpus/subjects.yaml",
    "corpus/relations.yaml",
)
_ANSWERS_IN = ("corpus/lexicon/", "corpus/cues/", "corpus/links/")


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what was acknowledged.

    `kind`: changed, missing, outside (something else had changed it before casekit wrote it), unrecorded (nobody
    acknowledged it yet, which is no fault), record (the record itself), log, torn (a line of the log that a power cut cut).
    """

    name: str
    kind: Literal["changed", "missing", "outside", "unrecorded", "record", "log", "torn"]
    told: str
    remedy: str

    @property
    def is_fault(self) -> bool:
        """Whether something may be lost or wrong."""
        return self.kind not in ("unrecorded", "torn")


def accept(root: Path) -> list[Difference]:
    """Acknowledge what lies there as it is, and give what differed.

    Raises:
        WorkspaceError: If the record cannot be written.
        BusyError: If another process is writing for long.
    """
    with locked(root):
        found = differences(root)
        try:
            kept = read_record(root) or Kept()
        except WorkspaceError:
            kept = Kept()
        kept.lost = False
        try:
            take_all(root, kept)
            save_record(root, kept)
        except OSError as error:
            raise cannot_write(record_path(root), error) from error
    return found


def differences(root: Path) -> list[Difference]:
    """What is not as it was acknowledged, in the order of the names."""
    try:
        kept = read_record(root)
    except WorkspaceError as error:
        return [Difference(f"corpus/{RECORD_NAME}", "record", str(error), _remedy())]
    if kept is None:
        if any("n" in event for event in read_events(root)):
            return [_record_gone(root)]
        return [_unrecorded(name) for name in kept_files(root)]
    found = [_record_gone(root)] if kept.lost else []
    for name in sorted({*kept.files, *kept_files(root)}):
        entry = kept.files.get(name)
        one = _unrecorded(name) if entry is None else _compared(root, name, entry)
        if one is not None:
            found.append(one)
    return [*found, *_of_log(root, kept)]


def changed_outside(root: Path) -> list[str]:
    """The files that bear on every answer and are not as they were acknowledged; none where there is no record.

    Raises:
        WorkspaceError: If the record is damaged.
    """
    kept = read_record(root)
    if kept is None:
        return []
    names = [name for name in kept.files if name in _ANSWERS or name.startswith(_ANSWERS_IN)]
    return [name for name in sorted(names) if _compared(root, name, replace(kept.files[name], outside=False))]


def _compared(root: Path, name: str, entry: Entry) -> Difference | None:
    try:
        now = digest_of(root / name)
    except OSError as error:
        return Difference(name, "changed", say(f"读不出：{error}", f"cannot be read: {error}"), _remedy())
    if now is not None and now in (entry.sha256, entry.next):
        if entry.outside:
            told = say(
                "在 casekit 之外被改动过，之后 casekit 又写过它",
                "was changed by something else than casekit, and casekit has written it since",
            )
            return Difference(name, "outside", told, _remedy())
        return None
    if now is None:
        if entry.sha256 is None or entry.next == "":
            return None  # it was never made, or was being removed
        return Difference(name, "missing", say("不见了", "is gone"), _remedy(gone=True))
    told = say("与您确认保存时不同", "is not what you acknowledged")
    return Difference(name, "changed", told, _remedy())


def _of_log(root: Path, kept: Kept) -> list[Difference]:
    name = log_path(root).relative_to(root).as_posix()
    try:
        state = check_log(root, kept)
    except OSError as error:
        return [Difference(name, "log", say(f"读不出：{error}", f"cannot be read: {error}"), _remedy())]
    if state.problem is not None:
        return [Difference(name, "log", state.problem, _remedy())]
    if state.torn:
        told = say(f"有 {state.torn} 行没写完（断电所致）", f"{state.torn} lines were cut short (by a power cut)")
        return [Difference(name, "torn", told, say("不必处理", "nothing to do"))]
    return []


def _record_gone(root: Path) -> Difference:
    told = say("确认记录不见了", "the record of what you acknowledged is gone")
    return Difference(record_path(root).relative_to(root).as_posix(), "record", told, _remedy())


def _unrecorded(name: str) -> Difference:
    told = say("还没有确认过", "was never acknowledged")
    return Difference(
        name, "unrecorded", told, say("casekit verify --accept 确认它", "casekit verify --accept does so")
    )


def _remedy(*, gone: bool = False) -> str:
    if gone:
        return say(
            "若不是您删的，从备份恢复（casekit restore --backup）；是您删的，用 casekit verify --accept 确认",
            "if you did not delete it, take it from a backup (casekit restore --backup); else casekit verify --accept",
        )
    return say(
        "若不是您改的，从备份恢复（casekit restore --backup）；是您改的，用 casekit verify --accept 确认",
        "if you did not change it, take it from a backup (casekit restore --backup); else casekit verify --accept",
    )
