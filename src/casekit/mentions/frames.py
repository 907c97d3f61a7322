"""What stands right beside a string and speaks for a firm, a person or a product: the cues of name-frames.txt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casekit.cues import CuePattern

__all__ = ["Frame", "FrameKind", "frames_at"]

FrameKind = Literal["firm", "person", "product", "agent"]
# No cue that stands before a name is longer than this.
_WINDOW = 32


@dataclass(frozen=True, slots=True)
class Frame:
    """One cue beside a string: what it speaks for, whether strongly, and its words."""

    kind: FrameKind
    strong: bool
    word: str


_AFTER: tuple[tuple[FrameKind, bool, CuePattern], ...] = (
    ("firm", True, CuePattern("%{name-frames/firm-after}")),
    ("firm", False, CuePattern("%{name-frames/firm-after-weak}")),
    ("person", True, CuePattern("%{name-frames/person-after}")),
    ("person", False, CuePattern("%{name-frames/person-after-weak}")),
    ("product", True, CuePattern("%{name-frames/product-after}")),
    ("agent", False, CuePattern("%{name-frames/agent-after}")),
)
_BEFORE: tuple[tuple[FrameKind, bool, CuePattern], ...] = (
    ("firm", True, CuePattern(r"%{name-frames/firm-before}\Z")),
    ("firm", False, CuePattern(r"%{name-frames/firm-before-weak}\Z")),
    ("person", True, CuePattern(r"%{name-frames/person-before}\Z")),
    ("person", False, CuePattern(r"%{name-frames/person-before-weak}\Z")),
    ("product", True, CuePattern(r"%{name-frames/product-before}\Z")),
    ("agent", False, CuePattern(r"%{name-frames/agent-before}\Z")),
)


_ENGLISH_AFTER: tuple[tuple[FrameKind, bool, CuePattern], ...] = (
    ("firm", True, CuePattern("%{name-frames/firm-after-en}(?![a-z])")),
)
_ENGLISH_BEFORE: tuple[tuple[FrameKind, bool, CuePattern], ...] = (
    ("firm", True, CuePattern(r"(?<![a-z])%{name-frames/firm-before-en} \Z")),
)


def frames_at(bare: str, start: int, end: int) -> Iterator[Frame]:
    """Every cue right behind and right before bare[start:end]; of a section at most one on each side."""
    if bare[end - 1 : end].isascii() and bare[end : end + 1] == " ":
        end += 1  # Acme said
    latin = bare[start : start + 1].isascii()
    for kind, strong, pattern in (*_AFTER, *_ENGLISH_AFTER) if latin else _AFTER:
        match = pattern.match(bare, end)
        if match is not None and match.end() > end:
            yield Frame(kind, strong, match[0])
    before = bare[max(0, start - _WINDOW) : start]
    for kind, strong, pattern in (*_BEFORE, *_ENGLISH_BEFORE) if latin else _BEFORE:
        match = pattern.search(before)
        if match is not None and match[0]:
            yield Frame(kind, strong, match[0])
