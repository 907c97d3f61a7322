"""The added files of a workspace with their text layers, the rulings on them and the log.

A plain file (.txt, .md) is its own text. For every other format the text layer that the reader made is stored beside
the file (`ID.layer.json`), so that addresses stay true when a later reader would read the file differently.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from casekit.errors import CasekitError, SourceError, WorkspaceError
from casekit.kept import append_events, keep, read_events
from casekit.language import say
from casekit.rulings import Override, load_rulings, rulings_json
from casekit.store.disk import cannot_write, unlink
from casekit.store.layer import Layer, layer_json, layer_of_json
from casekit.types import Span
from casekit.workspace import Workspace
from casekit.writing import sync_files, write_atomically

__all__ = ["Store", "sha256_of"]

logger = logging.getLogger(__name__)
_PLAIN_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})


def sha256_of(data: bytes) -> str:
    """SHA-256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()


class Store:
    """Files of a workspace that are not derived."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._overrides_path = workspace.corpus / "overrides.json"

    # ---- originals and text layers ------------------------------------------------------------------------------
    def path_of(self, file: str) -> Path:
        """Where a record's file lies."""
        return self.workspace.corpus / file

    def put(self, source_id: str, suffix: str, data: bytes, layer: Layer | None) -> str:
        """Keep a copy of a file, and its text layer (None: the bytes are the text); returns its name in corpus/.

        `settle` waits until the disk has them.

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
                raw = layer_json(layer)
                if layer_of_json(raw) != layer:
                    raise ValueError("a text layer must read back as it was")
                write_atomically(self._layer_path(name), raw, durable=False)
            write_atomically(self.workspace.sources / name, data, durable=False)
        except BaseException as error:
            unlink(new)
            if isinstance(error, OSError):
                raise cannot_write(self.workspace.sources / name, error) from error
            raise
        return f"sources/{name}"

    def settle(self, files: Sequence[str | None]) -> None:
        """Wait until the disk has files that were `put`, with their text layers: before the catalogue names them.

        Raises:
            WorkspaceError: If the disk fails.
        """
        paths = [path for file in files for path in self.files_of(file) if path.exists()]
        try:
            sync_files(paths)
        except OSError as error:
            raise cannot_write(self.workspace.sources, error) from error

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

    def layer(self, file: str, sha256: str | None = None) -> Layer | None:
        """The stored text layer, or None for a plain file (whose bytes are its text).

        Args:
            file: Its name in corpus/.
            sha256: Of the layer's file, as the catalogue has it ("": there is none; None: the catalogue does not say).

        Raises:
            SourceError: If it cannot be read, or is not the one of that checksum.
        """
        path = self._layer_path(Path(file).name)
        if sha256 == "":
            return None
        if sha256 is None and Path(file).suffix.lower() in _PLAIN_SUFFIXES and not path.exists():
            return None
        try:
            raw = path.read_bytes()
            if sha256 is not None and sha256_of(raw) != sha256:
                raise ValueError(say("加入之后被改动", "it changed since the source was added"))
            return layer_of_json(raw)
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise SourceError(
                say(
                    f"文本层 {path} 读不出：{error}；请用 casekit add --replace 重新加入原文件，或从备份恢复",
                    f"cannot read the text layer {path}: {error}; add the file again with --replace, or restore a backup",
                )
            ) from error

    def layer_sha256(self, file: str) -> str:
        """SHA-256 of the file of a source's text layer; "" where it has none.

        Raises:
            SourceError: If it cannot be read.
        """
        path = self._layer_path(Path(file).name)
        try:
            return sha256_of(path.read_bytes())
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise SourceError(say(f"读不到 {path}：{error}", f"cannot read {path}: {error}")) from error

    def is_intact(self, file: str, sha256: str, layer: str | None = None) -> bool:
        """Whether the stored copy (and its text layer, if it has one) is there and is the file of that checksum."""
        try:
            self.layer(file, layer)
            return sha256_of(self.path_of(file).read_bytes()) == sha256
        except (OSError, SourceError):
            return False

    def _layer_path(self, name: str) -> Path:
        return self.workspace.sources / f"{name}.layer.json"

    def erase(self, file: str | None) -> None:
        """Delete a stored copy and its text layer, after `Trash.put` and after the catalogue let it go."""
        unlink(self.files_of(file))

    def files_of(self, file: str | None) -> list[Path]:
        """Where a record's file and its text layer lie, whether or not they are there; none for a record without a file."""
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
            return load_rulings(path) if path.exists() else {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise WorkspaceError(
                say(
                    f"无法读取裁定 {path}：{type(error).__name__} {error}；请改好它，或移走后重做裁定",
                    f"cannot read the rulings {path}: {type(error).__name__} {error}; repair it, or move it away",
                )
            ) from error

    def _save_overrides(self, everything: dict[str, list[Override]]) -> None:
        def check(path: Path) -> None:
            if load_rulings(path) != {source_id: list(one) for source_id, one in everything.items()}:
                raise ValueError("rulings must read back as they were")

        keep(self._overrides_path, rulings_json(everything), check=check)

    # ---- change log ---------------------------------------------------------------------------------------------
    def log(self, event: str, source_id: str, **details: object) -> None:
        """Append one line to the corpus's change log."""
        self.log_all([(event, source_id, details)])

    def log_all(self, events: Sequence[tuple[str, str, Mapping[str, object]]]) -> None:
        """Append lines to the corpus's change log: event, source and details of each."""
        rows = [{"event": event, "id": source_id, **details} for event, source_id, details in events]
        try:
            append_events(self.workspace.root, rows)
        except CasekitError as error:
            # the change itself is done and safe; only its line in the log is missing
            logger.warning("%s", error)

    def history(self) -> list[dict[str, Any]]:
        """The change log, oldest first; a damaged line is left out."""
        return read_events(self.workspace.root)


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and (path.stat().st_size != len(data) or path.read_bytes() != data)
