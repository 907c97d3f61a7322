"""Review a summary: sentences of a colleague's draft, made up for the exercise, against the sources' figures.

Every sentence is about a figure of a taught case. It is right, or wrong in one of three ways that can be told apart: its
number is nowhere in the sources, its number belongs to something else, or what is aimed at or told by hearsay is told as done.
"""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass, replace
from typing import Final

from casekit.casebook.english import english_figure
from casekit.casebook.labels import figure_text
from casekit.facts import compare_facts, parse_number
from casekit.language import say
from casekit.types import Fact, Span
from casekit.workshop.basis import measure_of, nature_label, plain_measure
from casekit.workshop.exercises.figures import Figure, figures_of, said_as, told_bare, weighed_in_figures, when_of
from casekit.workshop.exercises.notation import FIGURE, altered, restated
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, shuffled

__all__ = ["make_contradiction"]

_NUMERALS: Final = re.compile(r"[\d.]+|[零一二两三四五六七八九十百千]+")
_COUNT: Final = {1: 3, 2: 4, 3: 6}
# How often a figure is written in another way: half of them, a choice.
_RESTATED: Final = 0.5
# A figure in the wrong place is believed where it is at most a hundred times too large or too small.
_PLAUSIBLE: Final = 2.0
_VERDICTS: Final = ("agree", "conflict", "moved", "nature")
# Two minutes to find the sentence and to see what is wrong with it.
_MINUTES_AN_ITEM: Final = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of the draft: the figure that it is about, what it says, and how that stands to the sources."""

    about: Figure
    figure: str
    verdict: str
    instead: Figure | None = None

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What decides it."""
        more = self.instead.refs if self.instead else ()
        return tuple(dict.fromkeys((*self.about.refs, *more)))


