"""Text recognition (OCR): the seam between readers and the engine, and its lines as printed lines.

Recognition is asked for, never done in silence: `recognising` puts an engine in force for what is read within it. Readers
ask `in_force`; without an engine pictures have no text, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from casekit.readers.pdflines import Line

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels: TypeAlias = npt.NDArray[np.uint8]

__all__ = [
    "PICTURE_SUFFIXES",
    "LineByLine",
    "Recognised",
    "Recogniser",
    "Recognition",
    "in_force",
    "recognised_lines",
    "recognising",
    "scale_within",
]

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp"})
_MOST_PIXELS = 40_000_000
"""Of a page that is drawn: an A0 poster has 35 million at 150 dpi."""
_LEAST_SURE = 0.5
"""Below this the engine's own authors take a line for noise (text_score of its settings)."""
_SAME_SIZE = 0.3
"""Boxes of lines in one size of type differ by this share at most: by which letters have ascenders, and by a pixel or two."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line of text in a picture: its box in pixels, and how sure the engine is, in [0, 1]."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


class Recogniser(Protocol):
    """Finds the lines of text in a picture; the same picture gives the same lines."""

    def lines(self, picture: Pixels) -> Sequence[Recognised]:
        """The lines of a picture.

        Args:
            picture: Shape (height, width, 3), blue, green, red.
        """
        ...


@runtime_checkable
class LineByLine(Protocol):
    """A recogniser that says how far it has come within a picture: a page of two thousand characters takes its time."""

    def lines_told(self, picture: Pixels, told: Callable[[float], None]) -> Sequence[Recognised]:
        """As `Recogniser.lines`; `told` is given the share of the picture that is read, in [0, 1], and may raise to stop."""
        ...


@dataclass(frozen=True, slots=True)
class Recognition:
    """An engine at work, and who is told how far it has come: (done, all), in pages, or in hundredths of pages where the
    engine reads line by line."""

    engine: Recogniser
    tick: Callable[[int, int], None] | None = None

    def page(self, picture: Pixels, number: int, count: int) -> Sequence[Recognised]:
        """The lines of page `number` (from 0) of `count`; whatever `tick` raises ends the work."""
        tick = self.tick
        if tick is None:
            return self.engine.lines(picture)
        if isinstance(self.engine, LineByLine):
            found = self.engine.lines_told(picture, lambda share: tick(*_hundredths(number + min(share, 0.99), count)))
            tick(*_hundredths(number + 1, count))
            return found
        found = self.engine.lines(picture)
        tick(number + 1, count)
        return found


def _hundredths(done: float, count: int) -> tuple[int, int]:
    return int(100 * done), 100 * count


_IN_FORCE: ContextVar[Recognition | None] = ContextVar("recognition", default=None)


@contextmanager
def recognising(recognition: Recognition | None) -> Iterator[None]:
    """Within the block pictures of text are read (in this thread); None changes nothing."""
    if recognition is None:
        yield
        return
    token = _IN_FORCE.set(recognition)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def in_force() -> Recognition | None:
    """The recognition asked for, None where none is."""
    return _IN_FORCE.get()


def scale_within(size: tuple[float, float], dpi: float) -> float:
    """Pixels to a point at which a page is drawn: pages as large as a wall, or that say they are, are drawn smaller.

    Args:
        size: Width and height in points.
        dpi: The resolution that is wanted.
    """
    points = max(1.0, size[0] * size[1])
    return float(min(dpi / 72, (_MOST_PIXELS / points) ** 0.5))


def recognised_lines(found: Sequence[Recognised], page: int, *, scale: float, height: float) -> list[Line]:
    """Lines of a picture as printed lines, from top to bottom.

    Args:
        found: The lines, boxes in pixels.
        page: The page, from 0.
        scale: Points to a pixel.
        height: The page's height in points.
    """
    sure = [one for one in found if one.confidence >= _LEAST_SURE and one.text.strip()]
    if not sure:
        return []
    usual = median(one.bottom - one.top for one in sure)
    lines: list[Line] = []
    for one in sorted(sure, key=lambda line: (line.top + line.bottom) / 2):
        own = one.bottom - one.top
        size = usual if abs(own - usual) <= _SAME_SIZE * usual else own
        line = Line(
            text=one.text.strip(),
            page=page,
            left=round(one.left * scale),
            right=round(one.right * scale),
            base=one.bottom * scale,
            # a box is drawn about a third larger than its type
            size=round(size * scale * 0.75, 1),
            height=height,
            recognised=one.confidence,
        )
        beside = lines[-1] if lines else None
        if beside is not None and abs(line.base - beside.base) < 0.4 * line.size:
            lines[-1] = _row(beside, line)
        else:
            lines.append(line)
    return lines


def _row(one: Line, other: Line) -> Line:
    """Two boxes at one height as a line with cells."""
    first, second = sorted((one, other), key=lambda line: line.left)
    return replace(
        first,
        text=f"{first.text}\t{second.text}",
        right=max(first.right, second.right),
        base=max(first.base, second.base),
        cells=True,
        recognised=min(first.recognised or 1.0, second.recognised or 1.0),
    )
