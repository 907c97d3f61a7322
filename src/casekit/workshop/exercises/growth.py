"""Compute growth shares: what share of the new total is growth, how large is a part against the rest, how fast did it grow?"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from casekit.facts import parse_number
from casekit.language import say
from casekit.workshop.exercises.figures import Figure, figures_of, with_refs
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, marks_of

__all__ = ["growth_rate", "growth_share", "make_growth", "part_to_rest"]

_GROWTH: Final = re.compile(r"增长|增幅|增速|增加|提升|提高|同比|环比|growth|increase|rise|rose|uplift", re.IGNORECASE)
_SHARE: Final = re.compile(r"占比|占|比重|份额|比例|share|proportion", re.IGNORECASE)
_COUNT: Final = {1: 2, 2: 3, 3: 4}


@dataclass(frozen=True, slots=True)
class _Sum:
    text: str
    value: Decimal
    places: int
    way: str
    refs: tuple[Ref, ...]


def growth_share(percent: Decimal) -> Decimal:
    """The share of growth in the new total, in percent: p / (100 + p) · 100."""
    return percent * 100 / (100 + percent)


def part_to_rest(percent: Decimal) -> Decimal:
    """How many times as large as the rest a part of `percent` is: p / (100 - p)."""
    return percent / (100 - percent)


def growth_rate(before: Decimal, after: Decimal) -> Decimal:
    """Growth in percent: (after - before) / before · 100."""
    return (after - before) * 100 / before


def make_growth(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Sums with the figures of the cases; growth first, shares to fill up."""
    known = figures_of(material, pack, others=True)
    own = [one for one in known if one.card in material.cards]
    more = [one for one in known if one.card not in material.cards]
    sums: list[_Sum] = []
    seen: set[tuple[str, Decimal]] = set()

    def add(found: list[_Sum | None]) -> None:
        for one in found:
            key = (one.way, one.value) if one else None
            if one and key and key not in seen and len(sums) < _COUNT[level] and not _printed(one, material):
                seen.add(key)
                sums.append(one)

    add(_rates(own, material, pack))
    add([_growth(one, material, pack) for one in own])
    if not sums:
        add([_growth(one, material, pack) for one in more][:1])
        add(_of_corpus(material, pack)[:1])
    add([_share(one, material, pack) for one in rng.sample(own, len(own))])
    add([_growth(one, material, pack) for one in more])
    if not sums:
        return Why(
            "growth",
            say("资料里没有可算的百分比或两期数字", "no percentages or figures of two periods to compute with"),
        )
    items = tuple(Item(str(i), one.text, one.refs) for i, one in enumerate(sums, 1))
    return Task(
        kind="growth",
        title=kind_name("growth"),
        prompt=(
            say(
                "只用资料里的数字计算，填数字（不写单位），按题目要求四舍五入。算完想一想：结果依赖哪些资料没有写明的假设？",
                "Compute with the sources’ figures only; give numbers without units, rounded as asked. Which assumptions that "
                "the sources do not state does each result need?",
            ),
        ),
        items=items,
        options=(),
        form="mapping",
        answer={item.label: str(one.value) for item, one in zip(items, sums, strict=True)},
        key=tuple(
            Line(say(f"第 {item.label} 题 {one.value}：{one.way}", f"{item.label}: {one.value} ({one.way})"), one.refs)
            for item, one in zip(items, sums, strict=True)
        ),
        misconceptions=(
            say(
                "把增长率当成增量在新总量里的占比：分母不同。",
                "The growth rate is taken for the share of growth in the new total: the bases differ.",
            ),
            say(
                "把几个占比相加：它们的范围可能重叠，资料没有说可以加。",
                "Shares are added up although they may overlap.",
            ),
        ),
        hints={item.label: say(f"数字在 {marks_of(item.refs)}；先想清分母是什么", f"the figure is in {marks_of(item.refs)}; what is the base?") for item in items},
        decimals={item.label: one.places for item, one in zip(items, sums, strict=True)},
        columns=(say("题目", "Question"), say("证据", "Evidence")),
        minutes=10,
    )  # fmt: skip


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _value(one: Figure) -> tuple[Decimal, str | None] | None:
    """The figure's single value and its unit."""
    found = parse_number(one.statement.figure or "")
    if found is None or found.value_min is None or found.value_min != found.value_max or found.kind == "date":
        return None
    return Decimal(str(found.value_min)), found.unit


