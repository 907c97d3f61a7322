"""A manager's sums: how far to the target, how much a store, what a share comes to, how fast did it grow?

Only figures that card and sentence state plainly are computed with; a target is called one in the question. What a sum assumes
(the rest stays as it is, both figures are of one time) stands in the question, so that nobody has to guess it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from casekit.casebook.labels import period_text
from casekit.cues import CuePattern, cue_form
from casekit.language import say
from casekit.workshop.basis import measure_of, plain_measure, says, worst
from casekit.workshop.exercises.figures import Figure, figures_of, said_as, when_of
from casekit.workshop.exercises.sums import Sum, amount_of, growth_rate, growth_share, per_unit, shown, single
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name

__all__ = ["make_growth"]

_GROWTH: Final = CuePattern("%{sum-measures/growth}")
_SHARE: Final = CuePattern("%{sum-measures/share}")
_PLACES: Final = CuePattern("%{sum-measures/places}")
_COUNT: Final = {1: 2, 2: 3, 3: 4}
# What a manager may ask of a share: what if it loses so much? Round numbers, which no source states by chance.
_STEPS: Final = (10, 15, 20, 25, 30, 40)
_MINUTES_A_SUM: Final = 3


def make_growth(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Sums with the figures of the cases, of as many kinds as they carry."""
    known = figures_of(material, pack)
    facts = [one for one in known if one.nature == "fact" and says(one.quotes) == "fact" and single(one)]
    goals = [one for one in known if said_as(one) == "target" and single(one)]
    kinds = [
        list(_to_target(facts, goals)),
        list(_rates(facts)),
        list(_per_unit(facts)),
        list(_amounts(facts)),
        [_less(one) for one in rng.sample(facts, len(facts)) if _is_growth(one)],
        list(_of_shares([one for one in rng.sample(facts, len(facts)) if _is_share(one)], rng)),
    ]
    sums: list[Sum] = []
    while len(sums) < _COUNT[level] and any(kinds):
        for found in kinds:
            if found and len(sums) < _COUNT[level]:
                one = found.pop(0)
                if not _printed(one, material) and all(one.value != other.value for other in sums):
                    sums.append(one)
    if not sums:
        return Why(
            "growth",
            say(
                "所选案例里没有能放在一起算的数字（两期、目标与实际、占比、店数或人数）",
                "no figures to compute with: two periods, target and actual, shares, numbers of stores or people",
            ),
        )
    items = tuple(Item(str(i), one.text) for i, one in enumerate(sums, 1))
    parts = [(item.label, one) for item, one in zip(items, sums, strict=True)]
    return Task(
        kind="growth",
        title=kind_name("growth"),
        prompt=(
            say(
                "数字自己到证据里找。只填数字，不写单位，按题目要求四舍五入。",
                "Find the figures in the evidence. Give numbers without units, rounded as asked.",
            ),
        ),
        items=items,
        options=(),
        form="mapping",
        answer={label: str(one.value) for label, one in parts},
        key=tuple(Line(say(f"第 {label} 题 {one.value}：{one.way}", f"{label}: {one.value} ({one.way})"), one.refs) for label, one in parts),
        reasons={label: one.why for label, one in parts},
        look={label: one.refs for label, one in parts},
        natures={label: one.nature for label, one in parts},
        misconceptions=(
            say("分母拿错：增长百分之几，和增量占现在的百分之几，不是一回事。", "The wrong base: growth and the share of growth in the total differ."),
            say("算得准，就以为结论准：先看两个数说的是不是同一时间、同一范围。", "An exact result is taken for a sound one."),
        ),
        hints={"*": say("先想清分母是什么", "think first what the base is")},
        decimals={label: one.places for label, one in parts},
        column=say("题目", "Question"),
        minutes=max(5, _MINUTES_A_SUM * len(items)),
    )  # fmt: skip


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _is_growth(one: Figure) -> bool:
    found = single(one)
    metric = cue_form(one.statement.metric or "")
    return bool(found and found[1] == "%" and 0 < found[0] < 1000 and _GROWTH.search(metric))


def _is_share(one: Figure) -> bool:
    found, metric = single(one), cue_form(one.statement.metric or "")
    return bool(
        found and found[1] == "%" and 0 < found[0] < 100 and _SHARE.search(metric) and not _GROWTH.search(metric)
    )


def _named(one: Figure) -> str:
    when, measure = when_of(one.statement), measure_of(one.statement)
    return say(f"{case_name(one.card)}{when}的“{measure}”", f"{case_name(one.card)}'s “{measure}”{when}")


