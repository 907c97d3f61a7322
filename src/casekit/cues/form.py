"""The spelling in which cues are kept and looked up."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["cue_form"]


@cache
def _folding() -> dict[int, str]:
    """Character-level folding that keeps lengths: simplified, half-width, lower case."""
    keys, values = (files("casekit") / "data" / "fold" / "characters.txt").read_text("utf-8").split("\n")[:2]
    forms = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    forms |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    forms |= dict.fromkeys((0x3000, 0xA0), " ")
    forms |= dict.fromkeys((0xFF5C, 0xFE31, 0xFFE8, 0x2223, 0x4E28, 0x2502, 0x2503, 0xA6), "|")
    forms |= dict.fromkeys((0xFE30, 0x2236), ":")
    forms |= dict.fromkeys((0x2571, 0x2215, 0x2044), "/")
    return {ord(key): value for key, value in zip(keys, values, strict=True)} | forms


def cue_form(text: str) -> str:
    """The text for looking up cue words: simplified, half-width, lower case; same length, position by position."""
    return text.translate(_folding())