def make_contradiction(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Draft sentences: which can stand, and what is wrong with the others?"""
    known = [one for one in figures_of(material, pack) if _fact(one) is not None and not _in_name(one)]
    facts = [one for one in known if said_as(one) == "fact" and not _twice(one, known)]
    judged = [one for one in figures_of(material, pack) if told_bare(one) and said_as(one) not in ("fact", None)]
    asked = {id(one.statement) for one in weighed_in_figures(judged)}  # in the exercise before or after this one
    unsure = [one for one in known if said_as(one) not in ("fact", None) and not _twice(one, known)]
    unsure = [one for one in unsure if id(one.statement) not in asked]
    told = _chosen(facts, unsure, known, material, rng, _COUNT[level])
    if len(told) < 2 or len({one.verdict for one in told}) < 2:
        return Why(
            "contradiction", say("所选案例里能改写的数字不足两个", "fewer than two figures that can be reworded")
        )
    # any figure may be written in another way, so that the notation does not tell which is right
    told = [replace(one, figure=restated(one.figure)) if rng.random() < _RESTATED else one for one in told]
    told = rng.sample(told, len(told))
    offered = shuffled(rng, list(_VERDICTS))
    options = letters([_label(name) for name in offered])
    letter = {name: option.letter for name, option in zip(offered, options, strict=True)}
    items = tuple(Item(str(i), _sentence(one)) for i, one in enumerate(told, 1))
    parts = [(item.label, one) for item, one in zip(items, told, strict=True)]
    return Task(
        kind="contradiction",
        title=kind_name("contradiction"),
        prompt=(
            say(
                "一位同事写了摘要（为练习而写，有的句子是错的），明天要交给老板。逐句在证据里找依据，选：这句能不能留？错在哪里？"
                "同一个数换一种写法不算错。",
                "A colleague's summary (made up for the exercise: some of it is wrong) goes to the board tomorrow. Find the "
                "evidence of each sentence: can it stand, or what is wrong? Another notation of the same number is no mistake.",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer={label: letter[one.verdict] for label, one in parts},
        key=tuple(Line(say(f"第 {label} 句 {letter[one.verdict]}", f"sentence {label}: {letter[one.verdict]}"), one.refs) for label, one in parts),
        reasons={label: _reason(one) for label, one in parts},
        look={label: one.refs for label, one in parts},
        natures={label: said_as(one.about) or "fact" for label, one in parts},
        misconceptions=(
            say("数字对了就以为句子对了：还要看说的是谁、是什么、做到没有。", "A right number is taken for a right sentence."),
            say(
                "数字不同就以为矛盾：时间、口径不同，两个数可以同时成立。",
                "Different numbers are taken for a contradiction: with other periods or scopes both may hold.",
            ),
        ),
        column=say("摘要里的句子", "Sentence of the draft"),
        minutes=max(5, _MINUTES_AN_ITEM * len(items)),
    )  # fmt: skip


def _chosen(
    facts: list[Figure], unsure: list[Figure], known: list[Figure], material: Material, rng: random.Random, most: int
) -> list[_Told]:
    """Up to `most` sentences, of every verdict that the figures carry."""
    told: list[_Told] = []

    def free(pool: list[Figure]) -> list[Figure]:
        return [one for one in rng.sample(pool, len(pool)) if all(one is not t.about for t in told)]

    def add(verdict: str) -> None:
        for one in free(unsure if verdict == "nature" else facts):
            made = _tell(one, verdict, known, material, rng)
            if made is not None:
                told.append(made)
                return

    wanted = ["nature", "moved", "conflict", "agree"]
    while len(told) < most:
        before = len(told)
        for verdict in wanted:
            if len(told) < most:
                add(verdict)
        if len(told) == before:
            break
        wanted = shuffled(rng, ["conflict", "agree", "nature", "moved"])
    return told


def _label(verdict: str) -> str:
    return {
        "agree": say("可以留：证据正是这样说的", "it can stand: the evidence says so"),
        "conflict": say("要改：证据里没有这个数值", "wrong: no evidence has this value"),
        "moved": say("要改：数值证据里有，但说的是另一件事", "wrong: the value is there, but of another thing"),
        "nature": say("要改：数值不错，但还不能写成已成事实", "wrong: the value is right, but it is not an established fact"),
    }[verdict]  # fmt: skip


def _sentence(one: _Told) -> str:
    when = when_of(one.about.statement)
    name, metric = case_name(one.about.card), measure_of(one.about.statement)
    return say(
        f"{name}：{metric}{when}为{one.figure}",
        f"{name}: {metric}{when}: {_shown(one)}",
    )


def _shown(one: _Told) -> str:
    """The figure of a sentence in English: the card's own where the sentence has that very figure."""
    figure = one.about.statement.figure
    return figure_text(one.about.statement) if one.figure == figure else english_figure(one.figure)


def _reason(one: _Told) -> str:
    source = figure_text(one.about.statement)
    if one.verdict == "agree":
        return say(f"资料写的就是“{source}”，说的也是这件事。", f"the source says “{source}” of just this.")
    if one.verdict == "conflict":
        return say(
            f"资料写的是“{source}”；草稿里的数在这些证据里哪儿也没有。",
            f"the source says “{source}”; the draft's number stands nowhere in this evidence.",
        )
    if one.verdict == "moved" and one.instead is not None:
        other, metric = case_name(one.instead.card), measure_of(one.instead.statement)
        return say(
            f"资料写的是“{source}”；草稿里的数说的是{other}的{metric}。",
            f"the source says “{source}”; the draft's number is {other}'s {metric}.",
        )
    kind = nature_label(said_as(one.about) or "fact")
    return say(
        f"数值没错，但资料说的是{kind}，不是已经做到。",
        f"the value is right, but the source tells {kind}, nothing done.",
    )


def _tell(one: Figure, verdict: str, known: list[Figure], material: Material, rng: random.Random) -> _Told | None:
    text = one.statement.figure or ""
    if not plain_measure(one.statement.metric or ""):
        return None
    if verdict in ("agree", "nature"):
        return _Told(one, text, verdict)
    if verdict == "moved":
        return _moved(one, known)
    values = {value for f in known if (value := _value(f)) is not None}
    values |= {v for f in material.facts for v in (f.value_min, f.value_max) if v is not None}
    for figure in shuffled(rng, list(altered(text))):
        wrong = _fact(one, figure)
        if wrong is not None and wrong.value_min not in values and _conflicts(one, wrong):
            return _Told(one, figure, verdict)
    return None


def _moved(one: Figure, known: list[Figure]) -> _Told | None:
    """Of all true figures with this unit the one that is nearest in size is the most plausible in the wrong place."""
    mine = _fact(one)
    if mine is None:
        return None
    size = _size(mine)
    others = [
        (apart, i)
        for i, other in enumerate(known)
        if other is not one
        and said_as(other) == "fact"
        and FIGURE.fullmatch(other.statement.figure or "")
        and (theirs := _fact(other)) is not None
        and theirs.unit == mine.unit
        and (apart := abs(_size(theirs) - size)) <= _PLAUSIBLE
        and _conflicts(one, theirs)
    ]
    if not others:
        return None
    other = known[min(others)[1]]
    return _Told(one, other.statement.figure or "", "moved", other)


def _twice(one: Figure, known: list[Figure]) -> bool:
    """Whether the case has another figure of the same name: then which of the two a sentence is about can be argued."""
    name = plain_measure(one.statement.metric or "")
    return any(
        other is not one and other.card is one.card and plain_measure(other.statement.metric or "") == name
        and other.statement.period == one.statement.period
        for other in known
    )  # fmt: skip


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
