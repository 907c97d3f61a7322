"""Pages of PDFs and pictures as pictures, to be seen beside the text that was read or recognised there."""

from __future__ import annotations

import io
from pathlib import PurePath

from casekit.catalogue import Record
from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.picture import frame, opened
from casekit.readers.recognise import PICTURE_SUFFIXES, scale_within
from casekit.store import Store

__all__ = ["page_image"]

_DPI = 110
"""Ten-point type is read with ease on a screen, and a page has some 100 kB."""
_MOST_SIDE = 1600


def page_image(store: Store, record: Record, page: int) -> bytes:
    """The page (from 1) as PNG; see `Workbench.page_image`."""
    file = record.file or ""
    suffix = PurePath(file).suffix.lower()
    if suffix == ".pdf":
        return _of_pdf(store.read_bytes(file), record.id, page)
    if suffix in PICTURE_SUFFIXES:
        return _of_picture(store.read_bytes(file), record.id, page)
    raise _no_page(record.id, page)


def _no_page(source_id: str, page: int) -> SourceError:
    return SourceError(say(f"{source_id} 没有第 {page} 页的图像", f"{source_id} has no picture of page {page}"))


def _of_pdf(data: bytes, source_id: str, page: int) -> bytes:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise _no_page(source_id, page) from None
    try:
        if not 1 <= page <= len(document):
            raise _no_page(source_id, page)
        out = io.BytesIO()
        shown = document[page - 1]
        shown.render(scale=scale_within(shown.get_size(), _DPI)).to_pil().save(out, "PNG")
    except pypdfium2.PdfiumError:
        raise _no_page(source_id, page) from None
    finally:
        document.close()
    return out.getvalue()


def _of_picture(data: bytes, source_id: str, page: int) -> bytes:
    with opened(data, source_id) as (picture, count):
        if not 1 <= page <= count:
            raise _no_page(source_id, page)
        shown = frame(picture, page - 1, source_id)
        shown.thumbnail((_MOST_SIDE, _MOST_SIDE))
        out = io.BytesIO()
        shown.save(out, "PNG")
    return out.getvalue()
