"""Which of a claim's words a source's sentence has: character by character, so that no dictionary decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from casekit.check.names import Said
from casekit.check.spelling import short_key
from casekit.cues import CueLetters, CuePattern

__all__ = ["HELD", "Claim", "Cover", "claim_of"]

_IDLE: Final = CueLetters("measure-noise/idle")
# Words that hold the claim together; what they say of its manner is compared by itself (`manner`, qualifiers, stance).
HELD: Final = CuePattern(
    "(?:%{measure-noise/light}|%{directions/up}|%{directions/down}|%{directions/opening}"
    "|%{directions/closing}|(?:据)?%{estimates/cue}|%{hearsay/cue}|%{plans/cue}|%{expectations/cue}|%{expectations/near}"
    "|%{conditions/cue}|%{possibility/may}|%{possibility/when}|%{done/cue}|%{negation/cue}|%{possibility/denied}|%{qualifiers}|%{periods/relative}"
    r"|%{periods/now}|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月|年[初中底末]|[上下]半年|第[一二三四]季度?)",
    re.IGNORECASE,
)
"""Words that hold a claim together or say how it is told."""
_LOOSE: Final = CueLetters("measure-noise/loose")
_SPLIT: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Cover:
    """`share` of a claim's letters that a sentence has, in [0, 1]; `missing` are the words that it has not."""

    share: float
    missing: tuple[str, ...]
    letters: int
    """How many letters the claim has that tell something."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a figure of a draft is said of, without names and without the words that only hold it together."""

    pieces: tuple[str, ...]

    @property
    def letters(self) -> int:
        """How many letters tell something."""
        return sum(map(len, self.pieces))

    def cover(self, sentence: str, *, aside: Iterable[str] = ()) -> Cover:
        """How much of it the letters of a sentence have.

        Args:
            sentence: The letters (`short_key`) of a sentence or clause.
            aside: Words that need not stand there: who it is of.
        """
        have = total = 0
        idle = _IDLE.now()
        bare = "".join(c for c in sentence if c not in idle or c.isascii())  # as the claim is told: 合[并]营收
        missing: list[str] = []
        for whole in self.pieces:
            for piece in _without(whole, aside):
                covered = [a or b for a, b in zip(_covered(piece, sentence), _covered(piece, bare), strict=True)]
                total += len(piece)
                have += sum(covered)
                missing += [run for run in _runs(piece, covered) if not _LOOSE.now().issuperset(run)]
        return Cover(have / total if total else 1.0, tuple(missing), total)


def _without(piece: str, aside: Iterable[str]) -> Sequence[str]:
    for name in aside:
        if len(name) > 1 and name in piece:
            piece = piece.replace(name, " ")
    return piece.split()


def _covered(piece: str, sentence: str) -> list[bool]:
    """For each letter whether it stands in the sentence beside one of its neighbours, or alone between such."""
    size = len(piece)
    covered = [False] * size
    for i in range(size - 1):
        if piece[i : i + 2] in sentence:
            covered[i] = covered[i + 1] = True
    for i in range(size):
        alone = (
            not covered[i]
            and (i == 0 or covered[i - 1] or size <= 2)
            and (i + 1 == size or covered[i + 1] or size <= 2)
        )
        if alone and piece[i] in sentence:
            covered[i] = True
    return covered


def _runs(piece: str, covered: Sequence[bool]) -> list[str]:
    out, run = [], ""
    for letter, known in zip((*piece, ""), (*covered, True), strict=True):
        if known and run:
            out.append(run)
            run = ""
        elif not known:
            run += letter
    return out


def claim_of(texts: Sequence[str], names: Sequence[Said]) -> Claim:
    """The claim of a figure's clause.

    Args:
        texts: The clause up to the figure, and behind it, folded.
        names: The names whose figure it may be; their strings are left out.
    """
    keys = sorted({name.key for name in names}, key=len, reverse=True)
    idle = _IDLE.now()
    pieces: list[str] = []
    for text in texts:
        for piece in _SPLIT.split(text):
            key = short_key(piece)
            for name in keys:
                key = key.replace(name, " ")
            key = HELD.sub(" ", key)
            pieces += ["".join(c for c in one if c not in idle or c.isascii()) for one in key.split()]
    return Claim(tuple(piece for piece in (re.sub(r"\d+", "", p) for p in pieces) if piece))
