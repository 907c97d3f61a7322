"""A clause in one wording: words that say exactly the same come back as one, and those that say nothing are left out.

Unlike words that merely mean nearly the same (`senses.widened`), equal words confirm a figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from casekit.cues import CuePattern, Cues, current_cues, from_cues

__all__ = ["plain_lead", "plain_words"]

_EMPTY: Final = CuePattern("%{equal-words/empty}")


def _read(cues: Cues, section: str, end: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    words = {word: other for word, other in cues.rows(f"equal-words/{section}") if word != other}
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(map(re.escape, longest)) + ")" + end), words


_same: Final = from_cues(lambda cues: _read(cues, "same", ""))
_at_figure: Final = from_cues(lambda cues: _read(cues, "at-figure", r"\s*$"))


def plain_words(text: str) -> str:
    """A folded text in one wording."""
    return _plain(text, current_cues())


def plain_lead(text: str) -> str:
    """The same of the words right before a figure, where a verb of one letter stands for the whole one (花300万元)."""
    pattern, words = _at_figure()
    return plain_words(pattern.sub(lambda m: words[m[0].strip()], text))


@lru_cache(maxsize=16384)
def _plain(text: str, cues: Cues) -> str:
    del cues  # other cues have other words
    pattern, words = _same()
    return _EMPTY.sub(" ", pattern.sub(lambda m: words[m[0]], text))
