"""Where in the corpus the letters of a quotation stand: exactly, in order across an ellipsis, or nearly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from casekit.check.records import CorpusSource
from casekit.check.spelling import fast_key
from casekit.fold import Folded, key_spans
from casekit.fold.tape import tape_of
from casekit.types import Span

__all__ = ["CorpusKeys", "Near", "Reach", "SourceText"]

_NOTHING: Final = "\x00"  # between sources; no letter
# An ellipsis may leave out this many letters: two passages of 200. A stretch of only a few letters proves little far away,
# so each letter of it buys _REACH_PER_LETTER.
_REACH_CHARS: Final = 400
_REACH_PER_LETTER: Final = 40
_MOST_PLACES: Final = 60  # places of one string that are looked at; more often stands only a set phrase
# Places of a quotation's pairs of neighbouring letters that are looked at, rarest pairs first: 的时 stands everywhere and
# tells nothing.
_MOST_PAIR_PLACES: Final = 20_000
_MOST_CROWD_PLACES: Final = 2_000  # the same where only a neighbourhood is looked for
_CROWD: Final = 48  # letters of a stretch: a clause or two
_SURELY: Final = 0.9  # likeness at which no other passage is looked for
_MOST_WINDOWS: Final = 6
_BIN: Final = 32
_MARGIN: Final = 20  # letters on either side of a rough alignment in which the exact one is looked for
_SLACK: Final = 6  # letters that a passage with moved clauses may be longer than the quotation
_CLEARLY: Final = 0.75  # likeness above which letters were changed in place, not moved


@dataclass(frozen=True, slots=True)
class Reach:
    """Letters [start, end) of a source's key, one range for every part of a quotation with ellipses."""

    source: int
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Near:
    """The letters [start, end) of a source's key that come nearest to a quotation; `likeness` in [0, 1]."""

    source: int
    start: int
    end: int
    likeness: float
    same_pairs: float
    """Share of the quotation's pairs of neighbouring letters that stand there in any order."""


