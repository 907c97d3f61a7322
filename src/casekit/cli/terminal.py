"""What a terminal would obey is shown as a symbol: a title in the corpus must not move the cursor, ring, or turn the line round.

ESC is shown as ␛, BEL as ␇; characters that change the direction of text by their number, as ⟨202E⟩. Files and pipes get every
character as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["as_symbols", "console", "guard_terminals", "one_line"]

_CONTROLS = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"}
_CONTROLS[0x7F] = "\u2421"
_NUMBERED = (*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SYMBOLS = {**_CONTROLS, **{code: f"\u27e8{code:04X}\u27e9" for code in _NUMBERED}}
_BREAKS = {
    ord("\n"): "\u240a",
    ord("\r"): "\u240d",
    ord("\t"): "\u2409",
    0x85: "\u2424",
    0x2028: "\u2424",
    0x2029: "\u2424",
}


def as_symbols(text: str) -> str:
    """The text with everything that a terminal obeys as a symbol; line ends and tabs stay.

    Examples:
        >>> as_symbols("\\x1b[2J会员")
        '␛[2J会员'
    """
    return text.translate(_SYMBOLS)


def one_line(text: str) -> str:
    """The text on one line: line ends and tabs are shown as symbols, too.

    Examples:
        >>> one_line("a\\nb.txt")
        'a␊b.txt'
    """
    return text.translate(_BREAKS)


class _Terminal:
    """A stream to a terminal that is written to in symbols."""

    def __init__(self, stream: TextIO) -> None:
        self.raw = stream

    def write(self, text: str) -> int:
        self.raw.write(as_symbols(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


def guard_terminals() -> None:
    """From now on, what is printed to a terminal is shown in symbols."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, _Terminal) and stream.isatty():
            setattr(sys, name, cast("TextIO", _Terminal(stream)))


def console(*, stderr: bool = False, **options: Any) -> Console:
    """A console of rich whose own colours reach the terminal, while texts are shown in symbols."""
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

    class Shown(Console):
        def render(self, renderable: Any, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for segment in super().render(renderable, options):
                yield segment if segment.control else Segment(as_symbols(segment.text), segment.style)

    stream: Any = sys.stderr if stderr else sys.stdout
    return Shown(file=stream.raw if isinstance(stream, _Terminal) else None, stderr=stderr, **options)
