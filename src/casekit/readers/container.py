"""Zip containers (.docx, .epub): bounded, checked, and with one clear line when they are damaged."""

from __future__ import annotations

import io
import zipfile
import zlib
from lzma import LZMAError
from typing import TYPE_CHECKING, Any

from casekit.errors import SourceError
from casekit.language import say

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["BROKEN_ZIP", "MAX_PART_BYTES", "open_zip", "parse_xml", "read_part"]

BROKEN_ZIP = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, LZMAError, EOFError),
    *(NotImplementedError, RuntimeError),  # a way of packing that is not known, a password
)
"""What the archive's own library raises where a part is damaged; bzip2 and the disk raise OSError."""

MAX_PART_BYTES = 48 * 2**20
"""Longest part that is unpacked: far above any real text, far below what a zip bomb wants. Trees take ten times the size."""

MAX_PARTS = 20_000
"""A book of pictures has some thousand parts."""
MAX_UNPACKED_BYTES = 768 * 2**20
"""What all parts may hold together; only those with text are unpacked, one at a time."""
MAX_RATIO = 400
"""… and how many times the file's own size. Real sheets of like rows stay under 60, an archive of zeros has 1,030."""
_RATIO_FROM_BYTES = 16 * 2**20
"""Below this a ratio says nothing: it is unpacked in a blink."""


def open_zip(data: bytes, *, name: str) -> zipfile.ZipFile:
    """The archive.

    Raises:
        SourceError: If it is no zip, truncated, encrypted, or would unpack to far more than any text needs.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise _damaged(name) from None
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise SourceError(
            say(
                f"{name}：文件加了密码；请去掉密码再添加",
                f"{name}: protected by a password; remove it and add the file again",
            )
        )
    _check_bounds(archive, len(data), name)
    return archive


def _check_bounds(archive: zipfile.ZipFile, size: int, name: str) -> None:
    """Nothing, unless the table of contents promises more than a file of this size can honestly hold."""
    parts = archive.infolist()
    total = sum(entry.file_size for entry in parts)
    if len(parts) <= MAX_PARTS and total <= MAX_UNPACKED_BYTES and total <= max(_RATIO_FROM_BYTES, MAX_RATIO * size):
        return
    raise SourceError(
        say(
            f"{name}：压缩包不正常（{len(parts)} 个部件，解开有 {total / 2**20:.0f} MB，文件本身 {size / 2**20:.1f} MB），"
            "可能是压缩炸弹，没有收录；请在原来的软件里另存一次",
            f"{name}: no ordinary archive ({len(parts)} parts, {total / 2**20:.0f} MB unpacked out of {size / 2**20:.1f} MB), "
            "perhaps a zip bomb, not added; save the file again in its own program",
        )
    )


def read_part(archive: zipfile.ZipFile, path: str, *, name: str) -> bytes | None:
    """One part's bytes, None if the archive has no such part.

    Raises:
        SourceError: If the part is damaged or too large.
    """
    try:
        entry = archive.getinfo(path)
    except KeyError:
        return None
    if entry.file_size > MAX_PART_BYTES:
        raise SourceError(
            say(
                f"{name}：里面的 {path} 太大（{entry.file_size / 2**20:.0f} MB），没有收录；请拆成几个文件",
                f"{name}: {path} inside is too large ({entry.file_size / 2**20:.0f} MB), not added; split the file",
            )
        )
    try:
        with archive.open(entry) as part:
            found = part.read(MAX_PART_BYTES + 1)
    except (*BROKEN_ZIP, OSError, ValueError):
        raise _damaged(name) from None
    if len(found) > MAX_PART_BYTES:
        raise _damaged(name)
    return found


def parse_xml(data: bytes, *, name: str, recover: bool = False) -> _Element:
    """The root of an XML part; no entities, no network.

    Raises:
        SourceError: If it is not well-formed (unless `recover`).
    """
    from lxml import etree

    options: dict[str, Any] = {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "recover": recover,
        "huge_tree": True,
    }
    try:
        root = etree.fromstring(data, etree.XMLParser(**options))
    except (etree.XMLSyntaxError, ValueError):
        raise _damaged(name) from None
    if root is None:
        raise _damaged(name)
    return root


def _damaged(name: str) -> SourceError:
    return SourceError(
        say(
            f"{name}：文件损坏或没有传完，打不开；请重新下载，或在原来的软件里另存一次",
            f"{name}: damaged or truncated, it cannot be opened; download it again, or save it again in its own program",
        )
    )
