"""Patterns and sets of words that follow the cues in force, so that a rule is written once for every workspace.

    _HEARSAY = CuePattern(r"(?<!不)%{hearsay}(?:,|:)?")
    _GENERIC = CueWords("generic")

Both are written at the top of a module like a compiled pattern and a set, read their lists when first used, and follow
`in_force`: in a `with in_force(cues)` they mean that workspace's lists, elsewhere the package's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from casekit.cues.load import PACKAGE_CUES, Cues

__all__ = ["CueLetters", "CuePattern", "CueWords", "current_cues", "from_cues", "in_force"]

T = TypeVar("T")
_PART = re.compile(r"%\{([a-z0-9-]+(?:/[^{}%]+)?)\}")
_CURRENT: ContextVar[Cues] = ContextVar("cues", default=PACKAGE_CUES)


def current_cues() -> Cues:
    """The cues in force here: the package's, or those that `in_force` has set."""
    return _CURRENT.get()


@contextmanager
def in_force(cues: Cues | None) -> Iterator[None]:
    """Within the block these cues are in force (in this thread); None changes nothing."""
    if cues is None:
        yield
        return
    token = _CURRENT.set(cues)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def from_cues(make: Callable[[Cues], T]) -> Callable[[], T]:
    """A function of the cues as one without arguments: what it makes of the cues in force, made once for each."""

    def made() -> T:
        cues = _CURRENT.get()
        return cues.made(make, lambda: make(cues))

    return made


class CuePattern:
    """A regular expression with lists as named parts: `%{hearsay}` stands for any entry of that list."""

    __slots__ = ("_last", "flags", "source")

    def __init__(self, source: str, flags: int | re.RegexFlag = 0) -> None:
        self.source, self.flags = source, flags
        self._last: tuple[Cues | None, re.Pattern[str] | None] = (None, None)

    def lists(self) -> tuple[str, ...]:
        """The addresses of the lists that are part of it."""
        return tuple(_PART.findall(self.source))

    def compiled(self) -> re.Pattern[str]:
        """The pattern for the cues in force; bind it to a name before a loop that runs millions of times."""
        cues = _CURRENT.get()
        known, pattern = self._last
        if known is cues and pattern is not None:
            return pattern
        pattern = cues.made((self.source, int(self.flags)), lambda: self._compile(cues))
        self._last = (cues, pattern)
        return pattern

    def _compile(self, cues: Cues) -> re.Pattern[str]:
        return re.compile(_PART.sub(lambda part: cues.pattern(part[1]), self.source), self.flags)

    def search(self, text: str, *place: int) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.compiled().search(text, *place)

    def match(self, text: str, *place: int) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.compiled().match(text, *place)

    def fullmatch(self, text: str, *place: int) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.compiled().fullmatch(text, *place)

    def finditer(self, text: str, *place: int) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`; the cues are those in force at the call."""
        return self.compiled().finditer(text, *place)

    def findall(self, text: str, *place: int) -> list[str]:
        """As `re.Pattern.findall` of a pattern with one group at most."""
        return self.compiled().findall(text, *place)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As `re.Pattern.sub`."""
        return self.compiled().sub(new, text, count)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """As `re.Pattern.split`."""
        return self.compiled().split(text, maxsplit)


class CueWords:
    """The plain words of one list or more, as a set that follows the cues in force."""

    __slots__ = ("_last", "addresses")

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self._last: tuple[Cues | None, frozenset[str]] = (None, frozenset())

    def now(self) -> frozenset[str]:
        """The words for the cues in force."""
        cues = _CURRENT.get()
        known, words = self._last
        if known is cues:
            return words
        words = self._read(cues)
        self._last = (cues, words)
        return words

    def _read(self, cues: Cues) -> frozenset[str]:
        return frozenset(word for address in self.addresses for word in cues.words(address))

    def __contains__(self, word: object) -> bool:
        return word in self.now()

    def __iter__(self) -> Iterator[str]:
        """The words in the order of their lists, each once."""
        cues = _CURRENT.get()
        return iter(dict.fromkeys(word for address in self.addresses for word in cues.words(address)))

    def __len__(self) -> int:
        return len(self.now())


class CueLetters(CueWords):
    """The characters of one list or more, whose lines may hold many, as a set that follows the cues in force."""

    __slots__ = ()

    def _read(self, cues: Cues) -> frozenset[str]:
        return frozenset().union(*(cues.letters(address) for address in self.addresses))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.now()))
