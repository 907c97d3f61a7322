"""Finding the cues of a list in folded text, past the words in which a cue is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casekit.cues import CuePattern, Cues

__all__ = ["CueFinder", "apart_from"]


class CueFinder:
    """The cues of some sections of a list: `[en]` counts as whole words, and what `[not]` holds is passed over.

    Args:
        name: The list.
        sections: Those of its sections whose entries are cues.
        english: Whether it has a section `[en]`.
        exceptions: Whether it has a section `[not]`.
    """

    __slots__ = ("_pattern",)

    def __init__(self, name: str, *sections: str, english: bool = True, exceptions: bool = True) -> None:
        parts = [f"%{{{name}/{section}}}" for section in sections]
        if english:
            parts.append(f"(?<![a-z])%{{{name}/en}}(?![a-z])")
        passed = f"(?P<none>%{{{name}/not}})|" if exceptions else ""
        self._pattern = CuePattern(f"{passed}(?P<cue>{'|'.join(parts)})")

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every cue in text[start:end], in order."""
        found = self._pattern.finditer(text, start, len(text) if end is None else end)
        return (m for m in found if m["cue"] is not None)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first cue in text[start:end], or None."""
        return next(self.finditer(text, start, end), None)

    def last(self, text: str, start: int = 0, end: int | None = None) -> int:
        """Where the last cue in text[start:end] begins, or -1."""
        at = -1
        for m in self.finditer(text, start, end):
            at = m.start()
        return at


def apart_from(cues: Cues, name: str) -> str:
    """A regular expression for the cues of a list (`[cue]`), each where it is no part of a word of its `[not]`.

    Unlike `CueFinder` it passes over nothing, so that a larger pattern may find something else in those words.
    """
    words = cues.words(f"{name}/not")
    return "|".join(_apart(cue, words) for cue in sorted(cues.words(f"{name}/cue"), key=len, reverse=True))


def _apart(cue: str, words: Sequence[str]) -> str:
    before: list[str] = []
    after: list[str] = []
    for word in words:
        for m in re.finditer(re.escape(cue), word):
            head, tail = re.escape(word[: m.start()]), re.escape(word[m.end() :])
            if head:
                before.append(f"(?<!{head}(?={re.escape(cue)}{tail}))" if tail else f"(?<!{head})")
            elif tail:
                after.append(tail)
    ahead = f"(?!{'|'.join(after)})" if after else ""
    return f"{''.join(before)}{re.escape(cue)}{ahead}"
