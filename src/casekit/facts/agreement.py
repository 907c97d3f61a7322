"""The same figure in several places: do they agree, differ in scope, or contradict each other?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from casekit.types import Fact

__all__ = ["Agreement", "Verdict", "compare_facts"]

Verdict = Literal["agree", "scope", "conflict"]

_NOISE: Final = re.compile(r"[\W_]+|的|总数|数量|人数|总额|数$|量$|率$|同比|累计|全年|约|达")
_UPWARD: Final = re.compile(
    r"超|逾|突破|破|至少|最少|起码|不低于|不少于|以上|高达|多达|多|\+|余|more than|over|at least"
)
_DOWNWARD: Final = re.compile(
    r"不到|不足|最多|至多|不超过|以内|以下|最高|低于|少于|近|接近|将近|less than|up to|nearly|almost"
)
_ROUGH: Final = re.compile(r"约|大约|大概|左右|上下|近|接近|将近|about|around|roughly|nearly|approximately|some")
# How far a rounded figure may lie from another and still be the same: "about 400" for 380 to 420. A twentieth is the
# coarsest rounding that business texts use for two-digit figures; exact figures must be equal.
_ROUGH_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures about the same thing, and what they say of each other.

    Attributes:
        subject: Whom they are about.
        metric: What they measure.
        unit: Their unit.
        verdict: "agree"; "scope" where period, kind or reach differ or are unknown; "conflict" where the same period and kind
            have values that cannot both hold.
        reasons: Why the verdict is not "agree": "period", "kind", "value", sorted.
        facts: All of them, in the order given.
        independent: How many sources say so, copies of one article counted once.
    """

    subject: str
    metric: str
    unit: str | None
    verdict: Verdict
    reasons: tuple[str, ...]
    facts: tuple[Fact, ...]
    independent: int


def compare_facts(facts: Iterable[Fact], *, family: Mapping[str, str] | None = None) -> list[Agreement]:
    """Groups of two or more figures about the same subject, metric and unit, with a verdict for each.

    Equal figures of re-prints are one voice, not agreement: a group whose facts all come from one family is left out
    unless its values differ. Two figures only contradict each other when both name the same period and are of one
    kind; otherwise they may speak of different things and differ "in scope".

    Args:
        facts: Facts of any number of sources; dates and figures without subject or metric are passed over.
        family: Source id → id of the article it is a copy of; a source not in it stands for itself.

    Returns:
        Sorted by verdict (conflict first), then subject, metric and unit.
    """
    family = family or {}
    groups: dict[tuple[str, str | None], list[Fact]] = defaultdict(list)
    for f in facts:
        if f.kind != "date" and f.subject and f.metric and (f.value_min is not None or f.value_max is not None):
            groups[(f.subject_entity or _key(f.subject), f.unit)].append(f)
    out: list[Agreement] = []
    for (_, unit), members in groups.items():
        judged = (_judge(alike, unit, family) for alike in _by_metric(members))
        out.extend(group for group in judged if group is not None)
    order = {"conflict": 0, "scope": 1, "agree": 2}
    return sorted(out, key=lambda a: (order[a.verdict], a.subject, a.metric, a.unit or ""))


def _key(text: str) -> str:
    return _NOISE.sub("", text.lower())


def _by_metric(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Facts whose metrics are the same words, or one the other with something before it (门店, 零售门店)."""
    groups: list[tuple[str, list[Fact]]] = []
    for f in facts:
        key = _key(f.metric or "") or (f.metric or "")
        for other, members in groups:
            if key == other or (min(len(key), len(other)) >= 2 and (key.endswith(other) or other.endswith(key))):
                members.append(f)
                break
        else:
            groups.append((key, [f]))
    return [members for _, members in groups if len(members) > 1]


def _judge(facts: Sequence[Fact], unit: str | None, family: Mapping[str, str]) -> Agreement | None:
    voices = {family.get(f.source, f.source) for f in facts}
    verdict: Verdict = "agree"
    reasons: set[str] = set()
    for a, b in combinations(facts, 2):
        if _compatible(a, b):
            continue
        differ = {"value"}
        if a.kind != b.kind and {a.kind, b.kind} & {"target", "estimate"}:
            differ.add("kind")
        if not _same_period(a, b):
            differ.add("period")
        reasons |= differ
        if differ == {"value"}:
            verdict = "conflict"
        elif verdict == "agree":
            verdict = "scope"
    if verdict == "agree" and len(voices) < 2:
        return None
    first = facts[0]
    return Agreement(
        first.subject or "", first.metric or "", unit, verdict, tuple(sorted(reasons)), tuple(facts), len(voices)
    )


def _same_period(a: Fact, b: Fact) -> bool:
    """Whether both name a period and the periods are the same one; an unnamed period could be any."""
    return a.date_iso is not None and a.date_iso == b.date_iso


def _reach(f: Fact) -> tuple[float, float]:
    """The values that a figure allows, by its range and its qualifier."""
    low = float(f.value_min) if f.value_min is not None else float("-inf")
    high = float(f.value_max) if f.value_max is not None else float("inf")
    if _ROUGH.search(f.qualifier):
        low, high = low - _ROUGH_SHARE * abs(low), high + _ROUGH_SHARE * abs(high)
    if f.value_max == f.value_min:
        if _DOWNWARD.search(f.qualifier) and not _ROUGH.search(f.qualifier):
            low = float("-inf")
        elif _UPWARD.search(f.qualifier) and f.value_max is not None:
            high = _next_round(high)
    return low, high


def _next_round(value: float) -> float:
    """How far "more than 400" reaches: to the next number that a writer would have named instead (500)."""
    if value < 1:
        return float("inf")
    digits = f"{value:.0f}"
    return value + float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _compatible(a: Fact, b: Fact) -> bool:
    (low1, high1), (low2, high2) = _reach(a), _reach(b)
    return low1 <= high2 and low2 <= high1
