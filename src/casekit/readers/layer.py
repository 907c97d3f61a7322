"""Text layers in the making: lines of visible text, each a block with its address."""

from __future__ import annotations

import re

from casekit.types import Block, Span

__all__ = [
    "CELL",
    "HIDDEN",
    "NOTE_MARK",
    "STRUCK",
    "LayerBuilder",
    "collapse_space",
    "is_note_mark",
    "marked",
    "shown_raised",
    "unmarked",
]

CELL = "\x1e"
"""Stands between table cells while a row is collected; becomes a tab."""

STRUCK, NOTE_MARK, HIDDEN = "struck", "note-mark", "hidden"
"""What parts of a line can be beside its text: struck out, the mark of a note, hidden by the file's own style. Their blocks
carry it as last path entry."""
_OPEN = {STRUCK: "\x0e", NOTE_MARK: "\x10", HIDDEN: "\x11"}
_KIND = {opening: kind for kind, opening in _OPEN.items()}
_CLOSE = "\x0f"
_MARKED = re.compile(rf"([{''.join(_KIND)}])([^{_CLOSE}]*){_CLOSE}")

_SPACE = re.compile(r"[ \t\n\r\f]+")
_CELLS = re.compile(rf" ?{CELL} ?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x12-\x1d\x1f\x7f]")
_TRIM = " \t\u3000\u00a0\u200b\ufeff"


_LEFT = re.compile(r"[\x0e-\x11]")


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


_NOTE = re.compile(r"\s*[\[(（［〔]?\s*(?:\d{1,3}(?:\s*[,，、–-]\s*\d{1,3})*|[a-z*†‡§①-⑳])\s*[\])）］〕]?\s*")
_LATIN_END = re.compile(r"[a-zA-Z\d)]\s*\Z")


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised characters are a note's mark: m², 10⁴ are none, behind Latin script a figure belongs to the value."""
    return _NOTE.fullmatch(raised) is not None and _LATIN_END.search(unmarked(before)) is None


_RAISED = re.compile(r"\s*[+\-−–]?\d{1,4}\s*")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")


def shown_raised(raised: str) -> str:
    """Raised figures that are no note, as they look: 10⁶, m² (106 is another number); other raised characters unchanged."""
    return raised.strip().translate(_SUPERSCRIPTS) if _RAISED.fullmatch(raised) else raised


def marked(text: str, kind: str) -> str:
    """A piece of a line that is `kind` (STRUCK, NOTE_MARK, HIDDEN), for `LayerBuilder.add`."""
    bare = unmarked(text)
    return f"{_OPEN[kind]}{bare}{_CLOSE}" if bare.strip() else bare


def unmarked(text: str) -> str:
    """The text without the marks that `marked` sets."""
    return _LEFT.sub("", text)


def _inner(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A line without marks, and (start, end, kind) of what they stood around, neighbours of one kind joined."""
    parts: list[str] = []
    found: list[tuple[int, int, str]] = []
    at = length = 0
    for mark in _MARKED.finditer(line):
        before = line[at : mark.start()]
        parts += [before, mark[2]]
        start = length + len(before)
        length = start + len(mark[2])
        if found and found[-1][2] == _KIND[mark[1]] and not before:
            start = found.pop()[0]
        if length > start:
            found.append((start, length, _KIND[mark[1]]))
        at = mark.end()
    return "".join([*parts, line[at:]]), found


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

    @property
    def length(self) -> int:
        """How many characters `text` has."""
        return self._length

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
        shown, inner = _inner(shown)
        shown = _LEFT.sub("", shown) if not inner else shown
        bare = shown.strip(_TRIM)
        if not bare:
            return
        if self._parts:
            self._length += 1
        first = shown.index(bare)
        start = self._length + first
        offset = self._length
        if marker and bare.startswith(marker) and bare[len(marker) :].strip(_TRIM):
            rest = bare[len(marker) :].lstrip(_TRIM)
            start, bare = start + len(bare) - len(rest), rest
        self._parts.append(shown)
        self._length += len(shown)
        end = start + len(bare)
        links = min(link_chars, len(bare))
        at = start
        for one, other, what in inner:
            one, other = max(at, offset + one), min(end, offset + other)
            if other <= one:
                continue
            if one > at:
                self.blocks.append(Block(Span(at, one), kind, level, min(links, one - at), path))
            self.blocks.append(Block(Span(one, other), kind, level, 0, (*path, what)))
            at = other
        if end > at:
            self.blocks.append(Block(Span(at, end), kind, level, min(links, end - at), path))
