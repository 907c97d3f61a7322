"""What gives an answer away: words that an item shares with its right option alone, and hints that equal the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casekit.cues import cue_form

__all__ = ["shared_words", "tells_answer"]

_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9.%-]{2,}")
_EVIDENCE: Final = re.compile(r"\bE\d+\b")


def _words(text: str) -> frozenset[str]:
    """Pairs of Han characters, and words of other letters."""
    folded = cue_form(text)
    pairs = {run[i : i + 2] for run in _HAN.findall(folded) for i in range(len(run) - 1)}
    return frozenset(pairs | set(_WORD.findall(folded)))


def shared_words(item: str, right: str, options: Sequence[str]) -> frozenset[str]:
    """The words of an item that stand in its right option and in no other: who sees them need not think."""
    others = frozenset().union(*(_words(one) for one in options if one != right))
    return (_words(item) & _words(right)) - others


def tells_answer(hint: str, answer: str, option: str) -> bool:
    """Whether a hint says the answer itself: its letter, its number, or the option's words."""
    bare = _EVIDENCE.sub(" ", hint)
    if re.search(rf"(?<![0-9A-Za-z.]){re.escape(answer)}(?![0-9A-Za-z.])", bare):
        return True
    told = cue_form(option).strip()
    return len(told) >= 2 and told in cue_form(bare)