class SourceText:
    """One source as it is compared: its key with addresses, and its kept characters as people read them."""

    def __init__(self, source: CorpusSource, *, whole: bool = False) -> None:
        self.source = source
        self._kept = None if whole else source.kept

    @cached_property
    def key(self) -> Folded:
        """The key of the body, with the place of every letter."""
        return key_spans(self.source.text, self._kept)

    @cached_property
    def _tape(self) -> tuple[str, npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        tape = tape_of(self.source.text, self._kept)
        folded = tape.folded()
        return folded.text, folded.starts, folded.ends

    @property
    def plain(self) -> str:
        """The kept characters one after the other."""
        return self._tape[0]

    def span(self, start: int, end: int) -> Span:
        """The range of the stored text that letters [start, end) of the key came from."""
        return self.key.span(start, end)

    def plain_range(self, span: Span) -> tuple[int, int]:
        """The range of `plain` that shows a range of the stored text."""
        _, starts, ends = self._tape
        first = int(np.searchsorted(ends, span.start, side="right"))
        last = int(np.searchsorted(starts, span.end, side="left"))
        return first, max(first, last)


class CorpusKeys:
    """The keys of all sources in one string, with an index of neighbouring letters made when first needed."""

    def __init__(self, sources: Sequence[CorpusSource], *, whole: bool = False) -> None:
        self._whole = whole
        self.texts = [SourceText(source, whole=whole) for source in sources]
        keys = []
        for source in sources:
            shown = source.text if whole else "".join(span.slice(source.text) for span in source.kept)
            keys.append(fast_key(shown))
        self.text = _NOTHING.join(keys)
        self.starts: list[int] = []
        at = 0
        for key in keys:
            self.starts.append(at)
            at += len(key) + 1

    def _place(self, at: int) -> tuple[int, int]:
        i = bisect_right(self.starts, at) - 1
        return i, at - self.starts[i]

    def source_at(self, at: int) -> int:
        """The number of the source that letter `at` of `text` belongs to."""
        return self._place(at)[0]

    def bounds(self, source: int) -> tuple[int, int]:
        """Where a source's key begins and ends in `text`."""
        start = self.starts[source]
        end = self.starts[source + 1] - 1 if source + 1 < len(self.starts) else len(self.text)
        return start, end

    # ---- neighbouring letters -----------------------------------------------------------------------------------
    @cached_property
    def _pairs(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        codes = _pair_codes(self.text)
        order = np.argsort(codes, kind="stable")
        return codes[order], order

    def _known(self, key: str) -> bool:
        """Whether every pair of neighbouring letters stands somewhere; a quick no for most changed quotations."""
        if len(key) < 2:
            return key in self.text
        codes = np.unique(_pair_codes(key))
        sorted_codes = self._pairs[0]
        at = np.searchsorted(sorted_codes, codes)
        if len(sorted_codes) == 0 or at[-1] == len(sorted_codes):
            return False
        return bool(np.all(sorted_codes[np.minimum(at, len(sorted_codes) - 1)] == codes))

    # ---- exact --------------------------------------------------------------------------------------------------
    def _finds(self, key: str) -> Iterator[int]:
        at = self.text.find(key)
        found = 0
        while at >= 0 and found < _MOST_PLACES:
            yield at
            found += 1
            at = self.text.find(key, at + 1)

    def reaches(self, parts: Sequence[str]) -> list[Reach]:
        """Every place where the parts stand one after the other, close by, in one source.

        Args:
            parts: Keys of what stands between a quotation's ellipses, none empty.
        """
        if not self._whole and not all(self._known(part) for part in parts):
            return []
        anchor = max(range(len(parts)), key=lambda i: len(parts[i]))
        out = []
        for at in self._finds(parts[anchor]):
            source, _ = self._place(at)
            low, high = self.bounds(source)
            spans = [(at, at + len(parts[anchor]))]
            for part in parts[anchor + 1 :]:
                end = spans[-1][1]
                next_at = self.text.find(part, end, min(high, end + _reach(part) + len(part)))
                if next_at < 0:
                    break
                spans.append((next_at, next_at + len(part)))
            else:
                for part in reversed(parts[:anchor]):
                    start = spans[0][0]
                    last_at = self.text.rfind(part, max(low, start - _reach(part) - len(part)), start)
                    if last_at < 0:
                        break
                    spans.insert(0, (last_at, last_at + len(part)))
                else:
                    out.append(Reach(source, tuple((a - low, b - low) for a, b in spans)))
        return out

    # ---- nearly -------------------------------------------------------------------------------------------------
    def nearest(self, key: str) -> Near | None:
        """The place whose letters come nearest to those of `key`, or None where nothing shares a few pairs with it."""
        shifts = self._pair_places(key, _MOST_PAIR_PLACES, shifted=True) if len(key) >= 4 else None
        if shifts is None:
            return None
        best: Near | None = None
        for start, end in self._windows(shifts, len(key)):
            found = self._align(key, start, end)
            if found is not None and (
                best is None or (found.likeness, found.same_pairs) > (best.likeness, best.same_pairs)
            ):
                best = found
                if best.likeness > _SURELY:
                    break
        return best

    def crowded(self, key: str, *, most: int = 2) -> list[tuple[int, int, int]]:
        """The `most` stretches that hold most of a text's pairs of letters in any order, as (source, start, end) of its key."""
        places = self._pair_places(key, _MOST_CROWD_PLACES, shifted=False) if len(key) >= 4 else None
        if places is None:
            return []
        bins, votes = np.unique(places // _CROWD, return_counts=True)
        after = np.searchsorted(bins, bins + 1)
        after[after == len(bins)] = 0
        scores = votes + np.where(bins[after] == bins + 1, votes[after], 0)
        out = []
        for n in np.lexsort((bins, -scores))[:most].tolist():
            at = int(bins[n]) * _CROWD
            source, start = self._place(at)
            first, last = self.bounds(source)
            out.append((source, start, min(start + 2 * _CROWD, last - first)))
        return out

    def _pair_places(self, key: str, most: int, *, shifted: bool) -> npt.NDArray[np.int64] | None:
        """Where the pairs of `key` stand, rarest pairs first, `most` places in all; less their places in `key` if `shifted`."""
        sorted_codes, order = self._pairs
        codes = _pair_codes(key)
        low = np.searchsorted(sorted_codes, codes, side="left")
        high = np.searchsorted(sorted_codes, codes, side="right")
        counts = high - low
        usable: list[int] = []
        places = 0
        for i in np.argsort(counts, kind="stable").tolist():  # the rarest pairs tell most
            if not counts[i] or (usable and places + counts[i] > most):
                continue
            usable.append(i)
            places += int(counts[i])
        if not usable:
            return None
        return np.concatenate([order[low[i] : high[i]] - (i if shifted else 0) for i in usable])

    def _windows(self, shifts: npt.NDArray[np.int64], size: int) -> Iterator[tuple[int, int]]:
        bins, votes = np.unique(shifts // _BIN, return_counts=True)
        after = np.searchsorted(bins, bins + 1)
        after[after == len(bins)] = 0
        scores = votes + np.where(bins[after] == bins + 1, votes[after], 0)
        for n in np.lexsort((bins, -scores))[:_MOST_WINDOWS].tolist():
            b = int(bins[n])
            at = max(0, b * _BIN)
            source, _ = self._place(min(at, len(self.text) - 1))
            first, last = self.bounds(source)
            if at + _BIN > last and source + 1 < len(self.starts):
                first, last = first, self.bounds(source + 1)[1]
            # Where words were dropped or moved, other parts of the quotation point to a place close by.
            first_bin, last_bin = np.searchsorted(bins, (b - _REACH_CHARS // _BIN, b + _REACH_CHARS // _BIN + 1))
            near = [int(o) for o, v in zip(bins[first_bin:last_bin], votes[first_bin:last_bin], strict=True) if v >= 3]
            low = min([b, *near]) * _BIN - _BIN
            high = (max([b, *near]) + 2) * _BIN + size + _BIN
            yield max(0, low), min(len(self.text), high)
            if near:
                yield max(0, (b - 1) * _BIN), min(len(self.text), (b + 2) * _BIN + size + _BIN)

    def _align(self, key: str, start: int, end: int) -> Near | None:
        from rapidfuzz import fuzz
        from rapidfuzz.distance import Levenshtein

        window = self.text[start:end]
        cut = window.find(_NOTHING)
        if cut >= 0:  # keep the side that shares more with the quotation
            sides = [(start, window[:cut])]
            at = start + cut + 1
            for side in window[cut + 1 :].split(_NOTHING):
                sides.append((at, side))
                at += len(side) + 1
            pairs = _pair_set(key)
            start, window = max(sides, key=lambda s: len(pairs & _pair_set(s[1])))
        if not window:
            return None
        whole = _dropped_inside(key, window)
        if whole is None:
            found = fuzz.partial_ratio_alignment(key, window)
            if found is None:
                return None
            a, b = max(0, found.dest_start - _MARGIN), min(len(window), found.dest_end + _MARGIN)
            first, last = _best_slice(key, window[a:b])
            whole = (a + first, a + last)
        a, b = whole
        slice_ = window[a:b]
        if not slice_:
            return None
        likeness = 1 - Levenshtein.distance(key, slice_) / max(len(key), len(slice_))
        if len(slice_) > len(key) and _is_dropped(key, slice_):
            likeness = max(likeness, 0.99)  # nothing changed, something left out
        own = _pair_set(key)
        moved_a, moved_b, same = _gathered(own, window, len(key))
        if same > _pairs_share(own, slice_) and likeness < _CLEARLY:
            a, b = moved_a, moved_b
        source, at = self._place(start + a)
        return Near(source, at, at + (b - a), likeness, same)


def _reach(part: str) -> int:
    return min(_REACH_CHARS, _REACH_PER_LETTER * len(part))


def _pair_codes(text: str) -> npt.NDArray[np.int64]:
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    return (letters[:-1] << 21) | letters[1:]


def _pair_set(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _pairs_share(own: set[str], text: str) -> float:
    return len(own & _pair_set(text)) / len(own) if own else 0.0


def _gathered(own: set[str], window: str, size: int) -> tuple[int, int, float]:
    """The stretch of `window`, about `size` letters long, that holds most of the pairs, and its share of them."""
    places = [i for i in range(len(window) - 1) if window[i : i + 2] in own]
    best, first = (0, 0, 0.0), 0
    for last, place in enumerate(places):
        while place + 2 - places[first] > size + _SLACK:
            first += 1
        if last - first + 1 > best[2]:
            best = (places[first], place + 2, last - first + 1)
    start, end, _ = best
    return start, end, _pairs_share(own, window[start:end])


def _best_slice(key: str, window: str) -> tuple[int, int]:
    """The slice of `window` with the least Levenshtein distance to `key`; of equals, the one that ends first.

    Semi-global alignment (Sellers 1980), row by row; what the source has more inside a row is a running minimum.
    """
    ends = _last_row(key, window)
    end = int(np.argmin(ends))
    starts = _last_row(key[::-1], window[:end][::-1])
    # several starts may cost the same: the one whose slice is nearest to the key's length keeps whole words
    best = np.flatnonzero(starts == starts.min())
    length = int(best[np.argmin(np.abs(best - len(key)))])
    return end - length, end


def _last_row(key: str, window: str) -> npt.NDArray[np.int64]:
    letters = np.frombuffer(window.encode("utf-32-le"), dtype=np.uint32)
    steps = np.arange(len(window) + 1, dtype=np.int64)
    row = np.zeros(len(window) + 1, dtype=np.int64)
    for letter in key:
        change = row[:-1] + (letters != ord(letter))
        fresh = row + 1
        fresh[1:] = np.minimum(fresh[1:], change)
        row = np.minimum.accumulate(fresh - steps) + steps
    return row


def _dropped_inside(key: str, window: str) -> tuple[int, int] | None:
    """Where `window` holds `key` with one piece more inside it: the range from its first to its last letter, or None."""
    head = _longest(key, window)
    for at in _all(window, key[:head]) if head else ():
        tail = key[head:]
        if not tail:
            return at, at + head
        after = at + head
        for shorter in range(min(6, head)):  # the head's last letters may belong to the tail
            tail = key[head - shorter :]
            found = window.find(tail, after - shorter + 1)
            if 0 <= found <= after + _REACH_CHARS:
                return at, found + len(tail)
    return None


def _longest(key: str, window: str) -> int:
    """The length of the longest beginning of `key` that stands in `window`."""
    low, high = 0, len(key)
    while low < high:
        middle = (low + high + 1) // 2
        if key[:middle] in window:
            low = middle
        else:
            high = middle - 1
    return low


def _all(window: str, piece: str) -> Iterator[int]:
    at = window.find(piece)
    while at >= 0:
        yield at
        at = window.find(piece, at + 1)


def _is_dropped(key: str, longer: str) -> bool:
    """Whether `longer` is `key` with one piece put in."""
    head = 0
    while head < len(key) and key[head] == longer[head]:
        head += 1
    tail = len(key) - head
    return tail == 0 or longer.endswith(key[head:])
