"""Whether a sentence is an English one: other grammar then says who does what."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_english"]

_HAN: Final = re.compile("[\u3400-\u9fff]")
_LETTER: Final = re.compile("[a-z]")
_MANY: Final = 8  # Latin letters for each Han character from which a sentence is English


def is_english(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] (folded, with names as they are written) is an English sentence.

    Examples:
        >>> is_english("pinecrest hotels uses 企业微信.", 0, 27)
        False
        >>> is_english("pinecrest hotels answers guests through wechat.", 0, 46)
        True
    """
    han = len(_HAN.findall(text, start, end))
    return len(_LETTER.findall(text, start, end)) > _MANY * max(han, 1)
