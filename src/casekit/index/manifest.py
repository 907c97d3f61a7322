"""What a generation of the index was made of, and whether its files are still what they were."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from casekit.errors import IndexDamagedError
from casekit.index.form import FORMAT
from casekit.language import say

__all__ = [
    "LOADED_AT",
    "Manifest",
    "check_files",
    "damaged",
    "files_of",
    "read_manifest",
    "sha256_of_file",
    "sha256_of_manifest",
]

LOADED_AT = time.time()
"""When this process loaded the index's code, in s since 1970: code on disk that is newer may not be what runs."""
# Below this an index is hashed at every opening (about 1 GB/s: under 0.1 s); above it only when a size or time changed.
_ALWAYS_HASHED_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of.

    `model` is the identity of the model of its vectors (weights by their SHA-256), None for a words-only index. `layers`
    tells for every layer the digest of each part that made it: code, fold tables, lexicon, cues, settings, libraries
    (`casekit.index.layers`). `format` names the form of its records; empty for an index of before there were names.
    """

    generation: str
    model: dict[str, Any] | None
    layers: dict[str, dict[str, str]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    sources: int = 0
    passages: int = 0
    files: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT


_FIELDS = frozenset(f.name for f in fields(Manifest))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexDamagedError: If it cannot be read or is not what was written.
    """
    try:
        data = json.loads((folder / "manifest.json").read_text("utf8"))
        own = data.pop("sha256", "")
        known = {
            name: value for name, value in data.items() if name in _FIELDS
        }  # older versions wrote other names, too
        manifest = Manifest(**{"format": "", **known})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise damaged(folder / "manifest.json", error) from error
    if own != sha256_of_manifest(data):
        raise damaged(folder / "manifest.json", say("校验和不符", "checksum differs"))
    return manifest


def sha256_of_manifest(data: dict[str, Any]) -> str:
    """Hash of everything the manifest says but for this hash itself: it holds the checksums of all other files."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def files_of(folder: Path) -> Iterable[Path]:
    """The files that a manifest lists."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.endswith(".lock") and path.name not in {"manifest.json", ".verified"}:
            yield path


def check_files(folder: Path, manifest: Manifest, *, always: bool = False) -> None:
    """Compare the files with their checksums; large ones that look untouched since the last time only if `always`.

    Raises:
        IndexDamagedError: If one is gone or differs.
    """
    stats = {}
    for name in manifest.files:
        try:
            stat = (folder / name).stat()
        except OSError as error:
            raise damaged(folder / name, error) from error
        stats[name] = [stat.st_size, stat.st_mtime_ns]
    stamp = folder / ".verified"
    if not always and sum(size for size, _ in stats.values()) > _ALWAYS_HASHED_BYTES:
        try:
            if json.loads(stamp.read_text("utf8")) == stats:
                return
        except (OSError, ValueError):
            pass
    for name, sha256 in manifest.files.items():
        try:
            found = sha256_of_file(folder / name)
        except OSError as error:
            raise damaged(folder / name, error) from error
        if found != sha256:
            raise damaged(folder / name, say("校验和不符", "checksum differs"))
    try:
        stamp.write_text(json.dumps(stats), "utf8")
    except OSError:
        return  # a read-only index is checked in full every time


def damaged(path: Path, why: object) -> IndexDamagedError:
    """The error for a file that is not what was written."""
    return IndexDamagedError(
        say(
            f"索引文件损坏 {path}：{why}；原文不受影响，运行 casekit build --full 重建",
            f"damaged index file {path}: {why}; the corpus is safe, run casekit build --full to rebuild",
        )
    )


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
