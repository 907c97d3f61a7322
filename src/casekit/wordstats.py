"""What the counts of words tell: which are typical of a part of a corpus, which go together, how evenly one is spread, which
strings behave like words that no dictionary has.

Plain functions over counts and lists of words; nothing here knows where these come from.

References:
    Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19(1), 1993 (G²).
    Hardie, Log Ratio – an informal introduction, 2014 (log ratio).
    Rychlý, A Lexicographer-Friendly Association Score, RASLAN 2008 (logDice).
    Gries, Dispersions and adjusted frequencies in corpora, International Journal of Corpus Linguistics 13(4), 2008 (DP).
    Jin & Tanaka-Ishii, Unsupervised Segmentation of Chinese Text by Use of Branching Entropy, COLING/ACL 2006.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Collocate", "Key", "NewWord", "collocates", "dispersion", "keyness", "new_words"]


@dataclass(frozen=True, slots=True)
class Key:
    """A word that a part of a corpus has more often than the rest.

    `g2` is the log-likelihood ratio (3.84 is 5 % by chance, 15.13 is 0.01 %), `log_ratio` how many times the rate doubles.
    """

    word: str
    count: int
    elsewhere: int
    g2: float
    log_ratio: float


def keyness(own: Mapping[str, int], rest: Mapping[str, int]) -> list[Key]:
    """The words that stand in `own` at a higher rate than in `rest`, the surest first.

    Args:
        own: Word to how often it stands in the part.
        rest: The same for what it is held against, without the part.

    Examples:
        >>> [key.word for key in keyness({"茶": 8, "店": 5}, {"茶": 1, "店": 50})]
        ['茶']
    """
    n, m = sum(own.values()), sum(rest.values())
    found = []
    for word, a in own.items():
        b = rest.get(word, 0)
        if not n or not m or a / n <= b / m:
            continue
        expected_a, expected_b = n * (a + b) / (n + m), m * (a + b) / (n + m)
        g2 = 2 * (a * math.log(a / expected_a) + (b * math.log(b / expected_b) if b else 0.0))
        # half a count stands for none: a ratio to nothing is no number
        found.append(Key(word, a, b, g2, math.log2((a / n) / ((b or 0.5) / m))))
    return sorted(found, key=lambda key: (-round(key.g2, 9), -key.count, key.word))


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near another: how often it stands near it, how often at all, and logDice (at most 14, independent of size)."""

    word: str
    together: int
    count: int
    log_dice: float


def collocates(clauses: Iterable[Sequence[str]], word: str, *, window: int = 5) -> list[Collocate]:
    """The words that stand within `window` words of `word` in the same sentence, the closest companions first.

    A word counts once for each of its own places that has one of `word` near.

    Args:
        clauses: Sentences as lists of words.
        word: The word, as it stands in them.
        window: In words, to either side; 1 or more.
    """
    counts: Counter[str] = Counter()
    near: Counter[str] = Counter()
    for clause in clauses:
        counts.update(clause)
        places = [i for i, one in enumerate(clause) if one == word]
        beside = {j for i in places for j in range(max(0, i - window), min(len(clause), i + window + 1))}
        near.update(clause[j] for j in beside.difference(places))
    found = [
        Collocate(other, n, counts[other], 14 + math.log2(2 * n / (counts[word] + counts[other])))
        for other, n in near.items()
    ]
    return sorted(found, key=lambda one: (-round(one.log_dice, 9), -one.together, one.word))


def dispersion(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """DP: 0 where a word is spread over the parts as the text itself is, towards 1 where it stands in one small part alone.

    Args:
        counts: How often the word stands in each part.
        sizes: How many words each part has.

    Raises:
        ValueError: If there is no text, or the two are not of the same length.

    Examples:
        >>> dispersion([5, 5], [100, 100]), dispersion([10, 0], [100, 100])
        (0.0, 0.5)
    """
    total, whole = sum(counts), sum(sizes)
    if len(counts) != len(sizes) or not whole:
        raise ValueError("counts and sizes of the same parts, with some text in them")
    if not total:
        return 0.0
    return sum(abs(n / total - size / whole) for n, size in zip(counts, sizes, strict=True)) / 2


@dataclass(frozen=True, slots=True)
class NewWord:
    """Neighbouring words that behave like one.

    `pmi` tells how much oftener (in bits) they stand together than by chance, `freedom` (bits) how many different words stand
    on the side that has fewer.
    """

    word: str
    parts: tuple[str, ...]
    count: int
    pmi: float
    freedom: float


def new_words(
    clauses: Iterable[Sequence[str]],
    *,
    may: Mapping[str, bool],
    least: int = 3,
    least_pmi: float = 4.0,
    least_freedom: float = 1.0,
) -> list[NewWord]:
    """Strings of two or three neighbouring words that may be words of their own, the oftenest first.

    Args:
        clauses: Sentences as lists of words.
        may: Which words may be part of a longer one (no particles, no numbers); others part what stands beside them.
        least: How often a string must stand.
        least_pmi: In bits; below it the parts meet as strangers do.
        least_freedom: In bits; below it the string itself is part of a longer one.
    """
    counts: Counter[str] = Counter()
    strings: Counter[tuple[str, ...]] = Counter()
    left: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    right: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    edges = 0
    for clause in clauses:
        counts.update(clause)
        for size in (2, 3):
            for i in range(len(clause) - size + 1):
                string = tuple(clause[i : i + size])
                if not all(may.get(one, False) for one in string):
                    continue
                strings[string] += 1
                edges += 1  # the edge of a sentence is a neighbour of its own each time
                left[string][clause[i - 1] if i else f"\n{edges}"] += 1
                right[string][clause[i + size] if i + size < len(clause) else f"\n{edges}"] += 1
    total = sum(counts.values())
    found = []
    for string, n in strings.items():
        if n < least:
            continue
        pmi = math.log2(n / total) - sum(math.log2(counts[one] / total) for one in string)
        pmi /= len(string) - 1  # a bit for each joint
        freedom = min(_entropy(left[string]), _entropy(right[string]))
        if pmi >= least_pmi and freedom >= least_freedom:
            found.append(NewWord("".join(string), string, n, pmi, freedom))
    return sorted(found, key=lambda one: (-one.count, -round(one.pmi, 9), one.word))


def _entropy(counts: Mapping[str, int]) -> float:
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values())
