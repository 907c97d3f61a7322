"""Two score lists made one."""

from __future__ import annotations

import numpy as np

from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Floats1d

__all__ = ["MEANING_WEIGHT", "SENTENCE_WEIGHT", "fuse_scores"]

# Share of meaning in the fused score. On DRCD dev (300 questions, titles) nDCG@10 is flat from 0.4 to 0.6 (0.981-0.982)
# and lower outside; on CMRC dev likewise. tests/bench/bench_ranking.py prints the table: re-run it before changing.
MEANING_WEIGHT = 0.5
# Share of what the best sentence of a passage bears out, in the rank of a question for one fact. On sixty questions about
# unseen articles hit@1 is .72 at 0, .83 at 0.1, .87 at 0.15 and lower above 0.25, but from 0.15 on the labelled questions lose .001
# of nDCG; tests/bench/bench_questions.py and
# tests/bench/bench_ranking.py --sentence measure it: re-run them before changing.
SENTENCE_WEIGHT = 0.1
# Share of what a query could score that counts as full marks for words. At 0 (the best passage has full marks whatever it
# holds) an accident is stretched to a find; at 0.7 and above questions that are answered in other words lose to their best
# accident of meaning. 0.6 keeps the labelled questions and wins on unseen articles; DRCD dev is flat within 0.001.
FULL_MARKS = 0.6


def fuse_scores(
    words: Floats1d, meaning: Floats1d, *, weight: float = MEANING_WEIGHT, possible: float = 0.0
) -> Floats1d:
    """Weighted sum of two score lists, each in [0, 1].

    Meaning is scaled over its candidates; where it is not known (NaN), words speak for it. Words are scaled by the best of them, or by what the query could score where
    even the best holds little of it.

    Args:
        words: BM25 scores, shape (n,), 0 where no word matches.
        meaning: Cosine similarities, shape (n,), same order; NaN where there is no vector yet.
        weight: Share of `meaning`, in [0, 1].
        possible: The score of a passage that holds all that the query tells; 0 where that is unknown.

    Returns:
        float32, shape (n,), higher is better.

    Raises:
        SettingError: If `weight` is outside [0, 1] or the shapes differ.

    Examples:
        >>> import numpy as np
        >>> words = np.array([4, 2, 0], dtype=np.float32)
        >>> meaning = np.array([0.5, 0.75, 0.5], dtype=np.float32)
        >>> fuse_scores(words, meaning, weight=0.5).tolist()
        [0.5, 0.75, 0.0]
    """
    if not 0 <= weight <= 1 or words.shape != meaning.shape:
        raise SettingError(
            say("融合权重应在 0 到 1 之间，且两组分数等长", "weight must lie in [0, 1], shapes must be equal")
        )
    best = max(float(words.max(initial=0.0)), FULL_MARKS * possible)
    share = words / best if best > 0 else words
    unknown = np.isnan(meaning)
    if unknown.any():
        scaled = share.astype(np.float32)
        scaled[~unknown] = _scaled(meaning[~unknown])
    else:
        scaled = _scaled(meaning)
    return ((1 - weight) * share + weight * scaled).astype(np.float32)


def _scaled(scores: Floats1d) -> Floats1d:
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.full_like(scores, float(high > 0), dtype=np.float32)
    return ((scores - low) / (high - low)).astype(np.float32)
