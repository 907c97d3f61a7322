"""What a generation of the index was made of, and whether its files are still what they were."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
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
    "stamp_files",
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
    `following` passages are found by their words alone: the build that goes on makes their vectors.
    """

    generation: str
    model: dict[str, Any] | None
    layers: dict[str, dict[str, str]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    sources: int = 0
    passages: int = 0
    files: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT
    following: int = 0


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


_STAMP = ".verified"


def check_files(folder: Path, manifest: Manifest, *, always: bool = False) -> None:
    """Compare the files with their checksums; of large indexes only those that do not look untouched since the last time.

    Args:
        folder: The generation's folder.
        manifest: Its manifest.
        always: Compare every file, whatever it looks like.

    Raises:
        IndexDamagedError: If one is gone or differs.
    """
    stats = {}
    for name in manifest.files:
        try:
            stats[name] = _look(folder / name)
        except OSError as error:
            raise damaged(folder / name, error) from error
    large = sum(size for size, _ in stats.values()) > _ALWAYS_HASHED_BYTES
    known = _stamped(folder) if large and not always else {}
    for name, sha256 in manifest.files.items():
        if known.get(name) == stats[name]:
            continue
        try:
            found = sha256_of_file(folder / name)
        except OSError as error:
            raise damaged(folder / name, error) from error
        if found != sha256:
            raise damaged(folder / name, say("校验和不符", "checksum differs"))
    if known != stats:
        _stamp(folder, stats)


def stamp_files(folder: Path, files: Mapping[str, str], taken_over: Mapping[str, Path]) -> None:
    """Note what the files of a new generation look like, whose checksums have just been made.

    Args:
        folder: Its folder.
        files: The checksum of each.
        taken_over: Where files come from that are those of an older generation: they count as they were stamped there.
    """
    before: dict[Path, dict[str, list[int]]] = {}
    stats = {}
    for name in files:
        stats[name] = _look(folder / name)
        source = taken_over.get(name)
        if source is not None and source.exists() and source.samefile(folder / name):
            home = source.parents[name.count("/")]
            if before.setdefault(home, _stamped(home)).get(source.relative_to(home).as_posix()) != stats[name]:
                del stats[name]
    _stamp(folder, stats)


def _look(path: Path) -> list[int]:
    """What tells that a file was changed: its size and the time of its last change, in ns."""
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def _stamped(folder: Path) -> dict[str, list[int]]:
    try:
        found = json.loads((folder / _STAMP).read_text("utf8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _stamp(folder: Path, stats: Mapping[str, list[int]]) -> None:
    try:
        (folder / _STAMP).write_text(json.dumps(stats), "utf8")
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
