"""Which script and language a text is written in, from the characters that only one script has."""

from __future__ import annotations

from functools import cache

from casekit.types import Script

__all__ = ["language_of", "script_of"]

# Converted pages keep a few characters of the other script (merged pairs, names, quotations); a tenth is no mixture.
MIXED_MIN_SHARE = 0.1
# Below this share of Han characters among letters, a text is English with Chinese names in it.
HAN_MIN_SHARE = 0.15
SAMPLE_CHARS = 200_000


@cache
def _only(codec: str, other: str) -> frozenset[str]:
    """The Han characters that one national character set has and the other lacks."""

    def holds(char: str, name: str) -> bool:
        try:
            char.encode(name)
        except UnicodeEncodeError:
            return False
        return True

    return frozenset(
        c for c in map(chr, range(0x4E00, 0xA000)) if holds(c, codec) and not holds(c, other)
    )


def script_of(text: str) -> Script | None:
    """The script of a text: "zh-Hans", "zh-Hant", "mixed" or "en"; None where it has no letters.

    A character counts as simplified if GB 2312 has it and Big5 lacks it, as traditional the other way round; what both
    have (后, 里, 台) says nothing. Text without any such character counts as simplified.
    """
    sample = text[:SAMPLE_CHARS]
    han = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    latin = sum(c.isascii() and c.isalpha() for c in sample)
    if not han and not latin:
        return None
    # Five letters make a word about as long as one character of Chinese.
    if han < HAN_MIN_SHARE * (han + latin / 5):
        return "en"
    hans, hant = _only("gb2312", "big5"), _only("big5", "gb2312")
    simplified = sum(c in hans for c in sample)
    traditional = sum(c in hant for c in sample)
    if not traditional:
        return "zh-Hans"
    share = traditional / (simplified + traditional)
    if share >= 1 - MIXED_MIN_SHARE:
        return "zh-Hant"
    return "zh-Hans" if share <= MIXED_MIN_SHARE else "mixed"


def language_of(script: Script | None) -> str | None:
    """The language that a script implies: "zh" or "en"."""
    return None if script is None else "en" if script == "en" else "zh"
