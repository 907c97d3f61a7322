"""Copies of one article: re-prints, the same in the other script, excerpts, the same page saved again with other chrome.

Two texts belong together when most of the shorter one stands in the longer one, word for word once folded: a share of
the shorter text (containment), since the Jaccard similarity of a 20 % excerpt and its article is 0.2, no more than that
of two pages with a common template.

A text becomes tokens (a Han character, or a word of letters and digits), tokens become windows of `WINDOW`, and each
stretch of windows keeps the one whose hash is smallest (MinHash within a sliding window, "winnowing"): a shared run of
at least `WINDOW + STRETCH - 1` tokens always leaves a shared mark. Marks only propose pairs; whether they belong
together is counted on all windows of the two texts.

References:
    S. Schleimer, D. Wilkerson, A. Aiken: Winnowing: local algorithms for document fingerprinting. SIGMOD 2003.
    A. Broder: On the resemblance and containment of documents. SEQUENCES 1997.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from casekit.fold import match_key

__all__ = [
    "WHOLE_SHARE",
    "Family",
    "Overlap",
    "Sketch",
    "Tokens",
    "candidate_pairs",
    "group_families",
    "longest_common_run",
    "may_retell",
    "same_article",
    "share_in",
    "shares",
    "sketch_tokens",
    "tokens_of",
    "windows_of",
]

Tokens: TypeAlias = npt.NDArray[np.uint64]
Marks: TypeAlias = npt.NDArray[np.uint32]

# Measured on the 1,848 encyclopedia passages of CMRC and DRCD (200-700 letters; all pairs unrelated, many on sister topics
# written to one pattern) and on the same passages turned into Taiwan's script and vocabulary and compared with themselves.
# Share of the shorter text that stands in the other, by window:  8: unrelated at most 0.62, converted at least 0.81;
# 10: 0.56 and 0.77; 13: 0.54 and 0.74; 16: 0.52 and 0.63. Digests and case studies against the articles they tell of stay
# below 0.22 at 10. So windows of 10, and the threshold between. Measure again before touching either.
WINDOW = 10
LEAST_SHARE = 0.65
# Both texts are the whole article when this much of each stands in the other; below it, the shorter is an excerpt. The two
# sides of a re-print differ by a headline, a byline, a line of contact data.
WHOLE_SHARE = 0.8
# A text that shares less than a copy and more than this much of the shorter with another may retell it (an abstract that keeps
# phrases, a translation into the other script that was worked over): that is proposed, never taken for granted.
RETOLD_SHARE = 0.25
# Shorter texts are headlines and quotations, which may stand in many articles.
LEAST_TOKENS = 30
# Runs of 25 shared tokens are sure to be noticed; longer stretches would save little (a mark for every 8 tokens or so).
STRETCH = 16
# Share of marks that proposes a pair: far below the threshold, since marks are a sample and a changed word takes ten windows.
_LEAST_MARKS = 0.15
# A mark in more texts than this is compared along a chain only, so that a common phrase doesn't cost its square.
_CROWD = 60

# Words of letters and digits in scripts that part words by spaces; everything from U+2E80 on is one token a character.
_WORD = re.compile(r"[^\W_\u2e80-\U0010ffff]+")
_BETWEEN = re.compile(r"[\W_]+")
_PRIVATE, _N_PRIVATE = 0xF0000, 0xFFFD  # code points that stand for words while tokens are made
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text is known by: its number of tokens and its marks (uint32, sorted, each once)."""

    n_tokens: int
    marks: Marks


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two texts and how much of each stands in the other, in [0, 1]."""

    one: str
    other: str
    share_of_one: float
    share_of_other: float


@dataclass(frozen=True, slots=True)
class Family:
    """Texts of one article.

    `id` is the member to show: the fullest, or the first in order among those nearly as full. `members` are in order;
    `shares` tells for each how much of the shown member it holds, roughly (1.0 for the shown one).
    """

    id: str
    members: tuple[str, ...]
    shares: tuple[float, ...]


def tokens_of(text: str) -> Tokens:
    """The letters and words of a text in one form for all scripts, widths and cases, as numbers.

    Args:
        text: The kept characters of a body, in any script.
    Returns:
        uint64, shape (n_tokens,).
    """
    folded = " ".join(map(match_key, _BETWEEN.split(text)))
    plain = _WORD.sub(lambda word: chr(_PRIVATE + zlib.crc32(word[0].encode("utf8")) % _N_PRIVATE), folded)
    raw = plain.replace(" ", "").encode("utf-32-le", "surrogatepass")
    return np.frombuffer(raw, dtype="<u4").astype(np.uint64)


def sketch_tokens(tokens: Tokens) -> Sketch:
    """The sketch of a text's tokens."""
    hashes = windows_of(tokens)
    if len(hashes) == 0:
        return Sketch(len(tokens), np.zeros(0, dtype=np.uint32))
    if len(hashes) > STRETCH:
        hashes = np.lib.stride_tricks.sliding_window_view(hashes, STRETCH).min(axis=1)
    else:
        hashes = hashes.min(keepdims=True)
    return Sketch(len(tokens), np.unique((hashes >> np.uint64(32)).astype(np.uint32)))


