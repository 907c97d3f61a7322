"""Checking a draft: its quotations first, then the figures outside of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from casekit.check.cited import at_their_addresses
from casekit.check.figures import FigureChecker
from casekit.check.marks import answered
from casekit.check.outside import Outside, acknowledge
from casekit.check.places import CorpusKeys
from casekit.check.quotes import QuoteChecker
from casekit.check.records import Corpus, Draft, Finding
from casekit.cues import Cues, in_force

__all__ = ["Checker", "check_draft"]


class Checker:
    """A corpus made ready once for any number of drafts."""

    def __init__(self, corpus: Corpus, *, cues: Cues | None = None, outside: Sequence[Outside] = ()) -> None:
        """`cues` are the lists of words to go by, such as a workspace's; without them those in force.

        `outside` is what the writer answers for himself (`load_outside`).
        """
        self._outside = outside
        self.corpus = corpus
        self._cues = cues
        self.sources = list(corpus.sources())

    @cached_property
    def _quotes(self) -> QuoteChecker:
        return QuoteChecker(self.sources)

    @cached_property
    def _figures(self) -> FigureChecker:
        retold = any(source.retelling for source in self.sources)
        return FigureChecker(self.corpus, CorpusKeys(self.sources) if retold else self._quotes.body)

    def check(self, draft: Draft) -> list[Finding]:
        """The findings of a draft, in order of place."""
        if not draft.view.text:
            return []
        with in_force(self._cues):
            findings, quoted = self._quotes.check(draft)
            findings = at_their_addresses(draft, findings, self.sources)
            findings += self._figures.check(draft, quoted, [f for f in findings if f.status == "ok"])
        if self._outside:
            findings = acknowledge(findings, self._outside)
        if draft.marks:
            findings = answered(draft, findings)
        return sorted(findings, key=lambda f: (f.start, f.end))


def check_draft(draft: Draft, corpus: Corpus) -> list[Finding]:
    """Every quotation and figure of a draft with what the corpus says of it, in order of place.

    Args:
        draft: The draft (`read_draft`).
        corpus: What it is compared with.
    """
    return Checker(corpus).check(draft)