def _growth(one: Figure, material: Material, pack: Pack) -> _Sum | None:
    found = _value(one)
    if found is None or found[1] != "%" or not 0 < found[0] < 1000 or not _GROWTH.search(one.statement.metric or ""):
        return None
    one = with_refs(material, pack, one)
    return _growth_sum(one.told(), found[0], one.refs)


def _growth_sum(told: str, percent: Decimal, refs: tuple[Ref, ...]) -> _Sum:
    p = f"{percent.normalize():f}"
    return _Sum(
        say(
            f"{told}。假设正好增长 {p}%，增量占增长后总量的百分之几？（一位小数）",
            f"{told}. If growth is exactly {p} %, which percentage of the new total is growth? (one decimal)",
        ),
        _rounded(growth_share(percent), 1),
        1,
        f"{p} ÷ (100 + {p}) × 100",
        refs,
    )


def _share(one: Figure, material: Material, pack: Pack) -> _Sum | None:
    found = _value(one)
    metric = one.statement.metric or ""
    if (
        found is None
        or found[1] != "%"
        or not 0 < found[0] < 100
        or not _SHARE.search(metric)
        or _GROWTH.search(metric)
    ):
        return None
    one = with_refs(material, pack, one)
    p = f"{found[0].normalize():f}"
    return _Sum(
        say(
            f"{one.told()}。这一部分是其余部分的几倍？（两位小数）",
            f"{one.told()}. How many times as large as the rest is this part? (two decimals)",
        ),
        _rounded(part_to_rest(found[0]), 2),
        2,
        f"{p} ÷ (100 − {p})",
        one.refs,
    )


def _rates(known: list[Figure], material: Material, pack: Pack) -> list[_Sum | None]:
    """Growth between two dated figures of one metric of one case."""
    found: list[_Sum | None] = []
    for i, a in enumerate(known):
        for b in known[i + 1 :]:
            x, y = _value(a), _value(b)
            one, other = a.statement, b.statement
            alike = a.card is b.card and one.metric == other.metric and one.period and other.period
            if not alike or one.period == other.period or not x or not y or x[1] != y[1] or x[1] == "%" or not x[0]:
                continue
            first, last = ((a, x), (b, y)) if (one.period or "") < (other.period or "") else ((b, y), (a, x))
            name, before, after = case_name(a.card), first[0].statement, last[0].statement
            told = say(
                f"{name}：{one.metric} {before.period} {before.figure}，{after.period} {after.figure}",
                f"{name}: {one.metric} {before.period} {before.figure}, {after.period} {after.figure}",
            )
            refs = (*with_refs(material, pack, first[0]).refs, *with_refs(material, pack, last[0]).refs)
            found.append(
                _Sum(
                    say(
                        f"{told}。增长了百分之几？（一位小数）",
                        f"{told}. By how many percent did it grow? (one decimal)",
                    ),
                    _rounded(growth_rate(first[1][0], last[1][0]), 1),
                    1,
                    f"({last[1][0]:f} − {first[1][0]:f}) ÷ {first[1][0]:f} × 100",
                    tuple(dict.fromkeys(refs)),
                )
            )
    return found


def _of_corpus(material: Material, pack: Pack) -> list[_Sum | None]:
    """Growth percentages that the corpus states, those of the cases' own sources first."""
    cited = {one.source for card in material.cards for _, one in card.evidence()}
    facts = [
        f
        for f in material.facts
        if f.unit == "%" and f.kind == "achieved" and f.certainty == "stated" and f.value_min is not None
        and f.value_min == f.value_max and 0 < f.value_min < 1000 and f.metric and f.direction == "up" and f.change == "by"
    ]  # fmt: skip
    found: list[_Sum | None] = []
    for fact in sorted(facts, key=lambda f: (f.source not in cited, f.source, f.span)):
        ref = pack.sentence(fact.source, fact.span)
        if ref is not None:
            told = f"{fact.subject or ''} {fact.metric} {fact.text}".strip()
            found.append(_growth_sum(told, Decimal(str(fact.value_min)), (ref,)))
    return found


def _printed(one: _Sum, material: Material) -> bool:
    """Whether the result stands in what participants read, so that it need not be computed."""
    number = re.compile(rf"(?<![\d.]){re.escape(str(one.value))}(?!\d)")
    texts = [s.text for _, _, s in material.statements("background", "challenge", "actions", "results", others=True)]
    quotes = [shown.quote for shown in material.shown.values() if shown.quote]
    return any(number.search(text) for text in (*texts, *quotes, one.text))
