"""What a workspace keeps for good: the added files, their text layers, hand-made overrides, the trash and the log.

A plain file (.txt, .md) is its own text. For every other format the text layer that the reader made is stored beside
the file (`ID.layer.json`), so that addresses stay true when a later reader would read the file differently.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from casekit.asjson import blocks_of_json, blocks_to_json, from_json, to_json
from casekit.errors import SourceError, WorkspaceError
from casekit.language import say
from casekit.receipt import Receipt, receipt_of_json, receipt_to_json
from casekit.types import Block, Metadata, Span
from casekit.workspace import Workspace, write_atomically

__all__ = ["Layer", "Override", "Store", "sha256_of"]

logger = logging.getLogger(__name__)
PLAIN_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})


@dataclass(frozen=True, slots=True)
class Layer:
    """The text layer of a source as its reader made it.

    `made` is the key of the readers that made it; None for one that was stored before keys were. `receipt` is what the
    reader said that it met and left out; None for one that was stored before readers said so.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    declared: Metadata | None = None
    made: str | None = None
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A person's ruling over the cleaner: this range is cut, or kept.

    `sha256` names the file whose text was ruled on: a ruling never applies to another (None, as older versions of casekit
    wrote: to whatever text the source has). `layer` names the text layer, where the file was read more than once and gave
    another text (`layer_mark`; None: whatever text the file gives).
    """

    action: Literal["cut", "keep"]
    span: Span
    at: str
    sha256: str | None = None
    layer: str | None = None

    def is_about(self, sha256: str | None) -> bool:
        """Whether it applies to the file of that checksum (None: to any)."""
        return self.sha256 is None or sha256 is None or self.sha256 == sha256


def sha256_of(data: bytes) -> str:
    """SHA-256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


