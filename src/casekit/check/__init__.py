"""Drafts against the corpus: every quotation and every figure, before they are printed."""

from __future__ import annotations

from casekit.check.annotate import annotate_docx
from casekit.check.outside import OUTSIDE_NAME, Outside, load_outside
from casekit.check.page import to_html
from casekit.check.reading import DRAFT_SUFFIXES, read_draft, text_draft
from casekit.check.records import (
    WRONG,
    Corpus,
    CorpusSource,
    Draft,
    Finding,
    MemoryCorpus,
    Place,
    Status,
)
from casekit.check.report import exit_code, summary_lines, to_rows
from casekit.check.run import Checker, check_draft
from casekit.check.sealing import seal
from casekit.check.telling import status_label

__all__ = [
    "DRAFT_SUFFIXES",
    "OUTSIDE_NAME",
    "WRONG",
    "Checker",
    "Corpus",
    "CorpusSource",
    "Draft",
    "Finding",
    "MemoryCorpus",
    "Outside",
    "Place",
    "Status",
    "annotate_docx",
    "check_draft",
    "exit_code",
    "load_outside",
    "read_draft",
    "seal",
    "status_label",
    "summary_lines",
    "text_draft",
    "to_html",
    "to_rows",
]
