"""From a body with its names found to its words: what makes the layer `segments`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from casekit.fold import fold_spans, match_key
from casekit.index import Draft
from casekit.index.layers import OWN_WORDS, Outdated
from casekit.lessons import Lesson, Taught
from casekit.lexicon import Lexicon
from casekit.segment import Segmenter
from casekit.segment.coded import BodyWords
from casekit.segment.tags import part_of_speech
from casekit.types import Doc, Mention

__all__ = ["Wording", "concerned", "tag_of"]

_TAGS: Final = {"person": "nr", "company": "nt", "brand": "nt", "org": "nt"}
_OTHER_NAME: Final = "nz"
_THINGS: Final = frozenset((*_TAGS, "product"))


def concerned(
    draft: Draft, older: Sequence[Outdated], lessons: Sequence[Lesson], relisted: Collection[str] | None = None
) -> set[str]:
    """Ids of the sources whose words may be others now, though nothing was found otherwise in them.

    All of them where the segmenter or the package's lexicon changed; where a workspace only taught other words or decided on
    names, those that hold one.

    Args:
        draft: The index in the making.
        older: The layers whose makers changed.
        lessons: What is taught now.
        relisted: Where nothing but the workspace's own lexicon and lessons changed, the sources that its names concern.
    """
    have = set(draft.records.keys())
    because = [one.because for one in older if one.layer == "segments"]
    if not because:
        return have - draft.words.sources()
    if set(because[0]) - {OWN_WORDS} and relisted is None:
        return have
    now = {lesson.line(): lesson.word for lesson in lessons}
    changed = draft.words.lessons() ^ now.keys()
    found = (have - draft.words.sources()) | (set(relisted or ()) & have)
    for line in changed:
        word = now.get(line) or line.partition(" ")[2].partition("=")[0]
        found.update(draft.records.sources_holding(match_key(word)))
    return found


class Wording:
    """Cuts bodies with a lexicon and what a workspace taught."""

    def __init__(self, lexicon: Lexicon, taught: Taught) -> None:
        self._lexicon = lexicon
        self._taught = taught
        self._segmenter = Segmenter(lexicon.names(hant=False), taught=taught)
        self._tags: dict[str, str] = {}

    def words_of(self, doc: Doc, mentions: Sequence[Mention]) -> BodyWords:
        """The words of a body; every name found in it is one, with the tag of its type.

        Args:
            doc: The source with its body.
            mentions: What was found in it, in the order of their addresses.
        """
        folded = fold_spans(doc.text, doc.cleaned.kept)
        types: dict[tuple[int, int], str] = {}
        for mention in mentions:
            start, end = folded.locate(mention.span)
            if start < end:
                types[start, end] = _TAGS.get(mention.type, _OTHER_NAME)
        starts, ends = folded.starts.tolist(), folded.ends.tolist()
        names = _disjoint(sorted(types))
        return BodyWords.of(
            (starts[first], ends[last - 1], word, types.get((first, last)) or self._tag(word))
            for first, last, word in self._segmenter.cut_around(folded.text, names)
        )

    def _tag(self, word: str) -> str:
        tag = self._tags.get(word)
        if tag is None:
            tag = self._tags[word] = tag_of(word, self._lexicon, self._taught)
        return tag


def tag_of(word: str, lexicon: Lexicon, taught: Taught) -> str:
    """The part of speech of a folded word: as taught, of the thing that it names, or by the dictionary; empty where unknown.

    Tactics and frameworks are called by ordinary words (导购, 会员), of which the dictionary knows more than that they are names.
    """
    known = taught.added.get(word)
    if known:
        return known
    entity = lexicon.lookup(word)
    named = _TAGS.get(entity.type, _OTHER_NAME) if entity is not None else ""
    if entity is not None and entity.type in _THINGS and word not in lexicon.ambiguous_keys.get(entity.id, ()):
        return named
    return part_of_speech(word) or named


def _disjoint(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges without those that begin inside the one before."""
    found: list[tuple[int, int]] = []
    for one in ranges:
        if not found or one[0] >= found[-1][1]:
            found.append(one)
    return found
