"""Files of older office programs: told by their ending or their content, and refused with the way out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from casekit.errors import SourceError
from casekit.language import say

__all__ = ["LEGACY_SUFFIXES", "OLE", "refuse_legacy", "refuse_ole"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the older office programs begin, and files of the newer ones that have a password."""

_PROGRAMS: Mapping[str, tuple[str, str, str]] = {
    ".doc": (".doc", "Word 或 WPS 文字", ".docx"), ".dot": (".dot", "Word", ".docx"), ".wps": (".wps", "WPS 文字", ".docx"),
    ".ppt": (".ppt", "PowerPoint 或 WPS 演示", ".pptx"), ".pps": (".pps", "PowerPoint", ".pptx"), ".dps": (".dps", "WPS 演示", ".pptx"),
    ".xls": (".xls", "Excel 或 WPS 表格", ".xlsx"), ".et": (".et", "WPS 表格", ".xlsx"),
}  # fmt: skip
"""Ending to what it is called, the program that opens it, and the ending to save it with."""
LEGACY_SUFFIXES = frozenset(_PROGRAMS)

_STREAMS = (("WordDocument", ".doc"), ("PowerPoint Document", ".ppt"), ("Workbook", ".xls"), ("Book", ".xls"))


def refuse_legacy(suffix: str, name: str) -> SourceError:
    """The error for a file with one of `LEGACY_SUFFIXES`."""
    kind, program, wanted = _PROGRAMS[suffix]
    return SourceError(
        say(
            f"{name}：是旧的 {kind} 格式，没有收录；请在 {program} 里打开，另存为 {wanted} 再添加",
            f"{name}: the old {kind} format, not added; open it in its program, save it as {wanted}, and add that",
        )
    )


def refuse_ole(data: bytes, name: str) -> SourceError:
    """The error for a file that begins with `OLE`: an older format, or a newer one with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return SourceError(
            say(
                f"{name}：是加了密码的 Office 文件；请去掉密码、另存一次再添加",
                f"{name}: a password-protected Office file; remove the password, save it, and add it again",
            )
        )
    for stream, suffix in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return refuse_legacy(suffix, name)
    suffix = PurePath(name).suffix.lower()
    if suffix in _PROGRAMS:
        return refuse_legacy(suffix, name)
    return SourceError(
        say(
            f"{name}：是加了密码的 Office 文件，或旧的 .doc 格式；请在 Word 里去掉密码、另存为 .docx 再添加",
            f"{name}: a password-protected Office file, or the old .doc format; remove the password, save as .docx, and add it again",
        )
    )
