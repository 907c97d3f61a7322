"""Quotations in the other region's words: 数字化 where a Taiwan-worded copy has 數位化. The same sentence, but not its characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from casekit.check.places import CorpusKeys, Near, Reach
from casekit.check.spelling import ELLIPSIS, first_difference, spell
from casekit.fold import Folded, fold_spans, match_key
from casekit.passages import clipped
from casekit.types import Span

__all__ = ["Reworded", "reworded"]

# Letters around a near passage in which its words may begin or end: the longest pair of words (全球资讯网, 万维网).
_MARGIN: Final = 8


@dataclass(frozen=True, slots=True)
class Reworded:
    """Where a quotation stands in other words; `pairs` are the source's words with the draft's."""

    reach: Reach
    pairs: tuple[tuple[str, str], ...]


def reworded(content: str, keys: CorpusKeys, nearest: Callable[[str], Near | None]) -> Reworded | None:
    """The place that says the same when the words of Taiwan and of the mainland count as one, or None.

    Args:
        content: The quotation, ellipses included.
        keys: The corpus's bodies.
        nearest: Where in them a key comes nearest.
    """
    source = -1
    parts: list[tuple[int, int]] = []
    pairs: list[tuple[str, str]] = []
    for piece in ELLIPSIS.split(content):
        if not (key := spell(piece).key):
            continue
        near = nearest(key)
        if near is None or source not in (-1, near.source) or (parts and near.end <= parts[-1][1]):
            return None
        source = near.source
        text = keys.texts[source]
        around = text.span(max(0, near.start - _MARGIN), min(len(text.key), near.end + _MARGIN))
        found = _within(piece, text.source.text, clipped(text.source.kept, around))
        if found is None:
            return None
        parts.append(text.key.locate(found[0]))
        pairs += found[1]
    return Reworded(Reach(source, tuple(parts)), tuple(dict.fromkeys(pairs))) if pairs else None


def _within(piece: str, text: str, kept: Sequence[Span]) -> tuple[Span, list[tuple[str, str]]] | None:
    """Where kept characters say what the piece says, marks included, and the words that differ; None where nowhere."""
    theirs, mine = fold_spans(text, kept), fold_spans(piece)
    letters, own = ([i for i, c in enumerate(one.text) if c.isalnum()] for one in (theirs, mine))
    at = "".join(theirs.text[i] for i in letters).find("".join(mine.text[i] for i in own))
    if at < 0 or not own:
        return None
    letters = letters[at : at + len(own)]
    first, last = letters[0], letters[-1] + 1
    if first_difference(spell(mine.text), spell(theirs.text[first:last])) is not None:
        return None
    words: list[tuple[str, str]] = []
    begin = 0
    for n in range(1, len(own) + 1):
        if n < len(own) and any(_one_word(f, i[n - 1], i[n]) for f, i in ((theirs, letters), (mine, own))):
            continue
        source = theirs.span(letters[begin], letters[n - 1] + 1).slice(text)
        word = mine.span(own[begin], own[n - 1] + 1).slice(piece)
        if match_key(source) != match_key(word):
            words.append((source, word))
        begin = n
    return theirs.span(first, last), words


def _one_word(folded: Folded, before: int, after: int) -> bool:
    """Whether two folded characters came from one word."""
    return bool(folded.starts[before] == folded.starts[after] and folded.ends[before] == folded.ends[after])
