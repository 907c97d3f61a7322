"""Entries of lists of references and notes that only refer: their quotation marks and numbers belong to titles and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from casekit.cues import CuePattern, cue_form
from casekit.types import Span

__all__ = ["bare_reference_spans", "is_reference"]

_CODE_OF_KIND: Final = re.compile(r"\[(?:[JNMDRCSPAZG]|EB|DB|CP|DS)(?:/(?:OL|CD|MT|DK))?\]")
_TITLE: Final = re.compile(r"《[^《》\n]{1,80}》")
_COUNTED: Final = CuePattern(
    r"https?://\S+|\d+(?:\s*[-\u2013\u2014~]\s*\d+)?\s*(?:%{reference-units})|(?:pp?|vol|no)\.\s*\d+(?:\s*[-\u2013]\s*\d+)?|\d{4}-\d{1,2}(?:-\d{1,2})?",
    re.IGNORECASE,
)


def is_reference(line: str) -> bool:
    """Whether a line is an entry of a list of references: it carries the code of its kind ([J], [EB/OL]).

    Examples:
        >>> is_reference("林小雨. “慢店”的账本[N]. 海棠网, 2021-03-05.")
        True
    """
    return _CODE_OF_KIND.search(line) is not None


def bare_reference_spans(note: str) -> Iterator[Span]:
    """In a note that names a work (《…》), what it counts of it: year, issue, pages, address."""
    if _TITLE.search(note):
        for found in _COUNTED.finditer(cue_form(note)):
            yield Span(*found.span())
