"""Drafts against the corpus: every quotation and every figure, before they are printed."""

from __future__ import annotations

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
from casekit.check.run import Checker, check_draft

__all__ = [
    "DRAFT_SUFFIXES",
    "WRONG",
    "Checker",
    "Corpus",
    "CorpusSource",
    "Draft",
    "Finding",
    "MemoryCorpus",
    "Place",
    "Status",
    "check_draft",
    "read_draft",
    "text_draft",
]
