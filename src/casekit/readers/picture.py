"""Pictures of text (.png, .jpg, .webp, .tif …): read by text recognition where it is asked for, else refused with the way out.

Each frame of a file is a page. What was recognised says so, with its confidence.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.model import ReadResult
from casekit.readers.pdflines import Line
from casekit.readers.pdftext import lay_lines
from casekit.readers.recognise import in_force, recognised_lines
from casekit.receipt import Receipt
from casekit.types import Metadata

if TYPE_CHECKING:
    from casekit.readers.recognise import Pixels

__all__ = ["PICTURE_SUFFIXES", "read", "suffixes"]

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp"})
suffixes = PICTURE_SUFFIXES
max_bytes = 64 * 2**20
_MOST_PIXELS = 60_000_000
"""A page at 600 dpi has 35 million."""
_MOST_PAGES = 500
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
    pages = _frames(data, name)
    for number, picture in enumerate(pages):
        found = recognition.page(picture, number, len(pages))
        lines += recognised_lines(found, number, scale=_POINTS, height=picture.shape[0] * _POINTS)
    if not lines:
        raise SourceError(say(f"{name}：图片里没有认出文字", f"{name}: no text was recognised in the picture"))
    builder, found_paragraphs = lay_lines(lines)
    title = next((one.text for one in found_paragraphs if one.level == 1), None)
    receipt = Receipt(repaired=("recognised",))
    return ReadResult(builder.text, tuple(builder.blocks), Metadata(title=title), None, (), "picture", receipt)


def _frames(data: bytes, name: str) -> list[Pixels]:
    """The file's pages as pixels: blue, green, red."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    pages: list[Pixels] = []
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS or getattr(picture, "n_frames", 1) > _MOST_PAGES:
                raise SourceError(
                    say(
                        f"{name}：图片太大（{picture.width}×{picture.height}），没有收录；请缩小或拆开",
                        f"{name}: the picture is too large ({picture.width}×{picture.height}), not added; scale it down or split it",
                    )
                )
            for frame in ImageSequence.Iterator(picture):
                shown = ImageOps.exif_transpose(frame).convert("RGB")
                pages.append(np.ascontiguousarray(np.asarray(shown, dtype=np.uint8)[:, :, ::-1]))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise SourceError(
            say(f"{name}：图片损坏，打不开", f"{name}: the picture is damaged, it cannot be opened")
        ) from None
    return pages
