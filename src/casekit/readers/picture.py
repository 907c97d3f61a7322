"""Pictures of text (.png, .jpg, .webp, .tif …): read by text recognition where it is asked for, else refused with the way out.

Each frame of a file is a page. What was recognised says so, with its confidence.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.model import ReadResult
from casekit.readers.pdflines import Line
from casekit.readers.pdftext import lay_lines
from casekit.readers.recognise import PICTURE_SUFFIXES, in_force, recognised_lines
from casekit.receipt import Receipt
from casekit.types import Metadata

if TYPE_CHECKING:
    from PIL import Image

    from casekit.readers.recognise import Pixels

__all__ = ["frame", "opened", "read", "suffixes"]

suffixes = PICTURE_SUFFIXES
max_bytes = 64 * 2**20
_MOST_PIXELS = 60_000_000
"""A page at 600 dpi has 35 million."""
_MOST_PAGES = 500
_FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP")
"""Told by content, whatever the ending: others have readers that run programs (PostScript) or fetch other files."""
_POINTS = 72 / 150
"""Points to a pixel, as if scanned at 150 dpi: only proportions matter."""


def read(data: bytes, *, name: str) -> ReadResult:
    """The recognised text of a picture.

    Raises:
        SourceError: If recognition is not asked for, or the file is damaged, too large, or shows no text.
    """
    recognition = in_force()
    if recognition is None:
        raise SourceError(
            say(
                f"{name}：是图片；加 --ocr 识别其中的文字（需要 pip install 'casekit[ocr]'）",
                f"{name}: a picture; add it with --ocr to have its text recognised (needs pip install 'casekit[ocr]')",
            )
        )
    lines: list[Line] = []
    for number, count, picture in _frames(data, name):
        found = recognition.page(picture, number, count)
        lines += recognised_lines(found, number, scale=_POINTS, height=picture.shape[0] * _POINTS)
    if not lines:
        raise SourceError(say(f"{name}：图片里没有认出文字", f"{name}: no text was recognised in the picture"))
    builder, found_paragraphs = lay_lines(lines)
    title = next((one.text for one in found_paragraphs if one.level == 1), None)
    receipt = Receipt(repaired=("recognised",))
    return ReadResult(builder.text, tuple(builder.blocks), Metadata(title=title), None, (), "picture", receipt)


def _frames(data: bytes, name: str) -> Iterator[tuple[int, int, Pixels]]:
    """The file's pages one by one: number, how many there are, and the pixels (blue, green, red).

    One is held at a time: a small file may hold hundreds of large ones.
    """
    import numpy as np

    with opened(data, name) as (picture, count):
        for number in range(count):
            shown = frame(picture, number, name)
            pixels = np.ascontiguousarray(np.asarray(shown, dtype=np.uint8)[:, :, ::-1])
            del shown
            yield number, count, pixels


@contextmanager
def opened(data: bytes, name: str) -> Iterator[tuple[Image.Image, int]]:
    """A picture's file, and how many pages it has.

    Raises:
        SourceError: If it is none of the known kinds, damaged, or has more pages than any document.
    """
    from PIL import Image

    with _readable(name):
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
        count = getattr(picture, "n_frames", 1)
        if count > _MOST_PAGES:
            raise _too_large(name, f"{picture.width}×{picture.height}×{count}")
    with picture:
        yield picture, count


def frame(picture: Image.Image, number: int, name: str) -> Image.Image:
    """Page `number` (from 0) of an opened picture, upright, in red, green and blue.

    Raises:
        SourceError: If it is damaged or larger than any page: each has a size of its own.
    """
    from PIL import ImageOps

    with _readable(name):
        picture.seek(number)
        if picture.width * picture.height > _MOST_PIXELS:
            raise _too_large(name, f"{picture.width}×{picture.height}")
        return ImageOps.exif_transpose(picture).convert("RGB")


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Within the block whatever the picture's reader finds wrong is the file's refusal; of sizes, which are bounded here, it need not warn."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(
                say(f"{name}：图片损坏，打不开", f"{name}: the picture is damaged, it cannot be opened")
            ) from None


def _too_large(name: str, size: str) -> SourceError:
    return SourceError(
        say(
            f"{name}：图片太大（{size}），没有收录；请缩小或拆开",
            f"{name}: the picture is too large ({size}), not added; scale it down or split it",
        )
    )