class Store:
    """Files of a workspace that are not derived."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._overrides_path = workspace.corpus / "overrides.json"
        self._log_path = workspace.corpus / "log.jsonl"

    # ---- originals and text layers ------------------------------------------------------------------------------
    def path_of(self, file: str) -> Path:
        """Where a record's file lies."""
        return self.workspace.corpus / file

    def put(self, source_id: str, suffix: str, data: bytes, layer: Layer | None) -> str:
        """Keep a copy of a file, and its text layer (None: the bytes are the text); returns its name in corpus/.

        A file that is there already is never overwritten with other bytes, nor a text layer with another text: the new one
        gets a name of its own.

        Raises:
            WorkspaceError: If it cannot be written; nothing is left behind.
        """
        stem, suffix = source_id.replace("/", "__"), suffix.lower()
        name = f"{stem}{suffix}"
        new = []
        try:
            self.workspace.sources.mkdir(parents=True, exist_ok=True)
            if _differs(self.workspace.sources / name, data):
                name = f"{stem}.{sha256_of(data)[:8]}{suffix}"
            if layer is not None and self._reads_otherwise(name, layer):
                name = f"{stem}.{sha256_of(data + layer.text.encode('utf8', 'surrogatepass'))[:8]}{suffix}"
            new = [p for p in (self.workspace.sources / name, self._layer_path(name)) if not p.exists()]
            if layer is not None:
                body = {
                    "text": layer.text,
                    "declared": None if layer.declared is None else to_json(layer.declared),
                    "blocks": blocks_to_json(layer.blocks),
                    "made": layer.made,
                    "receipt": None if layer.receipt is None else receipt_to_json(layer.receipt),
                }
                write_atomically(self._layer_path(name), json.dumps(body, ensure_ascii=False), durable=False)
            write_atomically(self.workspace.sources / name, data, durable=False)
        except BaseException as error:
            _unlink(new)
            if isinstance(error, OSError):
                raise _cannot_write(self.workspace.sources / name, error) from error
            raise
        return f"sources/{name}"

    def _reads_otherwise(self, name: str, layer: Layer) -> bool:
        """Whether a file of that name has a text layer with another text."""
        path = self._layer_path(name)
        try:
            return path.exists() and json.loads(path.read_text("utf8"))["text"] != layer.text
        except (OSError, ValueError, KeyError, TypeError):
            return False  # a damaged one is put right

    def read_bytes(self, file: str) -> bytes:
        """The original's bytes.

        Raises:
            SourceError: If the file is gone or unreadable.
        """
        path = self.path_of(file)
        try:
            return path.read_bytes()
        except OSError as error:
            raise SourceError(
                say(
                    f"读不到 {path}：{error}；用 casekit add --replace 重新加入，或 casekit remove 移除",
                    f"cannot read {path}: {error}; add it again with --replace, or remove it",
                )
            ) from error

    def layer(self, file: str) -> Layer | None:
        """The stored text layer, or None for a plain file (whose bytes are its text)."""
        path = self._layer_path(Path(file).name)
        if Path(file).suffix.lower() in PLAIN_SUFFIXES and not path.exists():
            return None
        try:
            body = json.loads(path.read_text("utf8"))
            declared = from_json(Metadata, body["declared"]) if body["declared"] else None
            said = body.get("receipt")
            receipt = receipt_of_json(said) if said else None
            return Layer(body["text"], blocks_of_json(body["blocks"]), declared, body.get("made"), receipt)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SourceError(
                say(
                    f"文本层 {path} 读不出：{error}；请用 casekit add --replace 重新加入原文件",
                    f"cannot read the text layer {path}: {error}; add the file again with --replace",
                )
            ) from error

    def is_intact(self, file: str, sha256: str) -> bool:
        """Whether the stored copy (and its text layer, if it has one) is there and is the file of that checksum."""
        try:
            self.layer(file)
            return sha256_of(self.path_of(file).read_bytes()) == sha256
        except (OSError, SourceError):
            return False

    def _layer_path(self, name: str) -> Path:
        return self.workspace.sources / f"{name}.layer.json"

    def to_trash(self, source_id: str, file: str | None, record: dict[str, Any]) -> Path:
        """Copy a source's files, record and rulings to a new folder in the trash; returns that folder.

        Raises:
            WorkspaceError: If that cannot be done; nothing has changed.
        """
        rulings = self.overrides(source_id)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        folder = self.workspace.trash / f"{stamp}-{source_id.replace('/', '__')}"
        try:
            folder.mkdir(parents=True)
            write_atomically(folder / "record.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n")
            if rulings:
                write_atomically(folder / "overrides.json", _rulings_json({source_id: rulings}))
            for path in self._files(file):
                if path.exists():
                    shutil.copy2(path, folder / path.name)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise WorkspaceError(
                say(
                    f"无法移入回收站 {folder}：{error.strerror or error}；没有改动，请检查磁盘空间与权限",
                    f"cannot move to the trash {folder}: {error.strerror or error}; nothing changed, "
                    "check disk space and permissions",
                )
            ) from error
        return folder

    def erase(self, file: str | None) -> None:
        """Delete a stored copy and its text layer, after `to_trash` and after the catalogue let it go."""
        _unlink(self._files(file))

    def _files(self, file: str | None) -> list[Path]:
        return [] if file is None else [self.path_of(file), self._layer_path(Path(file).name)]

    # ---- overrides ----------------------------------------------------------------------------------------------
    def overrides(self, source_id: str, sha256: str | None = None, *, file: str | None = None) -> list[Override]:
        """The rulings on a source (on its file of that checksum; on the text layer of the stored `file`), oldest first."""
        rulings = self.all_overrides().get(source_id, [])
        return [rulings[i] for i in self._about(rulings, sha256, file)]

    def _about(self, rulings: Sequence[Override], sha256: str | None, file: str | None) -> list[int]:
        """Which of the rulings apply, by number."""
        about = [i for i, ruling in enumerate(rulings) if ruling.is_about(sha256)]
        if file is None or all(rulings[i].layer is None for i in about):
            return about
        mark = self.layer_mark(file)
        return [i for i in about if rulings[i].layer in (None, mark)]

    def layer_mark(self, file: str | None) -> str | None:
        """What names the text layer of a stored file in rulings; None for a plain file, or where it cannot be read."""
        try:
            layer = self.layer(file) if file is not None else None
        except SourceError:
            return None
        return None if layer is None else sha256_of(layer.text.encode("utf8", "surrogatepass"))[:16]

    def add_override(
        self, source_id: str, action: Literal["cut", "keep"], span: Span, *, sha256: str | None = None
    ) -> None:
        """Add a ruling on a source (on its file of that checksum); later ones win."""
        everything = self.all_overrides()
        at = datetime.now(UTC).isoformat(timespec="seconds")
        everything.setdefault(source_id, []).append(Override(action, span, at, sha256))
        self._save_overrides(everything)

    def undo_override(self, source_id: str, sha256: str | None = None, *, file: str | None = None) -> Override | None:
        """Take the latest ruling on a source back, of those that `overrides` gives; None if there is none."""
        everything = self.all_overrides()
        rulings = everything.get(source_id, [])
        about = self._about(rulings, sha256, file)
        if not about:
            return None
        last = rulings.pop(about[-1])
        self._save_overrides({key: value for key, value in everything.items() if value})
        return last

    def set_overrides(self, source_id: str, rulings: Sequence[Override]) -> None:
        """Make these the rulings on a source, oldest first, in place of what it had."""
        everything = self.all_overrides()
        if everything.get(source_id, []) != list(rulings):
            everything[source_id] = list(rulings)
            self._save_overrides({key: value for key, value in everything.items() if value})

    def drop_overrides(self, source_ids: Sequence[str]) -> None:
        """Forget the rulings on removed sources."""
        everything = self.all_overrides()
        if any(source_id in everything for source_id in source_ids):
            self._save_overrides({key: value for key, value in everything.items() if key not in source_ids})

    def all_overrides(self) -> dict[str, list[Override]]:
        """The rulings on every source, oldest first, by source id."""
        path = self._overrides_path
        try:
            rows = json.loads(path.read_text("utf-8-sig")) if path.exists() else {}
            return {source_id: [_override(r) for r in rulings] for source_id, rulings in rows.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise WorkspaceError(
                say(
                    f"无法读取裁定 {path}：{type(error).__name__} {error}；请改好它，或移走后重做裁定",
                    f"cannot read the rulings {path}: {type(error).__name__} {error}; repair it, or move it away",
                )
            ) from error

    def _save_overrides(self, everything: dict[str, list[Override]]) -> None:
        try:
            write_atomically(self._overrides_path, _rulings_json(everything))
        except OSError as error:
            raise _cannot_write(self._overrides_path, error) from error

    # ---- change log ---------------------------------------------------------------------------------------------
    def log(self, event: str, source_id: str, **details: object) -> None:
        """Append one line to the corpus's change log."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": at, "event": event, "id": source_id, **details}, ensure_ascii=False)
        try:
            self._log_path.parent.mkdir(parents=True, exist_ok=True)
            with self._log_path.open("a", encoding="utf8", errors="replace") as file:
                file.write(line + "\n")
        except OSError as error:
            # the change itself is done and safe; only its line in the log is missing
            logger.warning("%s", _cannot_write(self._log_path, error))

    def history(self) -> list[dict[str, Any]]:
        """The change log, oldest first; a damaged line is left out."""
        if not self._log_path.exists():
            return []
        rows = []
        for line in self._log_path.read_text("utf8", errors="replace").split("\n"):
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                rows.append(row)
        return rows


def _rulings_json(everything: dict[str, list[Override]]) -> str:
    rows = {source_id: [_ruling_row(ruling) for ruling in rulings] for source_id, rulings in everything.items()}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _ruling_row(ruling: Override) -> dict[str, Any]:
    row = {"action": ruling.action, "start": ruling.span.start, "end": ruling.span.end, "at": ruling.at}
    about = {"sha256": ruling.sha256, "layer": ruling.layer}
    return {**row, **{name: value for name, value in about.items() if value is not None}}


def _override(row: dict[str, Any]) -> Override:
    sha256, layer = row.get("sha256"), row.get("layer")
    if row["action"] not in ("cut", "keep") or not 0 <= int(row["start"]) < int(row["end"]):
        raise ValueError(str(row))
    if not all(mark is None or isinstance(mark, str) for mark in (sha256, layer)):
        raise ValueError(str(row))
    return Override(row["action"], Span(int(row["start"]), int(row["end"])), str(row.get("at", "")), sha256, layer)


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and (path.stat().st_size != len(data) or path.read_bytes() != data)


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("%s", _cannot_write(path, error))


def _cannot_write(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        say(
            f"无法写入 {path}：{error.strerror or error}；请检查磁盘空间与权限",
            f"cannot write {path}: {error.strerror or error}; check disk space and permissions",
        )
    )
