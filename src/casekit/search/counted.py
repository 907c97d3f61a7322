"""How often words stand in the passages that may answer: those that may not, count for nothing.

Retellings say again what originals say. Were they counted where they may not answer, the words that a story turns on would
weigh less than in a corpus of the originals alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from casekit.index import Records
from casekit.lexical import term_counts

__all__ = ["Counted"]


@dataclass(frozen=True, slots=True)
class Counted:
    """The passages that may answer, counted: how many there are, and how many terms each has on average.

    `left_out` are the folded texts of the others.
    """

    n: int
    average: float
    left_out: tuple[str, ...]
    records: Records

    @classmethod
    def of(cls, records: Records, hidden: frozenset[int]) -> Counted:
        """The passages of an index without those of these ids."""
        n, average = records.statistics()
        rows = records.passages(sorted(hidden)).values()
        left = n - len(rows)
        terms = n * average - sum(row.n_terms for row in rows)
        return cls(left, terms / left if left else 0.0, tuple(row.folded for row in rows), records)

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many of the passages each term stands (terms in none are left out)."""
        wanted = list(terms)
        found = self.records.document_frequencies(wanted)
        hidden = Counter(term for text in self.left_out for term in term_counts(text, wanted))
        return {term: n - hidden[term] for term, n in found.items() if n > hidden[term]}
