"""Words and sentences with their addresses."""

from __future__ import annotations

from casekit.segment.sentences import split_sentences
from casekit.segment.words import Segmenter, Token

__all__ = ["Segmenter", "Token", "split_sentences"]
