"""Strings of Han characters that behave like words although no dictionary has them.

Cohesion is the least pointwise mutual information over the ways to split a string; freedom is the lesser of the entropies
of its left and right neighbours.

References:
    Church and Hanks, Word association norms, mutual information, and lexicography, Computational Linguistics 16(1), 1990.
    Jin and Tanaka-Ishii, Unsupervised segmentation of Chinese text by use of branching entropy, COLING/ACL 2006.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from casekit.cues import CueLetters

__all__ = ["new_words"]

_RUN = re.compile("[\u3400-\u9fff]+")
_FUNCTION = CueLetters("function-characters/both", "function-characters/word")
# Chosen on the DRCD development paragraphs by reading the lists at several settings: below these, most candidates are
# pieces of phrases. Re-read such lists before changing them.
MIN_COUNT = 4
MIN_COHESION = 5.0
MIN_FREEDOM = 1.5
LONGEST = 5


def new_words(texts: Sequence[str], *, known: Callable[[str], bool], limit: int = 200) -> list[str]:
    """New words of 2 to 5 Han characters, the freest and most frequent first.

    Args:
        texts: Folded texts of the corpus.
        known: Whether a string is a word already.
        limit: The most words to return.
    """
    counts: Counter[str] = Counter()
    for run in _runs(texts):
        for size in range(1, LONGEST + 1):
            counts.update(run[i : i + size] for i in range(len(run) - size + 1))
    function = _FUNCTION.now()
    total = sum(count for gram, count in counts.items() if len(gram) == 1) or 1
    cohesive = {
        gram
        for gram, count in counts.items()
        if len(gram) > 1
        and count >= MIN_COUNT
        and function.isdisjoint(gram)
        and _cohesion(gram, counts, total) >= MIN_COHESION
    }
    if not cohesive:
        return []
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for run in _runs(texts):
        for size in range(2, LONGEST + 1):
            for i in range(len(run) - size + 1):
                gram = run[i : i + size]
                if gram in cohesive:
                    # A border is a new neighbour each time: names often stand at punctuation.
                    left[gram][run[i - 1] if i else f"^{left[gram].total()}"] += 1
                    right[gram][run[i + size] if i + size < len(run) else f"${right[gram].total()}"] += 1
    scored = []
    for gram in cohesive:
        freedom = min(_entropy(left[gram]), _entropy(right[gram]))
        if freedom >= MIN_FREEDOM and not known(gram):
            scored.append((-freedom * math.log(counts[gram]), gram))
    return [gram for _, gram in sorted(scored)][:limit]


def _runs(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for match in _RUN.finditer(text):
            yield match[0]


def _cohesion(gram: str, counts: Counter[str], total: int) -> float:
    return min(math.log2(counts[gram] * total / (counts[gram[:i]] * counts[gram[i:]])) for i in range(1, len(gram)))


def _entropy(neighbours: Counter[str]) -> float:
    total = neighbours.total()
    return -sum(n / total * math.log2(n / total) for n in neighbours.values())
