"""Find the contradiction: sentences of a colleague's draft, made up for the exercise, against the sources' figures."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from casekit.facts import compare_facts, parse_number
from casekit.language import say
from casekit.types import Fact, Span
from casekit.workshop.exercises.figures import Figure, figures_of, with_refs
from casekit.workshop.material import Material, Pack, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, marks_of, shuffled

__all__ = ["make_contradiction", "restated"]

_FIGURE: Final = re.compile(r"(?P<before>\D*)(?P<number>\d+(?:\.\d+)?)(?P<size>[万亿]?)(?P<after>\D*)")
_SIZES: Final = {"": 1, "万": 10**4, "亿": 10**8}
_NUMERALS: Final = re.compile(r"[\d.]+|[零一二两三四五六七八九十百千]+")
_COUNT: Final = {1: 3, 2: 4, 3: 5}
# How often a figure is written in another way: half of them, a choice.
_RESTATED: Final = 0.5
# A figure in the wrong place is believed where it is at most a hundred times too large or too small.
_PLAUSIBLE: Final = 2.0
_DIGITS: Final = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of the draft: the figure that it is about, what it says, and how that stands to the sources."""

    about: Figure
    figure: str
    verdict: str
    instead: Figure | None = None


def make_contradiction(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Draft sentences: which agree with the sources, which contradict them, which put a figure in the wrong place?"""
    known = [one for one in figures_of(material, pack, others=True) if _fact(one) is not None and not _in_name(one)]
    own = [one for one in known if one.card in material.cards]
    base = own if len(own) >= 2 else known
    if len(base) < 2:
        return Why("contradiction", say("卡片里可比的数字不足两个", "the cards hold fewer than two comparable figures"))
    wanted = ["agree", "conflict", *(["moved"] if level > 1 else []), *(["conflict"] if level == 3 else [])]
    told: list[_Told] = []
    queue = rng.sample(base, len(base))
    for verdict in wanted:
        for one in [f for f in queue if all(f is not t.about for t in told)]:
            made = _tell(one, verdict, known, material, rng)
            if made is not None:
                told.append(made)
                break
    for one in [f for f in queue if all(f is not t.about for t in told)][: max(0, _COUNT[level] - len(told))]:
        made = _tell(one, rng.choice(["agree", "conflict"]), known, material, rng)
        if made is not None:
            told.append(made)
    if len(told) < 2 or all(one.verdict == "agree" for one in told):
        return Why("contradiction", say("没有能改写的数字", "no figure that can be reworded"))
    # any figure may be written in another way, so that the notation does not tell which is right
    told = [replace(one, figure=restated(one.figure)) if rng.random() < _RESTATED else one for one in told]
    told = rng.sample(told, len(told))
    offered = shuffled(rng, ["agree", "conflict", "moved"])
    options = letters([_label(name) for name in offered])
    letter = {name: option.letter for name, option in zip(offered, options, strict=True)}
    told = [replace(one, about=with_refs(material, pack, one.about)) for one in told]
    # at level 3 participants find the evidence themselves
    items = tuple(Item(str(i), _sentence(one), one.about.refs if level < 3 else ()) for i, one in enumerate(told, 1))
    lines = []
    for item, draft in zip(items, told, strict=True):
        line = say(f"第 {item.label} 句 {letter[draft.verdict]}", f"sentence {item.label}: {letter[draft.verdict]}")
        refs = draft.about.refs
        if draft.verdict != "agree":
            line += say(
                f"；资料写的是“{draft.about.statement.figure}”", f"; the source says “{draft.about.statement.figure}”"
            )
        if draft.instead is not None:
            other = with_refs(material, pack, draft.instead)
            refs = (*refs, *other.refs)
            line += say(f"；这个数字说的是{case_name(other.card)}的{other.statement.metric}",
                        f"; this figure is {case_name(other.card)}’s {other.statement.metric}")  # fmt: skip
        lines.append(Line(line, refs))
    return Task(
        kind="contradiction",
        title=kind_name("contradiction"),
        prompt=(
            say(
                "一位同事写了摘要（为练习而写，有的句子是错的）。对照证据，判断每一句，填选项字母。数字换一种写法不算错。",
                "A colleague wrote this summary (made up for the exercise: some of it is wrong). Hold each sentence against "
                "the evidence and give the letter. Another notation of the same number is no mistake.",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer={item.label: letter[one.verdict] for item, one in zip(items, told, strict=True)},
        key=(*lines, *_in_corpus(material)),
        misconceptions=(
            say(
                "数字不同就以为矛盾：门店数、时间、口径不同，两个数可以同时成立。",
                "Different numbers are taken for a contradiction: with other periods or scopes both may hold.",
            ),
            say("数字对了就以为句子对了：还要看说的是谁、是什么。", "A right number is taken for a right sentence."),
        ),
        hints={
            item.label: say(f"看 {marks_of(one.about.refs)}", f"see {marks_of(one.about.refs)}")
            for item, one in zip(items, told, strict=True)
            if one.about.refs
        },
        columns=(say("摘要里的句子", "Sentence of the draft"), say("证据", "Evidence") if level < 3 else ""),
    )


def _label(verdict: str) -> str:
    return {
        "agree": say("与资料一致", "agrees with the sources"),
        "conflict": say("数值与资料矛盾，资料里也没有这个数", "contradicts the sources, which do not have this figure"),
        "moved": say("数字确有其事，但说的不是这件事", "a true figure, but about something else"),
    }[verdict]


def _sentence(one: _Told) -> str:
    when = one.about.statement.period
    name, metric = case_name(one.about.card), one.about.statement.metric
    return say(
        f"{name}：{metric}{f'（{when}）' if when else ''}为{one.figure}",
        f"{name}: {metric}{f' ({when})' if when else ''} is {one.figure}",
    )


def _tell(one: Figure, verdict: str, known: list[Figure], material: Material, rng: random.Random) -> _Told | None:
    text = one.statement.figure or ""
    if verdict == "agree":
        return _Told(one, text, verdict)
    if verdict == "conflict":
        values = {value for f in known if (value := _value(f)) is not None}
        values |= {v for f in material.facts for v in (f.value_min, f.value_max) if v is not None}
        for figure in shuffled(rng, list(_altered(text))):
            wrong = _fact(one, figure)
            if wrong is not None and wrong.value_min not in values and _conflicts(one, wrong):
                return _Told(one, figure, verdict)
        return None
    mine = _fact(one)
    if mine is None:
        return None
    # of all true figures with this unit the one that is nearest in size is the most plausible
    size = _size(mine)
    others = [
        (apart, i)
        for i, other in enumerate(known)
        if other is not one
        and _FIGURE.fullmatch(other.statement.figure or "")
        and (theirs := _fact(other)) is not None
        and theirs.unit == mine.unit
        and (apart := abs(_size(theirs) - size)) <= _PLAUSIBLE
        and _conflicts(one, theirs)
    ]
    if not others:
        return None
    other = known[min(others)[1]]
    return _Told(one, other.statement.figure or "", verdict, other)


def _in_name(one: Figure) -> bool:
    """Whether the case is called by the figure ("a chain of 3,000 shops"), so that the name answers the question."""
    runs = _NUMERALS.findall(one.statement.figure or "")
    names = (one.card.name.zh_hans, one.card.name.zh_hant, one.card.name.en)
    return any(len(run) > 1 and run in name.replace(",", "") for run in runs for name in names)


def _size(fact: Fact) -> float:
    value = fact.value_min if fact.value_min is not None else fact.value_max
    return math.log10(abs(float(value or 0)) + 1)


def _fact(one: Figure, figure: str | None = None) -> Fact | None:
    """The figure as a fact of one subject, metric and period, so that nothing but its value is compared."""
    found = parse_number(figure or one.statement.figure or "")
    if found is None or (found.value_min is None and found.value_max is None) or found.kind == "date":
        return None
    source = "draft" if figure else "card"
    return replace(
        found,
        source=source,
        span=Span(0, 1),
        subject="x",
        subject_entity="x",
        metric="x",
        date_iso="2000",
        kind="achieved",
    )


def _value(one: Figure) -> float | int | None:
    fact = _fact(one)
    return fact.value_min if fact else None


def _conflicts(one: Figure, wrong: Fact) -> bool:
    mine = _fact(one)
    if mine is None:
        return False
    return any(a.verdict == "conflict" for a in compare_facts([mine, replace(wrong, source="draft", unit=mine.unit)]))


def _altered(figure: str) -> Iterator[str]:
    """The figure with another value of the same look: digits swapped, ten times as much or as little, a step away."""
    match = _FIGURE.fullmatch(figure)
    if match is None:
        return
    number, percent = match["number"], "%" in match["after"]
    tried = [number[::-1] if not number.endswith("0") and "." not in number else "", number + "0"]
    if number.endswith("0") and len(number) > 1:
        tried.append(number[:-1])
    first = int(number[0])
    tried += [f"{first + 2}{number[1:]}" if first < 8 else "", f"{first - 2}{number[1:]}" if first > 2 else ""]
    for other in dict.fromkeys(tried):
        if other and other != number and not other.startswith("0") and not (percent and Decimal(other) > 100):
            yield f"{match['before']}{other}{match['size']}{match['after']}"


def restated(figure: str) -> str:
    """The same figure in another notation where that is safe, else as it is (2000万 → 0.2亿, 75% → 百分之七十五)."""
    match = _FIGURE.fullmatch(figure)
    if match is None:
        return figure
    number = Decimal(match["number"])
    value = number * _SIZES[match["size"]]
    if match["after"].startswith("%") and not match["size"]:
        made = f"{match['before']}百分之{_han(int(number))}{match['after'][1:]}" if number == int(number) else figure
    elif match["size"] == "万" and number >= 1000:
        made = f"{match['before']}{(value / 10**8).normalize():f}亿{match['after']}"
    elif match["size"]:
        made = f"{match['before']}{value:,.0f}{match['after']}"
    else:
        made = f"{match['before']}{_han(int(number))}{match['after']}" if number == int(number) else figure
    before, after = parse_number(figure), parse_number(made)
    same = (
        before
        and after
        and (before.value_min, before.value_max, before.unit, before.qualifier)
        == (
            after.value_min,
            after.value_max,
            after.unit,
            after.qualifier,
        )
    )
    return made if same else figure


def _han(number: int) -> str:
    """An integer below 10,000 in Chinese numerals."""
    if not 0 < number < 10000:
        return str(number)
    told, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            told += ("零" if gap and told else "") + _DIGITS[digit] + unit
        gap = digit == 0
    return told.removeprefix("一") if 10 <= number < 20 else told


def _in_corpus(material: Material) -> Iterator[Line]:
    """Differing figures of the corpus about the taught companies, for the facilitator: found by machine, to be checked."""
    own = {card.entity for card in material.cards if card.entity}
    groups = compare_facts(
        [fact for fact in material.facts if fact.subject_entity in own and fact.source in material.docs]
    )
    for group in [g for g in groups if g.verdict != "agree"][:3]:
        told = "、".join(dict.fromkeys(fact.text for fact in group.facts))
        places = tuple(str(fact.address) for fact in group.facts)
        yield Line(
            say(
                f"语料里另有不同说法（机器找出，多半是口径不同，用前核对）：{group.subject} {group.metric} {told}",
                f"The corpus also has (found by machine, mostly other scopes, check first): {group.subject} {group.metric} {told}",
            ),
            (),
            places,
        )
