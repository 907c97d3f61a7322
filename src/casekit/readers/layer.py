"""Text layers in the making: lines of visible text, each a block with its address."""

from __future__ import annotations

import re

from casekit.types import Block, Span

__all__ = ["CELL", "LayerBuilder", "collapse_space"]

CELL = "\x1e"
"""Stands between table cells while a row is collected; becomes a tab."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_CELLS = re.compile(rf" ?{CELL} ?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1d\x1f\x7f]")
_TRIM = " \t\u3000\u00a0\u200b\ufeff"


def _wide(char: str) -> bool:
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uac00" <= char <= "\ud7a3"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uff60"
        or char >= "\U00020000"
    )


def collapse_space(text: str) -> str:
    """White space as a browser shows it: runs become one space, none is left where a line break parts two wide characters.

    The latter is CSS Text 3, section 4.1.3 (segment break transformation): Chinese source broken over lines has no blanks.
    No-break and ideographic spaces stay.
    """

    def one(found: re.Match[str]) -> str:
        if "\n" not in found.group() and "\r" not in found.group():
            return " "
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        return "" if before and after and _wide(before) and _wide(after) else " "

    return _SPACE.sub(one, text).strip(" ")


class LayerBuilder:
    """Collects lines and blocks; `text` is the lines joined by newlines."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        """All lines so far, without a newline at the end."""
        return "\n".join(self._parts)

    def add(
        self,
        line: str,
        kind: str = "p",
        *,
        level: int = 0,
        link_chars: int = 0,
        path: tuple[str, ...] = (),
        pre: bool = False,
        marker: str = "",
    ) -> None:
        """Append one line; nothing happens if it shows no character.

        White space is collapsed unless `pre`. A list's `marker` ("•") at the line's start stays outside the block.
        """
        shown = _CONTROL.sub("", line)
        shown = shown.rstrip() if pre else collapse_space(shown)
        shown = _CELLS.sub("\t", shown).rstrip("\t ")
        bare = shown.strip(_TRIM)
        if not bare:
            return
        if self._parts:
            self._length += 1
        start = self._length + shown.index(bare)
        if marker and bare.startswith(marker) and bare[len(marker) :].strip(_TRIM):
            inner = bare[len(marker) :].lstrip(_TRIM)
            start, bare = start + len(bare) - len(inner), inner
        self._parts.append(shown)
        self._length += len(shown)
        self.blocks.append(Block(Span(start, start + len(bare)), kind, level, min(link_chars, len(bare)), path))
