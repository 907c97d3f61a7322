"""Whether a sentence can hold a name that no list knows: something strange, a form of names, or what stands beside them.

The tagger costs more than all else that is done with a sentence; one of common words in which nobody is named needs none.
"""

from __future__ import annotations

import re
from typing import Final

from casekit.cues import CuePattern, Cues, CueWords, from_cues
from casekit.segment.dictionary import parts_of_speech, split_words, weights

__all__ = ["may_hold_name"]

# What names of bodies, firms and people end in or stand beside: of these the tagger is always asked.
_FORM = CuePattern(
    "%{trades/end}|%{trades/more}|%{clause-words/trades}|%{institution-forms/company}|%{institution-forms/org}|%{company-forms}|%{posts/leader}"
    "|%{post-verbs/former}|%{post-verbs/now}|%{name-borders/asked}"
)
_LATIN = re.compile("[a-z][a-z0-9&'.-]*")
_KNOWN_LATIN = CueWords("latin-words")
_RUN = re.compile(r"[^\x00-\u33ff]+")
# A word that the dictionary counted more seldom is no common one; the log weight was chosen by reading what it lets pass.
_COMMON: Final = -14.5
_RARE: Final = -11.0  # what the dictionary takes for a person or a place and counted seldom may be another's name
_USUAL: Final = -9.0  # of the words of our own lists, which are as common as the dictionary's thousand commonest
_NONE: Final = -99.0
_PROPER: Final = frozenset(("nr", "nrt", "nrfg", "nt", "nz", "ns"))
_GRAMMAR: Final = frozenset("upcdrmqfykvt")
_REMEMBERED: Final = 20_000
_LISTS: Final = (
    *("segment-words/new", "measure-borders/whole", "clause-words/owned", "clause-words/verb", "clause-words/beside"),
    *("clause-words/light", "clause-words/closing", "clause-words/who", "clause-words/says", "clause-words/firm"),
    *("use-verbs/verb", "use-verbs/make", "directions/up", "directions/down"),
)


class _Reader:
    """Cuts runs of characters by jieba's dictionary and the words of business texts; runs that were cut are remembered."""

    def __init__(self, cues: Cues) -> None:
        self._extra = {word: _USUAL for name in _LISTS for word in cues.words(name) if len(word) > 1}
        self._strange: dict[str, bool] = {}

    def is_strange(self, run: str) -> bool:
        """Whether a run holds two characters in a row that make no word, or a word that is no common one."""
        told = self._strange.get(run)
        if told is None:
            if len(self._strange) >= _REMEMBERED:
                self._strange.clear()
            told = self._strange[run] = self._read(run)
        return told

    def _read(self, run: str) -> bool:
        known, tags = weights(), parts_of_speech()
        alone = 0
        for word in split_words(run, self._extra):
            if len(word) == 1:
                grammar = tags.get(word, "")[:1] in _GRAMMAR and known.get(word, _NONE) >= _USUAL
                alone = 0 if grammar else alone + 1
                if alone > 1:
                    return True
                continue
            alone = 0
            weight = self._extra.get(word) or known.get(word, _NONE)
            if weight < _COMMON or (tags.get(word) in _PROPER and weight < _RARE):
                return True
        return False


_READER: Final = from_cues(_Reader)


def may_hold_name(sentence: str) -> bool:
    """Whether the tagger is to read a sentence (folded): False only where all its words are common and none stands beside names."""
    if _FORM.search(sentence) is not None or any(word not in _KNOWN_LATIN for word in _LATIN.findall(sentence)):
        return True
    reader = _READER()
    return any(reader.is_strange(run) for run in _RUN.findall(sentence))
