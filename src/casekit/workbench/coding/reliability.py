"""Agreement of coders beyond chance, over units that each of them put into a category.

References:
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1), 37-46.
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania, section A to C (nominal).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

__all__ = ["cohen_kappa", "krippendorff_alpha", "share_agreed"]

Patterns = Mapping[Any, int]
"""What the coders said of a unit, in their order (None: nothing), and of how many units they said so."""


def share_agreed(patterns: Patterns) -> float | None:
    """The share of the units that two coders put into the same category, in [0, 1]; None where there are no units."""
    n = sum(patterns.values())
    return sum(count for (a, b), count in patterns.items() if a == b) / n if n else None


def cohen_kappa(patterns: Patterns) -> float | None:
    """Cohen's kappa of two coders: (p_o - p_e) / (1 - p_e), at most 1.

    p_o is the share of units they agree on, p_e the share to be expected if each threw his own categories about at random.
    None where p_e is 1: both gave one category to everything, so that there is nothing to agree about.

    Examples:
        >>> cohen_kappa({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
        0.4
    """
    n = sum(patterns.values())
    if not n:
        return None
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (a, b), count in patterns.items():
        first[a] += count
        second[b] += count
    agreed = sum(count for (a, b), count in patterns.items() if a == b)
    chance = sum(first[one] * second[one] for one in first)  # p_e n², whole numbers: 1 is seen exactly
    return None if chance == n * n else round((agreed * n - chance) / (n * n - chance), 12)


def krippendorff_alpha(patterns: Patterns) -> float | None:
    """Krippendorff's alpha for nominal data, any number of coders, with gaps (None): 1 - D_o / D_e, at most 1.

    Each unit that m >= 2 coders valued gives its ordered pairs of values to the coincidence matrix, each 1 / (m - 1). None
    where all values are one, so that nothing could differ.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for pattern, units in patterns.items():
        values = Counter(one for one in pattern if one is not None)
        m = sum(values.values())
        if m < 2:
            continue
        for a, n_a in values.items():
            for b, n_b in values.items():
                pairs = n_a * (n_b - (a == b))
                coincidences[a, b] += units * pairs / (m - 1)
    margins: Counter[Hashable] = Counter()
    for (a, _), count in coincidences.items():
        margins[a] += count
    n = sum(margins.values())
    observed = sum(count for (a, b), count in coincidences.items() if a != b)
    expected = n * n - sum(count * count for count in margins.values())
    return None if expected <= 0 else round(1 - (n - 1) * observed / expected, 12)
