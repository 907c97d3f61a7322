"""Finding the cues of a list in folded text, past the words in which a cue is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casekit.cues import CuePattern, Cues, from_cues

__all__ = ["AnyCue", "CueFinder", "apart_from"]


class CueFinder:
    """The cues of some sections of a list: `[en]` counts as whole words, and what `[not]` holds is passed over.

    Args:
        name: The list.
        sections: Those of its sections whose entries are cues.
        english: Whether it has a section `[en]`.
        exceptions: Whether it has a section `[not]`.
    """

    __slots__ = ("_made", "_none", "_parts", "cue")

    def __init__(self, name: str, *sections: str, english: bool = True, exceptions: bool = True) -> None:
        parts = [f"%{{{name}/{section}}}" for section in sections]
        self._parts = [f"{name}/{section}" for section in sections]
        if english:
            parts.append(f"(?<![a-z])%{{{name}/en}}(?![a-z])")
            self._parts.append(f"{name}/en")
        self._none = f"(?P<none>%{{{name}/not}})|" if exceptions else ""
        if exceptions:
            self._parts.append(f"{name}/not")
        self.cue = "|".join(parts)
        self._made = from_cues(self._make)

    def _make(self, cues: Cues) -> re.Pattern[str]:
        # Most places begin no cue: looking at one character first makes the search some five times faster.
        heads = self.heads(cues)
        at = "" if "" in heads or not heads else f"(?=[{''.join(map(re.escape, sorted(heads)))}])"
        return CuePattern(f"{at}(?:{self._none}(?P<cue>{self.cue}))").compiled()

    def heads(self, cues: Cues) -> set[str]:
        """The characters that its cues begin with; "" among them where one may begin with any."""
        return {head for part in self._parts for entry in cues.entries(part) for head in _heads(entry.text)}

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every cue in text[start:end], in order."""
        found = self._made().finditer(text, start, len(text) if end is None else end)
        return (m for m in found if m["cue"] is not None)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first cue in text[start:end], or None."""
        return next(self.finditer(text, start, end), None)


class AnyCue:
    """Whether any cue of several finders stands somewhere: one look instead of many."""

    __slots__ = ("_made",)

    def __init__(self, *finders: CueFinder) -> None:
        def make(cues: Cues) -> re.Pattern[str]:
            heads = set().union(*(f.heads(cues) for f in finders))
            at = "" if "" in heads else f"(?=[{''.join(map(re.escape, sorted(heads)))}])"
            return CuePattern(f"{at}(?:{'|'.join(f.cue for f in finders)})").compiled()

        self._made = from_cues(make)

    def search(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] holds a cue, or what looks like one."""
        return self._made().search(text, start, end) is not None


def _heads(entry: str) -> set[str]:
    """The characters that an entry of a list may begin with; "" where that can be any."""
    if entry.startswith("[!"):
        return _heads(entry[entry.index("]") + 1 :])  # what may not stand before
    if entry[:1] in ("[", " ") or entry.startswith("{@"):
        return {""}
    if entry[:1] == "\\":
        return {entry[1:2]}
    if entry[:1] != "{":
        return {entry[:1]}
    close = entry.find("}")
    heads: set[str] = set()
    for option in entry[1:close].split("|"):
        heads |= _heads(option) if option else _heads(entry[close + 1 :])
    return heads if "{" not in entry[1:close] else {""}


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