def _alike(a: Figure, b: Figure) -> bool:
    x, y = single(a), single(b)
    same = plain_measure(a.statement.metric or "") == plain_measure(b.statement.metric or "")
    return bool(a.card is b.card and same and x and y and x[1] == y[1] and x[1] != "%" and x[0] and y[0])


def _to_target(facts: list[Figure], goals: list[Figure]) -> Iterator[Sum]:
    """How much must still be added, of what is there, to reach what the company aims at?"""
    for now in facts:
        for goal in goals:
            if _alike(now, goal) and (a := single(now)) and (b := single(goal)) and b[0] > a[0]:
                yield Sum(
                    say(
                        f"{_named(now)}：要达到公司自己定的目标（目标不是成绩），从现在起还要增长百分之几？（一位小数）",
                        f"{_named(now)}: by how many percent must it still grow to reach the company's own target (which is "
                        "no achievement)? (one decimal)",
                    ),
                    _rounded(growth_rate(a[0], b[0]), 1),
                    1,
                    f"({shown(b[0])} − {shown(a[0])}) ÷ {shown(a[0])} × 100",
                    say("分母是现在的数，不是目标。目标能不能达到，资料没有说。", "the base is today's number, not the target; whether it is reached nobody says."),
                    tuple(dict.fromkeys((*now.refs, *goal.refs))),
                    "target",
                )  # fmt: skip


def _rates(facts: list[Figure]) -> Iterator[Sum]:
    """Growth between two dated figures of one metric of one case."""
    for i, a in enumerate(facts):
        for b in facts[i + 1 :]:
            first, last = (a, b) if (a.statement.period or "") < (b.statement.period or "") else (b, a)
            if not _alike(a, b) or not first.statement.period or first.statement.period == last.statement.period:
                continue
            x, y = single(first), single(last)
            if not x or not y:
                continue
            yield Sum(
                say(
                    f"{_named(last)}，比{first.statement.period}增长了百分之几？（下降写负数，一位小数）",
                    f"{_named(last)}: by how many percent more than in {period_text(first.statement)}? (a fall is negative, one decimal)",
                ),
                _rounded(growth_rate(x[0], y[0]), 1),
                1,
                f"({shown(y[0])} − {shown(x[0])}) ÷ {shown(x[0])} × 100",
                say("分母是前一期。两期的统计口径是否相同，要另外查。", "the base is the earlier figure; whether both count alike must be checked."),
                tuple(dict.fromkeys((*first.refs, *last.refs))),
                worst((first.nature, last.nature)),
            )  # fmt: skip


def _per_unit(facts: list[Figure]) -> Iterator[Sum]:
    """An amount for each store, bed or employee, where one sentence or one period gives both."""
    for place in facts:
        below = single(place)
        if not below or below[1] == "%" or below[0] <= 1 or not _is_place(place):
            continue
        for whole in facts:
            above = single(whole)
            if whole is place or whole.card is not place.card or not above or above[1] == "%" or _is_place(whole):
                continue
            if not _together(place, whole) or above[0] <= below[0]:
                continue
            value = _rounded(per_unit(above[0], below[0]), 1)
            unit = measure_of(place.statement)
            yield Sum(
                say(
                    f"{_named(whole)}，按“{unit}”平均，每个单位是多少？按个数和元算，不写万或亿（一位小数）",
                    f"{_named(whole)}: how much is that for each one of “{unit}” on average? In single units (one decimal)",
                ),
                value,
                1,
                f"{shown(above[0])} ÷ {shown(below[0])}",
                say("平均数掩盖差别：最好的和最差的单位各是多少，资料没有说。", "an average hides differences: nobody says what the best and the worst have."),
                tuple(dict.fromkeys((*whole.refs, *place.refs))),
                worst((whole.nature, place.nature)),
            )  # fmt: skip


def _is_place(one: Figure) -> bool:
    return _PLACES.fullmatch(cue_form(plain_measure(one.statement.metric or ""))) is not None


