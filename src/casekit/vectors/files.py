"""Index files that know when they were damaged.

FAISS reads a file with flipped bits without a word and then returns wrong ids, so each file ends with its kind and the
SHA-256 of everything before: payload, 16 bytes of kind, 32 bytes of hash, 8 bytes of magic.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from casekit.errors import IndexDamagedError
from casekit.language import say

__all__ = ["damaged", "file_sha256", "read_kind", "read_payload", "write_payload"]

_MAGIC = b"CKVEC\x00\x01\n"
_KIND_BYTES, _HASH_BYTES = 16, 32
_TAIL = _KIND_BYTES + _HASH_BYTES + len(_MAGIC)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hex, for the manifest."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_payload(path: Path, kind: str, payload: npt.NDArray[np.uint8]) -> None:
    """Write `payload` and its tail to `path` in one step.

    Raises:
        OSError: If it cannot be written; what was at `path` stays.
    """
    tag = kind.encode("ascii").ljust(_KIND_BYTES)
    digest = hashlib.sha256(payload.data)
    digest.update(tag)
    scratch = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with scratch.open("wb") as file:
            file.write(payload.data)
            file.write(tag + digest.digest() + _MAGIC)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise


def read_kind(path: Path) -> str:
    """Which backend wrote the file at `path`.

    Raises:
        IndexDamagedError: If the file is missing, cut short or no index file.
    """
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            if file.tell() < _TAIL:
                raise damaged(path)
            file.seek(-_TAIL, os.SEEK_END)
            tail = file.read(_TAIL)
    except OSError as error:
        raise damaged(path) from error
    if not tail.endswith(_MAGIC):
        raise damaged(path)
    return tail[:_KIND_BYTES].rstrip().decode("ascii", "replace")


def read_payload(path: Path, kind: str) -> npt.NDArray[np.uint8]:
    """The payload of the file at `path`, after checking its hash; mapped, so copy what should outlive the file.

    Raises:
        IndexDamagedError: If the file is missing, cut short, changed, or of another kind.
    """
    if read_kind(path) != kind:
        raise damaged(path)
    try:
        data: npt.NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
    except OSError as error:
        raise damaged(path) from error
    end = len(data) - _TAIL
    expected = data[end + _KIND_BYTES : end + _KIND_BYTES + _HASH_BYTES].tobytes()
    if hashlib.sha256(data[: end + _KIND_BYTES].data).digest() != expected:
        raise damaged(path)
    return data[:end]


def damaged(path: Path) -> IndexDamagedError:
    """The error that says the file at `path` cannot be used."""
    return IndexDamagedError(
        say(
            f"向量索引文件 {path} 缺失或已损坏（校验和不符）。请运行 casekit build 重建。",
            f"The vector index file {path} is missing or damaged (its checksum does not match). Run casekit build.",
        )
    )
