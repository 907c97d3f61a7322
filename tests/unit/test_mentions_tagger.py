"""The tagger's decoder finds the path that the plain algorithm finds, and reading ahead changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions, first_look, look_ahead
from casekit.mentions.tagger import _best_paths, shared_tagger
from casekit.types import Cleaned, Doc, Floats2d, Metadata, Source, Span


def plain_viterbi(scores: Floats2d, transitions: Floats2d) -> list[int]:
    """The likeliest tags of one row of scores, by every step and every tag (Viterbi, 1967)."""
    best, came = scores[0], []
    for step in scores[1:]:
        reached = best[:, None] + transitions
        came.append(reached.argmax(axis=0))
        best = reached.max(axis=0) + step
    path = [int(best.argmax())]
    for origins in reversed(came):
        path.append(int(origins[path[-1]]))
    return path[::-1]


@pytest.mark.parametrize("spread", [0.3, 1.0, 4.0])  # from rows in which nothing is decided to rows in which all is
def test_the_path_is_the_plain_algorithms(spread: float) -> None:
    dice = np.random.default_rng(7)
    scores = (dice.standard_normal((12, 30, 9)) * spread).astype(np.float32)
    transitions = (dice.standard_normal((9, 9)) * 0.1).astype(np.float32)
    assert _best_paths(scores, transitions) == [plain_viterbi(row, transitions) for row in scores]


@pytest.mark.skipif(shared_tagger() is None, reason="the tagger is not installed")
def test_names_are_the_same_where_articles_are_read_together() -> None:
    texts = ("由岑意安创办的岚港航运去年开航。", "恒沛药业宣布，唐叙出任首席财务官。")
    docs = [
        Doc(Source(f"s{n}", "", text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
        for n, text in enumerate(texts)
    ]
    lexicon = load_lexicon()
    alone = [find_mentions(doc, lexicon) for doc in docs]
    looks = [first_look(doc, lexicon) for doc in docs]
    look_ahead(looks)
    assert [find_mentions(doc, lexicon, look=look) for doc, look in zip(docs, looks, strict=True)] == alone
    assert all(alone)