def windows_of(tokens: Tokens) -> Tokens:
    """A hash of each window of `WINDOW` tokens, shape (n_tokens - WINDOW + 1,); empty for shorter texts."""
    n = len(tokens) - WINDOW + 1
    if n <= 0:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(n, dtype=np.uint64)
    for at in range(WINDOW):  # a polynomial modulo 2**64; wrapping round is what is wanted
        hashes = hashes * _FACTOR + tokens[at : at + n]
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _MIX
    return hashes ^ (hashes >> np.uint64(31))


def shares(one: Tokens, other: Tokens) -> tuple[float, float]:
    """How much of each text stands in the other: the share of its tokens inside a common window, each in [0, 1].

    Examples:
        >>> text = "这家超市把会员、门店和导购放在同一个后台里经营，每周更新一次菜谱。" * 3
        >>> one, other = shares(tokens_of(text), tokens_of(text + "另有一段别的话，与它毫不相干，说的是天气和交通。"))
        >>> one
        1.0
        >>> other < 1
        True
    """
    return share_in(one, windows_of(other)), share_in(other, windows_of(one))


def share_in(tokens: Tokens, windows: Tokens) -> float:
    """The share of a text's tokens inside windows that are among `windows`, in [0, 1]."""
    places = np.flatnonzero(np.isin(windows_of(tokens), windows))
    if len(places) == 0:
        return 0.0
    steps = np.zeros(len(tokens) + 1, dtype=np.int64)
    steps[places] += 1
    steps[places + WINDOW] -= 1
    return float(np.count_nonzero(np.cumsum(steps)[:-1]) / len(tokens))


def longest_common_run(tokens: Tokens, windows: Tokens) -> int:
    """The length in tokens of the longest run of a text whose every window is among `windows`; 0 without a window."""
    hits = np.isin(windows_of(tokens), windows)
    if not hits.any():
        return 0
    edges = np.flatnonzero(np.diff(np.r_[0, hits.astype(np.int8), 0]))
    return int((edges[1::2] - edges[::2]).max()) + WINDOW - 1


def same_article(share_of_one: float, share_of_other: float, n_one: int, n_other: int) -> bool:
    """Whether two texts with these shares and numbers of tokens are copies, or one an excerpt of the other."""
    share_of_shorter = share_of_one if n_one <= n_other else share_of_other
    return min(n_one, n_other) >= LEAST_TOKENS and share_of_shorter >= LEAST_SHARE


def may_retell(share_of_one: float, share_of_other: float, n_one: int, n_other: int) -> bool:
    """Whether two texts that are no copies share so much that one may retell the other."""
    share_of_shorter = share_of_one if n_one <= n_other else share_of_other
    return min(n_one, n_other) >= LEAST_TOKENS and RETOLD_SHARE <= share_of_shorter < LEAST_SHARE


