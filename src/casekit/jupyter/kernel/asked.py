"""What a verb of `%casekit` is: its words, its options, and what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from casekit.errors import CasekitError
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["Asked", "Option", "Takes", "UsageError", "Verb"]

Takes = Literal["entity", "source", "case", "framework", "style", "choice", "number", "text", "date", "file", "nothing"]
"""What an option or a word is; completion offers what there is of it."""


class UsageError(CasekitError, ValueError):
    """A magic that cannot be understood, told in one line."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its flag, what it takes, and its meaning in two languages."""

    flag: str
    takes: Takes
    zh: str
    en: str
    many: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Under which its value is found."""
        return self.flag.lstrip("-").replace("-", "_")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands behind a verb: plain words and the values of all its options."""

    words: tuple[str, ...]
    options: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(self.words)

    def one(self, what: str) -> str:
        """The only word.

        Raises:
            UsageError: If there is none, or more than one.
        """
        if len(self.words) != 1:
            raise UsageError(say(f"请给出一个{what}", f"give one {what}"))
        return self.words[0]

    def place(self) -> tuple[str, int, int]:
        """The words as an address: `ID START END` or `ID:START-END`.

        Raises:
            UsageError: If they are none.
        """
        words = self.words
        if len(words) == 1 and ":" in words[0]:
            source, _, rest = words[0].rpartition(":")
            words = (source, *rest.split("-"))
        if len(words) == 3 and words[0] and words[1].isdecimal() and words[2].isdecimal():
            return words[0], int(words[1]), int(words[2])
        raise UsageError(
            say("请给出一段:编号 起点 终点,或 编号:起点-终点", "name a range: ID START END, or ID:START-END")
        )


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its shape in the help, what its words are (the last kind goes for all further ones), its options."""

    name: str
    shape: str
    zh: str
    en: str
    run: Callable[[Workbench, Asked], Any]
    words: tuple[Takes, ...] = ()
    options: tuple[Option, ...] = ()
    actions: tuple[str, ...] = ()

    def option(self, flag: str) -> Option | None:
        """The option with this flag, or with the only flag that begins so."""
        for one in self.options:
            if one.flag == flag:
                return one
        near = [one for one in self.options if flag.startswith("--") and one.flag.startswith(flag)]
        return near[0] if len(near) == 1 else None

    def meaning(self) -> str:
        """What it does, in the language in force."""
        return say(self.zh, self.en)