def _together(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one time: told in one sentence, or both of one period."""
    one = {ref.evidence.address for ref in a.refs} & {ref.evidence.address for ref in b.refs}
    return bool(one) or bool(a.statement.period and a.statement.period == b.statement.period)


def _amounts(facts: list[Figure]) -> Iterator[Sum]:
    """What a share comes to, where the whole is told, too."""
    for share in (one for one in facts if _is_share(one)):
        for whole in facts:
            total, part = single(whole), single(share)
            name = cue_form(plain_measure(whole.statement.metric or ""))
            told = cue_form(f"{share.statement.metric} {share.statement.text}")
            if whole.card is not share.card or not total or not part or total[1] == "%" or len(name) < 2:
                continue
            if name not in told or not _together(share, whole):
                continue
            yield Sum(
                say(
                    f"{_named(share)}：按这个占比，合多少？按个数和元算，不写万或亿（取整数）",
                    f"{_named(share)}: how much is that in single units? (a whole number)",
                ),
                _rounded(amount_of(total[0], part[0]), 0),
                0,
                f"{shown(total[0])} × {shown(part[0])}%",
                say("占比要乘它自己的总量；换一个总量，得数就没有意义。", "a share is of its own whole; with another the result means nothing."),
                tuple(dict.fromkeys((*share.refs, *whole.refs))),
                worst((share.nature, whole.nature)),
            )  # fmt: skip


def _less(one: Figure) -> Sum:
    """What would undo a growth: the same percentage down is more than that."""
    found = single(one)
    assert found is not None
    p = found[0]
    return Sum(
        say(
            f"{_named(one)}：如果要退回增长之前的水平，现在的数要减少百分之几？（一位小数）",
            f"{_named(one)}: by how many percent would today's number have to fall to be where it was before? (one decimal)",
        ),
        _rounded(growth_share(p), 1),
        1,
        f"{shown(p)} ÷ (100 + {shown(p)}) × 100",
        say("分母变了：增长按原来的数算，减少按现在的数算。", "the base has changed: growth is of the old number, the fall of the new one."),
        one.refs,
        one.nature,
    )  # fmt: skip


def _of_shares(shares: list[Figure], rng: random.Random) -> Iterator[Sum]:
    """What hangs on a part: each share is asked another question, and no question comes twice."""
    kinds = rng.sample([_loss, _lift, _cover], 3)
    for one, kind in zip(shares, kinds, strict=False):
        found = single(one)
        assert found is not None
        yield kind(one, found[0], rng)


def _round_step(percent: Decimal, rng: random.Random) -> Decimal:
    """A round percentage with which the result needs no rounding by half, which people do in two ways."""
    steps = rng.sample(_STEPS, len(_STEPS))
    return Decimal(next((q for q in steps if percent * q % 10 == 0), steps[0]))


def _loss(one: Figure, p: Decimal, rng: random.Random) -> Sum:
    """What it would cost if what brings a share brought less, everything else as it is."""
    q = _round_step(p, rng)
    return Sum(
        say(
            f"{_named(one)}：假设这一部分少了 {q}%，其余不变，总量会少百分之几？（一位小数）",
            f"{_named(one)}: suppose this part loses {q} % and the rest stays: by how many percent does the whole fall? (one decimal)",
        ),
        _rounded(p * q / 100, 1),
        1,
        f"{shown(p)}% × {q}%",
        say("占比越大，总量越怕它出事；“其余不变”是假设，资料没有说。", "the larger the share, the more hangs on it; that the rest stays is assumed."),
        one.refs,
        one.nature,
    )  # fmt: skip


def _lift(one: Figure, p: Decimal, rng: random.Random) -> Sum:
    """How much a part must grow to lift the whole."""
    q = Decimal(rng.choice((5, 8, 10, 12)))
    return Sum(
        say(
            f"{_named(one)}：其余不变，只靠这一部分让总量增加 {q}%，它自己要增长百分之几？（一位小数）",
            f"{_named(one)}: the rest stays, and this part alone is to lift the whole by {q} %: by how many percent must it grow? "
            "(one decimal)",
        ),
        _rounded(q * 100 / p, 1),
        1,
        f"{q}% ÷ {shown(p)}%",
        say("占比越小，要带动总量就得增长得越多；做不做得到，资料没有说。", "the smaller the share, the more it must grow; whether it can nobody says."),
        one.refs,
        one.nature,
    )  # fmt: skip


def _cover(one: Figure, p: Decimal, rng: random.Random) -> Sum:
    """How much the rest must grow to make up for the part."""
    return Sum(
        say(
            f"{_named(one)}：如果这一部分全部失去，其余部分要增长百分之几，总量才能回到原来？（一位小数）",
            f"{_named(one)}: if this part were lost altogether, by how many percent must the rest grow to make up for it? (one decimal)",
        ),
        _rounded(p * 100 / (100 - p), 1),
        1,
        f"{shown(p)} ÷ (100 − {shown(p)}) × 100",
        say("分母是其余部分，不是总量。", "the base is the rest, not the whole."),
        one.refs,
        one.nature,
    )  # fmt: skip


def _printed(one: Sum, material: Material) -> bool:
    """Whether the result stands in what participants read, so that it need not be computed."""
    number = re.compile(rf"(?<![\d.]){re.escape(str(one.value))}(?!\d)")
    texts = [s.text for _, _, s in material.statements("background", "challenge", "actions", "results")]
    quotes = [quote.quote for quote in material.shown.values() if quote.quote]
    return any(number.search(text) for text in (*texts, *quotes, one.text))
