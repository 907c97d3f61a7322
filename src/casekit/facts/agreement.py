"""The same figure in several places: do they agree, differ in scope, or contradict each other?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from casekit.cues import CuePattern
from casekit.facts.measures import measures_in
from casekit.types import Fact

__all__ = ["Agreement", "Verdict", "compare_facts"]

Verdict = Literal["agree", "scope", "conflict"]

_NOISE: Final = re.compile(r"[\W_]+|的|总数|数量|人数|总额|数$|量$|率$|累计|全年|约|达")
# How something changed: 营收同比下降14% is 营收 by -14%, whether the fall is told in words or by a minus sign
_CHANGE: Final = re.compile(
    r"(?P<rate>同比|环比)?(?:分别|大幅|小幅)?(?:(?P<up>增长|增加|提升|提高|上升|上涨|增速|增幅|增|升|涨)|"
    r"(?P<down>下降|下滑|下跌|减少|降低|降幅|跌幅|降|跌))[了率]?$|(?P<only>同比|环比)$"
)
# words that say of no figure what it measures
_EMPTY: Final = re.compile(
    r"(?:占比?|比例|比重|其中|平均|最高|最低|合计|共有?|总计|分别|其他|其余|左右|以上|目前|已|有|为|达到?)*"
)
_PART: Final = re.compile(r"其中")
_START: Final = re.compile(r"(?:^|、)从(?:、|$)")
# Two figures of one text this near each other (characters) are told side by side, so the writer means them to differ:
# the length of a business sentence with two figures and their nouns.
_BREATH: Final = 60
_AIMED: Final = frozenset(("target", "estimate"))
_UPWARD: Final = re.compile(
    r"超|逾|突破|破|至少|最少|起码|不低于|不少于|以上|高达|多达|多|\+|余|more than|over|at least"
)
_DOWNWARD: Final = CuePattern(
    r"%{qualifiers/missed}|不到|不足|最多|至多|不超过|以内|以下|最高|低于|少于|近|接近|将近|less than|up to|nearly|almost"
)
_ROUGH: Final = re.compile(r"约|大约|大概|左右|上下|近|接近|将近|about|around|roughly|nearly|approximately|some")
# How far a rounded figure may lie from another and still be the same: "about 400" for 380 to 420. A twentieth is the
# coarsest rounding that business texts use for two-digit figures; exact figures must be equal.
_ROUGH_SHARE: Final = 0.05
# 同比, 环比, 年均: growth from another time than the two ends, or for each part of the time between
_BASE: Final = CuePattern("%{measure-modifiers/against}|%{measure-modifiers/per}")
_ROUNDED: Final = 1.0  # percentage points by which a rounded growth may miss that of its two rounded ends


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures about the same thing, and what they say of each other.

    Attributes:
        subject: Whom they are about.
        metric: What they measure.
        unit: Their unit.
        verdict: "agree"; "scope" where period, kind or reach differ or are unknown; "conflict" where the same period and kind
            have values that cannot both hold.
        reasons: Why the verdict is not "agree": "period", "kind", "value", sorted; "sum" where a text's own growth does not come
            out of its own two ends.
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
    kind; otherwise they may speak of different things and differ "in scope". A noun with a modifier (黑金会员) is part of
    what the bare noun (会员) counts: such figures are put together only where they agree. A part of a whole (其中…), the
    state before a change (从…) and a target set against a result are never a contradiction.

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
    out = _sums(groups)
    for (_, unit), members in groups.items():
        judged = (_judge(alike, unit, family) for alike in _by_metric(members))
        out.extend(group for group in judged if group is not None)
    order = {"conflict": 0, "scope": 1, "agree": 2}
    return sorted(out, key=lambda a: (order[a.verdict], a.subject, a.metric, a.unit or ""))


def _sums(groups: Mapping[tuple[str, str | None], Sequence[Fact]]) -> list[Agreement]:
    """Growth that its own two ends do not bear out: from 1,000,000 to 1,500,000 is 50 %, not 80 %."""
    shares = {who: facts for (who, unit), facts in groups.items() if unit == "%"}
    out = []
    for (who, _), facts in groups.items():
        for end in facts:
            if end.value_from is None or end.value_min is None or end.value_min != end.value_max or not end.value_from:
                continue
            grown = (end.value_min - end.value_from) / abs(end.value_from) * 100
            for told in shares.get(who, ()):
                near = told.source == end.source and 0 <= told.span.start - end.span.end < _BREATH
                if (
                    not near
                    or told.change != "by"
                    or told.metric != end.metric
                    or _BASE.search(told.modifier)
                    or told.value_min is None
                ):
                    continue
                stated = -told.value_min if told.direction == "down" and told.value_min > 0 else told.value_min
                if abs(stated - grown) > max(_ROUNDED, _ROUGH_SHARE * abs(grown)):
                    both = (end, told)
                    out.append(Agreement(end.subject or "", end.metric or "", "%", "conflict", ("sum",), both, 1))
    return out


def _key(text: str) -> str:
    return _NOISE.sub("", text.lower())


@dataclass(frozen=True, slots=True)
class _Figure:
    """A fact made ready for comparing: its metric without noise and the values that it allows."""

    fact: Fact
    key: str
    low: float
    high: float

    def meets(self, other: _Figure) -> bool:
        """Whether one value could be both."""
        return self.low <= other.high and other.low <= self.high


def _ready(f: Fact) -> _Figure | None:
    """The fact for comparing, or None where its metric says nothing (占比, 同比增长 of nothing named)."""
    metric = f.metric or ""
    low, high = _reach(f)
    mark = ""
    if f.unit in ("%", "个百分点", "倍", "‰") and (m := _CHANGE.search(metric)) is not None:
        metric = metric[: m.start()]
        mark = "~环比" if "环比" in (m["rate"], m["only"]) else "~"
        if m["down"] and low >= 0:
            low, high = -high, -low
    elif _is_growth(f):
        mark = "~环比" if "环比" in f.modifier else "~"
        if f.direction == "down" and low >= 0:
            low, high = -high, -low
    key = _key(_canonical(metric))
    if not key or _EMPTY.fullmatch(key):
        return None
    return _Figure(f, key + mark, low, high)


def _is_growth(f: Fact) -> bool:
    """Whether a figure tells by how much something changed, not how much it is: 营收增长11% is no level of 营收."""
    return f.unit in ("%", "个百分点", "倍", "‰") and f.change == "by"


def _canonical(metric: str) -> str:
    """The metric with the canonical name of its listed measure (营业收入 → 营收); 线上 and the like stay, they are its scope."""
    lower = metric.lower()
    found = list(measures_in(lower, 0, len(lower)))
    if not found:
        return metric
    return metric[: found[-1].start] + found[-1].measure.name + metric[found[-1].end :]


def _by_metric(facts: Sequence[Fact]) -> list[list[_Figure]]:
    """Facts whose metrics are the same words, with those that agree with them under a longer name (零售门店, 门店)."""
    groups: dict[str, list[_Figure]] = defaultdict(list)
    for f in facts:
        if (ready := _ready(f)) is not None:
            groups[ready.key].append(ready)
    for key in sorted(groups, key=len, reverse=True):
        for short in (key[i:] for i in range(1, len(key) - 1)):
            if short in groups:
                agreeing = [f for f in groups[key] if all(f.meets(g) for g in groups[short])]
                if agreeing:
                    groups[key] = [f for f in groups[key] if f not in agreeing]
                    groups[short] += agreeing
                break
    return [members for members in groups.values() if len(members) > 1]


def _judge(figures: Sequence[_Figure], unit: str | None, family: Mapping[str, str]) -> Agreement | None:
    facts = [f.fact for f in figures]
    voices = {family.get(f.source, f.source) for f in facts}
    verdict: Verdict = "agree"
    reasons: set[str] = set()
    for a, b in combinations(figures, 2):
        if a.meets(b):
            continue
        differ = _differ(a.fact, b.fact)
        reasons |= differ
        if differ == {"value"}:
            verdict = "conflict"
        elif verdict == "agree" and differ:
            verdict = "scope"
    if verdict == "agree" and (len(voices) < 2 or not _all_meet(figures)):
        return None
    first = facts[0]
    return Agreement(
        first.subject or "", first.metric or "", unit, verdict, tuple(sorted(reasons)), tuple(facts), len(voices)
    )


def _all_meet(figures: Sequence[_Figure]) -> bool:
    return max(f.low for f in figures) <= min(f.high for f in figures)


def _differ(a: Fact, b: Fact) -> set[str]:
    """In what two figures with different values differ: "value" alone is a contradiction; nothing where both are meant."""
    if a.source == b.source and max(a.span.start, b.span.start) - min(a.span.end, b.span.end) < _BREATH:
        return set()
    differ = {"value"}
    if a.kind != b.kind and {a.kind, b.kind} & _AIMED:
        differ.add("kind")
    if not _same_period(a, b) or _START.search(a.qualifier) or _START.search(b.qualifier):
        differ.add("period")
    if _is_growth(a) and _is_growth(b) and a.modifier != b.modifier:
        differ.add("period")  # 同比增长9%, and since 2020 by 57.5%
    if (_PART.search(a.qualifier) is None) != (_PART.search(b.qualifier) is None):
        differ.add("kind")
    return differ


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
