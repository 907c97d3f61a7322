"""Names by how they sound: the syllables of Mandarin without tones, as pinyin spells them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from casekit.fold import fold_text

__all__ = ["LEAST", "LONGEST", "Sounds", "syllables"]

LEAST: Final = 2
LONGEST: Final = 6
"""Characters of a name in Chinese."""


class Sounds:
    """Known names by their sound: syllables without tones."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_syllables: dict[tuple[str, ...], list[str]] = {}
        self.by_letters: dict[str, list[str]] = {}
        self.names = {fold_text(name): name for name in names}
        for form, name in self.names.items():
            if not LEAST <= len(form) <= LONGEST or any(ord(c) < 0x3400 for c in form):
                continue
            sound = syllables(form)
            self.by_syllables.setdefault(sound, []).append(name)
            self.by_letters.setdefault("".join(sound), []).append(name)


@cache
def _readings() -> Mapping[str, str]:
    """Character (its number, in digits) → its readings, as pypinyin lists them; empty where its list is not to be had.

    Read without pypinyin itself, which reads its phrases and learns words from them first: a second, for a list of characters.
    """
    found = find_spec("pypinyin")
    if found is None or found.origin is None:
        return {}
    try:
        readings: dict[str, str] = json.loads((Path(found.origin).parent / "pinyin_dict.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return readings


@cache
def _of_character(character: str) -> str:
    """The first reading of a character, without its tone; ü is v."""
    readings = _readings()
    if readings:
        listed = readings.get(str(ord(character)))
        if listed is None:
            return character
        marked = unicodedata.normalize("NFD", listed.partition(",")[0]).replace("u\u0308", "v")
        return "".join(c for c in marked if not unicodedata.combining(c))
    from pypinyin import lazy_pinyin

    found: Sequence[str] = lazy_pinyin(character)
    return found[0] if found else character


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of Chinese characters, without tones."""
    return tuple(map(_of_character, text))
