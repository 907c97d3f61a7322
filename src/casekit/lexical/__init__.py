"""The words of passages: their terms, an inverted index of them in mapped arrays, and BM25 over all passages at once."""

from __future__ import annotations

from casekit.lexical.bm25 import K1, B, idf
from casekit.lexical.draft import LexicalDraft, LexicalRow
from casekit.lexical.index import Chosen, LexicalIndex
from casekit.lexical.terms import NUMBER, number_terms, runs_of, terms_of

__all__ = [
    "K1",
    "NUMBER",
    "B",
    "Chosen",
    "LexicalDraft",
    "LexicalIndex",
    "LexicalRow",
    "idf",
    "number_terms",
    "runs_of",
    "terms_of",
]
