"""Checking a draft: its quotations first, then the figures outside of them."""

from __future__ import annotations

from functools import cached_property

from casekit.check.figures import FigureChecker
from casekit.check.quotes import QuoteChecker
from casekit.check.records import Corpus, Draft, Finding

__all__ = ["Checker", "check_draft"]


class Checker:
    """A corpus made ready once for any number of drafts."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.sources = list(corpus.sources())

    @cached_property
    def _quotes(self) -> QuoteChecker:
        return QuoteChecker(self.sources)

    @cached_property
    def _figures(self) -> FigureChecker:
        return FigureChecker(self.corpus, self._quotes.body)

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of a draft, in order of place."""
        if not draft.view.text:
            return []
        findings, quoted = self._quotes.check(draft)
        findings += self._figures.check(draft, quoted, [f for f in findings if f.status == "ok"])
        return sorted(findings, key=lambda f: (f.start, f.end))


def check_draft(draft: Draft, corpus: Corpus) -> list[Finding]:
    """Every quotation and figure of a draft with what the corpus says of it, in order of place.

    Args:
        draft: The draft (`read_draft`).
        corpus: What it is compared with.
    """
    return Checker(corpus).check(draft)
