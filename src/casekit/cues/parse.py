"""One file of cues: entries with their section, their values and the line where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casekit.cues.form import cue_form
from casekit.errors import CasekitError
from casekit.language import say

__all__ = ["ANY_SECTION", "CuesError", "Entry", "fail", "folder_files", "parse_cues"]

_SECTION = re.compile(r"\[([^\W_][\w '.-]*)\]\Z")
ANY_SECTION = "[*]"
"""A line that says that a workspace may put entries into sections of its own."""
_COMMENT = re.compile(r"\A\s*#.*|\s+#(?:\s.*)?\Z")


class CuesError(CasekitError, ValueError):
    """A list of cues that breaks the format, or that does not exist."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its text in cue form (escapes and gaps as written), what stands behind tabs, and where."""

    text: str
    section: str
    values: tuple[str, ...]
    where: str
    removes: bool = False


def fail(where: str, zh: str, en: str) -> CuesError:
    """The error about the entry at `where`."""
    return CuesError(say(f"线索词 {where}：{zh}", f"Cues {where}: {en}"))


def _lines(raw: bytes, name: str) -> list[str]:
    """The lines of a file.

    Args:
        raw: Its bytes.
        name: What messages call the file.

    Raises:
        CuesError: If it is no UTF-8; the message names the line.
    """
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise fail(_where(name, line), "不是 UTF-8 文本，请另存为 UTF-8", "no UTF-8; save the file as UTF-8") from error


def _where(name: str, line: int) -> str:
    return say(f"{name} 第 {line} 行", f"{name} line {line}")


def parse_cues(raw: bytes, name: str, *, own: bool = False) -> Iterator[Entry]:
    """The entries of a file in their order.

    Args:
        raw: Its bytes.
        name: What messages call the file.
        own: Whether it is a workspace's, which may take entries away (`-entry`).

    Raises:
        CuesError: On the first line that breaks the format; the message names the line.
    """
    section = ""
    for number, written in enumerate(_lines(raw, name), 1):
        line = _COMMENT.sub("", written).strip(" \u3000\r")
        if not line.strip():
            continue
        where = _where(name, number)
        if headed := _SECTION.match(line.strip()):
            section = headed[1]
            continue
        text, *values = (cell.strip() for cell in line.split("\t"))
        removes = text.startswith("-")
        if removes and not own:
            raise fail(
                where, f"“{text}”以 - 开头；要 - 本身请写 \\-", f"{text!r} starts with -; write \\- for the sign"
            )
        text = text[removes:].strip()
        if not text:
            raise fail(where, "条目是空的", "an empty entry")
        yield Entry(cue_form(text), section, tuple(values), where, removes)


def folder_files(folder: Path) -> dict[str, bytes]:
    """The lists of a folder by name, sorted; empty where there is no folder.

    Raises:
        CuesError: If a file cannot be read.
    """
    found = {}
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
        try:
            found[path.stem] = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise fail(path.name, f"无法读取：{reason}", f"unreadable: {reason}") from error
    return found
