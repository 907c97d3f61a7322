"""Documents to files: the format by name or by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from casekit.errors import SettingError, SourceError
from casekit.export.document import Document
from casekit.export.markdown import to_markdown
from casekit.export.pdf import to_pdf
from casekit.export.webpage import to_html
from casekit.export.word import to_docx
from casekit.language import say
from casekit.writing import write_atomically

__all__ = ["FORMATS", "Format", "format_of", "render", "save_document"]

Format = Literal["docx", "pdf", "pptx", "md", "html"]
FORMATS: tuple[str, ...] = get_args(Format)
_ENDINGS: dict[str, Format] = {
    ".docx": "docx", ".pdf": "pdf", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".pptx": "pptx",
}  # fmt: skip


def format_of(path: str | Path) -> Format:
    """The format that a file's name asks for.

    Raises:
        SettingError: If its ending is none of .docx, .pdf, .pptx, .md, .html.

    Examples:
        >>> format_of("备忘.docx")
        'docx'
    """
    found = _ENDINGS.get(Path(path).suffix.lower())
    if found is None:
        raise SettingError(
            say(
                f"看不出 {Path(path).name} 是哪种格式；请用 .docx .pdf .pptx .md .html 结尾，或用 --format 指明",
                f"cannot tell the format of {Path(path).name}; end it in .docx .pdf .pptx .md .html or give --format",
            )
        )
    return found


def render(document: Document, format: Format, *, font: str | None = None) -> bytes:
    """The document in a format; `font` is for PDF alone.

    Raises:
        MissingExtraError: If the package behind Word or PDF is not installed.
        NoChineseFontError: If a PDF finds no Chinese font.
        SettingError: If the font is not there.
        SourceError: If the program behind Word or PDF fails.
    """
    if format == "docx":
        return to_docx(document)
    if format == "pptx":
        from casekit.export.slides import to_pptx

        return to_pptx(document)
    if format == "pdf":
        return to_pdf(document, font=font)
    return (to_markdown(document) if format == "md" else to_html(document)).encode("utf-8")


def save_document(
    document: Document, path: str | Path, format: Format | None = None, *, font: str | None = None
) -> Path:
    """Write the document; what the file held before is lost only once the new one is complete.

    Raises:
        SettingError: As for `format_of` and `render`.
        SourceError: If the file cannot be written; also as for `render`.
        MissingExtraError: As for `render`.
        NoChineseFontError: As for `render`.
    """
    path = Path(path)
    data = render(document, format or format_of(path), font=font)
    try:
        write_atomically(path, data)
    except OSError as error:
        raise SourceError(
            say(f"无法写入 {path}：{error.strerror or error}", f"cannot write {path}: {error.strerror or error}")
        ) from error
    return path
