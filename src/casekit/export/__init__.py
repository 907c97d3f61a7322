"""Casebook, comparisons and selected quotations as Markdown, HTML, Word and PDF; everything works offline.

`casebook_document` makes a document of records, `save_document` gives it a format. A document holds text and no markup, so
nothing that stands in a source can become markup in any of the formats. `ration_quotes` keeps what is quoted of each source
within a budget.
"""

from __future__ import annotations

from casekit.export.content import casebook_document, evidence_blocks, matrix_blocks, sources_of
from casekit.export.document import Document
from casekit.export.extras import MissingExtraError
from casekit.export.glyphs import glyph_warnings, missing_glyphs
from casekit.export.markdown import to_markdown
from casekit.export.pdf import NoChineseFontError, to_pdf
from casekit.export.quotes import Quotes, Usage, budget_of, measure_usage, places_beyond, ration_quotes
from casekit.export.references import PRINTED_STYLES, References
from casekit.export.save import FORMATS, Format, format_of, render, save_document
from casekit.export.webpage import to_html
from casekit.export.word import to_docx

__all__ = [
    "FORMATS",
    "PRINTED_STYLES",
    "Document",
    "Format",
    "MissingExtraError",
    "NoChineseFontError",
    "Quotes",
    "References",
    "Usage",
    "budget_of",
    "casebook_document",
    "evidence_blocks",
    "format_of",
    "glyph_warnings",
    "matrix_blocks",
    "measure_usage",
    "missing_glyphs",
    "places_beyond",
    "ration_quotes",
    "render",
    "save_document",
    "sources_of",
    "to_docx",
    "to_html",
    "to_markdown",
    "to_pdf",
]
