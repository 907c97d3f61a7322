"""Which reader reads a file: by what the bytes are, then by the ending."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path, PurePath
from typing import Any, cast

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.apart import read_bounded, result_to_json
from casekit.readers.legacy import LEGACY_SUFFIXES, OLE, refuse_legacy, refuse_ole
from casekit.readers.model import Reader, ReadResult

__all__ = [
    "ENTRY_POINT_GROUP",
    "SUFFIXES",
    "is_page_asset",
    "read_bytes",
    "read_file",
    "read_job",
    "supported_suffixes",
    "told_suffixes",
]

ENTRY_POINT_GROUP = "casekit.readers"

_BUILT_IN: Mapping[str, str] = {
    ".txt": "plain", ".text": "plain",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".mhtml": "mhtml", ".mht": "mhtml",
    ".docx": "docx", ".docm": "docx",
    ".epub": "epub",
    ".pdf": "pdf",
    ".rss": "feed", ".atom": "feed", ".xml": "feed",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".pptx": "pptx", ".pptm": "pptx",
    ".srt": "speech", ".vtt": "speech",
    ".png": "picture", ".jpg": "picture", ".jpeg": "picture", ".webp": "picture", ".tif": "picture", ".tiff": "picture", ".bmp": "picture",
    ".csv": "csvtable", ".tsv": "csvtable",
}  # fmt: skip
SUFFIXES: frozenset[str] = frozenset(_BUILT_IN)
"""The endings that casekit itself reads, lower case with their dot; `supported_suffixes` adds those of other packages."""

_ZIPPED = frozenset({".docx", ".docm", ".epub", ".xlsx", ".xlsm", ".pptx", ".pptm"})
_PARTS = (
    (b"word/document.xml", ".docx"),
    (b"ppt/presentation.xml", ".pptx"),
    (b"xl/workbook.xml", ".xlsx"),
    (b"META-INF/container.xml", ".epub"),
)
"""A part that only one format has, and its ending: for archives whose own ending says nothing."""
_WEB_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})


@cache
def _external() -> Mapping[str, Reader]:
    found: dict[str, Reader] = {}
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        reader = cast(Reader, entry.load())
        for suffix in reader.suffixes:
            found.setdefault(suffix.lower(), reader)
    return found


def supported_suffixes() -> frozenset[str]:
    """All endings that can be read, with those of installed packages (entry-point group "casekit.readers")."""
    return SUFFIXES | frozenset(_external())


def told_suffixes() -> frozenset[str]:
    """All endings that casekit has a word on: those that can be read, and those of older formats, which are refused by name."""
    return supported_suffixes() | LEGACY_SUFFIXES


def is_page_asset(path: Path) -> bool:
    """Whether a file lies in the folder that a browser wrote beside a saved page ("page_files", "page.files").

    Such files are frames, scripts and pictures of that page, no sources of their own.
    """
    for folder in path.parents:
        for ending in ("_files", ".files", "-files", "_Dateien", "_fichiers"):
            stem = folder.name.removesuffix(ending)
            if (
                stem
                and stem != folder.name
                and any((folder.parent / f"{stem}{suffix}").is_file() for suffix in (".html", ".htm", ".xhtml"))
            ):
                return True
    return False


def _reader(suffix: str) -> Reader | None:
    module = _BUILT_IN.get(suffix)
    if module is not None:
        return cast(Reader, importlib.import_module(f"casekit.readers.{module}"))
    return _external().get(suffix)


def read_file(path: Path) -> ReadResult:
    """The text layer of a file, read by the reader for its content and ending.

    Raises:
        SourceError: If the file is missing, no file, too large, empty, damaged, encrypted, in no known format or encoding,
            or without text; one line that names the file and what to do next.
    """
    name = path.name
    suffix = path.suffix.lower()
    try:
        if path.is_dir():
            raise SourceError(say(f"{path}：是文件夹，不是文件", f"{path}: a folder, not a file"))
        size = path.stat().st_size
        reader = _reader(suffix)
        if reader is not None:
            _check_size(size, reader, name)
        elif suffix in LEGACY_SUFFIXES:
            raise refuse_legacy(suffix, name)
        elif suffix:
            raise _unknown(name, suffix)
        else:
            _check_size(size, cast(Reader, importlib.import_module("casekit.readers.plain")), name)
        with path.open("rb") as file:
            # one byte more than allowed: a file that grows meanwhile is noticed, not swallowed
            data = file.read((reader.max_bytes if reader else size) + 1)
    except FileNotFoundError:
        raise SourceError(say(f"{path}：找不到这个文件；请检查路径", f"{path}: no such file; check the path")) from None
    except PermissionError:
        raise SourceError(say(f"{path}：没有读取权限", f"{path}: no permission to read it")) from None
    except OSError as error:
        raise SourceError(
            say(f"{path}：读不出来（{error.strerror}）", f"{path}: cannot be read ({error.strerror})")
        ) from error
    return read_bytes(data, name=name)


def read_bytes(data: bytes, *, name: str) -> ReadResult:
    """The text layer of a file's bytes; `name` gives the ending and stands in messages.

    Raises:
        SourceError: As `read_file`.
    """
    if not data:
        raise SourceError(
            say(
                f"{name}：文件是空的；请检查是否保存完整",
                f"{name}: the file is empty; check whether it was saved completely",
            )
        )
    suffix = _true_suffix(data, PurePath(name).suffix.lower(), name)
    reader = _reader(suffix)
    if reader is None:
        raise _unknown(name, suffix)
    _check_size(len(data), reader, name)
    result = read_bounded(reader, data, suffix=suffix, name=name)
    return replace(result, receipt=replace(result.receipt, encoding=result.encoding))


def read_job(options: Mapping[str, Any], data: bytes) -> tuple[Any, bytes]:
    """What the worker does for `read_bytes`: `options` are the ending ("suffix") and the name."""
    reader = _reader(options["suffix"])
    assert reader is not None  # who asks has one
    return result_to_json(reader.read(data, name=options["name"]))


def _true_suffix(data: bytes, suffix: str, name: str) -> str:
    """The ending that the content deserves, where it is plain to see; else the file's own."""
    if suffix in _external() and suffix not in _BUILT_IN:
        return suffix
    if data.startswith(OLE):
        raise refuse_ole(data, name)
    if suffix in LEGACY_SUFFIXES:
        raise refuse_legacy(suffix, name)
    if data.startswith(b"{\\rtf"):
        raise SourceError(
            say(
                f"{name}：是 RTF 文件；请在 Word 里另存为 .docx 再添加",
                f"{name}: an RTF file; save it as .docx in Word and add that",
            )
        )
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return suffix if suffix in _ZIPPED else _zip_kind(data, suffix)
    lowered = head[:512].lower()
    if suffix in ("", ".txt", ".text") and (lowered.startswith((b"<!doctype html", b"<html"))):
        return ".html"
    if suffix == "":
        return ".txt"
    return suffix


def _zip_kind(data: bytes, suffix: str) -> str:
    names = data[:4096] + data[-65536:]  # the archive's table of contents stands at its end
    for part, kind in _PARTS:
        if part in names:
            return kind
    return suffix if suffix not in (".txt", ".text", "", ".md", ".html", ".htm") else ".zip"


def _check_size(size: int, reader: Reader, name: str) -> None:
    if size > reader.max_bytes:
        found, limit = f"{size / 2**20:.0f} MB", f"{reader.max_bytes / 2**20:.0f} MB"
        raise SourceError(
            say(
                f"{name}：文件太大（{found}，这种格式上限 {limit}），没有收录；请拆成几个文件再添加",
                f"{name}: too large ({found}, the limit for this format is {limit}), not added; split the file and add the parts",
            )
        )


def _unknown(name: str, suffix: str) -> SourceError:
    known = " ".join(sorted(supported_suffixes()))
    return SourceError(
        say(
            f"{name}：不认识的格式（{suffix or '无扩展名'}）；可读的有 {known}",
            f"{name}: unknown format ({suffix or 'no ending'}); casekit reads {known}",
        )
    )