def candidate_pairs(sketches: Mapping[str, Sketch], *, among: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Pairs that share enough marks to be worth counting.

    Args:
        sketches: Sketches by id.
        among: Only pairs with one of these ids in them (None: all pairs).
    Returns:
        Pairs of ids in the order of `sketches`.
    """
    ids = [name for name, sketch in sketches.items() if sketch.n_tokens >= LEAST_TOKENS and len(sketch.marks)]
    if len(ids) < 2:
        return []
    wanted = np.ones(len(ids), dtype=bool) if among is None else np.array([name in among for name in ids])
    found = [pairs[wanted[pairs].any(axis=1)] for pairs in _pairs([sketches[name].marks for name in ids], wanted)]
    codes = [pairs[:, 0] * len(ids) + pairs[:, 1] for pairs in found]
    common, times = np.unique(np.concatenate(codes or [np.zeros(0, dtype=np.int64)]), return_counts=True)
    one, other = np.divmod(common, len(ids))
    sizes = np.array([len(sketches[name].marks) for name in ids])
    enough = times >= _LEAST_MARKS * np.minimum(sizes[one], sizes[other])
    return [(ids[a], ids[b]) for a, b in zip(one[enough], other[enough], strict=True)]


def _pairs(marks: Sequence[Marks], wanted: npt.NDArray[np.bool_]) -> Iterator[npt.NDArray[np.int64]]:
    """Pairs of texts (by number, the smaller first) with a mark in common, shape (n, 2): as often as they have marks."""
    joined = np.concatenate(marks)
    texts = np.repeat(np.arange(len(marks)), [len(some) for some in marks])
    order = np.argsort(joined, kind="stable")
    joined, texts = joined[order], texts[order]
    starts = np.flatnonzero(np.r_[True, joined[1:] != joined[:-1]])
    sizes = np.diff(np.r_[starts, len(joined)])
    for size in range(2, _CROWD + 1):
        groups = texts[starts[sizes == size][:, None] + np.arange(size)]
        groups = groups[wanted[groups].any(axis=1)]
        first, second = np.triu_indices(size, 1)
        yield np.stack([groups[:, first].ravel(), groups[:, second].ravel()], axis=1)
    for start, size in zip(starts[sizes > _CROWD], sizes[sizes > _CROWD], strict=True):
        crowd = texts[start : start + size]
        yield np.stack([crowd[:-1], crowd[1:]], axis=1)
        yield np.stack([np.repeat(crowd[0], size - 1), crowd[1:]], axis=1)
        for one in crowd[wanted[crowd]] if not wanted.all() else ():
            others = crowd[:_CROWD][crowd[:_CROWD] != one]
            yield np.stack([np.minimum(one, others), np.maximum(one, others)], axis=1)


def group_families(sizes: Mapping[str, int], overlaps: Sequence[Overlap]) -> list[Family]:
    """Families of two or more texts, in the order of their first members.

    An excerpt joins its article's other copies; a volume that holds several whole articles joins all of them.

    Args:
        sizes: Number of tokens of every text, in the corpus's order.
        overlaps: Pairs that belong together.
    """
    heads = {name: name for name in sizes}

    def head(name: str) -> str:
        while heads[name] != name:
            heads[name] = heads[heads[name]]
            name = heads[name]
        return name

    for overlap in overlaps:
        heads[head(overlap.other)] = head(overlap.one)
    groups: dict[str, list[str]] = {}
    for name in sizes:
        groups.setdefault(head(name), []).append(name)
    known = {(o.one, o.other): o.share_of_other for o in overlaps} | {
        (o.other, o.one): o.share_of_one for o in overlaps
    }
    families = []
    for members in groups.values():
        if len(members) > 1:
            longest = max(sizes[name] for name in members)
            # nearly as full: a copy with more chrome left on it is no better copy
            shown = next(name for name in members if sizes[name] >= 0.9 * longest)
            held = [1.0 if m == shown else known.get((m, shown), sizes[m] / longest) for m in members]
            families.append(Family(shown, tuple(members), tuple(round(min(1.0, share), 3) for share in held)))
    return families
