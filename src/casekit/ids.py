"""What can be the id of a source: one grammar, which everything that writes or reads an address relies on.

An id is made of letters (of any script), digits and `_ - . + & ·`; it begins with a letter, a digit or `_` and ends with
one of these or `+`; it has at most 150 characters. So it is a file name on every system, never an option on a command line,
and ends by itself where it stands in running text, in brackets, in Markdown code or in a citation as Pandoc writes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from casekit.errors import SettingError
from casekit.language import say

__all__ = ["ID_CHARS", "ID_PATTERN", "check_id", "free_id", "is_id", "readable_id"]

ID_CHARS: Final = 150
ID_PATTERN: Final = r"\w(?:[\w.+&·-]{0,148}[\w+])?"
_ID: Final = re.compile(ID_PATTERN)
_OTHERS: Final = re.compile(r"-*(?:[^\w.+&·-]+-*)+")
_HEAD: Final = re.compile(r"^[.+&·-]+")
_TAIL: Final = re.compile(r"[.&·-]+$")


def is_id(text: str) -> bool:
    """Whether `text` can be the id of a source."""
    return _ID.fullmatch(text) is not None


def check_id(text: str) -> str:
    """`text` if it can be the id of a source.

    Raises:
        SettingError: If it cannot; the message proposes the nearest that can.
    """
    if is_id(text):
        return text
    shown = text if len(text) <= ID_CHARS else f"{text[:60]}…"
    near = readable_id(text)
    raise SettingError(
        say(
            f"{shown!r} 不能作编号：只用文字、数字和 _ - . + & ·，以文字或数字开头和结尾，至多 {ID_CHARS} 字；"
            + (f"可用 --id {near}" if near else "请用 --id 另取编号"),
            f"{shown!r} cannot be an id: letters, digits and _ - . + & ·, a letter or digit first and last, {ID_CHARS} "
            + (f"characters at most; try --id {near}" if near else "characters at most; choose one with --id"),
        )
    )


def readable_id(name: str) -> str:
    """The id that a name of any kind gives: "" where nothing of it can stand in one.

    What can stand in an id stays (composed, NFC); every run of other characters (blanks, brackets, punctuation, characters
    that cannot be seen) becomes one `-`; what cannot begin or end an id is left out; so is what goes beyond its length. An
    id gives itself.

    Example:
        >>> readable_id("《零售 一》(上)")
        '零售-一-上'
        >>> readable_id("000_7c82a782")
        '000_7c82a782'
    """
    if is_id(name):
        return name
    plain = _OTHERS.sub("-", unicodedata.normalize("NFC", name))
    return _TAIL.sub("", _HEAD.sub("", plain)[:ID_CHARS])


def free_id(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """`wanted`, or where that is taken the first free of `wanted-2`, `wanted-3` …"""
    number, name = 1, wanted
    while is_taken(name):
        number += 1
        tail = f"-{number}"
        name = wanted[: ID_CHARS - len(tail)] + tail
    return name
