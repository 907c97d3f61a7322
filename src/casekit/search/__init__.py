"""Ranked passages for a query, and an honest word on whether they answer it."""

from __future__ import annotations

from casekit.search.answer import Answer
from casekit.search.answerability import Evidence, is_answerable
from casekit.search.candidates import Elsewhere
from casekit.search.fusion import fuse_scores
from casekit.search.refusal import following_told, meant_told, nearest_told, refusal_told
from casekit.search.searcher import MAX_QUERY_CHARS, Searcher, check_query

__all__ = [
    "MAX_QUERY_CHARS",
    "Answer",
    "Elsewhere",
    "Evidence",
    "Searcher",
    "check_query",
    "following_told",
    "fuse_scores",
    "is_answerable",
    "meant_told",
    "nearest_told",
    "refusal_told",
]
